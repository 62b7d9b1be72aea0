/** How an item stands that the hall is not at: what runs stands in the bar. */
import { html, Status } from "../view.js";
import { itemMinutes } from "../words.js";

/** @param {{session: import("../session.js").Session, step: import("../pack.js").Step | null}} props */
export function Clock({ session, step }) {
  if (step === null || step.item === null || session.pack.meeting.held_on_paper) return null;
  const state = session.room.items.get(step.item);
  if (session.room.current === step.item || state === undefined) return null;
  if (state.state === "done") {
    const used = step.minutes ? ` ${itemMinutes(session, step.item)}/${step.minutes} phút` : "";
    return html`<p class="now-facts"><${Status} state="ok" icon="check">Đã xong<//><span class="soft">${used}</span></p>`;
  }
  if (state.state !== "put_off") return null;
  return html`<p class="now-facts"><${Status} state="late" icon="clock">Đã hoãn<//> <span class="soft">${state.why}</span></p>`;
}
