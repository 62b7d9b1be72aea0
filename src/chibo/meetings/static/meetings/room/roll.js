/**
 * Who stands on the roll: whom the opening has called, and nobody else. The twin of chibo.meetings.room.roll, where the
 * rules are explained.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 */
import { KINDS } from "./kinds.js";
import { fitsShape } from "./shape.js";

/** Whom the opening that counts has called; null where no opening has arrived, or it names nobody.
 * @param {Entry[]} ordered @param {Set<string>} undone @returns {Set<string> | null} */
export function calledIn(ordered, undone) {
  const opening = ordered.find(
    ({ id, kind, payload }) => kind === "open" && !undone.has(id) && fitsShape(KINDS.open.shape, payload),
  );
  if (opening === undefined || !opening.payload.roll.length) return null;
  return new Set(opening.payload.roll.map((/** @type {{person: string}} */ one) => one.person));
}

/** Whether somebody is on the roll; an entry that names another is marked.
 * @param {Room} room @param {Entry} entry @param {string} person */
export function isCalled(room, entry, person) {
  if (room.called === null || room.called.has(person)) return true;
  room.look(entry, "not_on_the_roll", KINDS[entry.kind].several ? person : "");
  return false;
}

/** Of a base as an entry froze it, those who are on the roll.
 * @param {Room} room @param {string[][]} places */
export function ofTheRoll({ called }, places) {
  return places.filter((place) => called === null || (place.length > 0 && called.has(place[0])));
}
