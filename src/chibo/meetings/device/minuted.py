"""What words the minutes beside what is recorded: brought along, so that they can be read back with no network."""

from collections.abc import Set
from typing import Any

from chibo.access.standing import Standing
from chibo.meetings.minutes.facts import MeetingFacts
from chibo.meetings.minutes.read_facts import facts_of
from chibo.meetings.models import Meeting, Paper


def for_the_minutes(meeting: Meeting, standing: Standing) -> dict[str, Any]:
    """The facts that a pack does not hold elsewhere."""
    open_papers = Paper.objects.visible_to(standing).filter(item__meeting=meeting, item__closed_paper="")
    return plain(facts_of(meeting), set(open_papers.values_list("item_id", flat=True)))


def plain(facts: MeetingFacts, papers_of: Set[Any] | None = None) -> dict[str, Any]:
    """Facts as a pack has them; what its steps say of the items is not said again.

    papers_of: of which items the papers may be read; all, where none is named.
    """
    readable = [one for one in facts.items if not one.closed_paper and (papers_of is None or one.id in papers_of)]
    return {
        "kinds": facts.kinds,
        "who": facts.who,
        "clerk": None if facts.clerk is None else str(facts.clerk),
        "offices": {str(who): office for who, office in facts.offices.items()},
        "papers": {str(one.id): list(one.papers) for one in readable if one.papers},
        "presented": {str(one.id): one.presented for one in facts.items if one.presented},
        "removed": [
            {
                "id": str(one.id),
                "kind": one.kind,
                "title": one.title,
                "presented": one.presented,
                "closed_paper": one.closed_paper,
                "part": one.part,
            }
            for one in facts.removed
        ],
    }
