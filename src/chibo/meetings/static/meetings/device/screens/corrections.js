/**
 * What was asked to be corrected when the minutes were read back; each is one entry.
 * @typedef {import("../session.js").Session} Session
 */
import { checkText, ErrorSummary, Field, typed, useForm } from "../forms.js";
import { isBegun, Lines } from "../text.js";
import { html } from "../view.js";

/** @param {{session: Session}} props */
export function Corrections({ session }) {
  const label = "Ý kiến đính chính khi đọc lại";
  const all = [...session.room.corrections.values()];
  const form = useForm(session, "dinh-chinh", {
    check: (data) => ({ text: checkText(typed(data, "text"), label, 2000) }),
    send: async (data) => {
      session.say("Đã ghi ý kiến đính chính.", await session.write("correct", { text: typed(data, "text") }));
    },
  });
  const begun = Boolean(form.errors.text) || isBegun(session, form.name, ["text"]);
  return html`${all.length ? html`<ol class="corrections">${all.map((one) => html`<li key=${one.id}><p><${Lines} text=${one.text} /></p></li>`)}</ol>` : null}
<details open=${begun || undefined}><summary>Ghi ý kiến đính chính</summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${ErrorSummary} form=${form} /><${Field} form=${form} name="text" label=${label} rows=${3} />
<p class="actions"><button class="button">Ghi ý kiến đính chính</button></p></form></details>`;
}

/** The minutes were read back, and the meeting approved them. @param {Session} session */
export async function readBack(session) {
  session.say("Đã đọc lại biên bản, chi bộ thông qua.", await session.write("read"));
}
