/**
 * A task as it is typed: what is wrong in its fields, what is objected to, and the entry that it becomes. The twin of
 * chibo.resolutions.room.forms.TaskForm.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./forms.js").Errors} Errors
 */
import { ticked } from "./choices.js";
import { addMonths, checkDay, nextDay, typedDay } from "./days.js";
import { checkLength, checkText, onlyWrong, typed } from "./forms.js";
import { check, checkCount } from "./wording.js";
import { dayOf } from "./words.js";

export const STEPS = [1, 2];
const HALF = "Mốc cần cả việc và ngày. Ghi đủ hai ô, hoặc bỏ cả hai.";

/** The people who may lead or help: the roll but for those suspended. @param {Session} session @returns {[string, string][]} */
export function peopleOf({ pack, room }) {
  const suspended = (/** @type {string} */ id) => Boolean((room.roll.get(id) || { suspended: false }).suspended);
  return pack.people.filter((one) => !one.suspended && !suspended(one.id)).map((one) => [one.id, one.name]);
}

/** What is wrong in the fields. @param {Session} session @param {FormData} data @returns {Errors} */
export function wrongIn(session, data) {
  const { day } = session.pack.meeting;
  const today = dayOf(session.clock.now());
  const limits = { earliest: nextDay(day), latest: addMonths(day, 12), today };
  const due = typedDay(data, "due", session);
  /** @type {Errors} */
  const errors = {
    what: checkText(typed(data, "what"), "Làm gì", 500),
    lead: typed(data, "lead") ? "" : "Chưa chọn “Ai chủ trì”.",
    due: due ? checkDay(due, limits) : "Chưa ghi “Xong đến hết ngày”.",
    how_checked: checkText(typed(data, "how_checked"), "Kiểm tra bằng cách nào", 300),
    helpers_text: checkLength(typed(data, "helpers_text"), "Đơn vị, đoàn thể phối hợp", 200),
  };
  for (const number of STEPS) {
    const [name, nameOfDay] = [`milestone_${number}`, `milestone_${number}_due`];
    const [step, until] = [typed(data, name), typedDay(data, nameOfDay, session)];
    errors[name] = checkLength(step, `Mốc ${number}: xong phần nào`, 300);
    errors[nameOfDay] = until ? checkDay(until, limits) : "";
    if (errors[nameOfDay]) continue;
    if (!errors[name] && Boolean(step) !== Boolean(until)) errors[name] = HALF;
    if (until && due && !errors.due && until >= due) errors[nameOfDay] = "Mốc phải trước hạn của việc.";
  }
  return onlyWrong(errors);
}

/** What makes it hard to check, and whether the cell takes on more than it finishes; fields that are wrong say so
 * themselves. @param {Session} session @param {FormData} data @param {number} count tasks with this one @param {Errors} wrong */
export function objectionsTo(session, data, count, wrong) {
  const { meeting, wording } = session.pack;
  const lead = peopleOf(session).find(([id]) => id === typed(data, "lead"));
  const found = check(
    {
      what: typed(data, "what"),
      lead: lead ? lead[1] : "",
      helpers: typed(data, "helpers_text"),
      due: typedDay(data, "due", session),
      how_checked: typed(data, "how_checked"),
      today: meeting.held_on_paper ? meeting.day : dayOf(session.clock.now()),
      meeting: meeting.day,
      milestones: STEPS.filter((number) => typed(data, `milestone_${number}`)).length,
    },
    wording,
  ).filter((one) => !wrong[one.field]);
  const many = checkCount(count, wording.past, wording.soft_cap);
  return many ? [...found, many] : found;
}

/** The payload of its entry. @param {Session} session @param {FormData} data */
export function payloadOf(session, data) {
  const lead = typed(data, "lead");
  const helpers = ticked(data, "helpers").filter((one) => one !== lead);
  const milestones = STEPS.map((number) => ({
    what: typed(data, `milestone_${number}`),
    due: typedDay(data, `milestone_${number}_due`, session),
  })).filter((one) => one.what);
  return {
    what: typed(data, "what"),
    lead,
    due: typedDay(data, "due", session),
    how_checked: typed(data, "how_checked") || null,
    helpers: helpers.length ? helpers : null,
    helpers_text: typed(data, "helpers_text") || null,
    milestones: milestones.length ? milestones : null,
  };
}
