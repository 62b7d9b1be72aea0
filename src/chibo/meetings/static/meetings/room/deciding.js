/**
 * How a meeting decides: differing opinions, hands, secret votes. The twin of chibo.meetings.room.deciding.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 */
import { needed } from "./base_of_vote.js";
import { ofTheRoll } from "./roll.js";

/** Votes on these are on one matter only where their titles are the same. */
export const EACH_ITS_OWN = ["other", "candidate"];

/** What was put to the vote, as it was chosen. @param {{kind: string, id?: string | null, text?: string | null}} about */
function chosen({ kind, id, text }) {
  return { kind, id: id || null, text: text || "" };
}

/** The differing opinion that an entry is about; one that was undone elsewhere is marked.
 * @param {Room} room @param {Entry} entry */
function differing(room, entry) {
  const found = room.differing.get(entry.payload.of);
  if (found === undefined) room.look(entry, "unknown_differing");
  return found;
}

/** Whether the counts of a secret vote can be.
 * @param {any} secret */
function addsUp(secret) {
  const valid = secret.returned - secret.invalid;
  const lines = secret.choices.every((/** @type {any} */ one) => one.in_favour + one.against + one.blank === valid);
  return secret.invalid <= secret.returned && secret.returned <= secret.issued && lines;
}

/** What was voted on; hands and ballots on one title are on one matter.
 * @param {{of?: string | null, subject: string, title: string}} payload */
function matterOf({ of, subject, title }) {
  if (of) return `differing ${of}`;
  return EACH_ITS_OWN.indexOf(subject) >= 0 ? `other ${title}` : subject;
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const DECIDING = {
  differ(room, entry) {
    const { item, member, text } = entry.payload;
    room.differing.set(entry.id, {
      ...{ id: entry.id, item, person: member, text, order: entry.counter, support: 0, outcome: "", why: "" },
      ...{ reserved: false, vote: null, settled: 0 },
    });
  },

  "differ-support"(room, entry) {
    const found = differing(room, entry);
    if (found === undefined) return;
    room.settle(entry, entry.payload.of, entry.payload.number);
    found.support = entry.payload.number;
  },

  "differ-outcome"(room, entry) {
    const found = differing(room, entry);
    if (found === undefined) return;
    room.settle(entry, entry.payload.of, entry.payload);
    found.outcome = entry.payload.outcome;
    found.why = entry.payload.why || "";
    found.vote = null;
    found.settled = entry.counter;
  },

  "differ-reserve"(room, entry) {
    const found = differing(room, entry);
    if (found === undefined) return;
    found.settled = found.outcome ? found.settled : entry.counter;
    found.reserved = true;
  },

  vote(room, entry) {
    const payload = entry.payload;
    const included = ofTheRoll(room, payload.included);
    room.votes.set(entry.id, {
      id: entry.id,
      subject: payload.subject,
      title: payload.title,
      item: payload.item || null,
      included,
      excluded: ofTheRoll(room, payload.excluded),
      exclusions: payload.exclusions,
      fraction: payload.fraction,
      in_favour: payload.in_favour,
      against: payload.against,
      abstained: payload.abstained,
      order: entry.counter,
      differing: payload.of || null,
      about: payload.about ? chosen(payload.about) : null,
      matters: payload.matters || [],
      taken: null,
      strangers: included.length < payload.included.length,
    });
    room.settle(entry, matterOf(payload), entry.id, "matter");
    if (!payload.of) return;
    const put = differing(room, entry);
    if (put === undefined) return;
    const adopted = payload.in_favour >= needed(included.length, payload.fraction);
    room.settle(entry, put.id, adopted, "differ-outcome");
    put.outcome = adopted ? "adopted" : "not_adopted";
    put.why = "";
    put.vote = entry.id;
    put.settled = entry.counter;
  },

  "vote-covers"(room, entry) {
    const { of, entries } = entry.payload;
    room.covered.set(of, new Set([...(room.covered.get(of) || []), ...entries]));
  },

  ballot(room, entry) {
    const { title, item, names, fraction, tellers, medium, election } = entry.payload;
    room.ballots.set(entry.id, {
      ...{ id: entry.id, title, item: item || null, names, fraction, tellers },
      ...{ medium: medium || "paper", election: election === true },
    });
    if (medium === "device" && election) room.look(entry, "election_on_devices");
  },

  secret(room, entry) {
    const { of, ...rest } = entry.payload;
    const included = ofTheRoll(room, rest.included);
    const base = { included, excluded: ofTheRoll(room, rest.excluded), strangers: included.length < rest.included.length };
    const found = { ...rest, ...base, id: entry.id, item: rest.item || null, order: entry.counter, taken: null };
    if (!room.ballots.has(of)) room.look(entry, "unknown_ballot");
    const { issued, returned, invalid, choices } = rest;
    room.settle(entry, of, { issued, returned, invalid, choices });
    room.settle(entry, matterOf({ subject: "other", title: found.title }), of, "matter");
    room.secrets.set(of, found);
    if (!addsUp(found)) room.look(entry, "ballots_do_not_add_up");
  },
};
