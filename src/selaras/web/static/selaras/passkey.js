// Passkeys: says in the page when the device gave none, and hides the buttons where the browser knows none.
// The ceremony itself is allauth's own script.
(function () {
  "use strict";
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-error]").forEach(function (box) { box.hidden = false; box.focus(); });
  });
  document.addEventListener("DOMContentLoaded", function () {
    if (!window.PublicKeyCredential) {
      document.querySelectorAll("[data-passkey]").forEach(function (part) { part.hidden = true; });
    }
  });
})();
