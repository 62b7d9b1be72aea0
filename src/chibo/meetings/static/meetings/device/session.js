/**
 * One meeting on one device: what was brought along, what was recorded here or came from the server, and what that
 * means. Every screen stands on a session; it knows nothing of how things are kept or sent.
 *
 * @typedef {import("../room/fold.js").Entry} Entry
 * @typedef {import("../room/fold.js").Room} Room
 * @typedef {import("./pack.js").Pack} Pack
 * @typedef {{
 *   entries(): Promise<Entry[]>,
 *   add(entries: Entry[]): Promise<Entry[]>,
 *   drafts(): Promise<[string, string][]>,
 *   keepDraft(key: string, text: string | null): Promise<void>,
 *   forgetLeft(kept: string): Promise<void>,
 * }} Store  `add` resolves once all the entries are safe on the device, and keeps all of them or none; it may raise the
 *   counters, if another window of this device has used them. `keepDraft` with null forgets.
 * @typedef {{now(): number}} Clock  milliseconds, corrected where the device's clock was found wrong
 * @typedef {{words: string, undo: string | string[] | null, bad: string}} Notice  what was just done, the entries that
 *   "Hoàn tác" takes back, and the icon of what is no success
 */
import { fold, inOrder } from "../room/fold.js";
import { KINDS } from "../room/kinds.js";
import { fitsShape } from "../room/shape.js";
import { markingIn, refusalIn } from "./classified.js";
import { uuid7 } from "./ids.js";

/** Where it is noted that this device records beside one that has opened the meeting out of reach. */
const BESIDE = "ghi cùng";
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Why nothing was recorded, in words for whoever wrote it. */
export class Refused extends Error {}

export class Session {
  /** @param {{pack: Pack, device: string, store: Store, clock: Clock}} parts */
  constructor({ pack, device, store, clock }) {
    this.pack = pack;
    this.device = device;
    this.store = store;
    this.clock = clock;
    /** @type {Map<string, Entry>} */ this.entries = new Map();
    /** @type {Map<string, string>} */ this.drafts = new Map();
    /** @type {Room} */ this.room = fold([]);
    /** How the meeting stands on the server, as far as it was heard; or "". */ this.state = "";
    /** Texts that lie here from windows that are gone, of fields in which another text stands.
     * @type {Map<string, import("./drafts.js").Left[]>} */ this.left = new Map();
    /** Whether this device records beside one that has opened the meeting, and has not heard from it yet: it stands on the
     * roll that it brought along, which nobody has called here. */
    this.isBeside = false;
    /** Whether this is a practice: nothing of it is kept or sent. */ this.isPractice = false;
    /** @type {Notice | null} */ this.notice = null;
    /** Whether the act that the notice is about is still going on. */ this.saying = false;
    /** The server's numbers up to this one are all here: what an entry written now has seen. */
    this.head = 0;
    /** @type {Set<number>} */ this.numbers = new Set();
    /** @type {Set<() => void>} */ this.listeners = new Set();
    /** @type {Promise<unknown>} */ this.writing = Promise.resolve();
  }

  /** Read what the device kept. */
  async load() {
    this.drafts = new Map(await this.store.drafts());
    this.take(await this.store.entries());
  }

  /** Whoever records on this device. */
  get me() {
    return this.pack.me.person;
  }

  /** Take entries in, from the store or the server; each is known once, and one that now has its number replaces itself.
   * A number says nothing of those below it: one's own entry may be answered before another's is pulled.
   * @param {Entry[]} entries */
  take(entries) {
    for (const entry of entries) {
      this.entries.set(entry.id, entry);
      if (entry.seq) this.numbers.add(entry.seq);
    }
    this.reach(this.head);
    this.reckon();
  }

  /** What all that is known here means. */
  reckon() {
    const entries = [...this.entries.values()];
    const before = this.room;
    this.room = fold(entries);
    this.isBeside = this.drafts.has(BESIDE) && this.room.opened_at === null;
    if (this.isBeside) this.room = fold([assumedOpening(this.pack), ...entries]);
    const { closing } = this.room;
    const isNews = before.opened_at !== null && before.closing === null && closing !== null;
    if (isNews && closing.device !== this.device) this.say(`Đồng chí ${this.name(closing.author)} đã kết thúc buổi họp.`, null, "circle-alert");
    else this.tell();
  }

  /** An opening that was voided, where that concerns this device: it was made here, or no other stands.
   * @returns {{opening: Entry, verdict: Entry} | null} */
  get voided() {
    if (this.room.aside.size === 0) return null;
    for (const verdict of inOrder(this.entries.values()).reverse()) {
      const opening = verdict.kind === "opening-void" ? this.entries.get(verdict.payload.of) : undefined;
      if (opening === undefined || !this.room.aside.has(opening.id)) continue;
      if (opening.device === this.device || this.room.opened_at === null) return { opening, verdict };
    }
    return null;
  }

  /** Another device leads, and there is no network between the two: record beside it. */
  async joinBeside() {
    await this.keepDraft(BESIDE, "1");
    this.reckon();
  }

  /** All that the server has up to a number is here. Numbers may be missing among them: what is erased is not sent.
   * @param {number} head */
  reach(head) {
    this.head = Math.max(this.head, head);
    while (this.numbers.delete(this.head + 1)) this.head += 1;
  }

