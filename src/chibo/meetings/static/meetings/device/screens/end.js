/**
 * The end: what is left, each with its way; closed, or broken off with a reason. Closing with no network is an entry
 * like any other: number, signatures and files come when the room has joined up.
 * @typedef {import("../session.js").Session} Session
 */
import { closingBars } from "../ending.js";
import { Act, checkText, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { mayEnd } from "../leading.js";
import { sheetNow } from "../scoring.js";
import { isBegun } from "../text.js";
import { Acts, html, Icon, Status, useEffect, useRef, useState } from "../view.js";
import { endAfter, numberWord, readTime, time } from "../words.js";
import { wrongClock } from "./opening.js";
import { Closed } from "./closed.js";
import { Corrections, readBack } from "./corrections.js";
import { ReadInBook } from "./paper_book.js";

/** @param {import("../view.js").ScreenProps} props */
export function End({ session, go }) {
  return html`<${session.room.closed_by === null ? Ending : Closed} session=${session} go=${go} />`;
}

/** What is left before the end, each with its way. @param {{session: Session, go: (key: string) => void}} props */
function Ending({ session, go }) {
  const bars = closingBars(session);
  const [refused, refuse] = useState(false);
  const heading = bars.length === 1 ? "Còn một điều trước khi kết thúc" : `Còn ${numberWord(bars.length)} điều trước khi kết thúc`;
  const left = html`<h1>${heading}</h1>
${refused ? html`<${Refused} session=${session} go=${go} bar=${bars[0]} />` : null}
<ul>${bars.map((bar, place) => html`<li class="row" key=${bar.reason}><div><p class="row-title">${bar.reason}</p></div><div class="row-end"><${Link} class=${`button ${place ? "button-quiet" : "button-main"}`} session=${session} go=${go} to=${bar.to}>${bar.action}<//></div></li>`)}</ul>`;
  const ready = html`<h1>Đủ các bước, kết thúc được</h1><p class="say">Chủ trì tuyên bố kết thúc. Sau đó thư ký và chủ trì ký biên bản.</p>`;
  return html`${bars.length ? left : ready}
<${Unscored} session=${session} go=${go} />
<${Reading} session=${session} go=${go} />
<section class="section" aria-labelledby="dong"><div class="section-head"><h2 id="dong">Kết thúc buổi họp</h2></div>
${
  mayEnd(session)
    ? html`<${Close} session=${session} main=${!bars.length} refuse=${refuse} />
<p class="small soft">Kết thúc nhầm thì chủ trì mở lại được, đến khi ký biên bản.</p>
<${BreakOff} session=${session} />`
    : html`<${NotHere} session=${session} go=${go} />`
}</section>
<${Acts}><${Link} class="button" session=${session} go=${go} to="bien-ban">Xem biên bản<//><${Link} class="button" session=${session} go=${go} to="bieu-quyet">Biểu quyết<//><//>`;
}

/** Whoever only records beside does not end the meeting. @param {{session: Session, go: (key: string) => void}} props */
function NotHere({ session, go }) {
  return html`<p>Chủ trì, đồng chí ${session.name(session.room.chair)}, kết thúc hoặc hoãn buổi họp trên máy của mình, hoặc trên máy điều hành. Máy này ghi cùng.</p>
<p class="small soft">Máy điều hành hỏng giữa chừng thì nhận điều hành ở máy này, rồi kết thúc.</p>
<p class="actions"><${Link} class="button button-quiet" session=${session} go=${go} to="may">Máy nào điều hành<//></p>`;
}

/** Scoring is advice and no bar. @param {{session: Session, go: (key: string) => void}} props */
function Unscored({ session, go }) {
  const sheet = sheetNow(session);
  if (sheet === null || !sheet.left) return null;
  return html`<div class="notice space"><${Icon} name="info" /><div><p>Chưa chấm điểm xong: còn ${numberWord(sheet.left)} tiêu chí. <${Link} session=${session} go=${go} to="cham-diem">Chấm điểm<//></p></div></div>`;
}

/** Said when closing was tried too early. @param {{session: Session, go: (key: string) => void, bar: import("../ending.js").Bar}} props */
function Refused({ session, go, bar }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (box.current) box.current.focus();
  }, []);
  return html`<div class="notice notice-error space" role="alert" tabindex="-1" ref=${box}><${Icon} name="circle-alert" /><div><p><b>Buổi họp chưa kết thúc được.</b> ${bar.reason} <${Link} session=${session} go=${go} to=${bar.to}>${bar.action}<//></p></div></div>`;
}

