/**
 * Joining up: what was recorded here goes to the server, what others recorded comes. Sending again is harmless, so every
 * doubt is answered by sending again. Nothing is deleted here before the server has answered for it.
 *
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./store.js").MeetingStore} MeetingStore
 * @typedef {import("./clock.js").DeviceClock} DeviceClock
 * @typedef {import("../room/fold.js").Entry} Entry
 * @typedef {import("./server.js").Answer} Answer
 * @typedef {"sent" | "sending" | "offline" | "signed-out" | "other" | "ill" | "removed"} State
 *   sent: all is there; offline: no way to the server; signed-out: it wants a sign-in; other: somebody else is signed
 *   in; ill: it fails; removed: this device was cut off and has handed over what it had
 */
import { KINDS } from "../room/kinds.js";
import { NoNetwork, ask, csrfToken, roomPath } from "./server.js";

const BATCH = 500;
const QUICK = 5000;
const CALM = 30000;
const AT_MOST = 15000;
/** A question that nobody answers within this means, for those in the room, that there is no network. */
const UNANSWERED = 3000;
const AFTER_WRITING = 300;
const GIVE_UP_AFTER = 3;

/** The server answers that it cannot go on so. */
class Stopped extends Error {
  /** @param {State} state @param {any} [said] what the server said with it */
  constructor(state, said = null) {
    super(state);
    this.state = state;
    this.said = said || {};
  }
}

/** Whether somebody may be looking at this page. */
function isLookedAt() {
  return typeof document === "undefined" || document.visibilityState !== "hidden";
}

export class Sync {
  /** @param {{session: Session, store: MeetingStore, clock: DeviceClock, meeting: string, sent: number | null,
   *   closed?: number | null, asking?: typeof ask, token?: () => string}} parts  sent: when all was last sent; closed: when
   *   the meeting ended, as this device noted it */
  constructor({ session, store, clock, meeting, sent, closed = null, asking = ask, token = csrfToken }) {
    this.session = session;
    this.store = store;
    this.clock = clock;
    this.path = roomPath(meeting);
    this.ask = asking;
    this.token = token;
    /** @type {State} */ this.state = "sending";
    this.sent = sent;
    this.closed = closed;
    /** By how much this device's clock differs from the server's, milliseconds. */ this.skew = 0;
    this.size = BATCH;
    this.failures = 0;
    this.tag = "";
    /** @type {string | null} */ this.confirmed = null;
    /** Entries over which the server fails. @type {Set<string>} */ this.apart = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.timer = undefined;
    /** @type {Promise<void> | null} */ this.busy = null;
    /** @type {() => void} */ this.changed = () => undefined;
    /** Called once a device that was cut off has handed over all: with how many entries the server had no room for, and
     * whether the device is to forget the meeting, or keeps it for when it is taken back.
     * @type {(refused: number, forget: boolean) => Promise<void>} */
    this.whenRemoved = () => Promise.resolve();
    /** Whether the server was not heard since this began, or since it was lost: what was missed is heard first. */
    this.away = true;
    this.stopped = false;
    this.waiting = 0;
  }

  /** Begin, and go on until `stop`. */
  start() {
    this.waiting = this.session.unsent.length;
    this.session.subscribe(() => {
      const waiting = this.session.unsent.length;
      if (waiting > this.waiting) this.soon(AFTER_WRITING);
      this.waiting = waiting;
    });
    this.soon(0);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** @param {number} wait milliseconds */
  soon(wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.now(), wait);
  }

  /** Join up now; one round at a time. @returns {Promise<void>} */
  now() {
    if (this.busy === null) {
      this.busy = this.round().finally(() => {
        this.busy = null;
      });
    }
    return this.busy;
  }

  async round() {
    clearTimeout(this.timer);
    try {
      await this.correct();
      await this.confirm();
      const { away } = this;
      if (away) await this.pull(); // whether the meeting is over meanwhile, before anything more is said of it
      const before = this.unsent().length;
      const pulled = await this.push();
      if (!pulled && !(away && before === 0)) await this.pull();
      this.away = false;
      await this.done(before > 0);
    } catch (error) {
      if (error instanceof Stopped && error.state === "removed" && (await this.removed(error.said))) return;
      this.failed(error);
    }
    this.soon(this.pause());
  }

