// The evaluation sheet by keyboard: letters answer the sub-component of the card in focus, 1 2 3 the criterion in focus,
// j and k move to the next and the last. Everything else is plain forms.
(function () {
  "use strict";
  const PAUSE = 600;
  let typed = "";
  let timer = 0;

  function busy(event) {
    return event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")
      || event.target.closest("input, textarea, select, [contenteditable], summary");
  }

  function stops() { return Array.from(document.querySelectorAll("[data-lke-card], [data-lke-criterion]")); }

  function here() {
    const at = document.activeElement;
    return at && (at.closest("[data-lke-criterion]") || at.closest("[data-lke-card]"));
  }

  function go(step) {
    const all = stops();
    const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(here()) + step))];
    if (!next) { return; }
    const target = next.querySelector(".lke-choice[aria-pressed=true], .lke-choice") ;
    const focus = next.matches("[data-lke-criterion]") && target ? target : next;
    if (focus === next && !next.hasAttribute("tabindex")) { next.tabIndex = -1; }
    focus.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function letters(card) { return Array.from(card.querySelectorAll("[data-letter]")); }

  function press() {
    window.clearTimeout(timer);
    const card = here() && here().closest("[data-lke-card]");
    const button = card && letters(card).find(function (one) { return one.dataset.letter.toUpperCase() === typed; });
    typed = "";
    if (button) { button.focus({ preventScroll: true }); button.click(); }
  }

  document.addEventListener("keydown", function (event) {
    if (busy(event) || event.key.length !== 1) { return; }
    if (event.key === "j" || event.key === "k") { event.preventDefault(); go(event.key === "j" ? 1 : -1); return; }
    const place = here();
    if (!place) { return; }
    const choice = place.matches("[data-lke-criterion]")
      && Array.from(place.querySelectorAll("[data-key]")).find(function (one) { return one.dataset.key === event.key; });
    if (choice) { event.preventDefault(); choice.focus(); choice.click(); return; }
    const card = place.closest("[data-lke-card]");
    const now = typed + event.key.toUpperCase();
    const fitting = letters(card).filter(function (one) { return one.dataset.letter.toUpperCase().startsWith(now); });
    if (!fitting.length) { typed = ""; return; }
    event.preventDefault();
    typed = now;
    window.clearTimeout(timer);
    // one letter may begin another: a second one may still follow
    if (fitting.length === 1 && fitting[0].dataset.letter.toUpperCase() === now) { press(); } else { timer = window.setTimeout(press, PAUSE); }
  });
})();

// The letter beside its notes follows what was saved.
document.addEventListener("htmx:afterSettle", function (event) {
  "use strict";
  const form = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest("[data-lke-note]");
  const paper = form && document.querySelector("iframe[data-lke-preview]");
  if (paper && event.detail.xhr && event.detail.xhr.status === 200) { paper.src = paper.getAttribute("src"); }
});
