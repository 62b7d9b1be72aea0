/**
 * Forms of the room on a device, in the dress of look/field.html: label, hint, error, input. Fields are not controlled:
 * what is being typed is never redrawn (Vietnamese input composes), and each text is kept as a draft while it is typed.
 *
 * @typedef {import("./session.js").Session} Session
 * @typedef {{[name: string]: string}} Errors  by the field's name; under "" what belongs to no field
 * @typedef {{name: string, session: Session, errors: Errors, turn: number, submit(event: Event): void, press(event: Event): void, refuse(errors: Errors): void}} Form
 */
import { fits } from "../room/shape.js";
import { PLACEHOLDER, refusal } from "./classified.js";
import { readDay } from "./days.js";
import { Refused } from "./session.js";
import { html, Icon, useEffect, useRef, useState } from "./view.js";
import { capital, date, numberWord, weekday } from "./words.js";

const NOT_KEPT = "Máy này chưa ghi được. Nội dung vẫn còn; đừng đóng trang, bấm lại sau một phút.";

/** Why something was not recorded, in words. @param {unknown} error */
export function whyNot(error) {
  return error instanceof Refused ? error.message : NOT_KEPT;
}

/** What was typed into a field, as it is kept: one Unicode form, one kind of line end, nothing around it.
 * @param {FormData} data @param {string} name */
export function typed(data, name) {
  const value = data.get(name);
  return typeof value === "string" ? value.split("\r\n").join("\n").normalize("NFC").trim() : "";
}

/** What is wrong with a text that must be there, "" when it is right.
 * @param {string} text @param {string} label @param {number} limit letters */
export function checkText(text, label, limit) {
  return text ? checkLength(text, label, limit) : `Chưa ghi “${label}”.`;
}

/** @param {string} text @param {string} label @param {number} limit letters */
export function checkLength(text, label, limit) {
  const length = Array.from(text).length;
  return length > limit ? `“${label}” dài ${length} chữ cái, không quá ${limit}. Rút ngắn lại.` : "";
}

/** What is wrong with a count. @param {string} text @param {string} label @param {number} least @param {number} most */
export function checkWhole(text, label, least = 0, most = 9999) {
  if (!text) return `Chưa ghi “${label}”.`;
  if (!/^-?\d{1,9}$/.test(text)) return `“${label}” phải là một số, ví dụ 25.`;
  if (Number(text) < least) return `“${label}” từ ${least} trở lên.`;
  return Number(text) > most ? `“${label}” không quá ${most}.` : "";
}

/** Only what is wrong. @param {Errors} errors @returns {Errors} */
export function onlyWrong(errors) {
  /** @type {Errors} */
  const found = {};
  for (const name of Object.keys(errors)) if (errors[name]) found[name] = errors[name];
  return found;
}

/**
 * A form: checked, then sent once. When `send` is done its drafts are forgotten and its fields empty, but for what was
 * typed into them meanwhile.
 * @param {Session} session @param {string} name unique on the device: ids of fields and keys of drafts begin with it
 * @param {{check?: (data: FormData, act: string) => Errors, send: (data: FormData, act: string) => Promise<unknown>}} acts
 *   act: the value of the button that was pressed
 * @returns {Form} put `submit` and `press` on the form as onSubmit and onClick, `turn` as its key
 */
export function useForm(session, name, { check, send }) {
  const [errors, setErrors] = useState(/** @type {Errors} */ ({}));
  const [turn, setTurn] = useState(0);
  const held = useRef({ busy: false, act: "" });

  /** @param {Event} event */
  const press = (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    held.current.act = button ? button.value : "";
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const element = /** @type {HTMLFormElement} */ (event.currentTarget);
    if (held.current.busy) return;
    const act = held.current.act;
    const data = new FormData(element);
    const wrong = { ...(check ? onlyWrong(check(data, act)) : {}), ...markedIn(element) };
    setErrors(wrong);
    if (Object.keys(wrong).length) return;
    held.current.busy = true;
    try {
      await send(data, act);
      forgetDrafts(session, element, data);
      setTurn((/** @type {number} */ before) => before + 1);
    } catch (error) {
      setErrors({ "": whyNot(error) });
    } finally {
      held.current.busy = false;
    }
  };
  return { name, session, errors, turn, submit, press, refuse: setErrors };
}

/** The texts of a form that are marked as classified, with the refusal.
 * @param {HTMLFormElement} form @returns {Errors} */
function markedIn(form) {
  /** @type {Errors} */
  const found = {};
  for (const field of form.querySelectorAll("textarea, input")) {
    const { name, type, value } = /** @type {HTMLInputElement} */ (field);
    if (type === "text" || type === "textarea") found[name] = refusal(value);
  }
  return onlyWrong(found);
}

