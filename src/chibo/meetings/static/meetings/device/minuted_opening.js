/**
 * The opening of the minutes: who was called, who came, who was absent and why (domain.md 3.3). The twin of
 * chibo.meetings.minutes.opening.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("../room/fold.js").Line} Line
 */
import { unsaid } from "../room/paper_book.js";
import { capital, date, dayOf, isExpected, reasonWords, rollOf, timeSentence } from "./words.js";

/** @type {[string, string][]} */
const KINDS = [
  ["official", "chính thức"],
  ["probationary", "dự bị"],
  ["temporary", "sinh hoạt tạm thời"],
];
const SPACE = "\u00a0";

/** "ngày 05 tháng 02 năm 2026": a 0 before days under 10 and months 1 and 2 (Hướng dẫn 36-HD/VPTW).
 * @param {string} day */
export function dateLong(day) {
  const [year, month, number] = day.split("-");
  const written = Number(month) <= 2 ? month : String(Number(month));
  return `ngày${SPACE}${number} tháng${SPACE}${written} năm${SPACE}${year}`;
}

/** The paragraphs, in the order of the form. @param {Session} session @returns {string[]} */
export function openingLines(session) {
  const { room, pack } = session;
  const { meeting, minuted } = pack;
  const start = room.opened_at === null ? meeting.starts_at : room.opened_at;
  const when = `lúc ${timeSentence(start)}, ${dateLong(dayOf(start))}`;
  const held = `${whoOf(pack)} họp ${minuted.kinds} ${meeting.period_title}`.replace("  ", " ");
  const guests = [...room.guests.values()].map((one) => (one.office ? `${one.name}, ${one.office}` : one.name));
  const chair = room.chair ? session.name(room.chair) : "chưa ghi";
  const person = room.clerk || minuted.clerk;
  const title = person ? minuted.offices[person] : "";
  const clerk = person ? `${session.name(person)}${title ? `, ${title}` : ""}` : "chưa cử";
  return [
    `Hôm nay, ${when}, tại ${meeting.place}, ${held}.`,
    ...meeting.reasons,
    ...fromTheBook(session),
    ...rollLines(session),
    ...(guests.length ? [`Khách mời: ${guests.join("; ")}.`] : []),
    ...(room.observers ? [`Dự thính: ${room.observers} người.`] : []),
    `Chủ trì: đồng chí ${chair}. Thư ký ghi biên bản: đồng chí ${clerk}.`,
  ];
}

/** That a meeting held on paper was entered later: from which pages, by whom, when. @param {Session} session @returns {string[]} */
function fromTheBook(session) {
  const { on_paper: onPaper, opened_by: author, entered_at: at, notes } = session.room;
  const pages = (notes.get("book") || "").replace(/[. ]+$/, "");
  const texts = onPaper || pages ? [`Biên bản này nhập lại từ sổ giấy${pages ? `: ${pages}` : ""}.`] : [];
  if (onPaper && author !== null) texts.push(`Người nhập: đồng chí ${session.name(author)}${at === null ? "" : `, ngày ${date(at)}`}.`);
  return texts.length ? [texts.join(" ")] : [];
}

/** Who came, as far as the paper book says it: perhaps a number, perhaps some names.
 * @param {Session} session @param {string} named */
function byTheBook({ room }, named) {
  const number = unsaid(room).present;
  const texts = [...(number === null ? [] : [`Có mặt ${number} đồng chí theo sổ.`]), "Sổ không ghi danh sách dự họp."];
  return [...texts, ...(named ? [`Có tên trong sổ: ${named}.`] : [])].join(" ");
}

/** Who meets; packs of an older version do not say it. @param {import("./pack.js").Pack} pack */
function whoOf({ meeting, minuted }) {
  if (minuted.who) return minuted.who;
  if (meeting.body === "committee") return "Chi ủy";
  return meeting.group ? `${capital(meeting.group)} của ${meeting.cell_name}` : meeting.cell_name;
}

