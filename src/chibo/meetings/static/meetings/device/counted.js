/**
 * The sums that tellers counted: checked, and written with the base frozen (domain.md 2.4). The twin of
 * chibo.meetings.room.counting and of CountForm.
 * @typedef {import("./session.js").Session} Session
 * @typedef {{id: string, title: string, item: string | null, names: string[], fraction: string, tellers: string[], medium: string, election: boolean}} Ballot
 * @typedef {{name: string, in_favour: number, against: number, blank: number}} Counted
 * @typedef {import("./hands.js").Base} Base
 */
import { checkWhole, onlyWrong, typed } from "./forms.js";
import { rangeWords } from "./hands.js";
import { small } from "./words.js";

/** @type {[string, string][]} */
export const SUMS = [
  ["issued", "Số phiếu phát ra"],
  ["returned", "Số phiếu thu về"],
  ["invalid", "Phiếu không hợp lệ"],
];
/** @type {[string, string][]} */
export const COUNTS = [
  ["in_favour", "Tán thành"],
  ["against", "Không tán thành"],
  ["blank", "Phiếu trắng"],
];

/** What stands on a ballot: its names, or the question itself. @param {Ballot} ballot */
export function linesOf(ballot) {
  return ballot.names.length ? ballot.names : [ballot.title];
}

/** What is wrong: no more out than there are voters, no more back than out, each line as many as the valid ballots.
 * @param {Ballot} ballot @param {Base} base @param {FormData} data @returns {import("./forms.js").Errors} */
export function wrongCounts(ballot, base, data) {
  const lines = linesOf(ballot);
  const fields = [...SUMS, ...lines.flatMap((line, place) => COUNTS.map(([key, label]) => [`${key}_${place}`, `${line}: ${small(label)}`]))];
  const wrong = onlyWrong(Object.fromEntries(fields.map(([key, label]) => [key, checkWhole(typed(data, key), label)])));
  if (Object.keys(wrong).length) return wrong;
  const [issued, returned, invalid] = SUMS.map(([key]) => Number(typed(data, key)));
  const sums = onlyWrong({
    "": base.size ? "" : "Chưa có ai trong cơ sở tính. Điểm danh trước rồi bỏ phiếu.",
    issued: issued > base.most ? `Phát ${issued} phiếu, mà có ${rangeWords(base)}. Đếm lại số phiếu phát.` : "",
    returned: returned > issued ? `Thu về ${returned}, nhiều hơn ${issued} phiếu phát ra. Đếm lại.` : "",
    invalid: invalid > returned ? `Không hợp lệ ${invalid}, nhiều hơn ${returned} phiếu thu về. Đếm lại.` : "",
  });
  if (Object.keys(sums).length) return sums;
  const valid = returned - invalid;
  const totals = countedIn(ballot, data).map((one, place) => {
    const total = one.in_favour + one.against + one.blank;
    const said = `${one.name}: cộng lại được ${total}, mà có ${valid} phiếu hợp lệ. Đếm lại.`;
    return [`in_favour_${place}`, total === valid ? "" : said];
  });
  return onlyWrong(Object.fromEntries(totals));
}

/** Each line with its counts. @param {Ballot} ballot @param {FormData} data @returns {Counted[]} */
function countedIn(ballot, data) {
  return linesOf(ballot).map((name, place) => ({
    name,
    in_favour: Number(typed(data, `in_favour_${place}`)),
    against: Number(typed(data, `against_${place}`)),
    blank: Number(typed(data, `blank_${place}`)),
  }));
}

/** Record them; a recount replaces what was recorded before.
 * @param {Session} session @param {Ballot} ballot @param {Base} base @param {FormData} data */
export function writeCounts(session, ballot, base, data) {
  const [issued, returned, invalid] = SUMS.map(([key]) => Number(typed(data, key)));
  return session.write("secret", {
    of: ballot.id,
    title: ballot.title,
    item: ballot.item,
    included: base.included,
    excluded: base.excluded,
    exclusions: session.pack.rules.exclusions,
    fraction: ballot.fraction,
    ...{ issued, returned, invalid },
    choices: countedIn(ballot, data),
    medium: "paper",
    tellers: ballot.tellers,
  });
}
