/**
 * A secret ballot leaves nothing on the screen: whoever comes back to its page, or sees it once more from the browser's
 * memory, finds no box marked. The page works without this file.
 *
 * What it looks for in the markup:
 *   form[data-ballot]     emptied whenever its page is shown or left
 */

function empty() {
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form[data-ballot]");
  forms.forEach((form) => form.reset());
}

window.addEventListener("pageshow", empty);
window.addEventListener("pagehide", empty);
