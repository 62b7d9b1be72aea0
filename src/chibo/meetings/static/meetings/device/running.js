/**
 * A meeting that is open on this device: what makes it join up, follow its other windows, and keep what is typed when
 * the page goes away.
 *
 * @typedef {import("./ready.js").Opened} Opened
 */
import { change, wipe } from "./kept.js";
import { fetchPack } from "./ready.js";

const PACK_EVERY = 5 * 60 * 1000;

/** The meetings that this window has open, so that going to and fro asks for nothing. @type {Map<string, Opened>} */
const open = new Map();
/** Those that were taken from this device while open here, with how much of each the server had no room for.
 * @type {Map<string, number>} */
const taken = new Map();

/** @param {string} meeting @returns {Opened | null} */
export function running(meeting) {
  return open.get(meeting) || null;
}

/** How many entries the server had no room for, where this window saw how a meeting was taken from the device.
 * @param {string} meeting @returns {number | undefined} */
export function wasTaken(meeting) {
  return taken.get(meeting);
}

/** Until the meeting is opened its programme and people may change on the server. @param {Opened} parts */
async function refresh({ kept, session, store }) {
  if (session.room.opened_at !== null) return;
  const pack = await fetchPack(kept.id).catch(() => null);
  if (pack === null || session.room.opened_at !== null) return;
  // Somebody else is signed in on this browser: what is recorded here stays its owner's, or it could never be sent.
  if (pack.me.person !== kept.person) return;
  session.pack = pack;
  await store.keepPack(pack);
  session.tell();
}

/** Begin. @param {Opened} parts @param {() => void} gone called when the meeting is no more on this device */
export function run(parts, gone) {
  const { kept, session, store, sync } = parts;
  open.set(kept.id, parts);
  store.changed = () => session.tell();
  sync.changed = () => session.tell();
  sync.whenRemoved = async (refused, forget) => {
    if (!forget) {
      await change(kept.id, (one) => {
        one.cut = { refused };
      });
      return close(parts);
    }
    taken.set(kept.id, refused);
    await end(parts);
    return gone();
  };
  store.whenSpread(async () => session.take(await store.fresh()));
  window.addEventListener("online", () => sync.soon(0));
  window.addEventListener("offline", () => sync.tell("offline"));
  window.addEventListener("pagehide", () => store.texts.flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") store.texts.flush();
    else wake(parts);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!store.failing) return;
    event.preventDefault();
    event.returnValue = "";
  });
  setInterval(() => refresh(parts), PACK_EVERY);
  sync.start();
  refresh(parts);
}

/** The page is looked at again. @param {Opened} parts */
function wake(parts) {
  if (!open.has(parts.kept.id)) return;
  parts.sync.soon(0);
  refresh(parts);
}

/** Lock a meeting here: where there is a PIN, it is asked for next, whoever is signed in. @param {Opened} parts */
export async function lock(parts) {
  await change(parts.kept.id, (one) => {
    if (one.pin !== null) one.locked = true;
  });
  await close(parts);
}

/** Close a meeting here. @param {Opened} parts */
async function close(parts) {
  await parts.store.texts.flush();
  parts.sync.stop();
  open.delete(parts.kept.id);
  location.reload(); // nothing of it stays in memory
}

/** Forget a meeting. @param {Opened} parts */
export async function end(parts) {
  parts.sync.stop();
  open.delete(parts.kept.id);
  await wipe(parts.kept.id);
}
