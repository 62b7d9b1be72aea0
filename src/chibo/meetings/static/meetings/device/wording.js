/**
 * Points at a task that cannot be checked next month, as it is typed (M10). The twin of chibo.resolutions.wording,
 * where the rules are explained; a test holds the two equal. Days are "2026-12-05".
 *
 * @typedef {{field: string, problem: string, reason: string, pattern: string, marked: string[]}} Objection
 * @typedef {import("./pack.js").Wording} Wording
 * @typedef {{what: string, lead: string, helpers: string, due: string, how_checked: string, today: string, meeting: string, milestones: number}} Typed
 *   lead: a name; due: a day, or what was typed and is none
 */
import { fits } from "../room/shape.js";
import { similar } from "./likeness.js";
import { capital, date, daysBetween, numberWord } from "./words.js";

export const HEADING = "Câu này tháng sau khó kiểm tra";
const PATTERN_WHAT = "[Làm gì] cho [bao nhiêu] [ai, cái gì] ở [nơi nào]";
const PATTERN_LEAD = "[Họ tên một đồng chí] chủ trì, [ai] phối hợp";
const PATTERN_DUE = "Xong đến hết ngày [ngày/tháng/năm]";
const PATTERN_MILESTONE = "Đến [ngày/tháng] xong [phần nào]";
const PATTERN_CHECK = "[Ai] xem [cái gì] ở [nơi nào], ngày [ngày/tháng]";
const SPLIT = "Tách ra thì mỗi việc có một người chủ trì và một hạn.";
const LONG_SENTENCE_WORDS = 45;
const READ_CHARACTERS = 2000;
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/g;

/** One string for all writings of a word, wherever its tone mark stands and whatever its case.
 * @param {string} word */
function keyOf(word) {
  const apart = word.toLowerCase().normalize("NFD");
  return apart.replace(TONES, "") + (apart.match(TONES) || []).join("");
}

/** @param {string[]} phrases */
function keysOf(phrases) {
  return phrases.map((phrase) => phrase.split(" ").map(keyOf));
}

/** The lists of the pack, ready to be looked for.
 * @param {Wording} wording */
function lexiconOf(wording) {
  return {
    leading: keysOf(wording.leading),
    vague: keysOf(wording.vague),
    thin: keysOf(wording.thin),
    concrete: keysOf(wording.concrete),
    themes: keysOf(wording.themes),
    places: keysOf(wording.places),
    vague_times: keysOf(wording.vague_times),
    everyone: keysOf(wording.everyone),
    nobody: keysOf(wording.nobody),
    empty_checks: keysOf(wording.empty_checks),
  };
}

/** @type {WeakMap<Wording, ReturnType<typeof lexiconOf>>} */
const read = new WeakMap();

/** @param {Wording} wording */
function lexicon(wording) {
  const found = read.get(wording) || lexiconOf(wording);
  read.set(wording, found);
  return found;
}

/** A text in words. */
class Sentence {
  /** @param {string} text @param {Wording} wording */
  constructor(text, wording) {
    this.wording = wording;
    this.lexicon = lexicon(wording);
    this.text = Array.from(text).slice(0, READ_CHARACTERS).join("").normalize("NFC").trim();
    this.words = [...this.text.matchAll(/\d+(?:[./,-][\p{L}\p{N}_]+)*%?|\p{L}+/gu)].map((found) => ({
      text: found[0],
      start: /** @type {number} */ (found.index),
      end: /** @type {number} */ (found.index) + found[0].length,
    }));
    this.keys = this.words.map((word) => keyOf(word.text));
  }

  /** @param {string[]} phrase @param {number} start */
  stands(phrase, start) {
    return phrase.every((key, place) => this.keys[start + place] === key);
  }

