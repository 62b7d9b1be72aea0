/**
 * What another device of the meeting wrote, carried here as a file where no server is. It stands here as if it had come
 * from the server, without a number; its author's own device sends it, or the server takes the file in.
 *
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("../room/fold.js").Entry} Entry
 */
import { KINDS } from "../room/kinds.js";
import { fits, fitsShape, has } from "../room/shape.js";
import { NoCopy } from "./copy.js";

/** A meeting is some hundred entries. The server takes no more at once either. */
export const MOST_BYTES = 5 * 1024 * 1024;
const MOST_ENTRIES = 5000;
const MOST_AHEAD = 1000000;

/** What is new of what another device wrote, and how much of it no program of ours has made.
 * @param {Session} session @param {{device: string, author: string, entries: Entry[]}} copy
 * @returns {{missing: Entry[], broken: number}}
 * Rejects with NoCopy where it says to be of somebody who does not record this meeting. */
export function newOf(session, { device, author, entries }) {
  const known = [...session.entries.values()];
  const forged = known.some((entry) => entry.device === device && entry.author !== author);
  if (forged || !fits("id", device) || !isKeeper(session, author)) {
    throw new NoCopy("Người ghi trong bản sao không phải chủ trì, thư ký hay chi ủy viên của buổi họp này. Không lấy gì.");
  }
  if (entries.length > MOST_ENTRIES) throw new NoCopy(tooLarge);
  const counters = new Map(known.filter((entry) => entry.device === device).map(({ counter, id }) => [counter, id]));
  const most = known.reduce((greatest, { counter }) => Math.max(greatest, counter), 0) + MOST_AHEAD;
  /** @type {Entry[]} */
  const missing = [];
  let broken = 0;
  for (const entry of entries) {
    const before = session.entries.get(entry.id);
    if (before !== undefined && before.device === device) continue;
    if (before !== undefined || !isWhole(entry, most) || (counters.get(entry.counter) || entry.id) !== entry.id) {
      broken += 1;
    } else if (counters.get(entry.counter) === undefined) {
      counters.set(entry.counter, entry.id);
      missing.push(entry);
    }
  }
  return { missing, broken };
}

export const tooLarge = "Tệp quá lớn, không phải bản sao của một buổi họp.";

/** Whether somebody records this meeting, as far as it is known here. @param {Session} session @param {string} person */
function isKeeper({ pack, room }, person) {
  const { keepers, presidents, proposed } = pack;
  if ([...keepers, ...presidents, proposed.clerk, proposed.chair].indexOf(person) >= 0) return true;
  return room.keepers.has(person) || room.elected.has(person);
}

/** Whether an entry is one that a device makes. @param {Entry} entry @param {number} most the greatest counter */
function isWhole({ id, counter, kind, payload, at, seen }, most) {
  if (!fits("id", id) || !Number.isSafeInteger(counter) || counter < 1 || counter > most) return false;
  if (!has(KINDS, kind) || KINDS[kind].by_server || !fitsShape(KINDS[kind].shape, payload)) return false;
  return (at === null || Number.isFinite(at)) && (seen === null || Number.isSafeInteger(seen));
}

/** How many entries of whom lie here that the server does not have, by the name of their author.
 * @param {Session} session @returns {[string, number][]} */
export function carried(session) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { device, author, seq } of session.entries.values()) {
    if (seq || device === session.device) continue;
    found.set(author, (found.get(author) || 0) + 1);
  }
  return [...found].map(([author, number]) => [session.name(author), number]);
}
