/**
 * Every old task gets its answer: one tap; cause and new deadline only when needed (M9). rest: the task to come to.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../reviewing.js").Answered} Answered
 */
import { addMonths, checkDay, shortDay, typedDay } from "../days.js";
import { Act, checkLength, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { StepActs, stepOf } from "../going.js";
import { answers, resultWords } from "../reviewing.js";
import { Acts, html, Icon, Status, useEffect } from "../view.js";
import { capital, dayOf, numberWord, small } from "../words.js";
import { Clock } from "./clock.js";
import { Over } from "./over.js";

/** @type {[string, string][]} */
const ONE_TAP = [
  ["done", "Xong"],
  ["partly", "Một phần"],
  ["not_done", "Chưa"],
];

/** @param {import("../view.js").ScreenProps} props */
export function Review(props) {
  return html`<${props.session.room.closed_by === null ? ReviewNow : Over} ...${props} />`;
}

/** @param {import("../view.js").ScreenProps} props */
function ReviewNow({ session, go, rest }) {
  const rows = answers(session);
  const step = stepOf(session, "review");
  useEffect(() => {
    const place = rest ? document.getElementById(`viec-${rest}`) : null;
    if (place) place.scrollIntoView();
  }, [rest]);
  return html`<div class="review"><h1>${heading(rows)}</h1>
<${Clock} session=${session} step=${step} />
${rows.length ? null : html`<p class="soft measure">Các kỳ trước chưa giao việc nào còn mở. Sang mục sau.</p>`}
<ol>${rows.map((one) => html`<${OldTask} key=${one.task.id} session=${session} one=${one} />`)}</ol>
${rows.length ? html`<p class="small soft">${rows.length === 1 ? "Việc này" : `Cả ${numberWord(rows.length)} việc`} phải có kết quả thì buổi họp mới kết thúc được.</p>` : null}</div>
<${Acts}>${step && step.item ? html`<${Link} class="button" session=${session} go=${go} to=${`muc/${step.item}`}>Ghi ý kiến<//>` : null}<${StepActs} session=${session} go=${go} step=${step} /><//>`;
}

/** How things stand. @param {Answered[]} rows */
function heading(rows) {
  const unseen = rows.filter((one) => one.reviewed === undefined).length;
  const lacking = rows.filter((one) => one.reviewed !== undefined && one.lacks).length;
  if (!rows.length) return "Không có việc kỳ trước";
  if (unseen) return `Việc kỳ trước: còn ${numberWord(unseen)} việc chưa xem`;
  if (lacking) return `Việc kỳ trước: ${numberWord(lacking)} việc cần ghi thêm`;
  return `Việc kỳ trước: đã xem cả ${numberWord(rows.length)} việc`;
}

/** Record an answer; one that says the same again is no entry.
 * @param {Session} session @param {Answered} one @param {{result: string, cause: string, new_due: string}} said */
async function answer(session, { task, reviewed }, said) {
  const done = said.result === "done";
  const cause = done ? "" : said.cause;
  const newDue = done ? "" : said.new_due;
  const same = reviewed && reviewed.result === said.result && reviewed.cause === cause && (reviewed.new_due || "") === newDue;
  if (same) return;
  const entry = await session.write("review", {
    task: task.id,
    result: said.result,
    cause: cause || null,
    new_due: newDue || null,
    due_then: task.due,
  });
  session.say(`Việc ${task.number}: ${small(resultWords(session, said.result))}.`, entry);
}

/** @param {{session: Session, one: Answered}} props */
function OldTask({ session, one }) {
  const { task, reviewed } = one;
  const { day } = session.pack.meeting;
  const result = reviewed ? reviewed.result : "";
  // A tap keeps what was typed before.
  const former = { cause: reviewed ? reviewed.cause : "", new_due: (reviewed && reviewed.new_due) || "" };
  /** @param {string} how */
  const tap = (how) => () => answer(session, one, { result: how, ...former });
  return html`<li class="task" id=${`viec-${task.id}`}><p class="row-title">${task.number}. ${task.what}</p>
<p class="row-meta">${task.lead_name} · hạn ${shortDay(task.due)}${task.given ? ` · giao ${task.given}` : ""}${task.due < day ? html` · <${Status} state="late" icon="clock">đã quá hạn<//>` : null}</p>
<${Latest} session=${session} one=${one} />
<div class="segments" role="group" aria-label=${task.what}>${ONE_TAP.map(([how, words]) => html`<${Act} key=${how} class="" pressed=${result === how} act=${tap(how)}>${result === how ? html`<${Icon} name="check" />` : null}${words}<//>`)}</div>
${result === "put_off" ? null : html`<p class="tools"><${Act} class="tool" act=${tap("put_off")}>Chuyển kỳ sau<span class="hide">: ${task.what}</span><//></p>`}
${result && result !== "done" ? html`<${Cause} key=${`${result} ${reviewed ? reviewed.entry : ""}`} session=${session} one=${one} result=${result} />` : null}</li>`;
}

/** What its lead last said of it. @param {{session: Session, one: Answered}} props */
function Latest({ session, one: { task } }) {
  const person = session.pack.people.find((other) => other.id === task.lead);
  const given = person ? person.given : task.lead_name.split(" ").slice(-1)[0];
  if (!task.latest) return html`<p class="quote soft">Chưa có tin từ đồng chí ${given}.</p>`;
  const { day, words, note } = task.latest;
  return html`<p class="quote">Đồng chí ${given} báo ngày ${shortDay(day)}: ${words}.${note ? ` ${capital(note)}` : ""}</p>`;
}

/** Why, and by when now. @param {{session: Session, one: Answered, result: string}} props */
function Cause({ session, one, result }) {
  const { meeting } = session.pack;
  const putOff = result === "put_off";
  const label = putOff ? "Lý do chuyển kỳ sau" : "Vì sao chưa xong";
  const latest = addMonths(meeting.day, 12);
  const form = useForm(session, `viec-cu ${one.task.id}`, {
    check: (data) => {
      const day = typedDay(data, "new_due", session);
      const limits = { earliest: meeting.day, latest, today: dayOf(session.clock.now()) };
      return { cause: checkLength(typed(data, "cause"), label, 500), new_due: day ? checkDay(day, limits) : "" };
    },
    send: (data) => answer(session, one, { result, cause: typed(data, "cause"), new_due: typedDay(data, "new_due", session) }),
  });
  const { reviewed } = one;
  return html`<${ErrorSummary} form=${form} />
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
${putOff ? html`<p class="label space"><${Icon} name="clock" /> Chuyển kỳ sau</p>` : null}
${one.lacks ? html`<p class="status status-late"><${Icon} name="triangle-alert" />${capital(one.lacks)}</p>` : null}
<div class="fields fields-2-1"><${Field} form=${form} name="cause" label=${label} value=${reviewed ? reviewed.cause : ""} /><${Field} form=${form} name="new_due" label="Hạn mới" type="date" value=${(reviewed && reviewed.new_due) || ""} short /></div>
<p class="actions"><button class="button button-quiet">${putOff ? "Ghi lý do" : "Ghi vì sao và hạn mới"}</button></p></form>`;
}
