// A document's new version travels in the same parts as a first upload. File and reason stay where they are until it has come.
"use strict";
(() => {
  const form = document.querySelector("form[data-replaces]");
  if (!form) { return; }
  const { bring, stop, size, failure, fresh } = window.Parts;
  const picker = form.querySelector("[type=file]");
  const reason = form.querySelector("[name=alasan]");
  const button = form.querySelector("[type=submit]");
  const place = form.querySelector(".arrivals-place");
  const spoken = document.createElement("p");
  const list = document.createElement("ul");
  let current;
  list.className = "arrivals";
  list.setAttribute("aria-label", "Unggahan");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  place.append(list, spoken);

  const lock = (isLocked) => { // what is sent is what was chosen
    (picker.closest(".file-field") ?? picker).inert = isLocked; // disabled it would speak the browser's language again
    reason.readOnly = isLocked;
    button.hidden = isLocked;
  };
  const lineFor = (file) => {
    const line = form.querySelector("template[data-arrival]").content.cloneNode(true).querySelector("li");
    line.querySelector("b").textContent = file.name;
    line.querySelector(".num").textContent = size(file.size);
    line.querySelector("progress").setAttribute("aria-label", `Kemajuan ${file.name}`);
    line.querySelector("[data-act=again]").remove(); // the form's own button does that
    const cancel = line.querySelector("[data-act=cancel]");
    const whose = document.createElement("span");
    whose.className = "visually-hidden";
    whose.textContent = ` ${file.name}`;
    cancel.append(whose);
    cancel.addEventListener("click", () => {
      stop(current);
      spoken.textContent = "Penggantian dibatalkan. Berkas lama tetap berlaku.";
    });
    return line;
  };
  const leave = (said) => {
    form.dataset.saved = "1"; // nothing here is unheard any more
    const query = form.dataset.query;
    location.assign(query ? `${said.document}?${query}` : said.document);
  };
  const begin = async (file) => {
    const line = lineFor(file);
    const says = [["ganti", form.dataset.replaces], ["alasan", reason.value]];
    const show = (state, words, percent) => {
      line.dataset.state = state;
      line.querySelector(".arrival-state").textContent = words;
      if (percent !== undefined) { line.querySelector("progress").value = percent; }
      if (state === "lost") { spoken.textContent = words; }
    };
    current = { ...fresh, file, says, show, start: form.dataset.start, token: form.querySelector("[name=csrfmiddlewaretoken]").value };
    list.replaceChildren(line);
    form.querySelector(`[data-unfinished="${CSS.escape(file.name)}"]`)?.remove();
    lock(true);
    show("sending", "Disiapkan");
    try {
      const said = await bring(current);
      current = undefined;
      show("done", "Berkas diganti. Versi baru dibuka.");
      leave(said);
    } catch (error) {
      const { cancelled } = current;
      current = undefined;
      lock(false);
      if (cancelled) { line.remove(); button.focus(); return; }
      const sentence = failure(error);
      show("failed", `${sentence} Berkas lama belum diganti.`);
      line.querySelector(".arrival-acts").remove();
      spoken.textContent = sentence;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!current && picker.files.length) { begin(picker.files[0]); }
  });
  window.addEventListener("online", () => { current?.wake?.(); });
  window.addEventListener("beforeunload", (event) => { if (current) { event.preventDefault(); } });
})();
