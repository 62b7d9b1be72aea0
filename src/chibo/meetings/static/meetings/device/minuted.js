/**
 * What the minutes will say, in their order, from what is recorded so far: read back before the cell with no server in
 * reach. The twin of chibo.meetings.minutes.sections and opening; a test holds them equal. No sentence is invented.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Step} Step
 * @typedef {{style: "heading", level: number, number: number | null, text: string} | {style: "body" | "plain" | "item", text: string} | {style: "table", columns: string[], rows: string[][]}} Block
 * @typedef {{key: string, blocks: Block[]}} Section
 */
import { pageOf, wayOf } from "./self_criticism.js";
import { ballotsAt, differingSentence, voteBlocks } from "./minuted_votes.js";
import { openingLines } from "./minuted_opening.js";
import { annexBlocks, scored, scoreSentence } from "./minuted_score.js";
import { resultWords } from "./reviewing.js";
import { date, timeSentence } from "./words.js";

const DECIDING = ["resolution", "conclusion"];
const NOT_CONTENT = ["opening", "closing", "conclusion"];

/** @param {string} text @returns {Block} */
export function body(text) {
  return { style: "body", text };
}

/** @param {string} text @returns {Block} */
export function listed(text) {
  return { style: "item", text };
}

/** @param {number} level @param {string} text @param {number} number @returns {Block} */
function heading(level, text, number) {
  return { style: "heading", level, number, text };
}

/** The sections, in reading order. @param {Session} session @returns {Section[]} */
export function sectionsOf(session) {
  const closed = selfCriticism(session);
  const score = scored(session);
  return [
    { key: "opening", blocks: openingLines(session).map(body) },
    { key: "content", blocks: content(session) },
    { key: "discussion", blocks: discussion(session) },
    ...(closed.length ? [{ key: "self_criticism", blocks: closed }] : []),
    { key: "conclusion", blocks: conclusion(session, closed.length ? 4 : 3, score) },
    ...(score === null ? [] : [{ key: "score", blocks: annexBlocks(score) }]),
  ];
}

/** The steps that are items of the programme. @param {Session} session */
function itemsOf({ pack }) {
  return pack.steps.filter((step) => step.item !== null);
}

/** I: what was noted at the opening; item by item, what was presented, which papers, what the review found.
 * @param {Session} session @returns {Block[]} */
function content(session) {
  const fees = session.room.notes.get("fees");
  const blocks = [heading(1, "Nội dung", 1), ...(fees ? [body(`Tình hình nộp đảng phí: ${fees}`)] : [])];
  let number = 0;
  for (const step of itemsOf(session)) {
    if (NOT_CONTENT.indexOf(step.kind) >= 0 || step.self_criticism) continue;
    const state = session.room.items.get(step.item || "");
    number += 1;
    blocks.push(heading(2, itemTitle(session, step), number));
    if (state && state.state === "put_off") {
      blocks.push(body(state.why ? `Chưa bàn, chuyển kỳ sau: ${state.why}.` : "Chưa bàn."));
    } else {
      blocks.push(...itemLines(session, step));
    }
  }
  return blocks;
}

/** The title, and who presented it when somebody was named. @param {Session} session @param {Step} step */
function itemTitle({ pack }, step) {
  if (!step.presented_by) return step.title;
  const member = pack.people.some((one) => one.name === step.presented_by);
  return `${step.title} (${member ? "đồng chí " : ""}${step.presented_by} trình bày)`;
}

/** @param {Session} session @param {Step} step @returns {Block[]} */
function itemLines(session, step) {
  if (wayOf(session.room, step) === "paper") return [closedLine(session, step)];
  const papers = session.pack.minuted.papers[step.item || ""] || [];
  const presented = remarksAt(session, step).filter((one) => one.presenting);
  return [
    ...(papers.length ? [body(`Tài liệu: ${papers.join("; ")}.`)] : []),
    ...presented.map((one) => body(one.text)),
    ...(step.kind === "review" ? reviewed(session) : []),
  ];
}

