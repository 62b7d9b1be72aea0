/**
 * What is being typed, in the window where it is typed: two windows of one device never share a draft. What lies here from
 * a window that is gone is taken over by the next one that opens; of two texts for one field none takes the other's place.
 *
 * It is kept a quarter of a second after the last key, and while somebody types without a pause
 * every 800 milliseconds: a device that goes out in the middle of a word loses less than two seconds.
 *
 * The draft that is being typed lies in localStorage too, encrypted as well: iOS drops the connection to the database of
 * a page in the background.
 *
 * @typedef {{kept: string, text: string}} Left  a text of a window that is gone; kept: the key under which it lies
 */
import { ofMeeting, transact } from "./database.js";
import { draftPlace, draftPlaces } from "./kept.js";
import { fromBase64, seal, toBase64, unseal } from "./lock.js";
import { isText, keyIn, partsOf } from "./typed_texts.js";
import { livingWindows, nameOfWindow } from "./windows.js";

const AFTER_LAST = 250;
const AT_LEAST_EVERY = 800;

/** What is of the device and no window. @type {string[]} */
const SHARED = ["ghi cùng"];

export class Drafts {
  /** @param {{meeting: string, key: CryptoKey}} parts */
  constructor({ meeting, key }) {
    this.meeting = meeting;
    this.key = key;
    this.window = "";
    /** @type {Map<string, Left[]>} */ this.left = new Map();
    /** @type {Map<string, string | null>} */ this.typed = new Map();
    this.since = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.timer = undefined;
    /** @type {Promise<void>} */ this.written = Promise.resolve();
    /** @type {((error?: unknown) => void)[]} */ this.callers = [];
  }

  /** @param {string} kept */
  name(kept) {
    return `${this.meeting} draft ${kept}`;
  }

  /** The key under which a draft of this window lies. @param {string} key */
  place(key) {
    return SHARED.indexOf(key) < 0 ? keyIn(this.window, key) : key;
  }

  /** The drafts of this window, and of windows that are gone: an empty field takes its text over, any other text waits in
   * `left`. @returns {Promise<[string, string][]>} */
  async all() {
    this.window = await nameOfWindow();
    const living = await livingWindows();
    const rows = (await this.rows()).filter((row) => row.window === this.window || !living.has(row.window));
    /** @type {Map<string, string>} */
    const found = new Map();
    this.left = new Map();
    const isOwn = (/** @type {any} */ row) => row.window === this.window || SHARED.indexOf(row.key) >= 0;
    for (const row of rows.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || b.at - a.at)) {
      const text = await unseal(this.key, this.name(row.kept), row).catch(() => null);
      if (text === null) continue;
      const has = found.get(row.key);
      if (has === undefined) found.set(row.key, text);
      if (isOwn(row)) continue;
      if (has === undefined) await this.takeOver(row, text);
      else if (has === text || !isText(row.key)) await this.forget(row.kept);
      else this.left.set(row.key, [...(this.left.get(row.key) || []), { kept: row.kept, text }]);
    }
    return [...found];
  }

  /** All that lies here of the meeting, the newer of two copies. @returns {Promise<any[]>} */
  async rows() {
    /** @type {Map<string, any>} */
    const newest = new Map();
    const stored = await transact(["drafts"], "readonly", (store) => ofMeeting(store("drafts"), this.meeting));
    for (const row of [...stored, ...this.seconds()]) {
      const other = newest.get(row.key);
      if (other === undefined || row.at > other.at) newest.set(row.key, row);
    }
    return [...newest.values()].map((row) => ({ ...row, kept: row.key, ...partsOf(row.key) }));
  }

  /** The copies outside the database. */
  seconds() {
    return draftPlaces(this.meeting).map(copyIn).filter(Boolean);
  }

  /** A draft of a window that is gone is one of this window now. @param {any} row @param {string} text */
  async takeOver({ key, kept, at }, text) {
    const place = this.place(key);
    const row = { meeting: this.meeting, key: place, at, ...(await seal(this.key, this.name(place), text)) };
    await transact(["drafts"], "readwrite", (store) => {
      store("drafts").put(row);
    });
    await this.forget(kept);
  }

  /** Forget a text that another window has left. @param {string} kept */
  async forget(kept) {
    await transact(["drafts"], "readwrite", (store) => {
      store("drafts").delete([this.meeting, kept]);
    });
    for (const place of draftPlaces(this.meeting)) if ((copyIn(place) || {}).key === kept) localStorage.removeItem(place);
  }

  /** Keep a text, or forget it at once with null. Resolves when it is safe in one of the two places.
   * @param {string} key @param {string | null} text @returns {Promise<void>} */
  keep(key, text) {
    if (this.typed.size === 0) this.since = Date.now();
    this.typed.set(this.place(key), text);
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
    const place = draftPlace(this.meeting, this.window);
    try {
      const second = copyIn(place);
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

/** A copy outside the database. @param {string} place @returns {any} */
function copyIn(place) {
  try {
    const row = JSON.parse(localStorage.getItem(place) || "null");
    return row && { ...row, iv: fromBase64(row.iv), data: fromBase64(row.data).buffer };
  } catch {
    return null;
  }
}
