/**
 * Whether a payload has the shape of its kind. The twin of chibo.meetings.room.kinds, held equal by vectors.
 * @typedef {null | boolean | number | string | Json[] | {[key: string]: Json}} Json
 * @typedef {string | {optional: Spec} | {one_of: string[]} | {list: Spec} | {shape: {[key: string]: Spec}}} Spec
 */

const LONGEST_TEXT = 20000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
// Of two centuries: no zone moves such a moment out of the years that a database and both languages can count.
const MOMENT =
  /^((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$/;

/** Own keys alone count: "constructor" is no key of an empty object.
 * @param {object} value @param {string} key */
export function has(value, key) {
  return Object.prototype.hasOwnProperty.call(value, key);
}

/** @param {any} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text that the database can keep: its length in code points, no NUL, no half of a pair.
 * @param {any} value */
function isText(value) {
  if (typeof value !== "string") return false;
  let length = 0;
  for (const letter of value) {
    length += 1;
    const code = /** @type {number} */ (letter.codePointAt(0));
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return length <= LONGEST_TEXT;
}

/** @param {number} year @param {number} month @param {number} day */
function isDate(year, month, day) {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

/** @param {RegExp} pattern @param {any} value */
function isTime(pattern, value) {
  const found = typeof value === "string" ? pattern.exec(value) : null;
  return found !== null && isDate(Number(found[1]), Number(found[2]), Number(found[3]));
}

/** A moment in whole milliseconds, what is below cut off.
 * @param {string} text one that fits `moment` */
export function milliseconds(text) {
  const found = /** @type {RegExpExecArray} */ (MOMENT.exec(text));
  const fraction = Number(((found[7] || "") + "000").slice(0, 3));
  const clock = [found[4], found[5], found[6] || "0"].map(Number);
  const day = new Date(0);
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  day.setUTCFullYear(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  const offset = found[8] ? (Number(found[9]) * 60 + Number(found[10])) * (found[8] === "-" ? -1 : 1) : 0;
  return day.getTime() + ((clock[0] * 60 + clock[1] - offset) * 60 + clock[2]) * 1000 + fraction;
}

/** @type {{[name: string]: (value: any) => boolean}} */
const CHECKS = {
  id: (value) => typeof value === "string" && ID.test(value),
  text: isText,
  words: (value) => isText(value) && Array.from(value).some((letter) => letter > " "),
  whole: (value) => Number.isInteger(value) && value >= 0 && value < 2147483648,
  signed: (value) => Number.isInteger(value) && Math.abs(value) < 2147483648,
  flag: (value) => typeof value === "boolean",
  day: (value) => isTime(DAY, value),
  moment: (value) => isTime(MOMENT, value),
};

/** Whether a value is as its spec says.
 * @param {any} spec @param {any} value
 * @returns {boolean} */
export function fits(spec, value) {
  if (typeof spec === "string") return CHECKS[spec](value);
  if (has(spec, "optional")) return value === null || value === undefined || fits(spec.optional, value);
  if (has(spec, "one_of")) return typeof value === "string" && spec.one_of.indexOf(value) >= 0;
  if (has(spec, "list")) return Array.isArray(value) && value.every((one) => fits(spec.list, one));
  return fitsShape(spec.shape, value);
}

/** Whether an object has these keys and no others, each as its spec says.
 * @param {{[key: string]: Spec}} shape @param {any} value */
export function fitsShape(shape, value) {
  if (!isObject(value) || !Object.keys(value).every((key) => has(shape, key))) return false;
  return Object.keys(shape).every((key) => fits(shape[key], has(value, key) ? value[key] : undefined));
}
