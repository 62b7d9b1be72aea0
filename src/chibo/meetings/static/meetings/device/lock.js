/**
 * What a device keeps of a meeting is readable with one key alone. The key is in memory while the room is open; on the
 * disk it lies wrapped twice: under the share that the server gives to a sign-in, and under the PIN. What this holds
 * against, and what not, is in docs/decisions/0033-the-room-on-a-device.md.
 *
 * @typedef {{iv: Uint8Array, data: ArrayBuffer}} Sealed
 * @typedef {Sealed & {salt: Uint8Array, rounds: number, letters?: boolean}} UnderPin
 *   letters: it is a passphrase, and is asked for with letters; those of before had six digits
 */
const AES = "AES-GCM";
/** As many as a phone of ten years ago bears in two or three seconds. Six digits fall all the same; see PROTECTS. */
export const PIN_ROUNDS = 1000000;
const DIGITS = /^[0-9]+$/;
const FEWEST_DIGITS = 6;
const FEWEST_LETTERS = 12;
export const MOST = 100;
/** What a PIN protects from; docs/users/may-trong-phong-hop.md says it in the same words. */
export const PROTECTS =
  "PIN giữ được với người cầm máy tò mò. Người có nghề chép cả bộ nhớ của máy thì dò ra PIN sáu số trong vài giờ: đặt cụm từ thay PIN, và nhớ đặt khóa màn hình cho máy.";
export const ATTEMPTS = 5;
const EASY = ["123456", "654321", "012345", "543210", "123123", "112233"];

/** @param {number} length bytes */
function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** @param {string} text */
function bytes(text) {
  return new TextEncoder().encode(text);
}

/** @param {ArrayBuffer | Uint8Array} data */
export function toBase64(data) {
  let text = "";
  for (const one of new Uint8Array(data)) text += String.fromCharCode(one);
  return btoa(text);
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {string} text two figures a byte @returns {Uint8Array<ArrayBuffer>} */
function fromHex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

/** Whether it is a passphrase rather than digits. @param {string} pin */
export function hasLetters(pin) {
  return !DIGITS.test(pin);
}

/** Whether a PIN, or a passphrase in its place, has the right form. @param {string} pin */
export function isPin(pin) {
  return pin.length <= MOST && pin.length >= (hasLetters(pin) ? FEWEST_LETTERS : FEWEST_DIGITS);
}

/** What is wrong with a PIN that somebody chooses, "" when it will do.
 * @param {string} pin */
export function checkPin(pin) {
  if (!isPin(pin)) return pin && hasLetters(pin) ? "Cụm từ cần ít nhất mười hai chữ, nhiều nhất một trăm." : "PIN cần ít nhất sáu chữ số.";
  if (EASY.indexOf(pin) >= 0 || /^(.)\1*$/.test(pin)) return "PIN này dễ đoán. Chọn số khác.";
  return "";
}

/** A new key for what one device keeps of one meeting. It can be wrapped again, for a new PIN. */
export function newKey() {
  return crypto.subtle.generateKey({ name: AES, length: 256 }, true, ["encrypt", "decrypt"]);
}

/** Encrypt a text. It opens under the same name alone, so that no row can stand in another's place.
 * @param {CryptoKey} key @param {string} name @param {string} text @returns {Promise<Sealed>} */
export async function seal(key, name, text) {
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: AES, iv, additionalData: bytes(name) }, key, bytes(text));
  return { iv, data };
}

/** Read a text that was sealed under this name; rejects when it was not.
 * @param {CryptoKey} key @param {string} name @param {Sealed} sealed */
export async function unseal(key, name, { iv, data }) {
  const how = { name: AES, iv: new Uint8Array(iv), additionalData: bytes(name) };
  return new TextDecoder().decode(await crypto.subtle.decrypt(how, key, data));
}

/** @param {string} share 32 bytes in hexadecimal */
function keyOfShare(share) {
  return crypto.subtle.importKey("raw", fromHex(share), AES, false, ["wrapKey", "unwrapKey"]);
}

/** @param {string} pin @param {Uint8Array} salt @param {number} rounds */
async function keyOfPin(pin, salt, rounds) {
  const given = await crypto.subtle.importKey("raw", bytes(pin.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(salt), iterations: rounds };
  return crypto.subtle.deriveKey(how, given, { name: AES, length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/** @param {CryptoKey} key @param {CryptoKey} under @returns {Promise<Sealed>} */
async function wrapped(key, under) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.wrapKey("raw", key, under, { name: AES, iv }) };
}

/** @param {Sealed} sealed @param {CryptoKey} under */
function unwrapped({ iv, data }, under) {
  const how = { name: AES, iv: new Uint8Array(iv) };
  return crypto.subtle.unwrapKey("raw", data, under, how, { name: AES, length: 256 }, true, ["encrypt", "decrypt"]);
}

/** The key as it lies on the disk for a sign-in.
 * @param {CryptoKey} key @param {string} share in hexadecimal */
export async function underShare(key, share) {
  return wrapped(key, await keyOfShare(share));
}

/** The key, by the share that the server gave; rejects when it is another device's.
 * @param {Sealed} sealed @param {string} share in hexadecimal */
export async function byShare(sealed, share) {
  return unwrapped(sealed, await keyOfShare(share));
}

/** The key as it lies on the disk for a PIN.
 * @param {CryptoKey} key @param {string} pin @returns {Promise<UnderPin>} */
export async function underPin(key, pin) {
  const salt = random(16);
  return { salt, rounds: PIN_ROUNDS, letters: hasLetters(pin), ...(await wrapped(key, await keyOfPin(pin, salt, PIN_ROUNDS))) };
}

/** The key, by the PIN; rejects when it is wrong.
 * @param {UnderPin} sealed @param {string} pin */
export async function byPin(sealed, pin) {
  return unwrapped(sealed, await keyOfPin(pin, sealed.salt, sealed.rounds));
}

/** The key of the file into which a device is copied (RFC 5869, info "chibo ban sao", no salt).
 * @param {string} share the device's `seal`, 32 bytes in hexadecimal */
export async function keyOfCopy(share) {
  const given = await crypto.subtle.importKey("raw", fromHex(share), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: bytes("chibo ban sao") };
  return crypto.subtle.deriveKey(how, given, { name: AES, length: 256 }, false, ["encrypt", "decrypt"]);
}
