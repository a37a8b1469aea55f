// Tables: choosing rows for bulk actions (with Shift for a run), and the shadow under a column that stays in place.
(function () {
  "use strict";
  let last = null;

  function boxes(table) { return Array.from(table.querySelectorAll("[data-select]:not(:disabled)")); }

  function count(table) {
    const all = boxes(table);
    const chosen = all.filter(function (box) { return box.checked; });
    const head = table.querySelector("[data-select-all]");
    if (head) {
      head.checked = all.length > 0 && chosen.length === all.length;
      head.indeterminate = chosen.length > 0 && chosen.length < all.length;
    }
    all.forEach(function (box) { box.closest("tr").classList.toggle("selected", box.checked); });
    const frame = table.closest("[data-bulk]");
    const bar = frame && frame.querySelector("[data-bulk-bar]");
    if (bar) {
      bar.classList.toggle("shown", chosen.length > 0);
      bar.querySelector("[data-bulk-count]").textContent = String(chosen.length);
    }
  }

  document.addEventListener("click", function (event) {
    const box = event.target.closest("[data-select]");
    if (box && event.shiftKey && last && last.isConnected && last.closest("table") === box.closest("table")) {
      const all = boxes(box.closest("table"));
      const ends = [all.indexOf(last), all.indexOf(box)].sort(function (a, b) { return a - b; });
      all.slice(ends[0], ends[1] + 1).forEach(function (one) { one.checked = box.checked; });
      count(box.closest("table"));
    }
    if (box) { last = box; }
    const clear = event.target.closest("[data-bulk-clear]");
    if (clear) {
      const table = clear.closest("[data-bulk]").querySelector("table");
      boxes(table).forEach(function (one) { one.checked = false; });
      count(table);
    }
  });

  document.addEventListener("change", function (event) {
    const table = event.target.closest("table");
    if (!table) { return; }
    if (event.target.matches("[data-select-all]")) {
      boxes(table).forEach(function (one) { one.checked = event.target.checked; });
      count(table);
    } else if (event.target.matches("[data-select]")) {
      count(table);
    }
  });

  document.addEventListener("scroll", function (event) {
    if (event.target.matches && event.target.matches("[data-scroll]")) {
      edges(event.target);
    }
  }, true);

  function edges(box) { // more to see at the right fades out
    box.classList.toggle("scrolled", box.scrollLeft > 2);
    box.classList.toggle("more", box.scrollLeft + box.clientWidth < box.scrollWidth - 2);
  }

  const watch = new ResizeObserver(function (entries) { entries.forEach(function (entry) { edges(entry.target); }); });

  function start(part) {
    part.querySelectorAll("[data-bulk] table").forEach(count);
    part.querySelectorAll("[data-scroll]").forEach(function (box) { watch.observe(box); });
  }
  document.addEventListener("DOMContentLoaded", function () { start(document); });
  document.addEventListener("htmx:load", function (event) { start(event.detail.elt.parentNode || document); });
})();
