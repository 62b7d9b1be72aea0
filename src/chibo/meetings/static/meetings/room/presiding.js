/**
 * Who presides, and so ends or breaks off the meeting. The twin of chibo.meetings.room.presiding.
 * @typedef {import("./fold.js").Entry} Entry
 */
import { KINDS } from "./kinds.js";
import { fitsShape } from "./shape.js";

export const ENDINGS = ["close", "abort"];

/** The endings, and what takes entries back, by whoever presided then; null where the meeting does not ask.
 * @param {Entry[]} ordered @returns {Set<string> | null} */
export function presidedIn(ordered) {
  const opening = ordered.find((entry) => entry.kind === "open" && fitsShape(KINDS.open.shape, entry.payload));
  if (opening === undefined || !opening.payload.ended_by) return null;
  let leader = opening.device;
  const found = new Set();
  for (const { id, kind, author, device } of ordered) {
    if (kind === "lead") leader = device;
    else if (kind === "undo" || ENDINGS.indexOf(kind) >= 0) {
      if (author === opening.payload.chair || device === leader) found.add(id);
    }
  }
  return found;
}
