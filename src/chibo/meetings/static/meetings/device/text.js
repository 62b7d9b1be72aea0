/** Text as it is read on the screens, and two versions of one text. */
import { html, Icon, useRef } from "./view.js";

/** A text with its line ends. @param {{text: string}} props */
export function Lines({ text }) {
  return html`${text.split("\n").map((line, place) => (place ? html`<br />${line}` : line))}`;
}

/** What somebody else has written meanwhile, beside what stands in the field: nothing is replaced.
 * @param {{text: string, children?: any}} props children: the sentence above */
export function Theirs({ text, children }) {
  return html`<div class="notice notice-late space" role="alert"><${Icon} name="triangle-alert" /><div>${children}<p class="label">Bản người khác vừa ghi</p><p class="version"><${Lines} text=${text} /></p></div></div>`;
}

/**
 * The text that a draft was begun on, to notice that somebody else has changed it since: kept beside the draft, so that
 * it outlives a reload.
 * @param {import("./session.js").Session} session @param {string} key of the draft @param {string} now the text today
 */
export function begunOn(session, key, now) {
  const kept = session.draft(`${key} goc`);
  return session.draft(key) && kept ? kept.slice(1) : now;
}

/** Keep with the first letter what a draft is begun on.
 * @param {import("./session.js").Session} session @param {string} key @param {string} now */
export function begin(session, key, now) {
  if (!session.draft(`${key} goc`)) session.keepDraft(`${key} goc`, `=${now}`);
}

/** Whether something is typed into a form and not recorded yet; what is folded away then stands open.
 * @param {import("./session.js").Session} session @param {string} form the form's name @param {string[]} fields */
export function isBegun(session, form, fields) {
  return fields.some((name) => session.draft(`${form} ${name}`) !== "");
}

/**
 * What a form stands on, held while somebody types: a form with this as its key is drawn anew when the record changes
 * (another device, "Hoàn tác"), but never under a hand.
 * @param {import("./session.js").Session} session @param {string} form the form's name @param {string[]} fields
 * @param {string} stamp changes with the record
 */
export function useStanding(session, form, fields, stamp) {
  const held = useRef(stamp);
  const active = document.activeElement;
  const typing = active instanceof HTMLElement && active.id.startsWith(`${form}-`);
  if (!typing && !isBegun(session, form, fields)) held.current = stamp;
  return held.current;
}
