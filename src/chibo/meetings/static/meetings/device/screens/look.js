/**
 * What does not fit together: each line in words, with the way to write it anew or to take it back.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../session.js").Entry} Entry
 */
import { fitsAgain } from "../../room/bases.js";
import { KINDS } from "../../room/kinds.js";
import { Act, Link } from "../forms.js";
import { recount } from "../hands.js";
import { html } from "../view.js";
import { called, capital, numberWord, time } from "../words.js";

/** Words of the pack. @param {Session} session @param {string} key @param {string} otherwise */
function said(session, key, otherwise) {
  return session.pack.sentences[key] || otherwise;
}

/** What an entry says, short enough for a line; of a secret part of nothing but its kind is said.
 * @param {Session} session @param {Entry} entry */
function content(session, { kind, payload }) {
  if (kind === "attend" && Array.isArray(payload.members)) {
    return `${payload.members.map((/** @type {string} */ one) => session.name(one)).join(", ")}: ${called(payload, session.pack.reasons)}`;
  }
  if (kind === "clerk") return `Đồng chí ${session.name(payload.member)}`;
  if (kind === "open") return `Chủ trì: đồng chí ${session.name(payload.chair)}`;
  if (kind === "vote") return `${payload.title}: ${payload.in_favour} tán thành`;
  const words = Array.from(String(payload.text || payload.what || payload.title || ""));
  return words.length > 80 ? `${words.slice(0, 79).join("")}…` : words.join("");
}

/** Where it is written anew. @param {Session} session @param {Entry} entry @param {string} why @returns {[string, string] | null} key, words */
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
const COUNT_AGAIN = ["vote_base", "too_many_hands"];

/** One line. @param {{session: Session, go: (key: string) => void, entry: Entry, why: string}} props */
function Odd({ session, go, entry, why }) {
  const what = said(session, `kind.${entry.kind}`, "Ghi chép");
  const way = mend(session, entry, why);
  const at = time(entry.at);
  const takeBack = async () => {
    const undo = await session.undo(entry.id);
    session.say(`Đã bỏ dòng: ${what.toLowerCase()}${at ? `, ghi lúc ${at}` : ""}.`, undo);
    const heading = document.querySelector("main h1");
    if (heading instanceof HTMLElement) heading.focus();
  };
  const countAgain = async () => session.say("Đã tính lại kết quả theo điểm danh.", await recount(session, entry.id));
  const text = content(session, entry);
  return html`<li class="row"><div><p class="row-title">${what}${at ? `, ghi lúc ${at}` : ""}</p>
<p class="row-meta">${said(session, `odd.${why}`, said(session, "odd", "Không khớp với phần đã ghi."))}</p>
${text ? html`<p class="row-meta">${text}</p>` : null}<p class="row-meta">Người ghi: ${session.name(entry.author)}, ${entry.device === session.device ? "trên máy này" : "trên máy khác"}.</p></div>
<div class="row-end">${why === "opened_without_right" && session.pack.me.may_open ? html`<a class="button button-quiet" href=${`/cuoc-hop/${session.pack.meeting.id}/phong/lan-mo/`}>Xác nhận trên máy chủ</a>` : null}${COUNT_AGAIN.indexOf(why) >= 0 && fitsAgain(session.room, entry.id) ? html`<${Act} class="button" act=${countAgain}>Tính lại theo điểm danh<//>` : null}${way ? html`<${Link} session=${session} go=${go} to=${way[0]} class="button button-quiet">${way[1]}<//>` : null}${isKept(entry, why) ? null : html`<${Act} class="button button-quiet" act=${takeBack}>Bỏ dòng này<span class="hide">: ${what}, ${text}</span><//>`}</div></li>`;
}

/** Whether an entry cannot be taken back: the opening and the end stand, a second one does not.
 * @param {Entry} entry @param {string} why */
function isKept({ kind }, why) {
  const isSecond = why === "opened_twice" || why === "closed_twice";
  return !isSecond && Object.prototype.hasOwnProperty.call(KINDS, kind) && KINDS[kind].final;
}

/** @param {import("../view.js").ScreenProps} props */
export function Look({ session, go }) {
  const rows = session.room.needs_look.flatMap(({ entry: id, why }) => {
    const entry = session.entries.get(id);
    return entry === undefined ? [] : [{ entry, why }];
  });
  const number = session.room.needs_look.length;
  const open = session.room.closed_by === null;
  return html`<div class="title"><h1 tabindex="-1">${number ? `${capital(numberWord(number))} chỗ cần xem lại trước khi ký` : "Không còn chỗ nào phải xem lại"}</h1>
<p class="lead">${number ? "Không dòng nào bị bỏ. Ghi lại cho đúng trong phòng họp, hoặc bỏ dòng thừa." : "Buổi họp ghi khớp với nhau."}</p></div>
<ul>${rows.map(({ entry, why }) => html`<${Odd} key=${entry.id + why} session=${session} go=${go} entry=${entry} why=${why} />`)}</ul>
<p class="actions"><${Link} session=${session} go=${go} to=${open ? "ket-thuc" : "bien-ban"} class="button">Quay lại<//></p>`;
}
