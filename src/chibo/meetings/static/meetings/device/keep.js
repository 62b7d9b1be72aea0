/**
 * "Giữ được khi mất mạng": a PIN over the key, tried once, so that the room opens again where there is no network. Before
 * the meeting or in the middle of it; the room offers it when the network goes while it is still open.
 *
 * @typedef {import("./ready.js").Opened} Opened
 */
import { ChoosePin } from "./pin.js";
import { PRACTICE } from "./practice.js";
import { changePin, readiness } from "./ready.js";
import { Acts, Icon, html, useEffect, useState } from "./view.js";

/** The word of the address of this screen. */
export const KEEP = "giu";

/** @param {{good: boolean | null, yes: string, no: string}} props */
function Check({ good, yes, no }) {
  return html`<li class=${`check${good === false ? " check-late" : good === null ? " check-info" : ""}`}><${Icon} name=${good ? "check" : good === null ? "info" : "triangle-alert"} /><p>${good ? yes : no}</p></li>`;
}

/** What was tried, and whether the meeting can be held without a network. @param {{parts: Opened}} props */
function Tried({ parts: { kept, key, session } }) {
  const [found, tell] = useState(/** @type {import("./ready.js").Readiness | null} */ (null));
  useEffect(() => {
    readiness(kept.id, key).then(tell);
  }, [kept.id]);
  const ready = found !== null && found.shell && found.stored;
  const title = found === null ? "Đang thử máy này…" : ready ? "Máy này sẵn sàng, mất mạng vẫn họp được" : "Máy này chưa giữ đủ để họp khi mất mạng";
  if (found === null) return html`<h1>${title}</h1><p class="lead">Lần đầu có thể mất nửa phút.</p>`;
  return html`<h1>${title}</h1><ul class="section">
<${Check} good=${found.shell} yes="Trang phòng họp đã nằm trên máy." no="Trang phòng họp chưa tải hết. Tải lại trang này khi mạng tốt hơn." />
<${Check} good=${found.stored} yes="Chương trình, danh sách, việc kỳ trước đã nằm trên máy, đọc được bằng PIN." no="Máy chưa lưu được chương trình và danh sách." />
<${Check} good=${found.lasting || null} yes="Trình duyệt đã nhận giữ lâu dài." no="Trình duyệt không hứa giữ lâu. Mở lại trang này trong ngày họp để chắc chắn vẫn còn." />
</ul>
<p class="small soft">iPhone, iPad: bấm Chia sẻ rồi “Thêm vào MH chính”, mở từ biểu tượng ấy thì máy giữ chắc hơn.</p>
<${Acts}><a class=${`button${ready ? " button-main" : ""}`} href=${`#${kept.id}`}>Vào phòng họp</a>${session.room.opened_at === null ? html` <a class="button" href=${`#${kept.id}/${PRACTICE}`}>Thử phòng họp</a>` : null}<//>`;
}

/** The screen. @param {{parts: Opened}} props */
export function Keep({ parts }) {
  const { kept, key, session } = parts;
  if (kept.pin !== null) return html`<${Tried} parts=${parts} />`;
  /** @param {string} pin */
  const take = async (pin) => {
    try {
      kept.pin = await changePin(kept.id, key, pin);
      session.tell();
      return "";
    } catch (error) {
      console.warn("keeping", error);
      return "Máy này không cho lưu: có thể hết chỗ, hoặc đang ở cửa sổ riêng tư. Mở bằng cửa sổ thường rồi làm lại.";
    }
  };
  return html`<h1>Giữ được khi mất mạng</h1><p class="lead">Có mạng thì đăng nhập là mở được. Đặt PIN để mất mạng, tắt máy vẫn mở lại và họp tiếp được.</p>
<${ChoosePin} button="Đặt PIN cho máy này" busyWords="Đang đặt…" take=${take} />
<${Acts}><a class="button" href=${`#${kept.id}`}>Về buổi họp</a><//>`;
}

/** The network has gone while the room is open, and nothing but a sign-in would open it again.
 * @param {{parts: Opened, path: string}} props */
export function KeepOffered({ parts: { kept, sync }, path }) {
  if (sync.state !== "offline" || kept.pin !== null) return null;
  return html`<p class="needs-look"><${Icon} name="cloud-off" />Mất mạng, máy này vẫn ghi. Tắt trang thì phải có mạng mới mở lại. <a href=${`${path}${KEEP}`}>Đặt PIN để mở lại cả khi mất mạng</a></p>`;
}
