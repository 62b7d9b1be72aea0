/**
 * Calling the roll: absentees with their reason, then one tap for all the others; guests, fees, the programme.
 * @typedef {import("../session.js").Session} Session
 * @typedef {(key: string) => void} Go
 * @typedef {import("../../room/fold.js").Line} Line
 */
import { unsaid } from "../../room/paper_book.js";
import { announcedOf, callAnnounced, callRest, confirm, howCalled, isThin, refuse, standing } from "../calling.js";
import { Act, Link } from "../forms.js";
import { finish, following, StepActs, stepOf } from "../going.js";
import { sizeWith } from "../hands.js";
import { Acts, Aside, html, Icon } from "../view.js";
import { capital, count, isExpected, numberWord } from "../words.js";
import { Fees, isAdopted, Programme, unanimous } from "./adopting.js";
import { Guests } from "./guests.js";
import { Over } from "./over.js";
import { NoRoll, Pages, RollUnsaid } from "./paper_book.js";
import { Called, Other, Uncalled } from "./roll_lines.js";

/** @param {import("../view.js").ScreenProps} props */
export function Roll({ session, go }) {
  const { room, pack } = session;
  if (room.closed_by !== null) return html`<${Over} session=${session} go=${go} />`;
  const { lines, left, done, claims, others } = standing(session);
  const counts = count(lines);
  const step = stepOf(session, "opening");
  const uncalled = left.filter((line) => claims.indexOf(line) < 0);
  const official = lines.filter((line) => line.kind === "official" && isExpected(line)).length;
  return html`<${Acts}><${StepActs} session=${session} go=${go} step=${step} /><${Link} session=${session} go=${go} to="thu-ky" class="button">${room.clerk ? "Đổi thư ký" : "Cử thư ký"}<//><//>
${unsaid(room).roll !== null ? html`<${RollUnsaid} session=${session} go=${go} step=${step} />` : left.length ? html`<${Calling} session=${session} left=${left} claims=${claims} />` : html`<${AllCalled} session=${session} go=${go} step=${step} counts=${counts} claims=${claims} />`}
${isThin(session, counts, official) ? html`<${Thin} present=${counts.present_official} official=${official} source=${pack.rules.quorum_source} />` : null}
${uncalled.length ? html`<${Uncalled} session=${session} lines=${uncalled} />` : null}
${others.length ? html`<section class="section" aria-labelledby="others"><div class="section-head"><h2 id="others">Miễn sinh hoạt, đi nơi khác</h2><p class="small">Chỉ ghi khi đồng chí có dự.</p></div><ul class="people roll">${others.map((line) => html`<${Other} key=${line.person} session=${session} line=${line} />`)}</ul></section>` : null}
<${Guests} session=${session} />
<${Fees} session=${session} />
${pack.meeting.held_on_paper ? null : html`<${OwnCheckIn} session=${session} />`}
${room.on_paper && unsaid(room).roll === null && left.length ? html`<${NoRoll} session=${session} />` : null}
${room.on_paper ? html`<${Pages} session=${session} />` : null}
<${Programme} session=${session} go=${go} />
<${Aside} label="Số liệu điểm danh"><${Figures} session=${session} counts=${counts} />${done.length ? html`<section class="section" aria-labelledby="done"><div class="section-head"><h2 id="done">Đã điểm danh</h2></div><ul class="people">${done.map((line) => html`<${Called} key=${line.person} session=${session} line=${line} />`)}</ul></section>` : null}<//>`;
}

/** While someone is left to call. @param {{session: Session, left: Line[], claims: Line[]}} props */
function Calling({ session, left, claims }) {
  const all = () => callRest(session, left.map((line) => line.person));
  return html`<h1 tabindex="-1">Điểm danh: còn ${left.length} đồng chí</h1>
<${Claims} session=${session} claims=${claims} />
<${Announced} session=${session} lines=${announcedOf(session, left)} />
<p class=${`soft${claims.length ? " space" : ""}`}>Bấm Vắng cho người vắng. Sau đó bấm một lần cho tất cả người còn lại.</p>
<p class="actions"><${Act} class=${`button${claims.length ? "" : " button-main"}`} act=${all}>${left.length === 1 ? "Đồng chí còn lại có mặt" : `Cả ${left.length} đồng chí còn lại có mặt`}<//></p>`;
}

