/**
 * The items that minutes go by: the programme in its order, then what only the log knows. The twin of
 * chibo.meetings.minutes.draft.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Pack} Pack
 * @typedef {import("./pack.js").MinutedItem} Item
 */
import { agreedAt } from "../room/in_short.js";
import { unsaid } from "../room/paper_book.js";
import { pageAt, wayAt } from "./self_criticism.js";

const NAMELESS = "Mục đã bỏ khỏi chương trình, không còn tên";
const NOTHING = { state: "", opened_at: null, seconds: 0, why: "", how: "", page: "", unnamed: 0 };

/** @param {Session} session @returns {Item[]} */
export function itemsOf(session) {
  return [...programme(session.pack).filter((one) => !one.removed), ...straysOf(session)];
}

/** @param {Item} item */
export function isClosed(item) {
  return item.kind === "self_criticism";
}

/** Items of the log that the programme does not have. @param {Session} session @returns {Item[]} */
export function straysOf({ pack, room }) {
  const known = programme(pack);
  const values = [room.remarks, room.differing, room.votes, room.ballots, room.secrets, unsaid(room).votes].flatMap((one) => [...one.values()]);
  const agreed = [...room.agreed.values()];
  const named = new Set([...room.items.keys(), ...[...values, ...agreed].map((one) => one.item)]);
  const found = [...named].filter((id) => id && !known.some((one) => one.id === id && !one.removed));
  return found.map((id) => known.find((one) => one.id === id) || nameless(id, room));
}

/** @param {string} id @param {import("../room/fold.js").Room} room @returns {Item} */
function nameless(id, room) {
  const { how } = room.items.get(id) || NOTHING;
  const kind = how ? "self_criticism" : "";
  return { id, kind, title: "", presented: "", papers: [], closed_paper: "", part: "", removed: true };
}

/** The programme as brought along, and what was taken off it. A pack of an older version says less: there two items of one
 * special kind are told apart by their places. @param {Pack} pack @returns {Item[]} */
function programme({ steps, people, minuted }) {
  const items = steps.flatMap((step) => {
    const { item: id, title, presented_by: who, paper: closed_paper, part } = step;
    if (id === null) return [];
    const kind = step.item_kind || (step.self_criticism ? "self_criticism" : step.kind === "item" ? "discussion" : step.kind);
    const named = people.some((one) => one.name === who) ? `đồng chí ${who}` : who;
    const presented = minuted.presented === undefined ? named : minuted.presented[id] || "";
    return [{ id, kind, title, presented, papers: minuted.papers[id] || [], closed_paper, part, removed: false }];
  });
  return [...items, ...(minuted.removed || []).map((one) => ({ ...one, papers: [], removed: true }))];
}

/** @param {Item} item */
export function titleOf(item) {
  return item.title || NAMELESS;
}

/** How far an item has come. @param {Session} session @param {Item} item */
export function stateOf({ room }, item) {
  return room.items.get(item.id) || NOTHING;
}

/** How an item is kept. @param {Session} session @param {Item} item */
export function wayOf({ room }, item) {
  return wayAt(room, item.id, item.closed_paper, isClosed(item));
}

/** Where in the paper book it stands. @param {Session} session @param {Item} item */
export function pageOf({ room }, item) {
  return pageAt(room, item.id, item.closed_paper);
}

/** All that was recorded at an item. @param {Session} session @param {Item} item */
export function remarksAt({ room }, item) {
  return [...room.remarks.values()].filter((one) => one.item === item.id);
}

/** The remarks that go into the minutes, as the cell chose to keep the item (M13).
 * @param {Session} session @param {Item} item */
export function minuted(session, item) {
  const remarks = remarksAt(session, item);
  const way = wayOf(session, item);
  if (way === "paper") return [];
  return way === "conclusion" ? remarks.filter((one) => one.is_answer) : remarks;
}

/** Who agreed at an item and said no more, and how many spoke without a name, where all that was said is minuted.
 * @param {Session} session @param {Item} item @returns {{agreed: string[], unnamed: number}} */
export function inShort(session, item) {
  const isKept = ["paper", "conclusion"].indexOf(wayOf(session, item)) < 0;
  return isKept ? { agreed: agreedAt(session.room, item.id), unnamed: stateOf(session, item).unnamed } : { agreed: [], unnamed: 0 };
}

/** The differing opinions that their authors did not take back. @param {Session} session @param {Item} item */
export function differingAt({ room }, item) {
  return [...room.differing.values()].filter((one) => one.item === item.id && one.outcome !== "withdrawn");
}

/** What was asked to be corrected, of words that stand. @param {Session} session */
export function correctionsOf({ room }) {
  return [...room.corrections.values()].filter((one) => !one.remark || room.remarks.has(one.remark));
}

/** Who spoke, inside a sentence. @param {Session} session @param {any} remark */
export function speaker(session, remark) {
  if (remark.unsaid) return "người mà sổ không ghi tên";
  return remark.person ? `đồng chí ${session.name(remark.person)}` : remark.guest;
}
