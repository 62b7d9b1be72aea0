/**
 * Dates, times and counts as Vietnamese people write them, always in Vietnamese time. The twin of chibo.lib.dates,
 * chibo.lib.vietnamese.number_word and the counts of chibo.meetings.room.screens.
 * @typedef {import("../room/fold.js").Line} Line
 * @typedef {import("./session.js").Session} Session
 */
const OFFSET = 7 * 3600 * 1000;
const SPACE = "\u00a0";
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const NUMBERS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
const EXCUSED = ["health", "work", "family", "away"];
const ISO_TIME = /^(\d{2}):(\d{2})(:\d{2})?$/;
const CLOCK = /^(\d{1,2})\s*(?:giờ|gio|[h:.])\s*(\d{1,2})?\s*(?:phút|phut|p)?$/i;

/** A moment on the clock of Vietnam. @param {number} at milliseconds */
function local(at) {
  return new Date(at + OFFSET).toISOString();
}

/** @param {string} text */
function together(text) {
  return text.split(" ").join(SPACE);
}

/** The day in Vietnam of a moment: "2026-12-05". @param {number} at milliseconds */
export function dayOf(at) {
  return local(at).slice(0, 10);
}

/** 03/12/2026. @param {string | number} moment a day "2026-12-03" or milliseconds */
export function date(moment) {
  const day = typeof moment === "number" ? dayOf(moment) : moment;
  return day.split("-").reverse().join("/");
}

/** 19:30, for tables; nothing for no moment. @param {number | null} at milliseconds */
export function time(at) {
  return at === null ? "" : local(at).slice(11, 16);
}

/** "19 giờ 30" or "19 giờ", for sentences. @param {number} at milliseconds */
export function timeSentence(at) {
  const [hour, minute] = time(at).split(":");
  return together(`${Number(hour)} giờ${minute === "00" ? "" : ` ${minute}`}`);
}

/** "thứ Năm" or "Chủ nhật". @param {string} day "2026-12-03" */
export function weekday(day) {
  return together(WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]);
}

/** Whole days from one day to another, below zero when it is earlier. @param {string} from @param {string} to */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86400000);
}

/** A typed time of day, "19:30", "19h30", "19 giờ", as "19:30"; null when it is none. @param {string} text */
export function readTime(text) {
  const found = ISO_TIME.exec(text.trim()) || CLOCK.exec(text.trim());
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] || 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** A time of day on a day, as entries hold a typed moment. @param {string} day @param {string} clock "19:30" */
export function momentOn(day, clock) {
  return `${day}T${clock}:00+07:00`;
}

const LONGEST = 12 * 3600 * 1000;

/** When a meeting ended that is entered from its book: an hour before that of its beginning is the next day's; null
 * where it would be so late that one of the two is a slip. @param {number} began @param {string} clock "00:20" */
export function endAfter(began, clock) {
  const same = Date.parse(momentOn(dayOf(began), clock));
  const ended = same > began ? same : same + 86400000;
  return ended - began > LONGEST ? null : momentOn(dayOf(ended), clock);
}

/** A count up to ten as a word, a greater one in digits. @param {number} number */
export function numberWord(number) {
  return NUMBERS[number] || String(number);
}

/** "nhất", "hai", "ba", "tư": as ordinals are said. @param {number} number */
export function ordinalWord(number) {
  return number === 1 ? "nhất" : number === 4 ? "tư" : numberWord(number);
}

/** The first letter large. @param {string} text */
export function capital(text) {
  const [first = "", ...rest] = Array.from(text);
  return first.toUpperCase() + rest.join("");
}

/** The first letter small. @param {string} text */
export function small(text) {
  const [first = "", ...rest] = Array.from(text);
  return first.toLowerCase() + rest.join("");
}

/** 9375 as "93,75%", 10000 as "100%". @param {number} hundredths of a percent */
export function percent(hundredths) {
  const whole = Math.floor(hundredths / 100);
  const part = String(hundredths % 100).padStart(2, "0").replace(/0+$/, "");
  return part ? `${whole},${part}%` : `${whole}%`;
}

/** 450 as "4,5", 500 as "5": how points are written. @param {number} hundredths */
export function pointsWords(hundredths) {
  return percent(hundredths).slice(0, -1);
}

