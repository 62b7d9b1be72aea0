/** What is said above every screen: what was just done, that this is a practice, what is otherwise than one thinks. */
import { carried } from "./carried.js";
import { Icon, html, useEffect, useState } from "./view.js";

/** How long something was done "a moment ago", milliseconds. */
const FRESH = 8000;

/** Whether something was said a moment ago: on a phone it stays in sight so long, wherever the page stands.
 * @param {unknown} notice */
function useFresh(notice) {
  const [passed, pass] = useState(/** @type {unknown} */ (null));
  useEffect(() => {
    const timer = setTimeout(() => pass(notice), FRESH);
    return () => clearTimeout(timer);
  }, [notice]);
  return notice !== passed;
}

/** What was just done, with its way back. It is the one region that a screen reader hears: the sign in the bar puts there
 * too what it has to say.
 * @param {{session: import("./session.js").Session}} props */
export function Done({ session }) {
  const { notice } = session;
  /** @param {Event} event */
  const undo = async (event) => {
    event.preventDefault();
    if (!notice || !notice.undo) return;
    const all = typeof notice.undo === "string" ? [notice.undo] : notice.undo;
    session.say("Đã hoàn tác.", await session.undoAll(all.slice().reverse()));
  };
  const back = notice && notice.undo ? html`<form onSubmit=${undo}><button class="tool">Hoàn tác</button></form>` : null;
  const [style, icon] = notice && notice.bad ? ["notice-late", notice.bad] : ["notice-ok", "check"];
  return html`<div role="status" class=${useFresh(notice) ? "fresh" : undefined}>${
    notice
      ? html`<div class=${`notice ${style}`}><${Icon} name=${icon} /><div class="notice-body"><p>${notice.words}</p>${back}</div></div>`
      : null
  }<span class="hide" id="room-heard"></span></div>`;
}

/** This device records beside another that it has not heard from.
 * @param {{session: import("./session.js").Session}} props */
export function BesideAnother({ session }) {
  if (!session.isBeside || session.isSigned) return null;
  return html`<p class="needs-look"><${Icon} name="cloud-off" />Đang ghi cùng máy điều hành. Điểm danh, biểu quyết và kết thúc ghi ở máy ấy.</p>`;
}

/** An opening was voided: why, by whom, and where that is which was written under it.
 * @param {{session: import("./session.js").Session}} props */
export function Voided({ session }) {
  const found = session.voided;
  if (found === null) return null;
  const { opening, verdict } = found;
  const where = opening.device === session.device ? "trên máy này" : `của đồng chí ${session.name(opening.author)}`;
  const rest = verdict.payload.aside
    ? "Phần ghi khi ấy để riêng trên máy chủ, không vào biên bản, không mất."
    : "Phần ghi khi ấy vào buổi họp đã mở ở máy khác.";
  return html`<div class="notice notice-late"><${Icon} name="circle-alert" /><div class="notice-body"><p><b>Lần mở buổi họp ${where} không tính.</b> Đồng chí ${session.name(verdict.author)} ghi lý do: ${verdict.payload.why}</p><p>${rest}</p></div></div>`;
}

/** What was taken in from a file and is not on the server.
 * @param {{session: import("./session.js").Session}} props */
export function Carried({ session }) {
  return carried(session).map(
    ([name, number]) =>
      html`<p class="needs-look" key=${name}><${Icon} name="cloud-off" />${number} dòng lấy từ tệp, chưa về máy chủ, chờ máy của đồng chí ${name}.</p>`,
  );
}

/** Nobody takes a practice for the meeting. @param {{stop?: () => void}} props */
export function Practice({ stop }) {
  if (!stop) return null;
  return html`<div class="notice notice-late"><${Icon} name="info" /><div class="notice-body"><p><b>Đang thử.</b> Không có gì ghi vào buổi họp thật, không gửi đi đâu. Thôi thử là xóa hết.</p><p><button class="tool" onClick=${stop}>Thôi thử, xóa hết</button></p></div></div>`;
}