/** What stands of a closed item: how long it was spoken of, where in the paper book it is.
 * @param {Session} session @param {Step} step */
function closedLine({ room, pack }, step) {
  const state = room.items.get(step.item || "");
  const minutes = state && !pack.meeting.held_on_paper ? Math.floor(state.seconds / 60) : 0;
  return body(`Mục họp kín${minutes ? `, ${minutes} phút` : ""}: ghi sổ giấy, ${pageOf(room, step)}.`);
}

/** @param {Session} session @param {Step} step */
function remarksAt({ room }, step) {
  return [...room.remarks.values()].filter((one) => one.item === step.item);
}

/** The remarks that go into the minutes, as the cell chose to keep the item (M13).
 * @param {Session} session @param {Step} step */
function minuted(session, step) {
  const remarks = remarksAt(session, step);
  const way = wayOf(session.room, step);
  if (way === "paper") return [];
  return way === "conclusion" ? remarks.filter((one) => one.is_answer) : remarks;
}

/** Per speaker, full name and words; the chair's answer marked as such; then the differing opinions.
 * @param {Session} session @param {Step} step @returns {Block[]} */
function spoken(session, step) {
  const said = minuted(session, step).filter((one) => !one.presenting);
  const lines = said.map((one) => {
    const who = one.person ? `Đồng chí ${session.name(one.person)}` : one.guest;
    return listed(`${who}${one.is_answer ? " (chủ trì kết luận)" : ""}: ${one.text}`);
  });
  if (wayOf(session.room, step) === "paper") return lines;
  const differing = [...session.room.differing.values()].filter((one) => one.item === step.item && one.outcome !== "withdrawn");
  return [...lines, ...differing.map((one) => listed(differingSentence(one, session.name(one.person))))];
}

/** The votes taken at one item, but for the resolution and the conclusion.
 * @param {Session} session @param {Step} step @returns {Block[]} */
function votesAt(session, step) {
  const votes = [...session.room.votes.values()].filter((one) => one.item === step.item && DECIDING.indexOf(one.subject) < 0);
  return [...votes.flatMap(voteBlocks), ...ballotsAt(session, step.item)];
}

/** II: what was said, item by item, and the votes taken there. @param {Session} session @returns {Block[]} */
function discussion(session) {
  /** @type {Block[]} */
  const blocks = [];
  for (const step of itemsOf(session).filter((one) => !one.self_criticism)) {
    const lines = [...spoken(session, step), ...votesAt(session, step)];
    if (lines.length) blocks.push({ style: "plain", text: `Về nội dung “${step.title}”:` }, ...lines);
  }
  const none = body("Không có ý kiến phát biểu được ghi lại.");
  return [heading(1, "Ý kiến thảo luận", 2), ...(blocks.length ? blocks : [none])];
}

/** The closed section: read by those who were present. @param {Session} session @returns {Block[]} */
function selfCriticism(session) {
  /** @type {Block[]} */
  const lines = [];
  for (const step of itemsOf(session).filter((one) => one.self_criticism)) {
    const way = wayOf(session.room, step);
    if (way === "paper") lines.push(closedLine(session, step));
    if (way === "conclusion") lines.push(body("Chi bộ chọn chỉ ghi kết luận ở mục này."));
    lines.push(...minuted(session, step).filter((one) => one.presenting).map((one) => body(one.text)));
    lines.push(...spoken(session, step), ...votesAt(session, step));
  }
  lines.push(...corrections(session, true));
  return lines.length ? [heading(1, "Tự phê bình và phê bình", 3), ...lines] : [];
}

/** The last: conclusion, votes, tasks, the score, corrections, the end.
 * @param {Session} session @param {number} number @param {import("./minuted_score.js").Scored | null} score @returns {Block[]} */
