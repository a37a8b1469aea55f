// Planning: zooming and dragging in the tree, what stays open after a change, and sheets that are filled in by keyboard.
(function () {
  "use strict";

  // zoom --------------------------------------------------------------------------------------------------------
  const FULL = 5;
  let zoom = FULL;

  function setZoom(tree, step) {
    zoom = Math.min(6, Math.max(1, step));
    tree.className = tree.className.replace(/ ?plan-zoom-\d/g, "");
    if (zoom !== FULL) { tree.classList.add("plan-zoom-" + zoom); }
  }

  function fit(tree) {
    const room = tree.parentElement.clientWidth - 40;
    setZoom(tree, FULL);
    for (let step = FULL; step >= 1; step -= 1) {
      setZoom(tree, step);
      if (tree.getBoundingClientRect().width <= room) { return; }
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-plan-zoom]");
    const tree = document.getElementById("pohon-gambar");
    if (button && tree) {
      const how = button.getAttribute("data-plan-zoom");
      if (how === "fit") { fit(tree); } else { setZoom(tree, zoom + (how === "in" ? 1 : -1)); }
    }
    const close = event.target.closest("[data-panel-close]");
    if (close) {
      event.preventDefault();
      const panel = document.getElementById("panel");
      const code = panel.querySelector("[data-panel]").getAttribute("data-panel");
      panel.replaceChildren();
      choose("");
      const card = document.querySelector('[data-node="' + CSS.escape(code) + '"]');
      if (card) { card.parentElement.focus(); }
    }
  });

  // the chosen node is marked, whichever way its panel came ------------------------------------------------------
  function choose(code) {
    document.querySelectorAll("#pohon-gambar [role=treeitem]").forEach(function (item) {
      const card = item.querySelector(":scope > [data-node]");
      item.setAttribute("aria-selected", String(Boolean(code) && card !== null && card.getAttribute("data-node") === code));
    });
  }

  // a new picture opens like the old one --------------------------------------------------------------------------
  let opened = null;
  let scrolled = [0, 0];

  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    if (event.detail.target.id !== "pohon") { return; }
    opened = new Set();
    event.detail.target.querySelectorAll("[aria-expanded=true] > [data-node]").forEach(function (card) {
      opened.add(card.getAttribute("data-node"));
    });
    const box = event.detail.target.querySelector(".picture-scroll");
    scrolled = box ? [box.scrollLeft, box.scrollTop] : [0, 0];
  });

  function reveal(which) { // bring a card into the window of the picture, if it stands outside
    const card = document.querySelector("#pohon-gambar " + which);
    if (!card) { return; }
    const box = card.closest(".picture-scroll");
    const here = card.getBoundingClientRect();
    const room = box.getBoundingClientRect();
    if (here.left < room.left || here.right > room.right) { box.scrollLeft += here.left - room.left - 32; }
    if (here.top < room.top || here.bottom > room.bottom) { box.scrollTop += here.top - room.top - 48; }
    document.querySelectorAll('#pohon-gambar [tabindex="0"]').forEach(function (one) { one.tabIndex = -1; });
    card.parentElement.tabIndex = 0;
  }

  const CHOSEN = "[aria-selected=true] > .plan-card";
  document.addEventListener("DOMContentLoaded", function () { reveal(CHOSEN); });

  document.addEventListener("htmx:afterSwap", function (event) { // a search brought a new picture
    if (event.detail.target.id === "pohon") { reveal(".plan-found"); }
  });

  function reopen(tree) { // a branch that is fetched brings more to open: what is done is struck off the list
    tree.querySelectorAll("[aria-expanded=false] > [data-node]").forEach(function (card) {
      if (!opened.delete(card.getAttribute("data-node"))) { return; }
      card.parentElement.setAttribute("aria-expanded", "true");
      if (card.parentElement.hasAttribute("data-lazy")) { window.htmx.trigger(card.parentElement, "tree:open"); }
    });
    if (!tree.querySelector("[data-lazy][aria-expanded=true] > ul:empty")) { opened = null; }
  }

  document.addEventListener("htmx:afterSettle", function () {
    const tree = document.getElementById("pohon-gambar");
    if (tree && opened) {
      reopen(tree);
      setZoom(tree, zoom);
      tree.parentElement.scrollTo(scrolled[0], scrolled[1]);
    }
    const chosen = document.querySelector("#panel [data-panel]");
    if (chosen && tree) {
      choose(chosen.getAttribute("data-panel"));
      reveal(CHOSEN);
    }
  });

  // dragging: the server decides, the picture only shows where a node may go --------------------------------------
  let taken = null;

  function mayTake(card) {
    if (!taken || !card || card === taken || !card.hasAttribute("data-depth")) { return false; }
    const under = taken.parentElement.contains(card);
    return !under && Number(card.getAttribute("data-depth")) < Number(taken.getAttribute("data-depth"));
  }

  document.addEventListener("dragstart", function (event) {
    const card = event.target.closest && event.target.closest("[data-move]");
    if (!card) { return; }
    taken = card;
    card.classList.add("plan-taken");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.getAttribute("data-node"));
  });

  document.addEventListener("dragover", function (event) {
    const card = event.target.closest("[data-node]");
    if (!mayTake(card)) { return; }
    event.preventDefault();
    document.querySelectorAll(".plan-target").forEach(function (one) { one.classList.remove("plan-target"); });
    card.classList.add("plan-target");
  });

  document.addEventListener("drop", function (event) {
    const card = event.target.closest("[data-node]");
    if (!mayTake(card)) { return; }
    event.preventDefault();
    window.htmx.ajax("POST", taken.getAttribute("data-move"), {
      target: "#panel",
      values: { induk: card.getAttribute("data-node"), "seen-parent": taken.getAttribute("data-parent") },
    });
  });

  document.addEventListener("dragend", function () {
    document.querySelectorAll(".plan-target, .plan-taken").forEach(function (one) {
      one.classList.remove("plan-target", "plan-taken");
    });
    taken = null;
  });

  // sheets: arrows and Enter move, what is pasted from a spreadsheet fills the cells, Ctrl+Z takes it back ------------
  const undo = [];

  function place(input) {
    const cell = input.closest("td");
    return [cell.parentElement.rowIndex, cell.cellIndex];
  }

  function inputAt(table, row, column) {
    const line = table.rows[row];
    return line && line.cells[column] ? line.cells[column].querySelector(".cell-input") : null;
  }

  function step(table, from, down, right) {
    let row = from[0] + down;
    let column = from[1] + right;
    while (row > 0 && row < table.rows.length && column >= 0 && column < 60) {
      const found = inputAt(table, row, column);
      if (found) { return found; }
      row += down;
      column += right;
    }
    return null;
  }

  function write(input, text) {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("keydown", function (event) {
    const input = event.target;
    if (!input.matches || !input.matches("[data-plan-sheet] .cell-input")) { return; }
    const table = input.closest("table");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && undo.length) {
      event.preventDefault();
      undo.pop().forEach(function (pair) { write(pair[0], pair[1]); });
      input.form.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [event.shiftKey ? -1 : 1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    const move = moves[event.key];
    if (event.key === "Escape") { write(input, input.defaultValue); return; }
    if (!move || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const sideways = move[1] !== 0;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const atEnd = input.selectionStart === input.selectionEnd && input.selectionStart === (move[1] > 0 ? input.value.length : 0);
    if (sideways && !whole && !atEnd) { return; }
    const next = step(table, place(input), move[0], move[1]);
    event.preventDefault();
    if (next) { next.focus(); next.select(); } else if (event.key === "Enter") { input.blur(); input.focus(); }
  });

  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-plan-sheet] .cell-input")) { event.target.select(); }
  });

  document.addEventListener("paste", function (event) {
    const input = event.target;
    if (!input.matches || !input.matches("[data-plan-sheet] .cell-input")) { return; }
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) { return; }
    event.preventDefault();
    const table = input.closest("table");
    const start = place(input);
    const before = [];
    let row = start[0];
    text.split("\n").forEach(function (line) {
      while (row < table.rows.length && !inputAt(table, row, start[1])) { row += 1; }
      line.split("\t").forEach(function (part, offset) {
        const cell = inputAt(table, row, start[1] + offset);
        if (cell) { before.push([cell, cell.value]); write(cell, part.trim()); }
      });
      row += 1;
    });
    undo.push(before);
    input.form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("input", function (event) {
    if (!event.target.matches || !event.target.matches("[data-plan-sheet] .cell-input")) { return; }
    const cell = event.target.closest("td");
    cell.classList.remove("cell-wrong");
    cell.classList.toggle("cell-dirty", event.target.value !== event.target.defaultValue);
  });

  document.addEventListener("click", function (event) {
    const all = event.target.closest("[data-plan-tick]");
    if (!all) { return; }
    document.querySelectorAll(all.getAttribute("data-plan-tick")).forEach(function (box) { box.checked = all.checked; });
  });
})();
