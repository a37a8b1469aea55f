// Forms: dates in words, answers to "which number did you mean", files by dragging, and a warning before leaving unsaved work.
(function () {
  "use strict";

  // dates in words ----------------------------------------------------------------------------------------------
  function sayDate(input) {
    const place = document.getElementById(input.getAttribute("data-date-echo"));
    if (!place) { return; }
    const parts = input.value.split("-").map(Number);
    const day = parts.length === 3 ? new Date(Date.UTC(parts[0], parts[1] - 1, parts[2])) : null;
    place.textContent = day && !Number.isNaN(day.valueOf())
      ? new Intl.DateTimeFormat(document.documentElement.lang || "id", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(day)
      : "";
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-date-echo]")) { sayDate(event.target); }
  });

  // number fields: the server reads; a press on a reading writes it into the field
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.elt.matches("[data-echo]")) { event.detail.parameters.teks = event.detail.elt.value; }
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-fill]");
    if (!button) { return; }
    const scope = button.closest("form") || document;
    const input = scope.querySelector('[name="' + CSS.escape(button.getAttribute("data-fill")) + '"]');
    if (!input) { return; }
    input.value = button.getAttribute("data-value");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });

  // files -------------------------------------------------------------------------------------------------------
  function size(bytes) {
    const format = new Intl.NumberFormat(document.documentElement.lang || "id", { maximumFractionDigits: 1 });
    return bytes < 1024 * 1024 ? format.format(Math.ceil(bytes / 1024)) + " KB" : format.format(bytes / 1048576) + " MB";
  }

  function accepted(file, accept) {
    if (!accept) { return true; }
    return accept.split(",").some(function (one) {
      const kind = one.trim().toLowerCase();
      if (kind.startsWith(".")) { return file.name.toLowerCase().endsWith(kind); }
      return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
    });
  }

  function line(file, note, wrong) {
    const row = document.createElement("li");
    row.className = wrong ? "file wrong" : "file";
    const mark = document.createElement("span");
    mark.setAttribute("aria-hidden", "true");
    const words = document.createElement("span");
    const name = document.createElement("span");
    name.className = "file-name";
    name.textContent = file.name;
    const facts = document.createElement("span");
    facts.className = "file-facts";
    facts.textContent = size(file.size) + " · " + note;
    words.append(name, facts);
    row.append(mark, words);
    return row;
  }

  function token() {
    const headers = document.body.getAttribute("hx-headers");
    return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
  }

  function send(zone, input, file, list) {
    const row = line(file, "0%", false);
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    row.append(bar);
    list.append(row);
    const facts = row.querySelector(".file-facts");
    const form = new FormData();
    form.append(input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", zone.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) {
        bar.value = Math.round((event.loaded / event.total) * 100);
        facts.textContent = size(file.size) + " · " + bar.value + "%";
      }
    });
    const fail = function (words) {
      row.classList.add("wrong");
      bar.remove();
      facts.textContent = words || zone.dataset.failed;
    };
    request.addEventListener("error", function () { fail(""); });
    request.addEventListener("load", function () {
      if (request.status >= 200 && request.status < 300) {
        bar.remove();
        facts.textContent = size(file.size) + " · " + zone.dataset.done;
        zone.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: { body: request.responseText } }));
        if (window.htmx) { window.htmx.trigger(zone, "uploaded-part"); }
      } else {
        const plain = (request.getResponseHeader("Content-Type") || "").startsWith("text/plain");
        fail(plain ? request.responseText : "");
      }
    });
    request.send(form);
  }

  function take(zone) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-files]");
    const limit = Number(zone.dataset.max || 0);
    if (!zone.dataset.upload) { list.replaceChildren(); }
    Array.from(input.files).forEach(function (file) {
      const wrong = !accepted(file, input.accept) ? zone.dataset.wrongKind : limit && file.size > limit ? zone.dataset.tooLarge : "";
      if (wrong) {
        list.append(line(file, wrong, true));
      } else if (zone.dataset.upload) {
        send(zone, input, file, list);
      } else {
        list.append(line(file, zone.dataset.waiting, false));
      }
    });
    if (zone.dataset.upload) { input.value = ""; }
  }

  document.addEventListener("change", function (event) {
    const zone = event.target.matches("input[type=file]") && event.target.closest("[data-dropzone]");
    if (zone) { take(zone); }
  });

  ["dragenter", "dragover", "dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      const box = event.target.closest && event.target.closest(".dropzone");
      if (box) { box.classList.toggle("over", name === "dragenter" || name === "dragover"); }
    });
  });

  // unsaved work: <form data-guard> ------------------------------------------------------------------------------
  const dirty = new Set();
  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-guard]");
    if (form) { dirty.add(form); }
  });
  document.addEventListener("submit", function (event) { dirty.delete(event.target); });
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.successful) { dirty.delete(event.detail.elt); } });
  window.addEventListener("beforeunload", function (event) {
    if (Array.from(dirty).some(function (form) { return form.isConnected; })) { event.preventDefault(); }
  });

  document.addEventListener("DOMContentLoaded", function () { document.querySelectorAll("[data-date-echo]").forEach(sayDate); });
  document.addEventListener("htmx:load", function (event) { event.detail.elt.querySelectorAll("[data-date-echo]").forEach(sayDate); });
})();
