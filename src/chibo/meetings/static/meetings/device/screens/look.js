/**
 * What does not fit together, to be decided until the signatures: each mark with what its entries say, who wrote them and
 * when, side by side, and one tap for either. A reason that is new needs a sentence of the pack and nothing here.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../session.js").Entry} Entry
 * @typedef {import("../../room/fold.js").Look} LookAt
 * @typedef {{entry: Entry, about: string}} Side
 * @typedef {{looks: LookAt[], why: string, sides: Side[]}} Mark  looks: one for each field on which the same entries differ
 */
import { fitsAgain } from "../../room/bases.js";
import { pair } from "../../room/doubles.js";
import { KINDS } from "../../room/kinds.js";
import { chooseEntry, sidesOf } from "../choose_entry.js";
import { kindWords, moment, valueOf } from "../entry_words.js";
import { Act, Link } from "../forms.js";
import { recount } from "../hands.js";
import { Lines } from "../text.js";
import { html } from "../view.js";
import { capital, numberWord, time } from "../words.js";
import { WhichTime } from "./which_time.js";

/** The marks of a meeting. @param {Session} session @returns {Mark[]} */
function marksOf(session) {
  /** @type {Map<string, Mark>} */
  const found = new Map();
  for (const look of session.room.needs_look) {
    const all = sidesOf(look).map(([id, about]) => ({ entry: /** @type {Entry} */ (session.entries.get(id)), about }));
    const sides = all.filter(({ entry }) => entry !== undefined);
    const key = [look.why, ...sides.map(({ entry }) => entry.id)].join(" ");
    const same = found.get(key);
    if (same) same.looks.push(look);
    else if (sides.length) found.set(key, { looks: [look], why: look.why, sides });
  }
  return [...found.values()];
}

/** Which fields of an entry a mark is about: several people of one roll call. @param {Mark} mark @param {Entry} entry */
function fieldsOf({ looks }, { id }) {
  return looks.flatMap((look) => sidesOf(look).filter(([side]) => side === id).map(([, about]) => about));
}

/** Where something is written anew. @param {Session} session @param {Entry} entry @param {string} why @returns {[string, string] | null} key, words */
function mend(session, { kind, payload }, why) {
  if (why.indexOf("differing") === 0) return ["y-kien-khac", "Xem ý kiến khác"];
  if (session.room.closed_by !== null) return null;
  if (kind === "vote" && !payload.of) {
    return payload.subject === "other" ? ["bieu-quyet", "Biểu quyết lại"] : [`bieu-quyet/${payload.subject}`, "Biểu quyết lại"];
  }
  if (kind === "attend" || why === "vote_base") return ["diem-danh", "Sửa điểm danh"];
  if (kind === "clerk") return ["thu-ky", "Cử lại thư ký"];
  return kind === "secret" ? [`bo-phieu-kin/${payload.of}`, "Kiểm lại phiếu"] : null;
}

/** What reckoning the base of a vote anew mends. */
const COUNT_AGAIN = ["vote_base", "too_many_hands", "base_not_on_the_roll"];

/** Whether an entry cannot be taken back: the opening and the end stand, a second one does not.
 * @param {Entry} entry @param {string} why */
function isKept({ kind }, why) {
  const isSecond = why === "opened_twice" || why === "closed_twice" || why === "ended_beside";
  return !isSecond && Object.prototype.hasOwnProperty.call(KINDS, kind) && KINDS[kind].final;
}

/** What was written about an entry, as its corrections: nothing without it. @param {Session} session @param {string} id @returns {string[]} */
function dependentsOf({ entries, room }, id) {
  const found = [...entries.values()].filter((one) => one.payload.of === id && one.kind !== "undo" && !room.undone.has(one.id));
  return found.filter((one) => /-(edit|support|outcome|reserve)$/.test(one.kind)).map((one) => one.id);
}

/** Say what was decided, and go on at the next mark. @param {Session} session @param {string} words @param {string[]} written */
function decided(session, words, written) {
  session.say(words, written);
  const heading = document.querySelector("h1");
  if (heading instanceof HTMLElement) heading.focus();
}

/** Keep one of several. @param {Session} session @param {Mark} mark @param {Entry} kept */
async function keep(session, mark, kept) {
  /** @type {string[]} */
  const written = [];
  if (mark.why === "written_twice") {
    const dropped = mark.sides.map(({ entry }) => entry.id).filter((id) => id !== kept.id);
    const undone = dropped.flatMap((id) => [...dependentsOf(session, id), id]);
    written.push(...(await session.writeAll(undone.map((of) => ["undo", { of }]))));
  } else {
    for (const look of mark.looks) written.push(...(await chooseEntry(session, look, kept.id)));
  }
  decided(session, `Đã lấy: ${shortened(valueOf(session, kept, fieldsOf(mark, kept)[0]))}`, written);
}

