/**
 * What a log means, on the device. The twin of chibo.meetings.room.fold, where the rules are explained; vectors hold
 * the two equal. Ids are text, times milliseconds.
 *
 * @typedef {{id: string, device: string, counter: number, kind: string, author: string, payload: any, at: number | null, seq?: number | null, seen?: number | null}} Entry
 * @typedef {{entry: string, why: string, about: string, against: [string, string][]}} Look  about: which of the entry's
 *   fields, where it holds several; against: the entries that say otherwise, in the order of meaning, each with its field
 * @typedef {{person: string, kind: string, exempt: boolean, away: boolean, suspended: boolean, state: string, late_minutes: number | null, left_early: boolean, reason: string, reason_text: string, by: string | null}} Line
 * @typedef {{state: string, opened_at: number | null, seconds: number, why: string, how: string, page: string, unnamed: number}} Item
 * @typedef {{id: string, item: string, person: string, order: number}} Agreed
 * @typedef {{id: string, item: string, person: string, text: string, order: number, support: number, outcome: string, why: string, reserved: boolean, vote: string | null, settled: number}} Differing
 * @typedef {{id: string, subject: string, title: string, item: string | null, included: string[][], excluded: string[][], exclusions: string[], fraction: string, in_favour: number, against: number, abstained: number, order: number, differing: string | null, about: {kind: string, id: string | null, text: string} | null, matters: string[], taken: string[][] | null, strangers: boolean}} Vote
 */
import { needed } from "./base_of_vote.js";
import { BASES, turned, turnedSecrets, used } from "./bases.js";
import { markContradictions } from "./contradictions.js";
import { judgeCoverage } from "./coverage.js";
import { DECIDING, EACH_ITS_OWN } from "./deciding.js";
import { DECISIONS, newDecisions } from "./decisions.js";
import { markDoubles } from "./doubles.js";
import { HALL, newHall } from "./hall.js";
import { IN_SHORT } from "./in_short.js";
import { KINDS } from "./kinds.js";
import { markDoubted, MOMENTS, putRight } from "./moments.js";
import { markUnsaid, newUnsaid, PAPER_BOOK } from "./paper_book.js";
import { presidedIn } from "./presiding.js";
import { calledIn } from "./roll.js";
import { RECORDED } from "./recorded.js";
import { judgeScores, noFacts, SCORED } from "./rubric.js";
import { fitsShape, has } from "./shape.js";
import { undoneIn, without } from "./undo.js";
import { isVerdict, saw, verdictsIn } from "./verdicts.js";

/** A server writes these for itself. */
export const THE_SERVER = "00000000-0000-7000-8000-000000000001";
const AFTER_CLOSING = new Set([
  ...["remark-edit", "remark-withdraw", "correct", "read", "unsaid-reading", "undo", "note", "guest", "close", "abort"],
  ...["differ-support", "differ-outcome", "differ-reserve", "recount", "vote-covers", "lead", "observers"],
  ...["opening-doubt", "opening-confirm", "opening-void", "time-doubt", "time-move", "both-stand"],
]);

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
const FOLDS = { ...RECORDED, ...DECIDING, ...BASES, ...HALL, ...DECISIONS, ...SCORED, ...PAPER_BOOK, ...MOMENTS, ...IN_SHORT };

/** The state of a meeting. */
export class Room {
  constructor() {
    /** @type {string | null} */ this.chair = null;
    /** @type {string | null} */ this.clerk = null;
    /** @type {number | null} */ this.opened_at = null;
    /** @type {string | null} */ this.opened_by = null;
    this.on_paper = false;
    /** @type {number | null} */ this.entered_at = null;
    /** @type {number | null} */ this.known_end = null;
    /** @type {number | null} */ this.closed_at = null;
    /** @type {string | null} */ this.closed_by = null;
    this.aborted = "";
    /** @type {number | null} */ this.read_at = null;
    this.read_late = false;
    /** Who is on the roll, once the opening has arrived. @type {Set<string> | null} */ this.called = null;
    /** @type {Map<string, Line>} */ this.roll = new Map();
    /** @type {Map<string, {id: string, name: string, office: string}>} */ this.guests = new Map();
    /** @type {Map<string, Item>} */ this.items = new Map();
    /** @type {string | null} */ this.current = null;
    /** @type {Map<string, any>} */ this.remarks = new Map();
    /** @type {Map<string, Agreed>} */ this.agreed = new Map();
    /** @type {number | null} */ this.observers = null;
    /** @type {Map<string, Differing>} */ this.differing = new Map();
    /** @type {Map<string, Vote>} */ this.votes = new Map();
    /** @type {Map<string, string>} */ this.notes = new Map();
    /** @type {Map<string, any>} */ this.corrections = new Map();
    /** @type {Set<string>} */ this.undone = new Set();
    /** @type {Map<string, Set<string>>} */ this.undone_fields = new Map();
    /** @type {Set<string>} */ this.aside = new Set();
    /** @type {Set<string>} */ this.both_stand = new Set();
    /** @type {Set<string>} */ this.doubted = new Set();
    /** @type {Look[]} */ this.needs_look = [];
    /** @type {import("./rubric.js").Rubric | null} */ this.rubric = null;
    this.facts = noFacts();
    /** @type {Map<string, import("./rubric.js").Score>} */ this.scores = new Map();
    /** @type {Set<string>} */ this.keepers = new Set();
    /** @type {Set<string>} */ this.elected = new Set();
    /** By vote: what it covers though it was not seen. @type {Map<string, Set<string>>} */ this.covered = new Map();
    /** @type {Set<string> | null} */ this.presided = null;
    /** @type {Entry[]} */ this.beside = [];
    /** @type {Entry | null} */ this.opening = null;
    /** @type {Entry | null} */ this.closing = null;
    this.hall = newHall();
    /** @type {Map<string, any>} */ this.ballots = new Map();
    /** @type {Map<string, any>} */ this.secrets = new Map();
    this.decisions = newDecisions();
    this.unsaid = newUnsaid();
    /** @type {Entry[]} */ this.of_the_book = [];
    /** @type {Entry[]} */ this.asked = [];
    /** @type {Entry[]} */ this.given = [];
    /** @type {Map<string, {entry: Entry, said: string}[]>} */ this.heads = new Map();
  }

