/** What bars the closing, and how the minutes read, on the devices as on the server: moments drawn by tests/meaning. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { closingBars } from "../../src/chibo/meetings/static/meetings/device/ending.js";
import { leftOut } from "../../src/chibo/meetings/static/meetings/device/left_out.js";
import { sectionsOf } from "../../src/chibo/meetings/static/meetings/device/minuted.js";
import { Session } from "../../src/chibo/meetings/static/meetings/device/session.js";

const { pack: common, moments } = JSON.parse(readFileSync(process.env.MOMENTS).toString());

/** A session that holds a log. */
function sessionOf({ log, at, pack = common }) {
  const session = new Session({ pack, device: log[0].device, store: {}, clock: { now: () => at } });
  session.take(log);
  return session;
}

test(`${moments.length} moments: the same bars, the same minutes`, () => {
  for (const [number, moment] of moments.entries()) {
    const session = sessionOf(moment);
    const last = `${number}, seed ${moment.seed}: ${moment.log[moment.log.length - 1].kind}`;
    if (moment.bars) assert.deepEqual(closingBars(session), moment.bars, last);
    assert.deepEqual(sectionsOf(session), moment.minutes, last);
    assert.deepEqual(leftOut(session), moment.left_out, last);
  }
});
