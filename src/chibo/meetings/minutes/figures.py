"""The counts that are signed with minutes, for reports to add up later: the log that they come from is erased then.

Who came, how many spoke of whom, how many minutes went to which work. Numbers alone, in a section of their own class:
its readers are the cell's keepers, since a number of few people tells of a person (mission.md, never hold 5). What is
not known is null.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from chibo.meetings.minutes.draft import Draft
from chibo.meetings.minutes.opening import roll_of
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.minutes.sections import Section, assemble
from chibo.meetings.models import AgendaItem, Attendance, Meeting, MinutesSection
from chibo.meetings.room.fold import Line
from chibo.meetings.room.paper_book import unsaid
from chibo.members.models import Person

KEY = "figures"
FORM = 1
# The last year of age of each band; people past the last are "older".
AGES = ((30, "to_30"), (45, "to_45"), (60, "to_60"))
Counts = dict[str, dict[str, int]]


def signed_sections(meeting: Meeting) -> list[Section]:
    """All that is signed: the minutes in their order, then their figures."""
    draft = draft_of(meeting)
    sections = assemble(draft)
    return [*sections, _section(meeting, draft, sections)]


def in_words(meeting: Meeting, draft: Draft) -> list[str]:
    """What of them chair and clerk see before they sign; groups of people are not shown (never hold 5)."""
    figures = _section(meeting, draft, assemble(draft)).figures or {}
    presence, work = figures["presence"], figures["minutes_by_work"] or {}
    there = "chưa rõ" if presence["present"] is None else presence["present"]
    said = [
        f"Có mặt: {there}/{presence['expected']} đảng viên được triệu tập.",
        f"Phát biểu: {figures['spoke']} đồng chí.",
    ]
    words = dict(AgendaItem.Work.choices) | {"not_marked": "Không ghi là công tác nào"}
    return [*said, *(f"{words[name]}: {spent} phút." for name, spent in work.items())]


def _section(meeting: Meeting, draft: Draft, sections: list[Section]) -> Section:
    lines = roll_of(draft)
    spoke = {one for section in sections for one in section.speakers}
    groups = _groups(meeting, lines)
    there = [line.person for line in lines if line.state == Attendance.State.PRESENT]
    figures = {
        "form": FORM,
        "presence": _presence(draft, lines),
        "present_by_group": _count(groups, there),
        "spoke": len(spoke),
        "spoke_by_group": _count(groups, [one for one in groups if one in spoke]),
        "minutes_by_work": _minutes_by_work(meeting, draft),
    }
    return Section(KEY, "Số liệu ký cùng biên bản", MinutesSection.DataClass.FIGURES, (), figures=figures)


def _presence(draft: Draft, lines: list[Line]) -> dict[str, Any]:
    """Of those who were called: who came, who did not and how it stands with the reason; null where nobody knows."""
    called = [line for line in lines if line.expected]
    states = Counter(line.state or "not_called" for line in called)
    absent = Counter(line.reason or "unknown" for line in called if line.state == Attendance.State.ABSENT)
    book = unsaid(draft.room)
    present: int | None = states[Attendance.State.PRESENT]
    if book.roll:
        present = book.present
    elif states["not_called"]:
        present = None
    return {
        "expected": len(called),
        "present": present,
        "not_called": states["not_called"],
        "absent": dict(sorted(absent.items())),
        "came_though_not_expected": sum(line.state == Attendance.State.PRESENT for line in lines if not line.expected),
    }


def _groups(meeting: Meeting, lines: list[Line]) -> dict[UUID, dict[str, str]]:
    """Of everyone on the roll: kind of membership, sex, age."""
    people = {one.pk: one for one in Person.objects.filter(pk__in=[line.person for line in lines])}
    return {
        line.person: {
            "kind": line.kind,
            "sex": (person.sex if (person := people.get(line.person)) else "") or "unknown",
            "age": _age(person.birth_year if person else None, meeting.day.year),
        }
        for line in lines
    }


def _age(born: int | None, year: int) -> str:
    if born is None:
        return "unknown"
    return next((band for last, band in AGES if year - born <= last), "older")


def _count(groups: dict[UUID, dict[str, str]], people: list[UUID]) -> Counts:
    found: Counts = {}
    for one in people:
        for by, group in groups[one].items():
            counts = found.setdefault(by, {})
            counts[group] = counts.get(group, 0) + 1
    return found


def _minutes_by_work(meeting: Meeting, draft: Draft) -> dict[str, int] | None:
    """Whole minutes of party work, of professional work, and of what is not marked; null for a meeting on paper."""
    if draft.facts.held_on_paper:
        return None
    work = dict(AgendaItem.objects.filter(meeting=meeting).values_list("pk", "work"))
    seconds: Counter[str] = Counter()
    for item in draft.items:
        seconds[work.get(item.id, "not_marked")] += draft.state(item).seconds
    return {name: spent // 60 for name, spent in sorted(seconds.items())}
