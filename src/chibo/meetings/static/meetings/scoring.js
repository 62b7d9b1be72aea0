/**
 * The reason is asked for as soon as other points are chosen than those that need none; without this file the form asks
 * for it when it is sent. On [data-usual="500"] with a [data-why] in it; hundredths.
 */

/** The points chosen or typed; null for none. @param {Element} box @returns {number | null} */
function chosen(box) {
  const radio = box.querySelector("input[type=radio]:checked");
  if (radio instanceof HTMLInputElement) return Number(radio.value);
  const typed = box.querySelector("input[type=text]");
  if (!(typed instanceof HTMLInputElement) || !typed.value.trim()) return null;
  return Math.round(Number(typed.value.trim().replace(",", ".")) * 100);
}

/** @param {Element} box */
function ask(box) {
  const why = box.querySelector("[data-why]");
  if (!(why instanceof HTMLElement) || !(box instanceof HTMLElement)) return;
  const words = why.querySelector("textarea");
  const points = chosen(box);
  why.hidden = (points === null || points === Number(box.dataset.usual)) && !(words && words.value);
}

for (const kind of ["change", "input"]) {
  document.addEventListener(kind, ({ target }) => {
    const box = target instanceof Element ? target.closest("[data-usual]") : null;
    if (box) ask(box);
  });
}

export {};
