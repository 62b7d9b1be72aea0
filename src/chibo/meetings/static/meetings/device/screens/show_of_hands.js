/**
 * How many raised their hands: one tap when all agree; else two counts, and the third is reckoned where it is known how
 * many were there.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../hands.js").Question} Question
 * @typedef {import("../hands.js").Base} Base
 * @typedef {import("../hands.js").Counts} Counts
 */
import { Act, checkWhole, ErrorSummary, FieldError, typed, useForm, useInput } from "../forms.js";
import { lastCount, miscount, perhapsThere, rangeWords } from "../hands.js";
import { hundredths, needed } from "../../room/base_of_vote.js";
import { html, useState } from "../view.js";
import { percent } from "../words.js";
import { baseAt, There } from "./there.js";

/** @type {[keyof Counts, string][]} */
const COUNTS = [
  ["against", "Không tán thành"],
  ["abstained", "Không biểu quyết"],
  ["in_favour", "Tán thành"],
];
const NOTHING = { in_favour: "", against: "", abstained: "" };

/** What stands in the fields. @param {FormData} data @returns {{[name: string]: string}} */
function textsIn(data) {
  return Object.fromEntries(COUNTS.map(([name]) => [name, typed(data, name)]));
}

/** The counts, with the one that was left empty. @param {Base} base @param {FormData} data @returns {Counts} */
function read(base, data) {
  const texts = { ...textsIn(data), ...lastCount(base, textsIn(data)) };
  return { in_favour: Number(texts.in_favour), against: Number(texts.against), abstained: Number(texts.abstained) };
}

/** @param {Session} session @param {FormData} data @returns {import("../forms.js").Errors} */
function wrongIn(session, data) {
  const base = baseAt(session, data);
  const texts = { ...textsIn(data), ...lastCount(base, textsIn(data)) };
  const wrong = Object.fromEntries(COUNTS.map(([name, label]) => [name, checkWhole(texts[name], label)]));
  return Object.values(wrong).some(Boolean) ? wrong : miscount(base, read(base, data));
}

/** @param {{session: Session, question: Question, base: Base, take: (base: Base, counts: Counts) => Promise<void>}} props */
export function Hands({ session, question, base, take }) {
  const { put, fraction } = question;
  const [texts, type] = useState(/** @type {{[name: string]: string}} */ (NOTHING));
  const form = useForm(session, "tay", {
    check: (data) => wrongIn(session, data),
    send: (data) => take(baseAt(session, data), read(baseAt(session, data), data)),
  });
  const all = () => take(base, { in_favour: base.present, against: 0, abstained: 0 });
  const one = html`<p class="actions"><${Act} class=${`button${put ? "" : " button-main button-big"}`} act=${all}>Cả ${base.present} đồng chí tán thành<//></p>
<p class="vote-sum soft">${share(base, base.present)}. Cần ít nhất ${needed(base.size, fraction)}. Bấm xong vẫn hoàn tác được.</p>`;
  const known = base.fewest === base.most && !perhapsThere(session).length;
  /** @param {any} event */
  const typing = ({ target }) => type({ ...texts, [target.name]: target.value.trim() });
  const fields = put ? [...COUNTS].reverse() : COUNTS; // of a differing opinion those in favour are counted first
  return html`${base.present ? one : null}
<details open=${Boolean(put) || !base.present}><summary>Có đồng chí không tán thành${known ? "" : ", hoặc đã biểu quyết lúc trước"}</summary>
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press} onInput=${typing}><${ErrorSummary} form=${form} />
<div class="counts">${fields.map(([name, label]) => html`<${CountField} key=${name} form=${form} name=${name} label=${label} />`)}</div>
<${There} session=${session} form=${form} />
<p class="small soft">${known ? `Ghi hai số, số còn lại tự tính từ ${rangeWords(base)}.` : `Cộng lại phải đủ ${rangeWords(base)}.`}</p>
<div id="tay-tinh"><${Reckoned} base=${base} texts=${known ? texts : NOTHING} fraction=${fraction} /></div>
<p class="actions"><button class=${`button${put ? " button-main" : ""}`} aria-describedby="tay-tinh">Ghi kết quả</button></p></form></details>`;
}

/** "15 trên 16 là 93,75%" @param {Base} base @param {number} number */
function share({ size }, number) {
  return `${number} trên ${size} là ${percent(hundredths(number, size))}`;
}

/** The count that nobody typed, and what comes of it. @param {{base: Base, texts: {[name: string]: string}, fraction: string}} props */
function Reckoned({ base, texts, fraction }) {
  const last = lastCount(base, texts);
  const [found] = COUNTS.filter(([name]) => name in last);
  if (found === undefined) return null;
  const others = COUNTS.filter(([name]) => name !== found[0]).map(([name]) => texts[name]);
  const inFavour = Number({ ...texts, ...last }.in_favour);
  const least = needed(base.size, fraction);
  return html`<p>${found[1]}: <b>${last[found[0]]}</b> <span class="small soft">tự tính: ${[base.most, ...others].join(" − ")}</span></p>
<p class="soft">${share(base, inFavour)}. Cần ít nhất ${least}: <b>${inFavour >= least ? "đạt" : "chưa đạt"}</b>.</p>`;
}

/** Numbers that somebody counted, one a line. @param {{form: import("../forms.js").Form, name: string, label: string}} props */
function CountField({ form, name, label }) {
  const input = useInput(form, name, { draft: false });
  return html`<label for=${input.id}>${label}</label><input ...${input} inputmode="numeric" /><${FieldError} form=${form} name=${name} />`;
}
