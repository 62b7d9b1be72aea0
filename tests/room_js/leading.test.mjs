/** What whoever leads is told on a device equals what the server's pages tell. Run by pytest. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { guideAt, presides, stepInHall, stepToGoOnAt, stillSilent } from "../../src/chibo/meetings/static/meetings/device/leading.js";
import { fold } from "../../src/chibo/meetings/static/meetings/room/fold.js";

const cases = JSON.parse(readFileSync(/** @type {string} */ (process.env.CASES), "utf8"));

/** @param {any} one */
function sessionOf({ pack, entries, me }) {
  return /** @type {any} */ ({ pack, room: fold(entries), me: me || pack.me.person });
}

test("where the hall is, and what is said there", () => {
  for (const one of cases) {
    const session = sessionOf(one);
    const now = stepInHall(session);
    session.pack.steps.forEach((/** @type {any} */ step, /** @type {number} */ number) => {
      const said = one.steps[number];
      const guide = guideAt(session, step, step.key.split("/")[0]);
      assert.equal(now !== null && now !== step ? now.key : null, said.now, step.key);
      assert.deepEqual(guide, said.guide, step.key);
    });
  }
});

test("a hall that stands at no step goes on at the first that it has not left", () => {
  const { pack } = cases[0];
  const steps = pack.steps.filter((/** @type {any} */ step) => step.item !== null);
  const at = (/** @type {[number, string][]} */ left) => {
    const items = new Map(left.map(([place, state]) => [steps[place].item, { state }]));
    return stepToGoOnAt(/** @type {any} */ ({ pack, room: { items } }));
  };
  assert.equal(at([]), pack.steps[0]);
  assert.equal(at([[0, "done"], [1, "put_off"]]), pack.steps.find((/** @type {any} */ step) => step !== steps[0] && step !== steps[1]));
  assert.equal(at([[0, ""], [1, "done"]]), pack.steps[0]);
});

test("a screen that says itself what to say has no guide", () => {
  const session = sessionOf(cases[0]);
  assert.notEqual(guideAt(session, session.pack.steps[0], "diem-danh"), null);
  for (const word of ["thu-ky", "bieu-quyet", "bo-phieu-kin"]) assert.equal(guideAt(session, session.pack.steps[0], word), null);
});

test("the silent are those who are here and have not spoken, for whoever presides alone", () => {
  for (const one of cases) {
    const session = sessionOf(one);
    assert.equal(presides(session), one.presides);
    assert.deepEqual(stillSilent(session, one.silent), one.still_silent);
    assert.equal(presides(sessionOf({ ...one, me: one.clerk })), false);
  }
});
