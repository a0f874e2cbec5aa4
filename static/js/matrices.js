// Tables like a spreadsheet: rows by button, cells pasted at once, arrows, a reminder of what is not saved. Without this
// file the form does it all.
"use strict";
(() => {
  const SPREAD = 200; // rows; more than that goes through the check of a paste
  const table = () => document.querySelector("form[data-matrix]");
  const cells = (row) => [...row.querySelectorAll("td:not(.matrix-tools)")].map((cell) => cell.querySelector("input, select, textarea"));
  const rows = (form) => [...form.querySelectorAll("tbody > tr")];
  const say = (sentence) => {
    const place = document.querySelector("#matriks [data-matrix-refused]");
    if (place) { place.textContent = sentence; place.hidden = !sentence; if (sentence) { place.scrollIntoView({ block: "nearest" }); } }
  };
  const unsaved = (form) => {
    if ("unsaved" in form.dataset) { return; }
    form.dataset.unsaved = "";
    form.querySelector("[data-matrix-state]").textContent = "Belum disimpan.";
  };

  const add = (form) => {
    if (Number(form.dataset.behind) + rows(form).length >= Number(form.dataset.mostRows)) {
      say(`Matriks memuat paling banyak ${form.dataset.mostRows} baris.`);
      return null;
    }
    const number = String(Math.max(Number(form.dataset.behind), ...rows(form).map((row) => Number(row.querySelector("th").textContent))) + 1);
    const row = form.querySelector("[data-matrix-blank]").content.firstElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("[name]")) {
      field.name = field.name.replace(/^b0-/, `b${number}-`);
      if (field.hasAttribute("aria-label")) { field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/0$/, number)); }
    }
    row.querySelector("th").textContent = number;
    form.querySelector("tbody").append(row);
    prepare(row);
    return row;
  };
  const prepare = (place) => { place.querySelectorAll(".matrix-move[hidden]").forEach((button) => { button.hidden = false; }); };
  const start = () => {
    const form = table();
    if (!form) { return; }
    if (form.dataset.started) { return; }
    form.dataset.started = "1";
    prepare(form);
    form.querySelector("[data-matrix-add]").type = "button";
    if (window.matchMedia("(max-width: 700px)").matches) { // cards are tall: empty ones on request
      const empty = rows(form).filter((row) => cells(row).every((field) => !field.value));
      empty.slice(empty.length === rows(form).length ? 1 : 0).forEach((row) => row.remove());
    }
  };
  start();
  document.addEventListener("htmx:afterSettle", start);

  document.addEventListener("click", (event) => {
    const form = table();
    if (!form || !form.contains(event.target)) { return; }
    if (event.target.closest("[data-matrix-add]")) {
      const row = add(form);
      if (row) { cells(row)[0].focus(); }
    }
    const move = event.target.closest(".matrix-move");
    if (move) {
      const row = move.closest("tr");
      if (move.matches("[data-matrix-up]") && row.previousElementSibling) { row.previousElementSibling.before(row); }
      if (move.matches("[data-matrix-down]") && row.nextElementSibling) { row.nextElementSibling.after(row); }
      move.focus();
      unsaved(form);
    }
  });
  document.addEventListener("input", (event) => {
    const form = table();
    if (form && form.contains(event.target)) { unsaved(form); }
  });

  // Enter and the arrows walk down a column, as in a spreadsheet; Ctrl+S saves.
  document.addEventListener("keydown", (event) => {
    const form = table();
    if (!form || !form.contains(event.target)) { return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); form.requestSubmit(); return; }
    const row = event.target.closest("tbody > tr");
    if (!row || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("input:not([type=checkbox]), textarea")) { return; }
    const place = cells(row).indexOf(event.target);
    const many = event.target.matches("textarea") && event.target.value.includes("\n");
    const step = event.key === "Enter" || (event.key === "ArrowDown" && !many) ? 1 : event.key === "ArrowUp" && !many ? -1 : 0;
    if (!step || event.target.hasAttribute("list") && event.key !== "Enter") { return; }
    event.preventDefault();
    const next = step > 0 ? row.nextElementSibling || (event.key === "Enter" ? add(form) : null) : row.previousElementSibling;
    if (next) { cells(next)[place].focus(); }
  });

  // What a spreadsheet copies: tabs between cells, quotes around a cell with line breaks.
  const parse = (text) => {
    const found = [[]];
    const pattern = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)([\t\n]|$)/gy;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    for (let match = pattern.exec(plain); match; match = pattern.exec(plain)) {
      found.at(-1).push(match[1].startsWith('"') && match[1].length > 1 ? match[1].slice(1, -1).replaceAll('""', '"') : match[1]);
      if (!match[2]) { break; }
      if (match[2] === "\n") { found.push([]); }
    }
    return found;
  };
  const write = (field, text) => {
    const clean = text.trim();
    if (field.matches("select")) {
      const option = [...field.options].find((each) => each.value.toLowerCase() === clean.toLowerCase());
      if (!option && clean) { field.add(new Option(clean, clean)); }
      field.value = option ? option.value : clean;
    } else { field.value = clean; }
  };
  document.addEventListener("paste", (event) => {
    const form = table();
    const first = form && form.contains(event.target) ? event.target.closest("tbody > tr") : null;
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!first || !/\t|\n./.test(text.replace(/\r/g, ""))) { return; }
    event.preventDefault();
    const given = parse(text);
    const left = cells(first).indexOf(event.target);
    const box = document.querySelector("#matriks [data-matrix-paste] textarea");
    if (given.length > SPREAD && box) {
      box.closest("details").open = true;
      box.value = text;
      box.form.requestSubmit();
      return;
    }
    let row = first;
    for (const [number, line] of given.entries()) {
      if (number) { row = row.nextElementSibling || add(form); }
      if (!row) { break; }
      const fields = cells(row).slice(left);
      line.slice(0, fields.length).forEach((cell, place) => write(fields[place], cell));
    }
    unsaved(form);
  });

  // One field instead of hundreds: the whole stretch as JSON.
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches("form[data-matrix]")) { return; }
    const typed = rows(form).filter((row) => !row.querySelector("[name$='-hapus']").checked).map((row) =>
      Object.fromEntries(cells(row).filter((field) => field.value).map((field) => [field.name.replace(/^b\d+-/, ""), field.value])));
    const kept = ["csrfmiddlewaretoken", "versi", "mulai", "banyak", "halaman"];
    for (const name of [...event.detail.formData.keys()]) { if (!kept.includes(name)) { event.detail.formData.delete(name); } }
    event.detail.formData.set("isi", JSON.stringify(typed.filter((row) => Object.keys(row).length)) );
  });

  // The reply replaces the table: until it is there nobody types into what is about to go.
  const told = (form, sentence) => { form.querySelector("[data-matrix-state]").textContent = sentence; };
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = table();
    const sent = event.detail.elt;
    if (!form || !sent.closest || !sent.closest("#matriks")) { return; }
    if (sent === form) { form.inert = true; told(form, "Menyimpan …"); return; }
    if ("unsaved" in form.dataset && sent.matches("form")) {
      event.preventDefault();
      say("Ada baris yang belum disimpan. Simpan matriks dulu, lalu ulangi.");
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches("form[data-matrix]") || !form.isConnected) { return; }
    form.inert = false;
    told(form, event.detail.xhr.status ? "Belum disimpan." : "Belum disimpan: sambungan terputus. Tekan Simpan matriks lagi.");
  });

  // A reply that is no table keeps what is on the screen.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const sent = event.detail.requestConfig.elt;
    if (sent.closest("#matriks") && [400, 413].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = false;
      say("Isi ini terlalu besar untuk dikirim sekaligus. Yang Anda ketik tetap ada; ringkas atau simpan sebagian-sebagian.");
    }
  });
  window.addEventListener("beforeunload", (event) => {
    const form = table();
    if (form && "unsaved" in form.dataset && !form.dataset.sent) { event.preventDefault(); }
  });
})();
