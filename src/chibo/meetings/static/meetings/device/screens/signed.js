/**
 * The minutes were signed: nothing that is recorded here joins them. What was recorded or typed while this device was away
 * is shown, and stays until it has come to chair and clerk.
 * @typedef {import("../ready.js").Opened} Opened
 * @typedef {import("../store.js").Held} Held
 */
import { HeldRow, useHeld } from "../own.js";
import { end } from "../running.js";
import { Acts, html, Icon, Status } from "../view.js";
import { capital, numberWord } from "../words.js";
import { Unrecorded, unrecordedOf } from "./unrecorded.js";

/** @param {{parts: Opened}} props */
export function Signed({ parts }) {
  const { session, kept } = parts;
  const held = useHeld(parts);
  const left = session.unsent.length;
  const late = held.length + left;
  const forget = async () => {
    await end(parts);
    location.hash = "";
    location.reload();
  };
  const isOver = !left && !unrecordedOf(session).length;
  return html`<h1>Biên bản đã ký, máy này không ghi thêm được</h1>
<p class="say">${late ? "Hai đồng chí đã ký khi máy này chưa gửi hết. Những dòng dưới đây không vào biên bản." : "Máy này đã gửi hết. Buổi họp đã xong."}</p>
${left ? html`<p><${Status} state="late" icon="clock">Còn ${numberWord(left)} dòng đang gửi cho chủ trì và thư ký<//></p>` : null}
${held.length ? html`<section class="section" aria-labelledby="muon"><div class="section-head"><h2 id="muon">${capital(numberWord(held.length))} dòng ghi muộn</h2><p class="small">Chủ trì và thư ký đọc được ở trang Ghi muộn, cần thì đưa thành đính chính.</p></div><ul>${held.map((one) => html`<${HeldRow} key=${one.entry.id} session=${session} one=${one} />`)}</ul></section>` : null}
<${Unrecorded} session=${session} />
${isOver ? html`<section class="section" aria-labelledby="quen"><div class="section-head"><h2 id="quen">Xong buổi họp</h2><p class="small">Mọi điều ghi ở đây đã có trên máy chủ. Máy này tự xóa buổi họp sau một ngày.</p></div><p class="actions"><button class="button" onClick=${forget}>Xong, xóa khỏi máy này</button></p></section>` : null}
<${Acts}><a class="button" href=${`/cuoc-hop/${kept.id}/bien-ban/`}><${Icon} name="file-text" />Xem biên bản</a><//>`;
}
