// Runs in the head before the first paint, so that neither the colours nor the side bar flash.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored(key) {
    try { return window.localStorage.getItem(key); } catch (error) { return null; } // storage may be switched off
  }

  function apply() {
    var choice = stored("selaras-theme");
    var theme = choice === "dark" || choice === "light" ? choice : dark.matches ? "dark" : "light";
    root.setAttribute("data-bs-theme", theme);
    root.setAttribute("data-theme-choice", choice === "dark" || choice === "light" ? choice : "auto");
  }

  apply();
  dark.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  root.setAttribute("data-sidebar", stored("selaras-sidebar") === "mini" ? "mini" : "full");
  root.classList.add("js");
  window.selarasTheme = apply;
})();
