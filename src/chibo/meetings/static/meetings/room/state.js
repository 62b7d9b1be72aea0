/** The state of a meeting as plain values, as chibo.meetings.room.state writes it: what vectors compare. */

/** Maps become lists of pairs, sets sorted lists.
 * @param {any} value
 * @returns {any} */
function plain(value) {
  if (value instanceof Map) return [...value].map(([key, one]) => [key, plain(one)]);
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value === undefined ? null : value;
  /** @type {{[key: string]: any}} */
  const found = {};
  for (const key of Object.keys(value)) found[key] = plain(value[key]);
  return found;
}

/** @param {import("./fold.js").Room} room */
export function stateOf(room) {
  const { heads: _, opening: __, closing: ___, given: ____, of_the_book: _____, asked: ______, ...told } = room;
  const { presided: _______, beside: ________, needs_look: looks, ...rest } = told;
  const rows = looks.map(({ entry, why, about, against }) => [entry, why, about, against]);
  const sorted = rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
  return { ...plain(rest), needs_look: sorted };
}
