/**
 * What the minutes will say, in their order, from what is recorded so far: read back before the cell with no server in
 * reach. The twin of chibo.meetings.minutes.sections; tests hold the two equal. No sentence is invented.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").MinutedItem} Item
 * @typedef {import("./minuted_blocks.js").Block} Block
 * @typedef {{key: string, blocks: Block[]}} Section
 */
import { unsaid } from "../room/paper_book.js";
import { body, heading, listed } from "./minuted_blocks.js";
import { correctionsOf, differingAt, inShort, isClosed, itemsOf, minuted, pageOf, speaker, stateOf, titleOf, wayOf } from "./minuted_items.js";
import { ballotsAt, differingSentence, unsaidBlocks, voteBlocks } from "./minuted_votes.js";
import { openingLines } from "./minuted_opening.js";
import { annexBlocks, scored, scoreSentence } from "./minuted_score.js";
import { given, reviewed } from "./minuted_tasks.js";
import { date, dayOf, timeSentence } from "./words.js";

const DECIDING = ["resolution", "conclusion"];
const END = ["conclusion", "closing"];
const STEPS = ["opening", ...END];

/** The sections, in reading order. @param {Session} session @returns {Section[]} */
export function sectionsOf(session) {
  const items = itemsOf(session);
  const [open, closed] = [items.filter((one) => !isClosed(one)), items.filter(isClosed)];
  const criticism = selfCriticism(session, closed);
  const score = scored(session);
  return [
    { key: "opening", blocks: openingLines(session).map(body) },
    { key: "content", blocks: content(session, open) },
    { key: "discussion", blocks: discussion(session, open) },
    ...(criticism.length ? [{ key: "self_criticism", blocks: criticism }] : []),
    { key: "conclusion", blocks: conclusion(session, open, closed, criticism.length ? 4 : 3, score) },
    ...(score === null ? [] : [{ key: "score", blocks: annexBlocks(score) }]),
  ];
}

/** I: what was noted at the opening; item by item, what was presented, which papers, what the review found.
 * @param {Session} session @param {Item[]} items @returns {Block[]} */
function content(session, items) {
  const fees = session.room.notes.get("fees");
  const blocks = [heading(1, "Nội dung", 1), ...(fees ? [body(`Tình hình nộp đảng phí: ${fees}`)] : [])];
  let number = 0;
  let review = reviewed(session);
  for (const item of items) {
    const lines = itemLines(session, item);
    if (END.indexOf(item.kind) >= 0 || (STEPS.indexOf(item.kind) >= 0 && !lines.length)) continue;
    number += 1;
    blocks.push(heading(2, item.presented ? `${titleOf(item)} (${item.presented} trình bày)` : titleOf(item), number), ...lines);
    if (item.kind === "review") {
      blocks.push(...review);
      review = [];
    }
  }
  return review.length ? [...blocks, heading(2, "Việc kỳ trước", number + 1), ...review] : blocks;
}

/** That it was put off, the paper book's page, papers, the presented text.
 * @param {Session} session @param {Item} item @returns {Block[]} */
function itemLines(session, item) {
  const onPaper = wayOf(session, item) === "paper";
  const putOff = stateOf(session, item).state === "put_off";
  const papers = item.papers.length && STEPS.indexOf(item.kind) < 0 && !onPaper && !putOff;
  return [
    ...putOffLines(session, item),
    ...(papers ? [body(`Tài liệu: ${item.papers.join("; ")}.`)] : []),
    ...(onPaper ? [closedLine(session, item)] : []),
    ...presented(session, item),
  ];
}

/** @param {Session} session @param {Item} item @returns {Block[]} */
function putOffLines(session, item) {
  const { state, why } = stateOf(session, item);
  if (state !== "put_off") return [];
  return [body(why ? `Chưa bàn, chuyển kỳ sau: ${why}.` : "Chưa bàn.")];
}

/** @param {Session} session @param {Item} item @returns {Block[]} */
function presented(session, item) {
  return minuted(session, item).filter((one) => one.presenting).map((one) => body(one.text));
}

