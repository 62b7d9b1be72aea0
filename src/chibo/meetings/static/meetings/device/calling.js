/**
 * Calling the roll: what each tap records. The twin of `call` in chibo.meetings.room.commands and of what
 * chibo.meetings.room.opening and claims write.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("../room/fold.js").Line} Line
 */
import { called, isExpected, rollOf } from "./words.js";

/** How the roll stands: who is left to call, who was called, who need not come, who says to be there.
 * @param {Session} session */
export function standing(session) {
  const lines = rollOf(session);
  const claims = session.room.hall.claims;
  return {
    lines,
    left: lines.filter((line) => isExpected(line) && !line.state),
    done: lines.filter((line) => line.state),
    claims: lines.filter((line) => claims.has(line.person) && !line.state),
    others: lines.filter((line) => !isExpected(line) && !line.state && !line.suspended && !claims.has(line.person)),
  };
}

/** How many of those present were taken from the hall's own check-in, and how many the clerk called.
 * @param {Session} session */
export function howCalled({ room }) {
  const present = [...room.roll.values()].filter((line) => line.state === "present");
  const own = present.filter((line) => room.hall.confirmed.has(line.person)).length;
  return { own, by_clerk: present.length - own };
}

/** Whether the meeting should think of what must be voted: everyone is called, under two thirds of the official
 * members are there, and a rule says so. @param {Session} session
 * @param {{waiting: number, present_official: number}} counts @param {number} official expected ones */
export function isThin({ pack }, counts, official) {
  return Boolean(pack.rules.quorum_source) && counts.waiting === 0 && counts.present_official * 3 < official * 2;
}

/** Call one person, say so.
 * @param {Session} session @param {string} person
 * @param {{state: string, reason?: string, reason_text?: string, late_minutes?: number | null, left_early?: boolean}} values */
export async function call(session, person, values) {
  const entry = await session.write("attend", {
    members: [person],
    state: values.state,
    reason: values.reason || null,
    reason_text: values.reason_text || null,
    late_minutes: values.late_minutes || null,
    left_early: values.left_early || null,
  });
  session.say(`${session.name(person)}: ${called(values, session.pack.reasons)}.`, entry);
}

/** Those left to call who said beforehand that they cannot come. @param {Session} session @param {Line[]} left */
export function announcedOf({ pack }, left) {
  const said = new Set(pack.people.filter((one) => one.announced).map((one) => one.id));
  return left.filter((line) => said.has(line.person));
}

/** The reason that somebody gave beforehand; the pack has its words. @param {Session} session @param {string} person */
export function reasonGiven({ pack }, person) {
  const one = pack.people.find(({ id }) => id === person);
  const found = one === undefined ? undefined : pack.reasons.find(([, words]) => words === one.announced);
  return found === undefined ? "unknown" : found[0];
}

/** They are absent, each for the reason that they gave beforehand: as one act, with one way back.
 * @param {Session} session @param {string[]} people */
export async function callAnnounced(session, people) {
  const left = people.filter((person) => isLeft(session, person));
  if (!left.length) return;
  const reasons = [...new Set(left.map((person) => reasonGiven(session, person)))];
  const entries = await session.writeAll(
    reasons.map((reason) => {
      const members = left.filter((person) => reasonGiven(session, person) === reason);
      return ["attend", { members, state: "absent", reason }];
    }),
  );
  const who = left.length > 1 ? `${left.length} đồng chí đã báo` : session.name(left[0]);
  session.say(`${who}: vắng.`, entries);
}

/** Everyone who is called and has no state yet is present: only after a person has decided so, and only those whom
 * the screen showed. @param {Session} session @param {string[]} people */
export async function callRest(session, people) {
  const left = people.filter((person) => isLeft(session, person));
  if (!left.length) return;
  const entry = await session.write("attend", { members: left, state: "present" });
  session.say(`${left.length > 1 ? `${left.length} đồng chí còn lại` : "Đồng chí còn lại"} có mặt.`, entry);
}

/** @param {Session} session @param {string} person */
function isLeft({ room }, person) {
  const line = room.roll.get(person);
  return line !== undefined && isExpected(line) && !line.state;
}

/** Those who say that they are there are present: the clerk has looked round. @param {Session} session @param {string[]} people */
export async function confirm(session, people) {
  const wanted = people.filter((person) => session.room.hall.claims.has(person));
  if (!wanted.length) return;
  const entry = await session.write("attend", { members: wanted, state: "present" });
  session.say(`Đã xác nhận ${wanted.length} đồng chí có mặt.`, entry);
}

/** The clerk does not see this person: not called yet, as before. @param {Session} session @param {string} person */
export async function refuse(session, person) {
  if (!session.room.hall.claims.has(person)) return;
  const entry = await session.write("attend", { members: [person], state: "" });
  session.say("Chưa ghi đồng chí ấy có mặt.", entry);
}
