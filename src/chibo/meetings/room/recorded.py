"""The kinds of entries that the meeting itself knows, and what each does to the state of the room."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chibo.meetings.models import Reason
from chibo.meetings.room import project
from chibo.meetings.room.doubles import Text, both_stand
from chibo.meetings.room.fold import Correction, Guest, Item, Line, Record, Remark, Room
from chibo.meetings.room.hall import hall
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
from chibo.meetings.room.roll import is_called
from chibo.meetings.room.rubric import Facts, Rubric
from chibo.meetings.room.scored import facts, rubric
from chibo.members.models import Membership

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    """A moment as devices count it."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _typed(record: Record, key: str) -> datetime | None:
    """A time that was typed: of a meeting held on paper."""
    typed = record.payload.get(key)
    return datetime.fromisoformat(typed) if typed else None


def _when(record: Record, key: str) -> datetime | None:
    """A time that was typed, else the entry's own."""
    return _typed(record, key) or record.at


def _open(room: Room, record: Record) -> None:
    if room.opening is not None:
        room.look(record, "opened_twice", against=[(room.opening, "")])
        return
    room.opening = record
    if record.id in room.doubted:
        room.look(record, "opened_without_right")
    room.chair = UUID(record.payload["chair"])
    if keepers := record.payload.get("keepers"):
        room.keepers |= {room.chair, *(UUID(one) for one in keepers)}
    room.opened_at, room.opened_by = _when(record, "started"), record.author
    if record.payload.get("on_paper"):
        room.on_paper, room.entered_at, room.known_end = True, record.at, _typed(record, "ended")
    if frozen := record.payload.get("rubric"):
        room.rubric = Rubric.frozen(frozen)
    if known := record.payload.get("facts"):
        room.facts = Facts.frozen(known)
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
    room.elected.add(room.clerk)


def _attend(room: Room, record: Record) -> None:
    """Each person's line is a field of its own: "the others are present" is one entry about many."""
    payload = record.payload
    members = [one for one in payload["members"] if is_called(room, record, one)]
    hall(room).confirm(members, present=payload["state"] == "present")
    called = {key: value for key, value in payload.items() if key != "members"}
    for member in members:
        room.settle(record, member, called)
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
    if state == "open" and room.closing is not None:
        state = "done"  # turned to before its device heard of the closing: nothing stays open in a closed meeting
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


def _keep_as(room: Room, record: Record) -> None:
    """How an item is kept: the cell chooses for its self-criticism (M13); anything may go to the paper book."""
    payload = record.payload
    room.settle(record, payload["item"], payload)
    item = room.items.setdefault(UUID(payload["item"]), Item())
    item.how, item.page = payload["how"], payload.get("page") or ""


def _stop(item: Item, record: Record, state: str) -> None:
    """The clock of an item stops; a clock that ran backwards counts for nothing. Devices know milliseconds."""
    if item.state == "open" and item.opened_at and record.at:
        item.seconds += max(0, (milliseconds(record.at) - milliseconds(item.opened_at)) // 1000)
    item.opened_at, item.state = None, state


def _remark(room: Room, record: Record) -> None:
    payload = record.payload
    unsaid = bool(payload.get("unsaid"))
    if bool(payload.get("member")) + bool(payload.get("guest")) + unsaid != 1:
        room.look(record, "speaker")
    if unsaid:
        room.of_the_book.append(record)
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
        unsaid=unsaid,
        source=payload.get("source") or "",
    )
    if payload.get("ask"):
        hall(room).answer(UUID(payload["ask"]))


def _remark_edit(room: Room, record: Record) -> None:
    remark = room.remarks.get(UUID(record.payload["of"]))
    if remark is None:
        room.look(record, "unknown_remark")
        return
    room.settle(record, record.payload["of"], record.payload["text"])
    remark.text = record.payload["text"]
    asked = (one for one in room.asked if one.payload.get("remark") in (None, record.payload["of"]))
    remark.corrected = remark.corrected or any(record.saw(one) for one in asked)


def _remark_withdraw(room: Room, record: Record) -> None:
    if room.remarks.pop(UUID(record.payload["of"]), None) is None:
        room.look(record, "unknown_remark")


def _note(room: Room, record: Record) -> None:
    room.settle(record, record.payload["about"], record.payload["text"])
    room.notes[record.payload["about"]] = record.payload["text"]


