// Arrow keys move from the search box through the results and back.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    const results = Array.from(document.querySelectorAll("[data-result]"));
    const box = document.querySelector("[data-search-box]");
    const at = results.indexOf(document.activeElement);
    if (!results.length || (at < 0 && document.activeElement !== box)) { return; }
    event.preventDefault();
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0) { box.focus(); } else if (next < results.length) { results[next].focus(); }
  });
})();
