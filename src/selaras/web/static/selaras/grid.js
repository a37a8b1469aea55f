// A table that is filled like a spreadsheet: arrows, Enter, Esc, a block pasted from Excel, undo; each cell is saved by
// itself and says so. The server reads every number and answers what it read; nothing is rounded or guessed here.
(function () {
  "use strict";
  const undone = [];
  let blocks = 0;
  let chain = Promise.resolve();
  let waiting = 0;

  function grid(part) { return part.closest("[data-grid]"); }
  function words(part, name) { return grid(part).dataset["words" + name] || ""; }
  function cells(table) { return Array.from(table.querySelectorAll("[data-cell]")); }
  function inputs(cell) { return Array.from(cell.querySelectorAll("[data-part]")); }
  function open(table) { return Array.from(table.querySelectorAll("[data-part][data-open]")); }

  function token() {
    const headers = document.body.getAttribute("hx-headers");
    return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
  }

  function say(text) {
    const place = document.querySelector("[data-grid-said]");
    if (place) { place.textContent = text; }
  }

  // what an input shows: a number with thousands, or, while somebody types, the text that can be read in one way only
  function settle(input, text, exact) {
    input.dataset.exact = exact;
    input.dataset.shown = text;
    input.value = document.activeElement === input ? exact : text;
    delete input.dataset.typed;
  }

  function typed(input) { return input.dataset.typed !== undefined ? input.dataset.typed : input.dataset.exact; }
  function isChanged(cell) { return inputs(cell).some(function (one) { return typed(one) !== one.dataset.exact; }); }

  function mark(cell, state) {
    ["dirty", "saved", "wrong"].forEach(function (name) { cell.classList.toggle("cell-" + name, name === state); });
    inputs(cell).forEach(function (one) {
      if (state === "wrong") { one.setAttribute("aria-invalid", "true"); } else { one.removeAttribute("aria-invalid"); }
    });
    cell.toggleAttribute("aria-busy", state === "dirty" && cell.dataset.sending === "1");
  }

  // a note under a cell: what went wrong and the ways out
  function clear(cell) {
    const note = cell.querySelector(".cell-note");
    if (note) { note.remove(); }
    inputs(cell).forEach(function (one) { one.removeAttribute("aria-describedby"); });
  }

  let number = 0;
  function note(cell, text, tone, buttons) {
    clear(cell);
    const box = document.createElement("div");
    box.className = "cell-note cell-note-" + tone;
    box.id = "sel-" + (++number);
    box.setAttribute("role", tone === "bad" ? "alert" : "status");
    [].concat(text).forEach(function (line) {
      const part = document.createElement("p");
      part.textContent = line;
      box.append(part);
    });
    const row = document.createElement("div");
    row.className = "cell-note-ways";
    buttons.forEach(function (pair) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary btn-sm";
      button.textContent = pair[0];
      button.addEventListener("click", pair[1]);
      row.append(button);
    });
    box.append(row);
    cell.append(box);
    inputs(cell).forEach(function (one) { one.setAttribute("aria-describedby", box.id); });
  }

  function close(cell) { return [words(cell, "Close"), function () { clear(cell); inputs(cell)[0].focus(); }]; }

  function restore(cell) {
    inputs(cell).forEach(function (one) { settle(one, one.dataset.shown, one.dataset.exact); });
    clear(cell);
    mark(cell, "");
  }

  // saving ------------------------------------------------------------------------------------------------------
  function save(cell, how) {
    const settings = how || {};
    if (!isChanged(cell) && !settings.anyway) { return; }
    const form = new URLSearchParams(cell.dataset.cell);
    const before = {};
    inputs(cell).forEach(function (one) {
      form.set(one.dataset.part, typed(one));
      before[one.dataset.part] = one.dataset.exact;
    });
    const sent = inputs(cell).map(typed).join("\n");
    cell.dataset.sending = "1";
    mark(cell, "dirty");
    clear(cell);
    say(words(cell, "Saving"));
    waiting += 1;
    chain = chain.then(function () {
      form.set("terlihat", cell.dataset.seen);
      if (settings.reason) { form.set("alasan", settings.reason); }
      return fetch(grid(cell).dataset.save, {
        method: "POST", body: form, credentials: "same-origin",
        headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch", Accept: "application/json" },
      }).then(function (answer) {
        const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        return (json ? answer.json() : Promise.resolve({ words: words(cell, "Failed"), choices: [] })).then(function (body) {
          if (answer.ok && json) { done(cell, body, before, sent, settings); } else if (answer.status === 409 && body.stands) { clash(cell, body); } else { wrong(cell, body); }
        });
      });
    }).catch(function () {
      wrong(cell, { words: words(cell, "Offline"), choices: [], again: true });
    }).then(function () {
      waiting -= 1;
      delete cell.dataset.sending;
      cell.removeAttribute("aria-busy");
      const later = cell.dataset.later; // which paste changed it meanwhile, 0 for typing
      if (later) { delete cell.dataset.later; save(cell, { block: Number(later) }); }
    });
  }

  function take(cell, stands) {
    inputs(cell).forEach(function (one) {
      const now = stands.inputs[one.dataset.part];
      if (now) { settle(one, now.text, now.exact); }
    });
    cell.dataset.seen = stands.seen;
  }

  function done(cell, body, before, sent, settings) {
    const same = inputs(cell).map(typed).join("\n") === sent;
    if (same) {
      take(cell, body);
      mark(cell, "saved");
      window.setTimeout(function () { if (!isChanged(cell)) { mark(cell, ""); } }, 4000);
    } else { // somebody kept typing while it was saved
      cell.dataset.seen = body.seen;
      inputs(cell).forEach(function (one) { one.dataset.exact = body.inputs[one.dataset.part].exact; one.dataset.shown = body.inputs[one.dataset.part].text; });
      cell.dataset.later = "0";
    }
    if (!settings.undo) { undone.push({ cell: cell, before: before, block: settings.block || 0 }); }
    const beside = cell.querySelector("[data-beside]");
    if (beside && body.beside !== undefined) { beside.textContent = body.beside; }
    const picture = cell.querySelector("[data-state]");
    if (picture && body.picture) { picture.innerHTML = body.picture; }
    Object.keys(body.html || {}).forEach(function (name) {
      const place = grid(cell).querySelector('[data-part-html="' + CSS.escape(name) + '"]');
      if (place) { place.innerHTML = body.html[name]; }
    });
    say(body.words);
    if (body.remarks && body.remarks.length) { note(cell, body.remarks, "warn", [close(cell)]); }
  }

  function wrong(cell, body) {
    mark(cell, "wrong");
    const ways = (body.choices || []).map(function (choice) {
      return [choice.label, function () {
        const input = cell.querySelector('[data-part="' + choice.part + '"]');
        input.dataset.typed = choice.text;
        input.value = choice.text;
        input.focus();
        save(cell);
      }];
    });
    if (!ways.length) { ways.push([words(cell, "Again"), function () { save(cell); }]); }
    ways.push([words(cell, "Back"), function () { restore(cell); inputs(cell)[0].focus(); }]);
    note(cell, body.words, "bad", ways);
    say(body.words);
  }

  function clash(cell, body) {
    mark(cell, "wrong");
    const mine = inputs(cell).map(typed);
    note(cell, [body.words, words(cell, "Mine") + ": " + body.mine, words(cell, "Theirs") + ": " + body.theirs], "bad", [
      [words(cell, "Keep"), function () {
        take(cell, body.stands);
        inputs(cell).forEach(function (one, index) { one.dataset.typed = mine[index]; });
        save(cell, { anyway: true });
      }],
      [words(cell, "Take"), function () { take(cell, body.stands); clear(cell); mark(cell, ""); inputs(cell)[0].focus(); }],
    ]);
    say(body.words);
  }

  function commit(cell, block) {
    if (cell.dataset.sending) { if (isChanged(cell)) { cell.dataset.later = String(block || 0); } return; }
    save(cell, { block: block });
  }

  function undo(table) {
    const last = undone.pop();
    if (!last) { say(table.dataset.wordsUndone || ""); return; }
    if (!last.cell.isConnected) { undo(table); return; }
    const steps = [last];
    for (let index = undone.length - 1; last.block && index >= 0; index -= 1) { // answers may come in between
      if (undone[index].block === last.block) { steps.push(undone.splice(index, 1)[0]); }
    }
    steps.forEach(function (step) {
      if (!step.cell.isConnected) { return; }
      inputs(step.cell).forEach(function (one) { one.dataset.typed = step.before[one.dataset.part]; one.value = one.dataset.typed; });
      inputs(step.cell)[0].focus();
      save(step.cell, { undo: true, anyway: true, reason: table.dataset.wordsUndo });
    });
  }

  // moving ------------------------------------------------------------------------------------------------------
  function position(input) {
    const row = input.closest("tr");
    return { row: row, column: Array.from(row.children).indexOf(input.closest("td")), part: inputs(input.closest("td")).indexOf(input) };
  }

  function across(input, step) { // along the row, over all inputs that can be filled
    const all = open(grid(input));
    const next = all[all.indexOf(input) + step];
    if (next) { next.focus(); }
  }

  function down(input, step) { // the same column in the next row that has it
    const at = position(input);
    const rows = Array.from(grid(input).querySelectorAll("tbody tr"));
    for (let index = rows.indexOf(at.row) + step; index >= 0 && index < rows.length; index += step) {
      const cell = rows[index].children[at.column];
      const found = cell && cell.querySelectorAll ? cell.querySelectorAll("[data-part][data-open]") : [];
      if (found.length) { found[Math.min(at.part, found.length - 1)].focus(); return; }
    }
  }

  function atEdge(input, step) {
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    return all || (step < 0 ? input.selectionEnd === 0 : input.selectionStart === input.value.length);
  }

  document.addEventListener("focusin", function (event) {
    const input = event.target.closest && event.target.closest("[data-part][data-open]");
    if (!input) { return; }
    input.value = typed(input);
    input.select();
  });

  document.addEventListener("focusout", function (event) {
    const input = event.target.closest && event.target.closest("[data-part][data-open]");
    if (!input) { return; }
    if (typed(input) === input.dataset.exact) { input.value = input.dataset.shown; }
    const cell = input.closest("[data-cell]");
    const to = event.relatedTarget;
    if (!to || !inputs(cell).includes(to)) { commit(cell); }
  });

  document.addEventListener("input", function (event) {
    const input = event.target.closest("[data-part][data-open]");
    if (!input) { return; }
    input.dataset.typed = input.value.trim();
    const cell = input.closest("[data-cell]");
    mark(cell, isChanged(cell) ? "dirty" : "");
  });

  document.addEventListener("keydown", function (event) {
    const input = event.target.closest && event.target.closest("[data-part]");
    if (!input || !grid(input)) { return; }
    const cell = input.closest("[data-cell]");
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.altKey) { const more = cell.querySelector(".cell-more"); if (more) { more.click(); } return; }
      commit(cell);
      down(input, event.shiftKey ? -1 : 1);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      down(input, event.key === "ArrowDown" ? 1 : -1);
    } else if ((event.key === "ArrowLeft" && atEdge(input, -1)) || (event.key === "ArrowRight" && atEdge(input, 1))) {
      event.preventDefault();
      across(input, event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      restore(cell);
      input.select();
    } else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !isChanged(cell)) {
      event.preventDefault();
      undo(grid(input));
    }
  });

  // a block of cells from a spreadsheet -------------------------------------------------------------------------
  document.addEventListener("paste", function (event) {
    const input = event.target.closest && event.target.closest("[data-part][data-open]");
    if (!input) { return; }
    const text = (event.clipboardData || window.clipboardData).getData("text").replace(/\r/g, "").replace(/\n+$/, "");
    if (!/[\t\n]/.test(text)) { return; }
    event.preventDefault();
    const at = position(input);
    const rows = Array.from(grid(input).querySelectorAll("tbody tr")).filter(function (row) { return row.querySelector("[data-part]"); });
    const start = rows.indexOf(at.row);
    const touched = new Set();
    text.split("\n").forEach(function (line, down_) {
      const row = rows[start + down_];
      if (!row) { return; }
      const places = [];
      Array.from(row.children).slice(at.column).forEach(function (cell) { inputs(cell).forEach(function (one) { places.push(one); }); });
      line.split("\t").forEach(function (value, right) {
        const place = places[right + (row === at.row ? at.part : 0)];
        if (!place || !place.hasAttribute("data-open")) { return; }
        place.dataset.typed = value.trim();
        place.value = value.trim();
        touched.add(place.closest("[data-cell]"));
      });
    });
    blocks += 1;
    const block = blocks; // what one paste changes is undone at one stroke
    touched.forEach(function (cell) { if (isChanged(cell)) { commit(cell, block); } });
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-grid-undo]")) {
      const table = document.querySelector("[data-grid]");
      if (table) { undo(table); }
    }
  });

  window.addEventListener("beforeunload", function (event) {
    const table = document.querySelector("[data-grid]");
    if (waiting > 0 || (table && cells(table).some(isChanged))) { event.preventDefault(); }
  });

  // cells are read-only until this script can save them
  function start(part) {
    part.querySelectorAll("[data-grid] [data-part]").forEach(function (input) {
      if (input.dataset.shown !== undefined) { return; }
      input.dataset.shown = input.value;
      if (input.hasAttribute("data-open")) { input.readOnly = false; } else { input.tabIndex = -1; }
    });
    // Tab goes from cell to cell; Alt+Enter opens what is behind one
    part.querySelectorAll("[data-grid] .cell-more").forEach(function (link) { link.tabIndex = -1; });
  }
  document.addEventListener("DOMContentLoaded", function () { start(document); });
  document.addEventListener("htmx:load", function (event) { start(event.detail.elt.parentNode || document); });
})();
