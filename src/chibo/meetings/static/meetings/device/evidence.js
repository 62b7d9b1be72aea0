/**
 * What the record proves for a score. The twin of chibo.meetings.scoring.evidence, where the rules are explained; the
 * sentences come with the pack. Values are hundredths.
 * @typedef {import("../room/fold.js").Room} Room
 * @typedef {{value: number | null, words: string[], so_far?: number}} Measure
 *   so_far: what it would be if the meeting ended now, where the value is not certain before its end
 * @typedef {{[key: string]: string}} Sentences
 */
import { hundredths } from "../room/base_of_vote.js";
import { unsaid } from "../room/paper_book.js";
import { percent, time } from "./words.js";

const FEWEST_TOLD = 5;
const NOT_EXCUSED = ["", "unknown", "none"];
const MINUTE = 60000;

/** A sentence with its values filled in. @param {Sentences} sentences @param {string} key @param {{[name: string]: string | number}} values */
function said(sentences, key, values) {
  // A device may hold sentences of before a new one.
  return (sentences[`score.${key}`] || "").replace(/\{([a-z_]+)\}/g, (_, name) => String(values[name]));
}

/** All measures of a meeting, by name.
 * @param {Room} room @param {number | null} at the moment now @param {Sentences} sentences */
export function measuresOf(room, at, sentences) {
  /** @type {Map<string, Measure>} */
  const found = new Map();
  for (const { measure, value, words } of room.facts.known) found.set(measure, { value, words: words ? [words] : [] });
  found.set("minutes_short", length(room, at, sentences));
  found.set("attendance_percent", attendance(room, sentences));
  found.set("unexcused", unexcused(room, sentences));
  found.set("speakers_percent", speakers(room, sentences));
  found.set("tasks_done_percent", tasks(room, sentences));
  return found;
}

/** By how many minutes it falls short of the least. @param {Room} room @param {number | null} at @param {Sentences} sentences @returns {Measure} */
function length(room, at, sentences) {
  const end = room.on_paper ? room.known_end : room.closed_at === null ? at : room.closed_at;
  if (room.opened_at === null) return { value: null, words: [] };
  const { minimum_minutes: least, planned } = room.facts;
  const words = room.on_paper || planned !== null ? [started(room, room.opened_at, sentences)] : [];
  if (end === null) return { value: null, words };
  const held = Math.floor(Math.max(0, end - room.opened_at) / MINUTE);
  words.push(least === null ? said(sentences, "length", { held }) : said(sentences, "length_of", { held, least }));
  if (least === null) return { value: null, words };
  const short = Math.max(0, least - held) * 100;
  return short && room.closed_at === null && !room.on_paper ? { value: null, words, so_far: short } : { value: short, words };
}

/** When it began, beside when it was to begin: a meeting held on paper has no notice to be compared with.
 * @param {Room} room @param {number} began @param {Sentences} sentences */
function started({ on_paper: onPaper, facts: { planned } }, began, sentences) {
  if (onPaper || planned === null) return said(sentences, "started_by_book", { started: time(began) });
  return said(sentences, "started", { started: time(began), planned: time(planned) });
}

/** @param {Room} room */
function expected(room) {
  return [...room.roll.values()].filter((line) => !(line.exempt || line.away || line.suspended));
}

/** Who came of those expected. @param {Room} room @param {Sentences} sentences @returns {Measure} */
function attendance(room, sentences) {
  const lines = expected(room);
  if (unsaid(room).roll) return { value: null, words: [said(sentences, "no_roll", {})] };
  const left = lines.filter((line) => !line.state).length;
  if (left) return { value: null, words: [said(sentences, "uncalled", { left })] };
  const present = lines.filter((line) => line.state === "present").length;
  const excused = lines.filter((line) => line.state === "absent" && NOT_EXCUSED.indexOf(line.reason) < 0).length;
  const without = room.rubric !== null && room.rubric.attendance === "without_excused";
  const size = without ? lines.length - excused : lines.length;
  if (!size) return { value: null, words: [] };
  const value = hundredths(present, size);
  const key = without && excused ? "attendance_without" : "attendance";
  return { value, words: [said(sentences, key, { present, expected: size, excused, percent: percent(value) })] };
}

