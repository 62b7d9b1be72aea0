"""Writing the draft of a resolution, part by part and task by task, and sending it along with the notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chibo.access.standing import Standing, found, require
from chibo.audit import events
from chibo.documents import docx
from chibo.documents.layout import layout_on
from chibo.lib.dates import now, today
from chibo.meetings.documents import NoSuchPaper
from chibo.meetings.models import AgendaItem, Meeting, Paper
from chibo.meetings.prepare.commands import locked, touch
from chibo.resolutions.drafting.papers import DRAFTED, build_draft, has_drafts
from chibo.resolutions.models import DraftedResolution, DraftedTask

FILE_NAME = "Dự thảo nghị quyết.docx"


class Stale(Exception):
    """Somebody else saved the parts since; `current` holds what they wrote, and nothing of it was replaced."""

    def __init__(self, current: DraftedResolution) -> None:
        super().__init__(str(current.pk))
        self.current = current


class NothingToSend(Exception):
    """There is no draft yet, or no item of the programme under which it could lie."""


@dataclass(frozen=True)
class TaskText:
    """What may be written of a task before the meeting."""

    what: str
    lead_id: UUID | None = None
    helpers_text: str = ""
    due: date | None = None
    how_checked: str = ""


def _draft(meeting: Meeting, by: Standing) -> tuple[Meeting, DraftedResolution]:
    """The meeting under a lock with its draft, for its committee, as long as it is still to be held.

    Raises:
        Http404: not of the committee, or no meeting that decides on a resolution.
        TooLate: it has begun, is over or was cancelled: the room has the draft.
    """
    meeting = locked(meeting, by)
    require(has_drafts(meeting))
    defaults = {"cell_id": meeting.cell_id, "body": meeting.body}
    return meeting, DraftedResolution.objects.get_or_create(meeting=meeting, defaults=defaults)[0]


@transaction.atomic
def save_parts(*, meeting: Meeting, version: int, parts: Mapping[str, str], by: Standing) -> None:
    """Keep the written parts, over the version that the person saw.

    Raises:
        Http404, TooLate: see `_draft`.
        Stale: other parts were saved since; nothing is replaced.
    """
    meeting, one = _draft(meeting, by)
    before = {name: getattr(one, name) for name in DRAFTED}
    if before == dict(parts):
        return
    if version != one.version and any(before.values()):
        raise Stale(one)
    for name in DRAFTED:
        setattr(one, name, parts[name])
    one.version += 1
    one.save()
    _changed(meeting, one, by)


@transaction.atomic
def save_task(*, meeting: Meeting, text: TaskText, task: UUID | None = None, by: Standing) -> DraftedTask:
    """Add a task to the draft, or write one anew.

    Raises:
        Http404, TooLate: see `_draft`; Http404 also where the task was taken off.
    """
    meeting, draft = _draft(meeting, by)
    if task is None:
        last = DraftedTask.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
        one = DraftedTask(**meeting.keys, position=last + 1)
    else:
        one = _task(meeting, task)
    one.what, one.lead_id, one.helpers_text = text.what, text.lead_id, text.helpers_text
    one.due, one.how_checked = text.due, text.how_checked
    one.save()
    _changed(meeting, draft, by)
    return one


@transaction.atomic
def remove_task(*, meeting: Meeting, task: UUID, by: Standing) -> None:
    """Take a task off the draft; it can come back until the next one is taken off.

    Raises:
        Http404, TooLate: see `_draft`.
    """
    meeting, draft = _draft(meeting, by)
    one = _task(meeting, task)
    DraftedTask.objects.filter(meeting=meeting, removed_at__isnull=False).delete()
    one.removed_at = now()
    one.save(update_fields=["removed_at"])
    _changed(meeting, draft, by)


@transaction.atomic
def restore_task(*, meeting: Meeting, task: UUID, by: Standing) -> None:
    """Put a task back that was taken off.

    Raises:
        Http404, TooLate: see `_draft`.
    """
    meeting, draft = _draft(meeting, by)
    require(DraftedTask.objects.filter(meeting=meeting, pk=task).update(removed_at=None) > 0)
    _changed(meeting, draft, by)


def _task(meeting: Meeting, task: UUID) -> DraftedTask:
    return found(DraftedTask.objects.standing_in(meeting).filter(pk=task).first())


def _changed(meeting: Meeting, draft: DraftedResolution, by: Standing) -> None:
    """The paper that goes out says what the draft says; devices bring the new one along."""
    if draft.paper_id is not None:
        try:
            new = _file(meeting)
        except NoSuchPaper:
            new = {"removed_at": now()}
        Paper.objects.filter(meeting=meeting, pk=draft.paper_id).update(**new)
    touch(meeting)
    events.record("draft.changed", chain=meeting.cell_id, by=by.person_id, obj=meeting)


# ---------- With the notice ----------
def paper_of(draft: DraftedResolution | None) -> Paper | None:
    """The paper as which the draft goes out with the notice; None while it does not."""
    if draft is None or draft.paper_id is None:
        return None
    one: Paper | None = Paper.objects.without_content().filter(meeting=draft.meeting_id, pk=draft.paper_id).first()
    return one


@transaction.atomic
def send_along(*, meeting: Meeting, by: Standing) -> None:
    """Put the draft among the papers of the programme, where it stays what the draft is.

    Raises:
        Http404, TooLate: see `_draft`.
        NothingToSend: nothing is drafted, or the programme is empty.
    """
    meeting, draft = _draft(meeting, by)
    if paper_of(draft) is not None:
        return
    place = _place(meeting)
    if place is None:
        raise NothingToSend
    try:
        file = _file(meeting)
    except NoSuchPaper as reason:
        raise NothingToSend from reason
    keys = {**meeting.keys, "item": place, "added_by": by.person_id}
    paper: Paper = Paper.objects.create(**keys, name=FILE_NAME, media_type=docx.MEDIA_TYPE, **file)
    draft.paper_id = paper.pk
    draft.save(update_fields=["paper_id"])
    touch(meeting)
    events.record("paper.added", chain=meeting.cell_id, by=by.person_id, obj=paper, size=paper.size)


@transaction.atomic
def keep_back(*, meeting: Meeting, by: Standing) -> None:
    """Take the draft from among the papers of the programme.

    Raises:
        Http404, TooLate: see `_draft`.
    """
    meeting, draft = _draft(meeting, by)
    paper = paper_of(draft)
    if paper is None:
        return
    Paper.objects.filter(pk=paper.pk).delete()
    draft.paper_id = None
    draft.save(update_fields=["paper_id"])
    touch(meeting)
    events.record("paper.removed", chain=meeting.cell_id, by=by.person_id, obj=paper)


def _place(meeting: Meeting) -> AgendaItem | None:
    """The item under which it lies: where the meeting decides, else the last."""
    kinds = (AgendaItem.Kind.CONCLUSION, AgendaItem.Kind.NEW_TASKS)
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("part__position", "position"))
    return next((item for kind in kinds for item in items if item.kind == kind), items[-1] if items else None)


def _file(meeting: Meeting) -> dict[str, Any]:
    """The draft as a file; raises NoSuchPaper while nothing is drafted."""
    content = docx.render_docx(build_draft(meeting, None), made_at=now(), layout=layout_on(today()))
    return {"content": content, "size": len(content), "sha256": sha256(content).hexdigest()}
