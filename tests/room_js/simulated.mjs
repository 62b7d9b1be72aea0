/** A device of the room without a browser: the real session and the real joining up, on a store in memory. */
import { Session } from "../../src/chibo/meetings/static/meetings/device/session.js";
import { Sync } from "../../src/chibo/meetings/static/meetings/device/sync.js";

/** What a device keeps, as `device/store.js` keeps it in IndexedDB: each call is one transaction. */
export class MemoryStore {
  constructor() {
    /** @type {Map<string, any>} */ this.rows = new Map();
    this.used = 0;
    /** The id that the next entry is to have, for a history that knows it already. */ this.nextId = "";
  }

  entries() {
    return Promise.resolve([...this.rows.values()].filter((row) => !row.why).map((row) => ({ ...row.entry })));
  }

  add(entries) {
    const kept = entries.map((entry) => {
      this.used = Math.max(entry.counter, this.used + 1);
      return { ...entry, id: this.nextId || entry.id, counter: this.used };
    });
    this.nextId = "";
    for (const entry of kept) this.rows.set(entry.id, { entry, why: "" });
    return Promise.resolve(kept.map((entry) => ({ ...entry })));
  }

  take(entries) {
    for (const entry of entries) this.rows.set(entry.id, { entry: { ...entry }, why: "" });
    return Promise.resolve();
  }

  note(answers) {
    for (const { id, seq, why } of answers) {
      const row = this.rows.get(id);
      if (row) this.rows.set(id, { entry: { ...row.entry, seq: seq || row.entry.seq }, why: seq ? "" : why || "" });
    }
    return Promise.resolve();
  }

  move(by) {
    const waiting = [...this.rows.values()].filter((row) => !row.entry.seq && !row.why);
    for (const row of waiting) row.entry = { ...row.entry, at: Math.max(0, row.entry.at + by) };
    return Promise.resolve(waiting.map((row) => ({ ...row.entry })));
  }

  setApart() {
    return Promise.resolve();
  }

  joined() {
    return Promise.resolve();
  }

  drafts() {
    return Promise.resolve([]);
  }

  keepDraft() {
    return Promise.resolve();
  }
}

/** A page that is loaded again does nothing more. @template T @param {{gone: boolean}} page @param {Promise<T>} work */
async function untilGone(page, work) {
  try {
    return await work;
  } finally {
    if (page.gone) await new Promise(() => undefined);
  }
}

/** The store as one page has it. @param {{gone: boolean}} page @param {MemoryStore} store @returns {any} */
function ofPage(page, store) {
  const get = (target, name) => (...rest) => (page.gone ? new Promise(() => undefined) : target[name](...rest));
  return new Proxy(store, { get });
}

/** One device: what it keeps outlives a reload, what it knows is read again. */
export class Simulated {
  /** @param {{device: string, person: string, meeting: string, clock: any, ask: any, token?: () => string}} parts
   * @param {MemoryStore} [store] that of the device's other window */
  constructor(parts, store) {
    this.parts = parts;
    this.store = store || new MemoryStore();
    this.page = { gone: false };
    this.load();
  }

  /** Begin anew from what is kept. */
  load() {
    const { device, person, meeting, clock, ask, token = () => "token" } = this.parts;
    this.page.gone = true;
    const page = (this.page = { gone: false });
    const pack = /** @type {any} */ ({ me: { person }, people: [], names: {} });
    const store = ofPage(page, this.store);
    this.session = new Session({ pack, device, store, clock });
    const asking = (path, what) => untilGone(page, ask(path, what));
    this.sync = new Sync({ session: this.session, store, clock, meeting, sent: null, asking, token });
    this.sync.stopped = true; // no timers: whoever plays says when
    return this.session.load();
  }

  /** @param {string} kind @param {any} payload @param {string} [id] the id that it is to have */
  write(kind, payload, id) {
    this.store.nextId = id || "";
    return this.session.write(kind, payload);
  }

  get entries() {
    return [...this.session.entries.values()];
  }
}

const PAGE = 7;
const SLIGHT = 2 * 60 * 1000;

/** A server as the rules of joining up have it; the twin of tests/meaning/network.py. */
export class ModelServer {
  /** @param {Map<string, string>} people whose each device is @param {() => number} [now] its clock, if it has one */
  constructor(people, now) {
    this.people = people;
    this.now = now;
    /** @type {any[]} */ this.log = [];
    /** @type {Map<string, number>} */ this.number = new Map();
  }

  /** @param {any} body what a device has sent */
  answer(body) {
    const answers = body.entries.map((entry) => ({ id: entry.id, seq: this.take(body, entry) }));
    const found = this.after(body.after);
    const same = new Set(body.entries.filter((entry) => this.keptAs(entry)).map((entry) => entry.id));
    const page = found.entries.filter((one) => !same.has(one.id));
    const otherwise = answers.filter(({ id, seq }) => seq > found.head && !same.has(id));
    return { answers, ...found, entries: [...page, ...otherwise.map(({ seq }) => this.log[seq - 1])] };
  }

  /** @param {any} body @param {any} entry */
  take({ device, sent }, { id, counter, kind, payload, at, seen }) {
    if (this.number.has(id)) return this.number.get(id);
    if (!(seen <= this.log.length)) throw new Error("nobody has seen more than there is");
    const seq = this.log.length + 1;
    const moment = this.moment(at, sent);
    this.log.push({ id, device, counter, kind, author: this.people.get(device), payload, at: moment, seq, seen });
    this.number.set(id, seq);
    return seq;
  }

  /** When it was, by a clock set right; never later than now. */
  moment(at, sent) {
    if (!this.now) return at;
    const behind = this.now() - sent;
    return Math.min(this.now(), at + (Math.abs(behind) > SLIGHT ? behind : 0));
  }

  /** Whether the device holds just what is kept, or has to be told. */
  keptAs({ id, at }) {
    return this.log[this.number.get(id) - 1].at === at;
  }

  /** @param {number} after */
  after(after) {
    const entries = this.log.slice(after, after + PAGE);
    const head = after + entries.length;
    return { entries, head, more: head < this.log.length, state: "open" };
  }
}

/** A copy, as the network makes one. @template T @param {T} value @returns {T} */
export function copied(value) {
  return JSON.parse(JSON.stringify(value));
}
