/**
 * Of entries that contradict each other the people choose one: the others are taken back, and nothing is typed anew. It
 * can be done until the signatures, and taken back like anything else.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("../room/fold.js").Look} Look
 */

/** All sides of a contradiction: entries, each with the field of it that is meant.
 * @param {Look} look @returns {[string, string][]} in the order of meaning, the one that stands last */
export function sidesOf({ entry, about, against }) {
  return [...against, [entry, about]];
}

/** Keep one entry of a contradiction. @param {Session} session @param {Look} look @param {string} kept its id
 * @returns {Promise<string[]>} the entries that say so: undoing them takes the choice back */
export function chooseEntry(session, look, kept) {
  const others = sidesOf(look).filter(([id]) => id !== kept);
  return session.writeAll(others.map(([of, about]) => ["undo", { of, about: about || null }]));
}