/** What was sent is no draft any more; what was typed while it was being kept is one.
 * @param {Session} session @param {HTMLFormElement} form @param {FormData} sent */
function forgetDrafts(session, form, sent) {
  const now = new FormData(form);
  for (const field of form.querySelectorAll("[data-draft]")) {
    const { name, dataset } = /** @type {HTMLInputElement} */ (field);
    if (String(now.getAll(name)) === String(sent.getAll(name))) session.keepDraft(dataset.draft || "", "");
  }
}

/** The id of a field. @param {Form} form @param {string} name */
export function idOf(form, name) {
  return `${form.name}-${name}`.split(" ").join("-");
}

/** What must be corrected, each with a way to its field; takes the focus.
 * @param {{form: Form}} props */
export function ErrorSummary({ form }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const names = Object.keys(form.errors);
  useEffect(() => {
    if (!box.current) return;
    box.current.focus();
    box.current.scrollIntoView({ block: "center" }); // not under the acts at the foot of a phone
  }, [form.errors]);
  if (!names.length) return null;
  /** @param {Event} event @param {string} name */
  const show = (event, name) => {
    event.preventDefault();
    const field = document.getElementById(idOf(form, name));
    if (field) field.focus();
  };
  const title = `${form.name.split(" ").join("-")}-errors`;
  return html`<div class="notice notice-error" role="alert" tabindex="-1" ref=${box} aria-labelledby=${title}><${Icon} name="circle-alert" /><div>
<h2 id=${title}>Cần sửa ${numberWord(names.length)} chỗ</h2>
<ul>${names.map((name) => html`<li key=${name}>${name ? html`<a href=${location.hash || "#"} onClick=${(/** @type {Event} */ event) => show(event, name)}>${form.errors[name]}</a>` : form.errors[name]}</li>`)}</ul>
<p class="small">Những gì đã nhập vẫn còn nguyên.</p></div></div>`;
}

/** The error beside a field; of a text that may not be here, with the way to put the paper book in its place.
 * @param {{form: Form, name: string}} props */
export function FieldError({ form, name }) {
  const error = form.errors[name];
  if (!error) return null;
  const said = html`<p class="error-text" id=${`${idOf(form, name)}_error`}><${Icon} name="circle-alert" />${error}</p>`;
  if (error.indexOf(PLACEHOLDER) < 0) return said;
  const toPaper = () => {
    const field = document.getElementById(idOf(form, name));
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    field.value = PLACEHOLDER;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    form.refuse(onlyWrong({ ...form.errors, [name]: "" }));
    field.focus();
  };
  return html`${said}<p class="actions"><button class="button" type="button" onClick=${toPaper}>Thay bằng “mục họp kín, ghi sổ giấy”</button></p>`;
}

/**
 * The attributes that every input of a form needs; what is typed is kept as a draft.
 * @param {Form} form @param {string} name
 * @param {{hint?: boolean, value?: string, draft?: boolean}} [options] value: what stands there at first, where no
 *   draft does; draft: false for what is not worth keeping
 */
export function useInput(form, name, { hint = false, value = "", draft = true } = {}) {
  const key = `${form.name} ${name}`;
  const [first] = useState(() => (draft && form.session.draft(key)) || value);
  const describes = [hint && `${idOf(form, name)}_helptext`, form.errors[name] && `${idOf(form, name)}_error`];
  return {
    id: idOf(form, name),
    name,
    class: "input",
    defaultValue: first,
    autocomplete: "off",
    "aria-describedby": describes.filter(Boolean).join(" ") || undefined,
    "aria-invalid": form.errors[name] ? "true" : undefined,
    "data-draft": draft ? key : undefined,
    onInput: draft ? (/** @type {any} */ event) => form.session.keepDraft(key, event.target.value) : undefined,
  };
}

/**
 * A field of words: one line, or `rows` lines.
 * @param {{form: Form, name: string, label: any, hint?: any, rows?: number, value?: string, short?: boolean, numeric?: boolean, draft?: boolean, type?: string, hidden?: boolean}} props
 *   hidden: the label is for screen readers alone
 */
export function Field({ form, name, label, hint, rows, value, short, numeric, draft, type, hidden }) {
  const isDay = type === "date"; // a browser's own field shows the month first where the browser is not Vietnamese
  const input = useInput(form, name, { hint: Boolean(hint) || isDay, value: isDay && value ? date(value) : value, draft });
  const style = `input${short ? " input-short" : ""}`;
  return html`<div class=${`field${form.errors[name] ? " field-error" : ""}`}>
<label class=${hidden ? "hide" : undefined} for=${input.id}>${label}</label>
${hint ? html`<p class="hint" id=${`${input.id}_helptext`}>${hint}</p>` : null}
<${FieldError} form=${form} name=${name} />
${draft === false ? null : html`<${LeftOver} form=${form} name=${name} />`}
${rows ? html`<textarea ...${input} rows=${rows}></textarea>` : html`<input ...${input} class=${style} type="text" inputmode=${numeric ? "numeric" : undefined} />`}
${isDay ? html`<${DayInWords} id=${input.id} from=${form.session.pack.meeting.day} />` : null}
</div>`;
}

