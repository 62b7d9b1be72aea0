/**
 * Who counts in a vote of members (Điều lệ Đảng, Điều 9, khoản 5). The twin of chibo.members.base_of_vote.
 * @typedef {{person: string, kind: string, exempt: boolean, away: boolean, suspended: boolean, detained?: boolean, present: boolean | null, absent_excused: boolean, left?: boolean, late?: boolean}} Voter
 */

/** The first reason that holds: what a person may never do, then who may stay away, then the roll.
 * @param {Voter} one @param {Set<string>} out */
function standing(one, out) {
  const here = one.present === true && !one.left;
  if (one.kind === "temporary") return "temporary";
  if (one.kind === "probationary") return "probationary";
  if (one.suspended && out.has("suspended")) return "suspended";
  if (one.detained && out.has("detained")) return "detained";
  if (one.exempt && here) return "exempt_present";
  if (one.away && here) return "away_present";
  if (one.exempt && out.has("exempt_absent")) return "exempt_absent";
  if (one.away && out.has("away_absent")) return "away_absent";
  if (one.present === true) return here ? "present" : "left";
  if (one.present === false && one.absent_excused) return "absent_excused";
  return one.present === null ? "not_called" : "absent";
}

export const HERE = ["present", "exempt_present", "away_present"];
/** They count; whether they raised a hand, the roll does not say. */
const PERHAPS = ["left", "not_called"];

/** The base of a vote: every person with the reason in or out; how many are in the room, and how few or many can have
 * been when hands were counted.
 * @param {Voter[]} people @param {string[]} exclusions */
export function baseOfVote(people, exclusions) {
  const out = new Set([...exclusions, "probationary", "temporary"]);
  const places = people.map((one) => [one.person, standing(one, out)]);
  const included = places.filter((place) => !out.has(place[1]));
  const present = included.filter((place) => HERE.indexOf(place[1]) >= 0).length;
  const late = people.filter((one, place) => one.late && HERE.indexOf(places[place][1]) >= 0).length;
  return {
    included,
    excluded: places.filter((place) => out.has(place[1])),
    size: included.length,
    present,
    late,
    fewest: present - late,
    most: present + included.filter((place) => PERHAPS.indexOf(place[1]) >= 0).length,
  };
}

/** The fewest hands that pass: more than half of the base, or at least two thirds of it.
 * @param {number} size @param {string} fraction */
export function needed(size, fraction) {
  return fraction === "half" ? Math.floor(size / 2) + 1 : Math.max(1, Math.ceil((2 * size) / 3));
}

/** Hundredths of a percent of the base, rounded half up, by whole numbers: 15 of 16 is 9375.
 * @param {number} inFavour @param {number} size */
export function hundredths(inFavour, size) {
  return size ? Math.floor((inFavour * 20000 + size) / (2 * size)) : 0;
}
