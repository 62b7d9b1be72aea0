/** Time on the device: how it is written, and a clock that stands corrected where the device's own was wrong. */

const VIETNAM = 7 * 3600 * 1000;

/** "19:42", in Vietnam whatever zone the device is set to.
 * @param {number} moment milliseconds */
export function clockTime(moment) {
  return new Date(moment + VIETNAM).toISOString().slice(11, 16);
}
