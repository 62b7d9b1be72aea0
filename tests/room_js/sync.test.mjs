/** Joining up against a server that loses, fails, refuses and forgets who is signed in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DeviceClock } from "../../src/chibo/meetings/static/meetings/device/clock.js";
import { NoNetwork } from "../../src/chibo/meetings/static/meetings/device/server.js";
import { Session } from "../../src/chibo/meetings/static/meetings/device/session.js";
import { Sync } from "../../src/chibo/meetings/static/meetings/device/sync.js";

const ME = "01900000-0000-7000-8000-00000000000a";
const PACK = { me: { person: ME, name: "Lan" }, people: [], names: {}, steps: [], meeting: { id: "m" } };

/** The store of a device, in memory. */
class Memory {
  rows = new Map();
  apart = new Set();
  joinings = 0;
  async entries() {
    return [];
  }
  async drafts() {
    return [];
  }
  async add(entries) {
    for (const entry of entries) this.rows.set(entry.id, entry);
    return entries;
  }
  async take(entries) {
    for (const entry of entries) this.rows.set(entry.id, entry);
  }
  async note(answers) {
    for (const { id, seq, why } of answers) this.rows.set(id, { ...this.rows.get(id), seq: seq || null, why });
  }
  async setApart(id, apart) {
    if (apart) this.apart.add(id);
    else this.apart.delete(id);
  }
  async move(by) {
    return [...this.rows.values()].filter((row) => !row.seq).map((row) => ({ ...row, at: row.at + by }));
  }
  async joined(noted) {
    this.joinings += 1;
    this.noted = noted;
  }
}

/** A server with a log, and whatever goes wrong. */
class Server {
  log = [];
  asked = [];
  person = ME;
  token = "1";
  cookie = "1";
  /** @type {(path: string, what: any) => any} */ before = () => undefined;
  /** @type {(what: any) => void} */ after = () => undefined;
  refuse = new Map();
  ask = async (path, what = {}) => {
    this.asked.push({ path, what });
    const early = this.before(path, what);
    if (early) return { tag: "", now: null, json: null, ...early };
    if (path.includes("/may/")) {
      this.cookie = this.token;
      return { status: 200, json: { person: this.person }, tag: "", now: null };
    }
    if (what.body === undefined) return { status: 200, json: this.news(Number(path.split("sau=")[1])), tag: "", now: null };
    if (this.cookie !== this.token) return { status: 403, json: { error: "csrf" }, tag: "", now: null };
    const answers = what.body.entries.map((entry) => this.record(what.body, entry));
    this.after(what);
    return { status: 200, json: { answers, ...this.news(what.body.after) }, tag: "", now: null };
  };
  record({ device }, entry) {
    if (this.refuse.has(entry.id)) return { id: entry.id, why: this.refuse.get(entry.id) };
    const known = this.log.find((one) => one.id === entry.id);
    if (known) return { id: entry.id, seq: known.seq };
    this.log.push({ ...entry, device, author: this.person, seq: this.log.length + 1 });
    return { id: entry.id, seq: this.log.length };
  }
  news(after) {
    const entries = this.log.slice(after, after + 500);
    const more = this.log.length > after + 500;
    return { entries, head: entries.length ? entries[entries.length - 1].seq : after, more, state: "open" };
  }
}

async function device(server, { running = () => performance.now(), wall = Date.now } = {}) {
  const store = new Memory();
  const clock = new DeviceClock({ wall, running });
  const session = new Session({ pack: PACK, device: "6f1c0f0e-7a51-4f1b-9c50-2f65c1a3a111", store, clock });
  await session.load();
  const sync = new Sync({ session, store, clock, meeting: "m", sent: null, asking: server.ask, token: () => server.cookie });
  sync.stop(); // rounds are run by the tests
  return { store, session, sync };
}

async function write(session, number) {
  for (let one = 0; one < number; one += 1) await session.write("note", { about: "fees", text: `${one}` });
}

test("what was written is sent once, in its order, and known by its number", async () => {
  const server = new Server();
  const { session, sync, store } = await device(server);
  await write(session, 3);
  await sync.now();
  assert.deepEqual(server.log.map((one) => one.payload.text), ["0", "1", "2"]);
  assert.deepEqual([sync.state, session.unsent.length, session.head, store.joinings], ["sent", 0, 3, 1]);
  assert.equal(server.log[0].version, 1);
});

test("an answer that is lost loses and doubles nothing", async () => {
  const server = new Server();
  let lose = true;
  server.after = () => {
    if (lose) throw new NoNetwork("lost");
  };
  const { session, sync } = await device(server);
  await write(session, 4);
  await sync.now();
  assert.deepEqual([sync.state, session.unsent.length], ["offline", 4]);
  lose = false;
  await sync.now();
  assert.deepEqual([sync.state, session.unsent.length, server.log.length], ["sent", 0, 4]);
});

