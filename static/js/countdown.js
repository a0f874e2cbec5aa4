// Time left, ticking. The server alone decides what is late; without this file the page shows what was left when it came.
"use strict";
(() => {
  const words = (seconds) => {
    if (seconds <= 0) { return "sudah berakhir"; }
    const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60, two = (number) => String(number).padStart(2, "0");
    if (days > 1) { return `${days} hari ${hours} jam lagi`; }
    return `${two(Math.floor(seconds / 3600))}.${two(minutes)}.${two(seconds % 60)} lagi`;
  };
  const tick = () => {
    for (const each of document.querySelectorAll("[data-until]")) {
      each.textContent = words(Math.floor((Date.parse(each.dataset.until) - Date.now()) / 1000));
    }
  };
  if (document.querySelector("[data-until]")) {
    tick();
    setInterval(tick, 1000);
  }
})();
