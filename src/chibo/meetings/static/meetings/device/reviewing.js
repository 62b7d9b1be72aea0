/**
 * The answers to old tasks, and what is drafted. The twin of chibo.resolutions.room.state.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").OldTask} OldTask
 * @typedef {{task: string, result: string, cause: string, new_due: string | null, due_then: string, order: number, entry: string}} Reviewed
 * @typedef {{id: string, what: string, lead: string, helpers: string[], helpers_text: string, due: string, how_checked: string, milestones: [string, string][], order: number}} Given
 * @typedef {{task: OldTask, reviewed: Reviewed | undefined, lacks: string}} Answered
 */

/** What an answer to a task still lacks, in words; empty when it is complete.
 * @param {OldTask} task @param {Reviewed | undefined} reviewed @param {string} day of the meeting */
export function lacks(task, reviewed, day) {
  if (reviewed === undefined) return "chưa xem";
  if (reviewed.result === "done") return "";
  if (reviewed.result === "put_off") return reviewed.cause ? "" : "chưa ghi lý do chuyển kỳ sau";
  if (task.due > day) return ""; // its day has not come: there is nothing to explain
  const missing = [...(reviewed.cause ? [] : ["vì sao"]), ...(reviewed.new_due ? [] : ["hạn mới"])];
  return missing.length ? `chưa ghi ${missing.join(" và ")}` : "";
}

/** All old tasks with their answers.
 * @param {Session} session @returns {Answered[]} */
export function answers({ pack, room }) {
  return pack.old_tasks.map((task) => {
    const reviewed = room.decisions.reviews.get(task.id);
    return { task, reviewed, lacks: lacks(task, reviewed, pack.meeting.day) };
  });
}

/** An answer in words: "Xong".
 * @param {Session} session @param {string} result */
export function resultWords({ pack }, result) {
  const found = pack.results.find(([value]) => value === result);
  return found ? found[1] : "";
}

/** The tasks drafted so far, in order.
 * @param {Session} session @returns {Given[]} */
export function drafted({ room }) {
  return [...room.decisions.tasks.values()];
}

/** Who helps, in words.
 * @param {Session} session @param {Given} task */
export function helpersOf(session, task) {
  const names = task.helpers.map((person) => session.name(person));
  return [...names, ...(task.helpers_text ? [task.helpers_text] : [])].join(", ");
}

/** Whether there is something to decide on: a kind, and words or tasks.
 * @param {Session} session */
export function hasText({ room }) {
  const { kind, texts, tasks } = room.decisions;
  if (kind === "conclusion") return Boolean((texts.get("conclusion") || "").trim());
  return Boolean(kind) && ([...texts.values()].some((text) => (text || "").trim()) || tasks.size > 0);
}