test("one entry over which the server fails does not hold up the others", async () => {
  const server = new Server();
  const { session, sync, store } = await device(server);
  await write(session, 9);
  const poison = session.unsent[4].id;
  server.before = (_, { body }) => (body && body.entries.some((one) => one.id === poison) ? { status: 500 } : undefined);
  await sync.now();
  assert.deepEqual([server.log.length, [...store.apart], sync.state], [8, [poison], "sent"]);
  assert.equal(session.unsent.length, 1);
});

test("a server that is away for a moment sets nothing apart: no entry is to blame", async () => {
  const server = new Server();
  const { session, sync, store } = await device(server);
  await write(session, 3);
  let away = 2;
  server.before = (path) => (path.includes("nhat-ky") && away-- > 0 ? { status: 503 } : undefined);
  for (let times = 0; times < 3; times += 1) await sync.now();
  assert.deepEqual([sync.state, session.unsent.length, store.apart.size, server.log.length], ["sent", 0, 0, 3]);
});

test("a server that fails over everything keeps everything waiting, and none is set apart", async () => {
  const server = new Server();
  server.before = (path) => (path.includes("nhat-ky") ? { status: 503 } : undefined);
  const { session, sync, store } = await device(server);
  await write(session, 20);
  await sync.now();
  assert.deepEqual([sync.state, session.unsent.length, store.apart.size], ["ill", 20, 0]);
  assert.ok(server.asked.length < 12, `${server.asked.length} questions`);
});

test("nothing is sent under another's sign-in", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  await sync.now();
  await write(session, 2);
  server.person = "01900000-0000-7000-8000-00000000000b";
  server.token = server.cookie = "2";
  await sync.now();
  assert.deepEqual([sync.state, server.log.length, session.unsent.length], ["other", 0, 2]);
  server.person = ME;
  server.token = server.cookie = "3";
  await sync.now();
  assert.deepEqual([sync.state, server.log.length], ["sent", 2]);
});

test("a token that is old is fetched anew, once, and the batch repeated", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  await sync.now();
  server.token = "2";
  await write(session, 1);
  await sync.now();
  assert.deepEqual([sync.state, server.log.length], ["sent", 1]);
});

test("signed out: all waits, and goes out after the next sign-in", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  await write(session, 2);
  server.before = () => ({ status: 401, json: { error: "signed_out" } });
  await sync.now();
  assert.deepEqual([sync.state, session.unsent.length], ["signed-out", 2]);
  server.before = () => undefined;
  await sync.now();
  assert.deepEqual([sync.state, server.log.length], ["sent", 2]);
});

test("what is refused stays on the device with its reason, and counts no more", async () => {
  const server = new Server();
  const { session, sync, store } = await device(server);
  await write(session, 3);
  const refused = session.unsent[1].id;
  server.refuse.set(refused, "shape");
  await sync.now();
  assert.deepEqual([sync.state, session.unsent.length, session.entries.has(refused)], ["sent", 0, false]);
  assert.equal(store.rows.get(refused).why, "shape");
});

test("cut off: what was not sent is handed over, then the device is locked; not before it could", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  let wiped = 0;
  let told;
  sync.whenRemoved = async (refused, forget) => {
    wiped += 1;
    told = { refused, forget };
  };
  await write(session, 2);
  let reachable = false;
  server.before = (path, { body }) => {
    if (body && !reachable) throw new NoNetwork("away");
    return { status: 410, json: { error: "removed", refused: body ? 1 : 0 } };
  };
  await sync.now();
  assert.equal(wiped, 0);
  reachable = true;
  await sync.now();
  assert.deepEqual([wiped, told, sync.state], [1, { refused: 1, forget: false }, "removed"]);
  assert.equal(server.asked.filter(({ what }) => what.body && what.body.entries.length === 2).length, 2);
});

test("cut off, nothing is forgotten while what it holds is not taken", async () => {
  for (const status of [400, 401, 403, 404, 413, 503]) {
    const server = new Server();
    const { session, sync } = await device(server);
    let wiped = 0;
    sync.whenRemoved = async () => {
      wiped += 1;
    };
    await write(session, 2);
    server.before = (path, { body }) => (body ? { status, json: {} } : { status: 410, json: { error: "removed" } });
    await sync.now();
    assert.deepEqual([wiped, session.unsent.length], [0, 2], `${status}`);
    server.before = () => ({ status: 410, json: { error: "removed" } });
    await sync.now();
    assert.equal(wiped, 1);
  }
});

test("seen never runs ahead of what was pulled", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  for (let one = 0; one < 700; one += 1) {
    server.log.push({ id: `x${one}`, device: "other", counter: one + 1, kind: "lead", author: ME, payload: {}, at: 1, seq: one + 1, seen: 0 });
  }
  await write(session, 1);
  const send = sync.take.bind(sync);
  const seen = [];
  sync.take = async (json) => {
    const whole = await send(json);
    seen.push(session.head);
    return whole;
  };
  await sync.now();
  assert.deepEqual(seen, [500, 700, 701]);
});