/** How many the cell has decided to be absent without reason. @param {Room} room @param {Sentences} sentences @returns {Measure} */
function unexcused(room, sentences) {
  const lines = expected(room);
  if (!lines.length || lines.some((line) => !line.state) || unsaid(room).roll) return { value: null, words: [] };
  const absent = lines.filter((line) => line.state === "absent");
  const count = absent.filter((line) => line.reason === "none").length;
  const unknown = absent.filter((line) => line.reason === "" || line.reason === "unknown").length;
  const words = count ? [said(sentences, "unexcused", { count })] : [];
  if (unknown) return { value: null, words: [...words, said(sentences, "unknown", { count: unknown })] };
  return { value: count * 100, words: count ? words : [said(sentences, "all_excused", {})] };
}

/** Who of those present spoke: a share, never names. @param {Room} room @param {Sentences} sentences @returns {Measure} */
function speakers(room, sentences) {
  const present = new Set([...room.roll.values()].filter((line) => line.state === "present").map((line) => line.person));
  const unnamed = [...room.remarks.values()].filter((one) => one.unsaid && !one.presenting).length;
  if (unnamed) return { value: null, words: [said(sentences, "no_speakers", { count: unnamed })] };
  if (present.size < FEWEST_TOLD || unsaid(room).roll) return { value: null, words: [] };
  const spoke = new Set();
  for (const one of room.remarks.values()) if (!one.presenting && present.has(one.person)) spoke.add(one.person);
  const agreeing = room.rubric !== null && room.rubric.agreeing;
  if (agreeing) for (const { person } of room.agreed.values()) if (present.has(person)) spoke.add(person);
  const nameless = [...room.items].filter(([, one]) => one.unnamed).map(([item, one]) => ({ item, number: one.unnamed }));
  const { least, most } = bounds(room, present, spoke.size, nameless);
  // The unnamed are perhaps those who are named at other items.
  if (least < most) return { value: null, words: [said(sentences, "speakers_between", { least, most, present: present.size })] };
  const words = [said(sentences, agreeing ? "speakers_agreeing" : "speakers", { spoke: least, present: present.size })];
  return { value: hundredths(least, present.size), words };
}

/** The fewest and the most who can have spoken; at one item the unnamed are others than the named.
 * @param {Room} room @param {Set<string>} present @param {number} spoke @param {{item: string, number: number}[]} unnamed */
function bounds(room, present, spoke, unnamed) {
  const all = [...room.remarks.values()].filter((one) => !one.presenting && present.has(one.person));
  const at = unnamed.map(({ item, number }) => number + new Set(all.filter((one) => one.item === item).map((one) => one.person)).size);
  const sum = unnamed.reduce((total, { number }) => total + number, spoke);
  return { least: Math.min(Math.max(spoke, ...at), present.size), most: Math.min(sum, present.size) };
}

/** How many of the old tasks are done. @param {Room} room @param {Sentences} sentences @returns {Measure} */
function tasks(room, sentences) {
  const results = [...room.decisions.reviews.values()].map((one) => one.result);
  const left = room.facts.old_tasks - results.length;
  if (left > 0) return { value: null, words: [said(sentences, "unreviewed", { left })] };
  if (!results.length) return { value: null, words: [] };
  /** @type {{[result: string]: number}} */
  const count = { all: results.length };
  for (const one of ["done", "partly", "not_done", "put_off"]) count[one] = results.filter((two) => two === one).length;
  return { value: hundredths(count.done, count.all), words: [said(sentences, "tasks", count)] };
}
