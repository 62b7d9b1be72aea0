/**
 * Votes, secret votes and differing opinions as minutes say them. The twin of the sentences in
 * chibo.meetings.minutes.votes.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./minuted_blocks.js").Block} Block
 * @typedef {import("../room/fold.js").Vote} Vote
 * @typedef {import("../room/fold.js").Differing} Differing
 */
import { hundredths, needed } from "../room/base_of_vote.js";
import { passed } from "../room/fold.js";
import { percent } from "./words.js";

/** A vote with its result; what was voted together stands below, line by line. @param {Vote} vote @returns {Block[]} */
export function voteBlocks(vote) {
  const matters = vote.matters.map((text) => /** @type {Block} */ ({ style: "item", text }));
  return [{ style: "body", text: voteSentence(vote) }, ...matters];
}

/** A vote of which the paper book has no counts. @param {import("../room/paper_book.js").UnsaidVote} vote @returns {Block[]} */
export function unsaidBlocks({ title, matters }) {
  const lines = matters.map((text) => /** @type {Block} */ ({ style: "item", text }));
  return [{ style: "body", text: `Biểu quyết ${title}: sổ không ghi kết quả biểu quyết.` }, ...lines];
}

/** "Biểu quyết …: 15/16 đồng chí tán thành, đạt 93,75%; …" @param {Vote} vote */
function voteSentence(vote) {
  const size = vote.included.length;
  const others = [
    ...(vote.against ? [`${vote.against} không tán thành`] : []),
    ...(vote.abstained ? [`${vote.abstained} không biểu quyết`] : []),
  ];
  const tail = others.length ? `; ${others.join(", ")}` : "";
  const share = percent(hundredths(vote.in_favour, size));
  const result = passed(vote) ? "" : " Không thông qua.";
  return `Biểu quyết ${vote.title}: ${vote.in_favour}/${size} đồng chí tán thành, đạt ${share}${tail}.${result}`;
}

/** @type {{[medium: string]: string}} */
const MEDIA = { paper: "", device: " trên máy", both: " trên máy và trên giấy" };

/** The secret votes taken at one item, or at none: the tellers, the ballots, each line with its sums.
 * @param {Session} session @param {string | null} item @returns {Block[]} */
export function ballotsAt(session, item) {
  const found = [...session.room.secrets.values()].filter((one) => one.item === item);
  return found.flatMap((secret) => {
    const tellers = secret.tellers.map((/** @type {string} */ one) => session.name(one)).join(", ");
    const text = `Bỏ phiếu kín${MEDIA[secret.medium]}: ${secret.title}. Kiểm phiếu: ${tellers}. Phát ra ${secret.issued} phiếu, thu về ${secret.returned}, không hợp lệ ${secret.invalid}.`;
    const lines = secret.choices.map((/** @type {any} */ one) => ({ style: "item", text: ballotSentence(secret, one) }));
    return [{ style: "body", text }, ...lines];
  });
}

/** "Trần Văn A: 12/15 tán thành, đạt 80%; 2 không tán thành, 1 phiếu trắng." @param {any} secret @param {any} one */
function ballotSentence(secret, one) {
  const size = secret.included.length;
  const name = one.name === secret.title ? "" : `${one.name}: `;
  const share = percent(hundredths(one.in_favour, size));
  const result = one.in_favour >= needed(size, secret.fraction) ? "" : " Không đạt.";
  return `${name}${one.in_favour}/${size} tán thành, đạt ${share}; ${one.against} không tán thành, ${one.blank} phiếu trắng.${result}`;
}

/** @type {{[outcome: string]: string | undefined}} */
const RESULTS = { adopted: "Chi bộ tiếp thu", not_adopted: "Chi bộ không tiếp thu" };

/** Who raised what, how many hold it too, what became of it, whether its author keeps it.
 * @param {Differing} one @param {string} name */
export function differingSentence(one, name) {
  const said = [`Ý kiến khác của đồng chí ${name}: ${/[.!?…]$/.test(one.text) ? one.text : `${one.text}.`}`];
  if (one.support) said.push(`Có ${one.support} đồng chí cùng ý kiến.`);
  const result = RESULTS[one.outcome];
  if (result) said.push(one.why ? `${result}: ${one.why}.` : `${result}.`);
  if (one.reserved) said.push(`Đồng chí ${name} bảo lưu ý kiến.`);
  return said.join(" ");
}
