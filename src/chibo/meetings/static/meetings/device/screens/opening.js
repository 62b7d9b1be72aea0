/**
 * Opening the meeting: who presides; the roll is made from what was brought along, and nobody has a state yet.
 * @typedef {import("../session.js").Session} Session
 */
import { Act, Choice, ErrorSummary, Field, Link, Tick, typed, useForm } from "../forms.js";
import { PRACTICE } from "../practice.js";
import { html, Icon } from "../view.js";
import { capital, date, dayOf, daysBetween, endAfter, momentOn, numberWord, readTime, time, timeSentence, weekday } from "../words.js";

/** Whether the meeting would be opened before its day. @param {Session} session */
function isEarly({ pack, clock }) {
  return !pack.meeting.held_on_paper && pack.meeting.day > dayOf(clock.now());
}

/** What is wrong with the hour at which a meeting ended, beside that at which it began. @param {number} began @param {string} clock */
export function wrongClock(began, clock) {
  return endAfter(began, clock) === null
    ? `Giờ kết thúc phải sau giờ bắt đầu ${time(began)}. Xem lại hai giờ. Họp qua nửa đêm thì ghi giờ của hôm sau, ví dụ 00:20.`
    : "";
}

/** What is wrong with the end, as far as the book says it. @param {Session} session @param {FormData} data */
function wrongEnd({ pack }, data) {
  const [started, ended] = [readTime(typed(data, "started")), typed(data, "ended")];
  if (!pack.meeting.held_on_paper || !ended || started === null) return "";
  const clock = readTime(ended);
  return clock === null ? "Ghi giờ từ 0 đến 23, ví dụ 20:45." : wrongClock(Date.parse(momentOn(pack.meeting.day, started)), clock);
}

/** What is wrong with an opening. @param {Session} session @param {FormData} data @returns {import("../forms.js").Errors} */
function check(session, data) {
  const { pack } = session;
  const started = typed(data, "started");
  const clock = readTime(started) === null ? "Ghi giờ từ 0 đến 23, ví dụ 19:30." : "";
  const early = "Chưa đến ngày họp. Đánh dấu ô này nếu chi bộ họp hôm nay, hoặc đổi lịch trước.";
  return {
    chair: pack.presidents.indexOf(typed(data, "chair")) < 0 ? "Chưa chọn “Chủ trì”." : "",
    started: !pack.meeting.held_on_paper ? "" : started ? clock : "Chưa ghi “Bắt đầu lúc”.",
    ended: wrongEnd(session, data),
    clerk: typed(data, "clerk") && typed(data, "clerk") === typed(data, "chair") ? "Chủ trì không kiêm thư ký. Chọn đồng chí khác." : "",
    early: isEarly(session) && data.get("early") === null ? early : "",
  };
}

/** Open the meeting, elect the clerk whom the cell has agreed to, and turn to the first item, as one.
 * @param {Session} session @param {string} chair @param {string} clerk "" where the cell elects in the meeting
 * @param {string | null} started "19:30" @param {string | null} [ended] */
export async function open(session, chair, clerk, started, ended = null) {
  const { pack } = session;
  const began = started === null ? null : momentOn(pack.meeting.day, started);
  const opening = {
    chair,
    started: began,
    ended: began === null || ended === null ? null : endAfter(Date.parse(began), ended),
    on_paper: pack.meeting.held_on_paper || null,
    keepers: [...new Set([...pack.keepers, session.me])].sort(),
    ended_by: pack.meeting.held_on_paper ? null : "presiding",
    ...pack.scoring,
    roll: pack.people.map(({ id, kind, exempt, away, suspended }) => ({ person: id, kind, exempt, away, suspended })),
  };
  const first = pack.steps.find((step) => step.item !== null);
  /** @type {[string, any][]} */
  const turn = first === undefined ? [] : [["item", { item: first.item, state: "open" }]];
  /** @type {[string, any][]} */
  const elected = clerk ? [["clerk", { member: clerk }]] : [];
  await session.writeAll([["open", opening], ...elected, ...turn]);
}

/** @param {import("../view.js").ScreenProps} props */
export function Opening({ session, go }) {
  const { meeting } = session.pack;
  const title = meeting.held_on_paper ? `Ghi lại buổi họp ${date(meeting.day)}` : `Mở ${meeting.title.toLowerCase()}`;
  const lead = meeting.held_on_paper
    ? "Ghi theo sổ giấy: điểm danh, ý kiến, kết luận, biểu quyết. Chỗ nào sổ không ghi thì bấm “Sổ không ghi”."
    : `${capital(weekday(meeting.day))} ${date(meeting.day)}, ${timeSentence(meeting.starts_at)}, ${meeting.place}.`;
  return html`<div class="title"><h1>${title}</h1><p class="lead">${lead}</p></div>
${
  session.pack.me.may_open && !session.pack.presidents.length
    ? html`<${NobodyPresides} day=${meeting.day} />`
    : session.pack.me.may_open
    ? html`<${OpenForm} session=${session} go=${go} />`
    : html`<p class="measure">Bí thư, phó bí thư hoặc chi ủy viên được phân công mở phòng họp. Khi buổi họp đã mở, đồng chí vào ghi được ở trang này.</p>`
}
${meeting.held_on_paper || session.isPractice ? null : html`<${Try} session=${session} go=${go} /><${Beside} session=${session} go=${go} />`}`;
}

/** Whoever tries the machine at home opens no meeting. @param {{session: Session, go: (key: string) => void}} props */
function Try({ session, go }) {
  return html`<section class="section" aria-labelledby="thu"><div class="section-head"><h2 id="thu">Chưa đến giờ họp?</h2></div>
<p class="measure">Thử trước cho quen: mở, điểm danh, biểu quyết, kết thúc như thật. Không có gì ghi vào buổi họp, thôi thử là xóa hết.</p>
<p class="actions"><${Link} session=${session} go=${go} to=${PRACTICE} class="button">Thử phòng họp<//></p></section>`;
}

