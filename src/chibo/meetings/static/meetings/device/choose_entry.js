/**
 * Of entries that contradict each other the people choose one: the others are taken back, and nothing is typed anew. It
 * can be done until the signatures, and taken back like anything else.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("../room/fold.js").Look} Look
 */
import { mayEnd } from "./leading.js";
import { Refused } from "./session.js";

/** All sides of a contradiction: entries, each with the field of it that is meant.
 * @param {Look} look @returns {[string, string][]} in the order of meaning, the one that stands last */
export function sidesOf({ entry, about, against }) {
  return [...against, [entry, about]];
}

/** Keep one side of a contradiction. @param {Session} session @param {Look} look @param {string} kept its entry
 * @returns {Promise<string[]>} the entries that say so: undoing them takes the choice back */
export async function chooseEntry(session, look, kept) {
  const { entry, why, against } = look;
  // Only who presides says when the meeting ended; that an ending beside counts for nothing, anybody may.
  const isBeside = why === "ended_beside" && kept !== entry;
  if ((why === "closed_twice" || why === "ended_beside") && !isBeside && !mayEnd(session)) {
    throw new Refused("Chủ trì chọn, trên máy của mình hoặc trên máy điều hành.");
  }
  if (why === "ended_beside" && kept === entry) return session.writeAll(endingAs(session, look));
  if (why === "vote_not_seen" && kept === entry) {
    return session.writeAll([["vote-covers", { of: against[0][0], entries: [kept] }]]);
  }
  // All that the roll says stands on one side, the vote on the other.
  const others = why === "vote_roll" && kept !== entry ? [[entry, ""]] : sidesOf(look).filter(([id]) => id !== kept);
  return session.writeAll(others.map(([of, about]) => ["undo", { of, about: about || null }]));
}

/** The meeting ended when the machine beside says: who presides ends it as of then.
 * @param {Session} session @param {Look} look @returns {[string, any][]} */
function endingAs({ entries }, look) {
  const { kind, payload, at } = /** @type {import("./session.js").Entry} */ (entries.get(look.entry));
  const ended = payload.ended || (at === null ? null : new Date(at).toISOString());
  const undone = sidesOf(look).map(([of]) => /** @type {[string, any]} */ (["undo", { of }]));
  return [...undone, [kind, { ...payload, ended }]];
}
