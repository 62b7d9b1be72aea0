/**
 * Moments by a clock that was wrong: which time is right. One tap for the clock, one for the programme; or it is typed.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../session.js").Entry} Entry
 */
import { kindWords, moment } from "../entry_words.js";
import { checkDay, typedDay } from "../days.js";
import { Act, ErrorSummary, Field, typed, useForm } from "../forms.js";
import { html } from "../view.js";
import { dayOf, momentOn, readTime } from "../words.js";

/** What the minutes take a time from. */
const TOLD = ["open", "close", "abort", "read"];
/** Which days may be right. */
const ANY = { earliest: "2000-01-01", latest: "2199-12-31", today: "" };

/** The entries of a doubt that tell of a time, as they were written; those that stand alone count.
 * @param {Session} session @param {Entry} doubt @returns {Entry[]} */
function doubted({ entries, room }, { payload }) {
  const found = payload.of.map((/** @type {string} */ id) => entries.get(id));
  const stand = found.filter((/** @type {Entry | undefined} */ one) => one !== undefined && one.at !== null && !room.undone.has(one.id));
  const telling = stand.filter((/** @type {Entry} */ one) => TOLD.indexOf(one.kind) >= 0);
  return telling.length ? telling : stand.slice(0, 1);
}

/** @param {{session: Session, doubt: Entry, decided: (session: Session, words: string, written: string[]) => void}} props */
export function WhichTime({ session, doubt, decided }) {
  const { meeting } = session.pack;
  const [first, ...others] = doubted(session, doubt);
  const begun = session.room.opened_at;
  const planned = first.kind === "open" || begun === null ? meeting.starts_at : begun;
  /** @param {number} at when the first of them was */
  const move = async (at) => {
    const seconds = Math.round((at - /** @type {number} */ (first.at)) / 1000);
    const entry = await session.write("time-move", { of: doubt.id, seconds });
    decided(session, `Đã lấy giờ: ${moment(at)}.`, [entry]);
  };
  const form = useForm(session, `gio ${doubt.id}`, {
    check: (data) => ({
      day: typed(data, "day") ? checkDay(typedDay(data, "day", session), ANY) : "Chưa ghi “Ngày”.",
      clock: readTime(typed(data, "clock")) === null ? "Ghi giờ từ 0 đến 23, ví dụ 19:30." : "",
    }),
    send: (data) => move(Date.parse(momentOn(typedDay(data, "day", session), readTime(typed(data, "clock")) || ""))),
  });
  const shifted = (/** @type {number} */ at) => [first, ...others].map((one) => `${kindWords(session, one.kind)}: ${moment(Number(one.at) + at - Number(first.at))}`);
  /** @param {{at: number, title: string, by: string, act: string}} side */
  const side = ({ at, title, by, act }) => html`<li class="side"><p class="version">${shifted(at).map((line) => html`<span class="line" key=${line}>${line}</span>`)}</p><p class="row-meta">${by}</p><p class="actions"><${Act} class="button" act=${() => move(at)}>${act}<span class="hide">: ${title}</span><//></p></li>`;
  const { author } = first;
  return html`<ul class="sides">${side({ at: Number(first.at), title: "giờ máy", by: `Theo đồng hồ trên máy của đồng chí ${session.name(author)}.`, act: "Lấy giờ này" })}
${side({ at: planned, title: "giờ theo lịch", by: first.kind === "open" ? "Theo giờ bắt đầu đã định." : "Theo giờ mở buổi họp.", act: "Lấy giờ này" })}</ul>
<details><summary>Giờ khác</summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${Field} form=${form} name="day" label=${`Ngày (${kindWords(session, first.kind).toLowerCase()})`} type="date" value=${dayOf(planned)} draft=${false} short />
<${Field} form=${form} name="clock" label="Giờ" hint="Ví dụ 19:35. Các giờ sau của máy ấy tính theo." draft=${false} short />
<p class="actions"><button class="button">Lấy giờ này</button></p></form></details>`;
}
