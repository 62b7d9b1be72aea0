/**
 * What is recorded in short: who agreed and said no more, how many spoke without a name, how many observed. The twin of
 * chibo.meetings.room.in_short.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 */
import { answerAsk } from "./hall.js";
import { itemOf } from "./recorded.js";

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const IN_SHORT = {
  agree(room, entry) {
    const { item, member: person, ask } = entry.payload;
    room.agreed.set(entry.id, { id: entry.id, item, person, order: entry.counter });
    if (ask) answerAsk(room.hall, ask);
  },

  spoke(room, entry) {
    const { item, count } = entry.payload;
    room.settle(entry, item, count);
    itemOf(room, item).unnamed = count;
  },

  observers(room, entry) {
    room.settle(entry, "", entry.payload.count);
    room.observers = entry.payload.count;
  },
};

/** Who agreed at an item and said no more there, each once, in their order.
 * @param {Room} room @param {string} item @returns {string[]} */
export function agreedAt(room, item) {
  const said = [...room.remarks.values()].filter((one) => one.item === item && !one.presenting);
  const differing = [...room.differing.values()].filter((one) => one.item === item && one.outcome !== "withdrawn");
  const spoke = new Set([...said, ...differing].map((one) => one.person));
  const found = [...room.agreed.values()].filter((one) => one.item === item && !spoke.has(one.person));
  return [...new Set(found.map((one) => one.person))];
}
