// Answering a survey: counts what is answered, moves to the next question, adds up shared points, tells how long it took.
// The form works without it. Nothing is kept on the device and nothing is sent before the button.
(() => {
  const form = document.querySelector("[data-survey]");
  if (!form) return;
  const began = performance.now();
  const parts = [...form.querySelectorAll("fieldset.ask")];
  const filled = (part) =>
    part.querySelector("input[type=radio]:checked") ||
    [...part.querySelectorAll("[data-shares] input")].some((field) => field.value.trim());
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let byPointer = false;

  const count = () => {
    const done = parts.filter(filled).length;
    form.querySelector("[data-count]").textContent = done;
    form.querySelector("[data-progress]").value = done;
    for (const box of form.querySelectorAll("[data-shares]")) {
      const sum = [...box.querySelectorAll("input")].reduce((all, field) => all + (Number(field.value) || 0), 0);
      box.querySelector("output").textContent = sum;
      box.classList.toggle("is-even", sum === Number(box.dataset.shares));
    }
  };

  form.addEventListener("pointerdown", () => { byPointer = true; });
  form.addEventListener("keydown", () => { byPointer = false; });
  form.addEventListener("input", count);
  form.addEventListener("change", (event) => {
    count();
    // Arrow keys change the answer too: only a finger or mouse moves on.
    const part = event.target.closest("fieldset.ask");
    if (!byPointer || event.target.type !== "radio" || !part) return;
    const next = part.nextElementSibling;
    if (next) next.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  });
  form.addEventListener("submit", () => {
    form.querySelector("[data-seconds]").value = Math.round((performance.now() - began) / 1000);
  });
  count();
})();
