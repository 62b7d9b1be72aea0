"""The kinds of entries that the meeting itself knows, and what each does to the state of the room."""

from datetime import datetime
from uuid import UUID

from chibo.meetings.models import Reason, Vote
from chibo.meetings.room import project
from chibo.meetings.room.fold import Correction, Differing, Guest, Item, Line, Record, Remark, Room
from chibo.meetings.room.fold import Vote as VoteState
from chibo.meetings.room.kinds import (
    Kind,
    flag,
    identifier,
    listed,
    moment,
    one_of,
    optional,
    shaped,
    text,
    whole,
    words,
)
from chibo.members.models import Membership


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _when(record: Record, key: str) -> datetime | None:
    """A time that was typed (a meeting held on paper), else the entry's own."""
    typed = record.payload.get(key)
    return datetime.fromisoformat(typed) if typed else record.at


def _open(room: Room, record: Record) -> None:
    if room.chair is not None:
        room.look(record, "opened_twice")
        return
    room.chair = UUID(record.payload["chair"])
    room.opened_at = _when(record, "started")
    for one in record.payload["roll"]:
        line = _line(room, UUID(one["person"]))
        line.kind = one["kind"]
        line.exempt, line.away, line.suspended = (bool(one.get(key)) for key in ("exempt", "away", "suspended"))


def _line(room: Room, person: UUID) -> Line:
    """A line of the roll; one called before the opening arrived stands there already."""
    return room.roll.setdefault(person, Line(person, Membership.Kind.OFFICIAL))


def _clerk(room: Room, record: Record) -> None:
    room.settle(record, "", record.payload["member"])
    room.clerk = UUID(record.payload["member"])


def _attend(room: Room, record: Record) -> None:
    """Each person's line is a field of its own: "the others are present" is one entry about many."""
    payload = record.payload
    called = {key: value for key, value in payload.items() if key != "members"}
    for member in payload["members"]:
        room.settle(record, member, called)
        if room.roll and UUID(member) not in room.roll:
            room.look(record, "not_on_the_roll")
        line = _line(room, UUID(member))
        line.state = payload.get("state") or ""
        line.late_minutes = payload.get("late_minutes")
        line.left_early = bool(payload.get("left_early"))
        line.reason, line.reason_text = payload.get("reason") or "", payload.get("reason_text") or ""
        line.by = record.author


def _guest(room: Room, record: Record) -> None:
    room.guests[record.id] = Guest(record.id, record.payload["name"], record.payload.get("office") or "")


def _item(room: Room, record: Record) -> None:
    item_id, state = UUID(record.payload["item"]), record.payload["state"]
    if state == "open" and room.current is not None and room.current != item_id:
        _stop(room.items[room.current], record, "")
    item = room.items.setdefault(item_id, Item())
    if state == "open":
        item.opened_at = record.at if item.state != "open" else item.opened_at
        room.current = item_id
    else:
        _stop(item, record, state)
        room.current = None if room.current == item_id else room.current
    item.state = state
    item.why = record.payload.get("why") or ""


def _stop(item: Item, record: Record, state: str) -> None:
    """The clock of an item stops; a clock that ran backwards counts for nothing."""
    if item.state == "open" and item.opened_at and record.at:
        item.seconds += max(0, int((record.at - item.opened_at).total_seconds()))
    item.opened_at, item.state = None, state


def _remark(room: Room, record: Record) -> None:
    payload = record.payload
    if bool(payload.get("member")) == bool(payload.get("guest")):
        room.look(record, "speaker")
    room.remarks[record.id] = Remark(
        id=record.id,
        item=UUID(payload["item"]),
        person=_id(payload.get("member")),
        guest=payload.get("guest") or "",
        text=payload["text"],
        presenting=bool(payload.get("presenting")),
        is_answer=bool(payload.get("is_answer")),
        opinion=_id(payload.get("opinion")),
        order=record.counter,
        author=record.author,
        at=record.at,
    )


def _remark_edit(room: Room, record: Record) -> None:
    remark = room.remarks.get(UUID(record.payload["of"]))
    if remark is None:
        room.look(record, "unknown_remark")
        return
    room.settle(record, record.payload["of"], record.payload["text"])
    remark.text = record.payload["text"]


def _remark_withdraw(room: Room, record: Record) -> None:
    if room.remarks.pop(UUID(record.payload["of"]), None) is None:
        room.look(record, "unknown_remark")


def _differ(room: Room, record: Record) -> None:
    payload = record.payload
    item, person = UUID(payload["item"]), UUID(payload["member"])
    room.differing[record.id] = Differing(record.id, item, person, payload["text"], order=record.counter)


def _differing(room: Room, record: Record) -> Differing | None:
    """The differing opinion that an entry is about; one that was undone elsewhere is marked."""
    found = room.differing.get(UUID(record.payload["of"]))
    if found is None:
        room.look(record, "unknown_differing")
    return found


def _differ_support(room: Room, record: Record) -> None:
    if (found := _differing(room, record)) is not None:
        room.settle(record, record.payload["of"], record.payload["number"])
        found.support = record.payload["number"]