def _remark_texts(room: Room) -> Iterable[Text]:
    for one in room.remarks.values():
        yield Text(one.id, f"{one.item} {one.person or one.guest}", one.text)


def _guest_texts(room: Room) -> Iterable[Text]:
    return (Text(one.id, "", one.name, exact=True) for one in room.guests.values())


def _correction_texts(room: Room) -> Iterable[Text]:
    return (Text(one.id, "", one.text) for one in room.corrections.values())


def _read(room: Room, record: Record) -> None:
    room.read_at = record.at
    room.read_late = room.closing is not None and record.saw(room.closing)


def _correct(room: Room, record: Record) -> None:
    payload = record.payload
    room.asked.append(record)
    room.corrections[record.id] = Correction(
        record.id, payload["text"], _id(payload.get("remark")), _id(payload.get("member"))
    )


def _close(room: Room, record: Record) -> None:
    if room.presided is not None and record.id not in room.presided:
        room.beside.append(record)
        return
    if room.closing is not None:
        room.look(record, "closed_twice", against=[(room.closing, "")])
        return
    if room.current is not None:
        _stop(room.items[room.current], record, "done")
        room.current = None
    room.closing, room.closed_at, room.closed_by = record, _when(record, "ended"), record.author
    room.known_end = _typed(record, "ended") or room.known_end
    room.aborted = record.payload.get("why") or ""


def _undo(room: Room, record: Record) -> None:
    """Undoing is resolved before anything is folded; here only what could not be undone is marked."""
    of, about = UUID(record.payload["of"]), record.payload.get("about") or ""
    if of not in room.undone and of not in room.aside and about not in room.undone_fields.get(of, ()):
        room.look(record, "nothing_undone")


# Where a remark came from, if not from the floor: an opinion that was handed in beforehand, the text that the presenter
# had prepared, the lines that somebody wrote on their own phone while waiting for the floor.
SOURCES = ("opinion", "prepared", "phone")

_roll_line = shaped(
    person=identifier,
    kind=one_of(*Membership.Kind.values),
    exempt=optional(flag),
    away=optional(flag),
    suspended=optional(flag),
)

KINDS = (
    Kind(
        "open",
        {
            "chair": identifier,
            "roll": listed(_roll_line),
            "started": optional(moment),
            "ended": optional(moment),
            "on_paper": optional(flag),
            "ended_by": optional(one_of("presiding")),
            "keepers": optional(listed(identifier)),
            "rubric": optional(rubric),
            "facts": optional(facts),
        },
        _open,
        final=True,
    ),
    Kind("clerk", {"member": identifier}, _clerk, spares_remarks=True),
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
        several="members",
    ),
    Kind("guest", {"name": words, "office": optional(text)}, _guest, apply=project.guest, texts=_guest_texts),
    Kind(
        "item",
        {"item": identifier, "state": one_of("open", "done", "put_off"), "why": optional(text)},
        _item,
        apply=project.nothing,
    ),
    Kind(
        "keep-as",
        {"item": identifier, "how": one_of("full", "conclusion", "paper"), "page": optional(text)},
        _keep_as,
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
            "ask": optional(identifier),
            "unsaid": optional(flag),
            "source": optional(one_of(*SOURCES)),
        },
        _remark,
        apply=project.remark,
        texts=_remark_texts,
    ),
    Kind("remark-edit", {"of": identifier, "text": words}, _remark_edit, apply=project.remark_edit),
    Kind("remark-withdraw", {"of": identifier}, _remark_withdraw, apply=project.remark_withdraw),
    Kind("note", {"about": one_of("fees", "book"), "text": text}, _note, apply=project.nothing),
    Kind("read", {}, _read, spares_remarks=True),
    Kind(
        "correct",
        {"text": words, "remark": optional(identifier), "member": optional(identifier)},
        _correct,
        apply=project.nothing,
        texts=_correction_texts,
    ),
    Kind("close", {"ended": optional(moment)}, _close, final=True),
    Kind("abort", {"why": words, "ended": optional(moment)}, _close, final=True),
    Kind("both-stand", {"one": identifier, "other": identifier}, both_stand, apply=project.nothing),
    Kind("undo", {"of": identifier, "about": optional(text)}, _undo),
)
