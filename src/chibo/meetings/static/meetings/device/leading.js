/**
 * What whoever leads is told: where the hall is, what comes next, what waits. The twin of chibo.meetings.room.autopilot.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Step} Step
 * @typedef {{person: string, meetings: number}} Silent  meetings: how many in a row
 */
import { unsaid } from "../room/paper_book.js";
import { isExpected } from "./words.js";

/** Where the screen itself says what to say. */
const OWN_WORDS = ["thu-ky", "bieu-quyet", "bo-phieu-kin", "y-kien-khac", "mo"];

/** The step that the hall is at.
 * @param {Session} session @returns {Step | null} */
export function stepInHall(session) {
  const { pack, room } = session;
  return pack.steps.find((step) => step.item !== null && step.item === room.current) || null;
}

/** Where the hall goes on while it stands at no step: at the first that it has not left.
 * @param {Session} session @returns {Step} */
export function stepToGoOnAt({ pack, room }) {
  const found = pack.steps.find((step) => {
    const item = step.item === null ? undefined : room.items.get(step.item);
    return item === undefined || (item.state !== "done" && item.state !== "put_off");
  });
  return found || pack.steps[pack.steps.length - 1];
}

/** What a step of several parts has come to: the guide of the first part that is not done.
 * @param {Session} session @param {import("./pack.js").Guide} guide */
function guideNow({ room }, { later = [], ...first }) {
  /** @type {{[part: string]: boolean}} */
  const done = {
    clerk: room.clerk !== null,
    roll: unsaid(room).roll !== null || [...room.roll.values()].every((line) => !isExpected(line) || line.state),
    fees: Boolean(room.notes.get("fees")),
    agenda: [...room.votes.values()].some((vote) => vote.subject === "agenda"),
  };
  const parts = [{ until: "clerk", say: first.say, act: first.act }, ...later];
  const { say, act } = later.length ? parts.find((part) => !done[part.until]) || parts[parts.length - 1] : first;
  return { ...first, say, act };
}

/** The guide of a step, unless the screen says itself what to say, or nothing may be written there yet.
 * @param {Session} session @param {Step | null} step @param {string} word the first word of the address's key */
export function guideAt(session, step, word) {
  if (step === null || OWN_WORDS.indexOf(word) >= 0) return null;
  const state = step.item === null ? undefined : session.room.items.get(step.item);
  const closed = step.paper || (step.self_criticism && (state === undefined || state.how !== "full"));
  return closed || !step.guide ? null : guideNow(session, step.guide);
}

/** Whether the person at this device presides; before the opening, whoever the programme names.
 * @param {Session} session */
export function presides(session) {
  const { room, pack, me } = session;
  return me === (room.opened_at === null ? pack.proposed.chair : room.chair);
}

/** Whether this device ends the meeting, or takes its end back: its chair's, or the one that leads.
 * @param {Session} session */
export function mayEnd({ room, me, device }) {
  const { opening, presided } = room;
  if (opening === null || presided === null) return true;
  return me === room.chair || device === (room.hall.leader || opening.device);
}

/** Those of them who are here and have not spoken yet, as the meeting stands on this device; the longest first.
 * @param {Session} session @param {Silent[]} silent */
export function stillSilent(session, silent) {
  const { roll, remarks, chair } = session.room;
  const spoken = new Set([...remarks.values()].filter((one) => !one.presenting).map((one) => one.person));
  const here = silent.filter(({ person }) => {
    const line = roll.get(person);
    return line !== undefined && line.state === "present" && person !== chair && !spoken.has(person);
  });
  return here.sort((one, other) => other.meetings - one.meetings);
}
