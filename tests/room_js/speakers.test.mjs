/** Whom the entry of an item offers, and whom a few letters find. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../src/chibo/meetings/static/meetings/device/session.js";
import { foundBy, givenAt, offered } from "../../src/chibo/meetings/static/meetings/device/speakers.js";

const id = (number) => `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const NAMES = ["Đảng Thị Đỏ", "Nguyễn Văn Đăng", "Trần Thị Tâm", "Lê Minh Tấm"];
const people = NAMES.map((name, place) => ({ id: id(place), name, kind: "official", exempt: false, away: false, suspended: false }));
const ITEM = id(90);
const PACK = {
  me: { person: id(0) },
  meeting: { starts_at: 1000 },
  people,
  names: {},
  keepers: [],
  presidents: [],
  proposed: { chair: id(0), clerk: null },
  opinions: [{ id: id(80), item: ITEM, author: id(3), name: NAMES[3], text: "Nên lắp gương." }],
};
const STEP = { item: ITEM, text: "Bài chuẩn bị.", presented_by: NAMES[1], presenter: id(1) };

async function held() {
  const store = { entries: async () => [], drafts: async () => [], add: async (all) => all, keepDraft: async () => undefined };
  const session = new Session({ pack: PACK, device: id(70), store, clock: { now: () => 5000 } });
  await session.load();
  const roll = people.map(({ id: person, kind }) => ({ person, kind }));
  await session.write("open", { chair: id(0), roll, keepers: [] });
  return session;
}

const names = (found) => found.map((one) => one.name);

test("letters without marks find words with them, whose given name it is first", async () => {
  const session = await held();
  assert.deepEqual(names(foundBy(session, "dang")), ["Nguyễn Văn Đăng", "Đảng Thị Đỏ"]);
  assert.deepEqual(names(foundBy(session, "tam")), ["Trần Thị Tâm", "Lê Minh Tấm"]);
  assert.deepEqual(names(foundBy(session, "tr ta")), ["Trần Thị Tâm"]);
  assert.deepEqual(foundBy(session, "ang"), []);
  assert.deepEqual(foundBy(session, "  "), []);
});

test("a guest is found and is named as one", async () => {
  const session = await held();
  await session.write("guest", { name: "Lý Quốc Khánh" });
  assert.deepEqual(foundBy(session, "khanh").map((one) => [one.who, one.note]), [["guest:Lý Quốc Khánh", "khách"]]);
});

test("who speaks is offered first, then who asked, who has a text here, who spoke last, each once", async () => {
  const session = await held();
  await session.write("remark", { item: ITEM, member: id(0), text: "Đồng ý lắp gương." });
  await session.write("ask", { member: id(2) });
  const found = offered(session, `person:${id(3)}`, givenAt(session, STEP));
  assert.deepEqual(names(found), [NAMES[3], NAMES[2], NAMES[1], NAMES[0]]);
  assert.deepEqual(found.map((one) => one.icon), ["", "hand", "file-text", ""]);
});

test("a text that was taken is not offered again", async () => {
  const session = await held();
  assert.deepEqual(givenAt(session, STEP).map((one) => one.key), ["bai", id(80)]);
  await session.write("remark", { item: ITEM, member: id(1), text: "Bài chuẩn bị.", presenting: true });
  await session.write("remark", { item: ITEM, member: id(3), text: "Nên lắp gương.", opinion: id(80) });
  assert.deepEqual(givenAt(session, STEP), []);
});
