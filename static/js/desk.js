// The desk: keys, a verdict that saves itself and moves on, documents to step through. Without this file there are
// buttons for all of it. Every element that answers to a key says so in data-key.
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) => element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  const form = () => document.getElementById("nilai");
  const note = () => document.getElementById("catatan");
  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window */ } };
  const PAUSE = 1200;

  // What the form says, and whether it says enough to be saved.
  const chosen = (name) => one(`input[name=${name}]:checked`, form());
  const worth = () => {
    const choice = chosen("choice");
    if (!choice) { return null; }
    const text = choice.dataset.points ?? document.getElementById("nilai-lain").value.trim().replace(",", ".");
    return /^\d+(\.\d{1,2})?$/.test(text) ? Number(text) : null;
  };
  const lowers = () => worth() !== null && worth() < Number(form().dataset.before);
  const isReturn = () => form().hasAttribute("data-returned");
  const owesWord = () => isReturn() || "again" in form().dataset; // judged, but not as it is now
  const wantsReason = () => (lowers() || isReturn() || "returning" in form().dataset) && !chosen("reason");
  const isReady = () => {
    if (isReturn()) { return Boolean(chosen("reason") && note().value.trim()); }
    return worth() !== null && !wantsReason();
  };
  const said = () => JSON.stringify([...new FormData(form())].filter(([name]) => ["choice", "points", "reason", "note"].includes(name)));
  let saved = "";
  let pause = 0;
  let onward = false; // go on as soon as what is under way is saved
  const isDirty = () => Boolean(form()) && said() !== saved;

  // Numbers choose options, or the reason while one is wanted.
  const mode = (on) => {
    const here = form();
    if (!here) { return; }
    here.classList.toggle("wants-reason", on);
    const words = one("[data-mode-note]", here);
    words.hidden = !on;
    words.textContent = !on ? "" : "returning" in here.dataset
      ? "Mengembalikan: tekan nomor alasan, lalu tulis catatan. Esc untuk batal."
      : "Nilai turun: tekan nomor alasan, maka tersimpan. Esc untuk batal.";
    if (on) { one("#alasan").scrollIntoView({ block: "nearest" }); }
  };
  const inMode = () => form()?.classList.contains("wants-reason");

  const save = (andOn) => {
    clearTimeout(pause);
    if (!form() || "conflict" in form().dataset || !isReady()) { return false; }
    onward = onward || Boolean(andOn);
    htmx.trigger(form(), "simpan");
    return true;
  };
  const soon = () => { clearTimeout(pause); pause = setTimeout(() => { if (isDirty()) { save(false); } }, PAUSE); };
  const isAutomatic = () => remembered("meja-lanjut") !== "tidak";
  const neighbour = (step) => {
    const rows = all("#daftar .ql-row");
    const now = rows.findIndex((row) => row.hasAttribute("aria-current"));
    return now < 0 ? undefined : rows[now + step];
  };
  const step = (key) => {
    const link = neighbour(key === "j" ? 1 : -1) ?? one(`#meja [data-key=${key}]`);
    if (link) { link.click(); }
    return Boolean(link);
  };
  const goOn = () => step("j");

  // A choice or a reason saves at once; what is typed, after a pause.
  document.addEventListener("change", (event) => {
    const here = form();
    sort();
    if (event.target.matches("[data-choose] select")) { event.target.form.requestSubmit(); return; }
    if (event.target.matches("#lanjut-otomatis")) { remember("meja-lanjut", event.target.checked ? "ya" : "tidak"); return; }
    if (!here || !here.contains(event.target) || !event.target.matches("[type=radio]")) { return; }
    if (event.target.name === "choice") {
      here.removeAttribute("data-returned");
      delete here.dataset.returning;
      if (event.target.value === "nilai") { document.getElementById("nilai-lain").focus(); }
    } else if ("returning" in here.dataset) {
      mode(false);
      note().focus();
      return;
    }
    const asks = worth() !== null && wantsReason();
    mode(asks);
    if (!asks) { save(event.target.name === "choice" && !lowers() && isAutomatic()); }
  });
  // What stands may be said once more, of an answer that has changed or came back: no change of the form tells of that.
  document.addEventListener("click", (event) => {
    const here = form();
    if (!here || !event.target.matches("#nilai [name=choice][data-points]") || isDirty() || !owesWord()) { return; }
    here.removeAttribute("data-returned");
    delete here.dataset.returning;
    delete here.dataset.again;
    mode(wantsReason());
    if (!wantsReason()) { save(isAutomatic()); }
  });
  document.addEventListener("input", (event) => {
    const radio = document.getElementById(event.target.dataset.selects || "");
    if (radio) { radio.checked = true; }
    const here = form();
    if (!here) { return; }
    if (radio) { here.removeAttribute("data-returned"); mode(wantsReason()); soon(); }
    if (event.target === note() && !("returning" in here.dataset)) { soon(); }
  });
  document.addEventListener("focusout", (event) => {
    if (form()?.contains(event.target) && typing(event.target) && isDirty() && !("returning" in form().dataset)) { save(false); }
  });

  // Sending back is said on purpose: reason and note first, then the button, `r` or Ctrl+Enter.
  const sendBack = () => {
    const button = form() && one("[data-return]", form());
    if (!button || button.closest("fieldset:disabled")) { return false; }
    form().dataset.returning = "";
    if (!chosen("reason")) { mode(true); } else if (!note().value.trim()) { note().focus(); } else { onward = onward || isAutomatic(); button.click(); }
    return true;
  };

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === form() && isReturn()) { event.detail.parameters.is_return = "1"; }
  });
  const sent = new WeakMap();
  document.addEventListener("htmx:beforeSend", (event) => { if (event.detail.elt === form()) { sent.set(event.detail.xhr, said()); } });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, successful, requestConfig } = event.detail;
    if (elt !== form()) { return; }
    if (!successful || xhr.getResponseHeader("HX-Retarget")) { onward = false; if (xhr.status === 0 || xhr.status >= 500) { setTimeout(() => save(false), 5000); } return; }
    saved = sent.get(xhr) ?? saved;
    if ("returning" in elt.dataset) {
      if (requestConfig.parameters.is_return !== "1") { return; } // an earlier save; sending back is still to come
      elt.setAttribute("data-returned", "");
      delete elt.dataset.returning;
    }
    mode(false);
    if (isDirty()) { if (!typing(document.activeElement)) { save(false); } return; }
    if (onward) { onward = false; goOn(); }
  });
  document.addEventListener("meja:buka", (event) => {
    if (event.detail.path !== location.pathname + location.search) { history.pushState({ htmx: true }, "", event.detail.path); }
    htmx.ajax("GET", event.detail.path, { target: "#meja", swap: "outerHTML show:none" });
  });

  // Phrases: those of the chosen reason, the first nine with a key; one more click puts one into the note.
  const sort = () => {
    const reason = form() ? chosen("reason")?.value ?? "" : "";
    let number = 0;
    all("#frasa .phrase").forEach((button) => {
      button.hidden = !["", reason].includes(button.dataset.for);
      const key = button.hidden || number >= 9 ? 0 : ++number;
      const sign = one("kbd", button);
      sign.hidden = !key;
      sign.textContent = key ? `⇧${key}` : "";
      if (key) { button.dataset.phraseKey = String(key); } else { delete button.dataset.phraseKey; }
    });
  };
  const insert = (button) => {
    const field = note();
    const text = button.dataset.phrase;
    if (!field.value.includes(text)) { field.value = `${field.value.trim()} ${text}`.trim(); }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    htmx.ajax("POST", button.dataset.use, { source: button, swap: "none" });
  };

  // Another question on the table: mark it in the list, begin at its first document.
  const settle = () => {
    const meja = document.getElementById("meja");
    if (!meja) { return; }
    onward = false;
    saved = form() ? said() : "";
    sort();
    all("#daftar .ql-row").forEach((row) => {
      if (row.dataset.code === meja.dataset.code) { row.setAttribute("aria-current", "true"); } else { row.removeAttribute("aria-current"); }
    });
    const row = one("#daftar .ql-row[aria-current]");
    const list = one(".ql-all");
    if (row && list && list.scrollHeight > list.clientHeight) { list.scrollTop = row.offsetTop - list.offsetTop - list.clientHeight / 3; }
    const tab = one(".proof-tabs a[aria-current]", meja) ?? one(".proof-tabs a", meja);
    if (tab) { show(tab); }
  };
  const show = (tab) => {
    all("#meja .proof-tabs a").forEach((each) => { if (each === tab) { each.setAttribute("aria-current", "true"); } else { each.removeAttribute("aria-current"); } });
    all("#meja [data-proof-page]").forEach((page) => { page.hidden = page.id !== tab.dataset.proof; });
    room().scrollTop = 0;
  };
  const room = () => document.getElementById("ruang-bukti");
  const turn = (step) => {
    const tabs = all("#meja .proof-tabs a");
    if (tabs.length < 2) { return false; }
    const now = tabs.findIndex((each) => each.hasAttribute("aria-current"));
    const tab = tabs[(now + step + tabs.length) % tabs.length];
    show(tab);
    tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };
  const scroll = (step) => {
    const place = room();
    if (!place) { return false; }
    const alone = place.scrollHeight > place.clientHeight + 4 && getComputedStyle(place).overflowY !== "visible";
    (alone ? place : window).scrollBy({ top: step * 0.85 * (alone ? place.clientHeight : window.innerHeight) });
    return true;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#frasa .phrase");
    if (button) { event.preventDefault(); insert(button); return; }
    const tab = event.target.closest(".proof-tabs a");
    if (tab) { event.preventDefault(); show(tab); return; }
    const wide = window.matchMedia("(min-width: 1366px)").matches;
    if (event.target.closest("#daftar .ql-row") && !wide) { document.getElementById("daftar").open = false; }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "meja" && event.detail.elt?.id !== "meja") { return; }
    settle();
    document.getElementById("judul-soal")?.focus({ preventScroll: true });
    if (!window.matchMedia("(min-width: 1024px)").matches) { window.scrollTo({ top: 0 }); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    sort();
    if (event.detail.target?.id === "penilaian") { saved = ""; one("#penilaian [role=alert]")?.scrollIntoView({ block: "nearest" }); }
  });

  // Keys. They never fire while somebody types.
  const press = (element) => {
    if (element.matches("input[type=radio]")) {
      element.focus({ preventScroll: true });
      if (!element.checked || isDirty() || (element.name === "choice" && owesWord())) { element.click(); } else if (element.name === "choice" && element.value !== "nilai" && isAutomatic()) { goOn(); }
      if (element.value === "nilai") { document.getElementById("nilai-lain").focus(); }
    } else if (element.matches("details")) {
      element.open = !element.open;
    } else {
      element.click();
    }
    return true;
  };
  const walk = (step) => {
    const links = all(".desk-link");
    const next = links[Math.min(Math.max(links.indexOf(document.activeElement) + step, 0), links.length - 1)];
    if (next) { next.focus(); }
    return Boolean(next);
  };
  const bySign = (sign, selector) => { const element = one(selector(sign)); return Boolean(element) && press(element); };
  const phrase = (event) => event.shiftKey && /^Digit[1-9]$/.test(event.code) && bySign(event.code.slice(5), (n) => `[data-phrase-key="${n}"]`);
  const reason = (key) => inMode() && /^[0-9]$/.test(key) && bySign(key === "0" ? 10 : key, (n) => `[data-reason="${n}"]`);
  const enter = (target) => {
    if (target.matches("a, button, summary")) { return false; }
    if (form() && isDirty() && isReady()) { return save(true); }
    const link = one("[data-key=Enter]");
    return one("#meja") ? goOn() : Boolean(link) && press(link);
  };
  const leave = () => {
    if (inMode() || (form() && "returning" in form().dataset)) { mode(false); delete form().dataset.returning; return true; }
    const open = one("details.desk-keys[open]");
    if (open) { open.open = false; return true; }
    const link = one("[data-key=Escape]");
    return Boolean(link) && press(link);
  };
  const ACTS = {
    j: goOn, k: () => step("k"), e: () => turn(1), E: () => turn(-1), r: sendBack, Escape: leave,
    PageDown: () => scroll(1), PageUp: () => scroll(-1),
    m: () => {
      const marks = one("#meja [data-proof-page]:not([hidden]) [data-note]");
      if (marks) { marks.open = !marks.open; one("input[name=text]", marks)?.focus(); }
      return Boolean(marks);
    },
    c: () => { note()?.focus(); return Boolean(note()); },
    l: () => { if (form() && one("#alasan:not(:disabled)")) { mode(!inMode()); return true; } return false; },
  };
  const inField = (event) => {
    if (event.key === "Escape") { event.target.blur(); }
    if (event.key !== "Enter" || !form()?.contains(event.target)) { return; }
    if (event.target.matches("textarea") && !event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault();
    if ("returning" in form().dataset) { sendBack(); } else if (worth() !== null && wantsReason()) { event.target.blur(); mode(true); } else if (!isDirty()) { goOn(); } else if (!save(true)) { form().requestSubmit(); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.closest(".menu")) { return; }
    if (typing(event.target)) { inField(event); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    const act = ACTS[event.key];
    const done = phrase(event) || reason(event.key) || (act && one("#meja") ? act()
      : event.key === "Enter" ? enter(event.target)
      : (event.key === "j" && walk(1)) || (event.key === "k" && walk(-1))
      || bySign(CSS.escape(event.key), (key) => `[data-key="${key}"]:not(:disabled)`));
    if (done) { event.preventDefault(); }
  });

  // Who else is here: asked only while somebody is at work, so that an idle screen still logs out.
  let active = Date.now();
  for (const name of ["keydown", "pointermove", "scroll"]) { document.addEventListener(name, () => { active = Date.now(); }, { passive: true, capture: true }); }
  setInterval(() => {
    const here = document.getElementById("hadir");
    if (here && !document.hidden && Date.now() - active < 300000) { htmx.trigger(here, "hadir"); }
  }, 15000);

  // The list stands open where there is room for three panes.
  const roomy = window.matchMedia("(min-width: 1366px)");
  const begin = () => {
    const drawer = document.getElementById("daftar");
    if (drawer) { drawer.open = roomy.matches; }
    const automatic = document.getElementById("lanjut-otomatis");
    if (automatic) { automatic.checked = isAutomatic(); }
    settle();
  };
  roomy.addEventListener("change", begin);
  document.addEventListener("htmx:historyRestore", begin);
  begin();
})();
