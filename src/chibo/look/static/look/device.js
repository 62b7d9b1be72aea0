/**
 * Drafts kept on this device. Keys hold the person's id, so that one never meets another's draft; what the server has
 * is deleted here at once, and what nobody came back for after two weeks.
 */

const FORGET_AFTER = 14 * 24 * 3600 * 1000;
export const PREFIX = "chibo:keep:";
export const PERSON = document.body.dataset.person || "";

/** @typedef {{text: string, version: string, at: number, sent?: boolean}} Draft */

export const device = {
  /** @param {string} key @returns {Draft | null} */
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) || "null");
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {Draft} draft @returns {boolean} whether it is kept */
  write(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false; // Full, or switched off.
    }
  },
  /** @param {string} key */
  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing is kept where nothing can be kept.
    }
  },
  /** @returns {string[]} every key of ours */
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
};

/**
 * A draft marked as sent was either taken by the server or lost with the sign-in. Any page for the same person that
 * comes by itself proves the first; the sign-in page, or a page fetched again, keeps the draft.
 */
export function settleSentDrafts() {
  const again = performance.navigation.type !== 0; // reload or back
  for (const key of device.keys()) {
    const draft = device.read(key);
    if (!draft || Date.now() - draft.at > FORGET_AFTER) device.remove(key);
    else if (draft.sent && PERSON && !again && key.startsWith(`${PREFIX}${PERSON}:`)) device.remove(key);
    else if (draft.sent) device.write(key, { ...draft, sent: false });
  }
}
