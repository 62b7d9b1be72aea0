/** What the room's screens reckon and say equals what the server's screens do. Run by pytest. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { arithmetic, baseNow, miscount, notes, resultSentence } from "../../src/chibo/meetings/static/meetings/device/hands.js";
import * as words from "../../src/chibo/meetings/static/meetings/device/words.js";
import { Room } from "../../src/chibo/meetings/static/meetings/room/fold.js";

const cases = JSON.parse(readFileSync(/** @type {string} */ (process.env.CASES), "utf8"));

/** A session with this roll. @param {any} one */
function session({ roll, rules }) {
  const room = new Room();
  for (const line of roll) room.roll.set(line.person, line);
  return /** @type {any} */ ({ room, pack: { rules: { exclusions: rules }, reasons: cases.reasons, people: [] } });
}

test("a roll is counted alike", () => {
  for (const one of cases.rolls) assert.deepEqual(words.count(one.roll), one.counts);
});

test("the arithmetic of a base, and what a reader may wonder about", () => {
  for (const one of cases.rolls) {
    const base = baseNow(session(one));
    assert.deepEqual(arithmetic(base), one.arithmetic);
    assert.deepEqual(notes(base), one.notes);
  }
});

test("hands that cannot be are refused in the same words, others give the same result", () => {
  for (const one of cases.rolls) {
    const base = baseNow(session(one));
    const [in_favour, against, abstained] = one.hands;
    const refused = Object.values(miscount(base, { in_favour, against, abstained }));
    assert.deepEqual(refused, one.refused ? [one.refused] : []);
    if (one.result !== null) assert.equal(resultSentence(base.size, in_favour, one.fraction), one.result);
  }
});

test("a line of the roll reads alike", () => {
  for (const one of cases.rolls) {
    assert.deepEqual(one.roll.map((/** @type {any} */ line) => words.called(line, cases.reasons)), one.words);
  }
});

test("days and times are written alike", () => {
  for (const [at, day, date, time, sentence, weekday] of cases.moments) {
    assert.deepEqual(
      [words.dayOf(at), words.date(at), words.time(at), words.timeSentence(at), words.weekday(day)],
      [day, date, time, sentence, weekday],
    );
  }
  for (const [from, to, days] of cases.days) assert.equal(words.daysBetween(from, to), days);
});

test("what is typed is read alike", () => {
  for (const [text, clock] of cases.clocks) assert.equal(words.readTime(text), clock, text);
  for (const [text, lines] of cases.matters) {
    if (lines === null) assert.equal(words.readLines(text).length, 1, text);
    else assert.deepEqual(words.readLines(text), lines, text);
  }
});

test("numbers are said alike", () => {
  for (const [number, said] of cases.percents) assert.equal(words.percent(number), said);
  for (const [number, said] of cases.ordinals) assert.equal(words.ordinalWord(number), said);
});