/** Why the list of chairs is empty, and where it is mended. @param {{day: string}} props */
function NobodyPresides({ day }) {
  return html`<div class="notice notice-late"><${Icon} name="triangle-alert" /><div class="notice-body"><p><b>Sổ chi bộ chưa ghi ai giữ chức vụ vào ngày ${date(day)}, nên chưa chọn được chủ trì.</b> Ghi bí thư, phó bí thư, chi ủy viên của ngày ấy, rồi quay lại trang này.</p><p class="actions"><a class="button button-main" href="/so-chi-bo/chuc-vu/">Ghi chức vụ</a> <a class="button" href="/so-chi-bo/dang-vien/">Danh sách đảng viên</a></p></div></div>`;
}

/** Another device has opened the meeting and there is no network between the two.
 * @param {{session: Session, go: (key: string) => void}} props */
function Beside({ session, go }) {
  const join = async () => {
    await session.joinBeside();
    go(session.pack.steps[0].key);
  };
  return html`<section class="section" aria-labelledby="ghi-cung"><div class="section-head"><h2 id="ghi-cung">Mất mạng và buổi họp đã mở ở máy khác?</h2></div>
<p class="measure">Máy này ghi ý kiến cùng lúc với máy điều hành. Điểm danh, biểu quyết, kết thúc ghi ở máy điều hành; có mạng thì hai máy nhập làm một.</p>
<p class="actions"><${Act} class="button" act=${join}>Ghi cùng máy điều hành<//></p></section>`;
}

/** @param {{session: Session, go: (key: string) => void}} props */
function OpenForm({ session, go }) {
  const { pack } = session;
  const paper = pack.meeting.held_on_paper;
  const form = useForm(session, "mo", {
    check: (data) => check(session, data),
    send: async (data) => {
      const [started, ended] = ["started", "ended"].map((name) => (paper ? readTime(typed(data, name)) : null));
      const clerk = typed(data, "clerk");
      await open(session, typed(data, "chair"), clerk, started, ended);
      go(clerk ? "diem-danh" : "thu-ky");
    },
  });
  /** @type {[string, string][]} */
  const people = pack.presidents.map((person) => [person, session.name(person)]);
  const proposed = pack.proposed.chair || (pack.presidents.indexOf(session.me) >= 0 ? session.me : "");
  const absent = pack.people.filter((one) => one.announced).length;
  const clerks = clerksOf(session);
  const clerk = clerks.some(([person]) => person === pack.proposed.clerk) ? pack.proposed.clerk : "";
  const early = isEarly(session);
  return html`<form class="form-page" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${ErrorSummary} form=${form} />
<${Changes} session=${session} />
${early ? html`<${Early} session=${session} />` : null}
<${Choice} form=${form} name="chair" label="Chủ trì" choices=${proposed ? people : [["", "Chọn đồng chí chủ trì"], ...people]} value=${proposed} draft=${false} />
<${Choice} form=${form} name="clerk" label="Thư ký" choices=${[["", "Chi bộ cử tại buổi họp"], ...clerks]} value=${clerk} draft=${false} hint=${clerk ? "Dự kiến khi chuẩn bị. Chi bộ cử đồng chí khác thì đổi, bây giờ hoặc trong buổi họp." : ""} />
${paper ? html`<${Field} form=${form} name="started" label="Bắt đầu lúc" hint="Giờ ghi trong sổ giấy, ví dụ 19:30." type="time" short=${true} />
<${Field} form=${form} name="ended" label="Kết thúc lúc" hint="Sổ không ghi thì để trống. Họp qua nửa đêm thì ghi giờ của hôm sau, ví dụ 00:20." type="time" short=${true} />` : null}
${early ? html`<${Tick} form=${form} name="early" label="Chi bộ họp hôm nay, sớm hơn lịch" />` : null}
<p class="actions"><button class="button button-main">${paper ? "Bắt đầu ghi lại" : "Mở phòng họp"}</button></p></form>
<p class="soft measure">${!paper && absent ? `Xin vắng: ${absent}. ` : ""}Danh sách điểm danh lập từ sổ chi bộ; chưa ai được ghi là có mặt.</p>`;
}

/** Who may minute the meeting: whoever is called, but for guests of the roll. @param {Session} session @returns {[string, string][]} */
function clerksOf({ pack }) {
  const able = pack.people.filter((one) => one.kind !== "temporary" && !one.exempt && !one.away && !one.suspended);
  return able.map((one) => [one.id, one.name]);
}

/** What is otherwise than when the meeting was planned: whoever opens sees it. @param {{session: Session}} props */
function Changes({ session }) {
  const changes = session.pack.changes || [];
  if (!changes.length) return null;
  return html`<div class="notice"><${Icon} name="users" /><div class="notice-body"><p><b>Đổi từ khi định lịch.</b> Danh sách, chi ủy là của ngày họp, theo sổ chi bộ.</p>${changes.map((one) => html`<p key=${one}>${one}</p>`)}</div></div>`;
}

/** @param {{session: Session}} props */
function Early({ session }) {
  const { day } = session.pack.meeting;
  const left = numberWord(daysBetween(dayOf(session.clock.now()), day));
  return html`<div class="notice notice-late"><${Icon} name="clock" /><div><p><b>Buổi họp định ngày ${date(day)}, còn ${left} ngày.</b> Chi bộ họp hôm nay thì đánh dấu ô dưới; muốn mọi người biết trước thì đổi lịch khi có mạng.</p></div></div>`;
}
