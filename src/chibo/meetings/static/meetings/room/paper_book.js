/**
 * What the book of a meeting held on paper does not say. The twin of chibo.meetings.room.paper_book, where the rules are
 * explained.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{id: string, subject: string, title: string, item: string | null, matters: string[], order: number}} UnsaidVote
 * @typedef {{roll: string | null, present: number | null, reading: string | null, votes: Map<string, UnsaidVote>}} Unsaid
 */

/** @returns {Unsaid} */
export function newUnsaid() {
  return { roll: null, present: null, reading: null, votes: new Map() };
}

/** What the book of a meeting does not say. @param {Room} room */
export function unsaid(room) {
  return room.on_paper ? room.unsaid : newUnsaid();
}

/** The last vote on a matter of which the book has no counts. @param {Room} room @param {string} subject */
export function unsaidVoteOn(room, subject) {
  return [...unsaid(room).votes.values()].reverse().find((one) => one.subject === subject);
}

/** Mark what is "not in the book" of a meeting that had none. @param {Room} room */
export function markUnsaid(room) {
  if (room.chair === null || room.on_paper) return;
  for (const entry of room.of_the_book) room.look(entry, "not_on_paper");
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const PAPER_BOOK = {
  "unsaid-roll"(room, entry) {
    const { present = null } = entry.payload;
    room.of_the_book.push(entry);
    room.settle(entry, "", present);
    room.unsaid.roll = entry.id;
    room.unsaid.present = present;
  },

  "unsaid-reading"(room, entry) {
    room.of_the_book.push(entry);
    room.unsaid.reading = entry.id;
  },

  "unsaid-vote"(room, entry) {
    const { subject, title, item, matters } = entry.payload;
    room.of_the_book.push(entry);
    const vote = { id: entry.id, subject, title, item: item || null, matters: matters || [], order: entry.counter };
    room.unsaid.votes.set(entry.id, vote);
  },
};
