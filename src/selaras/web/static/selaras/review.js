// Review desk: keys (j, k, a, w), the current row of the list, filters that follow at once, the page scrolled to its mark.
(function () {
  "use strict";

  function rows() { return Array.from(document.querySelectorAll("[data-review-rows] > li > a")); }

  function current() { return rows().find(function (row) { return row.hasAttribute("aria-current"); }); }

  function mark(row) {
    rows().forEach(function (one) {
      const chosen = one === row;
      if (chosen) { one.setAttribute("aria-current", "true"); } else { one.removeAttribute("aria-current"); }
      one.closest("li").classList.toggle("current", chosen);
    });
    row.scrollIntoView({ block: "nearest" });
  }

  function go(step) {
    const all = rows();
    if (!all.length) { return; }
    const at = all.indexOf(current());
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (next && next !== current()) { next.click(); }
  }

  document.addEventListener("click", function (event) {
    const row = event.target.closest("[data-review-rows] > li > a");
    if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) { mark(row); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.target.closest("input, textarea, select, [contenteditable], dialog") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (document.querySelector("dialog[open]")) { return; }
    const accept = document.querySelector("[data-review-accept]");
    const reason = document.querySelector("[data-review-reason]");
    if (event.key === "j" || event.key === "k") { event.preventDefault(); go(event.key === "j" ? 1 : -1); }
    if (event.key === "a" && accept) { event.preventDefault(); accept.click(); }
    const refuse = document.querySelector("[data-review-refuse]");
    if (event.key === "r" && refuse) { event.preventDefault(); refuse.click(); }
    if (event.key === "w" && reason) { event.preventDefault(); reason.focus(); }
  });

  // a reason that is finished with Enter puts the finding aside: that is why it was written
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.matches("[data-review-reason]")) { return; }
    const aside = event.target.form.querySelector("[name=putusan][value=kesampingkan]");
    if (aside && event.target.value.trim()) { event.preventDefault(); aside.click(); }
  });

  document.addEventListener("change", function (event) {
    const filters = event.target.closest("[data-review-filters]");
    if (filters) { filters.requestSubmit(); }
  });

  function aim(part) {
    part.querySelectorAll("[data-review-sheet]").forEach(function (box) {
      let target = box.querySelector(".sheet-mark.current rect");
      if (!target && box.dataset.number) {
        target = box.querySelector("#tanda-" + box.dataset.number);
        if (target) { target.classList.add("current"); }
      }
      if (!target) { return; }
      const spot = target.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      const seen = Math.max(120, Math.min(frame.bottom, window.innerHeight) - frame.top);
      box.scrollTop += spot.top - frame.top - seen / 3;
      box.scrollLeft += spot.left - frame.left - frame.width / 2;
    });
  }

  // a figure that was settled leads to the next one
  document.addEventListener("figureDone", function () { go(1); });

  document.addEventListener("htmx:afterSettle", function (event) {
    const panel = document.getElementById("panel");
    if (panel && (event.detail.elt === panel || event.detail.target === panel || event.target === panel)) {
      aim(panel);
      if (window.matchMedia("(max-width: 56rem)").matches) { panel.scrollIntoView({ block: "start" }); }
    }
  });
  document.addEventListener("DOMContentLoaded", function () { aim(document); });
})();
