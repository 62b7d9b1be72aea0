/**
 * One meeting's entries on this device. Entries are safe when `add` resolves: counters, ids and rows are one transaction,
 * so two windows never give out one counter. Ids, counters and numbers stand in the clear, everything else is sealed.
 *
 * @typedef {import("../room/fold.js").Entry} Entry
 * @typedef {import("./pack.js").Pack} Pack
 * @typedef {{id: string, meeting: string, device: string, counter: number, seq: number | null, why: string, apart: boolean, iv: Uint8Array, data: ArrayBuffer}} Row
 *   why: the server's word for refusing it, or ""; apart: the server fails over it, so it does not hold up the others
 * @typedef {{entry: Entry, why: string, apart: boolean}} Held  an entry that is not where it belongs
 */
import { answered, ofMeeting, transact } from "./database.js";
import { Drafts } from "./drafts.js";
import { change } from "./kept.js";
import { seal, unseal } from "./lock.js";

const NEWS = "chibo-phong-hop-moi";

export class MeetingStore {
  /** @param {{meeting: string, device: string, key: CryptoKey}} parts */
  constructor({ meeting, device, key }) {
    this.meeting = meeting;
    this.device = device;
    this.key = key;
    this.texts = new Drafts({ meeting, key });
    /** Number of each entry that this window knows. @type {Map<string, number | null>} */ this.known = new Map();
    /** Rows that this key does not open: they stay where they are, and hold up none of the others.
     * @type {Set<string>} */ this.unreadable = new Set();
    /** Whether the last thing that was to be kept could not be. */
    this.failing = false;
    /** @type {() => void} */ this.changed = () => undefined;
  }

  /** @param {string} id */
  name(id) {
    return `${this.meeting} ${id}`;
  }

  /** Do something that must not fail, and remember whether it did.
   * @template T @param {Promise<T>} work @returns {Promise<T>} */
  async watched(work) {
    try {
      const result = await work;
      this.mark(false);
      return result;
    } catch (error) {
      this.mark(true);
      throw error;
    }
  }

  /** @param {boolean} failing */
  mark(failing) {
    if (this.failing === failing) return;
    this.failing = failing;
    this.changed();
  }

  /** @param {Entry} entry @param {Partial<Row>} [more] @returns {Promise<Row>} */
  async row(entry, more = {}) {
    const { id, device, counter, seq = null, ...rest } = entry;
    const sealed = await seal(this.key, this.name(id), JSON.stringify(rest));
    return { id, meeting: this.meeting, device, counter, seq, why: "", apart: false, ...more, ...sealed };
  }

  /** @param {Row} row @returns {Promise<Entry>} */
  async entry(row) {
    const { id, device, counter, seq } = row;
    return { id, device, counter, seq, ...JSON.parse(await unseal(this.key, this.name(id), row)) };
  }

  /** The entries of rows, without those that cannot be read. @param {Row[]} rows @returns {Promise<[Row, Entry][]>} */
  async readable(rows) {
    const pairs = rows.map((row) =>
      this.entry(row).then(
        (entry) => /** @type {[Row, Entry]} */ ([row, entry]),
        () => {
          this.unreadable.add(row.id);
          return null;
        },
      ),
    );
    const found = await Promise.all(pairs);
    return found.flatMap((pair) => (pair ? [pair] : []));
  }

  /** @returns {Promise<Row[]>} */
  rows() {
    return transact(["entries"], "readonly", (store) => ofMeeting(store("entries"), this.meeting));
  }

  /** All that this device knows of the meeting, without what the server refused. */
  async entries() {
    this.known.clear();
    return this.fresh();
  }

  /** What another window of this device has written or sent since this one last looked. @returns {Promise<Entry[]>} */
  async fresh() {
    const rows = (await this.rows()).filter((row) => !row.why && this.known.get(row.id) !== row.seq);
    for (const row of rows) this.known.set(row.id, row.seq);
    return (await this.readable(rows)).map(([, entry]) => entry);
  }

  /** Keep entries made here, all of them or none.
   * @param {Entry[]} entries @returns {Promise<Entry[]>} with the counters that they were given */
  add(entries) {
    return this.watched(this.added(entries));
  }

  /** @param {Entry[]} entries */
  async added(entries) {
    const rows = await Promise.all(entries.map((entry) => this.row(entry)));
    await transact(["entries", "meetings"], "readwrite", async (store) => {
      const kept = await answered(store("meetings").get(this.meeting));
      if (kept === undefined) throw new Error("the meeting was removed from this device");
      for (const row of rows) {
        row.counter = Math.max(row.counter, kept.used + 1);
        kept.used = row.counter;
        store("entries").add(row);
      }
      store("meetings").put(kept);
    });
    for (const row of rows) this.known.set(row.id, null);
    this.spread();
    return entries.map((entry, place) => ({ ...entry, counter: rows[place].counter }));
  }

