/**
 * The reckoning of a show of hands in words, and its entry. The twin of chibo.members.base_of_vote (arithmetic, notes,
 * miscounts, result) and of `take_vote` in chibo.meetings.room.commands.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("../room/fold.js").Vote} Vote
 * @typedef {import("../room/fold.js").Differing} Differing
 * @typedef {{included: string[][], excluded: string[][], size: number, present: number, late: number, fewest: number, most: number}} Base
 * @typedef {{in_favour: number, against: number, abstained: number}} Counts
 * @typedef {{subject: string, title: string, fraction: string, item: string | null, put: Put | null, matters: string[]}} Question
 *   item: the item that it belongs to, or null
 * @typedef {{one: Differing, who: string}} Put  the differing opinion that is put to the cell
 */
import { baseOfVote, hundredths, needed } from "../room/base_of_vote.js";
import { baseAgain, takenAs } from "../room/bases.js";
import { isOpen, passed } from "../room/fold.js";
import { capital, numberWord, ordinalWord, percent } from "./words.js";

/** @type {{[fraction: string]: string}} */
export const FRACTION_NAMES = { half: "Hơn một nửa", two_thirds: "Ít nhất hai phần ba" };
/** What may not be voted while a differing opinion is open (M14). */
export const DECISIONS = ["resolution", "conclusion"];
/** Said where a group gathers. */
export const NO_RESOLUTION = "Nghị quyết cần cả chi bộ họp. Buổi họp tổ đảng kết thúc bằng kết luận.";

/** In what a gathering can end: a resolution needs the whole cell. @param {Session} session */
export function endingsOf({ pack }) {
  return pack.meeting.group ? DECISIONS.slice(1) : DECISIONS;
}
/** Who is left out by the rule, in the order in which the arithmetic is shown. @type {[string, string][]} */
const EXCLUSIONS = [
  ["exempt_absent", "Miễn sinh hoạt, không dự"],
  ["away_absent", "Sinh hoạt tạm thời nơi khác, không dự"],
  ["suspended", "Bị đình chỉ sinh hoạt"],
  ["detained", "Bị khởi tố hoặc tạm giam"],
  ["absent_excused", "Vắng có lý do, chi bộ đồng ý"],
];
/** @type {[string, string][]} */
const NOTES = [
  ["absent", "đồng chí vắng chưa được xác định là có lý do vẫn tính."],
  ["left", "đồng chí đã về sớm vẫn tính, không còn trong phòng họp."],
  ["not_called", "đồng chí chưa điểm danh vẫn tính."],
  ["exempt_present", "đồng chí được miễn sinh hoạt có dự nên vẫn tính."],
  ["away_present", "đồng chí sinh hoạt tạm thời nơi khác có dự nên vẫn tính."],
  ["probationary", "đồng chí dự bị không biểu quyết."],
  ["temporary", "đồng chí sinh hoạt tạm thời đến không biểu quyết."],
];

/** The base of a vote taken now. @param {Session} session
 * @param {Map<string, boolean>} [there] who was in the room at the vote or was not, where the roll does not know
 * @returns {Base} */
export function baseNow({ room, pack }, there = new Map()) {
  const people = room.voters().map((one) => (there.has(one.person) ? { ...one, left: !there.get(one.person) } : one));
  return baseOfVote(people, pack.rules.exclusions);
}

/** How many the base holds once these are called as present. @param {Session} session @param {string[]} people */
export function sizeWith({ room, pack }, people) {
  const then = room.voters().map((one) => (people.indexOf(one.person) < 0 ? one : { ...one, present: true }));
  return baseOfVote(then, pack.rules.exclusions).size;
}

/** Who need not come, came, and left or came late: whether they were there at a vote changes its base.
 * @param {Session} session @returns {import("../room/fold.js").Line[]} */
export function perhapsThere({ room }) {
  const came = [...room.roll.values()].filter((line) => line.state === "present" && (line.left_early || line.late_minutes));
  return came.filter((line) => line.kind === "official" && (line.exempt || line.away) && !line.suspended);
}

