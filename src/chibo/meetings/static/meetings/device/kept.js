/**
 * The meetings that this device keeps: what stands in the clear about each, its wrapped key, and forgetting it.
 *
 * @typedef {import("./lock.js").Sealed} Sealed
 * @typedef {import("./lock.js").UnderPin} UnderPin
 * @typedef {{
 *   id: string, device: string, person: string, day: string,
 *   used: number, wrong: number, share: Sealed, pin: UnderPin | null,
 *   pack: Sealed, copy: Sealed, closed: number | null, sent: number | null, state?: string, cut?: {refused: number}, locked?: boolean,
 * }} Kept
 *   used: the last counter given out here; wrong: wrong PINs since the last right one; share, pin: the key, wrapped;
 *   copy: what the server gave for the copy file, sealed; closed: when the meeting ended; sent: when all was last sent;
 *   state: how the meeting stood on the server then; cut: this device was cut off and has handed over what it had;
 *   locked: somebody locked it, so that the PIN is asked for whoever is signed in
 */
import { answered, forget, transact } from "./database.js";
import { ATTEMPTS } from "./lock.js";
import { isText } from "./typed_texts.js";

const DAY = 24 * 3600 * 1000;
/** As long as the server keeps the keys of a device that it does not hear from. */
const LONGEST = 30 * DAY;
const ALL = ["meetings", "entries", "drafts"];
const DRAFT = "chibo-phong-hop-nhap ";

/** Where a second copy of the draft that is typed in a window lies. @param {string} meeting @param {string} window */
export function draftPlace(meeting, window) {
  return `${DRAFT}${meeting} ${window}`;
}

/** Where all such copies of a meeting lie; the first version had one for all windows. @param {string} meeting */
export function draftPlaces(meeting) {
  return Object.keys(localStorage).filter((place) => place.startsWith(DRAFT + meeting));
}

/** @returns {Promise<Kept[]>} */
export function meetings() {
  return transact(["meetings"], "readonly", (store) => answered(store("meetings").getAll()));
}

/** @param {string} meeting @returns {Promise<Kept | undefined>} */
export function found(meeting) {
  return transact(["meetings"], "readonly", (store) => answered(store("meetings").get(meeting)));
}

/** Keep a meeting that is not kept here yet: another window may have made the device ready meanwhile, and its key opens
 * what was recorded since. @param {Kept} kept @returns {Promise<boolean>} whether it was kept */
export function keepNew(kept) {
  return transact(["meetings"], "readwrite", async (store) => {
    if ((await answered(store("meetings").get(kept.id))) !== undefined) return false;
    store("meetings").put(kept);
    return true;
  });
}

/** Change what stands in the clear; what another window changed meanwhile stays.
 * @param {string} meeting @param {(kept: Kept) => void} change @returns {Promise<Kept | undefined>} */
export function change(meeting, change) {
  return transact(["meetings"], "readwrite", async (store) => {
    const kept = await answered(store("meetings").get(meeting));
    if (kept === undefined) return undefined;
    change(kept);
    store("meetings").put(kept);
    return kept;
  });
}

/** Count an attempt before it is made, so that closing the page in between gives none for nothing. With the last one
 * the wrapping under the PIN is destroyed; a sign-in still opens what is kept.
 * @param {string} meeting @returns {Promise<{pin: UnderPin | null, left: number}>} the wrapping to try, and how many
 *   attempts are left after this one */
export async function attempt(meeting) {
  /** @type {UnderPin | null} */
  let pin = null;
  const kept = await change(meeting, (one) => {
    pin = one.pin;
    one.wrong += 1;
    if (one.wrong >= ATTEMPTS) one.pin = null;
  });
  return { pin, left: kept ? Math.max(0, ATTEMPTS - kept.wrong) : 0 };
}

/** The attempt was right. @param {string} meeting @param {UnderPin} pin what the attempt has opened */
export function right(meeting, pin) {
  return change(meeting, (one) => {
    one.wrong = 0;
    one.pin = pin;
    delete one.locked;
  });
}

/** How many entries that lie here the server has not answered yet, those carried from another device among them.
 * @param {string} meeting @returns {Promise<number>} */
export async function waiting(meeting) {
  const kept = await found(meeting);
  if (kept === undefined) return 0;
  const rows = await transact(["entries"], "readonly", (store) =>
    answered(store("entries").index("meeting").getAll(meeting)),
  );
  return rows.filter((row) => !row.seq && !row.why).length;
}

/** Forget all that this device holds of a meeting. @param {string} meeting */
export async function wipe(meeting) {
  await transact(ALL, "readwrite", async (store) => {
    store("meetings").delete(meeting);
    await forget(store("entries"), meeting);
    await forget(store("drafts"), meeting);
  });
  for (const place of draftPlaces(meeting)) localStorage.removeItem(place);
}

/** How many texts lie here that were typed and not recorded. @param {string} meeting */
export async function typedTexts(meeting) {
  const keys = await transact(["drafts"], "readonly", (store) => answered(store("drafts").index("meeting").getAllKeys(meeting)));
  return keys.filter((key) => isText(/** @type {any} */ (key)[1])).length;
}

/** Forget the meetings that ended a day ago and whose every entry the server has answered. What was typed and not recorded
 * waits longer for whoever typed it.
 * @param {number} now milliseconds */
export async function wipeWhatIsOver(now) {
  for (const kept of await meetings()) {
    if (kept.closed === null || now - kept.closed <= DAY || (await waiting(kept.id)) > 0) continue;
    if (now - kept.closed > LONGEST || (await typedTexts(kept.id)) === 0) await wipe(kept.id);
  }
}
