/**
 * Days that are typed in the room: "2026-12-05", compared as text. The twin of chibo.look.fields.DateField.
 * @typedef {import("./session.js").Session} Session
 */
import { fits } from "../room/shape.js";
import { date } from "./words.js";

/** Day, month, year as people write them: 3/12/2026, 03.12.26, 3-12, 03122026. */
const WRITTEN = /^(\d{1,2})[/.\- ]+(\d{1,2})(?:[/.\- ]+(\d{4}|\d{2}))?$|^(\d{2})(\d{2})(\d{4})$/;

/** A day as it was typed, "2026-12-03"; without a year the first one from a day on. What is no day stays as it is.
 * @param {string} text @param {string} from */
export function readDay(text, from) {
  const found = WRITTEN.exec(text);
  if (found === null) return text;
  const [day, month, year] = [found[1] || found[4], found[2] || found[5], found[3] || found[6]];
  const inYear = (/** @type {number} */ one) => `${one}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (year) return inYear(year.length === 2 ? 2000 + Number(year) : Number(year));
  const first = Number(from.slice(0, 4));
  return inYear(first) < from ? inYear(first + 1) : inYear(first);
}

/** The day in a field, "" where it is empty. @param {FormData} data @param {string} name @param {Session} session */
export function typedDay(data, name, { pack }) {
  return readDay(String(data.get(name) || "").trim(), pack.meeting.day);
}

/** The same day some months later, or the last day of a shorter month.
 * @param {string} day @param {number} months */
export function addMonths(day, months) {
  const [year, month, number] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(number, last)).padStart(2, "0")}`;
}

/** The day after.
 * @param {string} day */
export function nextDay(day) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86400000).toISOString().slice(0, 10);
}

/** 03/12, where the year is plain from what stands around it.
 * @param {string} day */
export function shortDay(day) {
  return date(day).slice(0, 5);
}

/** What is wrong with a typed day, "" when it is right.
 * @param {string} day @param {{earliest: string, latest: string, today: string}} limits */
export function checkDay(day, { earliest, latest, today }) {
  if (!fits("day", day)) return "Chưa đọc được ngày. Nhập ngày, tháng, năm như 03/12/2026.";
  const year = Number(day.slice(0, 4));
  if (year < 1900 || year >= 2200) return `Năm ${year} không đúng. Nhập ngày, tháng, năm như 03/12/2026.`;
  if (day < earliest) {
    return `${date(day)} ${day < today ? "đã qua" : "sớm quá"}. Nhập ngày từ ${date(earliest)}.`;
  }
  return day > latest ? `${date(day)} muộn quá. Nhập ngày đến ${date(latest)}.` : "";
}
