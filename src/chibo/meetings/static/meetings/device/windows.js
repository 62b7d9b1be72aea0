/**
 * Each window of a device has a name of its own as long as it lives, through reloads too: what is typed belongs to its
 * window. Whether another window lives is told by its lock, which the browser takes away with it. Where the browser has
 * no locks (iOS before 15.4) the others count as gone: then a text stands in both, which loses nothing.
 */
const KEY = "chibo-phong-hop-cua-so";
const LOCK = "chibo-phong-hop ";

/** @returns {string} eight hexadecimal figures */
function newName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (one) => one.toString(16).padStart(2, "0")).join("");
}

/** The browser's locks, where it has them. @returns {any} */
function locksOf() {
  const { locks } = /** @type {any} */ (navigator); // iOS 15.4
  return locks;
}

/** Hold the lock of a name for the life of this window. @param {string} name @returns {Promise<boolean>} false: another does */
function hold(name) {
  return new Promise((resolve) => {
    const held = (/** @type {unknown} */ lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => undefined);
    };
    locksOf().request(LOCK + name, { ifAvailable: true }, held).catch(() => resolve(true));
  });
}

/** @returns {Promise<string>} */
async function named() {
  let name = sessionStorage.getItem(KEY) || newName();
  if (locksOf() && !(await hold(name))) {
    name = newName(); // this window was copied from one that lives
    await hold(name);
  }
  sessionStorage.setItem(KEY, name);
  return name;
}

/** @type {Promise<string> | null} */
let name = null;

/** The name of this window. @returns {Promise<string>} */
export function nameOfWindow() {
  if (name === null) name = named();
  return name;
}

/** The names of the windows that live. @returns {Promise<Set<string>>} */
export async function livingWindows() {
  const found = new Set([await nameOfWindow()]);
  if (!locksOf()) return found;
  const { held } = await locksOf().query();
  for (const lock of held || []) if (lock.name.startsWith(LOCK)) found.add(lock.name.slice(LOCK.length));
  return found;
}
