// A click on a name writes the mention where one is typing.
"use strict";
document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-mention]");
  if (!pick) { return; }
  const field = document.getElementById(pick.closest("[data-mentions]").dataset.mentions);
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(`${gap}${pick.dataset.mention} `, field.selectionStart, field.selectionEnd, "end");
  field.focus();
});
