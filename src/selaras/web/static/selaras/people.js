// The role-result matrix: entries are moved by drag or with Alt and arrows; the server decides, the page follows.
(function () {
  "use strict";

  let taken = null; // the entry that is dragged
  let back = null; // which field has the focus after the grid came anew

  function fieldOf(node) { return node && node.closest ? node.closest("[data-mph] [data-field]") : null; }

  function send(cell, field) {
    const from = fieldOf(cell);
    if (!from || !field || from === field) { return; }
    back = { employee: field.dataset.employee, result: field.dataset.result, last: true };
    window.htmx.ajax("POST", cell.closest("[data-mph]").dataset.move, {
      target: "#matriks",
      swap: "outerHTML",
      values: {
        pegawai: from.dataset.employee, hasil: from.dataset.result, urut: cell.dataset.order,
        "ke-pegawai": field.dataset.employee, "ke-hasil": field.dataset.result,
      },
    });
  }

  function beside(field, key) {
    const row = field.parentElement;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const next = key === "ArrowLeft" ? field.previousElementSibling : field.nextElementSibling;
      return next && next.hasAttribute("data-field") ? next : null;
    }
    const line = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    const found = line ? line.cells[field.cellIndex] : null;
    return found && found.hasAttribute("data-field") ? found : null;
  }

  document.addEventListener("keydown", function (event) {
    const field = fieldOf(event.target);
    if (!field || !event.key.startsWith("Arrow")) { return; }
    const next = beside(field, event.key);
    if (event.altKey && event.target.hasAttribute("data-cell")) {
      event.preventDefault();
      if (next) { send(event.target, next); }
      return;
    }
    const typing = event.target.matches("input") && event.target.value && event.key !== "ArrowUp" && event.key !== "ArrowDown";
    if (event.altKey || event.ctrlKey || event.metaKey || typing || !next) { return; }
    event.preventDefault();
    const wanted = next.querySelector(event.target.hasAttribute("data-cell") ? "[data-cell]" : ".mph-input");
    (wanted || next.querySelector("[data-cell], .mph-input")).focus();
  });

  document.addEventListener("dragstart", function (event) {
    const cell = event.target.closest && event.target.closest("[data-mph] [data-cell]");
    if (!cell) { return; }
    taken = cell;
    cell.classList.add("mph-taken");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", cell.textContent);
  });

  function unmark() {
    document.querySelectorAll(".mph-target").forEach(function (one) { one.classList.remove("mph-target"); });
  }

  document.addEventListener("dragover", function (event) {
    const field = taken ? fieldOf(event.target) : null;
    if (!field) { return; }
    event.preventDefault();
    unmark();
    field.classList.add("mph-target");
  });

  document.addEventListener("drop", function (event) {
    const field = taken ? fieldOf(event.target) : null;
    if (!field) { return; }
    event.preventDefault();
    send(taken, field);
  });

  document.addEventListener("dragend", function () {
    unmark();
    if (taken) { taken.classList.remove("mph-taken"); }
    taken = null;
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    const field = fieldOf(event.detail.elt);
    if (field && event.detail.elt.matches(".mph-add")) {
      back = { employee: field.dataset.employee, result: field.dataset.result, last: false };
    }
    const panel = event.detail.elt.closest && event.detail.elt.closest("[data-mph-panel]");
    if (panel) { back = { employee: panel.dataset.employee, result: panel.dataset.result, last: true }; }
  });

  document.addEventListener("htmx:afterSettle", function () {
    const panel = document.querySelector("[data-mph-panel]");
    if (panel && !back) { panel.querySelector("textarea").focus(); return; }
    if (!back) { return; }
    const field = Array.from(document.querySelectorAll("[data-mph] [data-field]")).find(function (one) {
      return one.dataset.employee === back.employee && one.dataset.result === back.result;
    });
    if (field) {
      const cells = field.querySelectorAll("[data-cell]");
      const wanted = back.last && cells.length ? cells[cells.length - 1] : field.querySelector(".mph-input");
      if (wanted) { wanted.focus(); }
    }
    back = null;
  });
}());
