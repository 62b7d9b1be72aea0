/**
 * How the room's screens are drawn: preact through tagged templates, and the few parts that every screen uses. Text is
 * escaped by preact; nothing here sets markup from a string.
 *
 * @typedef {{session: import("./session.js").Session, go: (key: string) => void, rest: string}} ScreenProps
 *   what every screen is given; go: to the screen of a key ("diem-danh", "muc/<id>"), rest: what stands in the key
 *   behind its first slash, else ""
 */
import htm from "../../look/htm.js";
import { h, render } from "../../look/preact.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../../look/preact-hooks.js";

export const html = htm.bind(h);
export { h, render, useEffect, useLayoutEffect, useRef, useState };

/** An icon of the sprite, beside a word.
 * @param {{name: string, style?: string}} props */
export function Icon({ name, style = "" }) {
  const sprite = document.documentElement.dataset.icons || "";
  return html`<svg class=${style ? `icon ${style}` : "icon"} aria-hidden="true"><use href=${`${sprite}#${name}`}></use></svg>`;
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

/** What a screen is headed by: in the bar, above its advice. A screen has one.
 * @param {{children?: any}} props */
export function Title({ children }) {
  useLayoutEffect(() => {
    const place = document.getElementById("room-title");
    if (place) render(html`<h1 tabindex="-1">${children}</h1>`, place);
  });
  useLayoutEffect(
    () => () => {
      const place = document.getElementById("room-title");
      if (place) render(null, place);
    },
    [],
  );
  return null;
}

/** The acts of a screen that has no dock yet: at its foot. @param {{children?: any}} props */
export function Acts({ children }) {
  return html`<div class="dock dock-acts no-print">${children}</div>`;
}

/** What stands beside the work of a screen: below it. @param {{label: string, children?: any}} props */
export function Aside({ label, children }) {
  return html`<aside class="room-aside" aria-label=${label}>${children}</aside>`;
}
