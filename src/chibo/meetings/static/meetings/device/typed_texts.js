/**
 * Which drafts are texts that somebody typed: a draft's key is the name of its form and the name of its field. The others
 * are choices, and notes of the forms to themselves.
 */
const FIELDS = [
  ...["text", "what", "why", "title", "cause", "how_checked", "helpers_text", "name", "names", "matters", "office"],
  ...["conclusion", "ideology", "political_tasks", "praise", "shortcomings", "direction", "implementation"],
];
const WORDS = new RegExp(`(^| )(${FIELDS.join("|")}|note-\\S+)$`);
const OF_WINDOW = /^@([0-9a-f]{8}) (.*)$/;

/** Whether a draft is a text. @param {string} key as the draft is kept */
export function isText(key) {
  return WORDS.test(key);
}

/** A draft of a window as it is kept. @param {string} window @param {string} key */
export function keyIn(window, key) {
  return `@${window} ${key}`;
}

/** Whose a draft is that is kept; the window "" for one of the device, or of the first version.
 * @param {string} kept @returns {{window: string, key: string}} */
export function partsOf(kept) {
  const found = OF_WINDOW.exec(kept);
  return found ? { window: found[1], key: found[2] } : { window: "", key: kept };
}
