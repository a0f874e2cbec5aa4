// The plan of duties: tick a whole indicator, count what is ticked, show only the fields that an act needs.
"use strict";
(() => {
  const several = document.getElementById("beberapa");
  if (!several) { return; }
  const ticks = () => [...document.querySelectorAll("input[name=q]")];
  const drawer = several.closest("details");
  const count = drawer.querySelector("[data-tick-count]");
  const act = several.elements.act;
  const told = () => {
    const number = ticks().filter((each) => each.checked).length;
    count.textContent = `${number} dicentang`;
    count.classList.toggle("brand", number > 0);
    for (const label of several.querySelectorAll("[data-for]")) { label.hidden = !label.dataset.for.split(" ").includes(act.value); }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) {
      const rows = event.target.closest(".duty-indicator").nextElementSibling;
      rows.querySelectorAll("input[name=q]").forEach((each) => { each.checked = event.target.checked; });
    }
    if (event.target.matches("[data-tick-all], input[name=q]") && event.target.checked) { drawer.open = true; }
    told();
  });
  document.addEventListener("htmx:afterSettle", told);
  told();

  // A link to one row opens the cluster in which it stands.
  const reveal = () => {
    const row = /^#d-\d+$/.test(location.hash) && document.querySelector(location.hash);
    const part = row && row.closest("details");
    if (part) { part.open = true; row.scrollIntoView({ block: "center" }); }
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // An opened row takes the focus, so that the keyboard goes on where it was.
  document.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target && event.detail.target.id;
    if (!id || !id.startsWith("d-")) { return; }
    const here = document.getElementById(id);
    const field = here && here.querySelector("select, .duty-edit");
    if (field) { field.focus({ preventScroll: true }); }
    // The form is taller than a screen and its button at the end: what was refused stands at its head.
    const refused = here && here.querySelector("[role=alert]");
    if (refused) { refused.scrollIntoView({ block: "center" }); }
  });
})();
