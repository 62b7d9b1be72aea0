/**
 * The form of one task, with the objections to its sentence.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../wording.js").Objection} Objection
 * @typedef {import("../reviewing.js").Given} Given
 */
import { Boxes } from "../choices.js";
import { Act, Choice, ErrorSummary, Field, idOf, typed, useForm } from "../forms.js";
import { isBegun } from "../text.js";
import { objectionsTo, payloadOf, peopleOf, STEPS, wrongIn } from "../typed_task.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { HEADING, pieces } from "../wording.js";

const PAUSE = 900;

/** @param {{session: Session, go: (key: string) => void, editing: Given | null, count: number}} props
 *   count: how many are drafted */
export function TaskForm({ session, go, editing, count }) {
  const wording = useObjections(session, count + (editing ? 0 : 1));
  const form = useForm(session, `viec ${editing ? editing.id : "moi"}`, {
    check: (data) => wrongIn(session, data),
    send: async (data) => {
      const payload = payloadOf(session, data);
      wording.clear();
      if (!editing) {
        session.say(`Đã thêm việc ${count + 1}.`, await session.write("task", payload));
        return;
      }
      session.say("Đã sửa việc.", await session.write("task-edit", { of: editing.id, ...payload }));
      go("viec-moi");
    },
  });
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    if (!wording.holds(event)) return form.submit(event);
    event.preventDefault();
    form.refuse({});
    return undefined;
  };
  const withdraw = async () => {
    if (!editing) return;
    const entry = await session.write("task-withdraw", { of: editing.id });
    session.say(`Đã bỏ việc “${Array.from(editing.what).slice(0, 60).join("")}”.`, entry);
    go("viec-moi");
  };
  return html`<${ErrorSummary} form=${form} />
<form key=${form.turn} onSubmit=${submit} onClick=${(/** @type {Event} */ event) => (wording.press(event), form.press(event))}>
<div onInput=${wording.typing}><${Field} form=${form} name="what" label="Làm gì" rows=${3} value=${editing ? editing.what : ""} /></div>
<${Wording} objections=${wording.objections} asked=${wording.asked} what=${idOf(form, "what")} />
<${Fields} session=${session} form=${form} editing=${editing} />
<p class="actions"><button class="button button-main" value="">${editing ? "Ghi bản sửa" : "Thêm việc này"}</button>${editing ? html` <${Act} act=${withdraw}>Bỏ việc này<//>` : null}</p></form>`;
}

/** What is objected to: to the sentence while it is typed; to all of it when it is sent. What is wrong comes first, and
 * an objection holds a task back once, until its writer keeps the sentence.
 * @param {Session} session @param {number} many tasks with this one */
function useObjections(session, many) {
  const [objections, object] = useState(/** @type {Objection[]} */ ([]));
  const [asked, ask] = useState(false);
  const act = useRef("");
  const { typing, stop } = useTyped((element) => {
    const data = new FormData(element);
    const short = typed(data, "what").split(/\s+/).length < 3;
    object(short ? [] : objectionsTo(session, data, 0, {}).filter((one) => one.field === "what"));
    ask(false);
  });
  return {
    objections,
    asked,
    typing,
    clear() {
      object([]);
      ask(false);
    },
    /** @param {Event} event */
    press(event) {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button) act.current = button.value;
    },
    /** @param {SubmitEvent} event */
    holds(event) {
      stop();
      const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
      const wrong = wrongIn(session, data);
      const found = objectionsTo(session, data, many, wrong);
      const held = !Object.keys(wrong).length && found.length > 0 && act.current !== "keep";
      object(found);
      ask(held);
      return held;
    },
  };
}

/** Call back once typing has paused; `stop` where it was sent before. @param {(form: HTMLFormElement) => void} paused */
function useTyped(paused) {
  const timer = useRef(0);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => stop, []);
  const typing = (/** @type {Event} */ event) => {
    const field = event.target;
    const form = field instanceof HTMLTextAreaElement ? field.form : null;
    stop();
    if (form) timer.current = window.setTimeout(() => paused(form), PAUSE);
  };
  return { typing, stop };
}

/** All but the sentence. @param {{session: Session, form: import("../forms.js").Form, editing: Given | null}} props */
function Fields({ session, form, editing }) {
  const people = peopleOf(session);
  const steps = STEPS.reduce((/** @type {string[]} */ all, one) => [...all, `milestone_${one}`, `milestone_${one}_due`], []);
  const helped = editing !== null && (editing.helpers.length > 0 || editing.helpers_text !== "");
  const helps = helped || isBegun(session, form.name, ["helpers", "helpers_text"]);
  const milestones = editing ? editing.milestones : [];
  const stepped = milestones.length > 0 || steps.some((name) => form.errors[name]) || isBegun(session, form.name, steps);
  return html`<div class="fields"><${Choice} form=${form} name="lead" label="Ai chủ trì" choices=${[["", "Chọn một đồng chí"], ...people]} value=${editing ? editing.lead : ""} /><${Field} form=${form} name="due" label="Xong đến hết ngày" type="date" value=${editing ? editing.due : ""} short /></div>
<${Field} form=${form} name="how_checked" label="Kiểm tra bằng cách nào" value=${editing ? editing.how_checked : ""} />
<details open=${helps || undefined}><summary>Ai phối hợp</summary><${Field} form=${form} name="helpers_text" label="Đơn vị, đoàn thể phối hợp" value=${editing ? editing.helpers_text : ""} /><${Boxes} form=${form} name="helpers" label="Đồng chí phối hợp" choices=${people} values=${editing ? editing.helpers : []} /></details>
<details open=${stepped || undefined}><summary>Mốc giữa chừng, cho việc dài hơn một tháng</summary><div class="fields fields-2-1">${STEPS.map((number) => {
    const [what, due] = milestones[number - 1] || ["", ""];
    return html`<${Field} key=${number} form=${form} name=${`milestone_${number}`} label=${`Mốc ${number}: xong phần nào`} value=${what} /><${Field} key=${`${number} due`} form=${form} name=${`milestone_${number}_due`} label="Đến hết ngày" type="date" value=${due} short />`;
  })}</div></details>`;
}

/** What is objected to, why, and how such a sentence is built. It never rewrites and never locks.
 * @param {{objections: Objection[], asked: boolean, what: string}} props */
function Wording({ objections, asked, what }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (asked && box.current) box.current.focus();
  }, [asked, objections]);
  const patterned = objections.find((one) => one.pattern);
  const mend = () => {
    const field = document.getElementById(what);
    if (field) field.focus();
  };
  const pattern = patterned ? pieces(patterned.pattern) : [];
  return html`<div aria-live="polite">${
    objections.length
      ? html`<div class="wording" tabindex="-1" ref=${box}><h3>${HEADING}</h3><ul>${objections.map((one) => html`<li key=${one.problem}>${one.problem} <span class="soft">${one.reason}</span></li>`)}</ul>
${pattern.length ? html`<div class="pattern"><p class="label">Mẫu</p><p>${pattern.map(([piece, blank]) => (blank ? html`<span class="blank">${piece}</span>` : piece))}</p></div>` : null}
<p class="actions">${asked ? html`<button class="button" type="button" onClick=${mend}>Sửa câu</button> ` : null}<button class="button button-quiet" value="keep">Giữ câu của tôi</button></p></div>`
      : null
  }</div>`;
}
