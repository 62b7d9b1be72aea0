/**
 * What was taken back: an entry, or one field of an entry that holds several. The twin of chibo.meetings.room.undo.
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{whole: Set<string>, fields: Map<string, Set<string>>}} Undone
 */
import { KINDS } from "./kinds.js";
import { ENDINGS, presidedIn } from "./presiding.js";
import { has } from "./shape.js";

/** What happens once in a meeting, by the kinds that say so. */
const ONCE = new Map([
  ["open", "opening"],
  ["close", "closing"],
  ["abort", "closing"],
]);

/** What was undone; read from the last entry back, so that an undone undo counts for nothing. What is final stays; of
 * two openings, or closings, the second can be taken back; an ending, by who presides.
 * @param {Entry[]} ordered @returns {Undone} */
export function undoneIn(ordered) {
  const place = new Map(ordered.map((entry, number) => /** @type {[string, number]} */ ([entry.id, number])));
  const stands = firstOfEach(ordered);
  const presided = presidedIn(ordered);
  /** @type {Undone} */
  const found = { whole: new Set(), fields: new Map() };
  for (let number = ordered.length - 1; number >= 0; number -= 1) {
    const entry = ordered[number];
    if (entry.kind !== "undo" || found.whole.has(entry.id)) continue;
    const of = has(entry.payload, "of") ? entry.payload.of : undefined;
    const target = typeof of === "string" ? place.get(of) : undefined;
    if (target === undefined || target >= number) continue;
    const { id, kind } = ordered[target];
    const root = ordered[firstTarget(ordered, target, place)];
    if (ENDINGS.indexOf(root.kind) >= 0 && presided !== null) {
      if (presided.has(root.id) && !presided.has(entry.id)) continue;
    } else {
      const first = ONCE.has(kind) ? stands.get(ONCE.get(kind)) : undefined;
      if (has(KINDS, kind) && KINDS[kind].final && (first === undefined || first === id)) continue;
    }
    const about = fieldOf(entry, kind);
    if (about) found.fields.set(id, (found.fields.get(id) || new Set()).add(about));
    else found.whole.add(id);
  }
  return found;
}

/** What was taken back at first, where an undo was undone.
 * @param {Entry[]} ordered @param {number} number @param {Map<string, number>} place */
function firstTarget(ordered, number, place) {
  let found = number;
  while (ordered[found].kind === "undo") {
    const { payload } = ordered[found];
    const target = has(payload, "of") && typeof payload.of === "string" ? place.get(payload.of) : undefined;
    if (target === undefined || target >= found) break;
    found = target;
  }
  return found;
}

/** Which field of an entry of a kind an undo is about; empty where it is about all of it.
 * @param {Entry} undo @param {string | undefined} kind @returns {string} */
export function fieldOf(undo, kind) {
  const about = has(undo.payload, "about") ? undo.payload.about : "";
  return kind !== undefined && has(KINDS, kind) && KINDS[kind].several && typeof about === "string" ? about : "";
}

/** An entry without those of its fields that were taken back.
 * @param {Entry} entry @param {string} several @param {Set<string>} gone @returns {Entry} */
export function without(entry, several, gone) {
  const held = entry.payload[several] || {};
  /** @type {any} */
  let left = {};
  if (Array.isArray(held)) left = held.filter((one) => !gone.has(one));
  else for (const name of Object.keys(held)) if (!gone.has(name)) left[name] = held[name];
  return { ...entry, payload: { ...entry.payload, [several]: left } };
}

/** The first opening and the first closing.
 * @param {Entry[]} ordered */
function firstOfEach(ordered) {
  /** @type {Map<string | undefined, string>} */
  const found = new Map();
  for (const { id, kind } of ordered) {
    const what = ONCE.get(kind);
    if (what !== undefined && !found.has(what)) found.set(what, id);
  }
  return found;
}
