/**
 * What decisions put into the minutes: reviews and tasks. The twin of chibo.resolutions.in_minutes.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./minuted_blocks.js").Block} Block
 */
import { body, listed } from "./minuted_blocks.js";
import { resultWords } from "./reviewing.js";
import { date } from "./words.js";

const UNKNOWN = { what: "Việc không còn trong danh sách", lead_name: "Người không còn trong sổ" };

/** @param {string} text */
function unpointed(text) {
  return text.replace(/\.+$/, "");
}

/** What the review found, and how last month went as a whole. @param {Session} session @returns {Block[]} */
export function reviewed(session) {
  const { reviews, texts } = session.room.decisions;
  const all = [...reviews.values()];
  const lines = all.map((one) => {
    const task = session.pack.old_tasks.find((other) => other.id === one.task) || UNKNOWN;
    const cause = one.cause ? `: ${unpointed(one.cause)}` : "";
    const words = `${resultWords(session, one.result)}${cause}${one.new_due ? `; hạn mới ${date(one.new_due)}` : ""}`;
    return listed(`${unpointed(task.what)} (${task.lead_name}): ${words}.`);
  });
  const done = all.filter((one) => one.result === "done").length;
  const text = texts.get("political_tasks");
  return [
    ...(lines.length ? [body(`Xem lại ${lines.length} việc kỳ trước, xong ${done} việc:`), ...lines] : []),
    ...(text ? [body(`Đánh giá chung: ${text}`)] : []),
  ];
}

/** The tasks as a paper says them. @param {Session} session @returns {Block[]} */
export function given(session) {
  const lines = [...session.room.decisions.tasks.values()].map((one) => {
    const people = [...new Set(/** @type {string[]} */ (one.helpers))].map((id) => session.name(id));
    const helpers = [...people, ...(one.helpers_text ? [one.helpers_text] : [])];
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
  const title = session.room.aborted ? "Việc dự kiến, chưa giao vì buổi họp hoãn giữa chừng:" : "Phân công nhiệm vụ:";
  return lines.length ? [body(title), ...lines] : [];
}
