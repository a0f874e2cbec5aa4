// One file on its way, in parts that go on where they stopped. What travels brings its file, where it begins (`start`), the
// page's token, what is said with it (`says`: pairs), and `show(state, words, percent)`, which hears how far it is.
"use strict";
(() => {
  const PART = 1024 * 1024; // the largest part, and what a lost connection can cost
  const LEAST = 64 * 1024; // on a network that cuts, parts become smaller
  const STALL = 45000; // milliseconds without a byte moving
  const PAUSES = [1000, 2000, 4000, 8000, 15000];
  const ENDED = "Sesi Anda berakhir. Muat ulang halaman dan masuk lagi, lalu pilih berkas yang sama: unggahan dilanjutkan.";
  const CHANGED = "Berkas ini berubah atau tidak terbaca lagi di perangkat Anda. Pilih berkas itu lagi.";

  class Lost extends Error {} // the network: goes on by itself
  class Refusal extends Error { // a sentence for the person
    constructor(sentence, said = {}) { super(sentence); this.said = said; }
  }

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

  const moved = (arrival, bytes) => {
    const percent = Math.floor((100 * Math.min(bytes, arrival.file.size)) / arrival.file.size);
    arrival.show("sending", `Mengunggah, ${percent} % (${size(bytes)} dari ${size(arrival.file.size)})`, percent);
  };

  // From wherever it stands to its end. One that has begun is asked where it stands: its end may have been reached
  // and only the answer lost. Beginning finds what another page, or yesterday, has left half way.
  const travel = async (arrival) => {
    const { file } = arrival;
    arrival.head ??= await headOf(file);
    const announced = new URLSearchParams({ nama: file.name, ukuran: file.size, sidik: arrival.head });
    arrival.says.forEach(([name, value]) => announced.append(name, value));
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
    arrival.show("checking", "Sudah sampai; diperiksa", 100);
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
          arrival.show("lost", "Sambungan terputus; dilanjutkan sendiri begitu tersambung");
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

  // Give it up: whatever waits is woken, and the portal forgets what it has.
  const stop = (arrival) => {
    arrival.cancelled = true;
    arrival.request?.abort();
    arrival.wake?.();
    if (arrival.known) {
      fetch(arrival.known.cancel, { method: "POST", headers: { "X-CSRFToken": arrival.token, "HX-Request": "true" } }).catch(() => {});
    }
  };
  // From its beginning, whatever became of it before.
  const fresh = { detours: 0, losses: 0, step: PART, head: undefined, whole: undefined, known: undefined };
  const failure = (error) => (error instanceof Refusal ? error.message : CHANGED);

  window.Parts = { bring, stop, size, failure, fresh };
})();
