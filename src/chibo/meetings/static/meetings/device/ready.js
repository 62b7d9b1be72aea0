/**
 * Making this device ready for a meeting, and opening what it keeps.
 *
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./pack.js").Pack} Pack
 * @typedef {{device: string, unlock: string, seal: string, person: string, name: string}} Registered
 * @typedef {{kept: Kept, key: CryptoKey, share: string, session: Session, store: MeetingStore, sync: Sync}} Opened
 *   share: the key of the copy file, in hexadecimal
 * @typedef {{shell: boolean, stored: boolean, lasting: boolean | null}} Readiness
 *   shell: the page is here without a network; stored: the meeting is; lasting: whether the browser has promised to keep
 *   both, null where it makes no promises
 */
import { DeviceClock } from "./clock.js";
import { change, found, keepNew } from "./kept.js";
import { uuid4 } from "./ids.js";
import { byPin, newKey, seal, underPin, underShare, unseal } from "./lock.js";
import { ask, roomPath } from "./server.js";
import { Session } from "./session.js";
import { MeetingStore } from "./store.js";
import { Sync } from "./sync.js";

const SHELL = "/phong-hop/";
const SHELL_WITHIN = 30000;

/** The server does not make this device ready: `status` as in HTTP. */
export class NotReady extends Error {
  /** @param {number} status */
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

/** Why this browser cannot hold a meeting without a network: "insecure", "old" or ""; see start.js for the words. */
export function shortcoming() {
  if (!window.isSecureContext) return "insecure";
  if (!("indexedDB" in window) || !window.crypto || !crypto.subtle) return "old";
  if (!("serviceWorker" in navigator)) return "old";
  return "";
}

/** Whether this page and all that it needs lie on the device. */
async function shellIsHere() {
  const late = new Promise((resolve) => setTimeout(() => resolve(null), SHELL_WITHIN));
  const registration = await Promise.race([navigator.serviceWorker.ready, late]);
  return registration !== null && (await caches.match(SHELL)) !== undefined;
}

/** Ask the browser not to clear what lies here when the disk is full.
 * @returns {Promise<boolean | null>} */
async function promised() {
  const { storage } = /** @type {any} */ (navigator); // iOS 15.2
  if (!storage || !storage.persist) return null;
  return storage.persist().catch(() => false);
}

/** @param {import("./server.js").Answer} answer */
function given(answer) {
  if (answer.status >= 300) throw new NotReady(answer.status);
  return answer.json;
}

/** Tell the server of this device, and bring the meeting along. Rejects with NotReady or NoNetwork.
 * @param {string} meeting @returns {Promise<{registered: Registered, pack: Pack}>} */
export async function bring(meeting) {
  const path = `${roomPath(meeting)}may/`;
  let answer = await ask(path, { body: {} });
  if (answer.status === 403) {
    await ask(`${path}${uuid4()}/`); // there is no such device, but the answer brings a token along
    answer = await ask(path, { body: {} });
  }
  const registered = given(answer);
  const pack = await fetchPack(meeting);
  if (pack.me.person !== registered.person) throw new NotReady(404); // the sign-in changed in between
  return { registered, pack };
}

/** @param {string} meeting @returns {Promise<Pack>} */
export async function fetchPack(meeting) {
  return given(await ask(`${roomPath(meeting)}goi/`));
}

/** The server's share of the key of a device, for whoever is signed in as its owner.
 * @param {string} meeting @param {string} device @returns {Promise<string>} */
export async function fetchShare(meeting, device) {
  return given(await ask(`${roomPath(meeting)}may/${device}/`)).unlock;
}

/** Another window of this device has made it ready meanwhile: its key holds. */
export class ReadyAlready extends Error {}

/** Keep a meeting on this device: its key lies here wrapped under what the server gives to a sign-in, and under a PIN once
 * one is chosen. Rejects with ReadyAlready. @param {string} meeting
 * @param {{registered: Registered, pack: Pack}} brought @returns {Promise<Opened>} */
export async function enrol(meeting, { registered, pack }) {
  const key = await newKey();
  const [share, packed, copy] = await Promise.all([
    underShare(key, registered.unlock),
    seal(key, `${meeting} pack`, JSON.stringify(pack)),
    seal(key, `${meeting} copy`, registered.seal),
  ]);
  const { device, person } = registered;
  const clear = { id: meeting, device, person, day: pack.meeting.day, used: 0, wrong: 0, closed: null, sent: null };
  if (!(await keepNew({ ...clear, share, pin: null, pack: packed, copy }))) throw new ReadyAlready();
  return open(meeting, key);
}

/** Put a new PIN over the key, and try that it opens. @param {string} meeting @param {CryptoKey} key @param {string} pin */
export async function changePin(meeting, key, pin) {
  const under = await underPin(key, pin);
  await byPin(under, pin);
  await change(meeting, (kept) => {
    kept.pin = under;
    kept.wrong = 0;
  });
  return under;
}

/** Open what is kept of a meeting.
 * @param {string} meeting @param {CryptoKey} key @returns {Promise<Opened>} */
export async function open(meeting, key) {
  const kept = await found(meeting);
  if (kept === undefined) throw new Error("the meeting was removed from this device");
  const pack = JSON.parse(await unseal(key, `${meeting} pack`, kept.pack));
  const share = await unseal(key, `${meeting} copy`, kept.copy);
  const store = new MeetingStore({ meeting, device: kept.device, key });
  const clock = new DeviceClock();
  const session = new Session({ pack, device: kept.device, store, clock });
  await session.load();
  if (store.unreadable.size > 0) session.say(unreadableWords(store.unreadable.size), null, "circle-alert");
  session.left = store.left;
  session.state = kept.state || "";
  const sync = new Sync({ session, store, clock, meeting, sent: kept.sent, closed: kept.closed });
  return { kept, key, share, session, store, sync };
}

/** @param {number} rows @returns {string} */
function unreadableWords(rows) {
  return `${rows} dòng trên máy này không đọc được. Các dòng khác vẫn đủ; dòng nào thiếu thì ghi lại.`;
}

/** Whether a meeting can be held here without a network, tried and not supposed.
 * @param {string} meeting @param {CryptoKey} key @returns {Promise<Readiness>} */
export async function readiness(meeting, key) {
  const [shell, stored, lasting] = await Promise.all([
    shellIsHere().catch(() => false),
    found(meeting)
      .then((kept) => (kept ? unseal(key, `${meeting} pack`, kept.pack) : ""))
      .then((text) => text !== "", () => false),
    promised(),
  ]);
  return { shell, stored, lasting };
}
