/**
 * What is being typed. It is kept a quarter of a second after the last key, and while somebody types without a pause
 * every 800 milliseconds: a device that goes out in the middle of a word loses less than two seconds.
 *
 * The draft that is being typed lies in localStorage too, encrypted as well: iOS drops the connection to the database of
 * a page in the background.
 */
import { ofMeeting, transact } from "./database.js";
import { draftPlace } from "./kept.js";
import { fromBase64, seal, toBase64, unseal } from "./lock.js";

const AFTER_LAST = 250;
const AT_LEAST_EVERY = 800;

export class Drafts {
  /** @param {{meeting: string, key: CryptoKey}} parts */
  constructor({ meeting, key }) {
    this.meeting = meeting;
    this.key = key;
    /** @type {Map<string, string | null>} */ this.typed = new Map();
    this.since = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.timer = undefined;
    /** @type {Promise<void>} */ this.written = Promise.resolve();
    /** @type {((error?: unknown) => void)[]} */ this.callers = [];
  }

  /** @param {string} draft */
  name(draft) {
    return `${this.meeting} draft ${draft}`;
  }

  /** Every draft that is kept, the newer of two copies. @returns {Promise<[string, string][]>} */
  async all() {
    const rows = await transact(["drafts"], "readonly", (store) => ofMeeting(store("drafts"), this.meeting));
    const second = this.second();
    if (second && !rows.some((row) => row.key === second.key && row.at >= second.at)) rows.push(second);
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const row of rows) {
      const text = await unseal(this.key, this.name(row.key), row).catch(() => null);
      if (text !== null) found.set(row.key, text);
    }
    return [...found];
  }

  /** The copy outside the database. */
  second() {
    try {
      const row = JSON.parse(localStorage.getItem(draftPlace(this.meeting)) || "null");
      return row && { ...row, iv: fromBase64(row.iv), data: fromBase64(row.data).buffer };
    } catch {
      return null;
    }
  }

  /** Keep a text, or forget it at once with null. Resolves when it is safe in one of the two places.
   * @param {string} key @param {string | null} text @returns {Promise<void>} */
  keep(key, text) {
    if (this.typed.size === 0) this.since = Date.now();
    this.typed.set(key, text);
    clearTimeout(this.timer);
    const wait = text === null ? 0 : Math.min(AFTER_LAST, Math.max(0, AT_LEAST_EVERY - (Date.now() - this.since)));
    this.timer = setTimeout(() => this.flush(), wait);
    return new Promise((resolve, reject) => {
      this.callers.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  /** Write what waits, one after another. */
  flush() {
    clearTimeout(this.timer);
    const typed = this.typed;
    const callers = this.callers;
    this.typed = new Map();
    this.callers = [];
    this.written = this.written
      .then(() => this.write(typed))
      .then(() => callers.forEach((told) => told()))
      .catch((error) => callers.forEach((told) => told(error)));
    return this.written;
  }

  /** @param {Map<string, string | null>} typed */
  async write(typed) {
    const at = Date.now();
    /** @type {any[]} */
    const rows = [];
    for (const [key, text] of typed) {
      if (text !== null) rows.push({ meeting: this.meeting, key, at, ...(await seal(this.key, this.name(key), text)) });
    }
    const doubled = this.double(typed, rows);
    const kept = transact(["drafts"], "readwrite", (store) => {
      for (const [key, text] of typed) if (text === null) store("drafts").delete([this.meeting, key]);
      for (const row of rows) store("drafts").put(row);
    });
    await (doubled ? kept.catch(() => undefined) : kept);
  }

  /** Keep the last one in the other place too; false: that place takes nothing, or the last ones are forgotten.
   * @param {Map<string, string | null>} typed @param {any[]} rows */
  double(typed, rows) {
    const place = draftPlace(this.meeting);
    try {
      const second = this.second();
      if (second && typed.get(second.key) === null) localStorage.removeItem(place);
      if (rows.length === 0) return false;
      const last = rows[rows.length - 1];
      const text = { key: last.key, at: last.at, iv: toBase64(last.iv), data: toBase64(last.data) };
      localStorage.setItem(place, JSON.stringify(text));
      return rows.length === 1 && typed.size === 1;
    } catch {
      return false;
    }
  }

  /** How many texts wait to be written. */
  get pending() {
    return this.typed.size;
  }
}

