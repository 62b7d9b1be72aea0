"""Writing the draft of a resolution, task by task, and sending it along with the notice."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.documents import docx
from chibo.documents.layout import layout_on
from chibo.lib.dates import now, today
from chibo.meetings.models import AgendaItem, Meeting, Paper
from chibo.meetings.prepare.commands import TooLate
from chibo.resolutions.drafting.papers import FILE_NAME, build_draft
from chibo.resolutions.models import DraftedResolution, DraftedTask


class Stale(Exception):
    """Somebody else saved the text since; `current` holds what they wrote, and nothing of it was replaced."""

    def __init__(self, current: DraftedResolution) -> None:
        super().__init__(str(current.pk))
        self.current = current


@dataclass(frozen=True)
class TaskText:
    """What may be written of a task before the meeting; who leads it and by when may be left open."""

    what: str
    lead_id: UUID | None = None
    helpers_text: str = ""
    due: date | None = None
    how_checked: str = ""


def locked(meeting: Meeting, by: Standing) -> Meeting:
    """The meeting under a lock, for whoever prepares or minutes it, as long as it is still to be held.

    Raises:
        Http404: it is not theirs.
        TooLate: it has begun, is over or was cancelled: the room has the draft.
    """
    require(by.keeps(meeting.pk, meeting.cell_id))
    one = Meeting.objects.select_for_update(of=("self",)).select_related("cell").get(pk=meeting.pk)
    if not one.is_before:
        raise TooLate
    return one


def _draft(meeting: Meeting, by: Standing) -> DraftedResolution:
    found, _ = DraftedResolution.objects.get_or_create(
        meeting=meeting, defaults={"cell_id": meeting.cell_id, "body": meeting.body, "written_by": by.person_id}
    )
    return found


@transaction.atomic
def save_text(*, meeting: Meeting, version: int, points: str, goes_with_notice: bool, by: Standing) -> None:
    """Keep the points, a line each, and whether the draft goes out with the notice.

    Raises:
        Http404, TooLate: see `locked`.
        Stale: another text was saved since; nothing is replaced.
    """
    meeting = locked(meeting, by)
    one = _draft(meeting, by)
    if (one.points, one.goes_with_notice) == (points, goes_with_notice):
        return
    if version != one.version and one.points not in ("", points):
        raise Stale(one)
    one.points, one.goes_with_notice = points, goes_with_notice
    one.version += 1
    _sign(one, by)


@transaction.atomic
def save_task(*, meeting: Meeting, text: TaskText, task: UUID | None = None, by: Standing) -> DraftedTask:
    """Add a task to the draft, or write one anew.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(meeting, by)
    draft, tasks = _draft(meeting, by), DraftedTask.objects.filter(meeting=meeting)
    if task is None:
        last = tasks.aggregate(last=Max("position"))["last"] or 0
        one = DraftedTask(**meeting.keys, position=last + 1)
    else:
        found = tasks.filter(pk=task).first()
        require(found is not None)
        one = found or DraftedTask()
    one.what, one.lead_id, one.helpers_text = text.what, text.lead_id, text.helpers_text
    one.due, one.how_checked = text.due, text.how_checked
    one.save()
    _sign(draft, by)
    return one


@transaction.atomic
def remove_task(*, meeting: Meeting, task: UUID, by: Standing) -> TaskText:
    """Take a task off the draft; what it said comes back, to be put there again.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(meeting, by)
    one = DraftedTask.objects.filter(meeting=meeting, pk=task).first()
    require(one is not None)
    said = TaskText(one.what, one.lead_id, one.helpers_text, one.due, one.how_checked) if one else TaskText("")
    DraftedTask.objects.filter(pk=task).delete()
    _sign(_draft(meeting, by), by)
    return said


def _sign(one: DraftedResolution, by: Standing) -> None:
    """Who wrote last, and when."""
    one.written_by, one.written_at = by.person_id, now()
    one.save()
    events.record("draft.changed", chain=one.cell_id, by=by.person_id, obj=one.meeting)


def send_along(meeting: Meeting, by: Standing) -> None:
    """Put the draft among the papers of the meeting as its notice goes out, where the cell wants it; a new one replaces
    the one that went before.
    """
    one = DraftedResolution.objects.filter(meeting=meeting).first()
    if one is None:
        return
    Paper.with_removed.filter(meeting=meeting, pk=one.paper_id).delete()
    wanted = one.goes_with_notice and (one.points or DraftedTask.objects.filter(meeting=meeting).exists())
    one.paper_id = _as_paper(meeting, by).pk if wanted else None
    one.save(update_fields=["paper_id"])


def _as_paper(meeting: Meeting, by: Standing) -> Paper:
    content = docx.render_docx(build_draft(meeting, None), made_at=now(), layout=layout_on(today()))
    kinds = (AgendaItem.Kind.CONCLUSION, AgendaItem.Kind.NEW_TASKS)
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("part__position", "position"))
    place = next((item for kind in kinds for item in items if item.kind == kind), items[-1] if items else None)
    paper: Paper = Paper.objects.create(
        **meeting.keys,
        item=place,
        name=FILE_NAME,
        media_type=docx.MEDIA_TYPE,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        content=content,
        added_by=by.person_id,
    )
    return paper
