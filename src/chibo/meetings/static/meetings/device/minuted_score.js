/**
 * How the cell's own score stands in the minutes: a line, and the sheet as an annex. The twin of
 * chibo.meetings.scoring.papers; only what was scored stands there.
 * @typedef {import("./minuted_blocks.js").Block} Block
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./sheet.js").Line} Line
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {{code: string, words: string}} Group
 * @typedef {{sheet: Sheet, groups: Group[]}} Scored
 */
import { isOutside, sheetOf } from "./sheet.js";
import { pointsWords } from "./words.js";

const COLUMNS = ["TT", "Tiêu chí", "Tối đa", "Điểm"];
/** @type {{[status: string]: string}} */
const UNSETTLED = { open: "chưa chấm", not_due: "chưa đến hạn", not_counted: "không tính kỳ này" };

/** The sheet as it stands now; null where the meeting has given no points, or was brought along before it could.
 * @param {Session} session @returns {Scored | null} */
export function scored({ room, clock, pack }) {
  const sheet = pack.scoring === undefined ? null : sheetOf(room, clock.now(), pack.sentences);
  if (sheet === null || room.rubric === null || !sheet.lines.some((one) => one.status === "judged")) return null;
  return { sheet, groups: room.rubric.groups };
}

/** "Chi bộ tự chấm điểm buổi sinh hoạt: 92/95 điểm, xếp loại Tốt. …" @param {Sheet} sheet */
export function scoreSentence(sheet) {
  if (sheet.total === null) {
    const due = sheet.lines.filter((one) => !isOutside(one)).length;
    return `Chi bộ đã chấm ${due - sheet.left}/${due} tiêu chí, chưa có tổng điểm.`;
  }
  return `Chi bộ tự chấm điểm buổi sinh hoạt: ${totalWords(sheet, sheet.total)}.${notDue(sheet)}`;
}

/** @param {Sheet} sheet @param {number} total */
function totalWords(sheet, total) {
  const grade = gradeWords(sheet);
  return `${pointsWords(total)}/${pointsWords(sheet.due)} điểm${grade ? `, xếp loại ${grade}` : ""}`;
}

/** "Tốt", or "Khá hoặc Tốt" where the lines outside the total leave it open. @param {Sheet} sheet */
function gradeWords({ grade, lowest, highest }) {
  if (grade || !(lowest && highest)) return grade;
  return `${lowest} hoặc ${highest}`;
}

/** What is settled later, outside the total, by name. @param {Sheet} sheet */
function notDue({ lines }) {
  const later = lines.filter((one) => one.status === "not_due").map((one) => `${one.code} (${pointsWords(one.maximum)} điểm)`);
  return later.length ? ` Chưa đến hạn, chưa tính: tiêu chí ${later.join(", ")}.` : "";
}

/** The whole sheet with its evidence and reasons. @param {Scored} found @returns {Block[]} */
export function annexBlocks(found) {
  const { sheet } = found;
  /** @type {string[][]} */
  const rows = [];
  /** @type {Group | undefined} */
  let last;
  for (const line of sheet.lines) {
    const group = groupOf(line, found);
    if (group !== undefined && group !== last) rows.push(sumRow(group, found));
    last = group;
    rows.push([line.code, [line.words, ...grounds(line)].join("\n"), pointsWords(line.maximum), points(line)]);
  }
  if (sheet.total !== null) rows.push(["", totalLabel(sheet), pointsWords(sheet.due), pointsWords(sheet.total)]);
  return [
    { style: "heading", level: 1, number: null, text: `Phụ lục: ${sheet.title}` },
    ...(sheet.source ? [/** @type {Block} */ ({ style: "plain", text: `Nguồn: ${sheet.source}.` })] : []),
    { style: "table", columns: COLUMNS, rows },
  ];
}

/** Names what the total leaves out, since the column above it does not. @param {Sheet} sheet */
function totalLabel({ lines }) {
  const outside = lines.filter(isOutside).map((one) => one.code);
  return outside.length ? `Tổng điểm, không kể tiêu chí ${outside.join(", ")}` : "Tổng điểm";
}

/** The heading over a line. @param {Line} line @param {Scored} found */
function groupOf(line, { groups }) {
  return groups.find((one) => line.code.startsWith(`${one.code}.`));
}

/** @param {Line} line */
function points(line) {
  return line.points === null ? UNSETTLED[line.status] : pointsWords(line.points);
}

/** What the record says, what it would give where the cell gave another value, and why. @param {Line} line */
function grounds({ evidence, proposed, points: given, note }) {
  return [
    ...(evidence.length ? [`Căn cứ: ${evidence.join(" ")}`] : []),
    ...(proposed === null || proposed === given ? [] : [`Theo bản ghi: ${pointsWords(proposed)} điểm.`]),
    ...(note ? [`Lý do: ${/[.!?…]$/.test(note) ? note : `${note}.`}`] : []),
  ];
}

/** A heading with what its lines make together; those outside the total are no part of it.
 * @param {Group} group @param {Scored} found */
function sumRow(group, found) {
  const lines = found.sheet.lines.filter((one) => groupOf(one, found) === group);
  const due = lines.filter((one) => !isOutside(one));
  if (!due.length) return [group.code, group.words, pointsWords(sum(lines.map((one) => one.maximum))), UNSETTLED[lines[0].status]];
  const open = due.some((one) => one.points === null);
  const made = open ? "" : pointsWords(sum(due.map((one) => one.points || 0)));
  return [group.code, group.words, pointsWords(sum(due.map((one) => one.maximum))), made];
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((one, two) => one + two, 0);
}
