/**
 * Moments by a clock that was wrong, put right by a person. The twin of chibo.meetings.room.moments.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 */
import { KINDS } from "./kinds.js";
import { fitsShape } from "./shape.js";

const DOUBT = "time-doubt";
const MOVE = "time-move";

/** @param {Entry} entry @param {string} kind */
function isOf(entry, kind) {
  return entry.kind === kind && fitsShape(KINDS[kind].shape, entry.payload);
}

/** The entries with the moments that somebody has put right: of two who did, the later in order.
 * @param {Entry[]} ordered @param {Set<string>} undone @returns {Entry[]} */
export function putRight(ordered, undone) {
  const doubts = new Map(ordered.filter((entry) => isOf(entry, DOUBT)).map((entry) => [entry.id, entry]));
  if (!doubts.size) return ordered;
  /** @type {Map<string, number>} */
  const moved = new Map();
  for (const entry of ordered) {
    if (undone.has(entry.id) || !isOf(entry, MOVE)) continue;
    const doubt = doubts.get(entry.payload.of);
    for (const one of doubt ? doubt.payload.of : []) moved.set(one, entry.payload.seconds);
  }
  return ordered.map((entry) => {
    const seconds = moved.get(entry.id) || 0;
    return seconds && entry.at !== null ? { ...entry, at: entry.at + seconds * 1000 } : entry;
  });
}

/** Mark the doubts that nobody has answered, while anything of what they name stands.
 * @param {Room} room @param {Entry[]} ordered */
export function markDoubted(room, ordered) {
  const stands = new Set(ordered.filter((entry) => !room.undone.has(entry.id)).map((entry) => entry.id));
  for (const entry of ordered) {
    if (!isOf(entry, DOUBT) || room.heads.has(`${MOVE}\n${entry.id}`)) continue;
    if (entry.payload.of.some((/** @type {string} */ one) => stands.has(one))) room.look(entry, "time_doubted");
  }
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const MOMENTS = {
  [DOUBT]() {},

  [MOVE](room, entry) {
    room.settle(entry, entry.payload.of, entry.payload.seconds);
  },
};
