// The desk by keyboard: every element that answers to a key says so in data-key. Without this file the mouse does it all.
"use strict";
(() => {
  const typing = (element) => element.matches("textarea, select, input:not([type=radio])");

  const press = (element) => {
    if (element.matches("input[type=radio]")) {
      element.checked = true;
      element.focus();
      const amount = document.querySelector(`[data-selects="${element.id}"]`);
      if (amount && element.id) { amount.focus(); }
    } else if (element.matches("details")) {
      element.open = !element.open;
    } else {
      element.click();
    }
  };

  const walk = (step) => {
    const links = [...document.querySelectorAll(".desk-link")];
    const now = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(now + step, 0), links.length - 1)];
    if (next) { next.focus(); }
    return Boolean(next);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
    if (event.target.closest(".menu")) { return; }
    if (typing(event.target) && event.key !== "Escape") { return; }
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.key === "Enter" && event.target.matches("a, button, summary")) { return; }
    if ((event.key === "j" && walk(1)) || (event.key === "k" && walk(-1))) { event.preventDefault(); return; }
    const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (element && !element.closest("fieldset:disabled")) { event.preventDefault(); press(element); }
  });

  // Points typed beside "Nilai lain" choose it.
  document.addEventListener("input", (event) => {
    const radio = document.getElementById(event.target.dataset.selects || "");
    if (radio) { radio.checked = true; }
  });

  // After a save the way on is under the finger.
  document.addEventListener("htmx:afterSwap", () => {
    const link = document.querySelector("#penilaian .desk-next a[autofocus]");
    if (link) { link.focus(); }
  });
})();
