// A mark that is opened by its key is written at once. Without this file one clicks into the field.
"use strict";
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details[data-note]") || !event.target.open) { return; }
  const field = event.target.querySelector("input:not([type=hidden])");
  if (field) { field.focus(); }
}, true);
