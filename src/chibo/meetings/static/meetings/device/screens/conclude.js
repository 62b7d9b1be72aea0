/**
 * The conclusion or the resolution, part by part; a person chooses the kind and nothing is generated. I.3 and the tasks
 * of II follow from the record (domain.md 3.4).
 * @typedef {import("../session.js").Session} Session
 */
import { canonical } from "../../room/fold.js";
import { Radios } from "../choices.js";
import { shortDay } from "../days.js";
import { ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { StepActs, stepOf } from "../going.js";
import { draftTitle, NO_RESOLUTION } from "../hands.js";
import { similar } from "../likeness.js";
import { answers, drafted, helpersOf, resultWords } from "../reviewing.js";
import { sheetNow } from "../scoring.js";
import { begin, begunOn, isBegun, Lines, Theirs, useStanding } from "../text.js";
import { Acts, Aside, html, Icon, Status, useState } from "../view.js";
import { date, numberWord, small } from "../words.js";
import { Clock } from "./clock.js";
import { Over } from "./over.js";

/** @type {[string, string][]} */
const KINDS = [
  ["resolution", "Nghị quyết"],
  ["conclusion", "Kết luận"],
];
/** @type {{[part: string]: number}} */
const ROWS = {
  conclusion: 5,
  ideology: 3,
  political_tasks: 4,
  praise: 3,
  shortcomings: 3,
  direction: 4,
  implementation: 3,
};
const NAMES = Object.keys(ROWS);
/** Those of a resolution alone. */
const INSIDE = NAMES.slice(1);
const TWO = "Người khác vừa sửa phần này. Hai bản ở dưới; sửa thành một bản rồi ghi lại.";

/** @param {import("../view.js").ScreenProps} props */
export function Conclude(props) {
  return html`<${props.session.room.closed_by === null ? ConcludeNow : Over} ...${props} />`;
}

/** @param {import("../view.js").ScreenProps} props */
function ConcludeNow({ session, go }) {
  const { kind, texts } = session.room.decisions;
  const standing = useStanding(session, "ket-luan", ["kind", ...NAMES], canonical([kind, [...texts]]));
  const step = stepOf(session, "conclusion");
  const { group } = session.pack.meeting;
  return html`<h1>${kind || group ? draftTitle(session, kind || "conclusion") : "Kết luận hay nghị quyết"}</h1>
<${Clock} session=${session} step=${step} />
<p class="soft">Chi bộ viết từng phần. Phần I.3 và danh sách việc lấy từ những gì đã ghi.</p>
<${Alike} session=${session} />
<${Draft} key=${standing} session=${session} go=${go} />
<${Order} session=${session} go=${go} />
<${Acts}>${kind ? html`<${Link} class="button" session=${session} go=${go} to=${`bieu-quyet/${kind}`}><${Icon} name="hand" />Biểu quyết<//>` : null}<${StepActs} session=${session} go=${go} step=${step} /><//>`;
}

/** Parts nearly the same as last month's: the brake on formalism. @param {{session: Session}} props */
function Alike({ session }) {
  const { wording, last_texts: last } = session.pack;
  const alike = NAMES.map((name) => {
    const text = session.room.decisions.texts.get(name) || "";
    return { name, text, percent: similar(text, last[name] || "") };
  }).filter((one) => one.percent >= wording.similar_percent && one.text.split(/\s+/).filter(Boolean).length > 5);
  return html`${alike.map((one) => html`<div class="check check-late" key=${one.name}><${Icon} name="copy" /><div>${labelOf(session, one.name)}: giống ${one.percent}% kỳ trước. Tháng này có gì khác?<details><summary>Xem câu kỳ trước</summary><p class="version"><${Lines} text=${last[one.name]} /></p></details></div></div>`)}`;
}

/** What a part is called. @param {Session} session @param {string} name */
function labelOf({ pack }, name) {
  const found = pack.parts.find(([part]) => part === name);
  return found ? found[1] : name;
}

/** The key of a part's draft. @param {string} name */
function keyOf(name) {
  return `ket-luan ${name}`;
}

/** Two write different parts at once; of one part that both have written, both versions are shown and nothing is
 * replaced. @param {Session} session */
function useVersions(session) {
  const now = (/** @type {string} */ name) => session.room.decisions.texts.get(name) || "";
  const nowOf = () => Object.fromEntries(NAMES.map((name) => [name, now(name)]));
  const [seen, see] = useState(() => Object.fromEntries(NAMES.map((name) => [name, begunOn(session, keyOf(name), now(name))])));
  const [theirs, show] = useState(/** @type {{[part: string]: string}} */ ({}));
  return {
    seen,
    theirs,
    /** The parts whose text is new. @param {FormData} data */
    changed: (data) => NAMES.filter((name) => typed(data, name) !== seen[name] && typed(data, name) !== now(name)),
    /** What somebody else has written meanwhile, as errors. @param {FormData} data @returns {import("../forms.js").Errors} */
    apart(data) {
      const names = this.changed(data).filter((name) => now(name) !== seen[name]);
      const found = Object.fromEntries(names.map((name) => [name, now(name)]));
      show(found);
      see({ ...seen, ...found });
      for (const name of names) session.keepDraft(`${keyOf(name)} goc`, `=${now(name)}`);
      return Object.fromEntries(names.map((name) => [name, TWO]));
    },
    recorded() {
      for (const name of NAMES) session.keepDraft(`${keyOf(name)} goc`, "");
      see(nowOf());
    },
  };
}

/** Record the kind and the parts that are new. @param {Session} session @param {FormData} data @param {string[]} changed */
async function record(session, data, changed) {
  const { kind } = session.room.decisions;
  const chosen = typed(data, "kind");
  if (chosen === kind && !changed.length) return;
  const parts = Object.fromEntries(changed.map((name) => [name, typed(data, name)]));
  const entry = await session.write("conclude", {
    kind: chosen === kind ? null : chosen,
    parts: changed.length ? parts : null,
  });
  session.say(`Đã ghi ${small(draftTitle(session, chosen))}.`, entry);
}

/** The form. @param {{session: Session, go: (key: string) => void}} props */
function Draft({ session, go }) {
  const { decisions } = session.room;
  const { group } = session.pack.meeting;
  const others = group ? "Các phần khác" : "Các phần của nghị quyết";
  const versions = useVersions(session);
  const form = useForm(session, "ket-luan", {
    check: (data) => ({ ...wrongIn(session, data), ...versions.apart(data) }),
    send: async (data) => {
      await record(session, data, versions.changed(data));
      versions.recorded();
    },
  });
  /** @param {Event} event */
  const begun = (event) => {
    const { name } = /** @type {HTMLTextAreaElement} */ (event.target);
    if (ROWS[name]) begin(session, keyOf(name), versions.seen[name]);
  };
  const field = (/** @type {string} */ name, /** @type {string} */ hint = "") =>
    html`${versions.theirs[name] ? html`<${Theirs} text=${versions.theirs[name]} />` : null}<${Field} form=${form} name=${name} label=${labelOf(session, name)} rows=${ROWS[name]} value=${decisions.texts.get(name) || ""} hint=${hint} />`;
  return html`<${ErrorSummary} form=${form} />
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press} onInput=${begun}>
<${Radios} form=${form} name="kind" label="Buổi họp kết thúc bằng" choices=${group ? KINDS.slice(1) : KINDS} value=${decisions.kind} hint=${group ? NO_RESOLUTION : ""} segments />
${field("conclusion", "Điều chi bộ đã thống nhất, theo lời chủ trì.")}
<details open=${decisions.kind === "resolution" || isBegun(session, "ket-luan", INSIDE) || undefined}><summary>${others}</summary><h2 class="hide">${others}</h2>
${field("ideology")}${field("political_tasks")}
<${Answered} session=${session} go=${go} />
${field("praise")}${field("shortcomings")}${field("direction")}
<${Given} session=${session} go=${go} />
${field("implementation")}
</details>
<p class="actions"><button class="button button-main">Ghi dự thảo</button></p></form>`;
}

/** @param {Session} session @param {FormData} data */
function wrongIn(session, data) {
  const kind = typed(data, "kind");
  const long = NAMES.filter((name) => Array.from(typed(data, name)).length > 20000);
  /** @type {import("../forms.js").Errors} */
  const errors = Object.fromEntries(long.map((name) => [name, `“${labelOf(session, name)}” dài quá 20000 chữ cái. Rút ngắn lại.`]));
  if (!kind) errors.kind = "Chưa chọn “Buổi họp kết thúc bằng”.";
  if (kind === "conclusion" && !typed(data, "conclusion")) {
    errors.conclusion = "Chưa ghi kết luận. Ghi điều chi bộ đã thống nhất.";
  }
  const empty = !session.room.decisions.tasks.size && !NAMES.some((name) => typed(data, name));
  if (kind === "resolution" && empty) {
    errors.direction = "Nghị quyết chưa có phần nào. Ghi ít nhất một phần hoặc giao một việc.";
  }
  return errors;
}

/** I.3, from the review. @param {{session: Session, go: (key: string) => void}} props */
function Answered({ session, go }) {
  const all = answers(session);
  return html`<section class="computed" aria-labelledby="i3"><h3 id="i3">I.3 Kết quả thực hiện nghị quyết tháng trước</h3>${
    all.length
      ? html`<ol>${all.map(({ task, reviewed }) => {
          const words = reviewed ? resultWords(session, reviewed.result) : "";
          const done = reviewed && reviewed.result === "done";
          return html`<li class="row" key=${task.id}><div><p>${task.number}. ${task.what}</p><p class="row-meta">${task.lead_name}, hạn ${shortDay(task.due)}${reviewed && reviewed.cause ? ` · ${reviewed.cause}` : ""}</p></div><div class="row-end">${reviewed ? html`<${Status} state=${done ? "ok" : "plan"} icon=${done ? "check" : "circle"}>${words}<//>` : html`<${Link} session=${session} go=${go} to=${`viec-cu/${task.id}`}>Chưa xem<//>`}</div></li>`;
        })}</ol>`
      : html`<p class="soft">Kỳ trước chưa giao việc nào.</p>`
  }<p class="source">Tính từ phần kiểm điểm việc kỳ trước.</p></section>`;
}

/** The tasks of II. @param {{session: Session, go: (key: string) => void}} props */
function Given({ session, go }) {
  const tasks = drafted(session);
  return html`<section class="computed" aria-labelledby="ii"><h3 id="ii">II Việc đã giao</h3>${
    tasks.length
      ? html`<ol>${tasks.map((one, place) => {
          const helpers = helpersOf(session, one);
          return html`<li class="row" key=${one.id}><div><p>${place + 1}. ${one.what}</p><p class="row-meta">${session.name(one.lead)}${helpers ? `, phối hợp ${helpers}` : ""}, đến hết ngày ${date(one.due)}</p></div></li>`;
        })}</ol>`
      : html`<p class="soft">Chưa giao việc nào. <${Link} session=${session} go=${go} to="viec-moi">Viết việc mới<//></p>`
  }<p class="source">Lấy từ danh sách việc mới.</p></section>`;
}

/** What is left to do. @param {{session: Session, go: (key: string) => void}} props */
function Order({ session, go }) {
  const { title } = session.pack.last_texts;
  const sheet = sheetNow(session);
  const score = html`<${Link} session=${session} go=${go} to="cham-diem">Chấm điểm<//>${sheet && sheet.left ? `, còn ${numberWord(sheet.left)} tiêu chí` : null}`;
  const vote = session.pack.meeting.group ? [] : ["Biểu quyết, nếu là nghị quyết"];
  const steps = [...(sheet ? [score] : []), "Ghi dự thảo", ...vote, "Đọc lại biên bản", "Kết thúc buổi họp"];
  return html`<${Aside} label="Thứ tự kết thúc"><div class="section-head"><h2>Thứ tự kết thúc</h2></div>
<ol class="order">${steps.map((one, place) => html`<li key=${place}>${place + 1}. ${one}</li>`)}</ol>
${title ? html`<p class="small soft">Kỳ trước: ${small(title)}.</p>` : null}<//>`;
}
