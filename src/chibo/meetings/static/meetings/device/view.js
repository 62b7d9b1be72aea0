/**
 * How the room's screens are drawn: preact through tagged templates, and the few parts that every screen uses. Text is
 * escaped by preact; nothing here sets markup from a string.
 *
 * @typedef {{session: import("./session.js").Session, go: (key: string) => void, rest: string}} ScreenProps
 *   what every screen is given; go: to the screen of a key ("diem-danh", "muc/<id>"), rest: what stands in the key
 *   behind its first slash, else ""
 */
import htm from "../../look/htm.js";
import { Fragment, h, render } from "../../look/preact.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../../look/preact-hooks.js";

export const html = htm.bind(h);
export { Fragment, h, render, useEffect, useLayoutEffect, useRef, useState };

/** An icon of the sprite, beside a word.
 * @param {{name: string}} props */
export function Icon({ name }) {
  const sprite = document.documentElement.dataset.icons || "";
  return html`<svg class="icon" aria-hidden="true"><use href=${`${sprite}#${name}`}></use></svg>`;
}

/** Icon and word of how something stands: ok, late, plan (waiting), error.
 * @param {{state: string, icon: string, children: any}} props */
export function Status({ state, icon, children }) {
  return html`<span class=${`status status-${state}`}><${Icon} name=${icon} />${children}</span>`;
}

/** Draw again after every change of a session.
 * @param {import("./session.js").Session} session */
export function useSession(session) {
  const [, redraw] = useState(0);
  useEffect(() => session.subscribe(() => redraw((before) => before + 1)), [session]);
}

/** The time by the session's clock, in milliseconds; drawn again every so many seconds.
 * @param {import("./session.js").Session} session @param {number} [seconds] */
export function useNow(session, seconds = 1) {
  const [now, set] = useState(session.clock.now());
  useEffect(() => {
    const timer = setInterval(() => set(session.clock.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [session, seconds]);
  return now;
}

/** Draw children into another part of the frame; emptied when the screen goes.
 * @param {string} id @param {any} children @param {(filled: boolean) => void} [after] */
function useElsewhere(id, children, after) {
  useLayoutEffect(() => {
    const place = document.getElementById(id);
    if (place) render(html`<${Fragment}>${children}<//>`, place);
  });
  useLayoutEffect(() => {
    if (after) after(true);
    return () => {
      const place = document.getElementById(id);
      if (place) render(null, place);
      if (after) after(false);
    };
  }, []);
}

/** The acts of a screen: at the side on a desktop, fixed at the foot on a phone. A screen has one at most.
 * @param {{children?: any}} props */
export function Acts({ children }) {
  useElsewhere("room-acts", children, (filled) => {
    const bar = document.getElementById("room-bar-acts");
    if (bar) bar.hidden = !filled; // an empty bar would cover the foot of a phone's screen
  });
  return null;
}

/** What stands beside a screen: a third column on a desktop, below on a phone. A screen has one at most.
 * @param {{label: string, children?: any}} props */
export function Aside({ label, children }) {
  const aside = html`<aside class="room-aside" aria-label=${label}>${children}</aside>`;
  useElsewhere("room-aside", aside, (filled) => {
    const grid = document.getElementById("room-grid");
    if (grid) grid.classList.toggle("room-two", !filled);
  });
  return null;
}