/** Read back, and what was to be corrected. @param {{session: Session, go: (key: string) => void}} props */
function Reading({ session, go }) {
  const { read_at: read, on_paper: onPaper } = session.room;
  return html`<section class="section" aria-labelledby="doc"><div class="section-head"><h2 id="doc">Đọc lại biên bản</h2></div>
${
  onPaper
    ? html`<${ReadInBook} session=${session} read=${() => readBack(session)} />`
    : read === null
    ? html`<p>Thư ký đọc <${Link} session=${session} go=${go} to="bien-ban">biên bản<//> trước chi bộ. Ai thấy chưa đúng thì nói ngay. Không đọc lại thì không bấm; biên bản không ghi điều này.</p><p class="actions"><${Act} act=${() => readBack(session)}>Đã đọc lại, chi bộ thông qua<//></p>`
    : html`<p><${Status} state="ok" icon="check">Đã đọc lại, chi bộ thông qua<//> <span class="soft">${time(read)}</span></p>`
}
<${Corrections} session=${session} /></section>`;
}

/** What is wrong with the typed end of a meeting held on paper. @param {Session} session @param {FormData} data */
function wrongEnd({ pack, room }, data) {
  if (!pack.meeting.held_on_paper) return "";
  const text = typed(data, "ended");
  const clock = readTime(text);
  if (!text) return "Chưa ghi “Kết thúc lúc”.";
  if (clock === null) return `Chưa đọc được giờ “${text}”. Nhập giờ như 19:30.`;
  return wrongClock(room.opened_at || pack.meeting.starts_at, clock);
}

/** @param {Session} session @param {FormData} data @returns {string | null} */
function endOf({ pack, room }, data) {
  return pack.meeting.held_on_paper ? endAfter(room.opened_at || pack.meeting.starts_at, readTime(typed(data, "ended")) || "") : null;
}

/** @param {{session: Session, main: boolean, refuse: (refused: boolean) => void}} props */
function Close({ session, main, refuse }) {
  const form = useForm(session, "ket-thuc", {
    check: (data) => ({ ended: wrongEnd(session, data) }),
    send: async (data) => {
      if (closingBars(session).length) {
        refuse(true);
        return;
      }
      await session.write("close", { ended: endOf(session, data) });
      session.say("Buổi họp đã kết thúc. Chủ trì và thư ký đọc lại rồi ký biên bản.");
    },
  });
  return html`<${ErrorSummary} form=${form} /><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
${session.pack.meeting.held_on_paper ? html`<${Field} form=${form} name="ended" label="Kết thúc lúc" hint="Giờ ghi trong sổ giấy. Họp qua nửa đêm thì ghi giờ của hôm sau, ví dụ 00:20." type="time" short value=${time(session.room.known_end)} />` : null}
<p class="actions"><button class=${`button${main ? " button-main" : ""}`}>Kết thúc buổi họp</button></p></form>`;
}

/** Hoãn giữa chừng: nothing is given or settled (domain.md 2.8). @param {{session: Session}} props */
function BreakOff({ session }) {
  const form = useForm(session, "hoan-hop", {
    check: (data) => ({
      why: checkText(typed(data, "why"), "Vì sao hoãn giữa chừng", 300),
      ended: wrongEnd(session, data),
    }),
    send: async (data) => {
      await session.write("abort", { why: typed(data, "why"), ended: endOf(session, data) });
      session.say("Buổi họp hoãn giữa chừng. Những gì đã ghi vẫn còn, việc mới chưa được giao.");
    },
  });
  return html`<details open=${Object.keys(form.errors).length > 0 || isBegun(session, form.name, ["why"]) || undefined}><summary>Hoãn giữa chừng</summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<p class="small soft">Dùng khi phải dừng đột xuất. Những gì đã ghi vẫn còn; việc mới chưa giao, việc cũ kỳ sau xem lại.</p>
<${ErrorSummary} form=${form} /><${Field} form=${form} name="why" label="Vì sao hoãn giữa chừng" />
${session.pack.meeting.held_on_paper ? html`<${Field} form=${form} name="ended" label="Kết thúc lúc" type="time" short value=${time(session.room.known_end)} />` : null}
<p class="actions"><button class="button">Hoãn buổi họp</button></p></form></details>`;
}
