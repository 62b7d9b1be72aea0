/**
 * What still bars the closing, in the order of domain.md 2.8. The twin of chibo.meetings.room.commands.closing_bars and
 * chibo.resolutions.room.state.closing_bars; a test holds them equal.
 * @typedef {import("./session.js").Session} Session
 * @typedef {{reason: string, to: string, action: string}} Bar  to: the key of the screen where it is mended
 */
import { passed } from "../room/fold.js";
import { unsaid, unsaidVoteOn } from "../room/paper_book.js";
import { draftTitle, NO_RESOLUTION } from "./hands.js";
import { isUnchosen } from "./self_criticism.js";
import { answers, hasText } from "./reviewing.js";
import { isExpected, numberWord } from "./words.js";

/** @param {Session} session @returns {Bar[]} */
export function closingBars(session) {
  return [...barsOfTheRoom(session), ...barsOfReview(session), ...barsOfConclusion(session)];
}

/** What the meeting itself needs: its clerk, its whole roll, everything settled.
 * @param {Session} session @returns {Bar[]} */
function barsOfTheRoom({ room, pack }) {
  const bars = [];
  if (room.clerk === null) bars.push({ reason: "Chưa cử thư ký.", to: "thu-ky", action: "Cử thư ký" });
  const left = [...room.roll.values()].filter((line) => isExpected(line) && !line.state).length;
  if (left && !unsaid(room).roll) bars.push({ reason: `Còn ${left} đồng chí chưa điểm danh.`, to: "diem-danh", action: "Điểm danh" });
  for (const step of pack.steps.filter((one) => one.self_criticism && isUnchosen(room, one))) {
    const state = room.items.get(step.item || "");
    if (!state || ["open", "done"].indexOf(state.state) < 0) continue;
    bars.push({ reason: `Chưa chọn cách ghi mục “${step.title}”.`, to: `muc/${step.item}`, action: "Chọn cách ghi" });
  }
  const open = room.differingOpen.length;
  if (open) {
    bars.push({ reason: `Còn ${numberWord(open)} ý kiến khác chưa kết luận.`, to: "y-kien-khac", action: "Kết luận ý kiến khác" });
  }
  const uncounted = [...room.ballots.keys()].find((ballot) => !room.secrets.has(ballot));
  if (uncounted) {
    bars.push({ reason: "Có phiếu kín chưa ghi kết quả.", to: `bo-phieu-kin/${uncounted}`, action: "Ghi kết quả" });
  }
  const looks = room.needs_look.length;
  if (looks) bars.push({ reason: `Có ${numberWord(looks)} chỗ cần xem lại.`, to: "xem-lai", action: "Xem lại" });
  return bars;
}

/** Old tasks without an answer, or with one that lacks something.
 * @param {Session} session @returns {Bar[]} */
function barsOfReview(session) {
  const all = answers(session);
  const unseen = all.filter((one) => one.reviewed === undefined).length;
  const reason = `Còn ${numberWord(unseen)} việc chưa xem.`;
  const bars = unseen ? [{ reason, to: "viec-cu", action: "Xem việc kỳ trước" }] : [];
  for (const { task, reviewed, lacks } of all) {
    if (reviewed === undefined || !lacks) continue;
    bars.push({ reason: `Việc ${task.number} ${lacks}.`, to: `viec-cu/${task.id}`, action: "Ghi thêm" });
  }
  return bars;
}

/** No conclusion, a resolution without its vote, changed since a vote, or not enough hands.
 * @param {Session} session @returns {Bar[]} */
function barsOfConclusion(session) {
  const { room, pack } = session;
  const { kind, not_voted: notVoted } = room.decisions;
  if (pack.meeting.group && kind === "resolution") {
    return [{ reason: NO_RESOLUTION, to: "ket-luan", action: "Viết kết luận" }];
  }
  if (!hasText(session)) {
    return [{ reason: "Chưa có kết luận hoặc nghị quyết.", to: "ket-luan", action: "Viết kết luận" }];
  }
  if (pack.meeting.body === "committee") return [];
  const to = `bieu-quyet/${kind}`;
  const votes = [...room.votes.values()].filter((vote) => vote.subject === kind);
  const title = draftTitle(session, kind);
  // The chair concludes, and only a resolution is adopted by hands; of which the paper book may not say the counts.
  if (!votes.length && (kind === "conclusion" || unsaidVoteOn(room, kind))) return [];
  if (!votes.length) return [{ reason: `Chưa biểu quyết: ${title}.`, to, action: "Biểu quyết" }];
  const last = votes.reduce((one, other) => (other.order > one.order ? other : one));
  if (notVoted.length) {
    return [{ reason: "Dự thảo được sửa sau khi biểu quyết.", to, action: "Biểu quyết lại" }];
  }
  if (passed(last)) return [];
  const other = kind === "conclusion" ? "" : ", hoặc kết thúc bằng kết luận";
  const reason = `${title} chưa đủ số tán thành. Sửa rồi biểu quyết lại${other}.`;
  return [{ reason, to: "ket-luan", action: "Sửa dự thảo" }];
}
