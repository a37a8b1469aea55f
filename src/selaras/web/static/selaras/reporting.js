// Writing a section: the printed side follows what was saved, and the place in the text is kept while saving.
(function () {
  "use strict";

  // work of some seconds says that it runs, and runs once
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("form[data-working]")) { return; }
    if (form.classList.contains("htmx-request")) { event.preventDefault(); return; }
    form.classList.add("htmx-request");
    document.documentElement.classList.add("loading");
  });

  let place = null;

  function forms(target) {
    return target && target.closest ? target.closest("form[data-paragraph]") : null;
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    const form = forms(event.detail.target);
    const active = document.activeElement;
    if (!form || !active || active.name !== "teks" || !form.contains(active)) { place = null; return; }
    place = { id: active.id, start: active.selectionStart, end: active.selectionEnd, text: active.value };
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    const form = forms(event.detail.elt);
    if (!form) { return; }
    if (place) {
      const field = document.getElementById(place.id);
      if (field) {
        if (field.value.trim() !== place.text.trim()) { field.value = place.text; }
        field.focus({ preventScroll: true });
        field.setSelectionRange(place.start, place.end);
      }
      place = null;
    }
    if (event.detail.xhr && event.detail.xhr.status === 200) {
      const paper = document.querySelector("iframe[data-preview]");
      if (paper) { paper.src = paper.getAttribute("src"); }
    }
  });
})();