/** Who said beforehand that they cannot come: one tap for all of them, or one each.
 * @param {{session: Session, lines: Line[]}} props */
function Announced({ session, lines }) {
  if (!lines.length) return null;
  const said = (/** @type {string} */ person) => (session.pack.people.find((one) => one.id === person) || { announced: "" }).announced;
  const all = lines.map((line) => line.person);
  return html`<section class="space" aria-labelledby="da-bao"><h2 class="label" id="da-bao">Đã báo vắng</h2>
<div class="chips chips-wrap">${all.map((person) => html`<${Act} key=${person} class="chip" act=${() => callAnnounced(session, [person])}>${session.name(person)}<small><${Icon} name="message-square" />báo vắng: ${said(person)}</small><//>`)}</div>
${all.length > 1 ? html`<p class="actions"><${Act} class="button" act=${() => callAnnounced(session, all)}>Cả ${numberWord(all.length)} đồng chí đã báo: vắng<//></p>` : null}</section>`;
}

/** @param {{session: Session, go: Go, step: import("../pack.js").Step | null, counts: ReturnType<typeof count>, claims: Line[]}} props */
function AllCalled({ session, go, step, counts, claims }) {
  const { room } = session;
  const next = following(session, step);
  return html`<h1 tabindex="-1">Có mặt ${counts.present_expected}/${counts.expected} đồng chí</h1>
<p class="soft">Đã điểm danh đủ. Chủ trì: ${room.chair ? session.name(room.chair) : ""}. Thư ký: ${room.clerk ? session.name(room.clerk) : "chưa cử"}.</p>
<${Claims} session=${session} claims=${claims} />
${step !== null && next !== null ? html`<p class="actions"><${Act} class=${`button${isAdopted(session) || !unanimous(session) ? " button-main" : ""}`} act=${() => finish(session, go, step)}>Sang mục ${next.title}<//></p>` : null}`;
}

/** Those who say that they are there: confirmed together in one tap, or refused one by one. Who need not come is
 * confirmed apart: it changes the base of a vote. @param {{session: Session, claims: Line[]}} props */
function Claims({ session, claims }) {
  const [called, others] = [claims.filter(isExpected), claims.filter((line) => !isExpected(line))];
  return html`<${CalledClaims} session=${session} claims=${called} /><${OtherClaims} session=${session} claims=${others} />`;
}

/** @param {{session: Session, claims: Line[]}} props */
function CalledClaims({ session, claims }) {
  if (!claims.length) return null;
  const all = () => confirm(session, claims.map((line) => line.person));
  return html`<section class="section" aria-labelledby="tu-quet"><div class="section-head"><h2 id="tu-quet">${capital(numberWord(claims.length))} đồng chí báo có mặt</h2><p class="small">Nhìn trong phòng rồi xác nhận.</p></div>
<p class="actions"><${Act} class="button button-main" act=${all}>Xác nhận ${claims.length} đồng chí tự quét<//></p>
<ul class="people">${claims.map((line) => html`<${Claim} key=${line.person} session=${session} line=${line} />`)}</ul></section>`;
}

/** @param {{session: Session, claims: Line[]}} props */
function OtherClaims({ session, claims }) {
  if (!claims.length) return null;
  const people = claims.map((line) => line.person);
  const [before, after] = [sizeWith(session, []), sizeWith(session, people)];
  const base = before === after ? `Cơ sở tính biểu quyết vẫn là ${before}.` : `Xác nhận thì cơ sở tính biểu quyết từ ${before} thành ${after}.`;
  return html`<section class="section" aria-labelledby="tu-quet-khac"><div class="section-head"><h2 id="tu-quet-khac">${capital(numberWord(claims.length))} đồng chí miễn sinh hoạt, đi nơi khác báo có mặt</h2><p class="small">${base}</p></div>
<p class="actions"><${Act} class="button" act=${() => confirm(session, people)}>Xác nhận ${claims.length} đồng chí có dự<//></p>
<ul class="people">${claims.map((line) => html`<${Claim} key=${line.person} session=${session} line=${line} />`)}</ul></section>`;
}

/** @param {{session: Session, line: Line}} props */
function Claim({ session, line }) {
  const name = session.name(line.person);
  return html`<li><span>${name}<small>${line.exempt ? "miễn sinh hoạt" : line.away ? "sinh hoạt tạm thời nơi khác" : ""}</small></span><${Act} class="tool" act=${() => refuse(session, line.person)}>Không thấy<span class="hide">: ${name}</span><//></li>`;
}

