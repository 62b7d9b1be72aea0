/**
 * What two clerks have written twice: a remark, a task, a guest that stands beside nearly the same from another device.
 * The twin of chibo.meetings.room.doubles, where the rule is explained.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{entry: string, group: string, text: string, exact?: boolean}} Text
 */
const ALIKE = 75;

/** The words of a text without marks. @param {string} text @returns {string[]} */
export function wordsOf(text) {
  const bare = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d");
  return bare.match(/[a-z0-9]+/g) || [];
}

/** @type {Map<string, Map<string, number>>} */
const COUNTED = new Map();

/** How often each word stands in a text. @param {string} text @returns {Map<string, number>} */
function counted(text) {
  let found = COUNTED.get(text);
  if (found === undefined) {
    found = new Map();
    for (const word of wordsOf(text)) found.set(word, (found.get(word) || 0) + 1);
    COUNTED.set(text, found);
  }
  return found;
}

/** @param {Iterable<number>} numbers */
function total(numbers) {
  let sum = 0;
  for (const one of numbers) sum += one;
  return sum;
}

/** Whether two texts say nearly the same. @param {string} one @param {string} other @param {boolean} exact word for word */
export function alike(one, other, exact) {
  const [first, second] = [counted(one), counted(other)];
  const size = total(first.values()) + total(second.values());
  if (!size) return false;
  const common = total([...first].map(([word, number]) => Math.min(number, second.get(word) || 0)));
  return exact ? 2 * common === size : 200 * common >= ALIKE * size;
}

/** Two entries of which somebody has said that both stand. @param {string} one @param {string} other */
export function pair(one, other) {
  return [one, other].sort().join(" ");
}

/** What stands, of each kind whose likeness is pointed at. @param {Room} room @returns {Text[][]} */
function textsOf(room) {
  const remarks = [...room.remarks.values()];
  return [
    remarks.map((one) => ({ entry: one.id, group: `${one.item} ${one.person || one.guest}`, text: one.text })),
    [...room.differing.values()].map((one) => ({ entry: one.id, group: `${one.item} ${one.person}`, text: one.text })),
    [...room.guests.values()].map((one) => ({ entry: one.id, group: "", text: one.name, exact: true })),
    [...room.corrections.values()].map((one) => ({ entry: one.id, group: "", text: one.text })),
    [...room.decisions.tasks.values()].map((one) => ({ entry: one.id, group: "", text: one.what })),
  ];
}

/** Mark what stands beside nearly the same from another device. @param {Room} room @param {Entry[]} ordered */
export function markDoubles(room, ordered) {
  const entries = new Map(ordered.map((entry) => /** @type {[string, Entry]} */ ([entry.id, entry])));
  if (new Set(ordered.map((entry) => entry.device)).size < 2) return;
  for (const texts of textsOf(room)) {
    texts.forEach((later, place) => {
      const entry = /** @type {Entry} */ (entries.get(later.entry));
      const against = texts.slice(0, place).filter((one) => {
        const { device } = /** @type {Entry} */ (entries.get(one.entry));
        if (one.group !== later.group || device === entry.device) return false;
        return !room.both_stand.has(pair(one.entry, later.entry)) && alike(one.text, later.text, Boolean(later.exact));
      });
      if (against.length) room.look(entry, "written_twice", "", against.map((one) => [one.entry, ""]));
    });
  }
}
