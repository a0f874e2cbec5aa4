// Small conveniences; every page works without them.
"use strict";
(() => {
  // A second click on a button that is already working does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!form.hasAttribute("hx-post")) {
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 8000);
    }
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  // A link may lead to a part of a page: who has to log in first is led there too.
  document.querySelectorAll("form.account-form").forEach((form) => { if (location.hash) { form.action += location.hash; } });

  // Lost connection: say so, keep what was typed, try again by itself.
  const network = document.getElementById("jaringan");
  const lost = new Map();
  const show = (on) => { if (network) { network.hidden = !on; } };
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      const element = event.detail.elt;
      if (!element.matches("[data-quiet]")) { show(true); }
      if (element.matches("form[data-autosave]")) { lost.set(element.id, element); }
    });
  }
  const again = () => {
    for (const [id, element] of lost) {
      lost.delete(id);
      if (document.contains(element)) { element.requestSubmit(); }
    }
  };
  setInterval(() => { if (lost.size && navigator.onLine) { again(); } }, 5000);
  window.addEventListener("online", again);
  const refused = document.getElementById("gagal"); // what the server says beside a form that it does not take
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) { show(false); }
    if (refused && event.detail.xhr.status < 400 && event.detail.requestConfig.verb !== "get") { refused.replaceChildren(); }
  });

  document.addEventListener("htmx:beforeSwap", (event) => { // a fault of the portal says so itself, one of a proxy does not
    const { xhr } = event.detail;
    if (xhr.status === 500 && xhr.getResponseHeader("HX-Retarget") === "#gagal") { event.detail.shouldSwap = true; }
  });

  // The reply replaces a form in which the person goes on: what changed since it left is carried over and sent next.
  const left = new Map();
  const carried = new Map();
  const NEVER_TYPED = ["csrfmiddlewaretoken", "version"];
  const said = (form) => new Map([...new FormData(form)].filter(([name]) => !NEVER_TYPED.includes(name)));
  const isText = (field) => field.matches("textarea, input:not([type=radio]):not([type=checkbox])");
  document.addEventListener("htmx:beforeSend", (event) => {
    const form = event.detail.elt;
    if (form.matches("form[data-autosave]")) { left.set(form.id, said(form)); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig.elt;
    if (!form.matches("form[data-autosave]") || !left.has(form.id)) { return; }
    const before = left.get(form.id);
    const now = said(form);
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name));
    const focus = form.contains(document.activeElement) ? document.activeElement : null;
    carried.set(form.id, { now, changed, focus, isRefused: event.detail.xhr.status === 422 });
  });
  const carryOver = (form, { now, changed, focus, isRefused }) => {
    const fields = [...form.elements].filter((field) => field.name);
    const mine = (field) => changed.includes(field.name) || (isRefused && !NEVER_TYPED.includes(field.name) && !field.readOnly);
    for (const field of fields.filter(mine)) { // what was refused stays to be mended
      if (field.matches("[type=radio], [type=checkbox]")) { field.checked = field.value === now.get(field.name); }
      else { field.value = now.get(field.name) ?? ""; }
    }
    const same = focus && fields.find((field) => field.name === focus.name && (isText(field) || field.value === focus.value));
    if (same) {
      same.focus({ preventScroll: true });
      if (isText(same) && focus.selectionStart !== null) { same.setSelectionRange(focus.selectionStart, focus.selectionEnd); }
    }
    if (!changed.length) { return; }
    if (!same || !isText(same) || changed.some((name) => name !== same.name)) { form.requestSubmit(); return; }
    const kept = same.value; // still typing: the browser reports only what is typed from here on
    same.addEventListener("blur", () => { if (same.value === kept && form.isConnected) { form.requestSubmit(); } }, { once: true });
  };
  document.addEventListener("htmx:afterSettle", () => {
    for (const [id, rest] of carried) {
      carried.delete(id);
      const form = document.getElementById(id);
      if (form && form.matches("form[data-autosave]")) { carryOver(form, rest); }
    }
  });

  // A button beside a form that is just saving itself waits for that: it speaks of the answer as it is afterwards.
  const after = new Set();
  const saving = (id) => { const form = document.getElementById(id); return Boolean(form) && form.classList.contains("htmx-request"); };
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { after: id } = event.detail.elt.dataset;
    if (id && saving(id)) { event.preventDefault(); after.add(id); }
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (!event.detail.successful) { after.delete(event.detail.elt.id); } });
  document.addEventListener("htmx:afterSettle", () => {
    for (const id of after) {
      if (saving(id)) { continue; }
      after.delete(id);
      document.querySelector(`form[data-after="${id}"]`)?.requestSubmit();
    }
  });

  // A server that cannot answer now: keep the person where they are and say it.
  document.addEventListener("htmx:responseError", (event) => {
    const element = event.detail.elt;
    if (event.detail.xhr.status > 500 && !element.matches("[data-quiet]")) { show(true); }
    if (event.detail.xhr.status === 503 && element.matches("form[data-autosave]")) { lost.set(element.id, element); }
  });
  window.addEventListener("beforeunload", (event) => { if (lost.size) { event.preventDefault(); } });

  // How much of an upload has left this device.
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector("progress[data-upload]");
    if (bar && event.detail.lengthComputable) { bar.value = (100 * event.detail.loaded) / event.detail.total; }
  });

  // The drawer with the clusters is open where there is room for it.
  const drawers = () => {
    const roomy = window.matchMedia("(min-width: 981px)").matches;
    document.querySelectorAll("details.rail").forEach((rail) => { rail.open = roomy; });
  };
  drawers();
  window.matchMedia("(min-width: 981px)").addEventListener("change", drawers);

  // Menus close when one clicks elsewhere or presses Escape.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) { menu.open = false; } });
  });
  // j and k walk to the next and the previous question, where a page has such neighbours.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) { return; }
    const way = { j: "next", k: "prev" }[event.key];
    const link = way && document.querySelector(`nav.pager a[rel="${way}"]`);
    if (link) { link.click(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; }); }
  });
})();
