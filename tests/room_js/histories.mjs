/**
 * Plays histories of tests/meaning/machine.py with the real session and joining up: in the end the server has the same
 * log as there, entry for entry, and every device means by it the same. Reads them from the file HISTORIES.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { canonical, fold } from "../../src/chibo/meetings/static/meetings/room/fold.js";
import { stateOf } from "../../src/chibo/meetings/static/meetings/room/state.js";
import { ModelServer, Simulated, copied } from "./simulated.mjs";

const { devices: names, persons, histories } = JSON.parse(readFileSync(process.env.HISTORIES || "", "utf8"));
const people = new Map(names.map((name, number) => [name, persons[number]]));

/** The devices, the server and what is under way between them. */
class World {
  constructor() {
    this.now = 0;
    this.server = new ModelServer(people);
    this.requests = [];
    this.answers = [];
    const clock = { now: () => this.now, jump: () => 0 };
    this.devices = names.map(
      (device) => new Simulated({ device, person: people.get(device), meeting: "m", clock, ask: async () => ({ status: 0 }) }),
    );
  }

  /** What a device would send, as it would. */
  async sent(device, size) {
    const { sync } = device;
    let sent = null;
    sync.ask = async (_, { body }) => ({ sent: (sent = copied(body)) });
    await sync.post(sync.unsent().slice(0, size));
    return sent;
  }

  async write(number, id, kind, payload, at) {
    this.now = at;
    await this.devices[number].write(kind, payload, id);
  }

  async send(number, size) {
    this.requests.push([number, await this.sent(this.devices[number], size)]);
  }

  async deliver(which) {
    const [number, body] = this.requests[which];
    this.answers.push([number, copied(this.server.answer(body))]);
  }

  async hear(which) {
    const [number, answer] = this.answers[which];
    await this.devices[number].sync.take(copied(answer));
  }

  async reload(number) {
    await this.devices[number].load();
  }

  async settle() {
    for (const device of [...this.devices, ...this.devices]) {
      for (let n = 0; device.session.unsent.length || device.session.head < this.server.log.length; n += 1) {
        assert.ok(n < 1000, "a device does not come to an end");
        await device.sync.take(copied(this.server.answer(await this.sent(device, 3))));
      }
    }
  }
}

for (const [number, { history, log }] of histories.entries()) {
  const world = new World();
  for (const [what, ...rest] of history) await world[what](...rest);
  await world.settle();
  assert.deepEqual(world.server.log, log, `history ${number}: the log`);
  const means = canonical(stateOf(fold(log)));
  for (const device of world.devices) {
    assert.equal(device.entries.length, log.length, `history ${number}: every entry once`);
    assert.equal(canonical(stateOf(device.session.room)), means, `history ${number}: the same meeting`);
  }
}
console.log(`${histories.length} histories`);