  /** Where phrases stand, as first and last word, neighbours joined, in order.
   * @param {string[][]} phrases @returns {[number, number][]} */
  spans(phrases) {
    const hits = this.keys.map(() => false);
    for (const phrase of phrases) {
      for (let start = 0; start + phrase.length <= this.keys.length; start += 1) {
        if (this.stands(phrase, start)) hits.fill(true, start, start + phrase.length);
      }
    }
    /** @type {[number, number][]} */
    const joined = [];
    for (let word = 0; word < hits.length; word += 1) {
      if (!hits[word]) continue;
      const last = joined[joined.length - 1];
      if (last && last[1] === word - 1 && !this.parted(word)) last[1] = word;
      else joined.push([word, word]);
    }
    return joined;
  }

  /** The words of a span as they are written.
   * @param {[number, number]} span */
  written(span) {
    return this.text.slice(this.words[span[0]].start, this.words[span[1]].end);
  }

  /** How many words the longest of the phrases that stands at a place has.
   * @param {string[][]} phrases @param {number} [start] */
  beginsWith(phrases, start = 0) {
    return Math.max(0, ...phrases.filter((phrase) => this.stands(phrase, start)).map((phrase) => phrase.length));
  }

  /** Whether it counts something, as "12 hộ" does and "tháng 12" or "Chỉ thị 50-CT/TW" do not. */
  hasQuantity() {
    return this.words.some((_, place) => this.counts(place));
  }

  /** @param {number} place */
  counts(place) {
    const at = (/** @type {number} */ n) => (this.words[n] ? this.words[n].text.toLowerCase() : "");
    const word = at(place);
    if (this.wording.labels.indexOf(at(place - 1)) >= 0) return false;
    if (/^\p{Nd}/u.test(word)) return /^(?:\d{1,3}(?:[.,]\d+)*%?|\d{4,})$/.test(word) && !/^(19|20)\d\d$/.test(word);
    return this.wording.number_words.indexOf(word) >= 0 && !(word === "một" && this.wording.not_one.indexOf(at(place + 1)) >= 0);
  }

  /** Whether punctuation stands before a word.
   * @param {number} word */
  parted(word) {
    return this.text.slice(this.words[word - 1].end, this.words[word].start).trim() !== "";
  }

  namesPlace() {
    const numbered = /(?:^|[^\p{L}\p{N}_])(tổ|thôn|đường)\s+\d/iu;
    return this.spans(this.lexicon.places).length > 0 || numbered.test(this.text);
  }
}

/** @param {string} field @param {string} problem @param {string} reason @param {string} [pattern] @param {string[]} [marked]
 * @returns {Objection} */
function objection(field, problem, reason, pattern = "", marked = []) {
  return { field, problem, reason, pattern, marked };
}

/** What makes a task hard to check; nothing for a good one.
 * @param {Typed} typed @param {Wording} wording of the pack @returns {Objection[]} */
export function check(typed, wording) {
  const what = new Sentence(typed.what, wording);
  const found = [
    ...checkWhat(what),
    ...checkRepetition(typed.what, wording),
    ...checkLead(new Sentence(typed.lead, wording)),
    ...checkHelpers(new Sentence(typed.helpers, wording)),
    ...checkDue(what, typed),
    ...checkHow(new Sentence(typed.how_checked, wording)),
  ];
  const lasts = fits("day", typed.due) ? daysBetween(typed.meeting, typed.due) : 0;
  if (lasts > wording.milestone_days && !typed.milestones) {
    const problem = `Việc kéo dài ${lasts} ngày mà chưa có mốc giữa chừng.`;
    found.push(objection("due", problem, "Có mốc thì kỳ họp giữa chừng biết việc đến đâu.", PATTERN_MILESTONE));
  }
  return found;
}

/** An empty, a vague, a manifold or an endless sentence.
 * @param {Sentence} what @returns {Objection[]} */
