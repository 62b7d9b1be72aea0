/**
 * Trying the room before the meeting: the same programme and people, and a log that lies in the memory of this window
 * alone. Nothing of it is sent or kept; it is gone as soon as one leaves, loads the page again or closes it.
 * @typedef {import("./ready.js").Opened} Opened
 * @typedef {import("./session.js").Entry} Entry
 */
import { uuid4 } from "./ids.js";
import { Session } from "./session.js";

/** The word of the address that begins a practice. */
export const PRACTICE = "thu";

/** A log in memory; each entry has its number at once, so that nothing waits to be sent. */
class Memory {
  constructor() {
    /** @type {Entry[]} */ this.kept = [];
    this.failing = false;
  }

  async entries() {
    return this.kept;
  }

  /** @param {Entry[]} entries */
  async add(entries) {
    const numbered = entries.map((entry, place) => ({ ...entry, seq: this.kept.length + place + 1 }));
    this.kept.push(...numbered);
    return numbered;
  }

  /** @returns {Promise<[string, string][]>} */
  async drafts() {
    return [];
  }

  async keepDraft() {}

  async forgetLeft() {}
}

/** The parts of a practice beside the real meeting. @param {Opened} real @returns {Opened} */
export function practiceOf({ kept, key, share, session: { pack, clock } }) {
  const store = new Memory();
  const session = new Session({ pack, device: uuid4(), store, clock });
  session.isPractice = true;
  const parts = { kept, key, share, session, store, sync: { state: "practice", sent: null } };
  return /** @type {Opened} */ (/** @type {unknown} */ (parts));
}
