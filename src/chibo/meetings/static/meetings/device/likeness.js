/** How alike two texts are, as chibo.resolutions.wording.similar reckons it: in percent of their words. */

const PERIOD = /\b(?:thang|quy|nam)\s+[0-9divx]+(?:\/[0-9]+)?\b|\b[0-9]{1,2}\/[0-9]{1,2}(?:\/[0-9]{4})?\b/g;

/** Lower case, without marks, đ as d, single spaces: chibo.lib.vietnamese.fold.
 * @param {string} text */
export function bare(text) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word);
  return words.map((word) => word.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d")).join(" ");
}

/** The words that are compared: months and dates left out, numbers doubled.
 * @param {string} text */
function comparable(text) {
  const words = bare(text).replace(PERIOD, " ").match(/\d+(?:[./,-][\p{L}\p{N}_]+)*%?|\p{L}+/gu) || [];
  return words.reduce((/** @type {string[]} */ all, word) => all.concat(/^\p{Nd}/u.test(word) ? [word, word] : [word]), []);
}

/** The longest run of words that two lists share within bounds; of several the first in the one, then in the other.
 * @param {string[]} one @param {Map<string, number[]>} places where each word stands in the other
 * @param {[number, number, number, number]} bounds @returns {[number, number, number]} */
function longestRun(one, places, [fromOne, toOne, fromOther, toOther]) {
  /** @type {[number, number, number]} */
  let best = [fromOne, fromOther, 0];
  /** @type {Map<number, number>} */
  let before = new Map();
  for (let i = fromOne; i < toOne; i += 1) {
    /** @type {Map<number, number>} */
    const now = new Map();
    for (const j of places.get(one[i]) || []) {
      if (j < fromOther || j >= toOther) continue;
      const length = (before.get(j - 1) || 0) + 1;
      now.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    before = now;
  }
  return best;
}

/** How many words of the one are found again in the other, in order (Ratcliff and Obershelp).
 * @param {string[]} one @param {string[]} other */
function shared(one, other) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  other.forEach((word, place) => places.set(word, [...(places.get(word) || []), place]));
  /** @type {[number, number, number, number][]} */
  const left = [[0, one.length, 0, other.length]];
  let total = 0;
  for (;;) {
    const bounds = left.pop();
    if (bounds === undefined) return total;
    const [i, j, length] = longestRun(one, places, bounds);
    if (!length) continue;
    total += length;
    left.push([bounds[0], i, bounds[2], j], [i + length, bounds[1], j + length, bounds[3]]);
  }
}

/** How alike two sentences are, in percent, cut off.
 * @param {string} first @param {string} second */
export function similar(first, second) {
  const one = comparable(first);
  const other = comparable(second);
  if (!one.length || !other.length) return 0;
  const most = Math.max(shared(one, other), shared(other, one));
  return Math.trunc(((2 * most) / (one.length + other.length)) * 100);
}
