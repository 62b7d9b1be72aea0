/** What stands around every screen of the room, as meetings/room/page.html draws it on the server. */
import { unsaid } from "../room/paper_book.js";
import { carried } from "./carried.js";
import { isScored } from "./scoring.js";
import { Autopilot } from "./screens/autopilot.js";
import { Icon, html, useEffect, useNow, useState } from "./view.js";
import { capital, date, isExpected, minutesHeld, numberWord, time } from "./words.js";

/** How long something was done "a moment ago", milliseconds. */
const FRESH = 8000;

/** The time, running.
 * @param {{session: import("./session.js").Session}} props */
function RoomClock({ session }) {
  const words = time(useNow(session));
  return html`<p class="room-clock"><span class="hide">Bây giờ </span><time>${words}</time></p>`;
}

/** How long the meeting has gone on, and who is there.
 * @param {{session: import("./session.js").Session, path: string}} props */
function Facts({ session, path }) {
  useNow(session, 10);
  const { room, pack } = session;
  if (room.opened_at === null) return html`<p class="room-facts">Chưa mở</p>`;
  const planned = pack.steps.reduce((total, step) => total + (step.minutes || 0), 0);
  const minutes = minutesHeld(session);
  const called = [...room.roll.values()].filter(isExpected);
  const held = pack.meeting.held_on_paper
    ? html`Ghi lại buổi đã họp ${date(pack.meeting.day)}`
    : html`<span class="wide">Đã họp </span><b>${minutes}</b>${planned ? `/${planned}` : ""} phút`;
  return html`<p class="room-facts">${held} · <a href=${`${path}diem-danh`}><${Came} called=${called} book=${unsaid(room)} /></a></p>`;
}

/** Who came, as far as it is known: whoever was not called is neither present nor absent.
 * @param {{called: import("../room/fold.js").Line[], book: import("../room/paper_book.js").Unsaid}} props */
function Came({ called, book }) {
  if (book.roll !== null) return book.present === null ? html`sổ không ghi danh sách` : html`sổ ghi có mặt <b>${book.present}</b>`;
  const present = called.filter((line) => line.state === "present").length;
  const left = called.filter((line) => !line.state).length;
  if (!left) return html`<span class="nowrap">có mặt <b>${present}/${called.length}</b></span>`;
  if (left === called.length) return html`chưa điểm danh`;
  return html`<span class="nowrap">có mặt <b>${present}</b>,</span> <span class="nowrap">chưa điểm danh <b>${left}</b></span>`;
}

/** The steps of the meeting, the one at hand marked.
 * @param {{session: import("./session.js").Session, step: number, path: string}} props */
function Steps({ session, step, path }) {
  return html`<ol class="steps">${session.pack.steps.map((one, number) => {
    const item = one.item ? session.room.items.get(one.item) : undefined;
    const state = item ? item.state : one.kind === "scoring" && isScored(session) ? "done" : "";
    const mark =
      state === "done"
        ? html`<${Icon} name="check" /><span class="hide">Đã xong</span>`
        : state === "put_off"
          ? html`<span aria-hidden="true">–</span><span class="hide">Đã hoãn</span>`
          : number + 1;
    return html`<li key=${one.key} aria-current=${number === step ? "step" : undefined}><span>${mark}</span><a href=${path + one.key}>${one.title}</a><span class="n">${one.minutes ? `${one.minutes}′` : ""}</span></li>`;
  })}</ol>`;
}

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

/** What was just done, with its way back.
 * @param {{session: import("./session.js").Session}} props */
function Done({ session }) {
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
  }</div>`;
}

/** This device records beside another that it has not heard from.
 * @param {{session: import("./session.js").Session}} props */
function BesideAnother({ session }) {
  if (!session.isBeside || session.isSigned) return null;
  return html`<p class="needs-look"><${Icon} name="cloud-off" />Đang ghi cùng máy điều hành. Điểm danh, biểu quyết và kết thúc ghi ở máy ấy.</p>`;
}

/** An opening was voided: why, by whom, and where that is which was written under it.
 * @param {{session: import("./session.js").Session}} props */
function Voided({ session }) {
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
function Carried({ session }) {
  return carried(session).map(
    ([name, number]) =>
      html`<p class="needs-look" key=${name}><${Icon} name="cloud-off" />${number} dòng lấy từ tệp, chưa về máy chủ, chờ máy của đồng chí ${name}.</p>`,
  );
}

/** What must be looked at, which bars signing.
 * @param {{session: import("./session.js").Session, path: string}} props */
function NeedsLook({ session, path }) {
  const number = session.room.needs_look.length;
  if (!number || session.isSigned) return null;
  return html`<p class="needs-look"><a href=${`${path}xem-lai`}><${Icon} name="triangle-alert" />${capital(numberWord(number))} chỗ cần xem lại</a></p>`;
}

/** Nobody takes a practice for the meeting. @param {{stop?: () => void}} props */
function Practice({ stop }) {
  if (!stop) return null;
  return html`<div class="notice notice-late"><${Icon} name="info" /><div class="notice-body"><p><b>Đang thử.</b> Không có gì ghi vào buổi họp thật, không gửi đi đâu. Thôi thử là xóa hết.</p><p><button class="tool" onClick=${stop}>Thôi thử, xóa hết</button></p></div></div>`;
}

/** The room around a screen.
 * @param {{session: import("./session.js").Session, path: string, step: number, go: (key: string) => void, sign: any, stop?: () => void, children?: any}} props
 *   path: "#<meeting>/"; step: the place of the step at hand, or -1; sign: what says where things are kept; stop: leaves a
 *   practice */
export function Frame({ session, path, step, go, sign, stop, children }) {
  const { steps, meeting } = session.pack;
  const ways = stop ? null : html`<ul class="small room-ways"><li><a href=${`${path}may`}>Máy này, bản sao</a></li><li><a href="#">Rời phòng họp</a></li></ul>`;
  const open = session.room.opened_at !== null && !session.isSigned;
  return html`<header class="room-bar"><div class="page room-wide"><${RoomClock} session=${session} />
<p class="room-name">${stop ? "Thử: " : ""}${meeting.title}</p><${Facts} session=${session} path=${path} />${sign}</div></header>
<div class="page room-wide room room-two" id="room-grid">
<div class="room-rail" role="region" aria-label="Điều hành">
<nav class="steps-desk" aria-label="Các bước của buổi họp">${open ? html`<${Steps} session=${session} step=${step} path=${path} />` : null}</nav>
<div class="room-actions no-print" id="room-bar-acts" hidden=${true}><div class="page room-wide" id="room-acts"></div></div>
<div class="steps-desk"><${NeedsLook} session=${session} path=${path} />${ways}</div>
</div>
<main id="main" tabindex="-1">
<${Practice} stop=${stop} />
<${Done} session=${session} />
<${BesideAnother} session=${session} />
<${Voided} session=${session} />
<${Carried} session=${session} />
<details class="steps-phone"><summary>${open ? "Các bước của buổi họp" : "Máy này, bản sao"}</summary>${open ? html`<${Steps} session=${session} step=${step} path=${path} />` : null}<${NeedsLook} session=${session} path=${path} />${ways}</details>
${session.isSigned ? null : html`<${Autopilot} session=${session} step=${steps[step] || null} go=${go} />`}
${children}
</main>
<div id="room-aside"></div>
</div>`;
}
