/**
 * The steps of a meeting as the room shows them: numbered as the programme is, with how far each has come and what is
 * unfinished there. Every screen asks here; nothing else reckons it.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Step} Step
 * @typedef {Step & {number: number | null, state: string, open: string[]}} Stage
 *   number: as the programme, papers, wall and phones say it, none for opening and closing; state: done, put_off, now or
 *   "" (still to come); open: what is unfinished there, in words
 */
import { waiting } from "../room/hall.js";
import { closingBars } from "./ending.js";
import { isScored, sheetNow } from "./scoring.js";
import { capital, numberWord, small } from "./words.js";

/** The twin of UNNUMBERED in chibo.meetings.prepare.programme. */
const UNNUMBERED = ["opening", "closing"];

/** The steps in their order.
 * @param {Session} session @returns {Stage[]} */
export function stepsOf(session) {
  const { steps } = session.pack;
  const left = unfinished(session);
  let number = 0;
  return steps.map((step) => {
    const isCounted = step.item !== null && UNNUMBERED.indexOf(step.item_kind || step.kind) < 0;
    if (isCounted) number += 1;
    const open = left.get(step.key) || [];
    return { ...step, number: isCounted ? number : null, state: stateOf(session, step), open };
  });
}

/** How far a step has come. @param {Session} session @param {Step} step */
function stateOf(session, { item, kind }) {
  const { room } = session;
  if (item !== null && item === room.current) return "now";
  const state = item === null ? undefined : room.items.get(item);
  if (state && (state.state === "done" || state.state === "put_off")) return state.state;
  return kind === "scoring" && isScored(session) ? "done" : "";
}

/** What is unfinished, by the key of the step where it is mended: of what the hall has come to. What bars the end stands
 * at its step, and what a step waits for.
 * @param {Session} session @returns {Map<string, string[]>} */
function unfinished(session) {
  const { room, pack } = session;
  /** @type {Map<string, string[]>} */
  const found = new Map();
  const reached = reachedBy(session);
  /** @param {Step | undefined} step @param {string} words */
  const add = (step, words) => {
    if (step && reached.has(step.key)) found.set(step.key, [...(found.get(step.key) || []), words]);
  };
  const at = (/** @type {string | null} */ item) => pack.steps.find((step) => step.item !== null && step.item === item);
  const opening = pack.steps.find((step) => step.kind === "opening");
  if (room.hall.claims.size) add(opening, `${numberWord(room.hall.claims.size)} đồng chí tự báo có mặt`);
  const queue = waiting(room.hall).length;
  if (queue) add(at(room.current), `${numberWord(queue)} đồng chí xin phát biểu`);
  for (const step of pack.steps) {
    const differing = room.differingOpen.filter((one) => one.item === step.item).length;
    if (differing) add(step, `${numberWord(differing)} ý kiến khác`);
  }
  for (const { reason, to } of closingBars(session)) {
    if (to !== "y-kien-khac" && to !== "xem-lai") add(pack.steps[stepAt(session, to)], shortened(reason));
  }
  const sheet = sheetNow(session);
  if (sheet !== null && sheet.left) add(pack.steps.find((step) => step.kind === "scoring"), `còn ${numberWord(sheet.left)} tiêu chí`);
  return found;
}

/** The steps that the hall has come to: up to the one it is at, and each that was left. What is still to come is not
 * unfinished.
 * @param {Session} session @returns {Set<string>} */
function reachedBy(session) {
  const { steps } = session.pack;
  const last = steps.reduce((found, step, place) => (stateOf(session, step) && step.kind !== "scoring" ? place : found), 0);
  const reached = steps.slice(0, last + 1);
  const isConcluded = Boolean(session.room.decisions.kind) || last >= steps.findIndex((step) => step.kind === "conclusion");
  return new Set([...reached, ...(isConcluded ? steps.slice(0, -1) : [])].map((step) => step.key));
}

/** "Còn hai việc chưa xem." as it stands beside a step. @param {string} reason */
function shortened(reason) {
  return small(reason.replace(/^Còn /, "").replace(/\.$/, ""));
}

/** The place of the step that a key of the address belongs to, or -1.
 * @param {Session} session @param {string} key */
export function stepAt(session, key) {
  const { steps } = session.pack;
  const exact = steps.findIndex((step) => step.key === key);
  if (exact >= 0) return exact;
  const [word, rest] = key.split("/");
  if (word === "thu-ky" || key === "bieu-quyet/agenda") return steps.findIndex((step) => step.kind === "opening");
  const remark = word === "y-kien" ? session.room.remarks.get(rest) : undefined;
  const item = remark ? remark.item : word === "muc" ? rest : "";
  const kind = { "bieu-quyet": "conclusion", "bo-phieu-kin": "conclusion" }[word];
  return steps.findIndex((step) => step.key === word || step.kind === kind || (step.item !== null && step.item === item));
}

/** A step as it is spoken of: "mục 3", or its title where the programme gives it no number.
 * @param {Stage} step */
export function nameOf(step) {
  return step.number === null ? step.title : `mục ${step.number}`;
}

/** What a step is called in a heading: "3. An toàn giao thông". @param {Stage} step */
export function titleOf(step) {
  return step.number === null ? step.title : `${step.number}. ${step.title}`;
}

/** What is unfinished at all, as the drawer's button says it: "Mục 3, còn hai việc". @param {Stage[]} steps @param {Stage | undefined} here */
export function summaryOf(steps, here) {
  const left = steps.reduce((total, step) => total + step.open.length, 0);
  const name = here && here.number !== null ? capital(nameOf(here)) : "";
  if (!left) return name || "Các bước";
  return name ? `${name}, còn ${numberWord(left)} việc` : `Còn ${numberWord(left)} việc`;
}
