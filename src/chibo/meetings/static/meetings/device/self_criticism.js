/**
 * How an item is kept: in full, the conclusion alone, or in the paper book (M13). The twin of chibo.meetings.room.kept.
 * @typedef {import("../room/fold.js").Room} Room
 * @typedef {import("./pack.js").Step} Step
 */

/** An ordinary item in full, or as the programme says; self-criticism "" until the cell has chosen.
 * @param {Room} room @param {Step} step */
export function wayOf(room, step) {
  if (step.paper) return "paper";
  if (!step.self_criticism) return "full";
  const state = room.items.get(step.item || "");
  return state ? state.how : "";
}

/** Where in the paper book a closed item stands.
 * @param {Room} room @param {Step} step */
export function pageOf(room, step) {
  const state = room.items.get(step.item || "");
  return step.paper || (state ? state.page : "");
}

/** Whether the cell still has to choose before this item is done.
 * @param {Room} room @param {Step} step */
export function isUnchosen(room, step) {
  return step.item !== null && wayOf(room, step) === "";
}
