/** The meaning of a log on the devices equals that on the server: kept vectors, and logs from standard input. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { canonical, fold } from "../../src/chibo/meetings/static/meetings/room/fold.js";
import { stateOf } from "../../src/chibo/meetings/static/meetings/room/state.js";

const file = process.env.VECTORS || new URL("../meaning/vectors.json.gz", import.meta.url);
const raw = readFileSync(file);
const vectors = JSON.parse((raw[0] === 0x1f ? gunzipSync(raw) : raw).toString());

test(`${vectors.length} logs mean the same here as on the server`, () => {
  for (const [number, { log, state }] of vectors.entries()) {
    const here = stateOf(fold(log));
    if (canonical(here) === canonical(state)) continue;
    for (const key of Object.keys(state)) assert.deepEqual(here[key], state[key], `log ${number}, ${key}`);
    assert.fail(`log ${number}: ${Object.keys(here)}`);
  }
});

test("the order in which entries arrive, and repetition, change nothing", () => {
  for (const { log } of vectors.slice(0, 100)) {
    const other = [...log].reverse();
    assert.equal(canonical(stateOf(fold([...other, ...log.slice(0, 3)]))), canonical(stateOf(fold(log))));
  }
});