test("numbers that were erased do not stop the pulling", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  server.news = (after) => ({ entries: [], head: 40, more: after < 40, state: "signed" });
  await sync.now();
  assert.deepEqual([session.head, sync.state], [40, "sent"]);
});

test("a clock set back while entries wait moves them with it", async () => {
  const server = new Server();
  let [wall, running] = [Date.UTC(2026, 11, 3, 12, 0), 0];
  const { session, sync } = await device(server, { wall: () => wall, running: () => running });
  server.before = () => {
    throw new NoNetwork("away");
  };
  await write(session, 1);
  await sync.now();
  wall -= 3600000;
  server.before = () => undefined;
  await sync.now();
  assert.equal(server.log[0].at, Date.UTC(2026, 11, 3, 11, 0));
});

test("cut off, it forgets what it has handed over only when it is told to", async () => {
  const server = new Server();
  const { sync } = await device(server);
  const told = [];
  sync.whenRemoved = async (refused, forget) => told.push([refused, forget]);
  server.before = () => ({ status: 410, json: { error: "removed", forget: true } });
  await sync.now();
  assert.deepEqual(told, [[0, true]]);
});

test("taken back while it hands over, it goes on as if nothing had been", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  sync.whenRemoved = async () => assert.fail("it is taken back");
  await write(session, 2);
  server.before = (path, { body }) => (body ? undefined : { status: 410, json: { error: "removed", forget: false } });
  await sync.now();
  server.before = () => undefined;
  await sync.now();
  assert.deepEqual([sync.state, session.unsent.length, server.log.length], ["sent", 0, 2]);
});

test("a device that was away hears first whether the meeting is over, and then sends", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  await sync.now();
  server.before = () => {
    throw new NoNetwork("away");
  };
  await write(session, 1);
  await sync.now();
  server.before = () => undefined;
  server.asked.length = 0;
  await sync.now();
  assert.deepEqual(server.asked.map(({ what }) => Boolean(what.body)), [false, true]);
});

test("the minutes were signed while it was away: it knows, says so, keeps what it wrote, and forgets in time", async () => {
  const server = new Server();
  const { session, sync, store } = await device(server);
  await write(session, 2);
  session.say("Đã ghi.");
  const [kept] = session.unsent;
  for (const { id } of session.unsent) server.refuse.set(id, "signed");
  server.news = (after) => ({ entries: [], head: after, more: false, state: "signed" });
  let sawItWhileSending = false;
  server.after = () => {
    sawItWhileSending = session.isSigned;
  };
  await sync.now();
  assert.deepEqual([sawItWhileSending, session.isSigned, session.unsent.length], [true, true, 0]);
  assert.equal(store.rows.get(kept.id).why, "signed");
  assert.equal(session.notice.bad, "circle-alert");
  assert.match(session.notice.words, /^2 dòng ghi ở máy này không vào biên bản/);
  assert.equal(store.noted.state, "signed");
  assert.ok(store.noted.closed > 0, "it is over, and may be forgotten a day later");
});

test("whoever else ended the meeting is said, not passed over", async () => {
  const server = new Server();
  const { session, sync } = await device(server);
  const others = "6f1c0f0e-7a51-4f1b-9c50-2f65c1a3a222";
  const entry = (seq, kind, payload) => ({ id: `01900000-0000-7000-8000-00000000010${seq}`, device: others, counter: seq, kind, author: ME, payload, at: 1, seq, seen: 0 });
  session.take([entry(1, "open", { chair: ME, roll: [] })]);
  server.log.push(entry(1, "open", { chair: ME, roll: [] }), entry(2, "close", {}));
  await sync.now();
  assert.match(session.notice.words, /đã kết thúc buổi họp/);
});

test("a question that nobody answers is said to be no network within seconds, and the answer may still come", async (t) => {
  const server = new Server();
  const { sync } = await device(server);
  await sync.now();
  assert.equal(sync.state, "sent");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let answer = () => undefined;
  server.ask = () => new Promise((resolve) => (answer = resolve));
  sync.ask = server.ask;
  const round = sync.now();
  await new Promise((done) => setImmediate(done));
  t.mock.timers.tick(3000);
  assert.equal(sync.state, "offline");
  answer({ status: 304, tag: "", now: null, json: null });
  await round;
  assert.equal(sync.state, "sent");
});

test("a page that somebody looks at asks every few seconds, so that what it says of the network is of now", async () => {
  const { sync } = await device(new Server());
  await sync.now();
  assert.ok(sync.pause() <= 5000);
  globalThis.document = { visibilityState: "hidden" };
  assert.ok(sync.pause() > 5000);
  delete globalThis.document;
});