/** Lines of a text, without bullets and empty ones. @param {string} text */
export function readLines(text) {
  const bare = text.split("\n").map((line) => line.replace(/^[ \-•\t]+/, "").replace(/[ \-•\t]+$/, ""));
  return bare.filter((line) => line);
}

/** Whether someone was called: not exempt, away or suspended. @param {Line} line */
export function isExpected(line) {
  return !(line.exempt || line.away || line.suspended);
}

/**
 * The figures that the minutes open with (domain.md 3.3). Present are all who came, also those who need not have;
 * expected are those called (phải dự).
 * @param {Iterable<Line>} lines
 */
export function count(lines) {
  const found = {
    ...{ official: 0, probationary: 0, temporary: 0, exempt: 0, away: 0, suspended: 0, expected: 0, present: 0 },
    ...{ present_official: 0, present_expected: 0, excused: 0, unknown: 0, unexcused: 0, waiting: 0 },
  };
  for (const line of lines) {
    const expected = isExpected(line);
    found[/** @type {"official" | "probationary" | "temporary"} */ (line.kind)] += 1;
    found.exempt += Number(line.exempt);
    found.away += Number(line.away);
    found.suspended += Number(line.suspended);
    found.expected += Number(expected);
    if (line.state === "present") {
      found.present += 1;
      found.present_expected += Number(expected);
      found.present_official += Number(line.kind === "official" && expected);
    } else if (expected) {
      found[absence(line)] += 1;
    }
  }
  return { ...found, party_number: found.official + found.probationary, present_outside: found.present - found.present_expected };
}

/** Where someone who was called and is not present is counted.
 * @param {Line} line @returns {"excused" | "unexcused" | "unknown" | "waiting"} */
function absence(line) {
  if (line.state !== "absent") return "waiting";
  if (EXCUSED.indexOf(line.reason) >= 0) return "excused";
  return line.reason === "none" ? "unexcused" : "unknown";
}

/** The lines of the roll in the order of the pack's people, then whoever stands on the roll alone.
 * @param {Session} session @returns {Line[]} */
export function rollOf(session) {
  const roll = session.room.roll;
  const known = session.pack.people.filter((one) => roll.has(one.id)).map((one) => one.id);
  const others = [...roll.keys()].filter((person) => known.indexOf(person) < 0);
  return [...known, ...others].map((person) => /** @type {Line} */ (roll.get(person)));
}

/** How a line of the roll reads: "vắng, sức khỏe".
 * @param {{state?: string, reason?: string | null, late_minutes?: number | null, left_early?: boolean | null}} values
 * @param {[string, string][]} reasons the pack's */
export function called(values, reasons) {
  if (values.state === "absent") return `vắng, ${reasonWords(values.reason || "unknown", reasons)}`;
  if (values.state !== "present") return "chưa điểm danh";
  const late = values.late_minutes ? `, đến muộn ${values.late_minutes} phút` : "";
  return `có mặt${late}${values.left_early ? ", về sớm" : ""}`;
}

/** A reason of absence in words. @param {string} reason @param {[string, string][]} reasons the pack's */
export function reasonWords(reason, reasons) {
  const found = reasons.find(([value]) => value === reason);
  return found ? found[1] : REASONS[reason] || "";
}

/** The words of a decided absence do not come with the reasons that can be tapped.
 * @type {{[reason: string]: string}} */
const REASONS = { unknown: "chưa rõ lý do", none: "không lý do (chi bộ đã kết luận)" };

/** How long the meeting has been going on, in whole minutes. @param {Session} session */
export function minutesHeld({ room, clock }) {
  if (room.opened_at === null) return 0;
  return Math.max(0, Math.floor(((room.closed_at || clock.now()) - room.opened_at) / 60000));
}

/** How long an item has been spoken of so far, in whole minutes.
 * @param {Session} session @param {string} item */
export function itemMinutes({ room, clock }, item) {
  const state = room.items.get(item);
  if (state === undefined) return 0;
  const running = state.opened_at === null ? 0 : (clock.now() - state.opened_at) / 1000;
  return Math.max(0, Math.floor((state.seconds + running) / 60));
}