/** What stands of a closed item: how long it was spoken of, where in the paper book it is.
 * @param {Session} session @param {Item} item */
function closedLine(session, item) {
  const minutes = session.pack.meeting.held_on_paper ? 0 : Math.floor(stateOf(session, item).seconds / 60);
  return body(`Mục họp kín${minutes ? `, ${minutes} phút` : ""}: ghi sổ giấy, ${pageOf(session, item)}.`);
}

/** @param {Item} item @returns {Block} */
function about(item) {
  return { style: "plain", text: `Về nội dung “${titleOf(item)}”:` };
}

/** Per speaker, full name and words; the chair's answer marked as such; then the differing opinions.
 * @param {Session} session @param {Item} item @returns {Block[]} */
function spoken(session, item) {
  const said = minuted(session, item).filter((one) => !one.presenting);
  const lines = said.map((one) => {
    if (one.unsaid) return listed(`${one.text} (sổ không ghi người phát biểu)`);
    const who = one.person ? `Đồng chí ${session.name(one.person)}` : one.guest;
    return listed(`${who}${one.is_answer ? " (chủ trì kết luận)" : ""}: ${one.text}`);
  });
  if (wayOf(session, item) === "paper") return lines;
  return [...lines, ...shortLines(session, item), ...differingAt(session, item).map((one) => listed(differingSentence(one, session.name(one.person))))];
}

/** Who agreed and said no more, and how many spoke without a name.
 * @param {Session} session @param {Item} item @returns {Block[]} */
function shortLines(session, item) {
  const { agreed, unnamed } = inShort(session, item);
  const names = agreed.map((one) => session.name(one));
  return [
    ...(names.length ? [listed(`Nhất trí: ${names.length > 1 ? "các đồng chí" : "đồng chí"} ${names.join(", ")}.`)] : []),
    ...(unnamed ? [listed(`${unnamed} đồng chí phát biểu, không nêu tên.`)] : []),
  ];
}

/** The votes taken at one item, but for the resolution and the conclusion.
 * @param {Session} session @param {Item} item @returns {Block[]} */
function votesAt(session, item) {
  const votes = [...session.room.votes.values()].filter((one) => one.item === item.id && DECIDING.indexOf(one.subject) < 0);
  const told = [...unsaid(session.room).votes.values()].filter((one) => one.item === item.id && DECIDING.indexOf(one.subject) < 0);
  return [...votes.flatMap(voteBlocks), ...told.flatMap(unsaidBlocks), ...ballotsAt(session, item.id)];
}

/** II: what was said, item by item, and the votes taken there.
 * @param {Session} session @param {Item[]} items @returns {Block[]} */
function discussion(session, items) {
  /** @type {Block[]} */
  const blocks = [];
  for (const item of items) {
    const lines = [...spoken(session, item), ...votesAt(session, item)];
    if (lines.length) blocks.push(about(item), ...lines);
  }
  const none = body("Không có ý kiến phát biểu được ghi lại.");
  return [heading(1, "Ý kiến thảo luận", 2), ...(blocks.length ? blocks : [none])];
}

/** The closed section: read by those who were present. @param {Session} session @param {Item[]} items @returns {Block[]} */
function selfCriticism(session, items) {
  /** @type {Block[]} */
  const lines = [];
  for (const item of items) {
    const putOff = putOffLines(session, item);
    const way = wayOf(session, item);
    if (putOff.length) lines.push(about(item), ...putOff);
    if (way === "paper") lines.push(closedLine(session, item));
    if (way === "conclusion") lines.push(body("Chi bộ chọn chỉ ghi kết luận ở mục này."));
    lines.push(...presented(session, item), ...spoken(session, item), ...votesAt(session, item));
  }
  lines.push(...corrections(session, items, items, true));
  return lines.length ? [heading(1, "Tự phê bình và phê bình", 3), ...lines] : [];
}

/** The last: conclusion, votes, tasks, the score, corrections, the end.
 * @param {Session} session @param {Item[]} open @param {Item[]} closed @param {number} number
 * @param {import("./minuted_score.js").Scored | null} score @returns {Block[]} */