/** @param {string[][]} places @param {string} standing */
function how(places, standing) {
  return places.filter((place) => place[1] === standing).length;
}

/** The reckoning line by line: official members, each exclusion as a negative number, the base.
 * @param {Base} base @returns {[string, number][]} */
export function arithmetic(base) {
  const out = EXCLUSIONS.map(([standing, words]) => /** @type {[string, number]} */ ([words, how(base.excluded, standing)]));
  const official = base.size + out.reduce((total, [, number]) => total + number, 0);
  const less = out.filter(([, number]) => number).map(([words, number]) => /** @type {[string, number]} */ ([words, -number]));
  return [["Đảng viên chính thức", official], ...less, ["Cơ sở tính", base.size]];
}

/** What a reader may wonder about: who was absent and still counts, who was there and does not vote.
 * @param {Base} base */
export function notes(base) {
  const places = [...base.included, ...base.excluded];
  const counted = NOTES.map(([standing, words]) => /** @type {[number, string]} */ ([how(places, standing), words]));
  return counted.filter(([number]) => number).map(([number, words]) => `${capital(numberWord(number))} ${words}`);
}

/** What cannot be in a count of hands, "" when it can; errors by field as the form shows them.
 * @param {Base} base @param {Counts} counts @returns {{[field: string]: string}} */
export function miscount(base, counts) {
  const all = [counts.in_favour, counts.against, counts.abstained];
  const field = counts.in_favour > base.size ? "in_favour" : "";
  const many = all.find((number) => number > base.size);
  if (many !== undefined) return { [field]: `${many} nhiều hơn cơ sở tính ${base.size}. Đồng chí đếm lại.` };
  const total = all.reduce((sum, number) => sum + number, 0);
  if (base.fewest <= total && total <= base.most) return {};
  return { "": `Cộng lại được ${total}, mà có ${rangeWords(base)}. Đồng chí đếm lại.` };
}

/** The count that is left where two of three are typed and it is known how many were there; one that would be below nought
 * is nought, so that the sum is objected to. @param {Base} base @param {{[name: string]: string}} texts by count, as typed
 * @returns {{[name: string]: string}} */
export function lastCount(base, texts) {
  const names = Object.keys(texts);
  const [empty, ...more] = names.filter((name) => !texts[name]);
  const counted = names.filter((name) => name !== empty);
  if (empty === undefined || more.length || base.fewest !== base.most) return {};
  if (!counted.every((name) => /^\d{1,4}$/.test(texts[name]))) return {};
  return { [empty]: String(Math.max(0, counted.reduce((left, name) => left - Number(texts[name]), base.most))) };
}

/** How many voters were in the room: "từ 13 đến 15 đồng chí chính thức có mặt (1 đến muộn, 1 đã về sớm)".
 * @param {Base} base */
export function rangeWords(base) {
  const number = base.fewest === base.most ? base.most : `từ ${base.fewest} đến ${base.most}`;
  const apart = [
    [base.late, "đến muộn"],
    [how(base.included, "left"), "đã về sớm"],
    [how(base.included, "not_called"), "chưa điểm danh"],
  ];
  const why = apart.filter(([count]) => count).map(([count, words]) => `${count} ${words}`);
  return `${number} đồng chí chính thức có mặt${why.length ? ` (${why.join(", ")})` : ""}`;
}

/** "15/16 tán thành, 93,75%. Cần ít nhất 9. Thông qua." @param {number} size @param {number} inFavour @param {string} fraction */
export function resultSentence(size, inFavour, fraction) {
  const least = needed(size, fraction);
  const share = percent(hundredths(inFavour, size));
  return `${inFavour}/${size} tán thành, ${share}. Cần ít nhất ${least}. ${inFavour >= least ? "Thông qua" : "Không thông qua"}.`;
}

/** How a vote that was taken reads in a list. @param {Vote} vote */
export function outcome(vote) {
  const size = vote.included.length;
  return {
    passed: passed(vote),
    result: `${vote.in_favour}/${size}, ${percent(hundredths(vote.in_favour, size))}`,
    needed: needed(size, vote.fraction),
    size,
  };
}

