/** What the devices say of a task that cannot be checked equals what the server says: cases drawn by tests/meaning. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { similar } from "../../src/chibo/meetings/static/meetings/device/likeness.js";
import { capacity, check, checkCount, pieces } from "../../src/chibo/meetings/static/meetings/device/wording.js";

const cases = JSON.parse(readFileSync(process.env.CASES).toString());
const days = { today: cases.meeting, meeting: cases.meeting };

test(`${cases.checks.length} tasks meet the same objections`, () => {
  for (const { typed, objections } of cases.checks) {
    assert.deepEqual(check({ ...typed, ...days }, cases.wording), objections, JSON.stringify(typed));
  }
});

test(`${cases.likeness.length} pairs of sentences are as alike`, () => {
  for (const [one, other, percent] of cases.likeness) assert.equal(similar(one, other), percent, `${one} | ${other}`);
});

test("a cell is reminded from the same number of tasks on", () => {
  for (const { past, count, cap, objection, capacity: fits } of cases.counts) {
    assert.deepEqual(checkCount(count, past, cap), objection);
    assert.deepEqual(capacity(past, cap), fits);
  }
});

test("a pattern comes in pieces with its blanks", () => {
  const found = pieces("Đến [ngày/tháng] xong [phần nào]");
  assert.deepEqual(found, [["Đến ", false], ["ngày/tháng", true], [" xong ", false], ["phần nào", true]]);
});
