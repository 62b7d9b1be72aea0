"""What the minutes say beside what is recorded: brought along, so that they can be read back with no network."""

from typing import Any

from chibo.access.models import NAMES_OF_OFFICES, TermOfOffice
from chibo.access.standing import Standing
from chibo.meetings.minutes.opening import kinds_in_words
from chibo.meetings.models import Meeting, Paper


def for_the_minutes(meeting: Meeting, standing: Standing) -> dict[str, Any]:
    """The kinds of the gathering in words, who holds which office in the cell, the papers of each item by name."""
    offices = TermOfOffice.objects.committee_of(meeting.cell_id).on(meeting.day).order_by("-pk")
    papers: dict[str, list[str]] = {}
    read = Paper.objects.visible_to(standing).filter(item__meeting=meeting, item__closed_paper="")
    for item, name in read.order_by("added_at", "id").values_list("item_id", "name"):
        papers.setdefault(str(item), []).append(name)
    return {
        "kinds": kinds_in_words(meeting),
        "offices": {str(who): NAMES_OF_OFFICES[office] for who, office in offices.values_list("person_id", "office")},
        "papers": papers,
    }
