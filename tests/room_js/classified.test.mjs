/** What is refused as classified on a device is what is refused on the server, in the same words. Run by pytest. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { markingIn, refusal } from "../../src/chibo/meetings/static/meetings/device/classified.js";

const cases = JSON.parse(readFileSync(/** @type {string} */ (process.env.CASES), "utf8"));

test(`${cases.length} texts`, () => {
  for (const [text, marking, words] of cases) {
    assert.equal(markingIn(text), marking, JSON.stringify(text));
    assert.equal(refusal(text), words, JSON.stringify(text));
  }
});
