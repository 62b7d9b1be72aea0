/** What is wrong in a form on the devices equals what the server's form says: cases drawn by tests/meaning/typed.py. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const device = `${process.env.SERVED}/meetings/device`;
const { baseOfVote } = await import(`${process.env.SERVED}/meetings/room/base_of_vote.js`);
const { wrongCounts } = await import(`${device}/counted.js`);
const { addMonths, checkDay, readDay } = await import(`${device}/days.js`);
const { dateLong } = await import(`${device}/minuted_opening.js`);
const { wrongIn } = await import(`${device}/typed_task.js`);
const cases = JSON.parse(readFileSync(process.env.CASES).toString());
const session = {
  pack: { meeting: { day: cases.day }, people: cases.people.map(([id, name]) => ({ id, name, suspended: false })) },
  room: { roll: new Map() },
  clock: { now: () => cases.now },
};

/** What a browser sends of a form. */
function formData(values) {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

test(`${cases.tasks.length} tasks are wrong in the same fields, in the same words`, () => {
  for (const { typed, errors } of cases.tasks) {
    assert.deepEqual(wrongIn(session, formData(typed)), errors, JSON.stringify(typed));
  }
});

test("a new deadline is refused for the same reason", () => {
  const limits = { earliest: cases.day, latest: addMonths(cases.day, 12), today: cases.day };
  for (const { day, error } of cases.days) assert.equal(day ? checkDay(day, limits) : "", error, day);
});

test("a day is written out as papers write it", () => {
  for (const [day, words] of cases.long) assert.equal(dateLong(day), words);
});

test(`${cases.counts.length} counts of ballots cannot be for the same reason`, () => {
  for (const { typed, lines, voters, errors } of cases.counts) {
    const ballot = { title: lines[0], names: lines.length > 1 ? lines : [] };
    const found = wrongCounts(ballot, baseOfVote(voters, []), formData(typed));
    assert.deepEqual(Object.keys(found).sort(), Object.keys(errors).sort(), JSON.stringify(typed));
    for (const name of Object.keys(found)) {
      // On a device a number of a line is called by its line too: “Trần Văn Hùng: tán thành”.
      const told = found[name].replace(/“[^”]*: (.)/, (_, first) => `“${first.toUpperCase()}`);
      assert.equal(told, errors[name], JSON.stringify(typed));
    }
  }
});

test("a day is read as people write it, day before month, and without a year it is the next such day", () => {
  const said = { "3/12/2026": "2026-12-03", "03.12.26": "2026-12-03", "03122026": "2026-12-03", "20-12": "2026-12-20" };
  for (const [text, day] of Object.entries({ ...said, "6/1": "2027-01-06", "2026-12-20": "2026-12-20", "31/2": "2027-02-31" })) {
    assert.equal(readDay(text, "2026-12-03"), day, text);
  }
  assert.equal(checkDay(readDay("31/2", "2026-12-03"), { earliest: "", latest: "9", today: "" }).slice(0, 22), "Chưa đọc được ngày. Nh");
  assert.equal(readDay("thứ ba", "2026-12-03"), "thứ ba");
});