/** Both stand. @param {Session} session @param {Mark} mark */
async function keepBoth(session, { sides }) {
  const last = sides[sides.length - 1].entry.id;
  const pairs = sides.slice(0, -1).map(({ entry }) => pair(entry.id, last).split(" "));
  const written = await session.writeAll(pairs.map(([one, other]) => ["both-stand", { one, other }]));
  decided(session, "Đã giữ cả hai.", written);
}

/** Take back what a mark is about: of a roll call these people alone. @param {Session} session @param {Mark} mark @param {Entry} entry */
async function takeBack(session, mark, entry) {
  const fields = fieldsOf(mark, entry);
  const undo = await session.writeAll(fields.map((about) => ["undo", { of: entry.id, about: about || null }]));
  decided(session, `Đã bỏ dòng: ${kindWords(session, entry.kind).toLowerCase()}, ghi lúc ${time(entry.at)}.`, undo);
}

/** @param {Session} session @param {Entry} entry */
async function countAgain(session, entry) {
  decided(session, "Đã tính lại kết quả theo điểm danh.", [await recount(session, entry.id)]);
}

/** @param {string} words */
function shortened(words) {
  const letters = Array.from(words.split("\n").join(" "));
  return letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : words;
}

/** What one entry says, by whom and when, and the tap that keeps it.
 * @param {{session: Session, mark: Mark, side: Side}} props */
function OneSide({ session, mark, side: { entry } }) {
  const { why, sides } = mark;
  const value = fieldsOf(mark, entry).map((about) => valueOf(session, entry, about)).join("; ") || kindWords(session, entry.kind);
  const others = sides.filter((one) => one.entry !== entry);
  const isKeepable = others.length > 0 && !others.some((one) => isKept(one.entry, why));
  const where = entry.device === session.device ? "máy này" : "máy khác";
  return html`<li class="side"><p class="version"><${Lines} text=${value} /></p><p class="row-meta">Đồng chí ${session.name(entry.author)} ghi lúc ${moment(entry.at)}, trên ${where}.</p>
${isKeepable ? html`<p class="actions"><${Act} class="button" act=${() => keep(session, mark, entry)}>${why === "written_twice" ? "Giữ dòng này" : "Lấy bản này"}<span class="hide">: ${value}</span><//></p>` : null}</li>`;
}

/** One mark. @param {{session: Session, go: (key: string) => void, mark: Mark}} props */
function OneMark({ session, go, mark }) {
  const { why, sides } = mark;
  const { entry } = sides[sides.length - 1];
  const { sentences, me, meeting } = session.pack;
  const way = mend(session, entry, why);
  const isPair = sides.length > 1;
  return html`<li class="mark"><p class="row-title">${kindWords(session, entry.kind)}</p>
<p class="row-meta">${sentences[`odd.${why}`] || sentences.odd || "Không khớp với phần đã ghi."}</p>
${
  why === "time_doubted"
    ? html`<${WhichTime} session=${session} doubt=${entry} decided=${decided} />`
    : html`<ul class="sides">${sides.map((side) => html`<${OneSide} key=${side.entry.id} session=${session} mark=${mark} side=${side} />`)}</ul>
<p class="actions">${why === "written_twice" ? html`<${Act} class="button" act=${() => keepBoth(session, mark)}>Giữ cả hai<//>` : null}
${why === "opened_without_right" && me.may_open ? html`<a class="button button-quiet" href=${`/cuoc-hop/${meeting.id}/phong/lan-mo/`}>Xác nhận trên máy chủ</a>` : null}
${COUNT_AGAIN.indexOf(why) >= 0 && fitsAgain(session.room, entry.id) ? html`<${Act} class="button" act=${() => countAgain(session, entry)}>Tính lại theo điểm danh<//>` : null}
${way ? html`<${Link} session=${session} go=${go} to=${way[0]} class="button button-quiet">${way[1]}<//>` : null}
${isPair || isKept(entry, why) ? null : html`<${Act} class="button button-quiet" act=${() => takeBack(session, mark, entry)}>Bỏ dòng này<span class="hide">: ${valueOf(session, entry)}</span><//>`}</p>`
}</li>`;
}

/** @param {import("../view.js").ScreenProps} props */
export function Look({ session, go }) {
  const marks = marksOf(session);
  const number = marks.length;
  const open = session.room.closed_by === null;
  return html`<div class="title"><h1 tabindex="-1">${number ? `${capital(numberWord(number))} chỗ cần xem lại trước khi ký` : "Không còn chỗ nào phải xem lại"}</h1>
<p class="lead">${number ? "Chưa dòng nào bị bỏ. Đọc từng bản, hỏi người ghi, rồi chọn. Chọn nhầm thì hoàn tác được." : "Buổi họp ghi khớp với nhau."}</p></div>
<ul>${marks.map((mark) => html`<${OneMark} key=${mark.looks[0].entry + mark.why + mark.looks[0].about} session=${session} go=${go} mark=${mark} />`)}</ul>
<p class="actions"><${Link} session=${session} go=${go} to=${open ? "ket-thuc" : "bien-ban"} class="button">Quay lại<//></p>`;
}
