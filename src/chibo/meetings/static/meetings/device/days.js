/** Days that are typed in the room: "2026-12-05", compared as text. The twin of chibo.look.fields.DateField. */
import { fits } from "../room/shape.js";
import { date } from "./words.js";

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