function checkWhat(what) {
  if (!what.words.length) {
    const reason = "Ghi một việc mà tháng sau nói được là xong hay chưa.";
    return [objection("what", "Chưa ghi làm gì.", reason, PATTERN_WHAT)];
  }
  const found = [];
  const spans = vagueSpans(what);
  if (spans.length) {
    found.push(...objectToVague(what, spans));
  } else if (what.words.length < 3 && !what.hasQuantity()) {
    const reason = "Thêm bao nhiêu, cái gì, ở đâu.";
    found.push(objection("what", `“${what.text}” chưa rõ là việc gì.`, reason, PATTERN_WHAT, [what.text]));
  }
  if (what.words.length > LONG_SENTENCE_WORDS) {
    found.push(objection("what", `Câu dài ${what.words.length} chữ.`, SPLIT, PATTERN_WHAT));
  }
  return found;
}

/** @param {Sentence} what @param {[number, number][]} spans @returns {Objection[]} */
function objectToVague(what, spans) {
  const marked = spans.map((span) => what.written(span));
  const quoted = marked.map((words) => `“${words}”`).join(", ");
  const reason = "Tháng sau không có gì để so xem đã xong chưa.";
  const missing = what.namesPlace() ? "Chưa có con số." : "Chưa có con số, chưa có nơi làm.";
  const found = [
    objection("what", `${quoted}: chưa nói làm gì.`, reason, PATTERN_WHAT, marked),
    objection("what", missing, "Có con số, có nơi làm thì ai xem cũng nói giống nhau.", PATTERN_WHAT),
  ];
  const themes = [...new Set(what.spans(what.lexicon.themes).map((span) => what.written(span)))];
  if (themes.length > 1) {
    const two = themes.slice(0, 2).map((theme) => `“${theme}”`);
    found.push(objection("what", `${two.join(" và ")}: hai việc khác nhau, nên tách.`, SPLIT, "", themes));
  }
  return found;
}

/** The words that say nothing to check; none where a number does, or where it begins with a plain act.
 * @param {Sentence} what @returns {[number, number][]} */
function vagueSpans(what) {
  if (what.hasQuantity()) return [];
  const { leading, vague: empty, thin, concrete } = what.lexicon;
  let start = 0;
  for (;;) {
    const skipped = what.beginsWith(leading, start);
    if (!skipped || what.beginsWith(empty, start) > skipped) break;
    start += skipped;
  }
  const vague = what.spans(empty);
  const isAct = what.beginsWith(concrete, start) > what.beginsWith(empty, start);
  if (isAct && vague.length < 2 && start + 1 < what.words.length) return [];
  const isThin = what.beginsWith(thin, start) > 0;
  if (isThin && !vague.length && what.namesPlace()) return [];
  if (!vague.length && !isThin) return what.spans(leading);
  return what.spans([...empty, ...leading, ...(isThin && !vague.length ? thin : [])]);
}

/** A sentence nearly the same as one of an earlier month: the nearest of them.
 * @param {string} what @param {Wording} wording @returns {Objection[]} */
function checkRepetition(what, { earlier, similar_percent }) {
  if (!what.trim() || !earlier.length) return [];
  const alike = earlier.map((task) => similar(what, task.what));
  const percent = Math.max(...alike);
  if (percent < similar_percent) return [];
  const nearest = earlier[alike.indexOf(percent)];
  const problem = `Giống ${percent}% một việc của ${nearest.month}: “${nearest.what}”`;
  const reason = "Việc cũ chưa xong thì chuyển việc ấy sang kỳ này; việc mới thì ghi rõ phần khác.";
  return [objection("what", problem, reason)];
}

/** No lead, a body of people, or several leads.
 * @param {Sentence} lead @returns {Objection[]} */
function checkLead(lead) {
  const reason = "Một đồng chí chủ trì thì có người báo kết quả. Các đồng chí khác ghi vào phần phối hợp.";
  if (!lead.words.length) return [objection("lead", "Chưa có người chủ trì.", reason, PATTERN_LEAD)];
  if (lead.beginsWith(lead.lexicon.everyone)) {
    return [objection("lead", `“${lead.text}” không phải là một người.`, reason, PATTERN_LEAD, [lead.text])];
  }
  return [];
}

