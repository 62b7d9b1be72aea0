/**
 * What was said at an item, the newest last: next to the entry. The last few stand in full, those before fold to a name
 * and first words; a differing opinion stands among them, with what the cell does with it.
 * @typedef {import("../session.js").Session} Session
 * @typedef {{id: string, at: number | null, order: number, remark: any, row: import("./differing.js").Row | null}} Said
 */
import { isOpen } from "../../room/fold.js";
import { agreedAt } from "../../room/in_short.js";
import { Act, Link } from "../forms.js";
import { calledAs, saidBy } from "../speakers.js";
import { Lines } from "../text.js";
import { html, Status, useEffect, useRef, useState } from "../view.js";
import { capital, numberWord, time } from "../words.js";
import { OpenOpinion, rowsOf, Settled } from "./differing.js";

/** What may stand in full, in letters: the newest does, those before it as far as there is room on a phone. Each takes
 * a line of its own beside its text. */
const ROOM = 450;
const HEAD = 60;
/** How many stand as a line before those; the rest is one tap away. */
const LINES = 4;
/** Letters of a text that stands in full at once. */
const LONG = 280;
/** How many texts that are here already stand open to the eye. */
const GIVEN = 3;
/** @type {{[source: string]: string}} */
const SOURCES = { prepared: "Từ bài chuẩn bị", phone: "Từ điện thoại của người nói", opinion: "Từ ý kiến đã gửi" };

/** Who said it. @param {Session} session @param {any} remark */
export function speakerOf(session, remark) {
  return calledAs(session, saidBy(remark));
}

/** In the order in which it was said. @param {Session} session @param {string} item @returns {Said[]} */
function saidAt(session, item) {
  const remarks = [...session.room.remarks.values()].filter((one) => one.item === item);
  const rows = rowsOf(session).filter((row) => row.one.item === item);
  const place = new Map([...session.entries.keys()].map((id, order) => [id, order]));
  const order = (/** @type {string} */ id) => place.get(id) || 0;
  const at = (/** @type {string} */ id) => (session.entries.get(id) || { at: null }).at;
  return [
    ...remarks.map((remark) => ({ id: remark.id, at: remark.at, order: order(remark.id), remark, row: null })),
    ...rows.map((row) => ({ id: row.one.id, at: at(row.one.id), order: order(row.one.id), remark: null, row })),
  ].sort((one, other) => (one.at || 0) - (other.at || 0) || one.order - other.order);
}

/** @param {{session: Session, go: (key: string) => void, item: string, conclusionAlone?: boolean}} props
 *   conclusionAlone: the minutes take the chair's conclusion only */
export function SaidList({ session, go, item, conclusionAlone }) {
  const all = saidAt(session, item);
  const [isWhole, show] = useState(false);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const last = all.length ? all[all.length - 1].id : "";
  const entry = session.entries.get(last);
  const isOwn = entry !== undefined && entry.device === session.device;
  const seen = useRef("");
  useEffect(() => {
    // What was written here comes into sight; what another device sends moves nothing under a hand.
    const place = list.current && list.current.lastElementChild;
    if (place && last && (isOwn || !seen.current)) place.scrollIntoView({ block: "nearest" });
    seen.current = last || "-";
  }, [last]);
  const short = conclusionAlone ? null : html`<${InShort} session=${session} item=${item} />`;
  if (!all.length) return conclusionAlone ? null : html`<p class="said-none soft">Chưa ghi ý kiến nào.</p>${short}`;
  const full = fullOf(all);
  const hidden = isWhole ? 0 : Math.max(0, all.length - full - LINES);
  const isShort = (/** @type {Said} */ one, /** @type {number} */ place) =>
    place < all.length - full && !(one.row && isOpen(one.row.one));
  const shown = all.map((one, place) => ({ one, short: isShort(one, place) })).filter(({ short }, place) => place >= hidden || !short);
  return html`${short}${hidden ? html`<button class="tool said-before" type="button" onClick=${() => show(true)}>Xem cả ${all.length} ý kiến đã ghi</button>` : null}
<ol class="said" aria-label="Đã ghi ở mục này" ref=${list}>${shown.map(({ one, short }) =>
    short
      ? html`<${Short} key=${one.id} session=${session} go=${go} one=${one} conclusionAlone=${conclusionAlone} />`
      : html`<${Whole} key=${one.id} session=${session} go=${go} one=${one} conclusionAlone=${conclusionAlone} />`,
  )}</ol>`;
}

/** Who only agreed, and how many spoke without a name. @param {{session: Session, item: string}} props */
function InShort({ session, item }) {
  const { room } = session;
  const agreed = agreedAt(room, item);
  const { unnamed = 0 } = room.items.get(item) || {};
  if (!agreed.length && !unnamed) return null;
  const takeBack = (/** @type {string} */ person) => async () => {
    const all = [...room.agreed.values()].filter((one) => one.item === item && one.person === person);
    session.say(`Đã bỏ nhất trí: ${session.name(person)}.`, await session.undoAll(all.map((one) => one.id)));
  };
  return html`<div class="said-short">${unnamed ? html`<p>${capital(numberWord(unnamed))} đồng chí phát biểu, không nêu tên.</p>` : null}
${agreed.length ? html`<details><summary><b>${capital(numberWord(agreed.length))} đồng chí nhất trí</b></summary><ul>${agreed.map((person) => html`<li key=${person}>${session.name(person)} <${Act} class="tool" act=${takeBack(person)}>Bỏ<span class="hide"> nhất trí của ${session.name(person)}</span><//></li>`)}</ul></details>` : null}</div>`;
}

