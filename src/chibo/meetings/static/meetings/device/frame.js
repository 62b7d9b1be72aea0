/** What stands around every screen of the room: bar, advice, steps, notices. */
import { unsaid } from "../room/paper_book.js";
import { AdviceNow } from "./advice.js";
import { stepInHall } from "./leading.js";
import { BesideAnother, Carried, Done, Practice, Voided } from "./notices.js";
import { Rail } from "./rail.js";
import { stepsOf, summaryOf, titleOf } from "./steps.js";
import { html, useEffect, useNow, useState } from "./view.js";
import { date, isExpected, itemMinutes, minutesHeld, time } from "./words.js";

/** The time, running.
 * @param {{session: import("./session.js").Session}} props */
function RoomClock({ session }) {
  const words = time(useNow(session));
  return html`<p class="room-clock"><span class="hide">Bây giờ </span><time>${words}</time></p>`;
}

/** How long the item in the hall and the meeting have gone on, and who is there.
 * @param {{session: import("./session.js").Session, path: string}} props */
function Facts({ session, path }) {
  useNow(session, 10);
  const { room, pack } = session;
  if (room.opened_at === null) return html`<p class="room-facts">Chưa mở</p>`;
  const called = [...room.roll.values()].filter(isExpected);
  const came = html`<a href=${`${path}diem-danh`}><${Came} called=${called} book=${unsaid(room)} /></a>`;
  if (pack.meeting.held_on_paper) return html`<p class="room-facts"><span>Ghi lại buổi đã họp ${date(pack.meeting.day)}</span>${came}</p>`;
  const planned = pack.steps.reduce((total, step) => total + (step.minutes || 0), 0);
  const now = stepInHall(session);
  const item = now === null ? null : html`<span>Mục <b>${itemMinutes(session, now.item || "")}${now.minutes ? `/${now.minutes}` : ""}′</b></span>`;
  return html`<p class="room-facts">${item}<span>Buổi <b>${minutesHeld(session)}${planned ? `/${planned}` : ""}′</b></span>${came}</p>`;
}

/** Who came, as far as it is known: whoever was not called is neither present nor absent.
 * @param {{called: import("../room/fold.js").Line[], book: import("../room/paper_book.js").Unsaid}} props */
function Came({ called, book }) {
  if (book.roll !== null) return book.present === null ? html`sổ không ghi danh sách` : html`sổ ghi có mặt <b>${book.present}</b>`;
  const present = called.filter((line) => line.state === "present").length;
  const left = called.filter((line) => !line.state).length;
  if (!left) return html`<span class="wide">Có mặt </span><b>${present}/${called.length}</b>`;
  if (left === called.length) return html`chưa điểm danh`;
  return html`có mặt <b>${present}</b>, chưa điểm danh <b>${left}</b>`;
}

/** The minutes of the item in the hall, as a line under the bar. @param {{session: import("./session.js").Session}} props */
function TimeLine({ session }) {
  useNow(session, 10);
  const now = stepInHall(session);
  if (now === null || !now.minutes || session.pack.meeting.held_on_paper) return null;
  const used = Math.min(itemMinutes(session, now.item || ""), now.minutes);
  return html`<svg class="bar-time" viewBox=${`0 0 ${now.minutes} 1`} preserveAspectRatio="none" aria-hidden="true"><rect width=${used} height="1" /></svg>`;
}

/** On a phone the steps are a drawer; going to a step shuts it.
 * @param {string} word what is shown */
function useRail(word) {
  const [isOpen, open] = useState(false);
  useEffect(() => open(false), [word]);
  return { isOpen, open: () => open(true), shut: () => open(false) };
}

/** The room around a screen.
 * @param {{session: import("./session.js").Session, path: string, at: string, step: number, sign: any, stop?: () => void, children?: any}} props
 *   path: "#<meeting>/"; at: the key of what is shown; step: the place of the step at hand, or -1; sign: what says where
 *   things are kept; stop: leaves a practice */
export function Frame({ session, path, at, step, sign, stop, children }) {
  const { meeting } = session.pack;
  const rail = useRail(at);
  const steps = session.room.opened_at !== null && !session.isSigned ? stepsOf(session) : [];
  const here = steps[step];
  const ways = stop ? null : html`<ul class="small room-ways"><li><a href=${`${path}may`}>Máy này, bản sao</a></li><li><a href="#">Rời phòng họp</a></li></ul>`;
  return html`<header class="room-bar bar-one"><div class="page room-wide"><${RoomClock} session=${session} />
<div id="room-title"></div><p class="room-name">${stop ? "Thử: " : ""}${here ? titleOf(here) : meeting.title}</p>
<${Facts} session=${session} path=${path} />${sign}
<button class="to-steps" type="button" aria-controls="rail" aria-expanded=${String(rail.isOpen)} onClick=${rail.open}>${steps.length ? summaryOf(steps, here) : "Máy này, bản sao"} ▾</button></div>
<${TimeLine} session=${session} /></header>
${session.isSigned ? null : html`<${AdviceNow} session=${session} step=${session.pack.steps[step] || null} word=${at.split("/")[0]} path=${path} />`}
<div class="page room-wide instrument">
<${Rail} session=${session} steps=${steps} here=${here ? here.key : null} path=${path} isOpen=${rail.isOpen} shut=${rail.shut} ways=${ways} />
<main id="main" tabindex="-1">
<${Practice} stop=${stop} />
<${Done} session=${session} />
<${BesideAnother} session=${session} />
<${Voided} session=${session} />
<${Carried} session=${session} />
${children}
</main>
</div>`;
}
