// The counter by keyboard: Alt with a letter or number, arrows through what was found. And the filter builder's suggestions.
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");

  function open(step) {
    document.querySelectorAll("[data-desk-step]").forEach(function (one) { one.open = one === step; });
    const wanted = step.querySelector(".form-control:not([type=hidden]), .form-select, button");
    if (wanted) { wanted.focus(); }
  }

  function submit() {
    const near = document.activeElement ? document.activeElement.closest("form") : null;
    const button = (near && near.querySelector("[data-desk-submit]")) ||
      document.querySelector("[data-desk-step][open] [data-desk-submit]") || document.querySelector("[data-desk-submit]");
    if (button) { button.click(); }
  }

  function pressed(event) {
    const digit = /^Digit([1-9])$/.exec(event.code || "");
    if (digit) {
      const step = document.querySelector('[data-desk-step="' + digit[1] + '"]');
      if (step) { open(step); return true; }
      return false;
    }
    const letter = (event.code || "").replace(/^Key/, "").toLowerCase();
    if (letter === "c") {
      const box = document.querySelector("[data-desk-search]");
      if (box) { box.focus(); box.select(); return true; }
      return false;
    }
    if (letter === "s") { submit(); return true; }
    const target = document.querySelector('[data-desk-key="' + letter + '"]');
    if (target) { target.click(); return true; }
    return false;
  }

  function back() {
    const way = document.querySelector("[data-desk-back]");
    if (way) { way.click(); return; }
    const box = document.querySelector("[data-desk-search]");
    if (box) { box.focus(); box.select(); }
  }

  function along(event) {
    const lines = Array.from(document.querySelectorAll("[data-desk-line]"));
    const box = document.querySelector("[data-desk-search]");
    const at = lines.indexOf(document.activeElement);
    if (!lines.length || (at < 0 && document.activeElement !== box)) { return; }
    event.preventDefault();
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0) { box.focus(); } else if (next < lines.length) { lines[next].focus(); }
  }

  if (desk) {
    document.addEventListener("keydown", function (event) {
      if (document.querySelector("dialog[open]")) { return; }
      if (event.altKey && !event.ctrlKey && !event.metaKey) {
        if (pressed(event)) { event.preventDefault(); }
      } else if (event.key === "Escape" && !event.defaultPrevented) {
        back();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        along(event);
      }
    });
    const mode = desk.dataset.deskMode;
    if (mode === "baru") {
      const wrong = desk.querySelector(".error-summary");
      const first = desk.querySelector("[data-desk-form] .form-control, [data-desk-form] .form-select");
      if (!wrong && first) { first.focus(); }
    } else if (mode === "rekaman") {
      const head = desk.querySelector("[data-desk-record]");
      if (head) { head.focus(); }
    }
  }

  // Suggestions for the value of a filter line follow its subject.
  let lists = 0;
  function suggest(select) {
    const row = select.closest(".reg-filter-row");
    const input = row ? row.querySelector("[data-filter-value]") : null;
    if (!input) { return; }
    const chosen = select.selectedOptions[0];
    const words = chosen && chosen.dataset.choices ? chosen.dataset.choices.split("|") : [];
    let list = row.querySelector("datalist");
    if (!list) {
      list = document.createElement("datalist");
      lists += 1;
      list.id = "nilai-penyaring-" + lists;
      row.appendChild(list);
      input.setAttribute("list", list.id);
    }
    list.replaceChildren.apply(list, words.map(function (word) {
      const option = document.createElement("option");
      option.value = word;
      return option;
    }));
  }
  function suggestIn(part) {
    part.querySelectorAll("[data-filter-subject]").forEach(suggest);
  }
  suggestIn(document);
  // A builder that was drawn anew with another line or group.
  document.addEventListener("htmx:load", function (event) { suggestIn(event.target); });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-filter-subject]")) { suggest(event.target); }
  });
}());
