/**
 * What people in the hall do themselves, and which device leads. The twin of chibo.meetings.room.hall.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{id: string, person: string, order: number, by_clerk: boolean, state: string}} Ask
 * @typedef {{claims: Map<string, string>, confirmed: Set<string>, asks: Map<string, Ask>, leader: string | null}} Hall
 */

import { isCalled } from "./roll.js";

/** @returns {Hall} */
export function newHall() {
  return { claims: new Map(), confirmed: new Set(), asks: new Map(), leader: null };
}

/** The clerk has called these people: their claims are answered. Who was not seen has not ticked themselves.
 * @param {Hall} hall @param {string[]} members @param {boolean} present */
export function confirmClaims(hall, members, present) {
  for (const one of members) {
    const claimed = hall.claims.delete(one);
    if (!present) hall.confirmed.delete(one);
    else if (claimed) hall.confirmed.add(one);
  }
}

/** Whoever asked has spoken.
 * @param {Hall} hall @param {string} ask */
export function answerAsk(hall, ask) {
  const found = hall.asks.get(ask);
  if (found !== undefined) found.state = "spoken";
}

/** Who wishes to speak, in order.
 * @param {Hall} hall */
export function waiting(hall) {
  return [...hall.asks.values()].filter((one) => one.state === "waiting");
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const HALL = {
  claim(room, entry) {
    if (!isCalled(room, entry, entry.payload.member)) return;
    const line = room.roll.get(entry.payload.member);
    if (line === undefined || !line.state) room.hall.claims.set(entry.payload.member, entry.id);
  },

  ask(room, entry) {
    const person = entry.payload.member;
    if (waiting(room.hall).some((one) => one.person === person)) return; // asked twice: one stands in the queue once
    const ask = { id: entry.id, person, order: entry.counter, by_clerk: entry.author !== person, state: "waiting" };
    room.hall.asks.set(entry.id, ask);
  },

  unask(room, entry) {
    const found = room.hall.asks.get(entry.payload.of);
    if (found !== undefined && found.state === "waiting") found.state = "withdrawn";
  },

  lead(room, entry) {
    room.settle(entry, "", entry.device);
    room.hall.leader = entry.device;
  },
};
