/** The parts of the device that need no browser: its lock, its copy, its clock, what its sign says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { DeviceClock } from "../../src/chibo/meetings/static/meetings/device/clock.js";
import { NoCopy, copyOf, readCopy } from "../../src/chibo/meetings/static/meetings/device/copy.js";
import * as lock from "../../src/chibo/meetings/static/meetings/device/lock.js";
import { said } from "../../src/chibo/meetings/static/meetings/device/standing.js";

const SHARE = "0123456789abcdef".repeat(4);
const MEETING = "01900000-0000-7000-8000-000000000001";
const DEVICE = "6f1c0f0e-7a51-4f1b-9c50-2f65c1a3a111";
const MINUTE = 60000;
const HOUR = 60 * MINUTE;

test("a key opens by its PIN and by its share, by nothing else", async () => {
  const key = await lock.newKey();
  const sealed = await lock.seal(key, "m 1", "Nguyễn Thị Lan");
  const pin = await lock.underPin(key, "280519");
  const share = await lock.underShare(key, SHARE);
  assert.ok(pin.rounds >= 1000000);
  assert.equal(await lock.unseal(await lock.byPin(pin, "280519"), "m 1", sealed), "Nguyễn Thị Lan");
  assert.equal(await lock.unseal(await lock.byShare(share, SHARE), "m 1", sealed), "Nguyễn Thị Lan");
  await assert.rejects(lock.byPin(pin, "280518"));
  await assert.rejects(lock.byShare(share, SHARE.replace("0", "1")));
});

test("a row opens under its own name alone, and no two look alike", async () => {
  const key = await lock.newKey();
  const [one, other] = [await lock.seal(key, "m 1", "x"), await lock.seal(key, "m 1", "x")];
  assert.notDeepEqual(new Uint8Array(one.data), new Uint8Array(other.data));
  await assert.rejects(lock.unseal(key, "m 2", one));
});

test("a PIN that anyone would try first is not taken", () => {
  assert.equal(lock.checkPin("280519"), "");
  for (const pin of ["123456", "000000", "12345", "28051a", ""]) assert.notEqual(lock.checkPin(pin), "");
});

test("more than six digits, or a passphrase however its letters are typed, may stand in its place", async () => {
  const [composed, apart] = ["gương cầu lồi ngã ba".normalize("NFC"), "gương cầu lồi ngã ba".normalize("NFD")];
  for (const pin of ["280519739201", composed]) assert.equal(lock.checkPin(pin), "");
  assert.notEqual(lock.checkPin("gương"), "");
  const key = await lock.newKey();
  const [words, digits] = [await lock.underPin(key, composed), await lock.underPin(key, "280519739201")];
  assert.deepEqual([words.letters, digits.letters], [true, false]);
  await lock.byPin(words, apart);
  await assert.rejects(lock.byPin(digits, "280519"));
});

test("the room and the guide say in the same words what a PIN protects from", () => {
  const guide = readFileSync(new URL("../../docs/users/may-trong-phong-hop.md", import.meta.url), "utf8");
  assert.ok(guide.replace(/\s+/g, " ").includes(lock.PROTECTS));
});

test("a copy comes back as it was, and says why another does not", async () => {
  const entry = { id: "e1", device: DEVICE, counter: 3, kind: "lead", author: "p", payload: {}, at: 5, seq: 7, seen: 2 };
  const own = { meeting: MEETING, device: DEVICE, share: SHARE, common: "" };
  const text = await copyOf({ ...own, author: "p", entries: [entry], now: 9 });
  assert.deepEqual(await readCopy(text, own), { device: DEVICE, author: "p", entries: [{ ...entry, seq: null }] });
  assert.doesNotMatch(text, /lead|author/);
  const outside = JSON.parse(text);
  assert.deepEqual([outside.chibo, outside.version, outside.meeting, outside.device], ["ban-sao", 1, MEETING, DEVICE]);
  const broken = [
    [text.replace(MEETING, DEVICE), own],
    [text, { ...own, device: MEETING }],
    [text, { ...own, share: SHARE.replace("f", "e") }],
    ["{}", own],
    ["not JSON", own],
  ];
  for (const [file, by] of broken) await assert.rejects(readCopy(file, by), NoCopy);
});

test("a clock that was set moves what waits by as much; sleep does not", () => {
  let [wall, running] = [1e12, 0];
  const clock = new DeviceClock({ wall: () => wall, running: () => running });
  const go = (byWall, byRunning = byWall) => {
    wall += byWall;
    running += byRunning;
    return clock.jump(0);
  };
  assert.equal(clock.jump(0), 0);
  assert.equal(go(5 * MINUTE), 0);
  assert.equal(go(2 * HOUR + 0.25, 1000), 0); // it slept
  assert.equal(go(-365 * 24 * HOUR, 1000), -365 * 24 * HOUR - 1000); // set back
  assert.equal(go(365 * 24 * HOUR, 1000), 365 * 24 * HOUR - 1000); // set on
  assert.equal(go(-MINUTE, 0), 0); // the network's small corrections
  assert.equal(new DeviceClock({ wall: () => 1e12, running: () => 0 }).jump(1e12 + HOUR), -HOUR); // set back while shut
  assert.ok(Number.isInteger(new DeviceClock({ wall: () => 0.4, running: () => 0 }).now()));
});

test("the sign says where things are, and how much waits", () => {
  const standing = { failing: false, state: "sent", written: true, unsent: 0, sent: Date.UTC(2026, 11, 3, 12, 42) };
  const words = (/** @type {object} */ more) => said({ ...standing, ...more }).words;
  assert.equal(words({}), "Đã gửi hết lúc 19:42");
  assert.equal(words({ state: "offline" }), "Đã gửi hết lúc 19:42 · không có mạng");
  assert.equal(words({ state: "ill" }), "Đã gửi hết lúc 19:42 · máy chủ không trả lời");
  assert.equal(words({ state: "offline", unsent: 12 }), "Đã lưu trên máy này · chờ mạng (12)");
  assert.equal(words({ state: "signed-out", unsent: 1 }), "Đã lưu trên máy này · chờ đăng nhập (1)");
  assert.equal(words({ state: "offline", written: false, sent: null }), "Không có mạng · máy này vẫn ghi được");
  assert.equal(words({ failing: true, unsent: 3 }), "Chưa lưu được. Đừng đóng trang này");
});
