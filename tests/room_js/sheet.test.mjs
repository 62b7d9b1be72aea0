/** The sheet of a meeting's score equals the server's. Run by pytest. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sheetOf } from "../../src/chibo/meetings/static/meetings/device/sheet.js";
import { fold } from "../../src/chibo/meetings/static/meetings/room/fold.js";

const { sheets, sentences } = JSON.parse(readFileSync(/** @type {string} */ (process.env.CASES), "utf8"));

test(`${sheets.length} sheets are the same here as on the server`, () => {
  for (const [number, { log, at, sheet }] of sheets.entries()) {
    assert.deepEqual(sheetOf(fold(log), at, sentences), sheet, `sheet ${number}`);
  }
});