  /** Mark an entry, or one field of it: a person has to look at it. against: what says otherwise.
   * @param {Entry} entry @param {string} why @param {string} [about] @param {[string, string][]} [against] */
  look(entry, why, about = "", against = []) {
    this.needs_look.push({ entry: entry.id, why, about, against });
  }

  /** Note what was written to a field: it replaces what its writer had seen.
   * @param {Entry} entry @param {string} key @param {any} value @param {string} [kind] */
  settle(entry, key, value, kind) {
    const place = `${kind || entry.kind}\n${key}`;
    const apart = (this.heads.get(place) || []).filter((head) => !saw(entry, head.entry));
    this.heads.set(place, [...apart, { entry, said: canonical(value) }]);
  }

  /** The differing opinions that the cell has not settled. */
  get differingOpen() {
    return [...this.differing.values()].filter(isOpen);
  }

  /** The people of the roll as the reckoning of a vote that is taken now takes them. */
  voters() {
    return [...this.roll.values()].map((line) => ({
      person: line.person,
      kind: line.kind,
      exempt: line.exempt,
      away: line.away,
      suspended: line.suspended,
      present: line.state === "present" ? true : line.state === "absent" ? false : null,
      absent_excused: line.state === "absent" && ["", "unknown", "none"].indexOf(line.reason) < 0,
      left: line.left_early,
      late: Boolean(line.late_minutes),
    }));
  }
}

/** JSON with sorted keys: two values are one when it is.
 * @param {any} value
 * @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value === undefined ? null : value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys.sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** @param {Differing} one */
