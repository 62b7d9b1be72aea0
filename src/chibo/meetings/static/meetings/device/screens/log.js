/**
 * What was recorded at an item, and what was handed in to be read out.
 * @typedef {import("../session.js").Session} Session
 */
import { Act, Link } from "../forms.js";
import { Lines } from "../text.js";
import { html } from "../view.js";
import { capital, numberWord, time } from "../words.js";

/** The remarks of an item, newest first.
 * @param {{session: Session, go: (key: string) => void, item: string, conclusionAlone?: boolean, differing?: boolean}} props
 *   conclusionAlone: the minutes take the chair's conclusion only; differing: differing opinions stand above */
export function Log({ session, go, item, conclusionAlone, differing }) {
  const remarks = [...session.room.remarks.values()].filter((one) => one.item === item).reverse();
  if (conclusionAlone && !remarks.length) return null;
  const title = remarks.length
    ? "Đã ghi ở mục này"
    : differing
      ? "Chưa ghi ý kiến nào ngoài ý kiến khác"
      : "Chưa ghi ý kiến nào";
  return html`<section class="section" aria-labelledby="log"><div class="section-head"><h2 id="log">${title}</h2>${conclusionAlone ? html`<p class="small">Biên bản chỉ lấy kết luận của chủ trì.</p>` : null}</div>
${remarks.length ? html`<ol>${remarks.map((one) => html`<${Remark} key=${one.id} session=${session} go=${go} one=${one} conclusionAlone=${conclusionAlone} />`)}</ol>` : null}</section>`;
}

/** @param {{session: Session, go: (key: string) => void, one: any, conclusionAlone?: boolean}} props */
function Remark({ session, go, one, conclusionAlone }) {
  const who = speakerOf(session, one);
  const marks = conclusionAlone
    ? [one.is_answer ? "" : "(không vào biên bản)"]
    : [one.presenting ? "(trình bày)" : "", one.opinion ? "(gửi bằng văn bản)" : ""];
  const at = session.pack.meeting.held_on_paper ? "" : time(one.at);
  return html`<li class="remark" id=${`y-${one.id}`}><time>${at}</time><p><b>${one.is_answer ? "Chủ trì kết luận" : who}.</b>${marks.filter(Boolean).map((words) => html` <span class="soft">${words}</span>`)} <${Lines} text=${one.text} /></p><${Link} class="tool" session=${session} go=${go} to=${`y-kien/${one.id}`}>Sửa<span class="hide"> ý kiến của ${who}</span><//></li>`;
}

/** Who said it. @param {Session} session @param {any} remark */
export function speakerOf(session, remark) {
  return remark.person ? session.name(remark.person) : remark.guest || "Sổ không ghi người phát biểu";
}

/** Opinions handed in beforehand: read out before the cell, one tap records each (M12).
 * @param {{session: Session, item: string}} props */
export function HandedIn({ session, item }) {
  const read = new Set([...session.room.remarks.values()].map((one) => one.opinion));
  const left = session.pack.opinions.filter((one) => one.item === item && !read.has(one.id));
  if (!left.length) return null;
  /** @param {import("../pack.js").Opinion} one */
  const readOut = async (one) => {
    if ([...session.room.remarks.values()].some((remark) => remark.opinion === one.id)) return;
    const entry = await session.write("remark", { item, text: one.text, member: one.author, opinion: one.id });
    session.say(`Đã ghi ý kiến đọc hộ: ${one.name}.`, entry);
  };
  return html`<section class="section" aria-labelledby="gui"><div class="section-head"><h2 id="gui">${capital(numberWord(left.length))} ý kiến gửi trước</h2><p class="small">Đọc trước chi bộ, rồi bấm một lần để ghi.</p></div>
<ol>${left.map((one) => html`<li class="opinion" key=${one.id}><p><b>${one.name}.</b> <${Lines} text=${one.text} /></p><${Act} class="button button-quiet" act=${() => readOut(one)}>Đã đọc, ghi vào biên bản<span class="hide">: ${one.name}</span><//></li>`)}</ol></section>`;
}
