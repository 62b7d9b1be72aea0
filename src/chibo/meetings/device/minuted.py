"""What words the minutes beside what is recorded: brought along, so that they can be read back with no network."""

from typing import Any

from chibo.access.standing import Standing
from chibo.meetings.minutes.facts import ItemFacts, MeetingFacts
from chibo.meetings.minutes.read_facts import facts_of
from chibo.meetings.models import Meeting, Paper
from chibo.meetings.room.log import room_of


def for_the_minutes(meeting: Meeting, standing: Standing) -> dict[str, Any]:
    """The facts that a pack does not hold elsewhere."""
    open_papers = Paper.objects.visible_to(standing).filter(item__meeting=meeting, item__closed_paper="")
    return plain(facts_of(meeting, room_of(meeting)), set(open_papers.values_list("item_id", flat=True)))


def plain(facts: MeetingFacts, papers_of: set[Any] | None = None) -> dict[str, Any]:
    """Facts as a pack has them. papers_of: of which items the papers may be read; all, where none is named."""

    def item(one: ItemFacts, *, removed: bool) -> dict[str, Any]:
        shown = papers_of is None or one.id in papers_of
        return {
            "id": str(one.id),
            "kind": one.kind,
            "title": one.title,
            "presented": one.presented,
            "papers": list(one.papers) if shown and not one.closed_paper else [],
            "closed_paper": one.closed_paper,
            "part": one.part,
            "removed": removed,
        }

    return {
        "kinds": facts.kinds,
        "who": facts.who,
        "clerk": None if facts.clerk is None else str(facts.clerk),
        "offices": {str(who): office for who, office in facts.offices.items()},
        "items": [
            *(item(one, removed=False) for one in facts.items),
            *(item(one, removed=True) for one in facts.removed),
        ],
    }
