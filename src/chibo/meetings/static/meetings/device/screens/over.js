/** What a screen of the meeting shows once the meeting has ended: where it goes on. */
import { Link } from "../forms.js";
import { html } from "../view.js";
import { time } from "../words.js";
import { Unrecorded } from "./unrecorded.js";

/** @param {{session: import("../session.js").Session, go: (key: string) => void}} props */
export function Over({ session, go }) {
  const at = time(session.room.closed_at);
  return html`<h1>Buổi họp đã kết thúc</h1>
<p class="say">${at ? `Kết thúc lúc ${at}. ` : ""}Ở bước này không ghi thêm được nữa.</p>
<${Unrecorded} session=${session} />
<p class="actions"><${Link} session=${session} go=${go} to="ket-thuc" class="button button-main">Tới bước kết thúc<//></p>`;
}
