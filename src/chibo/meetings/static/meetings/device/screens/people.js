/**
 * Who asked to speak, on the screen of an item: in order; the clerk puts down who raised a hand, and strikes out.
 * @typedef {import("../session.js").Session} Session
 */
import { waiting } from "../../room/hall.js";
import { Act, Choice, useForm, typed } from "../forms.js";
import { html } from "../view.js";
import { capital, isExpected, numberWord, rollOf } from "../words.js";

/** Put someone into the queue who has raised a hand; whoever stands there keeps the place.
 * @param {Session} session @param {string} person @returns {Promise<string | null>} the entry */
async function putDown(session, person) {
  if (waiting(session.room.hall).some((one) => one.person === person)) return null;
  return session.write("ask", { member: person });
}

/** Take someone out of the queue. @param {Session} session @param {string} person */
export async function strike(session, person) {
  const asks = waiting(session.room.hall).filter((one) => one.person === person);
  const entries = await session.writeAll(asks.map((one) => ["unask", { of: one.id }]));
  session.say(`Đã bỏ đồng chí ${session.name(person)} khỏi danh sách xin phát biểu.`, entries[entries.length - 1]);
}

/** The wish to speak of a person that waits: their remark uses it up, as payload `ask`.
 * @param {Session} session @param {string | null} person @returns {string | null} */
export function askedBy({ room }, person) {
  const found = waiting(room.hall).find((one) => one.person === person);
  return found ? found.id : null;
}

/** Who may speak: who is there, and who is called and has no state yet. Beside another device the roll was not called
 * here: whoever need not come may have. @param {Session} session @returns {string[]} */
export function speakersOf(session) {
  /** @param {import("../../room/fold.js").Line} line */
  const mayCome = (line) => isExpected(line) || (session.isBeside && !line.suspended);
  const here = rollOf(session).filter((line) => line.state === "present" || (mayCome(line) && !line.state));
  return here.map((line) => line.person);
}

/**
 * The queue of an item.
 * @param {{session: Session, item: string, invite: (person: string) => void, go?: (key: string) => void}} props
 *   invite: puts a speaker into the form and starts the clock
 */
export function Queue({ session, item, invite }) {
  const queue = waiting(session.room.hall).filter((one) => session.room.roll.has(one.person));
  const title = queue.length ? `${capital(numberWord(queue.length))} đồng chí xin phát biểu` : "Chưa ai xin phát biểu";
  return html`<section class="section" aria-labelledby="queue"><div class="section-head"><h2 id="queue">${title}</h2></div>
${queue.length ? html`<ol class="people queue">${queue.map((one) => html`<${Asking} key=${one.id} session=${session} person=${one.person} invite=${invite} />`)}</ol>` : null}
<${PutDown} session=${session} item=${item} /></section>`;
}

/** @param {{session: Session, person: string, invite: (person: string) => void}} props */
function Asking({ session, person, invite }) {
  const name = session.name(person);
  return html`<li><span>${name}</span><span class="queue-acts"><button class="button button-quiet" type="button" onClick=${() => invite(person)}>Mời<span class="hide"> đồng chí ${name}</span></button><${Act} class="tool" act=${() => strike(session, person)}>Bỏ<span class="hide"> đồng chí ${name} khỏi danh sách</span><//></span></li>`;
}

/** The clerk puts down who raised a hand. @param {{session: Session, item: string}} props */
function PutDown({ session, item }) {
  const form = useForm(session, `gio-tay ${item}`, {
    check: (data) => ({ person: typed(data, "person") ? "" : "Chưa ghi vào danh sách: chọn đồng chí giơ tay." }),
    send: async (data) => {
      const person = typed(data, "person");
      const entry = await putDown(session, person);
      session.say(`Đồng chí ${session.name(person)} xin phát biểu.`, entry);
    },
  });
  /** @type {[string, string][]} */
  const people = speakersOf(session).map((person) => [person, session.name(person)]);
  return html`<details><summary>Ghi tên người giơ tay</summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${Choice} form=${form} name="person" label="Ai giơ tay" choices=${[["", "Chọn đồng chí"], ...people]} draft=${false} />
<p class="actions"><button class="button">Ghi vào danh sách</button></p></form></details>`;
}