/** Helpers who are nobody in particular.
 * @param {Sentence} helpers @returns {Objection[]} */
function checkHelpers(helpers) {
  const [first] = helpers.spans(helpers.lexicon.nobody);
  if (!first) return [];
  const words = helpers.written(first);
  const reason = "Ghi tên đồng chí hoặc tên đoàn thể.";
  return [objection("helpers", `“${words}” chưa rõ là ai.`, reason, PATTERN_LEAD, [words])];
}

/** No deadline, one that is no day, one before the meeting, or one more than a year away.
 * @param {Sentence} what @param {Typed} typed @returns {Objection[]} */
function checkDue(what, { due, today, meeting }) {
  if (!fits("day", due)) {
    const [first] = what.spans(what.lexicon.vague_times);
    const words = due.trim() || (first ? what.written(first) : "");
    const problem = words ? `“${words}” chưa phải là một ngày.` : "Chưa có hạn.";
    return [objection("due", problem, "Ghi ngày phải xong thì biết khi nào là quá hạn.", PATTERN_DUE, words ? [words] : [])];
  }
  if (due < meeting) {
    return [objection("due", `Hạn ${date(due)} trước ngày họp.`, `Nhập ngày từ ${date(meeting)}.`, PATTERN_DUE)];
  }
  if (daysBetween(today > meeting ? today : meeting, due) > 366) {
    const problem = `Hạn ${date(due)} còn hơn một năm.`;
    return [objection("due", problem, "Chọn phần làm được trong những tháng tới.", PATTERN_DUE)];
  }
  return [];
}

/** A task of which nobody will look at the outcome.
 * @param {Sentence} how @returns {Objection[]} */
function checkHow(how) {
  const reason = "Biết trước ai xem, xem cái gì thì kỳ sau không phải hỏi lại.";
  if (!how.words.length) return [objection("how_checked", "Chưa ghi kiểm tra bằng cách nào.", reason, PATTERN_CHECK)];
  const empty = how.lexicon.empty_checks.some((phrase) => phrase.length === how.keys.length && how.stands(phrase, 0));
  if (!empty) return [];
  return [objection("how_checked", `“${how.text}” chưa nói xem cái gì.`, reason, PATTERN_CHECK, [how.text])];
}

/** How many tasks a month fit a cell (null while it has no past), and from which one on it is reminded.
 * @param {Wording["past"]} past @param {number} softCap */
export function capacity(past, softCap) {
  if (!past.length) return { fits: null, reminds_from: softCap + 1 };
  const fits = Math.max(1, ...past.map((month) => month.done));
  return { fits, reminds_from: Math.min(softCap, Math.max(2, fits + 1)) + 1 };
}

/** More tasks than a cell finishes, with what it finished in the months before.
 * @param {number} count @param {Wording["past"]} past @param {number} softCap @returns {Objection | null} */
export function checkCount(count, past, softCap) {
  if (count < capacity(past, softCap).reminds_from) return null;
  const done = past.map((month) => `${month.month} làm xong ${month.done}/${month.given}`).join(", ");
  const advice = "Chọn việc cần trước, việc khác để kỳ sau.";
  const problem = `${capital(numberWord(count))} việc, nhiều hơn sức chi bộ thường làm xong trong một tháng.`;
  return objection("count", problem, done ? `${capital(done)}. ${advice}` : advice);
}

/** A pattern in pieces, each with whether it is a blank to fill.
 * @param {string} pattern @returns {[string, boolean][]} */
export function pieces(pattern) {
  return pattern
    .split(/\[([^\]]*)\]/)
    .map((piece, place) => /** @type {[string, boolean]} */ ([piece, place % 2 === 1]))
    .filter(([piece]) => piece);
}
