/**
 * New tasks: what, who leads, by when, how it is checked; objected to where it cannot be checked next month, never
 * rewritten (M10). rest: the drafted task that is written anew.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../reviewing.js").Given} Given
 */
import { Link } from "../forms.js";
import { StepActs, stepOf } from "../going.js";
import { draftTitle } from "../hands.js";
import { shortDay } from "../days.js";
import { drafted, helpersOf } from "../reviewing.js";
import { capacity } from "../wording.js";
import { Acts, Aside, html } from "../view.js";
import { capital, date, numberWord, small } from "../words.js";
import { Clock } from "./clock.js";
import { Over } from "./over.js";
import { TaskForm } from "./task_form.js";

/** @param {import("../view.js").ScreenProps} props */
export function Tasks(props) {
  return html`<${props.session.room.closed_by === null ? TasksNow : Over} ...${props} />`;
}

/** @param {import("../view.js").ScreenProps} props */
function TasksNow({ session, go, rest }) {
  const tasks = drafted(session);
  const editing = tasks.find((one) => one.id === rest) || null;
  const step = stepOf(session, "new_tasks");
  const title = draftTitle(session, session.room.decisions.kind || (session.pack.meeting.group ? "conclusion" : "resolution"));
  const heading = editing
    ? "Sửa một việc"
    : tasks.length
      ? `${capital(numberWord(tasks.length))} việc đã giao, viết việc tiếp`
      : `Việc giao trong ${small(title)}`;
  return html`<h1>${heading}</h1>
<${Clock} session=${session} step=${step} />
<p class="soft">Mỗi việc: làm gì, ai chủ trì, xong ngày nào, kiểm tra ra sao.</p>
<h2 class="hide">Việc của kỳ này</h2>
<ol class="agenda">${tasks.map((one, place) =>
    one === editing ? null : html`<${Drafted} key=${one.id} session=${session} go=${go} one=${one} number=${place + 1} />`,
  )}
<li class="item item-open" key="open"><${TaskForm} key=${editing ? editing.id : "moi"} session=${session} go=${go} editing=${editing} count=${tasks.length} /></li></ol>
<${Fit} session=${session} />
<${Acts}>${step && step.item ? html`<${Link} class="button" session=${session} go=${go} to=${`muc/${step.item}`}>Ghi ý kiến<//>` : null}<${StepActs} session=${session} go=${go} step=${step} /><//>`;
}

/** One that is drafted. @param {{session: Session, go: (key: string) => void, one: Given, number: number}} props */
function Drafted({ session, go, one, number }) {
  const helpers = helpersOf(session, one);
  const meta = [
    `${session.name(one.lead)}${helpers ? `, phối hợp: ${helpers}` : ""}`,
    `hạn đến hết ngày ${date(one.due)}`,
    ...(one.how_checked ? [one.how_checked] : []),
  ];
  return html`<li class="item"><span class="item-n">${number}</span><div><h3>${one.what}</h3><p class="item-meta">${meta.join(" · ")}</p>${one.milestones.map(([what, due]) => html`<p class="item-meta" key=${what}>Mốc ${shortDay(due)}: ${what}</p>`)}</div><div class="item-end"><${Link} class="tool" session=${session} go=${go} to=${`viec-moi/${one.id}`}>Sửa<span class="hide"> việc ${number}</span><//></div></li>`;
}

/** How many the cell finishes in a month. @param {{session: Session}} props */
function Fit({ session }) {
  const { past, soft_cap: cap } = session.pack.wording;
  const { fits, reminds_from: from } = capacity(past, cap);
  const heading = fits ? `${capital(numberWord(fits))} việc là vừa sức` : "Chọn ít việc, làm xong";
  return html`<${Aside} label=${heading}><div class="section-head"><h2>${heading}</h2></div>
${past.length ? html`<dl class="figures">${past.map((month) => html`<div class="figure" key=${month.month}><dt>${capital(month.month)} làm xong</dt><dd>${month.done} / ${month.given}</dd></div>`)}</dl>` : null}
<p class="small soft">Từ việc thứ ${numberWord(from)}, Chibo sẽ nhắc.</p><//>`;
}
