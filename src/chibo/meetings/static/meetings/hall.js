/**
 * What sits in the hall follows the meeting: the phones and the wall ask again every few seconds whether something is
 * new. Each page works without this file, by loading it again.
 *
 * What it looks for in the markup:
 *   [data-hall]           what is brought anew; data-every seconds, data-tag the ETag of what it shows
 *   [data-hall-title]     inside it, what the hall speaks of: told to screen readers when it changes
 *   [data-hall-news]      where that is told
 *   [data-hall-offline]   shown while there is no network
 *   form[data-check-in]   four digits; those of a scanned QR code stand behind # in the address
 */

const DIGITS = /^#[0-9]{4}$/;
/** A narrower window is a clerk's phone, which scrolls. */
const WALL = "(min-width: 40em)";
const SMALLEST = 0.3;
const TRIES = 6;

let hall = /** @type {HTMLElement} */ (document.querySelector("[data-hall]")); // null: nothing is asked
/** @type {HTMLElement | null} */
const news = document.querySelector("[data-hall-news]");
/** @type {HTMLElement | null} */
const offline = document.querySelector("[data-hall-offline]");
let timer = 0;

/** @param {boolean} away  Say that there is no network, or that it is back. */
function sayNetwork(away) {
  if (offline) offline.hidden = !away;
}

/** @param {Element | null} root */
function titleIn(root) {
  const title = root && root.querySelector("[data-hall-title]");
  return title ? title.textContent : "";
}

/** Whether somebody is typing in what would be brought anew: it waits until they have done. */
function isTyping() {
  const field = document.activeElement;
  return field instanceof HTMLInputElement && hall.contains(field) && field.value !== "";
}

/** @param {string} markup  Put the new state in the place of the old one, the focus where it was. */
function show(markup) {
  const fresh = new DOMParser().parseFromString(markup, "text/html").querySelector("[data-hall]");
  if (!fresh) {
    location.reload();
    return;
  }
  const before = titleIn(hall);
  const focused = document.activeElement && hall.contains(document.activeElement) ? document.activeElement.id : "";
  hall.replaceWith(fresh);
  hall = /** @type {HTMLElement} */ (fresh);
  const again = focused && document.getElementById(focused);
  if (again) again.focus();
  fit();
  if (news && titleIn(hall) !== before) news.textContent = titleIn(hall);
}

/** On the wall: all of it in letters as large as the screen bears, since nobody scrolls there. */
function fit() {
  if (!document.body.classList.contains("wall")) return;
  hall.style.fontSize = "";
  const screen = document.documentElement;
  if (!matchMedia(WALL).matches || screen.scrollHeight <= window.innerHeight) return;
  let [small, large] = [SMALLEST, 1];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const middle = (small + large) / 2;
    hall.style.fontSize = `${middle}em`;
    if (screen.scrollHeight <= window.innerHeight) small = middle;
    else large = middle;
  }
  hall.style.fontSize = `${small}em`;
}

async function ask() {
  if (document.visibilityState === "hidden" || isTyping()) return;
  let answer;
  try {
    answer = await fetch(location.pathname, {
      cache: "no-store",
      credentials: "same-origin",
      headers: { "If-None-Match": hall.dataset.tag || "" },
    });
  } catch {
    sayNetwork(true);
    return;
  }
  sayNetwork(false);
  // The meeting has ended, or one is signed out: the page itself says so.
  if (answer.redirected || answer.status === 404) location.reload();
  else if (answer.status === 200) show(await answer.text());
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => ask().then(wait, wait), Number(hall.dataset.every) * 1000);
}

if (hall) {
  fit();
  window.addEventListener("resize", fit);
  wait();
  document.addEventListener("visibilitychange", () => ask().then(wait, wait));
}
window.addEventListener("offline", () => sayNetwork(true));
window.addEventListener("online", () => sayNetwork(false));

document.addEventListener("submit", (event) => {
  if (navigator.onLine !== false || !offline) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  sayNetwork(true);
  offline.scrollIntoView({ block: "nearest" });
}, true);

/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-check-in]");

/** The digits of a scanned code are sent at once, and taken out of the address. */
function sendScanned() {
  if (!form || !DIGITS.test(location.hash)) return;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("code")).value = location.hash.slice(1);
  /** @type {HTMLInputElement} */ (form.elements.namedItem("how")).value = "qr";
  history.replaceState(null, "", location.pathname);
  if (navigator.onLine === false) sayNetwork(true);
  else form.submit();
}

sendScanned();
window.addEventListener("hashchange", sendScanned); // scanned while the page stands open
