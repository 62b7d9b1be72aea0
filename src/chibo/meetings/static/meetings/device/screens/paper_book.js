/**
 * A meeting held on paper, entered later: what its book does not say, and from which pages it is copied.
 * @typedef {import("../session.js").Session} Session
 * @typedef {(key: string) => void} Go
 */
import { unsaid } from "../../room/paper_book.js";
import { Act, checkLength, checkWhole, ErrorSummary, Field, typed, useForm } from "../forms.js";
import { finish, following } from "../going.js";
import { html, Icon, Status } from "../view.js";
import { rollOf } from "../words.js";

/** The book has no names, perhaps a number. @param {{session: Session}} props */
export function NoRoll({ session }) {
  const most = rollOf(session).length;
  const form = useForm(session, "so-khong-ghi", {
    check: (data) => ({ present: typed(data, "present") ? checkWhole(typed(data, "present"), "Sổ ghi có mặt mấy đồng chí", 1, most) : "" }),
    send: async (data) => {
      const present = typed(data, "present") ? Number(typed(data, "present")) : null;
      session.say("Đã ghi: sổ không ghi danh sách dự họp.", await session.write("unsaid-roll", { present }));
    },
  });
  return html`<section class="section" aria-labelledby="so-khong-ghi"><div class="section-head"><h2 id="so-khong-ghi">Sổ không ghi danh sách dự họp?</h2><p class="small">Sổ ghi tên người vắng thì vẫn ghi vắng được. Còn lại biên bản ghi là sổ không ghi.</p></div>
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${Field} form=${form} name="present" label="Sổ ghi có mặt mấy đồng chí" hint="Sổ không ghi số thì để trống." short numeric />
<p class="actions"><button class="button">Sổ không ghi danh sách</button></p></form></section>`;
}

/** That was recorded. @param {{session: Session, go: Go, step: import("../pack.js").Step | null}} props */
export function RollUnsaid({ session, go, step }) {
  const { roll, present } = unsaid(session.room);
  const next = following(session, step);
  const back = async () => session.say("Điểm danh theo tên trong sổ.", await session.undo(/** @type {string} */ (roll)));
  return html`<h1 tabindex="-1">Sổ không ghi danh sách dự họp</h1>
<p class="soft">${present === null ? "Không tính được tỷ lệ dự họp; biên bản ghi đúng như thế." : `Sổ ghi có mặt ${present} đồng chí, không ghi tên.`}</p>
<p class="actions">${step !== null && next !== null ? html`<${Act} class="button button-main" act=${() => finish(session, go, step)}>Sang mục ${next.title}<//> ` : null}<${Act} act=${back}>Sổ có danh sách, điểm danh lại<//></p>`;
}

/** From which book and pages it is copied. @param {{session: Session}} props */
export function Pages({ session }) {
  const before = session.room.notes.get("book") || "";
  const form = useForm(session, "trang-so", {
    check: (data) => ({ text: checkLength(typed(data, "text"), "Chép từ sổ nào, trang nào", 200) }),
    send: async (data) => {
      const text = typed(data, "text");
      if (text === (session.room.notes.get("book") || "")) return;
      session.say("Đã ghi trang sổ.", await session.write("note", { about: "book", text }));
    },
  });
  return html`<section class="section" aria-labelledby="trang-so"><div class="section-head"><h2 id="trang-so">Sổ giấy</h2></div>
<form key=${`${form.turn} ${before}`} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${Field} form=${form} name="text" label="Chép từ sổ nào, trang nào" hint="Ví dụ: sổ biên bản số 3, trang 45–47. Không nhớ thì để trống." value=${before} />
<p class="actions"><button class="button">Ghi trang sổ</button></p></form></section>`;
}

/** The counts of a vote stand in no book. @param {{session: Session, question: import("../hands.js").Question, then: () => void}} props */
export function NoCounts({ session, question, then }) {
  const { subject, title, matters, item } = question;
  const record = async () => {
    const vote = { subject, title, item, matters: matters.length ? matters : null };
    session.say("Đã ghi: sổ không ghi kết quả biểu quyết.", await session.write("unsaid-vote", vote));
    then();
  };
  return html`<p class="actions"><${Act} class="button" act=${record}>Sổ không ghi kết quả biểu quyết<//></p>`;
}

/** Votes of which the book has no counts, each with its way back. @param {{session: Session}} props */
export function UnsaidVotes({ session }) {
  const votes = [...unsaid(session.room).votes.values()].reverse();
  if (!votes.length) return null;
  /** @param {string} id */
  const back = async (id) => session.say("Đã bỏ dòng: sổ không ghi kết quả biểu quyết.", await session.undo(id));
  return html`<section class="section" aria-labelledby="khong-ket-qua"><div class="section-head"><h2 id="khong-ket-qua">Sổ không ghi kết quả</h2></div>
<ul>${votes.map((vote) => html`<li class="row" key=${vote.id}><div><p class="row-title">${vote.title}</p></div><div class="row-end"><${Act} class="tool" act=${() => back(vote.id)}>Bỏ<span class="hide">: ${vote.title}</span><//></div></li>`)}</ul></section>`;
}

/** Whether the minutes were read back, as the book says or does not. @param {{session: Session, read: () => Promise<void>}} props */
export function ReadInBook({ session, read }) {
  const { read_at: at } = session.room;
  const { reading } = unsaid(session.room);
  if (at !== null) return html`<p><${Status} state="ok" icon="check">Sổ ghi đã đọc lại, chi bộ thông qua<//></p>`;
  if (reading !== null) {
    const back = async () => session.say("Đã bỏ dòng: sổ không ghi việc đọc lại.", await session.undo(reading));
    return html`<p><${Icon} name="info" /> Sổ không ghi việc đọc lại biên bản.</p><p class="actions"><${Act} act=${back}>Sổ có ghi<//></p>`;
  }
  const none = async () => session.say("Đã ghi: sổ không ghi việc đọc lại biên bản.", await session.write("unsaid-reading"));
  return html`<p>Ghi theo sổ giấy.</p><p class="actions"><${Act} act=${read}>Sổ ghi đã đọc lại, chi bộ thông qua<//> <${Act} act=${none}>Sổ không ghi<//></p>`;
}