/** @param {{present: number, official: number, source: string}} props */
function Thin({ present, official, source }) {
  return html`<div class="notice notice-late space"><${Icon} name="triangle-alert" /><div><p><b>Có mặt ${present}/${official} đồng chí chính thức, dưới hai phần ba.</b> Chi bộ vẫn họp được; cân nhắc hoãn việc phải biểu quyết.</p><p class="source">${source}</p></div></div>`;
}

/** The digits on the wall are the server's: a phone without network can tell nobody that it is there.
 * @param {{session: Session}} props */
function OwnCheckIn({ session }) {
  const address = `/cuoc-hop/${session.pack.meeting.id}/phong/diem-danh/`;
  return html`<section class="section" aria-labelledby="tu-diem-danh"><div class="section-head"><h2 id="tu-diem-danh">Tự điểm danh bằng điện thoại</h2><p class="small">Chỉ khi có mạng: <a href=${address} target="_blank" rel="noopener">mở mã điểm danh ở trang máy chủ</a>. Ai quét mã thì hiện ở đây chờ xác nhận.</p></div></section>`;
}

/** The figures that the minutes open with (domain.md 3.3). @param {{session: Session, counts: ReturnType<typeof count>}} props */
function Figures({ session, counts }) {
  const { own, by_clerk } = howCalled(session);
  const book = unsaid(session.room);
  const present = book.roll === null ? counts.present_expected : book.present === null ? "sổ không ghi" : book.present;
  /** @type {[string, number | string, string, boolean][]} words, number, what it is made of, whether it stands there when none */
  const rows = [
    ["Đảng viên của chi bộ", counts.party_number, `${counts.official} chính thức, ${counts.probationary} dự bị`, true],
    ["Sinh hoạt tạm thời đến", counts.temporary, "", false],
    ["Miễn sinh hoạt", counts.exempt, "", false],
    ["Tạm thời nơi khác", counts.away, "", false],
    ["Đình chỉ sinh hoạt", counts.suspended, "", false],
    ["Phải dự", counts.expected, "", true],
    ["Có mặt", present, own ? `${own} tự điểm danh, ${by_clerk} thư ký ghi` : "", true],
    ["Không phải dự, có dự", counts.present_outside, "", false],
    ["Vắng có lý do", counts.excused, "", book.roll === null],
    ["Vắng chưa rõ lý do", counts.unknown, "", book.roll === null],
    ["Vắng không lý do", counts.unexcused, "", false],
    ["Chưa điểm danh", book.roll === null ? counts.waiting : 0, "", false],
  ];
  const shown = rows.filter(([, number, , always]) => always || number);
  return html`<section aria-labelledby="sum"><div class="section-head"><h2 id="sum">Ghi vào biên bản</h2></div>
<dl class="figures">${shown.map(([words, number, source]) => html`<div class="figure" key=${words}><dt>${words}</dt><dd>${number}</dd>${source ? html`<dd class="source">${source}</dd>` : null}</div>`)}</dl></section>`;
}
