"""Changing the programme of a meeting: its items, questions and papers. All for the cell's committee."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import now
from chibo.look import gate
from chibo.meetings.agendas import ItemTemplate
from chibo.meetings.models import AgendaItem, Meeting, Paper, Part, Question, RoomDevice
from chibo.meetings.prepare.commands import locked, touch
from chibo.meetings.prepare.papers import CleanPaper


class Stale(Exception):
    """Someone else saved since; `current` holds what they wrote, and nothing of it was replaced."""

    def __init__(self, current: AgendaItem) -> None:
        super().__init__(str(current.pk))
        self.current = current


@dataclass(frozen=True)
class ItemText:
    """What a person may write of an item."""

    title: str
    work: str
    minutes: int | None
    presenter_id: UUID | None
    presenter_text: str
    questions: tuple[str, ...]
    text: str
    serves: str
    serves_resolution_id: UUID | None
    closed_paper: str


def text_of(item: AgendaItem) -> ItemText:
    """What an item holds now."""
    return ItemText(
        item.title,
        item.work,
        item.minutes,
        item.presenter_id,
        item.presenter_text,
        tuple(item.questions.values_list("text", flat=True)),
        item.text,
        item.serves,
        item.serves_resolution_id,
        item.closed_paper,
    )


@transaction.atomic
def add_item(
    *, meeting: Meeting, part: Part, template: ItemTemplate | None = None, kind: str = "", by: Standing
) -> AgendaItem:
    """Add an item before the conclusion of its part, from a template or with its kind's name for a title.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(meeting, by)
    items = list(AgendaItem.objects.filter(part=part).order_by("position", "id"))
    ends = (AgendaItem.Kind.CONCLUSION, AgendaItem.Kind.CLOSING)
    place = next((index for index, item in enumerate(items) if item.kind in ends), len(items))
    kind = template.kind if template else kind or AgendaItem.Kind.DISCUSSION
    new = AgendaItem(
        **meeting.keys,
        part=part,
        position=0,
        title=template.title_for(meeting.period) if template else AgendaItem.Kind(kind).label,
        kind=kind,
        work=template.work if template else AgendaItem.Work.PARTY,
        minutes=template.minutes if template else None,
        template_key=template.key if template else "",
    )
    new.save(force_insert=True)
    _renumber([*items[:place], new, *items[place:]])
    touch(meeting)
    events.record("agenda.added", chain=meeting.cell_id, by=by.person_id, obj=new)
    return new


@transaction.atomic
def add_closed_item(*, item: AgendaItem, by: Standing) -> AgendaItem:
    """Add the placeholder of a closed matter to the part of an item: a title and the paper book, no text.

    Raises:
        Http404, TooLate: see `locked`.
    """
    new = add_item(meeting=item.meeting, part=item.part, template=None, by=by)
    new.title, new.closed_paper = gate.TITLE, gate.PAGE
    new.save(update_fields=["title", "closed_paper"])
    return new


@transaction.atomic
def save_item(*, item: AgendaItem, version: int, text: ItemText, final: bool, by: Standing) -> AgendaItem:
    """Save an item over the version that the person saw. final: by its button, not by autosave.

    Raises:
        Http404, TooLate: see `locked`.
        Stale: another version was saved since, with other content; nothing is replaced.
    """
    meeting = locked(item.meeting, by)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("part").get(pk=item.pk)
    before = text_of(item)
    if before == text:
        return item
    if version != item.version:
        raise Stale(item)
    item.title, item.work, item.minutes = text.title, text.work, text.minutes
    item.presenter_id, item.presenter_text = text.presenter_id, text.presenter_text
    item.text, item.closed_paper = text.text, text.closed_paper
    item.serves, item.serves_resolution_id = text.serves, text.serves_resolution_id
    item.version += 1
    item.save()
    if before.questions != text.questions:
        _save_questions(meeting, item, text.questions)
    touch(meeting)
    if final:
        events.record("agenda.changed", chain=meeting.cell_id, by=by.person_id, obj=item, version=item.version)
    return item


