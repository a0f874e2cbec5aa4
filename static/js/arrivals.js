// Files on their way in: chosen, dropped, photographed or pasted; sent in parts that go on where they stopped.
"use strict";
(() => {
  const PART = 1024 * 1024; // the largest part, and what a lost connection can cost
  const LEAST = 64 * 1024; // on a network that cuts, parts become smaller
  const AT_ONCE = 2;
  const MOST = 100;
  const STALL = 45000; // milliseconds without a byte moving
  const PAUSES = [1000, 2000, 4000, 8000, 15000];
  const ENDED = "Sesi Anda berakhir. Muat ulang halaman dan masuk lagi, lalu pilih berkas yang sama: unggahan dilanjutkan.";
  const CHANGED = "Berkas ini berubah atau tidak terbaca lagi di perangkat Anda. Pilih berkas itu lagi.";

  class Lost extends Error {} // the network: goes on by itself
  class Refusal extends Error { // a sentence for the person
    constructor(sentence, said = {}) { super(sentence); this.said = said; }
  }

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
  const size = (bytes) => (bytes < PART ? `${Math.max(1, Math.floor(bytes / 1024))} kB`
    : `${(bytes / PART).toLocaleString("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`);

  // One request; `moved` hears how many bytes have left. A cut, a stall or a busy server is `Lost`.
  const ask = (arrival, address, body = null, moved = () => {}) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stall = setTimeout(() => request.abort(), STALL);
    const alive = () => { clearTimeout(stall); stall = setTimeout(() => request.abort(), STALL); };
    arrival.request = request;
    request.open(body ? "POST" : "GET", address);
    request.setRequestHeader("X-CSRFToken", arrival.token);
    if (body instanceof Blob) { request.setRequestHeader("Content-Type", "application/octet-stream"); }
    request.upload.onprogress = (event) => { alive(); moved(event.loaded); };
    request.onprogress = alive;
    request.onloadend = () => {
      clearTimeout(stall);
      arrival.request = undefined;
      if (arrival.cancelled) { reject(new Refusal("Dibatalkan.")); return; }
      if (request.status === 0 || [502, 503, 504].includes(request.status)) { reject(new Lost()); return; }
      let said = null;
      try { said = JSON.parse(request.responseText); } catch { /* a page, not an answer: told below */ }
      if (request.status < 300 && said) { resolve(said); return; }
      if (said) { reject(new Refusal(said.sentence, { ...said, status: request.status })); return; }
      const strange = request.status === 404 ? "Halaman ini tidak berlaku lagi. Muat ulang, lalu pilih berkas itu lagi." : ENDED;
      reject(new Refusal(request.status >= 500 ? "Portal sedang bermasalah. Coba lagi sebentar lagi." : strange, { status: request.status }));
    };
    request.send(body);
  });

  const read = async (file, from, upto) => {
    try { return new Uint8Array(await file.slice(from, upto).arrayBuffer()); } catch { throw new Refusal(CHANGED); }
  };
  const headOf = async (file) => new window.Fingerprint().add(await read(file, 0, PART)).hex();
  const wholeOf = async (arrival) => {
    const print = new window.Fingerprint();
    for (let at = 0; at < arrival.file.size; at += PART) {
      print.add(await read(arrival.file, at, at + PART));
      if (arrival.cancelled) { throw new Refusal("Dibatalkan."); }
    }
    return print.hex();
  };

  const show = (arrival, state, words) => {
    arrival.state = state;
    const line = arrival.line;
    line.dataset.state = state;
    line.querySelector(".arrival-state").textContent = words;
    line.querySelector("[data-act=again]").hidden = state !== "failed" || arrival.isFinal;
    const cancel = line.querySelector("[data-act=cancel]");
    cancel.firstChild.textContent = ["failed", "done", "unpacking"].includes(state) ? "Tutup" : "Batal";
    clear.hidden = arrivals.filter((each) => each.state === "done").length < 2;
  };
  const say = (words) => { spoken.textContent = words; };
  const moved = (arrival, bytes) => {
    const percent = Math.floor((100 * Math.min(bytes, arrival.file.size)) / arrival.file.size);
    arrival.line.querySelector("progress").value = percent;
    show(arrival, "sending", `Mengunggah, ${percent} % (${size(bytes)} dari ${size(arrival.file.size)})`);
  };

  // From wherever it stands to its end. One that has begun is asked where it stands: its end may have been reached
  // and only the answer lost. Beginning finds what another page, or yesterday, has left half way.
  const travel = async (arrival) => {
    const { file } = arrival;
    arrival.head ??= await headOf(file);
    const announced = new URLSearchParams({ nama: file.name, ukuran: file.size, sidik: arrival.head, soal: arrival.code });
    arrival.covers.forEach((each) => announced.append("mencakup", each));
    let said = await (arrival.known ? ask(arrival, arrival.known.state) : ask(arrival, arrival.start, announced));
    arrival.known = said;
    if (said.refused) { throw new Refusal(said.sentence, said); }
    if (said.finished) { return said; }
    while (said.received < file.size) {
      const from = said.received;
      const part = file.slice(from, Math.min(from + arrival.step, file.size));
      moved(arrival, from);
      said = await ask(arrival, `${said.parts}${from}/`, part, (bytes) => moved(arrival, from + bytes));
      arrival.step = Math.min(PART, arrival.step * 2);
      arrival.losses = 0;
    }
    arrival.line.querySelector("progress").value = 100;
    show(arrival, "checking", "Sudah sampai; diperiksa");
    arrival.whole ??= await wholeOf(arrival);
    return ask(arrival, said.end, new URLSearchParams({ sidik: arrival.whole }));
  };

  const pause = (arrival) => new Promise((resolve) => {
    const length = PAUSES[Math.min(arrival.losses, PAUSES.length - 1)];
    const timer = setTimeout(resolve, length);
    arrival.wake = () => { clearTimeout(timer); resolve(); };
  });

  const bring = async (arrival) => {
    for (;;) {
      try {
        return await travel(arrival);
      } catch (error) {
        const { said = {} } = error;
        if (arrival.cancelled) { throw error; }
        if (error instanceof Lost) {
          show(arrival, "lost", "Sambungan terputus; dilanjutkan sendiri begitu tersambung");
          arrival.step = Math.max(LEAST, arrival.step / 2);
          await pause(arrival);
          if (arrival.cancelled) { throw new Refusal("Dibatalkan."); }
          arrival.losses += 1;
        } else if ((said.status === 409 || said.status === 404 || said.code === "part_cut") && arrival.known && arrival.detours < 5) {
          arrival.detours += 1;
          arrival.whole = undefined;
          if (said.status === 404) { arrival.known = undefined; }
          // another tab, or bytes that differ: ask where it stands, go on from there
        } else { throw error; }
      }
    }
  };

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
        const sentence = error instanceof Refusal ? error.message : CHANGED;
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
      Object.assign(arrival, { state: "waiting", detours: 0, losses: 0, head: undefined, whole: undefined, known: undefined });
      show(arrival, "waiting", "Menunggu giliran");
      next();
      return;
    }
    const ended = ["done", "failed", "unpacking"].includes(arrival.state);
    arrival.cancelled = !ended;
    arrival.request?.abort();
    arrival.wake?.();
    if (!ended && arrival.known) {
      fetch(arrival.known.cancel, { method: "POST", headers: { "X-CSRFToken": arrival.token, "HX-Request": "true" } }).catch(() => {});
    }
    if (!ended) { say(`${arrival.file.name}: dibatalkan.`); }
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
      const arrival = { file, line, start, code, covers, token, step: PART, losses: 0, detours: 0, state: "waiting" };
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
