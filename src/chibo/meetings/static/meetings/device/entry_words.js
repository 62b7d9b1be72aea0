/**
 * What an entry says, in words, as far as two of them are to be told apart; of a secret vote nothing but its sums.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./session.js").Entry} Entry
 */
import { resultWords } from "./reviewing.js";
import { called, date, pointsWords, time } from "./words.js";

/** @type {{[outcome: string]: string}} */
const OUTCOMES = { adopted: "Tiếp thu", not_adopted: "Không tiếp thu", withdrawn: "Người nêu rút" };
const COUNTS = [["in_favour", "tán thành"], ["against", "không tán thành"], ["abstained", "không biểu quyết"]];
const BALLOTS = [["in_favour", "tán thành"], ["against", "không tán thành"], ["blank", "phiếu trắng"]];

/** What one entry of a meeting is called: "Điểm danh". @param {Session} session @param {string} kind */
export function kindWords(session, kind) {
  return session.pack.sentences[`kind.${kind}`] || "Ghi chép";
}

/** 19:32 ngày 03/12/2026. @param {number | null} at */
export function moment(at) {
  return at === null ? "" : `${time(at)} ngày ${date(at)}`;
}

/** @param {any} counted @param {string[][]} names */
function counts(counted, names) {
  return names.map(([name, words]) => `${counted[name]} ${words}`).join(", ");
}

/** "Đặng Văn Bình: …", or the text alone. @param {Session} session @param {any} payload @param {string} text */
function spoken(session, { member, guest }, text) {
  const who = member ? session.name(member) : guest || "";
  return who ? `${who}: ${text}` : text;
}

/** @type {{[kind: string]: (session: Session, payload: any, about: string, entry: Entry) => string}} */
const WORDS = {
  open: (session, { chair, started }, _, { at }) => `Chủ trì: đồng chí ${session.name(chair)}, mở lúc ${moment(started ? Date.parse(started) : at)}`,
  close: (_, { ended }, __, { at }) => `Kết thúc lúc ${moment(ended ? Date.parse(ended) : at)}`,
  abort: (_, { why, ended }, __, { at }) => `Hoãn lúc ${moment(ended ? Date.parse(ended) : at)}: ${why}`,
  attend: (session, payload, about) => {
    const who = (about ? [about] : payload.members).map((/** @type {string} */ one) => session.name(one)).join(", ");
    return `${who}: ${called(payload, session.pack.reasons)}`;
  },
  clerk: (session, { member }) => `Đồng chí ${session.name(member)}`,
  guest: (_, { name, office }) => (office ? `${name}, ${office}` : name),
  remark: (session, payload) => spoken(session, payload, payload.text),
  agree: (session, { member }) => `Đồng chí ${session.name(member)}`,
  spoke: (_, { count }) => `${count} đồng chí`,
  observers: (_, { count }) => `${count} người`,
  differ: (session, payload) => spoken(session, payload, payload.text),
  correct: (session, payload) => spoken(session, payload, payload.text),
  "differ-support": (_, { number }) => `${number} đồng chí`,
  "differ-outcome": (_, { outcome, why }) => (why ? `${OUTCOMES[outcome]}: ${why}` : OUTCOMES[outcome]),
  vote: (_, payload) => `${payload.title}: ${counts(payload, COUNTS)}`,
  secret: (_, { choices }) => choices.map((/** @type {any} */ one) => `${one.name}: ${counts(one, BALLOTS)}`).join("\n"),
  review: (session, { result, cause, new_due: due }) => {
    return [resultWords(session, result), cause, due ? `hạn mới ${date(due)}` : ""].filter(Boolean).join(", ");
  },
  task: task,
  "task-edit": task,
  conclude: (session, { kind, parts }, about) => {
    const texts = about ? [(parts || {})[about] || ""] : Object.values(parts || {});
    return texts.filter(Boolean).join("\n") || (kind === "resolution" ? "Nghị quyết" : kind ? "Kết luận" : "Bỏ trống");
  },
  "keep-as": (session, { how, page }) => {
    const found = session.pack.ways.find(([way]) => way === how);
    return [found ? found[1] : "", page || ""].filter(Boolean).join(", ");
  },
  score: (_, { code, points, note }) => [`Tiêu chí ${code}: ${pointsWords(points)} điểm`, note || ""].filter(Boolean).join(". "),
};

/** @param {Session} session @param {any} payload */
function task(session, { what, lead, due, how_checked: how }) {
  return [what, `đồng chí ${session.name(lead)}`, `xong đến hết ngày ${date(due)}`, how ? `kiểm tra: ${how}` : ""].filter(Boolean).join(", ");
}

/** What an entry says. @param {Session} session @param {Entry} entry @param {string} [about] which field of it
 * @returns {string} empty where it says nothing by itself */
export function valueOf(session, entry, about = "") {
  const { kind, payload } = entry;
  try {
    if (Object.prototype.hasOwnProperty.call(WORDS, kind)) return WORDS[kind](session, payload, about, entry);
  } catch {
    return ""; // an entry of another shape than its kind has: it is marked for that
  }
  return String(payload.text || payload.what || payload.title || payload.why || "");
}
