// Shell and small behaviours, all bound by data attributes on the document, so that parts which htmx brings in work too.
(function () {
  "use strict";
  const root = document.documentElement;
  const desk = window.matchMedia("(min-width: 48rem)");

  function store(key, value) {
    try { window.localStorage.setItem(key, value); } catch (error) { /* storage may be switched off; the choice lasts for this page */ }
  }

  // theme -------------------------------------------------------------------------------------------------------
  function markTheme() {
    const choice = root.getAttribute("data-theme-choice");
    document.querySelectorAll("[data-theme-set]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-theme-set") === choice));
    });
  }

  function setTheme(choice) {
    store("selaras-theme", choice);
    if (choice !== "auto") {
      root.setAttribute("data-bs-theme", choice);
      root.setAttribute("data-theme-choice", choice);
    } else {
      window.selarasTheme();
    }
    markTheme();
  }

  // side bar and drawer -----------------------------------------------------------------------------------------
  function markSidebar() {
    const full = root.getAttribute("data-sidebar") !== "mini";
    document.querySelectorAll("[data-sidebar-toggle]").forEach(function (button) {
      button.setAttribute("aria-expanded", String(full));
    });
  }

  function toggleSidebar() {
    const next = root.getAttribute("data-sidebar") === "mini" ? "full" : "mini";
    root.setAttribute("data-sidebar", next);
    store("selaras-sidebar", next);
    markSidebar();
  }

  let opener = null;
  function behindDrawer() { return document.querySelectorAll(".topbar, #isi, .bottombar"); }

  function openDrawer(button) {
    opener = button;
    root.setAttribute("data-nav", "open");
    button.setAttribute("aria-expanded", "true");
    behindDrawer().forEach(function (part) { part.inert = true; });
    const first = document.querySelector(".sidebar .nav-item[aria-current]") || document.querySelector(".sidebar .nav-item");
    if (first) { first.focus(); }
  }

  function closeDrawer() {
    if (root.getAttribute("data-nav") !== "open") { return; }
    root.removeAttribute("data-nav");
    behindDrawer().forEach(function (part) { part.inert = false; });
    if (opener) { opener.setAttribute("aria-expanded", "false"); opener.focus(); opener = null; }
  }

  desk.addEventListener("change", closeDrawer);

  // toasts ------------------------------------------------------------------------------------------------------
  const pictures = { good: "check-circle", warn: "alert", bad: "x-circle", info: "info" };
  function sprite() {
    const any = document.querySelector("svg use");
    return any ? any.getAttribute("href").split("#")[0] : "";
  }

  function svg(name) {
    const space = "http://www.w3.org/2000/svg";
    const picture = document.createElementNS(space, "svg");
    picture.setAttribute("class", "icon");
    picture.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", sprite() + "#" + name);
    picture.append(use);
    return picture;
  }

  // an open dialog makes the rest of the page inert, so messages move into it and back
  function messages() {
    const box = document.getElementById("messages");
    const dialogs = document.querySelectorAll("dialog[open]");
    const host = dialogs.length ? dialogs[dialogs.length - 1] : document.body;
    if (box.parentElement !== host) { host.append(box); }
    return box;
  }

  document.addEventListener("close", function (event) {
    if (event.target instanceof HTMLDialogElement) { messages(); }
  }, true);

  function fade(note) {
    if (!note.classList.contains("toast-bad")) { // what went wrong stays until it is read
      window.setTimeout(function () { if (!note.matches(":hover, :focus-within")) { note.remove(); } else { fade(note); } }, 7000);
    }
  }

  function toast(text, tone) {
    const box = messages();
    const kind = pictures[tone] ? tone : "info";
    const note = document.createElement("div");
    note.className = "toast-note toast-" + kind;
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close-button";
    close.setAttribute("data-dismiss", "");
    close.setAttribute("aria-label", box.dataset.close);
    close.append(svg("close"));
    note.append(svg(pictures[kind]), words, close);
    // the same words again take the place of the last ones: many quick answers do not pile up over the page
    box.querySelectorAll(".toast-note").forEach(function (old) {
      if (old.className === note.className && old.querySelector("p").textContent === text) { old.remove(); }
    });
    box.append(note);
    fade(note);
  }

  // clicks ------------------------------------------------------------------------------------------------------
  document.addEventListener("click", function (event) {
    const hit = function (selector) { return event.target.closest(selector); };
    let part;
    if ((part = hit("[data-theme-set]"))) { setTheme(part.getAttribute("data-theme-set")); }
    if (hit("[data-theme-toggle]")) { setTheme(root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark"); }
    if (hit("[data-sidebar-toggle]")) { toggleSidebar(); }
    if ((part = hit("[data-nav-open]"))) { openDrawer(part); }
    if (hit("[data-nav-close]")) { closeDrawer(); }
    if ((part = hit("[data-dismiss]"))) {
      const whole = part.closest(".toast-note, .banner");
      if (whole) { whole.remove(); }
    }
    if ((part = hit("[data-dialog-open]"))) {
      const dialog = document.getElementById(part.getAttribute("data-dialog-open"));
      if (dialog && !dialog.open) { dialog.showModal(); }
    }
    if ((part = hit("[data-dialog-close]"))) { part.closest("dialog").close(); }
    if (event.target instanceof HTMLDialogElement && event.target.open) { // the backdrop belongs to the dialog itself
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) { event.target.close(); }
    }
    if (hit("[data-print]")) { window.print(); }
    if ((part = hit("[data-copy]"))) {
      const text = part.getAttribute("data-copy");
      if (navigator.clipboard) { navigator.clipboard.writeText(text).then(function () { toast(part.dataset.copied || text, "good"); }); }
    }
    if ((part = hit("[data-zoom]"))) { zoom(part); }
  });

  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") { closeDrawer(); }
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("[data-search-key]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });

  function zoom(button) {
    const drawing = button.closest("[data-picture]").querySelector(".picture-scroll svg");
    if (!drawing) { return; }
    const now = Number((drawing.getAttribute("class") || "").replace(/^.*zoom-(\d).*$/, "$1")) || 3;
    const next = Math.min(5, Math.max(1, now + (button.getAttribute("data-zoom") === "in" ? 1 : -1)));
    drawing.classList.remove("zoom-" + now);
    drawing.classList.add("zoom-" + next);
  }

  // tabs inside a page (role=tablist); tabs that are links need no script
  document.addEventListener("keydown", function (event) {
    const tab = event.target.closest("[role=tab]");
    if (!tab) { return; }
    const tabs = Array.from(tab.closest("[role=tablist]").querySelectorAll("[role=tab]"));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) { return; }
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });

  document.addEventListener("click", function (event) {
    const tab = event.target.closest("[role=tab]");
    if (!tab) { return; }
    tab.closest("[role=tablist]").querySelectorAll("[role=tab]").forEach(function (one) {
      const chosen = one === tab;
      one.setAttribute("aria-selected", String(chosen));
      one.tabIndex = chosen ? 0 : -1;
      const panel = document.getElementById(one.getAttribute("aria-controls"));
      if (panel) { panel.hidden = !chosen; }
    });
  });

  // htmx --------------------------------------------------------------------------------------------------------
  let running = 0;
  function busy(change) {
    running = Math.max(0, running + change);
    root.classList.toggle("loading", running > 0);
  }

  document.addEventListener("htmx:beforeRequest", function () { busy(1); });
  document.addEventListener("htmx:afterRequest", function () { busy(-1); });
  // a refusal brings its own words, whatever its status
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.getResponseHeader("HX-Retarget") === "#messages") {
      messages();
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:responseError", function (event) {
    const box = document.getElementById("messages");
    const status = event.detail.xhr.status;
    toast(status === 401 || status === 403 ? box.dataset.expired : box.dataset.failed, "bad");
  });
  document.addEventListener("htmx:sendError", function () {
    toast(document.getElementById("messages").dataset.offline, "bad");
  });
  // HX-Trigger: {"toast": {"text": "Tersimpan.", "tone": "good"}}
  document.addEventListener("toast", function (event) { toast(event.detail.text || event.detail.value, event.detail.tone); });
  // HX-Trigger: {"closeDialog": true}
  document.addEventListener("closeDialog", function () {
    document.querySelectorAll("dialog[open]").forEach(function (dialog) { dialog.close(); });
  });

  function arrive(part) {
    if (part.matches(".toast-note")) { fade(part); }
    part.querySelectorAll("[data-focus]").forEach(function (one) { one.focus(); });
    part.querySelectorAll("dialog[data-open]").forEach(function (one) { if (!one.open) { one.showModal(); } });
    part.querySelectorAll(".toast-note").forEach(fade);
  }

  document.addEventListener("htmx:load", function (event) { arrive(event.detail.elt); });
  document.addEventListener("DOMContentLoaded", function () {
    markTheme();
    markSidebar();
    if (!window.htmx) { arrive(document.body); }
    if (document.querySelector("[data-print-now]")) { window.print(); }
  });

  window.selarasToast = toast;
})();
