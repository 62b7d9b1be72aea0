/**
 * Three devices of one meeting join up by the real rounds of `sync.js`. The network loses, doubles, delays; the server
 * fails before or after it has taken something; pages are loaded again; clocks are set by a year, or else one of the
 * devices has two windows. SEEDS=from:to.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { DeviceClock } from "../../src/chibo/meetings/static/meetings/device/clock.js";
import { NoNetwork } from "../../src/chibo/meetings/static/meetings/device/server.js";
import { canonical, fold } from "../../src/chibo/meetings/static/meetings/room/fold.js";
import { KINDS } from "../../src/chibo/meetings/static/meetings/room/kinds.js";
import { fitsShape } from "../../src/chibo/meetings/static/meetings/room/shape.js";
import { stateOf } from "../../src/chibo/meetings/static/meetings/room/state.js";
import { chanceOf } from "./chance.mjs";
import { ModelServer, Simulated, copied } from "./simulated.mjs";

const vectors = JSON.parse(gunzipSync(readFileSync(new URL("../meaning/vectors.json.gz", import.meta.url))).toString());
/** @type {{[kind: string]: any[]}} what devices say, as the vectors have it */
const SAID = {};
for (const { log } of vectors) {
  for (const { kind, payload } of log) {
    if (KINDS[kind] && !KINDS[kind].by_server && fitsShape(KINDS[kind].shape, payload)) (SAID[kind] = SAID[kind] || []).push(payload);
  }
}
const LAST = ["open", "close", "abort"];
const OFTEN = Object.keys(SAID).filter((kind) => LAST.indexOf(kind) < 0);
const DEVICES = ["0a", "0b", "0c"].map((one) => `${one}000000-0000-4000-8000-000000000000`);

/** What becomes of a request; the numbers say how often. */
const FATES = [
  ...[["fine", 10], ["lost", 2], ["unanswered", 2], ["doubled", 2], ["late", 2]],
  ...[["slow", 3], ["failing", 1], ["failing after", 1], ["too big", 1], ["token", 1], ["signed out", 1]],
].flatMap(([fate, times]) => Array(times).fill(fate));

class World {
  /** @param {number} seed */
  constructor(seed) {
    this.chance = chanceOf(seed);
    this.calm = false;
    this.asked = 0;
    /** Requests that a device has given up, and that arrive in the end. @type {any[]} */ this.late = [];
    /** @type {(() => void)[]} */ this.slow = [];
    /** @type {Map<string, string>} */ this.ids = new Map();
    this.time = 1_764_763_200_000;
    this.server = new ModelServer(new Map(DEVICES.map((device, number) => [device, `0${number}`])), () => this.time);
    this.devices = DEVICES.map((device, number) => this.device(device, number));
    this.windows = this.chance() < 0.4;
    if (this.windows) this.devices.push(new Simulated(this.devices[0].parts, this.devices[0].store));
  }

  /** @template T @param {T[]} all @returns {T} */
  pick(all) {
    return all[Math.floor(this.chance() * all.length)];
  }

  /** @param {string} device @param {number} number */
  device(device, number) {
    const set = { by: 0 };
    const clock = new DeviceClock({ wall: () => this.time + set.by, running: () => this.time });
    const parts = { device, person: `0${number}`, meeting: "m", clock, ask: (path, what) => this.ask(device, path, what) };
    return Object.assign(new Simulated(parts), { set });
  }

  async ask(device, path, { body } = {}) {
    const answer = () => ({ status: 200, tag: "", now: this.time, json: copied(this.answer(device, path, body)) });
    this.asked += 1;
    if (this.asked > 5000) throw new Error("a device does not come to an end");
    if (path.indexOf("/may/") >= 0 || this.calm) return answer();
    const fate = this.pick(FATES);
    if (fate === "lost") throw new NoNetwork("lost");
    if (fate === "failing") return { status: 503, tag: "", now: null, json: null };
    if (fate === "too big") return { status: 413, tag: "", now: null, json: null };
    if (fate === "token" && body) return { status: 403, tag: "", now: null, json: { error: "csrf" } };
    if (fate === "signed out") return { status: 401, tag: "", now: null, json: { error: "signed_out" } };
    if (fate === "late") {
      this.late.push([device, path, copied(body || null)]);
      throw new NoNetwork("late");
    }
    if (fate === "slow") await new Promise((done) => this.slow.push(() => done(undefined)));
    const found = answer();
    if (fate === "doubled") answer();
    if (fate === "slow") await new Promise((done) => this.slow.push(() => done(undefined)));
    if (fate === "unanswered") throw new NoNetwork("unanswered");
    if (fate === "failing after") return { status: 500, tag: "", now: null, json: null };
    return found;
  }

