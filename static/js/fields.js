// File fields in the portal's words: the browser's own field says "Choose File" in the browser's language. It stays where it
// is, unseen above the words, so that a click, a key and a dropped file reach it. Without this file it is seen as it is.
"use strict";
(() => {
  const NONE = "Belum dipilih";
  const tell = (field) => {
    const names = [...field.files].map((file) => file.name).join(", ");
    field.parentElement.querySelector(".file-name").textContent = names || NONE;
  };
  const made = (name, text) => {
    const part = document.createElement("span");
    part.className = name;
    part.setAttribute("aria-hidden", "true"); // the field itself says both to a screen reader
    part.textContent = text;
    return part;
  };
  const dress = () => {
    for (const field of document.querySelectorAll("input[type=file].form-control:not([multiple]):not(.file-field *)")) {
      const box = document.createElement("span");
      box.className = "file-field";
      field.replaceWith(box);
      box.append(field, made("file-pick", "Pilih berkas"), made("file-name", NONE));
      tell(field);
    }
  };
  dress();
  document.addEventListener("change", (event) => { if (event.target.matches(".file-field > input")) { tell(event.target); } });
  document.addEventListener("htmx:afterSettle", dress);
  window.addEventListener("pageshow", () => { document.querySelectorAll(".file-field > input").forEach(tell); });
})();
