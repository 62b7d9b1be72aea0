/** Identifiers made on the device. `crypto.randomUUID` is newer than the browsers that the room holds on. */

/** @param {Uint8Array} bytes sixteen of them */
function written(bytes) {
  const hex = Array.from(bytes, (one) => (one + 256).toString(16).slice(1)).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {Uint8Array} bytes @param {number} version */
function marked(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return written(bytes);
}

/** A random id (UUIDv4). */
export function uuid4() {
  return marked(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/** An id that begins with the time (UUIDv7, RFC 9562); never ordered by.
 * @param {number} now milliseconds */
export function uuid7(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = Math.max(0, Math.floor(now));
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return marked(bytes, 7);
}
