/**
 * What a vote on the resolution covers: the draft as whoever recorded the vote had it. The twin of
 * chibo.resolutions.room.coverage.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {import("./decisions.js").Decisions} Decisions
 */
import { DECISIONS, newDecisions } from "./decisions.js";
import { KINDS } from "./kinds.js";
import { fitsShape, has } from "./shape.js";
import { fieldOf, undoneIn, without } from "./undo.js";
import { saw } from "./verdicts.js";

const DRAFT = ["task", "task-edit", "task-withdraw", "conclude"];

/** Mark what stands otherwise in the draft than the vote on it had it, while nobody has voted on it anew.
 * @param {Room} room @param {Entry[]} ordered @param {(value: any) => string} canonical */
export function judgeCoverage(room, ordered, canonical) {
  const votes = [...room.votes.values()].filter((one) => one.subject === room.decisions.kind);
  if (!votes.length || room.on_paper) return; // typed later: its order is not that of the evening
  const last = votes.reduce((one, other) => (isAfter(other, one) ? other : one)).id;
  const vote = /** @type {Entry} */ (ordered.find((entry) => entry.id === last));
  const covered = room.covered.get(last) || new Set();
  const seen = ordered.filter((entry) => saw(vote, entry) || covered.has(entry.id));
  room.decisions.not_voted = differences(room.decisions, draftOf(seen), canonical).sort();
  const ids = new Set(seen.map((entry) => entry.id));
  const marked = new Set(room.decisions.not_voted.map((key) => writtenLast(key, room, ordered, ids).join()));
  for (const one of [...marked].sort()) {
    const [id, about] = one.split(",");
    const entry = ordered.find((other) => other.id === id) || vote;
    if (room.closing !== null || !saw(entry, vote)) room.look(entry, "vote_not_seen", about, [[vote.id, ""]]);
  }
}

/** @param {import("./fold.js").Vote} one @param {import("./fold.js").Vote} other */
function isAfter(one, other) {
  return one.order > other.order || (one.order === other.order && one.id > other.id);
}

/** The draft that some entries make. @param {Entry[]} ordered @returns {Decisions} */
function draftOf(ordered) {
  const { whole, fields } = undoneIn(ordered);
  const room = { decisions: newDecisions(), look() {}, settle() {} };
  for (const entry of ordered) {
    if (whole.has(entry.id) || !isDraft(entry)) continue;
    const gone = fields.get(entry.id);
    const left = gone ? without(entry, KINDS[entry.kind].several, gone) : entry;
    DECISIONS[entry.kind](/** @type {any} */ (room), left);
  }
  return room.decisions;
}

/** @param {Entry} entry */
function isDraft({ kind, payload }) {
  return DRAFT.indexOf(kind) >= 0 && fitsShape(KINDS[kind].shape, payload);
}

/** The parts and the tasks in which two drafts differ.
 * @param {Decisions} one @param {Decisions} other @param {(value: any) => string} canonical */
function differences(one, other, canonical) {
  const parts = [...new Set([...one.texts.keys(), ...other.texts.keys()])];
  const tasks = [...new Set([...one.tasks.keys(), ...other.tasks.keys()])];
  return [
    ...parts.filter((name) => (one.texts.get(name) || "") !== (other.texts.get(name) || "")),
    ...tasks.filter((task) => canonical(one.tasks.get(task)) !== canonical(other.tasks.get(task))),
  ];
}

/** The last entry that the vote had not seen and that wrote a part or a task, or took back what it had seen of it; with
 * the field of that entry that is meant.
 * @param {string} key @param {Room} room @param {Entry[]} ordered @param {Set<string>} seen @returns {[string, string]} */
function writtenLast(key, room, ordered, seen) {
  /** @type {Map<string, Entry>} */
  const before = new Map();
  /** @type {[string, string]} */
  let found = ["", ""];
  for (const entry of ordered) {
    const target = entry.kind === "undo" ? before.get(ofIn(entry)) : undefined;
    const works = target === undefined ? isDraft(entry) : seen.has(target.id);
    if (works && !seen.has(entry.id) && !room.undone.has(entry.id) && keysOf(entry, before).indexOf(key) >= 0) {
      found = [entry.id, entry.kind === "conclude" ? key : ""];
    }
    before.set(entry.id, entry);
  }
  return found;
}

/** @param {Entry} entry */
function ofIn({ payload }) {
  return has(payload, "of") && typeof payload.of === "string" ? payload.of : "";
}

/** The parts or the task that an entry writes, or takes back.
 * @param {Entry} entry @param {Map<string, Entry>} before @returns {string[]} */
function keysOf(entry, before) {
  if (entry.kind === "undo") {
    const target = before.get(ofIn(entry));
    const found = target === undefined ? [] : keysOf(target, before);
    const about = fieldOf(entry, target === undefined ? undefined : target.kind);
    return about ? found.filter((key) => key === about) : found;
  }
  if (!isDraft(entry)) return [];
  if (entry.kind === "conclude") return Object.keys(entry.payload.parts || {});
  return [entry.kind === "task" ? entry.id : ofIn(entry)];
}