export function isOpen(one) {
  return !(one.outcome || one.reserved);
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each entry once, in the order of meaning: counter, then device.
 * @param {Iterable<Entry>} entries */
export function inOrder(entries) {
  /** @type {Map<string, Entry>} */
  const once = new Map();
  for (const entry of entries) once.set(entry.id, entry);
  return [...once.values()].sort(
    (a, b) => a.counter - b.counter || compare(a.device, b.device) || compare(a.id, b.id),
  );
}

/** The state that a set of entries means.
 * @param {Iterable<Entry>} entries */
export function fold(entries) {
  const every = inOrder(entries);
  const { doubted, aside } = verdictsIn(every);
  const written = every.filter((entry) => !aside.has(entry.id));
  const room = new Room();
  Object.assign(room, { doubted, aside });
  const { whole, fields } = undoneIn(written);
  const ordered = putRight(written, whole);
  Object.assign(room, { undone: whole, undone_fields: fields, presided: presidedIn(ordered), called: calledIn(ordered, whole) });
  for (const entry of ordered) {
    if (room.undone.has(entry.id)) continue;
    if (!has(KINDS, entry.kind)) {
      room.look(entry, "unknown_kind");
    } else if (!fitsShape(KINDS[entry.kind].shape, entry.payload)) {
      room.look(entry, "shape");
    } else {
      const { closing } = room;
      if (closing !== null && !AFTER_CLOSING.has(entry.kind) && saw(entry, closing)) room.look(entry, "after_closing");
      const gone = fields.get(entry.id);
      if (!isVerdict(entry)) FOLDS[entry.kind](room, gone ? without(entry, KINDS[entry.kind].several, gone) : entry);
    }
  }
  judgeScores(room);
  markUnsaid(room);
  markApart(room);
  judge(room, ordered);
  recount(room);
  differingAtVotes(room);
  markDoubles(room, ordered);
  markDoubted(room, ordered);
  markContradictions(room, ordered);
  judgeCoverage(room, ordered, canonical);
  return room;
}

/** What two devices wrote to one field without having seen each other, where they differ.
 * @param {Room} room */
function markApart(room) {
  for (const [place, heads] of room.heads) {
    const key = place.slice(place.indexOf("\n") + 1);
    const { entry, said } = heads[heads.length - 1];
    const kind = place.slice(0, place.length - key.length - 1);
    // Two votes on a differing opinion are marked as such.
    const isTold = (/** @type {Entry} */ other) => kind === "differ-outcome" && entry.kind === "vote" && other.kind === "vote";
    const others = heads.filter((head) => head.said !== said && !isTold(head.entry));
    const against = others.map((head) => /** @type {[string, string]} */ ([head.entry.id, fieldIn(head.entry, key)]));
    const why = kind === "matter" ? "voted_twice" : "two_devices";
    if (against.length) room.look(entry, why, fieldIn(entry, key), against);
  }
}

/** Which field of an entry is meant; it needs no name where the entry has but one.
 * @param {Entry} entry @param {string} key */
function fieldIn(entry, key) {
  return KINDS[entry.kind].several ? key : "";
}

/** What was written by someone who might not: judged last, since a clerk's entries may arrive before the election.
 * @param {Room} room @param {Entry[]} ordered */
function judge(room, ordered) {
  if (room.keepers.size === 0) return;
  for (const entry of ordered) {
    const may = room.keepers.has(entry.author) || room.elected.has(entry.author) || entry.author === THE_SERVER;
    if (may || room.undone.has(entry.id) || !has(KINDS, entry.kind) || KINDS[entry.kind].by_server) continue;
    if (!fitsShape(KINDS[entry.kind].shape, entry.payload)) continue;
    if (!KINDS[entry.kind].about) room.look(entry, "not_a_keeper");
    else if (about(room, entry) !== entry.author) room.look(entry, "not_ones_own");
  }
}

/** Whom an entry of a member is about.
 * @param {Room} room @param {Entry} entry */
function about(room, entry) {
  if (entry.kind !== "unask") return entry.payload.member;
  const ask = room.hall.asks.get(entry.payload.of);
  return ask ? ask.person : entry.author;
}

/** What was voted on: of two votes on one matter the later decides.
 * @param {Vote} vote */
function matter(vote) {
  return vote.differing ? `differing ${vote.differing}` : vote.subject;
}

/** The vote that decides each matter. Other matters are each their own.
 * @param {Room} room */
function deciding(room) {
  /** @type {Map<string, Vote>} */
  const found = new Map();
  for (const vote of room.votes.values()) if (EACH_ITS_OWN.indexOf(vote.subject) < 0) found.set(matter(vote), vote);
  return found;
}

/** Whether a vote passed.
 * @param {Vote} vote */
export function passed(vote) {
  return vote.in_favour >= needed(vote.included.length, vote.fraction);
}

/** Each base is reckoned again by the roll as it now stands; a result that would turn is marked.
 * @param {Room} room */
function recount(room) {
  const decided = deciding(room);
  for (const vote of room.votes.values()) {
    const last = decided.get(matter(vote));
    if (last !== undefined && last.id !== vote.id) continue;
    if (turned(room, vote, [vote.in_favour])) room.needs_look.push({ entry: vote.id, why: "vote_base", about: "", against: [] });
    if (vote.strangers) room.needs_look.push({ entry: vote.id, why: "base_not_on_the_roll", about: "", against: [] });
    if (used(vote) > vote.included.length) room.needs_look.push({ entry: vote.id, why: "too_many_hands", about: "", against: [] });
  }
  for (const secret of turnedSecrets(room)) room.needs_look.push({ entry: secret.id, why: "vote_base", about: "", against: [] });
  for (const { id, strangers } of room.secrets.values()) {
    if (strangers) room.needs_look.push({ entry: id, why: "base_not_on_the_roll", about: "", against: [] });
  }
}

/** A resolution voted while a differing opinion was open, which only joining up brings about (M14).
 * @param {Room} room */
function differingAtVotes(room) {
  const decided = deciding(room);
  for (const subject of ["resolution", "conclusion"]) {
    const vote = decided.get(subject);
    if (vote === undefined) continue;
    const raised = [...room.differing.values()];
    if (raised.some((one) => one.order < vote.order && (isOpen(one) || one.settled > vote.order))) {
      room.needs_look.push({ entry: vote.id, why: "differing_open", about: "", against: [] });
    }
  }
  if (room.closed_by !== null && !room.aborted) {
    for (const one of room.differingOpen) room.needs_look.push({ entry: one.id, why: "differing_left", about: "", against: [] });
  }
}