  /** What the server does not take counts no more here either: it is in nobody's record. It stays on the device, and who
   * has written it is told, whatever was said of it before.
   * @param {{id: string, why: string}[]} refused */
  drop(refused) {
    for (const { id } of refused) this.entries.delete(id);
    this.reckon();
    const signed = refused.every(({ why }) => why === "signed");
    const words = signed ? "không vào biên bản: biên bản đã ký. Đã gửi để riêng cho chủ trì và thư ký." : "máy chủ không nhận. Xem ở “Máy này, bản sao”.";
    this.say(`${refused.length} dòng ghi ở máy này ${words}`, null, "circle-alert");
  }

  /** How the meeting stands on the server. @param {string} state */
  hear(state) {
    this.state = state;
    this.tell();
  }

  /** Whether the minutes are signed: nothing that is recorded here joins them any more. */
  get isSigned() {
    return this.state === "signed";
  }

  /** What the server does not have yet. */
  get unsent() {
    return [...this.entries.values()].filter((entry) => entry.device === this.device && !entry.seq);
  }

  /** Record one thing. It is safe on this device when the promise resolves with its id; one after another, so that
   * counters never meet. Rejects with Refused what is marked as classified: it is kept nowhere (mission.md, never hold 10).
   * @param {string} kind @param {any} [payload] keys that are null or undefined are left out
   * @returns {Promise<string>} */
  async write(kind, payload = {}) {
    const [id] = await this.writeAll([[kind, payload]]);
    return id;
  }

  /** Record several things as one: a device that dies meanwhile has kept all of them or none.
   * @param {[kind: string, payload: any][]} acts @returns {Promise<string[]>} their ids */
  async writeAll(acts) {
    const clean = acts.map(([kind, payload]) => /** @type {[string, any]} */ ([kind, withoutNothing(payload)]));
    for (const [kind, payload] of clean) {
      if (!fitsShape(KINDS[kind].shape, payload)) throw new TypeError(`${kind}: ${JSON.stringify(payload)}`);
      const refusal = refusalIn(payload);
      if (refusal) throw new Refused(refusal);
    }
    const next = this.writing.then(() => this.append(clean));
    this.writing = next.catch(() => undefined);
    return next;
  }

  /** @param {[kind: string, payload: any][]} acts */
  async append(acts) {
    const now = this.clock.now();
    let counter = 0;
    for (const entry of this.entries.values()) counter = Math.max(counter, entry.counter);
    const entries = acts.map(([kind, payload]) => ({
      id: uuid7(now),
      device: this.device,
      counter: (counter += 1),
      kind,
      author: this.me,
      payload,
      at: now,
      seq: null,
      seen: this.head,
    }));
    const kept = await this.store.add(entries);
    this.take(kept);
    return kept.map((entry) => entry.id);
  }

  /** Take something back by a counter-entry; taking that one back restores it.
   * @param {string} of */
  undo(of) {
    return this.write("undo", { of });
  }

  /** Take several things back as one. @param {string[]} all */
  undoAll(all) {
    return this.writeAll(all.map((of) => ["undo", { of }]));
  }

  /** Say what was just done; it stays until the next act, and goes along to the screen that the act leads to.
   * @param {string} words @param {string | string[] | null} [undo] the entries that "Hoàn tác" takes back
   * @param {string} [bad] the icon of what is no success: a vote that did not pass, something that was missed */
  say(words, undo = null, bad = "") {
    const notice = { words, undo, bad };
    this.notice = notice;
    this.saying = true;
    setTimeout(() => {
      if (this.notice === notice) this.saying = false;
    }, 0);
    this.tell();
  }

  /** What was done before is said no more. */
  hush() {
    this.notice = null;
    this.tell();
  }

  /** What was typed and not recorded yet.
   * @param {string} key */
  draft(key) {
    return this.drafts.get(key) || "";
  }

  /** Keep what is being typed; nothing is redrawn.
   * @param {string} key @param {string} typed empty, or marked as classified: forgotten */
  keepDraft(key, typed) {
    const text = markingIn(typed) ? "" : typed;
    if (text) this.drafts.set(key, text);
    else this.drafts.delete(key);
    return this.store.keepDraft(key, text || null);
  }

  /** Forget a text that another window has left. @param {string} key @param {string} kept the key under which it lies */
  async forgetLeft(key, kept) {
    this.left.set(key, (this.left.get(key) || []).filter((one) => one.kept !== kept));
    await this.store.forgetLeft(kept);
    this.tell();
  }

  /** The name of someone on the roster.
   * @param {string | null} person */
  name(person) {
    const found = this.pack.people.find((one) => one.id === person);
    const { me } = this.pack;
    if (!found && me && me.person === person) return me.name; // who enters the meeting of another year
    return found ? found.name : this.pack.names[person || ""] || "Người không còn trong sổ";
  }

  /** Call back after every change.
   * @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}

/** The opening that the other device has recorded, as far as it can be known here: no entry, never kept, never sent.
 * @param {Pack} pack @returns {Entry} */
function assumedOpening({ meeting, me, people, keepers, presidents, proposed, scoring }) {
  const chair = proposed.chair || presidents[0] || me.person;
  const roll = people.map(({ id, kind, exempt, away, suspended }) => ({ person: id, kind, exempt, away, suspended }));
  const payload = { chair, keepers: [...new Set([...keepers, me.person])], roll, ended_by: "presiding", ...scoring };
  return { id: NOBODY, device: NOBODY, counter: 0, kind: "open", author: chair, payload, at: meeting.starts_at };
}

/** @param {any} payload */
function withoutNothing(payload) {
  /** @type {{[key: string]: any}} */
  const found = {};
  for (const key of Object.keys(payload)) {
    if (payload[key] !== null && payload[key] !== undefined) found[key] = payload[key];
  }
  return found;
}
