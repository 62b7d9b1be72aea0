/**
 * A secret ballot leaves nothing on the screen: whoever comes back to its page, or sees it once more from the browser's
 * memory, finds no box marked. A line without a box is told of here, beside it: sent, the server could only say that one
 * is missing, and all would be chosen again. The page works without this file.
 *
 * What it looks for in the markup:
 *   form[data-ballot]     emptied whenever its page is shown or left; the browser checks nothing in it
 *   [data-line]           in it, a line: one of its boxes is chosen, or
 *   [data-missing]        in that line, the words that say so are shown
 */

/** @returns {NodeListOf<HTMLFormElement>} */
function forms() {
  return document.querySelectorAll("form[data-ballot]");
}

/** @param {Element} line  @param {boolean} missing  Say whether a line has no box yet. */
function say(line, missing) {
  const words = line.querySelector("[data-missing]");
  if (!(words instanceof HTMLElement)) return;
  words.hidden = !missing;
  line.classList.toggle("field-error", missing);
  if (missing) line.setAttribute("aria-describedby", words.id);
  else line.removeAttribute("aria-describedby");
}

function empty() {
  forms().forEach((form) => {
    form.reset();
    form.querySelectorAll("[data-line]").forEach((line) => say(line, false));
  });
}

/** @param {Event} event  Stop a ballot that is not whole, at its first line without a box. */
function check(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-ballot]")) return;
  const lines = Array.from(form.querySelectorAll("[data-line]"));
  const open = lines.filter((line) => !line.querySelector("input:checked"));
  lines.forEach((line) => say(line, open.includes(line)));
  const first = open.length ? open[0].querySelector("input") : null;
  if (!first) return;
  event.preventDefault();
  first.focus();
}

window.addEventListener("pageshow", empty);
window.addEventListener("pagehide", empty);
document.addEventListener("submit", check, true);
document.addEventListener("change", (event) => {
  const line = event.target instanceof Element ? event.target.closest("[data-line]") : null;
  if (line) say(line, false);
});
