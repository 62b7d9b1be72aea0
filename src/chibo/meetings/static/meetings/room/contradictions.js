/**
 * Contradictions between what several entries say of one thing. The twin of chibo.meetings.room.contradictions.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 */
import { used } from "./bases.js";

/** Mark endings beside the one that counts, and votes in which more took part than the roll has there.
 * @param {Room} room @param {Entry[]} ordered */
export function markContradictions(room, ordered) {
  for (const entry of room.beside) room.look(entry, "ended_beside", "", room.closing ? [[room.closing.id, ""]] : []);
  for (const taken of [...room.votes.values(), ...room.secrets.values()]) {
    const base = taken.taken || taken.included;
    const absent = [...people(base)].filter((one) => isAbsent(room, one));
    if (!absent.length || used(taken) <= base.length - absent.length) continue;
    const { id } = taken;
    // Which of the two holds comes first: what the base is follows from it.
    room.needs_look = room.needs_look.filter((look) => look.entry !== id || look.why !== "vote_base");
    const said = new Map(absent.map((one) => [one, lastCall(room, one)]));
    const place = new Map(ordered.map((entry, number) => [entry.id, number]));
    const at = (/** @type {string} */ one) => Number(place.get(/** @type {Entry} */ (said.get(one)).id));
    absent.sort((one, other) => at(one) - at(other) || (one < other ? -1 : 1));
    const vote = /** @type {Entry} */ (ordered.find((entry) => entry.id === id));
    room.look(vote, "vote_roll", "", absent.map((one) => [/** @type {Entry} */ (said.get(one)).id, one]));
  }
}

/** @param {string[][]} places */
function people(places) {
  return new Set(places.filter((place) => place.length).map((place) => place[0]));
}

/** @param {Room} room @param {string} person */
function isAbsent({ roll }, person) {
  const line = roll.get(person);
  return line !== undefined && line.state === "absent";
}

/** The entry by which somebody stands on the roll as they do. @param {Room} room @param {string} person */
function lastCall(room, person) {
  const heads = room.heads.get(`attend\n${person}`) || [];
  return heads[heads.length - 1].entry;
}
