/**
 * The kinds of entries that the meeting itself knows. The twin of chibo.meetings.room.recorded.
 * @typedef {import("./fold.js").Room} Room
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {import("./fold.js").Item} Item
 */
import { pair } from "./doubles.js";
import { answerAsk, confirmClaims } from "./hall.js";
import { isCalled } from "./roll.js";
import { frozen, frozenFacts } from "./rubric.js";
import { milliseconds } from "./shape.js";
import { saw } from "./verdicts.js";

/** A line of the roll; one called before the opening arrived stands there already.
 * @param {Room} room @param {string} person */
function lineOf(room, person) {
  let line = room.roll.get(person);
  if (line === undefined) {
    line = {
      ...{ person, kind: "official", exempt: false, away: false, suspended: false, state: "", late_minutes: null },
      ...{ left_early: false, reason: "", reason_text: "", by: null },
    };
    room.roll.set(person, line);
  }
  return line;
}

/** @param {Room} room @param {string} id */
export function itemOf(room, id) {
  let item = room.items.get(id);
  if (item === undefined) {
    item = { state: "", opened_at: null, seconds: 0, why: "", how: "", page: "", unnamed: 0 };
    room.items.set(id, item);
  }
  return item;
}

/** A time that was typed (a meeting held on paper), else the entry's own.
 * @param {Entry} entry @param {string | undefined | null} typed */
function when(entry, typed) {
  return typed ? milliseconds(typed) : entry.at;
}

/** The clock of an item stops; a clock that ran backwards counts for nothing.
 * @param {Item} item @param {Entry} entry @param {string} state */
function stop(item, entry, state) {
  if (item.state === "open" && item.opened_at !== null && entry.at !== null) {
    item.seconds += Math.max(0, Math.floor((entry.at - item.opened_at) / 1000));
  }
  item.opened_at = null;
  item.state = state;
}

