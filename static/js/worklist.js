// Keys on the question page, filters that apply themselves, and a state that follows the evidence. All works without.
"use strict";
(() => {
  const typing = (element) => element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const choose = (number) => {
    const options = document.querySelectorAll(".options .option input:not(:disabled)");
    const input = options[number - 1];
    if (!input) { return false; }
    if (!input.checked) { input.click(); }
    input.focus({ preventScroll: true });
    return true;
  };
  const help = () => {
    const keys = document.getElementById("tombol");
    if (!keys) { return false; }
    keys.open = !keys.open;
    if (keys.open) { keys.scrollIntoView({ block: "center" }); keys.querySelector("summary").focus(); }
    return true;
  };
  const back = () => {
    const link = document.querySelector(".way-back a");
    if (link) { link.click(); }
    return Boolean(link);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) { return; }
    const done = /^[1-9]$/.test(event.key) ? choose(Number(event.key))
      : event.key === "?" ? help()
      : event.key === "d" ? back()
      : false;
    if (done) { event.preventDefault(); }
  });

  // Documents, tables and ticks come and go without the page: the state and the counters are asked for again. The
  // answer's own sheet and the state bring theirs along. Whoever changes something by other means says "keadaan:lama".
  const refresh = () => {
    const block = document.getElementById("keadaan");
    if (block) { htmx.ajax("GET", block.dataset.state, { target: "#keadaan", swap: "outerHTML" }); }
  };
  document.addEventListener("keadaan:lama", refresh);
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, requestConfig, target } = event.detail;
    const own = target && (target.id === "keadaan" || target.id.startsWith("q-"));
    if (successful && requestConfig.verb !== "get" && !own) { refresh(); }
  });

  // Ticks are saved by their button: say what is not saved yet, and ask before it is left behind.
  document.addEventListener("change", (event) => {
    const ticks = event.target.closest("form[data-ticks]");
    if (ticks) { ticks.dataset.unsaved = ""; ticks.querySelector("[data-ticks-state]").textContent = "Belum disimpan"; }
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-ticks][data-unsaved]:not([data-sent])")) { event.preventDefault(); }
  });

  // A filter that is chosen applies itself; the button stays for those without script.
  document.querySelectorAll("form[data-tasks-filter] select").forEach((select) => {
    select.addEventListener("change", () => {
      if (select.name === "klaster") { select.form.querySelector("[name=indikator]").value = ""; }
      select.form.requestSubmit();
    });
  });
})();