/** Texts that were typed into the field in other windows of this device, which are gone. None takes the place of another.
 * @param {{form: Form, name: string}} props */
export function LeftOver({ form, name }) {
  const { session } = form;
  const key = `${form.name} ${name}`;
  /** @param {import("./drafts.js").Left} one */
  const take = async ({ kept, text }) => {
    const field = document.getElementById(idOf(form, name));
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    field.value = [field.value, text].filter(Boolean).join(field instanceof HTMLTextAreaElement ? "\n" : " ");
    await session.keepDraft(key, field.value);
    await session.forgetLeft(key, kept);
    field.focus();
  };
  return html`${(session.left.get(key) || []).map((one) => html`<div class="notice" key=${one.kept}><${Icon} name="copy" /><div class="notice-body"><p class="label">Gõ dở ở một cửa sổ đã đóng</p><p class="version">${one.text}</p>
<p class="actions"><${Act} class="button button-quiet" act=${() => take(one)}>Thêm vào ô này<//><${Act} class="button button-quiet" act=${() => session.forgetLeft(key, one.kept)}>Bỏ đoạn ấy<//></p></div></div>`)}`;
}

/** Which day was typed, in words: 03/12 must never be taken for 12/03. @param {{id: string, from: string}} props of the field */
function DayInWords({ id, from }) {
  const [day, say] = useState("");
  useEffect(() => {
    const field = document.getElementById(id);
    const told = () => say(field instanceof HTMLInputElement ? readDay(field.value.trim(), from) : "");
    told();
    if (field) field.addEventListener("input", told);
    return () => field && field.removeEventListener("input", told);
  }, [id]);
  return html`<p class="hint" id=${`${id}_helptext`}>${fits("day", day) ? `${capital(weekday(day))} ${date(day)}` : "Ngày/tháng, ví dụ 3/12"}</p>`;
}

/**
 * One of several, as a list that opens.
 * @param {{form: Form, name: string, label: any, choices: [string, string][], value?: string, hint?: any, draft?: boolean}} props
 */
export function Choice({ form, name, label, choices, value, hint, draft }) {
  const { defaultValue, onInput, ...input } = useInput(form, name, { hint: Boolean(hint), value, draft });
  return html`<div class=${`field${form.errors[name] ? " field-error" : ""}`}>
<label for=${input.id}>${label}</label>
${hint ? html`<p class="hint" id=${`${input.id}_helptext`}>${hint}</p>` : null}
<${FieldError} form=${form} name=${name} />
<select ...${input} onChange=${onInput}>${choices.map(([key, words]) => html`<option key=${key} value=${key} selected=${key === defaultValue}>${words}</option>`)}</select>
</div>`;
}

/** A box to tick. @param {{form: Form, name: string, label: any, hint?: any}} props */
export function Tick({ form, name, label, hint }) {
  const { defaultValue: _, class: __, ...input } = useInput(form, name, { hint: Boolean(hint), draft: false });
  return html`<div class=${`field${form.errors[name] ? " field-error" : ""}`}>
<${FieldError} form=${form} name=${name} />
<label class="choice" for=${input.id}><input ...${input} type="checkbox" value="on" /><span>${label}</span></label>
${hint ? html`<p class="hint" id=${`${input.id}_helptext`}>${hint}</p>` : null}
</div>`;
}

/** A button that does one thing, once at a time: a second tap before it is done counts for nothing.
 * @param {{act: () => Promise<unknown>, class?: string, pressed?: boolean, children: any}} props
 *   pressed: for one of several answers, whether it is the one given */
export function Act({ act, class: style = "button", pressed, children }) {
  const busy = useRef(false);
  const press = async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      await act();
    } finally {
      busy.current = false;
    }
  };
  return html`<button class=${style || undefined} aria-pressed=${pressed === undefined ? undefined : String(pressed)} type="button" onClick=${press}>${children}</button>`;
}

/** A way to another step of the room. @param {{session: Session, go: (key: string) => void, to: string, class?: string, children: any}} props */
export function Link({ session, go, to, class: style, children }) {
  /** @param {MouseEvent} event */
  const follow = (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return html`<a class=${style} href=${`#${session.pack.meeting.id}/${to}`} onClick=${follow}>${children}</a>`;
}
