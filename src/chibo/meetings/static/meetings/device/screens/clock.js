/** How long an item has been spoken of, against its plan. */
import { html, Status, useNow } from "../view.js";
import { itemMinutes } from "../words.js";

/** @param {{session: import("../session.js").Session, step: import("../pack.js").Step | null}} props */
export function Clock({ session, step }) {
  if (step === null || step.item === null || !step.minutes || session.pack.meeting.held_on_paper) return null;
  return html`<${Running} session=${session} item=${step.item} planned=${step.minutes} />`;
}

/** @param {{session: import("../session.js").Session, item: string, planned: number}} props */
function Running({ session, item, planned }) {
  useNow(session, 5);
  const used = itemMinutes(session, item);
  const state = session.room.items.get(item);
  if (session.room.current === item) {
    return html`<p class="now-facts"><span><b>${used}</b>/${planned} phút</span></p>
<svg class="now-time" viewBox=${`0 0 ${planned} 1`} preserveAspectRatio="none" aria-hidden="true"><rect width=${used} height="1" /></svg>`;
  }
  if (state && state.state === "done") {
    return html`<p class="now-facts"><${Status} state="ok" icon="check">Đã xong<//> <span class="soft">${used}/${planned} phút</span></p>`;
  }
  if (state && state.state === "put_off") {
    return html`<p class="now-facts"><${Status} state="late" icon="clock">Đã hoãn<//> <span class="soft">${state.why}</span></p>`;
  }
  return html`<p class="now-facts"><span class="soft">Dự kiến ${planned} phút</span></p>`;
}