  /** Ask. Who waits is told soon that there is no network; the answer may still come.
   * @param {string} path @param {{body?: any, tag?: string}} [what] */
  async question(path, what) {
    const late = setTimeout(() => this.tell("offline"), UNANSWERED);
    try {
      return await this.ask(path, what);
    } finally {
      clearTimeout(late);
    }
  }

  /** Cut off: what was not sent is handed over, since the server keeps it aside.
   * @param {{forget?: boolean}} said @returns {Promise<boolean>} whether the server has answered for all of it */
  async removed({ forget = false }) {
    let refused = 0;
    try {
      for (const batch of inParts(this.unsent(), BATCH)) {
        const { status, json } = await this.post(batch);
        if (status !== 410) return false; // signed out, another's token: not taken; or the device was taken back
        refused += (json && json.refused) || 0;
      }
    } catch {
      return false;
    }
    this.stop();
    await this.whenRemoved(refused, forget);
    this.tell("removed");
    return true;
  }

  /** How long to wait: long after failures, and where nothing is to be sent and nobody reads what the page says. */
  pause() {
    if (this.failures > 0) return Math.min(AT_MOST, QUICK * 2 ** (this.failures - 1)) * (0.75 + Math.random() / 4);
    return this.session.unsent.length > 0 || isLookedAt() ? QUICK : CALM;
  }

  /** @param {State} state */
  tell(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }

  /** @param {unknown} error */
  failed(error) {
    this.failures += 1;
    this.away = true;
    if (error instanceof Stopped) this.tell(error.state === "removed" ? "ill" : error.state);
    else if (error instanceof NoNetwork) this.tell("offline");
    else {
      this.tell("ill");
      console.warn("joining up", error);
    }
  }

  /** @param {boolean} something  whether there was anything to send */
  async done(something) {
    this.failures = 0;
    this.size = BATCH;
    if (this.unsent().length > 0) return;
    const closed = this.ended();
    const worthKeeping = something || this.sent === null || closed !== this.closed;
    this.sent = this.clock.now();
    this.closed = closed;
    if (worthKeeping) await this.store.joined({ sent: this.sent, closed, state: this.session.state });
    this.tell("sent");
    this.changed();
  }

  /** When the meeting ended, as far as this device knows: of one that was signed while it was away it hears no more. */
  ended() {
    const { room, isSigned } = this.session;
    return room.closed_at === null && isSigned ? this.closed || this.clock.now() : room.closed_at;
  }

  /** The device's clock was set: what waits here moves with it, since the server shifts a batch as a whole. */
  async correct() {
    const own = this.session.unsent;
    const by = this.clock.jump(own.reduce((latest, entry) => Math.max(latest, entry.at || 0), 0));
    if (by !== 0 && own.length > 0) this.session.take(await this.store.move(by, own));
  }

  /** Nothing is sent under another's sign-in. The token changes with each sign-in, so this asks once for each. */
  async confirm() {
    const token = this.token();
    if (this.confirmed !== null && this.confirmed === token) return;
    const answer = this.checked(await this.question(`${this.path}may/${this.session.device}/`));
    if (answer.json.person && answer.json.person !== this.session.me) throw new Stopped("other");
    this.confirmed = this.token();
  }

  /** What is to be sent, in the order in which it was written. */
  unsent() {
    return this.session.unsent.filter((entry) => !this.apart.has(entry.id)).sort((a, b) => a.counter - b.counter);
  }

  /** Send what waits. @returns {Promise<boolean>} whether the last answer brought all that is new */
  async push() {
    let whole = false;
    /** @type {Set<string>} */
    const failed = new Set();
    for (;;) {
      const batch = this.unsent().filter((entry) => !failed.has(entry.id)).slice(0, this.size);
      if (batch.length === 0) break;
      if (this.state !== "sent") this.tell("sending");
      const answer = await this.send(batch);
      if (answer.status < 300) {
        whole = await this.take(answer.json);
        for (const id of failed) await this.setApart(id);
        failed.clear();
        this.size = Math.min(BATCH, this.size * 2);
      } else if (batch.length > 1) {
        this.size = Math.max(1, batch.length >> 1);
      } else {
        failed.add(batch[0].id);
        if (failed.size >= GIVE_UP_AFTER) break; // not one entry: the server
      }
    }
    if (failed.size > 0) throw new Stopped("ill");
    return whole;
  }

