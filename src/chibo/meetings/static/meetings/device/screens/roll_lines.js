/**
 * The lines of the roll: those to be called, those who were, those who need not come.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../../room/fold.js").Line} Line
 */
import { call } from "../calling.js";
import { Act, checkLength, checkWhole, ErrorSummary, FieldError, typed, useForm, useInput } from "../forms.js";
import { unsaid } from "../../room/paper_book.js";
import { fold } from "../plain_letters.js";
import { html, useState } from "../view.js";
import { capital, reasonWords } from "../words.js";

/** From how many on a list is folded, and somebody is found by typing. */
const LONG = 30;

/** What can be tapped at the roll; "không lý do" is a decision of the cell and stands with the corrections.
 * @param {Session} session @returns {[string, string][]} */
function tapped({ pack }) {
  return pack.reasons.filter(([reason]) => reason !== "none");
}

/** Focus goes to the next one to call, else to the heading: the button that was tapped is gone.
 * @param {Element | null} line */
function afterCall(line) {
  const next = line && (line.nextElementSibling || line.previousElementSibling);
  const place = (next && next.querySelector("summary")) || document.querySelector("h1");
  if (place instanceof HTMLElement) place.focus({ preventScroll: true });
}

/** Whether a name begins, or one of its words does, as somebody has typed: marks may be left out.
 * @param {string} name @param {string} typed */
function isMeant(name, typed) {
  return ` ${fold(name)}`.indexOf(` ${fold(typed)}`) >= 0;
}

/** Those left to call; of a large cell folded, and found by typing a name.
 * @param {{session: Session, lines: Line[]}} props */
export function Uncalled({ session, lines }) {
  const [typed, type] = useState("");
  const text = typed.trim();
  const rows = (/** @type {Line[]} */ some) => html`<ul class="people roll">${some.map((line) => html`<${Left} key=${line.person} session=${session} line=${line} />`)}</ul>`;
  const found = text ? lines.filter((line) => isMeant(session.name(line.person), text)) : [];
  const title = unsaid(session.room).roll === null ? "Chưa điểm danh" : "Sổ ghi ai vắng thì ghi ở đây";
  return html`<section class="section" aria-labelledby="todo"><div class="section-head"><h2 id="todo">${title}</h2></div>
${
  lines.length < LONG
    ? rows(lines)
    : html`<div class="field"><label for="ai-vang">Ai vắng</label><p class="hint" id="ai-vang-go">Gõ vài chữ của tên, không cần dấu.</p><input class="input" id="ai-vang" autocomplete="off" aria-describedby="ai-vang-go" value=${typed} onInput=${(/** @type {any} */ event) => type(event.target.value)} /></div>
${text && !found.length ? html`<p class="soft">Không còn ai chưa điểm danh tên như vậy.</p>` : null}${found.length ? rows(found) : null}
<details><summary>Xem tên ${lines.length} đồng chí</summary>${rows(lines)}</details>`
}</section>`;
}

/** Someone to be called: "Vắng" opens the reasons. @param {{session: Session, line: Line}} props */
export function Left({ session, line }) {
  const { person, kind } = line;
  const name = session.name(person);
  const form = useForm(session, `vang ${person}`, {
    check: (data) => ({ reason_text: checkLength(typed(data, "reason_text"), "Ghi thêm cho chi ủy", 200) }),
    send: async (data, reason) => {
      const place = document.getElementById(`nguoi-${person}`);
      afterCall(place);
      await call(session, person, { state: "absent", reason: reason || "unknown", reason_text: typed(data, "reason_text") });
    },
  });
  const { announced } = session.pack.people.find((one) => one.id === person) || { announced: "" };
  const duty = person === session.room.chair ? "chủ trì " : person === session.room.clerk ? "thư ký " : "";
  const how = kind === "temporary" ? "sinh hoạt tạm thời " : kind === "probationary" ? "dự bị " : "";
  return html`<li id=${`nguoi-${person}`}><span>${name}<small>${duty}${how}${announced ? html`<span class="announced">đã báo vắng: ${announced}</span>` : null}</small></span>
<details class="absent"><summary class="button button-quiet">Vắng<span class="hide">: ${name}</span></summary>
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${Reasons} reasons=${tapped(session)} label=${`${name} vắng vì`} />
<${MoreWords} form=${form} /></form></details></li>`;
}

