// The coding desk: text is selected by mouse, touch or keyboard, codes are searched and put on by keys. Offsets are
// counted as the browser counts them; the server turns them and decides everything.
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  if (!desk) { return; }
  const box = document.getElementById("meja-teks");
  const search = document.getElementById("cari-kode");
  const status = document.getElementById("meja-status");
  const may = desk.hasAttribute("data-codes");
  const mode = { stance: "+", kind: "pengalaman" };
  const at = { selected: null, segment: "", coding: null, option: "", put: -1 };

  const panel = function () { return document.getElementById("meja-panel"); };
  const inner = function () { return document.getElementById("meja-isi"); };
  const codes = function () { return document.getElementById("meja-kode"); };
  const quoted = function (text) { return window.CSS.escape(text); };
  function say(words) { status.textContent = words; }

  // ---- places in the text -------------------------------------------------------------------------------------
  function offsetOf(node, offset) {
    const range = document.createRange();
    range.setStart(inner(), 0);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  function placeAt(offset) {
    const walker = document.createTreeWalker(inner(), NodeFilter.SHOW_TEXT);
    let left = offset;
    let last = null;
    while (walker.nextNode()) {
      last = walker.currentNode;
      if (left <= last.data.length) { return [last, left]; }
      left -= last.data.length;
    }
    return last ? [last, last.data.length] : [inner(), 0];
  }

  function putCaret(start, end) {
    at.put = start; // the edge of two passages belongs to the one that was asked for
    const from = placeAt(start);
    const to = placeAt(end === undefined ? start : end);
    const range = document.createRange();
    range.setStart(from[0], from[1]);
    range.setEnd(to[0], to[1]);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function trimmed(start, end) {
    const text = inner().textContent;
    while (start < end && /\s/.test(text[start])) { start += 1; }
    while (end > start && /\s/.test(text[end - 1])) { end -= 1; }
    return start < end ? { start: start, end: end } : null;
  }

  // ---- what is current ----------------------------------------------------------------------------------------
  function runsOf(segment) { return inner().querySelectorAll('[data-s~="' + quoted(segment) + '"]'); }

  function goTo(segment, coding, quiet) {
    inner().querySelectorAll(".here").forEach(function (one) { one.classList.remove("here"); });
    panel().querySelectorAll(".here").forEach(function (one) { one.classList.remove("here"); });
    at.segment = segment;
    at.coding = null;
    const line = segment ? panel().querySelector('[data-passage="' + quoted(segment) + '"]') : null;
    if (line) {
      line.classList.add("here");
      if (!quiet) { line.scrollIntoView({ block: "nearest" }); }
      runsOf(segment).forEach(function (one) { one.classList.add("here"); });
      const all = Array.from(line.querySelectorAll("[data-coding]"));
      pick(all.find(function (one) { return one.dataset.code === coding; }) || all[all.length - 1] || null);
    } else {
      pick(null);
    }
  }

  function pick(button) {
    panel().querySelectorAll("[data-coding][aria-pressed=true]").forEach(function (one) { one.setAttribute("aria-pressed", "false"); });
    at.coding = button;
    if (button) { button.setAttribute("aria-pressed", "true"); }
    show();
  }

  function show() {
    const now = at.selected || !at.coding ? mode : at.coding.dataset;
    desk.querySelectorAll(".bk-tool[data-stance]").forEach(function (one) { one.setAttribute("aria-pressed", String(one.dataset.stance === now.stance)); });
    desk.querySelectorAll(".bk-tool[data-kind]").forEach(function (one) { one.setAttribute("aria-pressed", String(one.dataset.kind === now.kind)); });
  }

  function step(way) {
    const lines = Array.from(panel().querySelectorAll("[data-passage]"));
    if (!lines.length) { return; }
    let index = lines.findIndex(function (one) { return one.dataset.passage === at.segment; });
    index = index < 0 ? (way > 0 ? 0 : lines.length - 1) : (index + way + lines.length) % lines.length;
    reach(lines[index].dataset.passage);
  }

  function reach(segment) {
    const first = runsOf(segment)[0];
    if (!first) { return; }
    at.selected = null;
    first.scrollIntoView({ block: "center" });
    if (may) {
      box.focus({ preventScroll: true });
      putCaret(offsetOf(first, 0));
    }
    goTo(segment);
    say(desk.dataset.here + " " + segment);
  }

  document.addEventListener("selectionchange", function () {
    const selection = window.getSelection();
    if (!may || !selection.rangeCount) { return; }
    const range = selection.getRangeAt(0);
    if (!inner().contains(range.startContainer) || !inner().contains(range.endContainer)) { return; }
    if (!range.collapsed) {
      at.selected = trimmed(offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset));
      if (at.selected) { say(String(Array.from(inner().textContent.slice(at.selected.start, at.selected.end)).length) + " " + desk.dataset.selected); }
      show();
      return;
    }
    if (document.activeElement !== box) { return; }
    at.selected = null;
    if (offsetOf(range.startContainer, range.startOffset) === at.put) { show(); return; }
    at.put = -1;
    const node = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const run = node.closest ? node.closest("[data-s]") : null;
    const here = run ? run.dataset.s.split(" ") : [];
    if (here.length && !here.includes(at.segment)) { goTo(here[here.length - 1]); } else { show(); }
  });

  // ---- acts ---------------------------------------------------------------------------------------------------
  function send(verb, values) {
    window.htmx.ajax("POST", desk.dataset.act + verb + "/", { source: desk, target: "#meja-isi", swap: "outerHTML", values: values });
  }

  function here() {
    if (at.selected) { return { awal: at.selected.start, akhir: at.selected.end }; }
    return at.segment ? { penggalan: at.segment } : null;
  }

  function apply(code) {
    const place = here();
    if (!place) { say(desk.dataset.noText); return; }
    send(at.selected ? "tandai" : "tambah", Object.assign(place, { kode: code, arah: mode.stance, jenis: mode.kind }));
  }

  function reading(name, value) {
    if (at.selected || !at.coding) {
      mode[name] = value;
      show();
      say(desk.dataset.next + ": " + mode.stance.replace("-", "−") + " " + mode.kind);
      return;
    }
    if (at.coding.dataset[name] === value) { return; }
    send("baca", { penggalan: at.coding.dataset.segment, kode: at.coding.dataset.code, penyandi: at.coding.dataset.coder, [name === "stance" ? "arah" : "jenis"]: value });
  }

  const acts = {
    uncode: function () {
      if (at.coding) {
        send("lepas", { penggalan: at.coding.dataset.segment, kode: at.coding.dataset.code, penyandi: at.coding.dataset.coder });
      } else if (at.segment) {
        send("buang", { penggalan: at.segment });
      } else { say(desk.dataset.noCoding); }
    },
    memo: function () { open("memo"); },
    undo: function () { send("batal", at.segment ? { penggalan: at.segment } : {}); },
    next: function () { step(1); },
    previous: function () { step(-1); },
    "new-code": function () { fresh(search.value.trim()); },
  };

  function open(id) {
    const dialog = document.getElementById(id);
    const about = dialog.querySelector("[data-memo-about]");
    if (about) { about.textContent = at.segment ? desk.dataset.here + " " + at.segment : box.getAttribute("aria-label"); }
    dialog.showModal();
    dialog.querySelector("input, textarea").focus();
  }

  function fresh(words) {
    open("kode-baru");
    document.getElementById("kb-nama").value = words;
    document.getElementById("kb-kode").value = words.toUpperCase().replace(/[^A-Z0-9.]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 20);
  }

  document.querySelectorAll("[data-desk-form]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      if (form.dataset.deskForm === "memo") {
        if (at.segment) { values.penggalan = at.segment; }
        if (at.coding) { values.kode = at.coding.dataset.code; }
      } else {
        Object.assign(values, here() || {}, { arah: mode.stance, jenis: mode.kind });
      }
      send(form.dataset.deskForm, values);
      form.closest("dialog").close();
      form.reset();
    });
    form.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { form.requestSubmit(); }
    });
  });

  // ---- codes --------------------------------------------------------------------------------------------------
  function visible() { return Array.from(codes().querySelectorAll("[role=option]:not([hidden])")); }

  function mark(option) {
    codes().querySelectorAll("[aria-selected=true]").forEach(function (one) { one.setAttribute("aria-selected", "false"); });
    at.option = option ? option.dataset.code : "";
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      search.setAttribute("aria-activedescendant", option.id);
    } else { search.removeAttribute("aria-activedescendant"); }
  }

  function filter() {
    if (!search) { return; }
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    codes().querySelectorAll("[role=option]").forEach(function (one) {
      one.hidden = !words.every(function (word) { return one.dataset.find.includes(word); });
    });
    codes().querySelectorAll("[data-family]").forEach(function (head) {
      let next = head.nextElementSibling;
      while (next && !next.hasAttribute("data-family") && next.hidden) { next = next.nextElementSibling; }
      head.hidden = !next || next.hasAttribute("data-family");
    });
    const found = visible();
    const again = found.find(function (one) { return one.dataset.code === at.option; });
    mark(words.length ? again || found[0] || null : again || null);
  }

  if (search) {
    search.addEventListener("input", filter);
    search.addEventListener("keydown", function (event) {
      const found = visible();
      const index = found.findIndex(function (one) { return one.dataset.code === at.option; });
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const way = event.key === "ArrowDown" ? 1 : -1;
        if (found.length) { mark(found[(index + way + found.length) % found.length] || found[0]); }
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (index >= 0) { apply(at.option); } else if (!found.length && search.value.trim()) { fresh(search.value.trim()); }
      } else if (event.key === "Escape") {
        event.preventDefault();
        search.value = "";
        filter();
        back();
      }
    });
  }

  function back() {
    box.focus({ preventScroll: true });
    if (at.selected) { putCaret(at.selected.start, at.selected.end); }
  }

  // ---- mouse and keys -----------------------------------------------------------------------------------------
  desk.addEventListener("mousedown", function (event) {
    // The selection in the text must live on while a code or a tool is pressed.
    if (event.target.closest("[role=option], .bk-tool, [data-coding], [data-do]")) { event.preventDefault(); }
  });

  desk.addEventListener("click", function (event) {
    const option = event.target.closest("[role=option]");
    const tool = event.target.closest(".bk-tool, [data-do]");
    const coding = event.target.closest("[data-coding]");
    const go = event.target.closest("[data-go]");
    if (go) { reach(go.dataset.go); return; }
    if (!may) { return; }
    if (option) { apply(option.dataset.code); }
    if (tool && tool.dataset.stance) { reading("stance", tool.dataset.stance); }
    if (tool && tool.dataset.kind) { reading("kind", tool.dataset.kind); }
    if (tool && tool.dataset.do) { acts[tool.dataset.do](); }
    if (coding) { at.selected = null; goTo(coding.dataset.segment, coding.dataset.code, true); }
  });

  ["beforeinput", "paste", "cut", "drop", "dragstart"].forEach(function (name) {
    if (may) { box.addEventListener(name, function (event) { event.preventDefault(); }); }
  });

  const kinds = Array.from(desk.querySelectorAll(".bk-tool[data-kind]"), function (one) { return one.dataset.kind; });
  const keys = { n: "next", p: "previous", m: "memo", u: "undo", x: "uncode", Delete: "uncode" };

  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input, textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !desk.isConnected) { return; }
    const key = event.key;
    if (key === "n" || key === "p") { event.preventDefault(); acts[keys[key]](); return; }
    if (!may) { return; }
    if (key === "/") {
      event.preventDefault();
      event.stopImmediatePropagation(); // the page's own search has the same key
      search.focus();
      search.select();
    } else if (key === "?") {
      event.preventDefault();
      document.getElementById("bantuan").showModal();
    } else if (key === "+" || key === "-" || key === "0" || key === "=") {
      event.preventDefault();
      reading("stance", key === "=" ? "+" : key);
    } else if (/^[1-4]$/.test(key)) {
      event.preventDefault();
      reading("kind", kinds[Number(key) - 1]);
    } else if (keys[key]) {
      event.preventDefault();
      acts[keys[key]]();
    } else if (key === "Enter" && event.target === codes() && at.option) {
      event.preventDefault();
      apply(at.option);
    } else if (key === "Escape" && box.contains(document.activeElement)) {
      at.selected = null;
      window.getSelection().collapseToEnd();
      show();
    }
  }, true);

  // ---- after an act -------------------------------------------------------------------------------------------
  document.addEventListener("htmx:afterSettle", function (event) {
    if (!event.detail.elt || event.detail.elt.id !== "meja-isi") { return; }
    const told = panel().dataset;
    at.selected = null;
    if (search) {
      search.value = "";
      filter();
    }
    if (told.caret !== "") {
      box.focus({ preventScroll: true });
      putCaret(Number(told.caret));
    }
    goTo(told.segment, told.code);
    say(told.told);
  });

  filter();
  if (desk.dataset.wanted) { reach(desk.dataset.wanted); }
}());
