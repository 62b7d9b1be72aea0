/**
 * The rubric by which a meeting scores itself, as its opening froze it, and the scores that it counts. The twin of
 * chibo.meetings.room.rubric; all numbers are hundredths.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{measure: string, at_least: number | null, over: number | null, at_most: number | null, under: number | null}} Condition
 * @typedef {{points: number, when: Condition[]}} Band
 * @typedef {{code: string, words: string, maximum: number, later: boolean, thematic: boolean, evidence: string[], bands: Band[]}} Criterion
 * @typedef {{key: string, title: string, step: number, attendance: string, issuer: string, source: string, groups: {code: string, words: string}[], criteria: Criterion[], grades: {word: string, at_least: number}[], gates: string[], agreeing: boolean}} Rubric
 * @typedef {{thematic: boolean, planned: number | null, minimum_minutes: number | null, old_tasks: number, known: {measure: string, value: number | null, words: string}[]}} Facts
 * @typedef {{code: string, points: number, note: string, order: number, entry: string}} Score
 */
import { milliseconds } from "./shape.js";

/** The rubric that an opening holds. @param {any} payload @returns {Rubric} */
export function frozen(payload) {
  const { key, title, step, attendance, criteria, grades } = payload;
  return {
    ...{ key, title, step, attendance, grades },
    issuer: payload.issuer || "",
    source: payload.source || "",
    groups: payload.groups || [],
    criteria: criteria.map(criterion),
    gates: payload.gates || [],
    agreeing: Boolean(payload.agreeing),
  };
}

/** The facts that an opening holds. @param {any} payload @returns {Facts} */
export function frozenFacts({ thematic, planned, minimum_minutes, old_tasks, known }) {
  return {
    thematic,
    planned: milliseconds(planned),
    minimum_minutes: minimum_minutes === undefined ? null : minimum_minutes,
    old_tasks,
    known: known.map((/** @type {any} */ { measure, value, words }) => ({
      measure,
      value: value === undefined ? null : value,
      words,
    })),
  };
}

/** What is known of a meeting whose opening says nothing. @returns {Facts} */
export function noFacts() {
  return { thematic: false, planned: null, minimum_minutes: null, old_tasks: 0, known: [] };
}

/** @param {any} payload @returns {Criterion} */
function criterion({ code, words, maximum, later, thematic, evidence, bands }) {
  return {
    ...{ code, words, maximum, later: Boolean(later), thematic: Boolean(thematic), evidence: evidence || [] },
    bands: (bands || []).map((/** @type {any} */ one) => ({ points: one.points, when: one.when.map(condition) })),
  };
}

/** @param {any} payload @returns {Condition} */
function condition(payload) {
  const found = /** @type {any} */ ({ measure: payload.measure });
  for (const name of ["at_least", "over", "at_most", "under"]) {
    found[name] = payload[name] === undefined ? null : payload[name];
  }
  return found;
}

/** Why a score is not counted; empty where it is. @param {Rubric | null} rubric @param {any} payload */
function refuses(rubric, { rubric: key, code, points }) {
  if (rubric === null || key !== rubric.key) return "score_of_no_rubric";
  const found = rubric.criteria.find((one) => one.code === code);
  if (found === undefined) return "score_of_no_criterion";
  if (found.later) return "score_not_due";
  if (points < 0 || points > found.maximum) return "score_out_of_range";
  return rubric.step && points % rubric.step ? "score_between_steps" : "";
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const SCORED = {
  score(room, entry) {
    room.given.push(entry);
  },
};

/** Count the scores that the rubric knows and mark the others: the opening that holds it may stand after them.
 * @param {Room} room */
export function judgeScores(room) {
  for (const entry of room.given) {
    const { code, points, note } = entry.payload;
    const why = refuses(room.rubric, entry.payload);
    if (why) {
      room.look(entry, why);
      continue;
    }
    room.settle(entry, code, [points, note || ""]);
    room.scores.set(code, { code, points, note: note || "", order: entry.counter, entry: entry.id });
  }
}
