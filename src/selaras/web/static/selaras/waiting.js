// The page of a queue sends its form again by itself.
"use strict";
const waiting = document.querySelector("form[data-waiting]");
if (waiting) setTimeout(() => waiting.requestSubmit(), 1000 * Number(waiting.dataset.waiting));
