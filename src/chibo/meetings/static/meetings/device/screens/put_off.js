/** An item is put off, with the reason that the minutes say. */
import { checkText, ErrorSummary, Field, typed, useForm } from "../forms.js";
import { following, leave } from "../going.js";
import { isBegun } from "../text.js";
import { html } from "../view.js";

/** @param {{session: import("../session.js").Session, go: (key: string) => void, step: import("../pack.js").Step}} props */
export function PutOff({ session, go, step }) {
  const form = useForm(session, `hoan ${step.item}`, {
    check: (data) => ({ why: checkText(typed(data, "why"), "Vì sao hoãn", 300) }),
    send: async (data) => {
      const entry = await leave(session, step, { state: "put_off", why: typed(data, "why") });
      const next = following(session, step);
      session.say(`Hoãn mục “${step.title}”.`, entry);
      go(next === null ? "ket-thuc" : next.key);
    },
  });
  return html`<details open=${Boolean(form.errors.why) || isBegun(session, form.name, ["why"]) || undefined}><summary>Hoãn mục này</summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${ErrorSummary} form=${form} />
<${Field} form=${form} name="why" label="Vì sao hoãn" />
<p class="actions"><button class="button">Hoãn mục này</button></p></form></details>`;
}