def _differ_outcome(room: Room, record: Record) -> None:
    if (found := _differing(room, record)) is not None:
        room.settle(record, record.payload["of"], record.payload)
        found.outcome, found.why = record.payload["outcome"], record.payload.get("why") or ""
        found.vote, found.settled = None, record.counter


def _differ_reserve(room: Room, record: Record) -> None:
    if (found := _differing(room, record)) is not None:
        found.settled = found.settled if found.outcome else record.counter
        found.reserved = True


def _vote(room: Room, record: Record) -> None:
    payload = record.payload
    differing = _id(payload.get("of"))
    room.votes[record.id] = vote = VoteState(
        id=record.id,
        subject=payload["subject"],
        title=payload["title"],
        item=_id(payload.get("item")),
        included=payload["included"],
        excluded=payload["excluded"],
        exclusions=payload["exclusions"],
        fraction=payload["fraction"],
        in_favour=payload["in_favour"],
        against=payload["against"],
        abstained=payload["abstained"],
        order=record.counter,
        differing=differing,
    )
    if differing is not None and (put := _differing(room, record)) is not None:
        put.outcome, put.why = ("adopted" if vote.passed else "not_adopted"), ""
        put.vote, put.settled = vote.id, record.counter


def _note(room: Room, record: Record) -> None:
    room.settle(record, record.payload["about"], record.payload["text"])
    room.notes[record.payload["about"]] = record.payload["text"]


def _read(room: Room, record: Record) -> None:
    room.read_at = record.at


def _correct(room: Room, record: Record) -> None:
    payload = record.payload
    room.corrections[record.id] = Correction(
        record.id, payload["text"], _id(payload.get("remark")), _id(payload.get("member"))
    )


def _close(room: Room, record: Record) -> None:
    if room.closed_by is not None:
        room.look(record, "closed_twice")
        return
    if room.current is not None:
        _stop(room.items[room.current], record, "done")
        room.current = None
    room.closed_at, room.closed_by = _when(record, "ended"), record.author
    room.aborted = record.payload.get("why") or ""


def _undo(room: Room, record: Record) -> None:
    """Undoing is resolved before anything is folded; here only what could not be undone is marked."""
    if UUID(record.payload["of"]) not in room.undone:
        room.look(record, "nothing_undone")


_place = listed(text)
_roll_line = shaped(
    person=identifier,
    kind=one_of(*Membership.Kind.values),
    exempt=optional(flag),
    away=optional(flag),
    suspended=optional(flag),
)

KINDS = (
    Kind("open", {"chair": identifier, "roll": listed(_roll_line), "started": optional(moment)}, _open, final=True),
    Kind("clerk", {"member": identifier}, _clerk),
    Kind(
        "attend",
        {
            "members": listed(identifier),
            "state": one_of("present", "absent", ""),
            "late_minutes": optional(whole),
            "left_early": optional(flag),
            "reason": optional(one_of("", *Reason.values)),
            "reason_text": optional(text),
        },
        _attend,
        apply=project.attend,
    ),
    Kind("guest", {"name": words, "office": optional(text)}, _guest, apply=project.guest),
    Kind(
        "item",
        {"item": identifier, "state": one_of("open", "done", "put_off"), "why": optional(text)},
        _item,
        apply=project.nothing,
    ),
    Kind(
        "remark",
        {
            "item": identifier,
            "text": words,
            "member": optional(identifier),
            "guest": optional(text),
            "presenting": optional(flag),
            "is_answer": optional(flag),
            "opinion": optional(identifier),
        },
        _remark,
        apply=project.remark,
    ),
    Kind("remark-edit", {"of": identifier, "text": words}, _remark_edit, apply=project.remark_edit),
    Kind("remark-withdraw", {"of": identifier}, _remark_withdraw, apply=project.remark_withdraw),
    Kind("differ", {"item": identifier, "member": identifier, "text": words}, _differ, apply=project.nothing),
    Kind("differ-support", {"of": identifier, "number": whole}, _differ_support, apply=project.nothing),
    Kind(
        "differ-outcome",
        {"of": identifier, "outcome": one_of("adopted", "not_adopted", "withdrawn"), "why": optional(text)},
        _differ_outcome,
        apply=project.nothing,
    ),
    Kind("differ-reserve", {"of": identifier}, _differ_reserve, apply=project.nothing),
    Kind(
        "vote",
        {
            "of": optional(identifier),
            "subject": one_of(*Vote.Subject.values),
            "title": words,
            "item": optional(identifier),
            "included": listed(_place),
            "excluded": listed(_place),
            "exclusions": listed(text),
            "fraction": one_of("half", "two_thirds"),
            "in_favour": whole,
            "against": whole,
            "abstained": whole,
        },
        _vote,
    ),
    Kind("note", {"about": one_of("fees"), "text": text}, _note, apply=project.nothing),
    Kind("read", {}, _read),
    Kind(
        "correct",
        {"text": words, "remark": optional(identifier), "member": optional(identifier)},
        _correct,
        apply=project.nothing,
    ),
    Kind("close", {"ended": optional(moment)}, _close, final=True),
    Kind("abort", {"why": words, "ended": optional(moment)}, _close, final=True),
    Kind("undo", {"of": identifier}, _undo),
)
