/**
 * After the end: what is still to be sent, who signs, what does not fit together.
 * @typedef {import("../session.js").Session} Session
 */
import { Act, Link } from "../forms.js";
import { mayEnd } from "../leading.js";
import { Acts, html, Icon, Status } from "../view.js";
import { numberWord, timeSentence } from "../words.js";
import { Unrecorded } from "./unrecorded.js";

/** When and how it ended, in words. @param {Session} session */
function endedWords({ room }) {
  const at = room.closed_at === null ? "" : ` lúc ${timeSentence(room.closed_at)}`;
  return room.aborted ? `Đã hoãn giữa chừng${at}` : `Đã kết thúc${at}`;
}

/** The end was tapped by mistake, or something was forgotten. @param {Session} session */
async function openAgain(session) {
  const { closing } = session.room;
  if (closing !== null) session.say("Buổi họp mở lại, ghi tiếp được.", await session.undo(closing.id));
}

/** @param {{session: Session, go: (key: string) => void}} props */
export function Closed({ session, go }) {
  const { room } = session;
  const left = session.unsent.length;
  const looks = room.needs_look.length;
  const open = room.differingOpen.length;
  if (session.isPractice) {
    return html`<h1>${endedWords(session)}</h1><p>Buổi họp thật thì đến đây máy gửi hết lên máy chủ, rồi thư ký và chủ trì ký biên bản. Lần thử này không gửi gì, không ai ký.</p>
<${Acts}><${Link} class="button" session=${session} go=${go} to="bien-ban">Đọc biên bản thử<//><//>`;
  }
  return html`<h1>${endedWords(session)}</h1>
<p class="say">${left ? "Khi có mạng, máy gửi hết rồi hai đồng chí ký" : "Hai đồng chí ký biên bản"}: thư ký ${room.clerk ? session.name(room.clerk) : "(chưa cử)"} trước, chủ trì ${session.name(room.chair)} sau.</p>
${room.aborted ? html`<p class="soft">Vì sao hoãn: ${room.aborted}. Việc mới chưa được giao, việc cũ kỳ sau xem lại.</p>` : null}
<section class="section" aria-labelledby="gui"><div class="section-head"><h2 id="gui">Gửi lên máy chủ</h2></div>
<p>${left ? html`<${Status} state="late" icon="clock">Còn ${left} dòng chưa gửi<//>` : html`<${Status} state="ok" icon="check">Đã gửi hết<//>`}</p>
<p class="soft">${left ? "Tất cả đã lưu trên máy này. Giữ máy, mở lại trang này khi có mạng là máy tự gửi." : "Số, chữ ký và văn bản làm trên trang biên bản của buổi họp."}</p>
${left ? null : html`<p class="actions"><a class="button button-main" href=${`/cuoc-hop/${session.pack.meeting.id}/bien-ban/`}><${Icon} name="pen-line" />Tới trang ký biên bản</a></p>`}</section>
${
  looks || open
    ? html`<section class="section" aria-labelledby="xem"><div class="section-head"><h2 id="xem">Trước khi ký</h2></div><ul>
${looks ? html`<li class="row"><div><p class="row-title">Có ${numberWord(looks)} chỗ cần xem lại.</p></div><div class="row-end"><${Link} class="button button-quiet" session=${session} go=${go} to="xem-lai">Xem lại<//></div></li>` : null}
${open ? html`<li class="row"><div><p class="row-title">Còn ${numberWord(open)} ý kiến khác chưa kết luận.</p></div><div class="row-end"><${Link} class="button button-quiet" session=${session} go=${go} to="y-kien-khac">Kết luận ý kiến khác<//></div></li>` : null}</ul></section>`
    : null
}
<${Unrecorded} session=${session} />
<${Acts}><${Link} class="button" session=${session} go=${go} to="bien-ban">Đọc biên bản<//>${room.presided !== null && mayEnd(session) ? html`<${Act} class="button button-quiet" act=${() => openAgain(session)}>Chưa kết thúc, họp tiếp<//>` : null}<//>`;
}
