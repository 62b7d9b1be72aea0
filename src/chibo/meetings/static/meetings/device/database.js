/**
 * The device's own database: meetings, their entries, drafts. What it holds of content is encrypted before it comes here
 * (lock.js); ids, counters and numbers stand in the clear.
 *
 * Done means that the transaction is complete and, where the browser knows how, on the disk. iOS may never answer the
 * first opening (WebKit 226547) and drops the connection of a page in the background: the first is timed out, the
 * second opened again once.
 */
const NAME = "chibo-phong-hop";
const VERSION = 1;
const OPEN_WITHIN = 4000;

/** The database did not answer; the page is to be loaded again. */
export class NoAnswer extends Error {}

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBDatabase} database */
function lay(database) {
  database.createObjectStore("meetings", { keyPath: "id" });
  database.createObjectStore("entries", { keyPath: "id" }).createIndex("meeting", "meeting");
  database.createObjectStore("drafts", { keyPath: ["meeting", "key"] }).createIndex("meeting", "meeting");
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  if (opening !== null) return opening;
  opening = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new NoAnswer("indexedDB.open")), OPEN_WITHIN);
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => lay(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new NoAnswer("blocked"));
    request.onsuccess = () => {
      clearTimeout(late);
      const database = request.result;
      database.onversionchange = () => database.close();
      database.onclose = () => {
        opening = null;
      };
      resolve(database);
    };
  });
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

/** Do all of it or nothing; resolves once it is safe.
 * @template T
 * @param {string[]} stores @param {"readonly" | "readwrite"} mode
 * @param {(store: (name: string) => IDBObjectStore) => Promise<T> | T} work waits for requests of this transaction alone
 * @returns {Promise<T>} */
export async function transact(stores, mode, work) {
  const transaction = await begun(stores, mode);
  const complete = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error || new Error("aborted"));
    transaction.onerror = () => reject(transaction.error);
  });
  complete.catch(() => undefined); // told below; a failed `work` is told first
  const result = await worked(transaction, work);
  await complete;
  return result;
}

/** What failed half way is undone: a transaction completes by itself, whatever its work was missing.
 * @template T @param {IDBTransaction} transaction @param {(store: (name: string) => IDBObjectStore) => Promise<T> | T} work */
async function worked(transaction, work) {
  try {
    return await work((name) => transaction.objectStore(name));
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it has ended already
    }
    throw error;
  }
}

/** @param {string[]} stores @param {"readonly" | "readwrite"} mode */
async function begun(stores, mode) {
  const how = /** @type {IDBTransactionOptions} */ ({ durability: "strict" });
  try {
    return (await open()).transaction(stores, mode, how);
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    opening = null; // the connection was dropped
    return (await open()).transaction(stores, mode, how);
  }
}

/** All rows of a meeting in a store.
 * @param {IDBObjectStore} store @param {string} meeting @returns {Promise<any[]>} */
export function ofMeeting(store, meeting) {
  return answered(store.index("meeting").getAll(meeting));
}

/** Forget all rows of a meeting in a store.
 * @param {IDBObjectStore} store @param {string} meeting */
export async function forget(store, meeting) {
  for (const key of await answered(store.index("meeting").getAllKeys(meeting))) store.delete(key);
}