/** The counts and names of the roll. @param {Session} session @returns {string[]} */
function rollLines(session) {
  const lines = rollOf(session);
  if (!lines.length) return ["Chưa điểm danh."];
  const names = (/** @type {Line[]} */ some) => some.map((line) => session.name(line.person)).join(", ");
  const present = lines.filter((line) => line.state === "present");
  const isKnown = present.length > 0 || !waiting(lines).length;
  if (session.pack.meeting.body === "committee") {
    const absent = lines.filter((line) => line.state === "absent");
    const came = `Có mặt: ${present.length}/${lines.length}${present.length ? ` (${names(present)})` : ""}.`;
    if (unsaid(session.room).roll !== null) return [byTheBook(session, names(present)), ...absences(session, lines, absent)];
    return [...(isKnown ? [came] : []), ...absences(session, lines, absent)];
  }
  const home = lines.filter((line) => line.kind !== "temporary");
  const arrivals = lines.length - home.length;
  const exempt = home.filter((line) => line.exempt);
  const came = exempt.filter((line) => line.state === "present");
  const away = home.filter((line) => line.away);
  const suspended = home.filter((line) => line.suspended);
  const absent = lines.filter((line) => line.state === "absent" && isExpected(line));
  return [
    `Tổng số đảng viên: ${home.length} (${byKind(home)}).${arrivals ? ` Sinh hoạt tạm thời đến: ${arrivals}.` : ""}`,
    ...(exempt.length
      ? [`Miễn công tác và sinh hoạt đảng: ${exempt.length} (${names(exempt)})${came.length ? `, đến dự: ${names(came)}` : ""}.`]
      : []),
    ...(away.length ? [`Giới thiệu sinh hoạt tạm thời nơi khác: ${away.length} (${names(away)}).`] : []),
    ...(suspended.length ? [`Đình chỉ sinh hoạt: ${suspended.length}.`] : []),
    ...(unsaid(session.room).roll !== null
      ? [byTheBook(session, names(present))]
      : isKnown ? [`Dự họp: ${present.length} (${byKind(present)}).`] : []),
    ...absences(session, lines, absent),
  ];
}

/** Those of whom nobody has said whether they came. @param {Line[]} lines */
function waiting(lines) {
  return lines.filter((line) => isExpected(line) && !line.state);
}

/** With reason, reason not known, and without reason as decided: three states, never one for another; nor is whoever was
 * not called present or absent.
 * @param {Session} session @param {Line[]} lines @param {Line[]} absent @returns {string[]} */
function absences(session, lines, absent) {
  const name = (/** @type {Line} */ line) => session.name(line.person);
  const unknown = absent.filter((line) => !line.reason || line.reason === "unknown");
  const without = absent.filter((line) => line.reason === "none");
  const excused = absent.filter((line) => unknown.indexOf(line) < 0 && without.indexOf(line) < 0);
  const told = excused.map((line) => `${name(line)}, ${reasonWords(line.reason, session.pack.reasons)}`);
  const left = waiting(lines);
  const noRoll = unsaid(session.room).roll !== null;
  const named = lines.some((line) => line.state) ? ` (${left.map(name).join(", ")})` : "";
  const texts = [
    ...(told.length ? [`Vắng có lý do: ${told.length} (${told.join("; ")}).`] : []),
    ...(unknown.length ? [`Vắng chưa rõ lý do: ${unknown.length} (${unknown.map(name).join(", ")}).`] : []),
    ...(without.length ? [`Vắng không lý do: ${without.length} (${without.map(name).join(", ")}).`] : []),
    ...(left.length && !noRoll ? [`Chưa điểm danh ${left.length} đồng chí${named}.`] : []),
  ];
  return texts.length || noRoll ? texts : ["Không có đảng viên vắng mặt."];
}

/** "chính thức 15, dự bị 2": only the kinds that there are. @param {Line[]} lines */
function byKind(lines) {
  const counts = KINDS.map(([kind, words]) => ({ words, number: lines.filter((line) => line.kind === kind).length }));
  const found = counts.filter((one) => one.number).map((one) => `${one.words} ${one.number}`);
  return found.join(", ") || "không có";
}