/** @param {{reasons: [string, string][], label: string}} props */
function Reasons({ reasons, label }) {
  return html`<div class="reasons" role="group" aria-label=${label}>${reasons.map(([reason, words]) => html`<button class="button button-quiet" key=${reason} value=${reason}>${capital(words)}</button>`)}</div>`;
}

/** @param {{form: import("../forms.js").Form}} props */
function MoreWords({ form }) {
  const input = useInput(form, "reason_text");
  return html`<label class="hint" for=${input.id}>Ghi thêm cho chi ủy, không in ra</label><${FieldError} form=${form} name="reason_text" /><input ...${input} />`;
}

/** Someone who need not come, and has. @param {{session: Session, line: Line}} props */
export function Other({ session, line }) {
  const name = session.name(line.person);
  return html`<li><span>${name}<small>${line.exempt ? "miễn sinh hoạt" : "sinh hoạt tạm thời nơi khác"}</small></span><${Act} class="button button-quiet" act=${() => call(session, line.person, { state: "present" })}>Có dự<span class="hide">: ${name}</span><//></li>`;
}

/** How a called line reads beside its name. @param {Session} session @param {Line} line */
function remarkOn({ pack }, line) {
  if (line.state === "absent") return reasonWords(line.reason || "unknown", pack.reasons);
  const late = line.late_minutes ? `muộn ${line.late_minutes} phút` : "";
  const times = [late, line.left_early ? "về sớm" : ""].filter(Boolean).join(", ");
  return times || (line.exempt ? "miễn sinh hoạt, có dự" : line.away ? "tạm thời nơi khác, có dự" : "");
}

/** Someone who was called: late, left early, or called anew, at any time. @param {{session: Session, line: Line}} props */
export function Called({ session, line }) {
  const { person } = line;
  const name = session.name(person);
  const here = line.state === "present";
  const absent = useForm(session, `sua ${person}`, {
    send: (_, reason) => call(session, person, { state: "absent", reason: reason || "unknown" }),
  });
  return html`<li><span>${name}<small>${remarkOn(session, line)}</small></span>
<details class="absent"><summary class="tool">${here ? "Có mặt" : "Vắng"}<span class="hide">, sửa: ${name}</span></summary>
${here ? html`<${Times} session=${session} line=${line} />` : null}
<div class="reasons">
${here ? null : html`<${Act} class="button button-quiet" act=${() => call(session, person, { state: "present" })}>Có mặt<//>`}
<${Act} class="button button-quiet" act=${() => call(session, person, { state: "" })}>Chưa điểm danh<//></div>
<form onSubmit=${absent.submit} onClick=${absent.press}><p class="hint">Vắng:</p><${Reasons} reasons=${session.pack.reasons} label=${`${name} vắng vì`} /></form>
</details></li>`;
}

/** Late, and left early. @param {{session: Session, line: Line}} props */
function Times({ session, line }) {
  const { person, left_early: left } = line;
  const form = useForm(session, `muon ${person}`, {
    check: (data) => ({ late_minutes: typed(data, "late_minutes") ? checkWhole(typed(data, "late_minutes"), "Muộn mấy phút", 1, 300) : "" }),
    send: (data) => call(session, person, { state: "present", late_minutes: Number(typed(data, "late_minutes")), left_early: left }),
  });
  const leave = () => call(session, person, { state: "present", late_minutes: line.late_minutes, left_early: !left });
  return html`<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${LateField} form=${form} value=${line.late_minutes ? String(line.late_minutes) : ""} /></form>
<div class="reasons"><${Act} class="button button-quiet" act=${leave}>${left ? "Không về sớm" : "Về sớm"}<//></div>`;
}

/** @param {{form: import("../forms.js").Form, value: string}} props */
function LateField({ form, value }) {
  const input = useInput(form, "late_minutes", { value, draft: false });
  return html`<${FieldError} form=${form} name="late_minutes" /><div class="late"><label for=${input.id}>Muộn mấy phút</label><input ...${input} inputmode="numeric" /><button class="button button-quiet">Ghi đến muộn</button></div>`;
}
