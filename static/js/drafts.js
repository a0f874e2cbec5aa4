// What was typed survives a session that ended meanwhile: it waits in this tab, is given back to the same person after the
// log-in, and nobody else ever sees it. Before that the page tells that the session is about to end.
"use strict";
(() => {
  const KEY = "isian";
  const LONGEST = 2 * 60 * 60 * 1000; // older than that it is no longer what somebody is about to save
  const { person = "", idle = "" } = document.body.dataset;
  const here = () => location.pathname + location.search; // the desk changes it without a new page
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
  const write = (draft) => {
    try { if (draft) { sessionStorage.setItem(KEY, JSON.stringify(draft)); } else { sessionStorage.removeItem(KEY); } } catch { /* no room, or a private window */ }
  };

  // Which forms hold something that the server has not heard.
  const NEVER = "[type=hidden], [type=password], [type=file], [type=submit], [type=button], [name=csrfmiddlewaretoken]";
  const isTick = (field) => field.matches("[type=radio], [type=checkbox]");
  const fields = (form) => [...form.elements].filter((field) => field.name && !field.disabled && !field.readOnly && !field.matches(NEVER));
  const first = (select) => ([...select.options].find((option) => option.defaultSelected) ?? select.options[0])?.value ?? "";
  const isChanged = (field) => (isTick(field) ? field.checked !== field.defaultChecked
    : field.value !== (field.matches("select") ? first(field) : field.defaultValue ?? ""));
  const isPost = (form) => form.method === "post" && !form.matches("[data-no-draft], form:has([type=password])");
  const address = (form) => form.id || form.getAttribute("action") || form.getAttribute("hx-post") || "";
  const version = (form) => form.querySelector("input[type=hidden]:is([name=version], [name=versi])");
  const typed = (form) => fields(form).filter(isChanged).map((field) => (isTick(field)
    ? { name: field.name, value: field.value, ticked: field.checked } : { name: field.name, value: field.value }));
  const unheard = () => [...document.querySelectorAll("form")].filter((form) => isPost(form) && !form.dataset.saved)
    .map((form) => ({ form: address(form), version: version(form)?.value ?? "", typed: typed(form) })).filter((each) => each.typed.length);

  window.addEventListener("pagehide", () => {
    const forms = person ? unheard() : [];
    if (forms.length) { write({ person, page: here(), at: Date.now(), forms, lost: false }); return; }
    if (!read()?.lost) { write(null); }
  });

  // Back from the log-in: each form gets its own again, and saves itself where it always does. What changed meanwhile is
  // found by the version that the person had before, as with any other save.
  const room = (form, name) => {
    const found = () => [...form.elements].filter((field) => field.name === name);
    const more = form.querySelector("[data-matrix-add]");
    for (let tries = 0; more && !found().length && tries < 60; tries += 1) { more.click(); }
    return found();
  };
  const fill = (form, { typed: held, version: known }) => {
    for (const each of held) {
      const field = room(form, each.name).find((candidate) => !isTick(candidate) || candidate.value === each.value);
      if (!field) { continue; }
      if (isTick(field)) { field.checked = each.ticked; } else { field.value = each.value; }
      for (let fold = field.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) { fold.open = true; }
      if (form.matches("[data-ticks]")) { field.dispatchEvent(new Event("change", { bubbles: true })); }
      if (!isTick(field)) { field.dispatchEvent(new Event("input", { bubbles: true })); }
    }
    if (known && version(form)) { version(form).value = known; }
    if (form.matches("[data-autosave]")) { form.requestSubmit(); return false; }
    return true;
  };
  const notice = (sentence) => {
    const made = document.createElement("p");
    made.className = "notice info";
    made.setAttribute("role", "status");
    made.textContent = sentence;
    return made;
  };
  const tell = (sentence) => {
    const place = document.getElementById("isi");
    let list = place.querySelector(":scope > .notices");
    if (!list) { list = document.createElement("div"); list.className = "notices"; place.prepend(list); }
    list.append(notice(sentence));
  };
  let waiting = [];
  const give = () => {
    const found = waiting.map((held) => [held, [...document.querySelectorAll("form")].find((form) => address(form) === held.form)])
      .filter(([, form]) => form);
    if (!found.length) { return; }
    waiting = waiting.filter((held) => !found.some(([given]) => given === held));
    const asking = found.filter(([held, form]) => fill(form, held)).map(([, form]) => form);
    for (const form of asking) { form.before(notice("Isian Anda yang belum tersimpan dikembalikan. Periksa, lalu simpan.")); }
    if (asking.length) { asking[0].scrollIntoView({ block: "center" }); }
    if (asking.length < found.length) { tell("Isian Anda yang belum tersimpan dikembalikan dan disimpan sekarang."); }
  };
  const begin = () => {
    const draft = read();
    if (!draft) { return; }
    if (Date.now() - draft.at > LONGEST || (person && draft.person !== person)) { write(null); return; }
    if (!person) { write({ ...draft, lost: true }); tell("Isian yang belum tersimpan tidak hilang: sesudah masuk lagi, ia dikembalikan ke halamannya."); return; }
    if (!draft.lost) { write(null); return; }
    if (draft.page !== here()) { return; }
    write(null);
    waiting = draft.forms;
    give();
    document.addEventListener("htmx:afterSettle", give);
  };

  // On the way to the log-in nobody is asked whether the page may be left: nothing is left behind.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) { return; }
    if ("led" in document.body.dataset) { event.preventDefault(); } // once is enough for requests that went out together
    document.body.dataset.led = "";
  });
  window.addEventListener("pageshow", () => { delete document.body.dataset.led; });
  window.addEventListener("beforeunload", (event) => { if ("led" in document.body.dataset) { event.stopImmediatePropagation(); } }, true);

  // The server ends a silent session. Typing counts as being here although nothing is sent; a page left alone says so.
  const watch = () => {
    const span = Number(idle) * 1000;
    const bar = document.getElementById("sesi");
    if (!span || !bar) { return; }
    let heard = Date.now();
    const ask = () => { heard = Date.now(); bar.hidden = true; htmx.ajax("GET", bar.dataset.here, { source: bar, swap: "none" }).catch(() => {}); };
    document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) { heard = Date.now(); bar.hidden = true; } });
    document.addEventListener("input", () => { if (Date.now() - heard > Math.min(span / 4, 300000)) { ask(); } });
    bar.querySelector("button").addEventListener("click", ask);
    setInterval(() => {
      const left = heard + span - Date.now();
      if (left > Math.min(span / 4, 300000)) { return; }
      bar.querySelector("span").textContent = left > 0
        ? "Tidak ada kegiatan di halaman ini. Sebentar lagi Anda keluar otomatis."
        : "Anda mungkin sudah keluar otomatis. Isian di halaman ini tidak hilang.";
      bar.querySelector("button").textContent = left > 0 ? "Saya masih di sini" : "Masuk lagi";
      bar.hidden = false;
    }, Math.min(span / 8, 15000));
  };
  document.addEventListener("DOMContentLoaded", begin); // the other scripts have done their part by then
  watch();
})();
