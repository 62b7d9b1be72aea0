/** What another device wrote, carried as a file: joined as if it had come from the server, and checked as there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { carried, newOf } from "../../src/chibo/meetings/static/meetings/device/carried.js";
import { NoCopy, copyOf, readCopy } from "../../src/chibo/meetings/static/meetings/device/copy.js";
import { Session } from "../../src/chibo/meetings/static/meetings/device/session.js";

const [LAN, TAM, BINH, ITEM] = ["a", "b", "d", "c"].map((end) => `01900000-0000-7000-8000-00000000000${end}`);
const [MINE, OTHER, THIRD] = ["1", "2", "3"].map((end) => `6f1c0f0e-7a51-4f1b-9c50-2f65c1a3a11${end}`);
const MEETING = "01900000-0000-7000-8000-000000000001";
const [SEAL, COMMON] = ["0123456789abcdef", "fedcba9876543210"].map((part) => part.repeat(4));
const person = (id) => ({ id, name: id, kind: "official", exempt: false, away: false, suspended: false });
const PACK = {
  me: { person: TAM },
  meeting: { starts_at: 1000 },
  people: [LAN, TAM].map(person),
  names: {},
  keepers: [LAN, TAM],
  presidents: [LAN],
  proposed: { chair: LAN, clerk: TAM },
};
const ROLL = [LAN, TAM].map((one) => ({ person: one, kind: "official" }));

function session(device, me) {
  const store = { entries: async () => [], drafts: async () => [], add: async (entries) => entries, keepDraft: async () => {} };
  return new Session({ pack: { ...PACK, me: { person: me } }, device, store, clock: { now: () => 5000 } });
}

/** A meeting that was opened on another device, with one remark. */
async function other() {
  const there = session(OTHER, LAN);
  await there.write("open", { chair: LAN, roll: ROLL, keepers: [LAN, TAM] });
  await there.write("remark", { item: ITEM, member: LAN, text: "Ghi trên máy kia" });
  return there;
}

async function file(of, changed = {}) {
  const what = { meeting: MEETING, device: of.device, author: of.me, share: SEAL, common: COMMON, now: 9 };
  return copyOf({ ...what, entries: [...of.entries.values()], ...changed });
}

const here = { meeting: MEETING, device: MINE, share: SEAL.replace("0", "1"), common: COMMON };

test("the other devices of the meeting read a copy by the key in common, the server by the device's own", async () => {
  const text = await file(await other());
  const { device, author, entries } = await readCopy(text, here);
  assert.deepEqual([device, author, entries.map(({ kind }) => kind)], [OTHER, LAN, ["open", "remark"]]);
  assert.doesNotMatch(text, /Ghi trên|remark/);
  assert.deepEqual((await readCopy(text, { ...here, device: OTHER, share: SEAL, common: "" })).entries, entries);
});

test("another meeting, a changed file, another key, a device that has none are refused in words", async () => {
  const there = await other();
  const text = await file(there);
  const outside = JSON.parse(text);
  const { data } = outside.shared;
  const changed = JSON.stringify({ ...outside, shared: { ...outside.shared, data: data.replace(data[40], data[40] === "A" ? "B" : "A") } });
  const refused = [
    [text.replace(MEETING, OTHER), here, /buổi họp khác/],
    [text.replace(OTHER, THIRD), here, /hỏng hoặc đã bị sửa/],
    [changed, here, /hỏng hoặc đã bị sửa/],
    [text, { ...here, common: SEAL }, /hỏng hoặc đã bị sửa/],
    [text, { ...here, common: "" }, /máy chủ mở được/],
    [await file(there, { common: "" }), here, /máy chủ mở được/],
  ];
  for (const [one, by, words] of refused) {
    await assert.rejects(readCopy(one, by), (error) => error instanceof NoCopy && words.test(error.message));
  }
});

test("what is carried joins the meeting once, is not sent from here, and goes when it comes from the server", async () => {
  const mine = session(MINE, TAM);
  await mine.joinBeside();
  await mine.write("remark", { item: ITEM, member: TAM, text: "Ghi ở đây" });
  const copy = await readCopy(await file(await other()), here);
  const { missing, broken } = newOf(mine, copy);
  mine.take(missing);
  assert.deepEqual([missing.length, broken, mine.room.remarks.size, mine.isBeside], [2, 0, 2, false]);
  assert.deepEqual(newOf(mine, copy), { missing: [], broken: 0 });
  assert.deepEqual(mine.unsent.map(({ kind }) => kind), ["remark"]);
  assert.deepEqual(carried(mine), [[LAN, 2]]);
  mine.take(missing.map((entry, place) => ({ ...entry, seq: place + 1 })));
  assert.deepEqual(carried(mine), []);
  assert.equal(mine.room.remarks.size, 2);
});

test("nobody who does not record the meeting, no verdict, no odd entry, no second of one counter or id is taken", async () => {
  const mine = session(MINE, TAM);
  const [opening, remark] = [...(await other()).entries.values()];
  const copy = { device: OTHER, author: LAN, entries: [opening, remark] };
  assert.throws(() => newOf(mine, { ...copy, author: BINH }), NoCopy);
  assert.throws(() => newOf(mine, { ...copy, device: "x" }), NoCopy);
  assert.throws(() => newOf(mine, { ...copy, entries: Array(5001).fill(remark) }), NoCopy);
  const id = (end) => `01900000-0000-7000-8000-0000000000${end}`;
  const odd = [
    { ...remark, id: "x" },
    { ...remark, id: id("21"), kind: "nonsense" },
    { ...remark, id: id("22"), payload: { text: 5 } },
    { ...remark, id: id("23"), kind: "opening-void", payload: { of: opening.id, why: "x" } },
    { ...remark, id: id("24"), counter: 0 },
    { ...remark, id: id("25"), counter: 2 ** 40 },
    { ...remark, id: id("26") }, // the counter of the remark
    { ...remark, id: id("27"), counter: 9, at: "now" },
    { ...remark, id: id("28"), counter: 9, seen: 1.5 },
  ];
  const found = newOf(mine, { ...copy, entries: [opening, remark, ...odd] });
  assert.deepEqual([found.missing.map((entry) => entry.id), found.broken], [[opening.id, remark.id], odd.length]);
  mine.take(found.missing);
  assert.throws(() => newOf(mine, { ...copy, author: TAM }), NoCopy); // the device is known as another's
  assert.equal(newOf(mine, { ...copy, device: THIRD, entries: [remark] }).broken, 1); // the id is known as another's
});
