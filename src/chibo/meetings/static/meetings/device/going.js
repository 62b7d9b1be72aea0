/**
 * Going through the programme: the hall turns to an item, finishes it, turns to the next.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Step} Step
 * @typedef {(key: string) => void} Go
 */
import { Act } from "./forms.js";
import { html } from "./view.js";

/** The first step of a kind. @param {Session} session @param {string} kind @returns {Step | null} */
export function stepOf({ pack }, kind) {
  return pack.steps.find((step) => step.kind === kind) || null;
}

/** The step after a step. @param {Session} session @param {Step | null} step @returns {Step | null} */
export function following({ pack }, step) {
  const place = step === null ? -1 : pack.steps.findIndex((one) => one.key === step.key);
  return place < 0 ? null : pack.steps[place + 1] || null;
}

/** The hall turns to a step. @param {Session} session @param {Go} go @param {Step} step */
export async function turnTo(session, go, step) {
  if (step.item !== null && step.item !== session.room.current) {
    await session.write("item", { item: step.item, state: "open" });
  }
  go(step.key);
}

/** Whether the cell has not chosen yet how its self-criticism is kept. @param {Session} session @param {Step} step */
export function isUnchosen({ room }, step) {
  const item = step.item === null ? undefined : room.items.get(step.item);
  return step.self_criticism && !step.paper && !(item && item.how);
}

/** A step is done, and the hall turns to the next. @param {Session} session @param {Go} go @param {Step} step */
export async function finish(session, go, step) {
  if (isUnchosen(session, step)) {
    session.say("Chưa xong mục này: chi bộ chọn cách ghi trước.");
    return;
  }
  const next = following(session, step);
  if (step.item !== null) await leave(session, step, { state: "done" });
  go(next === null ? "ket-thuc" : next.key);
}

/** The hall leaves the item of a step and turns to that of the next, as one: it never stands between the two.
 * @param {Session} session @param {Step} step @param {{state: string, why?: string}} how
 * @returns {Promise<string>} the entry that says how it was left */
export async function leave(session, step, how) {
  const next = following(session, step);
  /** @type {[string, any][]} */
  const acts = [["item", { item: step.item, ...how }]];
  if (next !== null && next.item !== null) acts.push(["item", { item: next.item, state: "open" }]);
  const [entry] = await session.writeAll(acts);
  return entry;
}

/** The acts of a step: go on, or turn to it. @param {{session: Session, go: Go, step: Step | null}} props */
export function StepActs({ session, go, step }) {
  if (step !== null && step.item !== null) {
    if (session.room.current !== step.item) {
      return html`<${Act} act=${() => turnTo(session, go, step)}>Chuyển sang mục này<//>`;
    }
    return html`<${Act} act=${() => finish(session, go, step)}>Xong mục này<//>`;
  }
  const next = following(session, step);
  return next === null ? null : html`<${Act} act=${() => turnTo(session, go, next)}>Sang mục sau<//>`;
}