/** Of whom and when: "tháng 12/2026", "tổ đảng số 2, tháng 12/2026". @param {import("./pack.js").Pack} pack */
function ofPeriod({ meeting }) {
  return `${meeting.group ? `${meeting.group}, ` : ""}${meeting.period_title}`;
}

/** "Nghị quyết tháng 12/2026", "Kết luận tổ đảng số 2, tháng 12/2026". @param {Session} session @param {string} kind */
export function draftTitle({ pack }, kind) {
  return `${kind === "resolution" ? "Nghị quyết" : "Kết luận"} ${ofPeriod(pack)}`;
}

/** What a vote on a differing opinion is called, without its words: a vote is read by more people than a closed
 * section. @param {Session} session @param {Differing} one */
function differingTitle({ room, pack }, one) {
  const same = [...room.differing.values()].filter((other) => other.item === one.item);
  const step = pack.steps.find((other) => other.item === one.item);
  const place = same.findIndex((other) => other.id === one.id) + 1;
  return Array.from(`ý kiến khác thứ ${ordinalWord(place)}, mục “${step ? step.title : ""}”`).slice(0, 300).join("");
}

/** The item of the first step of a kind. @param {Session} session @param {string} kind */
function itemOf({ pack }, kind) {
  const step = pack.steps.find((one) => one.kind === kind);
  return step === undefined ? null : step.item;
}

/** What an address puts to the vote: "agenda", "resolution", "conclusion", "item/<item>", "differing/<opinion>";
 * null where it names nothing that can be put. @param {Session} session @param {string} rest @returns {Question | null} */
export function questionOf(session, rest) {
  const [subject, id] = rest.split("/");
  const plain = { fraction: "half", put: null, matters: [], item: null };
  if (subject === "agenda") return { ...plain, subject, title: `Chương trình họp ${ofPeriod(session.pack)}`, item: itemOf(session, "opening") };
  if (endingsOf(session).indexOf(subject) >= 0) return { ...plain, subject, title: draftTitle(session, subject), item: itemOf(session, "conclusion") };
  const step = subject === "item" ? session.pack.steps.find((other) => other.item === id) : undefined;
  if (step !== undefined) return { ...plain, subject: "other", title: step.title, item: id };
  const one = subject === "differing" ? session.room.differing.get(id) : undefined;
  if (one === undefined || !isOpen(one)) return null;
  return { ...plain, subject, item: one.item, title: differingTitle(session, one), put: { one, who: session.name(one.person) } };
}

/** Whether a question is barred until the cell has settled each differing opinion.
 * @param {Session} session @param {Question} question */
export function isBarred({ room }, question) {
  return DECISIONS.indexOf(question.subject) >= 0 && room.differingOpen.length > 0;
}

/** Reckon the base of a vote anew by the roll as it now stands. The twin of `recount` in
 * chibo.meetings.room.counting. @param {Session} session @param {string} vote @returns {Promise<string>} the entry */
export function recount(session, vote) {
  const { included, excluded } = baseAgain(session.room, /** @type {any} */ (takenAs(session.room, vote)));
  return session.write("recount", { of: vote, included, excluded });
}

/** Record a show of hands, with its base frozen as persons and reasons (domain.md 2.4, 2.8).
 * @param {Session} session @param {Question} question @param {Base} base @param {Counts} counts
 * @returns {Promise<string>} the entry */
export function takeVote(session, question, base, counts) {
  const { put } = question;
  return session.write("vote", {
    subject: question.subject,
    title: question.title,
    item: question.item,
    of: put ? put.one.id : null,
    matters: question.matters.length ? question.matters : null,
    included: base.included,
    excluded: base.excluded,
    exclusions: session.pack.rules.exclusions,
    fraction: question.fraction,
    in_favour: counts.in_favour,
    against: counts.against,
    abstained: counts.abstained,
  });
}