def _save_questions(meeting: Meeting, item: AgendaItem, texts: tuple[str, ...]) -> None:
    """Bring the questions to these texts, each in its place."""
    rows = list(item.questions.order_by("position", "id"))
    for row, (position, text) in zip(rows, enumerate(texts, 1), strict=False):
        Question.objects.filter(pk=row.pk).update(text=text, position=position)
    Question.objects.filter(pk__in=[row.pk for row in rows[len(texts) :]]).delete()
    Question.objects.bulk_create(
        Question(**meeting.keys, item=item, position=position, text=text)
        for position, text in enumerate(texts[len(rows) :], len(rows) + 1)
    )


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: Standing) -> None:
    """Move an item one place up or down within its part.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(item.meeting, by)
    items = list(AgendaItem.objects.filter(part=item.part_id).order_by("position", "id"))
    place = next((index for index, one in enumerate(items) if one.pk == item.pk), None)
    if place is None or not 0 <= (other := place - 1 if up else place + 1) < len(items):
        return
    items[place], items[other] = items[other], items[place]
    _renumber(items)
    touch(meeting)


def _renumber(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, 1):
        if item.position != position:
            AgendaItem.objects.filter(pk=item.pk).update(position=position)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Standing) -> None:
    """Take an item off the programme; it can come back until the next removal or the notice.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(item.meeting, by)
    forget_removed(meeting)
    AgendaItem.objects.filter(pk=item.pk).update(removed_at=now())
    touch(meeting)
    events.record("agenda.removed", chain=meeting.cell_id, by=by.person_id, obj=item)


@transaction.atomic
def restore_item(*, item: AgendaItem, by: Standing) -> None:
    """Put a removed item back where it was, unless it was erased since.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(item.meeting, by)
    require(AgendaItem.with_removed.filter(pk=item.pk).exclude(title="").update(removed_at=None) > 0)
    touch(meeting)
    events.record("agenda.restored", chain=meeting.cell_id, by=by.person_id, obj=item)


def forget_removed(meeting: Meeting) -> None:
    """Erase what was removed. The empty row stays: a member's private draft may hang on it, unseen by anyone else; and
    its title, where a device has brought the programme along: it may hold the meeting by it, and the minutes name it.
    """
    removed = AgendaItem.with_removed.filter(meeting=meeting, removed_at__isnull=False).exclude(title="")
    Question.objects.filter(meeting=meeting, item__in=removed).delete()
    Paper.with_removed.filter(meeting=meeting, item__in=removed).delete()
    carried = RoomDevice.objects.filter(meeting=meeting).exists()
    named = {} if carried else {"title": "", "closed_paper": ""}
    removed.update(**named, text="", serves="", presenter=None, presenter_text="")
    Paper.with_removed.filter(meeting=meeting, removed_at__isnull=False).delete()


# ---------- Papers ----------
@transaction.atomic
def add_paper(*, item: AgendaItem, paper: CleanPaper, by: Standing) -> Paper:
    """Keep a paper under an item; the same file twice is kept once.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(item.meeting, by)
    same: Paper | None = Paper.objects.filter(item=item, sha256=paper.sha256).first()
    if same is not None:
        return same
    one: Paper = Paper.objects.create(
        **meeting.keys,
        item=item,
        name=paper.name,
        media_type=paper.media_type,
        size=len(paper.content),
        sha256=paper.sha256,
        content=paper.content,
        added_by=by.person_id,
    )
    touch(meeting)
    events.record("paper.added", chain=meeting.cell_id, by=by.person_id, obj=one, size=one.size)
    return one


@transaction.atomic
def remove_paper(*, paper: Paper, by: Standing) -> None:
    """Take a paper away; it can come back until the next removal or the notice."""
    meeting = locked(paper.meeting, by)
    forget_removed(meeting)
    Paper.objects.filter(pk=paper.pk).update(removed_at=now())
    touch(meeting)
    events.record("paper.removed", chain=meeting.cell_id, by=by.person_id, obj=paper)


@transaction.atomic
def restore_paper(*, paper: Paper, by: Standing) -> None:
    """Put a removed paper back."""
    meeting = locked(paper.meeting, by)
    Paper.with_removed.filter(pk=paper.pk).update(removed_at=None)
    touch(meeting)
    events.record("paper.restored", chain=meeting.cell_id, by=by.person_id, obj=paper)
