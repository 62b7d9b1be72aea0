/**
 * Time on the device: whether its clock was set while the room was open. Entries say
 * when something happened by this clock; their order never depends on it (decision 0005).
 */
const SLIGHT = 2 * 60 * 1000;
const HALF_A_DAY = 12 * 3600 * 1000;

/** The clock of a device, which somebody may set while nobody looks.
 * `wall` is the clock as people see it, `running` counts on whatever is set; both milliseconds. */
export class DeviceClock {
  /** @param {{wall?: () => number, running?: () => number}} [by] */
  constructor({ wall = Date.now, running = () => performance.now() } = {}) {
    this.wall = wall;
    this.running = running;
    /** @type {{wall: number, running: number} | null} */ this.mark = null;
  }

  /** Milliseconds, whole: fractions are no moments of the log. */
  now() {
    return Math.round(this.wall());
  }

  /** By how much the clock was set since this was last asked; 0 when it was not. A device that slept comes back late by
   * as much as it slept, which is no setting; back by more than two minutes, or on by half a day, is never sleep.
   * @param {number} latest the moment of the last entry of this device, for the first question after a start; or 0 */
  jump(latest) {
    const wall = this.now();
    const running = this.running();
    const by = this.mark
      ? Math.round(wall - this.mark.wall - (running - this.mark.running))
      : Math.min(0, latest ? wall - latest : 0);
    this.mark = { wall, running };
    return by > -SLIGHT && by < HALF_A_DAY ? 0 : by;
  }
}
