"""What a device brings along, so that the whole meeting can be held with no server in reach.

The type is written once, where it is read: static/meetings/device/pack.js. It holds what a keeper of the meeting sees
on the pages of the room and nothing else of anyone: no phones, no years of birth, no reasons in someone's own words.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import period_name
from chibo.meetings import registries
from chibo.meetings.device.answers import answer, for_devices
from chibo.meetings.device.guests import known_guests
from chibo.meetings.device.minuted import for_the_minutes
from chibo.meetings.device.registering import common_key
from chibo.meetings.models import Attendance, Invitee, Meeting, Opinion, Question, Reason, State
from chibo.meetings.room import log
from chibo.meetings.room.autopilot import as_plain, guide_of
from chibo.meetings.room.called import (
    changes_since_the_plan,
    committee_on_the_day,
    day_to_bring,
    keepers_at_opening,
    may_preside,
    roll_at_opening,
)
from chibo.meetings.room.entry_words import KIND_WORDS, NOT_KNOWN, ODD
from chibo.meetings.room.kept import WAYS
from chibo.meetings.room.screens import SCREENS, K, Screen, Step, meeting_of, screen_with
from chibo.meetings.scoring.evidence import SENTENCES
from chibo.meetings.scoring.facts import scoring_of
from chibo.members.models import Person
from chibo.members.roster import RosterLine


@dataclass(frozen=True)
class Called:
    """Those with whom the roll opens, and the committee of the day, read once."""

    lines: list[RosterLine]
    committee: list[UUID]
    presidents: list[UUID]


@gzip_page  # it repeats nothing of the question, and its length is blurred
@for_devices
@require_GET
def pack(request: Request, id: UUID) -> HttpResponse:
    """The pack of a meeting for one of its keepers: before it, while it is held, and until its minutes are signed."""
    meeting = meeting_of(request, id)
    require(meeting.is_before or meeting.state in (State.OPEN, State.CLOSED))
    return answer(pack_of(request, meeting))


def pack_of(request: Request, meeting: Meeting) -> dict[str, Any]:
    """All of it, as plain values."""
    called = _called(meeting)
    screen = screen_with(request, meeting, log.room_of(meeting), [])
    book = screen.book
    scoring = scoring_of(meeting, book) if meeting.is_before else {}  # the opening holds it from then on
    if scoring:
        screen.add_scoring(done=False)
    quorum = book.get("quorum_advice")
    found = {
        "meeting": _meeting(screen),
        "me": _me(request, meeting),
        "common": (common_key(meeting) or b"").hex(),
        "people": _people(meeting, called),
        "names": _names(meeting, called, screen.room.opened_by),
        "presidents": called.presidents,
        "changes": _changes(meeting, called),
        "keepers": keepers_at_opening(meeting, request.standing.person_id, called.presidents),
        "proposed": _proposed(request, meeting, called),
        "steps": _steps(screen),
        "guests": known_guests(meeting, request.standing),
        "opinions": _opinions(request, meeting),
        "rules": {
            "exclusions": list(book.words("vote_base_exclusions")),
            "base_source": book["vote_base_exclusions"].source_line,
            "quorum_source": quorum.source_line if quorum else "",
        },
        "reasons": Reason.choices,
        "ways": WAYS,
        "minuted": for_the_minutes(meeting, request.standing),
        "sentences": _sentences(),
        "scoring": scoring,
    }
    for part in registries.pack_parts:
        found |= part(meeting, request.standing, book)
    return found


def _called(meeting: Meeting) -> Called:
    day = day_to_bring(meeting)
    committee = committee_on_the_day(meeting, day)
    return Called(_lines(meeting, committee), committee, may_preside(meeting, committee, day))


def _lines(meeting: Meeting, committee: list[UUID]) -> list[RosterLine]:
    """The roll as it would open today; once it has opened, as it did."""
    if meeting.is_before:
        return roll_at_opening(meeting, committee, day_to_bring(meeting))
    rows = Attendance.objects.filter(meeting=meeting).select_related("person")
    return [
        RosterLine(
            *(one.person_id, one.person.full_name, one.person.sort_key, one.kind),
            *(one.exempt, one.away, one.suspended),
        )
        for one in rows.order_by("person__sort_key", "person_id")
    ]


def _changes(meeting: Meeting, called: Called) -> list[str]:
    """What whoever opens is told, as long as nobody has opened."""
    if not meeting.is_before:
        return []
    return changes_since_the_plan(meeting, day_to_bring(meeting), called.lines, called.committee)


def _meeting(screen: Screen) -> dict[str, Any]:
    meeting = screen.meeting
    return {
        "id": meeting.pk,
        "title": meeting.title,
        "group": meeting.group_words,
        "period_title": period_name(meeting.period),
        "body": meeting.body,
        "state": meeting.state,
        "starts_at": int(meeting.starts_at.timestamp() * 1000),
        "day": meeting.day,
        "place": meeting.place,
        "held_on_paper": meeting.held_on_paper,
        "cell_name": meeting.cell.name,
        "regular": screen.regular,
        "reasons": meeting.reasons,
    }


def _me(request: Request, meeting: Meeting) -> dict[str, Any]:
    who, person = request.standing, request.standing.person
    return {
        "person": who.me,
        "name": person.full_name if person else "",
        "may_open": who.leads(meeting.cell_id) or who.person_id == meeting.chair_id,
    }


def _people(meeting: Meeting, called: Called) -> list[dict[str, Any]]:
    said = Invitee.objects.filter(meeting=meeting, answer=Invitee.Answer.ABSENT)
    absent = {one.person_id: one.get_reason_display() or "chưa nêu lý do" for one in said}
    return [
        {
            "id": one.person_id,
            "name": one.full_name,
            "given": one.given_name,
            "kind": one.kind,
            "exempt": one.exempt,
            "away": one.away,
            "suspended": one.suspended,
            "announced": absent.get(one.person_id, ""),
        }
        for one in called.lines
    ]


def _names(meeting: Meeting, called: Called, opener: UUID | None) -> dict[str, str]:
    """Those who may preside or record and are not on the roll: an assigned chair from elsewhere, who enters a book."""
    on_roll = {one.person_id for one in called.lines}
    who = {one for one in (*called.presidents, meeting.clerk_id, meeting.chair_id, opener) if one} - on_roll
    if not who:
        return {}
    return {str(pk): name for pk, name in Person.objects.filter(pk__in=who).values_list("pk", "full_name")}


def _proposed(request: Request, meeting: Meeting, called: Called) -> dict[str, UUID | None]:
    """Who presides and records, as far as it was said when the meeting was prepared."""
    mine = request.standing.person_id
    return {"chair": meeting.chair_id or (mine if mine in called.presidents else None), "clerk": meeting.clerk_id}


def _steps(screen: Screen) -> list[dict[str, Any]]:
    questions: dict[UUID, list[str]] = {}
    for one in Question.objects.filter(meeting=screen.meeting):
        questions.setdefault(one.item_id, []).append(one.text)
    parts = {item.part.kind for item in screen.items}
    return [_step(screen, step, questions, combined=len(parts) > 1) for step in screen.steps]


def _step(screen: Screen, step: Step, questions: dict[UUID, list[str]], *, combined: bool) -> dict[str, Any]:
    item = step.item
    is_open = item is not None and not item.closed_paper  # of a closed item nothing but its title and page is kept
    return {
        "kind": step.kind,
        "key": step.url.removeprefix(screen.path).strip("/"),
        "title": step.title,
        "item": item.pk if item else None,
        # A second item of a special kind has no screen of its own; the minutes go by its kind all the same.
        **({"item_kind": item.kind} if item and step.kind == "item" and item.kind in SCREENS else {}),
        "minutes": step.minutes,
        "text": item.text if item and is_open else "",
        "presented_by": item.presented_by if item else "",
        "presenter": item.presenter_id if item else None,
        "questions": questions.get(item.pk, []) if item and is_open else [],
        "self_criticism": item is not None and item.kind == K.SELF_CRITICISM,
        "paper": item.closed_paper if item else "",
        "part": item.part.get_kind_display() if item and combined else "",
        "guide": as_plain(guide_of(screen, step, screen.book)),
    }


def _opinions(request: Request, meeting: Meeting) -> list[dict[str, Any]]:
    """Those handed in to be read out; what is still being prepared is its author's alone (M12)."""
    found = Opinion.objects.visible_to(request.standing).filter(
        meeting=meeting, item__closed_paper="", handed_in_at__isnull=False
    )
    return [
        {"id": one.pk, "item": one.item_id, "author": one.author_id, "name": one.author.full_name, "text": one.text}
        for one in found.select_related("author").order_by("handed_in_at", "id")
    ]


def _sentences() -> dict[str, str]:
    """What is said of entries that do not fit together."""
    return {
        "odd": NOT_KNOWN,
        **{f"odd.{why}": words for why, words in ODD.items()},
        **{f"kind.{kind}": words for kind, words in KIND_WORDS.items()},
        **{f"score.{key}": words for key, words in SENTENCES.items()},
    }