function conclusion(session, open, closed, number, score) {
  const { room } = session;
  const text = room.decisions.texts.get("conclusion");
  const votes = [...room.votes.values()].filter((one) => one.item === null || DECIDING.indexOf(one.subject) >= 0);
  const times = timesOfParts(session);
  const told = [...unsaid(room).votes.values()].filter((one) => one.item === null || DECIDING.indexOf(one.subject) >= 0);
  return [
    heading(1, "Kết luận", number),
    ...steps(session, open, "conclusion"),
    ...(text ? [body(text)] : []),
    ...votes.flatMap(voteBlocks),
    ...told.flatMap(unsaidBlocks),
    ...ballotsAt(session, null),
    ...given(session),
    ...(score === null ? [] : [body(scoreSentence(score.sheet))]),
    ...(room.aborted ? [body(`Buổi họp hoãn giữa chừng: ${room.aborted}.`)] : []),
    ...steps(session, open, "closing"),
    ...(times ? [body(`Thời gian: ${times}.`)] : []),
    ...corrections(session, open, closed, false),
    ...(room.closed_at === null ? [] : [body(`Buổi họp kết thúc lúc ${endOf(room, room.closed_at)}.${readBack(room)}`)]),
  ];
}

/** "21 giờ 05"; with its day where the meeting went on past midnight. @param {import("../room/fold.js").Room} room @param {number} end */
function endOf({ opened_at: began }, end) {
  const same = began === null || dayOf(began) === dayOf(end);
  return same ? timeSentence(end) : `${timeSentence(end)} ngày ${date(end)}`;
}

/** Whether the minutes were read back, as far as it was recorded. A meeting on paper was read when its book says.
 * @param {import("../room/fold.js").Room} room */
function readBack(room) {
  const late = room.read_late && !room.on_paper;
  if (room.read_at !== null) return ` Biên bản đã đọc lại ${late ? "sau" : "trước"} khi kết thúc.`;
  return unsaid(room).reading === null ? "" : " Sổ không ghi việc đọc lại biên bản.";
}

/** What was presented at the steps of the end, or put off.
 * @param {Session} session @param {Item[]} items @param {string} kind @returns {Block[]} */
function steps(session, items, kind) {
  return items.filter((one) => one.kind === kind).flatMap((item) => {
    const lines = itemLines(session, item);
    return lines.length ? [about(item), ...lines] : [];
  });
}

/** What was asked to be corrected at the reading, and which words were; of a closed item in its own section.
 * @param {Session} session @param {Item[]} items of the section @param {Item[]} closed @param {boolean} inClosed @returns {Block[]} */
function corrections(session, items, closed, inClosed) {
  const { remarks } = session.room;
  const closedIds = new Set(closed.map((one) => one.id));
  const found = correctionsOf(session).filter((one) => Boolean(one.remark && closedIds.has(remarks.get(one.remark).item)) === inClosed);
  const kept = new Set(items.flatMap((item) => minuted(session, item).map((one) => one.id)));
  const mended = [...remarks.values()].filter((one) => one.corrected && kept.has(one.id));
  const names = [...new Set(mended.map((one) => speaker(session, one)))];
  return [
    ...(found.length ? [body("Khi đọc lại biên bản, có ý kiến đính chính:"), ...found.map((one) => listed(one.text))] : []),
    ...(names.length ? [body(`Lời ghi ở trên đã sửa theo ý kiến đính chính: ý kiến của ${names.join(", ")}.`)] : []),
  ];
}

/** Of a combined gathering how long each part took, by the room's own clock. @param {Session} session */
function timesOfParts(session) {
  /** @type {Map<string, number>} */
  const seconds = new Map();
  for (const item of itemsOf(session).filter((one) => !one.removed)) {
    seconds.set(item.part, (seconds.get(item.part) || 0) + stateOf(session, item).seconds);
  }
  if (seconds.size < 2 || session.pack.meeting.held_on_paper || [...seconds.values()].some((spent) => !spent)) return "";
  return [...seconds].map(([part, spent]) => `phần ${part} ${Math.floor(spent / 60)} phút`).join(", ");
}