  /** The others get through: this one alone is not taken. @param {string} id */
  async setApart(id) {
    this.apart.add(id);
    await this.store.setApart(id, true);
  }

  /** Let what was set apart be tried again. */
  async again() {
    for (const id of this.apart) await this.store.setApart(id, false);
    this.apart.clear();
    this.soon(0);
  }

  /** @param {Entry[]} batch @returns {Promise<Answer>} taken, or one that says that this batch is too much or ill */
  async send(batch) {
    let answer = await this.post(batch);
    if (answer.status === 403) {
      this.confirmed = null;
      await this.confirm(); // brings a fresh token along
      answer = await this.post(batch);
    }
    if (answer.status === 503) throw new Stopped("ill"); // the server is away for a moment: no entry is to blame
    if (answer.status >= 500 || answer.status === 413 || answer.status === 400) return answer;
    return this.checked(answer);
  }

  /** @param {Entry[]} batch */
  post(batch) {
    const body = {
      device: this.session.device,
      sent: this.clock.now(),
      after: this.session.head,
      unsent: this.session.unsent.length,
      entries: batch.map(asSent),
    };
    return this.question(`${this.path}nhat-ky/`, { body });
  }

  /** Ask what is new. */
  async pull() {
    for (;;) {
      const query = `?may=${this.session.device}&sau=${this.session.head}`;
      const answer = this.checked(await this.question(`${this.path}nhat-ky/${query}`, { tag: this.tag }));
      if (answer.status === 304) return;
      const whole = await this.take(answer.json);
      this.tag = whole ? answer.tag : "";
      if (whole) return;
    }
  }

  /** Take in what the server answered. @param {any} json @returns {Promise<boolean>} whether there is no more */
  async take(json) {
    const { answers = [], entries = [], head, more = false, state = "" } = json;
    await this.store.take(entries);
    await this.store.note(answers);
    this.session.take(entries);
    /** @type {Entry[]} */
    const numbered = [];
    for (const { id, seq } of answers) {
      const own = this.session.entries.get(id);
      if (seq && own && !own.seq) numbered.push({ ...own, seq });
    }
    if (numbered.length > 0) this.session.take(numbered);
    this.session.reach(head || 0);
    await this.hear(state);
    const refused = answers.filter((/** @type {any} */ one) => one.why);
    if (refused.length > 0) this.session.drop(refused);
    return !more;
  }

  /** How the meeting stands on the server. @param {string} state */
  async hear(state) {
    if (!state || state === this.session.state) return;
    this.session.hear(state);
    if (this.session.isSigned) await this.store.joined({ sent: this.sent, closed: this.ended(), state });
  }

  /** @param {Answer} answer @returns {Answer} one that carries what was asked for */
  checked(answer) {
    if (answer.now !== null) this.skew = this.clock.now() - answer.now;
    if (answer.status < 300 || answer.status === 304) return answer;
    if (answer.status === 401) throw new Stopped("signed-out");
    if (answer.status === 403 || answer.status === 404) throw new Stopped("other");
    if (answer.status === 410) throw new Stopped("removed", answer.json);
    throw new Stopped("ill");
  }
}

/** @template T @param {T[]} all @param {number} size @returns {T[][]} */
function inParts(all, size) {
  /** @type {T[][]} */
  const parts = [];
  for (let place = 0; place < all.length; place += size) parts.push(all.slice(place, place + size));
  return parts;
}

/** An entry as it travels, to the server and in a copy.
 * @param {Entry} entry */
export function asSent({ id, counter, kind, payload, at, seen = null }) {
  return { id, counter, kind, version: KINDS[kind].version, payload, at, seen };
}
