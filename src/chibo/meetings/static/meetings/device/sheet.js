/**
 * The sheet: what each criterion of the rubric is worth in this meeting, and what that makes together. The twin of
 * chibo.meetings.scoring.sheet, where the rules are explained. Points are hundredths.
 * @typedef {import("../room/fold.js").Room} Room
 * @typedef {import("../room/rubric.js").Criterion} Criterion
 * @typedef {import("../room/rubric.js").Rubric} Rubric
 * @typedef {import("../room/rubric.js").Condition} Condition
 * @typedef {import("./evidence.js").Measure} Measure
 * @typedef {{code: string, words: string, maximum: number, status: string, points: number | null, proposed: number | null, unclear: boolean, evidence: string[], note: string, usual: number | null, lacks_reason: boolean}} Line
 *   status: open, computed, judged; outside the total: not_due, not_counted
 * @typedef {{title: string, source: string, lines: Line[], left: number, due: number, outside: number, total: number | null, grade: string, lowest: string, highest: string}} Sheet
 */
import { measuresOf } from "./evidence.js";

const OUTSIDE = ["not_due", "not_counted"];

/** Whether a line stands outside the total. @param {Line} line */
export function isOutside(line) {
  return OUTSIDE.indexOf(line.status) >= 0;
}

/** The sheet of a meeting as recorded so far; null for a meeting that is not scored.
 * @param {Room} room @param {number | null} at the moment now @param {import("./evidence.js").Sentences} sentences
 * @returns {Sheet | null} */
export function sheetOf(room, at, sentences) {
  const { rubric } = room;
  if (rubric === null) return null;
  const measures = measuresOf(room, at, sentences);
  const lines = rubric.criteria.map((one) => lineOf(one, room, measures));
  const due = lines.filter((one) => !isOutside(one));
  const outside = sum(lines.filter(isOutside).map((one) => one.maximum));
  const left = due.filter((one) => one.points === null).length;
  const total = left ? null : sum(due.map((one) => one.points || 0));
  const lowest = total === null ? "" : grade(rubric, total, gates(rubric, lines, false));
  const highest = total === null ? "" : grade(rubric, total + outside, gates(rubric, lines, true));
  return {
    ...{ title: rubric.title, source: rubric.source, lines, left, due: sum(due.map((one) => one.maximum)), outside },
    ...{ total, grade: lowest === highest ? lowest : "", lowest, highest },
  };
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((one, two) => one + two, 0);
}

/** @param {Criterion} criterion @param {Room} room @param {Map<string, Measure>} measures @returns {Line} */
function lineOf({ code, words, maximum, later, thematic, evidence, bands }, room, measures) {
  if (later || (thematic && !room.facts.thematic)) {
    return {
      ...{ code, words, maximum, status: later ? "not_due" : "not_counted", points: null, proposed: null },
      ...{ unclear: false, evidence: [], note: "", usual: maximum, lacks_reason: false },
    };
  }
  const given = room.scores.get(code);
  const { points: proposed, unclear } = proposal(bands, measures, false);
  const now = proposal(bands, measures, true);
  const usual = now.points === null && !now.unclear ? maximum : now.points;
  return {
    ...{ code, words, maximum, status: given ? "judged" : proposed === null ? "open" : "computed" },
    ...{ points: given ? given.points : proposed, proposed, unclear, note: given ? given.note : "" },
    evidence: evidence.flatMap((name) => (measures.get(name) || { words: [] }).words),
    usual,
    lacks_reason: given !== undefined && given.points !== usual && !given.note,
  };
}

/** The points of the first band that fits, and whether everything is known and none does.
 * @param {import("../room/rubric.js").Band[]} bands @param {Map<string, Measure>} measures
 * @param {boolean} soFar by what the record would show if the meeting ended now
 * @returns {{points: number | null, unclear: boolean}} */
function proposal(bands, measures, soFar) {
  for (const band of bands) {
    const fits = band.when.map((one) => {
      const measure = measures.get(one.measure);
      const { value = null, so_far: ifNow = null } = measure || {};
      const shown = value === null && soFar ? ifNow : value;
      return shown === null ? null : holds(one, shown);
    });
    if (fits.indexOf(false) >= 0) continue;
    return fits.indexOf(null) >= 0 ? { points: null, unclear: false } : { points: band.points, unclear: false };
  }
  return { points: null, unclear: bands.length > 0 };
}

/** Whether a measure fits. @param {Condition} condition @param {number} value */
function holds({ at_least, over, at_most, under }, value) {
  return (
    (at_least === null || value >= at_least) &&
    (over === null || value > over) &&
    (at_most === null || value <= at_most) &&
    (under === null || value < under)
  );
}

/** Whether all gates have full marks. @param {Rubric} rubric @param {Line[]} lines @param {boolean} outsidePasses */
function gates(rubric, lines, outsidePasses) {
  const asked = lines.filter((one) => rubric.gates.indexOf(one.code) >= 0);
  return asked.every((one) => one.points === one.maximum || (outsidePasses && isOutside(one)));
}

/** The word for a total; without full marks at the gates never the best one.
 * @param {Rubric} rubric @param {number} total @param {boolean} full */
function grade(rubric, total, full) {
  const reached = rubric.grades.findIndex((one) => total >= one.at_least);
  if (reached < 0) return "";
  const found = rubric.grades[full ? reached : Math.max(reached, 1)];
  return found === undefined ? "" : found.word;
}
