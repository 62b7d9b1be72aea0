/**
 * Which openings count, and what is set aside with one that was voided. The twin of chibo.meetings.room.verdicts.
 * @typedef {import("./fold.js").Entry} Entry
 */
import { KINDS } from "./kinds.js";
import { fitsShape } from "./shape.js";

const DOUBT = "opening-doubt";
const VOID = "opening-void";
const VERDICTS = [DOUBT, "opening-confirm", VOID];

/** Whether the writer of an entry had the other one on the device.
 * @param {Entry} entry @param {Entry} other */
export function saw(entry, other) {
  if (entry.device === other.device || entry.seen === null || entry.seen === undefined) {
    return other.counter < entry.counter;
  }
  return other.seq !== null && other.seq !== undefined && other.seq <= entry.seen;
}

/** @param {Entry} entry */
export function isVerdict({ kind }) {
  return VERDICTS.indexOf(kind) >= 0;
}

/** What was decided of the openings of a log: those that wait for a person, and all that counts for nothing.
 * @param {Entry[]} ordered @returns {{doubted: Set<string>, aside: Set<string>}} */
export function verdictsIn(ordered) {
  /** @type {Set<string>} */
  const doubted = new Set();
  /** @type {Map<string, Entry>} */
  const last = new Map();
  for (const entry of ordered) {
    if (!isVerdict(entry) || !fitsShape(KINDS[entry.kind].shape, entry.payload)) continue;
    if (entry.kind === DOUBT) doubted.add(entry.payload.of);
    else last.set(entry.payload.of, entry);
  }
  for (const of of last.keys()) doubted.delete(of);
  const openings = ordered.filter((entry) => entry.kind === "open" && last.has(entry.id));
  /** @type {[Entry, Entry][]} */
  const pairs = openings.map((opening) => [opening, /** @type {Entry} */ (last.get(opening.id))]);
  const voids = pairs.filter(([, verdict]) => verdict.kind === VOID);
  const aside = ordered.filter((entry) => voids.some(([opening, verdict]) => goesWith(entry, opening, verdict)));
  return { doubted, aside: new Set(aside.map((entry) => entry.id)) };
}

/** Whether an entry is set aside with a voided opening: not what was written by who had heard of the verdict.
 * @param {Entry} entry @param {Entry} opening @param {Entry} verdict */
function goesWith(entry, opening, verdict) {
  if (isVerdict(entry)) return false;
  if (entry.id === opening.id) return true;
  const { aside } = verdict.payload;
  if (!aside || saw(entry, verdict)) return false;
  return entry.device === opening.device || (aside === "seen" && saw(entry, opening));
}
