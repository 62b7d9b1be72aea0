/**
 * The meeting gives points for a criterion (M21). Points are hundredths.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./sheet.js").Line} Line
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {{text: string, note: string}} Given  points as they are written, and why they are not the usual ones
 */
import { checkLength } from "./forms.js";
import { isOutside, sheetOf } from "./sheet.js";
import { pointsWords } from "./words.js";

const MOST_BUTTONS = 11; // 0 to 10: two rows on a phone; more points are typed

/** The sheet as it stands now; null for a meeting that is not scored, or that was brought along before it could be.
 * @param {Session} session @returns {Sheet | null} */
export function sheetNow({ room, pack, clock }) {
  return pack.scoring === undefined ? null : sheetOf(room, clock.now(), pack.sentences);
}

/** Whether no criterion is open any more. @param {Session} session */
export function isScored(session) {
  const sheet = sheetNow(session);
  return sheet !== null && sheet.left === 0;
}

/** The lines that are given points. @param {Sheet} sheet */
export function dueLines(sheet) {
  return sheet.lines.filter((line) => !isOutside(line));
}

/** Points as they are typed, "4,5" or "4.5"; null for anything else. @param {string} text */
export function readPoints(text) {
  return /^\d{1,4}([.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(",", ".")) * 100) : null;
}

/** A button for each number of points, where there are few enough; else none. @param {{maximum: number, step: number}} of */
export function buttons({ maximum, step }) {
  if (!step || maximum / step >= MOST_BUTTONS) return [];
  return Array.from({ length: Math.floor(maximum / step) + 1 }, (_, place) => pointsWords(place * step));
}

/** What the meeting has given, "" for nothing: to notice that somebody else has scored since.
 * @param {Session} session @param {string} code */
export function stampOf({ room }, code) {
  const score = room.scores.get(code);
  return score ? stamp({ text: pointsWords(score.points), note: score.note }) : "";
}

/** @param {Given} given */
export function stamp({ text, note }) {
  return text || note ? `${text} ${note}` : "";
}

/** What is wrong with points: no number, too many, or finer than the table counts.
 * @param {Line} line @param {number} step @param {string} text */
function wrongPoints({ code, maximum }, step, text) {
  const points = readPoints(text);
  if (!text) return `Tiêu chí ${code}: chưa chọn điểm.`;
  if (points === null || points > maximum) return `Tiêu chí ${code}: ghi số điểm từ 0 đến ${pointsWords(maximum)}.`;
  return step && points % step ? `Tiêu chí ${code}: bảng chấm từng ${pointsWords(step)} điểm, ghi lại số điểm.` : "";
}

/** What is wrong with points and their reason: what is taken off, or changed from the record, needs one.
 * @param {Line} line @param {number} step @param {Given} given */
export function wrongScore(line, step, { text, note }) {
  const points = wrongPoints(line, step, text);
  if (points || note || readPoints(text) === line.usual) return { points, note: checkLength(note, whyLabel(line), 500) };
  return { points, note: whyAsked(line) };
}

/** Names its criterion: in a summary of errors many stand below each other. @param {Line} line */
export function whyLabel({ code, maximum, proposed, usual }) {
  if (usual === null) return `Vì sao tiêu chí ${code} chấm như vậy`;
  const full = proposed === null && usual === maximum;
  return full ? `Vì sao tiêu chí ${code} chưa đạt ${pointsWords(maximum)} điểm` : `Vì sao tiêu chí ${code} chấm khác bản ghi`;
}

/** @param {Line} line */
function whyAsked({ code, maximum, proposed, usual }) {
  if (usual === null) return `Tiêu chí ${code}: bản ghi chưa đủ cho mức nào của bảng. Ghi vì sao chi bộ chấm như vậy.`;
  if (proposed === null && usual === maximum) return `Tiêu chí ${code}: ghi vì sao chưa đạt ${pointsWords(maximum)} điểm.`;
  return `Tiêu chí ${code}: bản ghi tính ${pointsWords(usual)} điểm. Ghi vì sao chi bộ chấm khác.`;
}

/** Record what was given, as one. @param {Session} session @param {[code: string, given: Given][]} all
 * @returns {Promise<string[]>} the entries */
export function give(session, all) {
  const { rubric } = session.room;
  if (rubric === null || !all.length) return Promise.resolve([]);
  return session.writeAll(
    all.map(([code, { text, note }]) => ["score", { rubric: rubric.key, code, points: readPoints(text), note: note || null }]),
  );
}
