/**
 * The bases of the votes of a meeting, reckoned again by the roll as it now stands. The twin of
 * chibo.meetings.room.bases, where the rules are explained.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{id: string, included: string[][], exclusions: string[], fraction: string, taken: string[][] | null, [more: string]: any}} Taken
 */
import { baseOfVote, HERE, needed } from "./base_of_vote.js";
import { ofTheRoll } from "./roll.js";

/** The base of a vote by the roll as it now stands. @param {Room} room @param {Taken} vote */
export function baseAgain(room, vote) {
  const here = new Set((vote.taken || vote.included).filter((place) => HERE.indexOf(place[1]) >= 0).map(([one]) => one));
  const people = room.voters().map((one) => ({
    ...one,
    left: (one.left || one.exempt || one.away) && !here.has(one.person),
  }));
  return baseOfVote(people, vote.exclusions);
}

/** Whether one of these results would be another by the roll as it now stands.
 * @param {Room} room @param {Taken} vote @param {number[]} inFavour */
export function turned(room, vote, inFavour) {
  const before = needed(vote.included.length, vote.fraction);
  const now = needed(baseAgain(room, vote).size, vote.fraction);
  return inFavour.some((count) => count >= before !== count >= now);
}

/** The secret votes that would end otherwise. @param {Room} room @returns {Taken[]} */
export function turnedSecrets(room) {
  const all = [...room.secrets.values()];
  return all.filter((one) => turned(room, one, one.choices.map((/** @type {any} */ line) => line.in_favour)));
}

/** The show of hands or the secret vote that an entry has recorded. @param {Room} room @param {string} entry
 * @returns {Taken | undefined} */
export function takenAs(room, entry) {
  return room.votes.get(entry) || [...room.secrets.values()].find((one) => one.id === entry);
}

/** How many raised a hand, or said that they would not; how many got a ballot. @param {Taken} vote @returns {number} */
export function used(vote) {
  return vote.issued === undefined ? vote.in_favour + vote.against + vote.abstained : vote.issued;
}

/** Whether the base by the roll as it now stands holds as many. @param {Room} room @param {string} entry */
export function fitsAgain(room, entry) {
  const vote = takenAs(room, entry);
  return vote !== undefined && used(vote) <= baseAgain(room, vote).size;
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const BASES = {
  recount(room, entry) {
    const { of, included, excluded } = entry.payload;
    const vote = takenAs(room, of);
    if (vote === undefined) {
      room.look(entry, "unknown_vote");
      return;
    }
    room.settle(entry, of, entry.payload);
    const taken = vote.taken || vote.included;
    const base = ofTheRoll(room, included);
    const strangers = base.length < included.length;
    Object.assign(vote, { taken, included: base, excluded: ofTheRoll(room, excluded), strangers });
    const put = room.differing.get(vote.differing);
    if (put === undefined || put.vote !== vote.id) return;
    put.outcome = vote.in_favour >= needed(base.length, vote.fraction) ? "adopted" : "not_adopted";
  },
};
