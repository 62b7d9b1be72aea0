/**
 * The minutes as they will be, read back before the cell: a draft without a number, in large type, ready to print.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../minuted_blocks.js").Block} Block
 */
import { Act, Link } from "../forms.js";
import { leftOut, offProgramme } from "../left_out.js";
import { sectionsOf } from "../minuted.js";
import { dateLong } from "../minuted_opening.js";
import { Lines } from "../text.js";
import { Acts, html, Icon } from "../view.js";
import { dayOf, timeSentence } from "../words.js";
import { Corrections, readBack } from "./corrections.js";
import { speakerOf } from "./said.js";
import { ReadInBook } from "./paper_book.js";

// Attached below the signatures.
const ANNEX = "score";
const ROMAN = ["", "I", "II", "III", "IV", "V"];

/** @param {import("../view.js").ScreenProps} props */
export function Minutes({ session, go }) {
  const { room } = session;
  const over = room.closed_by !== null;
  const when = room.on_paper ? "Sổ ghi đã đọc lại" : `Đã đọc lại lúc ${timeSentence(room.read_at || 0)}`;
  const read = room.read_at === null ? "" : `${when}, chi bộ thông qua.`;
  const act = html`<${Act} class="button button-main" act=${() => readBack(session)}>Đã đọc lại, chi bộ thông qua<//>`;
  return html`<div class="no-print"><h1>Biên bản: dự thảo, chưa có số</h1>
<p class="say">${read || (room.on_paper ? "Đọc lại cho khớp với sổ giấy." : "Thư ký đọc trước chi bộ. Ai thấy chưa đúng thì nói ngay.")}</p></div>
<${Sheet} session=${session} />
<div class="no-print">${read ? null : room.on_paper ? html`<${ReadInBook} session=${session} read=${() => readBack(session)} />` : html`<p class="actions">${act}</p>`}
<section class="section" aria-labelledby="dinh-chinh"><div class="section-head"><h2 id="dinh-chinh">Đính chính khi đọc lại</h2></div><${Corrections} session=${session} /></section>
<${LeftOut} session=${session} />
<${Mend} session=${session} go=${go} /></div>
<${Acts}><${Link} class="button" session=${session} go=${go} to="ket-thuc">${over ? "Việc còn lại" : "Kết thúc"}<//><button class="button" type="button" onClick=${() => window.print()}><${Icon} name="printer" />In để đọc<//><//>`;
}

/** What chair and clerk see before they sign: what stands in the minutes off the programme, and what does not stand there.
 * @param {{session: Session}} props */
function LeftOut({ session }) {
  const strays = offProgramme(session).map((title) => `“${title}”`);
  const found = leftOut(session);
  const off = `Buổi họp theo chương trình cũ hơn. Có trong biên bản mà không còn trong chương trình: ${strays.join(", ")}. Xem lại rồi hãy ký.`;
  return html`${strays.length ? html`<div class="notice notice-late space"><${Icon} name="triangle-alert" /><div><p>${off}</p></div></div>` : null}
${found.length ? html`<section class="section" aria-labelledby="khong-ghi"><div class="section-head"><h2 id="khong-ghi">Không ghi vào biên bản</h2><p>Đã ghi trong buổi họp mà biên bản không có. Xem trước khi ký.</p></div>
<ul>${found.map(
    (one, place) => html`<li class="row" key=${place}><div><p class="row-title">${one.what}</p><p class="row-meta">${one.why}</p>
${one.text ? html`<details><summary>Xem lời ghi</summary><p><${Lines} text=${one.text} /></p></details>` : null}</div></li>`,
  )}</ul></section>` : null}`;
}

/** The paper. @param {{session: Session}} props */
function Sheet({ session }) {
  const { room, pack } = session;
  const { meeting } = pack;
  const start = room.opened_at === null ? meeting.starts_at : room.opened_at;
  const chair = room.chair ? session.name(room.chair) : "";
  const clerk = room.clerk ? session.name(room.clerk) : "";
  const sections = sectionsOf(session);
  const [body, annex] = [sections.filter((one) => one.key !== ANNEX), sections.find((one) => one.key === ANNEX)];
  return html`<article class="sheet sheet-read" aria-label="Dự thảo biên bản">
<header class="sheet-head"><div><p><b>${meeting.cell_name.toUpperCase()}</b></p><p aria-hidden="true">*</p><p>Dự thảo, chưa có số</p></div><div><p class="party">ĐẢNG CỘNG SẢN VIỆT NAM</p><p><i>${dateLong(dayOf(start))}</i></p></div></header>
<h2 class="sheet-title">BIÊN BẢN</h2><p class="about">${meeting.title}</p><p class="about dash" aria-hidden="true">-----</p>
<div class="body">${body.map((section) => html`<${Fragmented} key=${section.key} blocks=${section.blocks} />`)}</div>
<div class="signs"><p><b>THƯ KÝ</b><span class="space">Chưa ký</span><b>${clerk}</b></p><p><b>CHỦ TRÌ</b><span class="space">Chưa ký</span><b>${chair}</b></p></div>
${annex === undefined ? null : html`<div class="body annex"><${Fragmented} blocks=${annex.blocks} /></div>`}</article>`;
}

/** @param {{blocks: Block[]}} props */
function Fragmented({ blocks }) {
  return html`${blocks.map((block, place) => {
    if (block.style === "table") return html`<${Ruled} key=${place} ...${block} />`;
    if (block.style !== "heading") {
      return html`<p key=${place}>${block.style === "item" ? "- " : ""}<${Lines} text=${block.text} /></p>`;
    }
    if (block.number === null) return html`<h3 key=${place}>${block.text}</h3>`;
    if (block.level === 1) return html`<h3 key=${place}>${ROMAN[block.number]}- ${block.text}</h3>`;
    return html`<h4 key=${place}>${block.number}. ${block.text}</h4>`;
  })}`;
}

/** @param {{columns: string[], rows: string[][]}} props */
function Ruled({ columns, rows }) {
  return html`<div class="sheet-table"><table><thead><tr>${columns.map((title) => html`<th key=${title}>${title}</th>`)}</tr></thead>
<tbody>${rows.map((cells, row) => html`<tr key=${row}>${cells.map((cell, place) => html`<td key=${place}><${Lines} text=${cell} /></td>`)}</tr>`)}</tbody></table></div>`;
}

/** What was said can be put right until the minutes are signed. @param {{session: Session, go: (key: string) => void}} props */
function Mend({ session, go }) {
  const remarks = [...session.room.remarks.values()];
  if (!remarks.length) return null;
  const title = (/** @type {string} */ item) => (session.pack.steps.find((step) => step.item === item) || { title: "" }).title;
  return html`<section class="section" aria-labelledby="sua"><div class="section-head"><h2 id="sua">Sửa trước khi ký</h2><p>Sửa đúng lời đã nói. Bản cũ còn trong nhật ký cho đến khi ký đủ.</p></div>
<ul>${remarks.map((one) => {
    const who = speakerOf(session, one);
    const words = one.text.split(/\s+/);
    return html`<li class="row" key=${one.id}><div><p class="row-title">${who}</p><p class="row-meta">${title(one.item)}</p><p>${words.slice(0, 24).join(" ")}${words.length > 24 ? " …" : ""}</p></div><div class="row-end"><${Link} class="tool" session=${session} go=${go} to=${`y-kien/${one.id}`}>Sửa<span class="hide"> ý kiến của ${who}</span><//></div></li>`;
  })}</ul></section>`;
}
