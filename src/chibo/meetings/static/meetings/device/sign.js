/**
 * Where things are kept: one calm line in the dark bar. It changes only once something new has lasted two seconds, so
 * that it does not flicker while one works, and never moves or blocks anything; that the network is lost is said at once.
 */
import { said } from "./standing.js";
import { Icon, html, useEffect, useRef, useState } from "./view.js";

const AFTER = 2000;
/** Left out on a phone, where the line would take two. */
const HERE = " trên máy này";

/** The sign, in the frame.
 * @param {{standing: import("./standing.js").Standing}} props */
export function Sign({ standing }) {
  const next = said(standing);
  const [shown, show] = useState(next);
  const waiting = useRef(next);
  waiting.current = next;
  useEffect(() => {
    if (next.words === shown.words) return undefined;
    const timer = setTimeout(() => show(waiting.current), next.isBad ? 0 : AFTER);
    return () => clearTimeout(timer);
  }, [next.look, next.words === shown.words]); // a number that runs on does not put it off
  const heard = useRef(shown.isBad);
  useEffect(() => {
    // What a screen reader hears of it: that the network is lost, or back; not each entry that is sent.
    const place = document.getElementById("room-heard");
    if (place && (shown.isBad || heard.current)) place.textContent = shown.words;
    heard.current = shown.isBad;
  }, [shown.isBad]);
  const [saved, waits] = shown.words.split(HERE);
  return html`<p class=${`save save-${shown.look}`}><${Icon} name=${shown.icon} />${saved}${waits ? html`<span class="wide">${HERE}</span>${waits}` : null}</p>`;
}