/** @type {{[kind: string]: (room: Room, entry: Entry) => void}} */
export const RECORDED = {
  open(room, entry) {
    const payload = entry.payload;
    if (room.opening !== null) {
      room.look(entry, "opened_twice", "", [[room.opening.id, ""]]);
      return;
    }
    room.opening = entry;
    if (room.doubted.has(entry.id)) room.look(entry, "opened_without_right");
    room.chair = /** @type {string} */ (payload.chair);
    if (payload.keepers && payload.keepers.length) {
      for (const one of [room.chair, ...payload.keepers]) room.keepers.add(one);
    }
    room.opened_at = when(entry, payload.started);
    room.opened_by = entry.author;
    if (payload.on_paper) {
      room.on_paper = true;
      room.entered_at = entry.at;
      room.known_end = payload.ended ? milliseconds(payload.ended) : null;
    }
    if (payload.rubric) room.rubric = frozen(payload.rubric);
    if (payload.facts) room.facts = frozenFacts(payload.facts);
    for (const one of payload.roll) {
      const line = lineOf(room, one.person);
      line.kind = one.kind;
      line.exempt = Boolean(one.exempt);
      line.away = Boolean(one.away);
      line.suspended = Boolean(one.suspended);
    }
  },

  clerk(room, entry) {
    room.settle(entry, "", entry.payload.member);
    room.clerk = entry.payload.member;
    room.elected.add(entry.payload.member);
  },

  attend(room, entry) {
    const { members: named, ...called } = entry.payload;
    const members = named.filter((/** @type {string} */ one) => isCalled(room, entry, one));
    confirmClaims(room.hall, members, called.state === "present");
    for (const member of members) {
      room.settle(entry, member, called);
      const line = lineOf(room, member);
      line.state = called.state || "";
      line.late_minutes = called.late_minutes === undefined ? null : called.late_minutes;
      line.left_early = Boolean(called.left_early);
      line.reason = called.reason || "";
      line.reason_text = called.reason_text || "";
      line.by = entry.author;
    }
  },

  guest(room, entry) {
    room.guests.set(entry.id, { id: entry.id, name: entry.payload.name, office: entry.payload.office || "" });
  },

  item(room, entry) {
    const { item: id } = entry.payload;
    const state = entry.payload.state === "open" && room.closing !== null ? "done" : entry.payload.state;
    if (state === "open" && room.current !== null && room.current !== id) {
      stop(/** @type {Item} */ (room.items.get(room.current)), entry, "");
    }
    const item = itemOf(room, id);
    if (state === "open") {
      item.opened_at = item.state !== "open" ? entry.at : item.opened_at;
      room.current = id;
    } else {
      stop(item, entry, state);
      room.current = room.current === id ? null : room.current;
    }
    item.state = state;
    item.why = entry.payload.why || "";
  },

  "keep-as"(room, entry) {
    const payload = entry.payload;
    room.settle(entry, payload.item, payload);
    const item = itemOf(room, payload.item);
    item.how = payload.how;
    item.page = payload.page || "";
  },

  remark(room, entry) {
    const payload = entry.payload;
    const unsaid = Boolean(payload.unsaid);
    if (Number(Boolean(payload.member)) + Number(Boolean(payload.guest)) + Number(unsaid) !== 1) room.look(entry, "speaker");
    if (unsaid) room.of_the_book.push(entry);
    room.remarks.set(entry.id, {
      id: entry.id,
      item: payload.item,
      person: payload.member || null,
      guest: payload.guest || "",
      text: payload.text,
      presenting: Boolean(payload.presenting),
      is_answer: Boolean(payload.is_answer),
      opinion: payload.opinion || null,
      order: entry.counter,
      author: entry.author,
      at: entry.at,
      unsaid,
      source: payload.source || "",
      corrected: false,
    });
    if (payload.ask) answerAsk(room.hall, payload.ask);
  },

  "remark-edit"(room, entry) {
    const remark = room.remarks.get(entry.payload.of);
    if (remark === undefined) {
      room.look(entry, "unknown_remark");
      return;
    }
    room.settle(entry, entry.payload.of, entry.payload.text);
    remark.text = entry.payload.text;
    const asked = room.asked.filter((one) => !one.payload.remark || one.payload.remark === entry.payload.of);
    remark.corrected = remark.corrected || asked.some((one) => saw(entry, one));
  },

  "remark-withdraw"(room, entry) {
    if (!room.remarks.delete(entry.payload.of)) room.look(entry, "unknown_remark");
  },

  note(room, entry) {
    room.settle(entry, entry.payload.about, entry.payload.text);
    room.notes.set(entry.payload.about, entry.payload.text);
  },

  read(room, entry) {
    room.read_at = entry.at;
    room.read_late = room.closing !== null && saw(entry, room.closing);
  },

  correct(room, entry) {
    const payload = entry.payload;
    room.asked.push(entry);
    const correction = { id: entry.id, text: payload.text, remark: payload.remark || null, person: payload.member || null };
    room.corrections.set(entry.id, correction);
  },

  "both-stand"(room, entry) {
    room.both_stand.add(pair(entry.payload.one, entry.payload.other));
  },

  close,
  abort: close,

  undo(room, entry) {
    const { of, about } = entry.payload;
    const fields = room.undone_fields.get(of);
    const isUndone = room.undone.has(of) || (fields !== undefined && fields.has(about || ""));
    if (!isUndone && !room.aside.has(of)) room.look(entry, "nothing_undone");
  },
};

/** @param {Room} room @param {Entry} entry */
function close(room, entry) {
  if (room.presided !== null && !room.presided.has(entry.id)) {
    room.beside.push(entry);
    return;
  }
  if (room.closing !== null) {
    room.look(entry, "closed_twice", "", [[room.closing.id, ""]]);
    return;
  }
  if (room.current !== null) {
    stop(/** @type {Item} */ (room.items.get(room.current)), entry, "done");
    room.current = null;
  }
  room.closing = entry;
  room.closed_at = when(entry, entry.payload.ended);
  room.closed_by = entry.author;
  room.known_end = entry.payload.ended ? milliseconds(entry.payload.ended) : room.known_end;
  room.aborted = entry.payload.why || "";
}
