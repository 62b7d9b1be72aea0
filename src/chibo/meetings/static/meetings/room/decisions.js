/**
 * Old tasks reviewed, new tasks, the resolution. The twin of chibo.resolutions.room.kinds.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{reviews: Map<string, any>, tasks: Map<string, any>, kind: string, texts: Map<string, string | null>, version: number, not_voted: string[], taken: string[]}} Decisions
 */

/** @returns {Decisions} */
export function newDecisions() {
  return { reviews: new Map(), tasks: new Map(), kind: "", texts: new Map(), version: 0, not_voted: [], taken: [] };
}

/** A task as drafted.
 * @param {Entry} entry @param {string} id @param {number} order */
function given(entry, id, order) {
  const payload = entry.payload;
  return {
    id,
    what: payload.what,
    lead: payload.lead,
    helpers: payload.helpers || [],
    helpers_text: payload.helpers_text || "",
    due: payload.due,
    how_checked: payload.how_checked || "",
    milestones: (payload.milestones || []).map((/** @type {any} */ one) => [one.what, one.due]),
    order,
  };
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const DECISIONS = {
  review(room, entry) {
    const payload = entry.payload;
    room.settle(entry, payload.task, payload);
    room.decisions.reviews.delete(payload.task);
    room.decisions.reviews.set(payload.task, {
      task: payload.task,
      result: payload.result,
      cause: payload.cause || "",
      new_due: payload.new_due || null,
      due_then: payload.due_then,
      order: entry.counter,
      entry: entry.id,
    });
  },

  task(room, entry) {
    room.decisions.tasks.set(entry.id, given(entry, entry.id, entry.counter));
  },

  "task-edit"(room, entry) {
    const before = room.decisions.tasks.get(entry.payload.of);
    if (before === undefined) {
      room.look(entry, "unknown_task");
      return;
    }
    room.settle(entry, entry.payload.of, entry.payload);
    room.decisions.tasks.set(before.id, given(entry, before.id, before.order));
  },

  "task-withdraw"(room, entry) {
    if (!room.decisions.tasks.delete(entry.payload.of)) room.look(entry, "unknown_task");
  },

  conclude(room, entry) {
    const decisions = room.decisions;
    const parts = entry.payload.parts || {};
    for (const name of Object.keys(parts)) {
      room.settle(entry, name, parts[name]);
      decisions.texts.set(name, parts[name]);
    }
    const taken = Object.keys(parts).length ? entry.payload.taken || [] : [];
    decisions.taken = [...new Set([...decisions.taken, ...taken])];
    decisions.kind = entry.payload.kind || decisions.kind;
    decisions.version += 1;
  },
};