/** How many of the last stand in full. @param {Said[]} all */
function fullOf(all) {
  let left = ROOM;
  let number = 0;
  for (const { remark, row } of all.slice().reverse()) {
    left -= HEAD + Math.min(LONG, Array.from(row ? row.one.text : remark.text).length);
    if (number && left < 0) break;
    number += 1;
  }
  return number;
}

/** Name and first words; the rest opens where it stands.
 * @param {{session: Session, go: (key: string) => void, one: Said, conclusionAlone?: boolean}} props */
function Short({ session, go, one, conclusionAlone }) {
  const [isOpened, open] = useState(false);
  const { remark, row } = one;
  const text = row ? row.one.text : remark.text;
  if (isOpened) return html`<${Whole} session=${session} go=${go} one=${one} conclusionAlone=${conclusionAlone} whole />`;
  return html`<li class="said-line" id=${`y-${one.id}`}><button type="button" onClick=${() => open(true)}><b>${nameOf(session, one)}.</b> ${firstWords(text, 60)}</button></li>`;
}

/** @param {{session: Session, go: (key: string) => void, one: Said, conclusionAlone?: boolean, whole?: boolean}} props */
function Whole({ session, go, one, conclusionAlone, whole }) {
  const [isOpened, open] = useState(Boolean(whole));
  const { remark, row } = one;
  const text = row ? row.one.text : remark.text;
  const isCut = !isOpened && Array.from(text).length > LONG;
  const more = isCut ? html` <button class="tool said-more" type="button" onClick=${() => open(true)}>Đọc hết</button>` : null;
  const at = session.pack.meeting.held_on_paper || one.at === null ? "" : time(one.at);
  const name = nameOf(session, one);
  const said = html`<b>${name}.</b> <${Lines} text=${isCut ? firstWords(text, LONG) : text} />${more}`;
  if (row) return html`<li class="remark" id=${`k-${one.id}`}><time>${at}</time><div><p>${said}</p><${Differing} session=${session} go=${go} row=${row} /></div></li>`;
  const from = marksOf(remark, conclusionAlone);
  return html`<li class="remark" id=${`y-${one.id}`}><time>${at}</time><p>${said}${from ? html`<span class="said-from">${from}</span>` : null}</p><${Link} class="tool" session=${session} go=${go} to=${`y-kien/${one.id}`}>Sửa<span class="hide"> ý kiến của ${name}</span><//></li>`;
}

/** @param {Session} session @param {Said} one */
function nameOf(session, { remark, row }) {
  if (row) return row.who;
  return remark.is_answer ? "Chủ trì kết luận" : speakerOf(session, remark);
}

/** Where a text came from. @param {any} remark @param {boolean | undefined} conclusionAlone */
function marksOf(remark, conclusionAlone) {
  if (conclusionAlone) return remark.is_answer ? "" : "Không vào biên bản";
  const source = SOURCES[remark.source || (remark.opinion ? "opinion" : "")] || "";
  return [remark.presenting ? "Trình bày" : "", source].filter(Boolean).join(" · ");
}

/** What stands under a differing opinion. @param {{session: Session, go: (key: string) => void, row: import("./differing.js").Row}} props */
function Differing({ session, go, row }) {
  if (!isOpen(row.one)) return html`<${Settled} session=${session} row=${row} />`;
  return html`<p class="said-from"><${Status} state="late" icon="split">Ý kiến khác, đang mở<//>${row.one.support ? ` (${numberWord(row.one.support)} đồng chí cùng ý kiến)` : ""}</p><${OpenOpinion} session=${session} go=${go} row=${row} main=${false} />`;
}

/** @param {string} text @param {number} most letters */
function firstWords(text, most) {
  const letters = Array.from(text.split("\n").join(" "));
  if (letters.length <= most) return letters.join("");
  const cut = letters.slice(0, most).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most / 2))} …`;
}

/** Texts that are here already: one tap puts each into the minutes, what is said beside it is typed.
 * @param {{session: Session, given: import("../speakers.js").Given[], take: (one: import("../speakers.js").Given) => Promise<unknown>}} props */
export function GivenList({ session, given, take }) {
  if (!given.length) return null;
  const rows = given.map((one) => html`<li class="given" key=${one.key}><details><summary><b>${one.name}</b> <span class="soft">${one.opinion === null ? "bài chuẩn bị" : "đã gửi"}: ${firstWords(one.text, 40)}</span></summary><p><${Lines} text=${one.text} /></p></details><${Act} class="button button-quiet" act=${() => take(one)}>Ghi bài<span class="hide"> của ${one.name} vào biên bản</span><//></li>`);
  const [first, rest] = [rows.slice(0, GIVEN), rows.slice(GIVEN)];
  return html`<ul class="given-list" aria-label="Bài có sẵn, chưa ghi">${first}</ul>${rest.length ? html`<details class="given-rest"><summary>Còn ${rest.length} bài</summary><ul>${rest}</ul></details>` : null}`;
}
