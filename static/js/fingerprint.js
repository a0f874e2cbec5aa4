// SHA-256 that takes a file piece by piece: crypto.subtle wants the whole at once, and exists only behind https.
"use strict";
window.Fingerprint = (() => {
  const primes = (count) => {
    const found = [];
    for (let n = 2; found.length < count; n += 1) { if (found.every((prime) => n % prime)) { found.push(n); } }
    return found;
  };
  const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
  const K = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
  const BEGIN = primes(8).map((prime) => fraction(Math.sqrt(prime)));

  return class Fingerprint {
    constructor() {
      this.state = Int32Array.from(BEGIN);
      this.words = new Int32Array(64);
      this.rest = new Uint8Array(64);
      this.held = 0; // bytes waiting in `rest`
      this.length = 0;
    }

    add(bytes) {
      this.length += bytes.length;
      let at = 0;
      if (this.held) {
        at = Math.min(64 - this.held, bytes.length);
        this.rest.set(bytes.subarray(0, at), this.held);
        this.held += at;
        if (this.held < 64) { return this; }
        this.block(this.rest, 0);
      }
      for (; at + 64 <= bytes.length; at += 64) { this.block(bytes, at); }
      this.rest.set(bytes.subarray(at));
      this.held = bytes.length - at;
      return this;
    }

    hex() {
      const tail = new Uint8Array(this.held < 56 ? 64 : 128);
      tail.set(this.rest.subarray(0, this.held));
      tail[this.held] = 0x80;
      const view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(this.length / 0x20000000));
      view.setUint32(tail.length - 4, this.length << 3);
      for (let at = 0; at < tail.length; at += 64) { this.block(tail, at); }
      return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }

    block(bytes, from) {
      const w = this.words;
      for (let t = 0, at = from; t < 16; t += 1, at += 4) {
        w[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (let t = 16; t < 64; t += 1) {
        const x = w[t - 15];
        const y = w[t - 2];
        const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[t] = (w[t - 16] + low + w[t - 7] + high) | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let t = 0; t < 64; t += 1) {
        const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const one = (h + high + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
        const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      const s = this.state;
      s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
    }
  };
})();
