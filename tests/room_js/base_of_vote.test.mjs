/** Who counts in a vote is reckoned on the devices as on the server, for every person that can be. Run by pytest. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { baseOfVote, needed } from "../../src/chibo/meetings/static/meetings/room/base_of_vote.js";

const { bases, least } = JSON.parse(readFileSync(/** @type {string} */ (process.env.CASES), "utf8"));

test("each person is in or out for the same reason", () => {
  for (const [person, exclusions, standing, size, present] of bases) {
    const base = baseOfVote([person], exclusions);
    const here = [[...base.included, ...base.excluded][0][1], base.size, base.present];
    assert.deepEqual(here, [standing, size, present], JSON.stringify([person, exclusions]));
  }
});

test("as many hands are needed", () => {
  for (const [size, half, twoThirds] of least) {
    assert.deepEqual([needed(size, "half"), needed(size, "two_thirds")], [half, twoThirds], `base of ${size}`);
  }
});
