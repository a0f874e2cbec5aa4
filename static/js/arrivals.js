// Files on their way in: chosen, dropped, photographed or pasted; sent in parts that go on where they stopped.
"use strict";
(() => {
  const { bring, stop, size, failure, fresh } = window.Parts;
  const AT_ONCE = 2;
  const MOST = 100;
  const arrivals = [];
  const place = document.createElement("div"); // moves into whichever form is on the page now
  const list = document.createElement("ul");
  const spoken = document.createElement("p");
  list.className = "arrivals";
  list.setAttribute("aria-label", "Unggahan");
  spoken.className = "visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.hidden = true;
  const clear = document.createElement("button"); // one click for all that have come
  clear.type = "button";
  clear.className = "btn btn-sm btn-light";
  clear.textContent = "Tutup yang selesai";
  clear.hidden = true;
  place.append(notice, list, clear, spoken);

  const form = () => document.querySelector("form[data-arrivals]");

  const show = (arrival, state, words, percent) => {
    arrival.state = state;
    const line = arrival.line;
    if (percent !== undefined) { line.querySelector("progress").value = percent; }
    line.dataset.state = state;
    line.querySelector(".arrival-state").textContent = words;
    line.querySelector("[data-act=again]").hidden = state !== "failed" || arrival.isFinal;
    const cancel = line.querySelector("[data-act=cancel]");
    cancel.firstChild.textContent = ["failed", "done", "unpacking"].includes(state) ? "Tutup" : "Batal";
    clear.hidden = arrivals.filter((each) => each.state === "done").length < 2;
  };
  const say = (words) => { spoken.textContent = words; };

  const refresh = () => {
    const where = form()?.dataset.list;
    document.dispatchEvent(new Event("keadaan:lama"));
    if (where) { window.htmx.ajax("GET", where, { target: "#bukti-daftar", swap: "outerHTML" }); return; }
    window.htmx.ajax("GET", location.href, { target: "#pustaka-daftar", select: "#pustaka-daftar", swap: "outerHTML" });
  };

  // The worker takes an archive apart; its progress is shown here too, the whole report stands on its own page.
  const unpacked = async (arrival, said) => {
    const link = document.createElement("a");
    link.href = said.archive;
    link.textContent = "Lihat hasilnya";
    let news = said;
    while (document.contains(arrival.line) && !arrival.cancelled) {
      show(arrival, news.unpacking ? "unpacking" : "done", news.sentence);
      arrival.line.querySelector("progress").value = news.percent ?? 0;
      arrival.line.querySelector(".arrival-state").append(" ", link);
      if (!news.unpacking) { said.sentence = news.sentence; return; }
      await new Promise((resolve) => { setTimeout(resolve, 2000); });
      try { news = await (await fetch(said.state)).json(); } catch { /* without a network: looked at again */ }
    }
  };

  const run = async (arrival) => {
    show(arrival, "sending", "Disiapkan");
    try {
      const said = await bring(arrival);
      show(arrival, "done", `${said.sentence.charAt(0).toUpperCase()}${said.sentence.slice(1)}`);
      if (said.archive) { await unpacked(arrival, said); }
      say(`${arrival.file.name}: ${said.sentence}`);
      refresh();
    } catch (error) {
      if (!arrival.cancelled) {
        const sentence = failure(error);
        arrival.isFinal = error.said?.finished === true; // the file itself is what is wrong
        show(arrival, "failed", sentence);
        say(`${arrival.file.name}: ${sentence}`);
      }
    }
    next();
  };
  const underWay = (each) => ["sending", "checking", "lost"].includes(each.state) && !each.cancelled;
  const next = () => {
    const room = AT_ONCE - arrivals.filter(underWay).length;
    arrivals.filter((each) => each.state === "waiting").slice(0, Math.max(0, room)).forEach((each) => { run(each); });
  };

  const drop = (arrival) => {
    arrivals.splice(arrivals.indexOf(arrival), 1);
    arrival.line.remove();
    clear.hidden = arrivals.filter((each) => each.state === "done").length < 2;
  };
  const dropDone = (fits) => { arrivals.filter((each) => each.state === "done" && fits(each)).forEach(drop); };
  clear.addEventListener("click", () => { dropDone(() => true); form()?.querySelector("input[type=file]")?.focus(); });
  const act = (arrival, what) => {
    if (what === "again") {
      Object.assign(arrival, fresh);
      show(arrival, "waiting", "Menunggu giliran");
      next();
      return;
    }
    const ended = ["done", "failed", "unpacking"].includes(arrival.state);
    if (!ended) {
      stop(arrival);
      say(`${arrival.file.name}: dibatalkan.`);
    }
    drop(arrival);
    (form()?.querySelector("input[type=file]"))?.focus();
    next();
  };

  const warn = (words) => { notice.textContent = words; notice.hidden = !words; };
  const add = (files) => {
    const chosen = [...files];
    if (!form() || !chosen.length) { return; }
    const busy = arrivals.filter((each) => underWay(each) || each.state === "waiting").length;
    warn(chosen.length + busy > MOST ? `Paling banyak ${MOST} berkas sekaligus; Anda memilih ${chosen.length + busy}. Kompres menjadi ZIP, atau pilih sebagian dulu.` : "");
    if (!notice.hidden) { return; }
    dropDone((each) => !each.line.querySelector("a")); // the list shows them; the report of an archive stays
    const covers = [...form().querySelectorAll("[name=mencakup]:checked")].map((each) => each.value);
    for (const file of chosen) {
      const line = form().querySelector("template[data-arrival]").content.cloneNode(true).querySelector("li");
      const { start, code } = form().dataset;
      const token = form().querySelector("[name=csrfmiddlewaretoken]").value;
      const says = [["soal", code], ...covers.map((each) => ["mencakup", each])];
      const arrival = { ...fresh, file, line, start, says, token };
      arrival.show = (state, words, percent) => show(arrival, state, words, percent);
      line.querySelector("b").textContent = file.name;
      line.querySelector(".num").textContent = size(file.size);
      line.querySelector("progress").setAttribute("aria-label", `Kemajuan ${file.name}`);
      line.querySelectorAll("[data-act]").forEach((button) => {
        const whose = document.createElement("span");
        whose.className = "visually-hidden";
        whose.textContent = ` ${file.name}`;
        button.append(whose);
        button.addEventListener("click", () => act(arrival, button.dataset.act));
      });
      document.querySelector(`[data-unfinished="${CSS.escape(file.name)}"]`)?.remove();
      arrivals.push(arrival);
      list.append(line);
      show(arrival, "waiting", "Menunggu giliran");
    }
    next();
  };

  // Cameras and clipboards call everything "image": a name that says when it came, not what it shows.
  const named = (file) => {
    if (!/^(image|photo|blob|clipboard)?\.?(jpe?g|png|webp)?$/i.test(file.name)) { return file; }
    const moment = new Date().toLocaleString("id-ID", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
    return new File([file], `Foto diunggah ${moment.replace(/[/:,]/g, " ").replace(/\s+/g, " ")}.${file.type.split("/")[1] || "jpg"}`, { type: file.type });
  };

  const dress = () => {
    const here = form();
    if (!here || here.contains(place)) { return; }
    here.classList.add("lively");
    here.querySelectorAll(".drop-hint, .pick, .lively-only").forEach((each) => { each.hidden = false; });
    here.querySelector(".arrivals-place").append(place);
    for (const input of here.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => { add([...input.files].map(named)); input.value = ""; });
    }
    here.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); });
  };
  dress();
  document.addEventListener("htmx:afterSettle", dress);

  const withFiles = (event) => form() && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (withFiles(event)) { event.preventDefault(); form().classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { form()?.classList.remove("over"); } });
  document.addEventListener("drop", (event) => {
    if (!withFiles(event)) { return; }
    event.preventDefault();
    form().classList.remove("over");
    const folders = [...event.dataTransfer.items].filter((each) => each.webkitGetAsEntry?.()?.isDirectory);
    if (folders.length) { warn("Folder tidak dapat diseret ke sini. Kompres folder itu menjadi ZIP, lalu unggah ZIP-nya."); return; }
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files ?? [];
    if (files.length && !event.clipboardData.types.includes("text/plain")) { event.preventDefault(); add([...files].map(named)); }
  });
  window.addEventListener("online", () => { arrivals.forEach((each) => each.wake?.()); });
  window.addEventListener("beforeunload", (event) => {
    if (arrivals.some((each) => underWay(each) || each.state === "waiting")) { event.preventDefault(); }
  });
})();
