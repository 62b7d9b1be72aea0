/**
 * The end of the opening: the report on fees, and the programme, which the cell adopts in one tap where all agree.
 * @typedef {import("../session.js").Session} Session
 * @typedef {(key: string) => void} Go
 */
import { Act, checkLength, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { baseNow, perhapsThere, questionOf, resultSentence, takeVote } from "../hands.js";
import { unsaid } from "../../room/paper_book.js";
import { html, Status } from "../view.js";
import { capital, isExpected } from "../words.js";

/** Whether the cell has adopted its programme. @param {Session} session */
export function isAdopted({ room }) {
  return [...room.votes.values(), ...unsaid(room).votes.values()].some((vote) => vote.subject === "agenda");
}

/** How many raise their hands where all agree; 0 while it is not known for certain who was there.
 * @param {Session} session */
export function unanimous(session) {
  const { room } = session;
  const base = baseNow(session);
  const called = unsaid(room).roll === null && [...room.roll.values()].every((line) => !isExpected(line) || line.state);
  return called && base.fewest === base.most && !perhapsThere(session).length ? base.present : 0;
}

/** The programme is adopted by all who are there. @param {Session} session */
export async function adopt(session) {
  const question = /** @type {import("../hands.js").Question} */ (questionOf(session, "agenda"));
  const base = baseNow(session);
  const entry = await takeVote(session, question, base, { in_favour: base.present, against: 0, abstained: 0 });
  session.say(`${capital(question.title)}: ${resultSentence(base.size, base.present, question.fraction)}`, entry);
}

/** The report on fees, before the programme is adopted (domain.md 2.3): recorded as soon as the field is left.
 * @param {{session: Session}} props */
export function Fees({ session }) {
  const before = session.room.notes.get("fees") || "";
  const form = useForm(session, "dang-phi", {
    check: (data) => ({ text: checkLength(typed(data, "text"), "Tình hình nộp đảng phí", 1000) }),
    send: async (data) => {
      const text = typed(data, "text");
      if (text === (session.room.notes.get("fees") || "")) return;
      session.say("Đã ghi tình hình nộp đảng phí.", await session.write("note", { about: "fees", text }));
    },
  });
  return html`<section class="section" aria-labelledby="dang-phi"><div class="section-head"><h2 id="dang-phi">Đảng phí</h2></div>
<form key=${`${form.turn} ${before}`} onSubmit=${form.submit} onClick=${form.press} onChange=${form.submit}><${ErrorSummary} form=${form} />
<${Field} form=${form} name="text" label="Tình hình nộp đảng phí" hint="Ví dụ: 19/19 đồng chí đã nộp đến hết tháng 11. Rời ô là đã ghi." rows=${2} value=${before} />
<p class="actions"><button class="button button-quiet">Ghi đảng phí</button></p></form></section>`;
}

/** @param {{session: Session, go: Go}} props */
export function Programme({ session, go }) {
  const hands = unanimous(session);
  const way = (/** @type {string} */ words) => html`<${Link} session=${session} go=${go} to="bieu-quyet/agenda">${words}<//>`;
  return html`<section class="section" aria-labelledby="chuong-trinh"><div class="section-head"><h2 id="chuong-trinh">Chương trình</h2></div>
${
  isAdopted(session)
    ? html`<p><${Status} state="ok" icon="check">Chi bộ đã thông qua chương trình<//></p>`
    : hands
      ? html`<p class="actions"><${Act} class="button button-main" act=${() => adopt(session)}>Cả ${hands} đồng chí tán thành chương trình<//></p><p>${way("Có đồng chí không tán thành")}</p>`
      : html`<p>${way("Biểu quyết thông qua chương trình")}</p>`
}</section>`;
}