  /** Keep what the server sent. @param {Entry[]} entries */
  async take(entries) {
    if (entries.length === 0) return;
    const rows = await Promise.all(entries.map((entry) => this.row(entry)));
    await transact(["entries"], "readwrite", (store) => {
      for (const row of rows) store("entries").put(row);
    });
    for (const row of rows) this.known.set(row.id, row.seq);
    this.spread();
  }

  /** Take back from a copy what this device once made; its counters are given out no more.
   * @param {Entry[]} entries */
  async bringBack(entries) {
    await this.take(entries);
    const last = entries.reduce((most, entry) => Math.max(most, entry.counter), 0);
    await change(this.meeting, (kept) => {
      kept.used = Math.max(kept.used, last);
    });
  }

  /** Note what the server answered to entries of this device.
   * @param {{id: string, seq?: number, why?: string}[]} answers */
  async note(answers) {
    await transact(["entries"], "readwrite", async (store) => {
      for (const { id, seq, why } of answers) {
        const row = await answered(store("entries").get(id));
        if (row === undefined) continue;
        store("entries").put({ ...row, seq: seq || row.seq, why: seq ? "" : why || "", apart: false });
        this.known.set(id, seq || row.seq);
      }
    });
    this.spread();
  }

  /** Set apart an entry over which the server fails, or let it stand among the others again.
   * @param {string} id @param {boolean} apart */
  async setApart(id, apart) {
    await transact(["entries"], "readwrite", async (store) => {
      const row = await answered(store("entries").get(id));
      if (row !== undefined) store("entries").put({ ...row, apart });
    });
  }

  /** What the server refused, and what it fails over. @returns {Promise<Held[]>} */
  async held() {
    const rows = (await this.rows()).filter((row) => row.why || row.apart);
    return (await this.readable(rows)).map(([row, entry]) => ({ entry, why: row.why, apart: row.apart }));
  }

  /** What was made here and not sent yet. @returns {Promise<Row[]>} */
  async waiting() {
    return (await this.rows()).filter((row) => row.device === this.device && !row.seq && !row.why);
  }

  /** The clock was set: the moments of what waits here move with it, once, however many windows notice.
   * @param {number} by milliseconds @param {Entry[]} known as this window knows them; what lies here with another moment
   *   was moved by another window @returns {Promise<Entry[]>} the entries as they now are */
  async move(by, known) {
    const moments = new Map(known.map((entry) => [entry.id, entry.at]));
    const waiting = await this.readable(await this.waiting());
    const rows = waiting.map(([row]) => row);
    const moved = await Promise.all(
      waiting.map(([, { at, ...entry }]) =>
        at !== null && at === moments.get(entry.id) ? this.row({ ...entry, at: Math.max(0, at + by) }) : null,
      ),
    );
    await transact(["entries"], "readwrite", async (store) => {
      for (const [place, sealed] of moved.entries()) {
        const now = sealed && (await answered(store("entries").get(sealed.id)));
        const isSame = now && String(now.iv) === String(rows[place].iv);
        if (sealed && isSame) store("entries").put({ ...now, iv: sealed.iv, data: sealed.data });
      }
    });
    return (await this.readable(await this.waiting())).map(([, entry]) => entry);
  }

  /** Note when all was last sent, when the meeting ended, and how it stands on the server, so that the device may forget it
   * in time and never goes on with one that is over. @param {{sent: number | null, closed: number | null, state: string}} what */
  async joined({ sent, closed, state }) {
    await change(this.meeting, (kept) => {
      kept.sent = sent;
      kept.closed = closed;
      kept.state = state;
    });
  }

  /** @returns {Promise<[string, string][]>} */
  drafts() {
    return this.texts.all();
  }

  /** Texts of windows that are gone, of fields in which another text stands. */
  get left() {
    return this.texts.left;
  }

  /** @param {string} kept the key under which a text lies that another window has left */
  forgetLeft(kept) {
    return this.texts.forget(kept);
  }

  /** @param {string} key @param {string | null} text */
  keepDraft(key, text) {
    const kept = this.watched(this.texts.keep(key, text));
    kept.catch(() => undefined); // the sign tells; nobody waits for a key to be kept
    return kept;
  }

  /** Keep a newer pack. @param {Pack} pack */
  async keepPack(pack) {
    const sealed = await seal(this.key, `${this.meeting} pack`, JSON.stringify(pack));
    await change(this.meeting, (kept) => {
      kept.pack = sealed;
      kept.day = pack.meeting.day;
    });
  }

  /** Tell the other windows of this device that there is something new. */
  spread() {
    try {
      localStorage.setItem(NEWS, `${this.meeting} ${Date.now()} ${Math.random()}`);
    } catch {
      // a full localStorage only costs the other window its haste
    }
  }

  /** Call back when another window has written. @param {() => void} listener @returns {() => void} stops it */
  whenSpread(listener) {
    /** @param {StorageEvent} event */
    const heard = (event) => {
      if (event.key === NEWS && (event.newValue || "").startsWith(this.meeting)) listener();
    };
    window.addEventListener("storage", heard);
    return () => window.removeEventListener("storage", heard);
  }
}
