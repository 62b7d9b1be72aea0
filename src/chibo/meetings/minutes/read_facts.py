"""Reads what words the minutes: the one place where their draft asks the database."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from chibo.access.models import NAMES_OF_OFFICES, TermOfOffice
from chibo.lib.dates import now, period_name
from chibo.meetings import registries
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.minutes.facts import ItemFacts, MeetingFacts, TaskFacts
from chibo.meetings.minutes.opening import kinds_in_words
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.room.deciding import secrets_of
from chibo.meetings.room.fold import Room
from chibo.meetings.room.log import room_of
from chibo.members.models import Person


def draft_of(meeting: Meeting) -> Draft:
    """The draft of a meeting's minutes, as its log stands now."""
    room = room_of(meeting)
    return Draft(facts_of(meeting, room), room)


def facts_of(meeting: Meeting, room: Room | None = None) -> MeetingFacts:
    """What names the things of a log. room: what the log means; without it nobody is named, and no task."""
    rows, sources = _rows(meeting), registries.minutes_sources if room else []
    tasks = [found for source in sources for found in source.tasks(room).items()]
    return MeetingFacts(
        who=meeting.who,
        body=meeting.body,
        kinds=kinds_in_words(meeting),
        period=period_name(meeting.period),
        starts_at=meeting.starts_at,
        place=meeting.place,
        now=now(),
        reasons=tuple(meeting.reasons),
        held_on_paper=meeting.held_on_paper,
        clerk=meeting.clerk_id if meeting.is_before else meeting.planned_clerk,
        items=tuple(_item(one) for one in rows if one.removed_at is None),
        # The papers of what was taken off are not kept for long, and no device brings them along.
        removed=tuple(replace(_item(one), papers=()) for one in rows if one.removed_at is not None),
        names=_names(people_of(room, meeting.planned_clerk, meeting.clerk_id)) if room else {},
        offices=offices_of(meeting),
        tasks={id_: TaskFacts(what, lead) for id_, (what, lead) in tasks},
    )


def _rows(meeting: Meeting) -> list[AgendaItem]:
    """The programme in its order, with what was removed from it."""
    found = AgendaItem.with_removed.filter(meeting=meeting).select_related("presenter", "part")
    return list(found.prefetch_related("papers").order_by("part__position", "position", "id"))


def _item(row: AgendaItem) -> ItemFacts:
    presented = f"đồng chí {row.presenter.full_name}" if row.presenter else row.presenter_text
    papers = tuple(paper.name for paper in row.papers.all())
    return ItemFacts(row.pk, row.kind, row.title, presented, papers, row.closed_paper, str(row.part.get_kind_display()))


def people_of(room: Room, *others: UUID | None) -> set[UUID]:
    """Everybody whom minutes may name."""
    found: set[UUID | None] = {*room.roll, room.chair, room.clerk, room.opened_by if room.on_paper else None, *others}
    found |= {one.person for said in (room.remarks, room.agreed, room.differing) for one in said.values()}
    found |= {teller for one in secrets_of(room).values() for teller in one.tellers}
    for source in registries.minutes_sources:
        found |= source.people(room)
    return {one for one in found if one is not None}


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    """Names in Vietnamese order."""
    found = Person.objects.filter(pk__in=people).order_by("sort_key", "id")
    return dict(found.values_list("pk", "full_name"))


def offices_of(meeting: Meeting) -> dict[UUID, str]:
    """Who held which office in the cell on the day, in words."""
    offices = TermOfOffice.objects.committee_of(meeting.cell_id).on(meeting.day).order_by("-pk")
    return {who: NAMES_OF_OFFICES[office] for who, office in offices.values_list("person_id", "office")}
