/** A session on a store in memory: what it records as one, and beside the device that leads, before it has heard from it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../src/chibo/meetings/static/meetings/device/session.js";

const [LAN, TAM, ITEM] = ["a", "b", "c"].map((end) => `01900000-0000-7000-8000-00000000000${end}`);
const [MINE, OTHER] = ["6f1c0f0e-7a51-4f1b-9c50-2f65c1a3a111", "6f1c0f0e-7a51-4f1b-9c50-2f65c1a3a222"];
const person = (id) => ({ id, name: id, kind: "official", exempt: false, away: false, suspended: false });
const PACK = {
  me: { person: TAM },
  meeting: { starts_at: 1000 },
  people: [LAN, TAM].map(person),
  keepers: [LAN],
  presidents: [LAN],
  proposed: { chair: LAN, clerk: TAM },
};

async function beside() {
  const kept = { entries: [], drafts: [], calls: 0, isFull: false };
  const store = {
    entries: async () => kept.entries,
    drafts: async () => kept.drafts,
    add: async (entries) => {
      kept.calls += 1;
      if (kept.isFull) throw new Error("full");
      kept.entries.push(...entries);
      return entries;
    },
    keepDraft: async (key, text) => {
      kept.drafts.push([key, text]);
    },
  };
  const open = async () => {
    const session = new Session({ pack: PACK, device: MINE, store, clock: { now: () => 5000 } });
    await session.load();
    return session;
  };
  const session = await open();
  await session.joinBeside();
  return { session, kept, open };
}

test("it stands on the roll that it brought along, and goes on so when the page is loaded again", async () => {
  const { session, open } = await beside();
  assert.equal(session.room.chair, LAN);
  assert.deepEqual([...session.room.roll.values()].map((line) => line.state), ["", ""]);
  await session.write("remark", { item: ITEM, member: LAN, text: "Một ý kiến" });
  assert.deepEqual(session.room.needs_look, []);
  const again = await open();
  assert.ok(again.isBeside && again.room.opened_at !== null && again.room.remarks.size === 1);
});

test("the opening that it assumes is never kept nor sent", async () => {
  const { session, kept } = await beside();
  await session.write("remark", { item: ITEM, member: LAN, text: "Một ý kiến" });
  assert.deepEqual(session.unsent.map((entry) => [entry.kind, entry.counter]), [["remark", 1]]);
  assert.deepEqual(kept.entries.map((entry) => entry.kind), ["remark"]);
});

test("the true opening takes its place", async () => {
  const { session } = await beside();
  const payload = { chair: TAM, keepers: [LAN, TAM], roll: [{ person: TAM, kind: "official" }] };
  const opening = { id: ITEM, device: OTHER, counter: 1, kind: "open", author: LAN, payload, at: 2000, seq: 1, seen: 0 };
  session.take([opening]);
  assert.equal(session.isBeside, false);
  assert.equal(session.room.chair, TAM);
  assert.equal(session.room.roll.size, 1);
});

test("several things are recorded as one, all of them or none", async () => {
  const { session, kept } = await beside();
  const turn = [["item", { item: ITEM, state: "done" }], ["item", { item: LAN, state: "open" }]];
  kept.isFull = true;
  await assert.rejects(session.writeAll(turn));
  await assert.rejects(session.writeAll([turn[0], ["item", { item: LAN }]]), TypeError);
  assert.deepEqual([session.entries.size, kept.calls], [0, 1]);
  kept.isFull = false;
  const ids = await session.writeAll(turn);
  assert.equal(kept.calls, 2);
  assert.deepEqual(kept.entries.map((entry) => [entry.id, entry.counter]), [[ids[0], 1], [ids[1], 2]]);
  assert.equal(session.room.current, LAN);
});
