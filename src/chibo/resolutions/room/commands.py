"""What the room decides about tasks and its resolution; each is one entry of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chibo.meetings.models import Entry
from chibo.meetings.room.commands import Pen
from chibo.resolutions.models import Task


@dataclass(frozen=True)
class Draft:
    """A task as it is written in the room."""

    what: str
    lead: UUID
    due: date
    how_checked: str
    helpers: Sequence[UUID] = ()
    helpers_text: str = ""
    milestones: Sequence[tuple[str, date]] = field(default=())

    @property
    def payload(self) -> dict[str, Any]:
        """As its entry holds it."""
        return {
            "what": self.what,
            "lead": self.lead,
            "due": self.due.isoformat(),
            "how_checked": self.how_checked or None,
            "helpers": list(self.helpers) or None,
            "helpers_text": self.helpers_text or None,
            "milestones": [{"what": what, "due": due.isoformat()} for what, due in self.milestones] or None,
        }


def review(*, pen: Pen, task: Task, result: str, cause: str = "", new_due: date | None = None) -> Entry:
    """The meeting's answer to an old task (M9); the deadline that was reviewed is kept with it."""
    return pen.write(
        "review",
        task=task.pk,
        result=result,
        cause=cause or None,
        new_due=new_due.isoformat() if new_due else None,
        due_then=task.due.isoformat(),
    )


def give(*, pen: Pen, draft: Draft, id: UUID | None = None) -> Entry:
    """Draft a task; it is given when the meeting closes."""
    return pen.write("task", id=id, **draft.payload)


def rewrite(*, pen: Pen, task: UUID, draft: Draft) -> Entry:
    """Write a drafted task anew."""
    return pen.write("task-edit", of=task, **draft.payload)


def withdraw(*, pen: Pen, task: UUID) -> Entry:
    """Take a drafted task off the list."""
    return pen.write("task-withdraw", of=task)


def conclude(*, pen: Pen, kind: str | None = None, parts: Mapping[str, str] | None = None) -> Entry:
    """Write parts of the conclusion or resolution; only what changed, so that two people write different parts."""
    return pen.write("conclude", kind=kind, parts=dict(parts) if parts else None)
