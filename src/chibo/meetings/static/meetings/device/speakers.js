/**
 * Who may speak at an item, whom the entry offers first, and who is found by a few letters. Whoever speaks is
 * "person:<id>", "guest:<name>", UNSAID where the paper book names nobody, or CHAIR for the conclusion of the item.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Step} Step
 * @typedef {{who: string, name: string, note: string, icon: string}} Speaker  note: why they are offered
 * @typedef {{key: string, who: string, name: string, text: string, opinion: string | null}} Given
 *   a text that is here already: handed in, or prepared by whoever presents (then opinion is null)
 */
import { waiting } from "../room/hall.js";
import { fold } from "./plain_letters.js";
import { isExpected, rollOf, time } from "./words.js";

export const UNSAID = "unsaid";
export const CHAIR = "chair";
/** How many of those who spoke last are offered, and how many the letters find. */
const LAST = 3;
const FOUND = 5;

/** Who may speak: who is there, and who is called and has no state yet. Beside another device the roll was not called
 * here: whoever need not come may have. @param {Session} session @returns {string[]} */
export function speakersOf(session) {
  /** @param {import("../room/fold.js").Line} line */
  const mayCome = (line) => isExpected(line) || (session.isBeside && !line.suspended);
  const here = rollOf(session).filter((line) => line.state === "present" || (mayCome(line) && !line.state));
  return here.map((line) => line.person);
}

/** The wish to speak of a person that waits: their remark uses it up, as payload `ask`.
 * @param {Session} session @param {string | null} person @returns {string | null} */
export function askedBy({ room }, person) {
  const found = waiting(room.hall).find((one) => one.person === person);
  return found ? found.id : null;
}

/** Who somebody is on the roster, or null. @param {string} who */
export function memberOf(who) {
  return who.startsWith("person:") ? who.slice(7) : null;
}

/** What somebody is called. @param {Session} session @param {string} who */
export function calledAs(session, who) {
  const member = memberOf(who);
  if (member) return session.name(member);
  if (who === CHAIR) return "Chủ trì kết luận";
  return who === UNSAID ? "Sổ không ghi người phát biểu" : who.slice(6);
}

/** Who said a remark. @param {{person: string | null, guest: string}} remark */
export function saidBy({ person, guest }) {
  if (person) return `person:${person}`;
  return guest ? `guest:${guest}` : UNSAID;
}

/** Whom one tap begins: who speaks, who asked to speak, who has a text here, who spoke last.
 * @param {Session} session @param {string} now who speaks @param {Given[]} given @returns {Speaker[]} */
export function offered(session, now, given) {
  const { room } = session;
  /** @type {Map<string, Speaker>} */
  const found = new Map();
  /** @param {string} who @param {string} note @param {string} icon */
  const add = (who, note, icon) => {
    if (!found.has(who)) found.set(who, { who, name: calledAs(session, who), note, icon });
  };
  if (now && now !== CHAIR) add(now, "", "");
  for (const ask of waiting(room.hall)) {
    const entry = session.entries.get(ask.id);
    if (room.roll.has(ask.person)) add(`person:${ask.person}`, entry && entry.at ? `xin ${time(entry.at)}` : "xin phát biểu", "hand");
  }
  for (const one of given) add(one.who, one.opinion === null ? "có bài chuẩn bị" : "đã gửi ý kiến", "file-text");
  if (room.on_paper) add(UNSAID, "", "");
  const last = [...room.remarks.values()].filter((one) => !one.is_answer).map(saidBy).reverse();
  const kept = last.filter((who, place) => who !== UNSAID && last.indexOf(who) === place).slice(0, LAST);
  for (const who of kept) add(who, "vừa nói", "");
  return [...found.values()];
}

/** Who is meant by a few letters, marks left out or not: each word begins one of the name's; whose given name it is
 * comes first. @param {Session} session @param {string} typed @returns {Speaker[]} */
export function foundBy(session, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const members = speakersOf(session).map((person) => ({ who: `person:${person}`, name: session.name(person), note: "", icon: "" }));
  const guests = [...session.room.guests.values()].map((one) => ({ who: `guest:${one.name}`, name: one.name, note: "khách", icon: "" }));
  const found = [...members, ...guests].filter(({ name }) => {
    const parts = fold(name).split(/\s+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  /** @param {Speaker} one */
  const isGiven = ({ name }) => (fold(name).split(/\s+/).pop() || "").startsWith(words[words.length - 1]);
  return [...found.filter(isGiven), ...found.filter((one) => !isGiven(one))].slice(0, FOUND);
}

/** The texts of an item that are here and not in the minutes yet, the presenter's first.
 * @param {Session} session @param {Step} step @returns {Given[]} */
export function givenAt(session, step) {
  const remarks = [...session.room.remarks.values()];
  const taken = new Set(remarks.map((one) => one.opinion));
  /** @type {Given[]} */
  const found = session.pack.opinions
    .filter((one) => one.item === step.item && !taken.has(one.id))
    .map((one) => ({ key: one.id, who: `person:${one.author}`, name: one.name, text: one.text, opinion: one.id }));
  const isPresented = remarks.some((one) => one.item === step.item && one.presenting);
  if (!step.text || !step.presented_by || isPresented) return found;
  const who = step.presenter ? `person:${step.presenter}` : `guest:${step.presented_by}`;
  return [{ key: "bai", who, name: step.presented_by, text: step.text, opinion: null }, ...found];
}
