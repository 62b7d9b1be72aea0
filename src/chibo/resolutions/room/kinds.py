"""The entries of a meeting about tasks and resolutions, and what each does to the state of the room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chibo.meetings.room.doubles import Text
from chibo.meetings.room.fold import Record, Room
from chibo.meetings.room.kinds import Kind, day, identifier, listed, one_of, optional, shaped, text, words
from chibo.resolutions.models import Resolution, Review

# What writes the draft that is voted on.
DRAFT = ("task", "task-edit", "task-withdraw", "conclude")
# The parts that people write; I.3 follows from the reviews, the tasks of II from the list (domain.md 3.4).
PARTS = ("ideology", "political_tasks", "praise", "shortcomings", "direction", "implementation", "conclusion")
# The part that says how last month went: written once, at the old tasks, and read in minutes and paper alike.
ASSESSMENT = "political_tasks"


@dataclass
class Reviewed:
    """The meeting's answer to an old task."""

    task: UUID
    result: str
    cause: str
    new_due: date | None
    due_then: date
    order: int
    entry: UUID


@dataclass
class Given:
    """A task as drafted in the room."""

    id: UUID
    what: str
    lead: UUID
    helpers: list[UUID]
    helpers_text: str
    due: date
    how_checked: str
    milestones: list[tuple[str, date]]
    order: int


@dataclass
class Decisions:
    """What the meeting has decided so far; not_voted: the parts and tasks that differ from what was voted on;
    taken: the remarks that were taken into it by one tap."""

    reviews: dict[UUID, Reviewed] = field(default_factory=dict)
    tasks: dict[UUID, Given] = field(default_factory=dict)
    kind: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    version: int = 0
    not_voted: list[str] = field(default_factory=list)
    taken: list[UUID] = field(default_factory=list)


def decisions(room: Room) -> Decisions:
    """The decisions in a room."""
    return room.part(Decisions)


def results(room: Room) -> list[str]:
    """The answers to old tasks so far, for the score of the meeting."""
    return [str(one.result) for one in decisions(room).reviews.values()]


def _review(room: Room, record: Record) -> None:
    room.settle(record, record.payload["task"], record.payload)
    payload, task = record.payload, UUID(record.payload["task"])
    reviews = decisions(room).reviews
    reviews.pop(task, None)  # answered anew, it stands where the last answer does
    reviews[task] = Reviewed(
        task=task,
        result=payload["result"],
        cause=payload.get("cause") or "",
        new_due=date.fromisoformat(payload["new_due"]) if payload.get("new_due") else None,
        due_then=date.fromisoformat(payload["due_then"]),
        order=record.counter,
        entry=record.id,
    )


def _given(record: Record, id_: UUID, order: int) -> Given:
    payload = record.payload
    return Given(
        id=id_,
        what=payload["what"],
        lead=UUID(payload["lead"]),
        helpers=[UUID(one) for one in payload.get("helpers") or []],
        helpers_text=payload.get("helpers_text") or "",
        due=date.fromisoformat(payload["due"]),
        how_checked=payload.get("how_checked") or "",
        milestones=[(one["what"], date.fromisoformat(one["due"])) for one in payload.get("milestones") or []],
        order=order,
    )


def _task(room: Room, record: Record) -> None:
    found = decisions(room)
    found.tasks[record.id] = _given(record, record.id, record.counter)


def _task_texts(room: Room) -> Iterable[Text]:
    return (Text(one.id, "", one.what) for one in decisions(room).tasks.values())


def _task_edit(room: Room, record: Record) -> None:
    found, task = decisions(room), UUID(record.payload["of"])
    if task not in found.tasks:
        room.look(record, "unknown_task")
        return
    room.settle(record, record.payload["of"], record.payload)
    found.tasks[task] = _given(record, task, found.tasks[task].order)


def _task_withdraw(room: Room, record: Record) -> None:
    found = decisions(room)
    if found.tasks.pop(UUID(record.payload["of"]), None) is None:
        room.look(record, "unknown_task")


def _conclude(room: Room, record: Record) -> None:
    found = decisions(room)
    for name, value in (record.payload.get("parts") or {}).items():
        room.settle(record, name, value)
        found.texts[name] = value
    if record.payload.get("parts"):  # of an entry whose parts were all taken back nothing is taken in
        found.taken = list(dict.fromkeys([*found.taken, *map(UUID, record.payload.get("taken") or [])]))
    found.kind = record.payload.get("kind") or found.kind
    found.version += 1


_TASK_SHAPE: dict[str, Any] = {
    "what": words,
    "lead": identifier,
    "helpers": optional(listed(identifier)),
    "helpers_text": optional(text),
    "due": day,
    "how_checked": optional(text),
    "milestones": optional(listed(shaped(what=words, due=day))),
}

KINDS = (
    Kind(
        "review",
        {
            "task": identifier,
            "result": one_of(*Review.Result.values),
            "cause": optional(text),
            "new_due": optional(day),
            "due_then": day,
        },
        _review,
        spares_remarks=True,
    ),
    Kind("task", _TASK_SHAPE, _task, texts=_task_texts, spares_remarks=True),
    Kind("task-edit", {"of": identifier, **_TASK_SHAPE}, _task_edit, spares_remarks=True),
    Kind("task-withdraw", {"of": identifier}, _task_withdraw, spares_remarks=True),
    Kind(
        "conclude",
        {
            "kind": optional(one_of(*Resolution.Kind.values)),
            "parts": optional(shaped(**{name: optional(text) for name in PARTS})),
            "taken": optional(listed(identifier)),
        },
        _conclude,
        several="parts",
        spares_remarks=True,
    ),
)
