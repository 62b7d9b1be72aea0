/**
 * What is being typed is saved before another form of the page is sent, or a link followed. The page that comes would
 * else show the text of before, with the version of before: its next save would meet the late one, and a person be told
 * that somebody else had changed the text. A form that brings the text itself waits only for a save in flight.
 */

import { all } from "./keep.js";

const LONGEST = 10 * 1000; // on a network that does not answer; what is typed stays on this device

/** @type {HTMLElement | null} what was pressed last */
let pressed = null;
let passing = false;

/** @param {HTMLFormElement | null} form  Those who are not at rest. */
function restless(form) {
  return [...all.values()].filter((kept) => !kept.isAtRest(form !== null && kept.form === form));
}

/** @param {Event} event @param {HTMLFormElement | null} form @param {HTMLElement | null} again what is pressed then */
async function saveFirst(event, form, again) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!again || again.getAttribute("aria-busy") === "true") return;
  again.setAttribute("aria-busy", "true");
  const saving = restless(form).map((kept) => kept.settle(kept.form === form));
  await Promise.race([Promise.all(saving), new Promise((done) => setTimeout(done, LONGEST))]);
  again.removeAttribute("aria-busy");
  if ([...all.values()].some((kept) => kept.blocked && kept.form !== form)) return; // two versions: the person chooses
  passing = true;
  again.click();
  passing = false;
}

document.addEventListener(
  "click",
  (event) => {
    if (!(event.target instanceof Element)) return;
    pressed = event.target.closest("button");
    const link = event.target.closest("a");
    if (passing || !link || !leaves(link, event) || !restless(null).length) return;
    saveFirst(event, null, link);
  },
  true,
);

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (passing || !(form instanceof HTMLFormElement) || !restless(form).length) return;
    const button = pressed instanceof HTMLButtonElement && pressed.form === form ? pressed : null;
    saveFirst(event, form, button || form.querySelector("button"));
  },
  true,
);

/** @param {HTMLAnchorElement} link @param {MouseEvent} event  Whether it takes this page away. */
function leaves(link, event) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.download) return false;
  return link.origin === location.origin && link.href.split("#")[0] !== location.href.split("#")[0];
}
