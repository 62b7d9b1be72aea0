/** The base of each vote of an evening, reckoned again on a device, equals the server's. Run by pytest. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { baseAgain, fitsAgain, takenAs } from "../../src/chibo/meetings/static/meetings/room/bases.js";
import { fold } from "../../src/chibo/meetings/static/meetings/room/fold.js";

const cases = JSON.parse(readFileSync(/** @type {string} */ (process.env.CASES), "utf8"));

test("who counts again, whether the base holds all who voted, and what is marked", () => {
  for (const { log, bases, looks } of cases) {
    const room = fold(log);
    for (const [vote, [included, fits]] of Object.entries(bases)) {
      assert.deepEqual(baseAgain(room, /** @type {any} */ (takenAs(room, vote))).included, included);
      assert.equal(fitsAgain(room, vote), fits);
    }
    assert.deepEqual(room.needs_look.map(({ entry, why }) => [entry, why]).sort(), looks);
  }
});
