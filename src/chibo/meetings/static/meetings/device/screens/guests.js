/**
 * Who came as a guest: those known beforehand in one tap each, others by name; observers are a number.
 * @typedef {import("../session.js").Session} Session
 */
import { Act, checkLength, checkText, ErrorSummary, Field, typed, useForm } from "../forms.js";
import { checkPerson } from "../never_held.js";
import { html, Icon } from "../view.js";

/** @param {Session} session @param {string} name @param {string} office */
async function welcome(session, name, office) {
  const entry = await session.write("guest", { name, office: office || null });
  session.say(`Đã thêm khách ${name}.`, entry);
}

/** Those who are known and not noted yet. @param {Session} session */
function knownGuests({ pack, room }) {
  const here = [...room.guests.values()].map((one) => one.name);
  return (pack.guests || []).filter((one) => here.indexOf(one.name) < 0);
}

/** @param {{session: Session}} props */
export function Guests({ session }) {
  /** @param {{id: string, name: string}} guest */
  const leave = async ({ id, name }) => session.say(`Đã bỏ khách ${name}.`, await session.undo(id));
  const guests = [...session.room.guests.values()];
  const known = knownGuests(session);
  return html`<section class="section" aria-labelledby="khach"><div class="section-head"><h2 id="khach">Đại biểu, khách mời</h2></div>
${guests.length ? html`<ul class="people">${guests.map((one) => html`<li key=${one.id}><span>${one.name}<small>${one.office}</small></span><${Act} class="tool" act=${() => leave(one)}>Bỏ<span class="hide"> khách ${one.name}</span><//></li>`)}</ul>` : null}
${known.length ? html`<div class="chips chips-wrap">${known.map((one) => html`<${Act} key=${one.name} class="chip" act=${() => welcome(session, one.name, one.office)}>${one.name}, có dự<small><${Icon} name="user-plus" />${one.office}</small><//>`)}</div>` : null}
<${OtherGuest} session=${session} />
</section>`;
}

/** Somebody who was not expected. @param {{session: Session}} props */
function OtherGuest({ session }) {
  const form = useForm(session, "khach", {
    check: (data) => ({
      name: checkText(typed(data, "name"), "Họ tên khách", 120) || checkPerson(typed(data, "name")),
      office: checkLength(typed(data, "office"), "Chức vụ, đơn vị", 160) || checkPerson(typed(data, "office")),
    }),
    send: (data) => welcome(session, typed(data, "name"), typed(data, "office")),
  });
  return html`<details><summary>Thêm khách</summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<div class="fields"><${Field} form=${form} name="name" label="Họ tên khách" /><${Field} form=${form} name="office" label="Chức vụ, đơn vị" /></div>
<p class="actions"><button class="button">Thêm khách</button></p></form></details>`;
}
