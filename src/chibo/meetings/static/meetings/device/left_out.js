/**
 * What was recorded and does not stand in the minutes, each with its reason: chair and clerk see it before they sign.
 * The twin of chibo.meetings.minutes.left_out and of its part in chibo.resolutions.in_minutes.
 * @typedef {import("./session.js").Session} Session
 * @typedef {{what: string, text: string, why: string}} LeftOut
 */
import { agreedAt } from "../room/in_short.js";
import { correctionsOf, differingAt, inShort, itemsOf, minuted, pageOf, remarksAt, speaker, stateOf, straysOf, titleOf, wayOf } from "./minuted_items.js";
import { differingSentence } from "./minuted_votes.js";
import { isOutside, sheetOf } from "./sheet.js";
import { pointsWords, rollOf } from "./words.js";

const IN_MINUTES = ["conclusion", "political_tasks"];
const IN_PAPER = {
  resolution: ["ideology", "praise", "shortcomings", "direction", "implementation"],
  conclusion: ["direction", "implementation"],
};

/** All of it: of the roll, of the programme in its order, then the rest. @param {Session} session @returns {LeftOut[]} */
export function leftOut(session) {
  return [
    ...ofTheRoll(session),
    ...itemsOf(session).flatMap((item) => ofAnItem(session, item)),
    ...ofVotes(session),
    ...ofTheScore(session),
    ...ofDecisions(session),
  ];
}

/** The items that stand in the minutes though the programme does not have them any more. @param {Session} session */
export function offProgramme(session) {
  return straysOf(session).map(titleOf);
}

/** @param {Session} session @returns {LeftOut[]} */
function ofTheRoll(session) {
  const lines = rollOf(session);
  const own = lines.filter((line) => line.reason_text).map((line) => ({
    what: `Lời về lý do vắng của đồng chí ${session.name(line.person)}`,
    text: "",
    why: "Biên bản chỉ ghi loại lý do; lời nói thêm chỉ chi ủy đọc, ký xong thì xóa.",
  }));
  const odd = lines.flatMap((line) => {
    const said = [...(line.late_minutes ? [`đến muộn ${line.late_minutes} phút`] : []), ...(line.left_early ? ["về sớm"] : [])];
    return said.length ? [`${session.name(line.person)} ${said.join(", ")}`] : [];
  });
  const why = "Mẫu biên bản không có phần này.";
  return [...own, ...(odd.length ? [{ what: "Đến muộn, về sớm", text: odd.join("; "), why }] : [])];
}

/** What the cell's choice keeps out of an item.
 * @param {Session} session @param {import("./pack.js").MinutedItem} item @returns {LeftOut[]} */
function ofAnItem(session, item) {
  const onPaper = wayOf(session, item) === "paper";
  const why = onPaper ? `Mục này ghi sổ giấy, ${pageOf(session, item)}.` : "Chi bộ chọn chỉ ghi kết luận ở mục này.";
  const place = `mục “${titleOf(item)}”`;
  const kept = new Set(minuted(session, item).map((one) => one.id));
  const remarks = remarksAt(session, item).filter((one) => !kept.has(one.id));
  const differing = onPaper ? differingAt(session, item) : [];
  const { state, why: reason, unnamed } = stateOf(session, item);
  const short = inShort(session, item);
  const agreed = short.agreed.length ? [] : agreedAt(session.room, item.id);
  const stale = reason && state !== "put_off";
  return [
    ...remarks.map((one) => ({ what: `Ý kiến của ${speaker(session, one)}, ${place}`, text: one.text, why })),
    ...agreed.map((one) => ({ what: `Đồng chí ${session.name(one)} nhất trí, ${place}`, text: "", why })),
    ...(unnamed && !short.unnamed ? [{ what: `${unnamed} đồng chí phát biểu không nêu tên, ${place}`, text: "", why }] : []),
    ...differing.map((one) => {
      const name = session.name(one.person);
      return { what: `Ý kiến khác của đồng chí ${name}, ${place}`, text: differingSentence(one, name), why };
    }),
    ...(stale ? [{ what: `Lý do ghi ở ${place}`, text: reason, why: "Mục này không hoãn nữa." }] : []),
  ];
}

/** Ballots without a count, and corrections of what was taken back. @param {Session} session @returns {LeftOut[]} */
function ofVotes(session) {
  const { ballots, secrets, corrections } = session.room;
  const uncounted = [...ballots.values()].filter((one) => !secrets.has(one.id));
  const stands = new Set(correctionsOf(session).map((one) => one.id));
  const gone = [...corrections.values()].filter((one) => !stands.has(one.id));
  return [
    ...uncounted.map((one) => ({ what: "Phiếu kín", text: one.title, why: "Chưa ghi kết quả kiểm phiếu." })),
    ...gone.map((one) => ({ what: "Ý kiến đính chính", text: one.text, why: "Ý kiến được đề nghị sửa đã rút." })),
  ];
}

/** Points that were given for what is not counted today. @param {Session} session @returns {LeftOut[]} */
function ofTheScore({ room, clock, pack }) {
  const sheet = pack.scoring === undefined ? null : sheetOf(room, clock.now(), pack.sentences);
  const lines = sheet === null ? [] : sheet.lines.filter(isOutside);
  return lines.flatMap(({ code }) => {
    const given = room.scores.get(code);
    if (given === undefined) return [];
    const text = `${pointsWords(given.points)} điểm${given.note ? `: ${given.note}` : ""}`;
    return [{ what: `Điểm tiêu chí ${code}`, text, why: "Tiêu chí này không tính kỳ này." }];
  });
}

/** The parts that stand in the paper beside the minutes, and those that then stand in none.
 * @param {Session} session @returns {LeftOut[]} */
function ofDecisions({ room, pack }) {
  const kind = room.decisions.kind === "resolution" ? "resolution" : "conclusion";
  const written = pack.parts.filter(([name]) => IN_MINUTES.indexOf(name) < 0 && room.decisions.texts.get(name));
  const text = (/** @type {string} */ name) => room.decisions.texts.get(name) || "";
  const there = written.filter(([name]) => IN_PAPER[kind].indexOf(name) >= 0).map(([name]) => text(name));
  const what = kind === "resolution" ? "Các phần của nghị quyết" : "Các phần của văn bản kết luận";
  const paper = kind === "resolution" ? "nghị quyết" : "văn bản kết luận";
  const nowhere = "Buổi họp kết thúc bằng kết luận; phần này chỉ nghị quyết mới có.";
  return [
    ...(there.length ? [{ what, text: there.join("\n"), why: `Có trong ${paper}, ký cùng biên bản.` }] : []),
    ...written.filter(([name]) => IN_PAPER[kind].indexOf(name) < 0).map(([name, label]) => ({ what: label, text: text(name), why: nowhere })),
  ];
}