function conclusion(session, number, score) {
  const { room } = session;
  const text = room.decisions.texts.get("conclusion");
  const votes = [...room.votes.values()].filter((one) => one.item === null || DECIDING.indexOf(one.subject) >= 0);
  const times = timesOfParts(session);
  const read = room.read_at === null ? "" : " Biên bản đã đọc lại trước khi kết thúc.";
  return [
    heading(1, "Kết luận", number),
    ...(text ? [body(text)] : []),
    ...votes.flatMap(voteBlocks),
    ...ballotsAt(session, null),
    ...given(session),
    ...(score === null ? [] : [body(scoreSentence(score.sheet))]),
    ...(room.aborted ? [body(`Buổi họp hoãn giữa chừng: ${room.aborted}.`)] : []),
    ...(times ? [body(`Thời gian: ${times}.`)] : []),
    ...corrections(session, false),
    ...(room.closed_at === null ? [] : [body(`Buổi họp kết thúc lúc ${timeSentence(room.closed_at)}.${read}`)]),
  ];
}

/** What was asked to be corrected at the reading; of a closed item in its own section.
 * @param {Session} session @param {boolean} closed @returns {Block[]} */
function corrections(session, closed) {
  const { remarks, corrections: all } = session.room;
  const items = new Set(itemsOf(session).filter((one) => one.self_criticism).map((one) => one.item));
  const found = [...all.values()].filter((one) => {
    const remark = one.remark ? remarks.get(one.remark) : undefined;
    return Boolean(remark && items.has(remark.item)) === closed;
  });
  return found.length ? [body("Khi đọc lại biên bản, có ý kiến đính chính:"), ...found.map((one) => listed(one.text))] : [];
}

/** Of a combined gathering how long each part took, by the room's own clock. @param {Session} session */
function timesOfParts(session) {
  /** @type {Map<string, number>} */
  const seconds = new Map();
  for (const step of itemsOf(session)) {
    const state = session.room.items.get(step.item || "");
    seconds.set(step.part, (seconds.get(step.part) || 0) + (state ? state.seconds : 0));
  }
  if (seconds.size < 2 || session.pack.meeting.held_on_paper || [...seconds.values()].some((spent) => !spent)) return "";
  return [...seconds].map(([part, spent]) => `phần ${part} ${Math.floor(spent / 60)} phút`).join(", ");
}

/** @param {string} text */
function unpointed(text) {
  return text.replace(/\.+$/, "");
}

/** What the review found. @param {Session} session @returns {Block[]} */
function reviewed(session) {
  const all = [...session.room.decisions.reviews.values()].sort((one, other) => one.order - other.order);
  const lines = all.flatMap((one) => {
    const task = session.pack.old_tasks.find((other) => other.id === one.task);
    if (!task) return [];
    const cause = one.cause ? `: ${unpointed(one.cause)}` : "";
    const words = `${resultWords(session, one.result)}${cause}${one.new_due ? `; hạn mới ${date(one.new_due)}` : ""}`;
    return [listed(`${unpointed(task.what)} (${task.lead_name}): ${words}.`)];
  });
  const done = all.filter((one) => one.result === "done").length;
  return lines.length ? [body(`Xem lại ${lines.length} việc kỳ trước, xong ${done} việc:`), ...lines] : [];
}

/** The tasks as a paper says them. @param {Session} session @returns {Block[]} */
function given(session) {
  const lines = [...session.room.decisions.tasks.values()].map((one) => {
    const helpers = [...one.helpers.map((/** @type {string} */ id) => session.name(id)), ...(one.helpers_text ? [one.helpers_text] : [])];
    const steps = one.milestones.map((/** @type {[string, string]} */ [what, due]) => `${unpointed(what)} (đến ${date(due)})`);
    return listed(
      [
        `${unpointed(one.what)}. Đồng chí ${session.name(one.lead)} chủ trì`,
        helpers.length ? `, phối hợp: ${helpers.join(", ")}` : "",
        `; hạn đến hết ngày ${date(one.due)}`,
        steps.length ? `; các mốc: ${steps.join(", ")}` : "",
        one.how_checked ? `; kiểm tra bằng: ${unpointed(one.how_checked)}` : "",
        ".",
      ].join(""),
    );
  });
  return lines.length ? [body("Phân công nhiệm vụ:"), ...lines] : [];
}
