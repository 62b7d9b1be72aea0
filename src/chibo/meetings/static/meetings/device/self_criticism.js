/**
 * How an item is kept: in full, the conclusion alone, or in the paper book (M13). The twin of chibo.meetings.room.kept.
 * @typedef {import("../room/fold.js").Room} Room
 * @typedef {import("./pack.js").Step} Step
 */

/** An ordinary item in full, or as the programme says; self-criticism "" until the cell has chosen.
 * @param {Room} room @param {string} item @param {string} paper its page of the paper book @param {boolean} selfCriticism */
export function wayAt(room, item, paper, selfCriticism) {
  if (paper) return "paper";
  if (!selfCriticism) return "full";
  const state = room.items.get(item);
  return state ? state.how : "";
}

/** Where in the paper book a closed item stands.
 * @param {Room} room @param {string} item @param {string} paper */
export function pageAt(room, item, paper) {
  const state = room.items.get(item);
  return paper || (state ? state.page : "");
}

/** How the item of a step is kept.
 * @param {Room} room @param {Step} step */
export function wayOf(room, step) {
  return wayAt(room, step.item || "", step.paper, step.self_criticism);
}

/** @param {Room} room @param {Step} step */
export function pageOf(room, step) {
  return pageAt(room, step.item || "", step.paper);
}

/** Whether the cell still has to choose before this item is done.
 * @param {Room} room @param {Step} step */
export function isUnchosen(room, step) {
  return step.item !== null && wayOf(room, step) === "";
}
