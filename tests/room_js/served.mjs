/**
 * Meetings of three devices on a real server that somebody kills: the real session, joining up and asking. Reads from
 * the file MEETINGS where and who; goes on until a line comes on standard input, then joins all up and writes what each
 * device means by its meeting to the file ANSWER. A dot on standard output is an answer of the server.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync, writeFileSync } from "node:fs";
import { DeviceClock } from "../../src/chibo/meetings/static/meetings/device/clock.js";
import { ask, csrfToken, roomPath } from "../../src/chibo/meetings/static/meetings/device/server.js";
import { stateOf } from "../../src/chibo/meetings/static/meetings/room/state.js";
import { chanceOf } from "./chance.mjs";
import { Simulated } from "./simulated.mjs";

const { base, seed, meetings } = JSON.parse(readFileSync(process.env.MEETINGS || "", "utf8"));
const LAST = ["open", "close", "abort"];
const ROUNDS = 600; // rounds and not seconds: a busy machine is slow to answer

/* The browser's: an address without its host, cookies of who is signed in. */
const browser = new AsyncLocalStorage();
const { fetch } = globalThis;
globalThis.document = /** @type {any} */ ({
  get cookie() {
    return browser.getStore().cookie;
  },
});
globalThis.fetch = async (path, { headers, ...rest }) => {
  const { cookie, chance, calm } = browser.getStore();
  const send = () => fetch(base + path, { ...rest, headers: { ...headers, Cookie: cookie, Referer: base } });
  const fate = calm() ? 1 : chance();
  if (fate < 0.1) throw new TypeError("lost");
  const answer = await send();
  process.stdout.write(".");
  if (fate < 0.2) throw new TypeError("unanswered");
  return fate < 0.3 ? send() : answer;
};

let calm = false;
process.stdin.once("data", () => {
  calm = true;
});
console.warn = () => undefined; // the server is away a good deal

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class Participant {
  constructor(meeting, who, number) {
    this.meeting = meeting;
    this.number = number;
    this.chance = chanceOf(seed * 1000 + meeting.number * 10 + number);
    this.tab = { cookie: who.cookie, chance: this.chance, calm: () => calm };
    const asking = (path, what) => browser.run(this.tab, () => ask(path, what));
    const token = () => browser.run(this.tab, csrfToken);
    const parts = { device: who.device, person: who.person, meeting: meeting.id, clock: new DeviceClock(), ask: asking, token };
    this.device = new Simulated(parts);
    this.written = [];
    this.kinds = Object.keys(meeting.said).filter((kind) => LAST.indexOf(kind) < 0);
  }

  pick(all) {
    return all[Math.floor(this.chance() * all.length)];
  }

  async write(kind) {
    const payload = { ...this.pick(this.meeting.said[kind]) };
    const alike = this.device.entries.filter((one) => one.kind === kind || this.chance() < 0.2);
    if ("of" in payload && alike.length) payload.of = this.pick(alike).id;
    this.written.push(await this.device.write(kind, payload));
  }

  /** Until the network comes back for good. */
  async live() {
    if (this.number === 0) await this.write("open");
    for (let turn = 0; !calm; turn += 1) {
      const chance = this.chance();
      if (this.written.length < 40) for (let n = this.chance() * 2.5; n > 0; n -= 1) await this.write(this.pick(this.kinds));
      if (chance < 0.03 && turn > 10) await this.write(this.pick(["close", "close", "abort"]));
      if (chance > 0.9) await this.device.load();
      else await this.device.sync.now();
      await pause(this.chance() * 100);
    }
  }

  /** Send and hear all. @param {() => number} number how many entries there are */
  async settle(number) {
    for (let round = 0; round < ROUNDS; round += 1, await pause(100)) {
      await this.device.sync.again();
      this.device.sync.stopped = true;
      await this.device.sync.now();
      const { entries, session, store, sync } = { ...this.device, entries: this.device.entries };
      if (sync.state !== "sent") continue; // the last question was not answered: it knows all, and does not know that
      const refused = [...store.rows.values()].filter((row) => row.why).length;
      if (session.unsent.length === 0 && entries.length + refused >= number() && session.head >= entries.length) return;
    }
  }

  told() {
    const refused = [...this.device.store.rows.values()].filter((row) => row.why);
    return {
      written: this.written,
      refused: refused.map(({ why, entry }) => [why, entry.kind, entry.payload]),
      entries: this.device.entries,
      state: stateOf(this.device.session.room),
      trouble: this.device.sync.state,
    };
  }
}

const played = await Promise.all(
  meetings.map(async (meeting) => {
    const all = meeting.people.map((who, number) => new Participant(meeting, who, number));
    await Promise.all(all.map((one) => one.live()));
    const number = () => all.reduce((sum, one) => sum + one.written.length, 0);
    await Promise.all(all.map((one) => one.settle(number)));
    return { id: meeting.id, devices: all.map((one) => one.told()) };
  }),
);
writeFileSync(process.env.ANSWER || "", JSON.stringify(played));
process.exit(0);
