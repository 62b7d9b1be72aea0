/**
 * Drafts kept on this device, encrypted: whoever uses this browser next, or copies its files, reads nothing. The key
 * comes with each page of whoever is signed in, and stands in no store here. What the server has is deleted here at once,
 * and what nobody came back for after two weeks. Keys of the store hold the person's id, so that one never meets
 * another's draft; what is not encrypted of a draft says when it was kept, of which version, and whether it was sent.
 *
 * Encrypting takes a moment. So what is written last counts, and what is removed meanwhile stays removed.
 */

const FORGET_AFTER = 14 * 24 * 3600 * 1000;
const AES = "AES-GCM";
export const PREFIX = "chibo:keep:";
export const PERSON = document.body.dataset.person || "";
const SECRET = document.body.dataset.keepSecret || "";

/** @typedef {{text: string, version: string, at: number, sent?: boolean}} Draft */
/** @typedef {{version: string, at: number, sent?: boolean, iv?: string, data?: string, text?: string}} Row  text: of a
 * draft that was kept before drafts were encrypted */

/** Whether a draft can be kept here at all: browsers encrypt on https, and on this machine itself, alone. */
const CAN_KEEP = SECRET !== "" && window.crypto !== undefined && crypto.subtle !== undefined;

/** @type {Promise<CryptoKey> | null} */
let made = null;

function secretKey() {
  made = made || crypto.subtle.importKey("raw", fromBase64(SECRET), AES, false, ["encrypt", "decrypt"]);
  return made;
}

/** @param {ArrayBuffer | Uint8Array} bytes */
function toBase64(bytes) {
  return btoa(Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join(""));
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

/** What is being written now, by its key. @type {Map<string, object>} */
const turns = new Map();

/** @param {string} key @returns {Row | null} */
function rowOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {Row} row @returns {boolean} */
function put(key, row) {
  try {
    localStorage.setItem(key, JSON.stringify(row));
    return true;
  } catch {
    return false; // Full, or switched off.
  }
}

export const device = {
  /** When a draft was kept, and whether it was sent: what needs no key. @param {string} key @returns {Row | null} */
  about: rowOf,

  /** @param {string} key @returns {Promise<Draft | null>} null: there is none, or it is another's */
  async read(key) {
    const row = rowOf(key);
    if (row === null) return null;
    const { version, at, sent, iv, data, text } = row;
    if (text !== undefined) return { text, version, at, sent };
    if (!CAN_KEEP || iv === undefined || data === undefined) return null;
    try {
      const opened = await crypto.subtle.decrypt({ name: AES, iv: fromBase64(iv) }, await secretKey(), fromBase64(data));
      return { text: new TextDecoder().decode(opened), version, at, sent };
    } catch {
      return null;
    }
  },

  /** @param {string} key @param {Draft} draft @returns {Promise<boolean>} whether it is kept, or a later one is */
  async write(key, { text, ...rest }) {
    if (!CAN_KEEP) return false;
    const turn = {};
    turns.set(key, turn);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: AES, iv }, await secretKey(), new TextEncoder().encode(text));
    if (turns.get(key) !== turn) return true;
    turns.delete(key);
    return put(key, { ...rest, iv: toBase64(iv), data: toBase64(data) });
  },

  /** Say of a draft that it was sent, or that it was not after all. @param {string} key @param {boolean} sent */
  mark(key, sent) {
    const row = rowOf(key);
    if (row !== null) put(key, { ...row, sent });
  },

  /** Put a draft aside under another key. @param {string} key @param {string} aside */
  move(key, aside) {
    const row = rowOf(key);
    if (row === null || !put(aside, row)) return;
    device.remove(key);
    if (row.text !== undefined) device.write(aside, { ...row, text: row.text });
  },

  /** @param {string} key */
  remove(key) {
    turns.delete(key);
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
    const row = rowOf(key);
    const isOwn = PERSON !== "" && key.startsWith(`${PREFIX}${PERSON}:`);
    if (!row || Date.now() - row.at > FORGET_AFTER) device.remove(key);
    else if (row.sent && isOwn && !again) device.remove(key);
    else {
      if (row.sent) device.mark(key, false);
      // Kept before drafts were encrypted: its owner is here, so it is encrypted now.
      if (isOwn && row.text !== undefined) device.write(key, { ...row, text: row.text, sent: false });
    }
  }
}