  answer(device, path, body) {
    if (path.indexOf("/may/") >= 0) return { person: this.server.people.get(device) };
    if (body) return this.server.answer(copied(body));
    return this.server.after(Number(/sau=(\d+)/.exec(path)[1]));
  }

  /** Write something, mostly about what this device knows. */
  async write(device, kind) {
    const payload = { ...this.pick(SAID[kind]) };
    const known = device.entries.filter((one) => one.kind === kind || kind === "undo" || this.chance() < 0.3);
    if ("of" in payload && known.length) payload.of = this.pick(known).id;
    const id = await device.write(kind, payload);
    const entry = device.session.entries.get(id);
    this.ids.set(id, canonical(entry.payload));
    const seen = this.server.log.slice(0, entry.seen);
    assert.ok(seen.every((one) => device.session.entries.has(one.id)), "has seen what it says to have seen");
  }

  async step() {
    const device = this.pick(this.devices);
    const chance = this.chance();
    this.time += Math.floor(this.chance() * 90_000);
    if (chance < 0.4) for (let n = this.chance() * 6; n > 0; n -= 1) await this.write(device, this.pick(OFTEN));
    else if (chance < 0.43 && this.ids.size > 15) await this.write(device, this.pick(LAST));
    else if (chance < 0.7) device.sync.now();
    else if (chance < 0.8 && this.slow.length) this.slow.splice(Math.floor(this.chance() * this.slow.length), 1)[0]();
    else if (chance < 0.88 && this.late.length) this.answer(...this.pick(this.late));
    else if (chance < 0.93) await device.load();
    else if (chance < 0.96 && !this.windows) device.set.by += this.pick([-1, 1]) * 365 * 24 * 3600 * 1000;
    await this.turn();
  }

  /** Let what can go on go on. */
  async turn() {
    for (let n = 0; n < 20; n += 1) await Promise.resolve();
  }

  /** The network comes back for good. */
  async settle() {
    this.calm = true;
    for (let n = 0; n < 4; n += 1) {
      while (this.slow.length) {
        this.slow.shift()();
        await this.turn();
      }
      for (const device of this.devices) {
        await device.sync.again(); // what was set apart over a failing server is tried again
        await device.sync.now();
        device.session.take(await device.store.entries());
      }
    }
  }

  judge() {
    const { log } = this.server;
    assert.deepEqual(new Set(log.map((one) => one.id)), new Set(this.ids.keys()), "every entry");
    assert.equal(log.length, this.ids.size, "once");
    for (const one of log) assert.equal(canonical(one.payload), this.ids.get(one.id), "as it was written");
    assert.equal(new Set(log.map((one) => `${one.device} ${one.counter}`)).size, log.length, "no counter twice");
    const means = canonical(stateOf(fold(log)));
    for (const device of this.devices) {
      assert.equal(device.session.unsent.length, 0, "nothing is left");
      assert.equal(device.session.head, log.length, "all is pulled");
      assert.equal(device.entries.length, log.length, "every entry once on each device");
      for (const one of log) assert.deepEqual({ ...device.session.entries.get(one.id), version: 0 }, { ...one, version: 0 });
      assert.equal(canonical(stateOf(device.session.room)), means, "the same meeting");
    }
  }
}

console.warn = () => undefined; // rounds fail by the thousand here
const [from, to] = (process.env.SEEDS || "0:300").split(":").map(Number);
let entries = 0;
for (let seed = from; seed < to; seed += 1) {
  const world = new World(seed);
  try {
    if (world.chance() < 0.9) await world.write(world.devices[0], "open");
    for (let steps = 10 + world.chance() * 60; steps > 0; steps -= 1) await world.step();
    await world.settle();
    world.judge();
  } catch (error) {
    console.log(`seed ${seed}`);
    throw error;
  }
  entries += world.ids.size;
}
console.log(`${to - from} runs, ${entries} entries`);
