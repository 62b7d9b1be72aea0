"""What is signed is what was assembled: whole meetings drawn at random go through the database and both signatures."""

import os
from random import Random
from typing import Any
from uuid import UUID

import pytest

from chibo.access.standing import standing_of
from chibo.meetings.minutes import commands
from chibo.meetings.minutes.figures import signed_sections
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.models import AgendaItem, Meeting, Part, State
from chibo.meetings.room import log
from chibo.orgs.models import Organisation
from chibo.resolutions.models import Task
from tests import make
from tests.meaning.evenings import PEOPLE, Evening, World, drawn_world
from tests.meaning.minuted import judge

pytestmark = [pytest.mark.django_db, pytest.mark.process]

PARTS = {str(label): kind for kind, label in Part.Kind.choices}


def _cell() -> tuple[Organisation, list[UUID]]:
    """A cell whose people stand in the order of their names, with a secretary and a deputy."""
    cell = make.cell(make.commune(make.province()))
    people = [make.member(f"Người {n}", cell) for n in range(PEOPLE)]
    for who, office in zip(people, ("secretary", "deputy"), strict=False):
        make.office(who, cell, office)
    return cell, [one.pk for one in people]


def _announced(cell: Organisation, world: World, before: Meeting) -> Meeting:
    """The meeting that a world is of, with its programme and what was removed from it, as rows."""
    facts = world.facts
    meeting = make.meeting(
        cell, body=facts.body, starts_at=facts.starts_at, state=State.ANNOUNCED, held_on_paper=facts.held_on_paper
    )
    meeting.parts.all().delete()
    parts: dict[str, Part] = {}
    for position, one in enumerate((*facts.items, *facts.removed, *world.lost), 1):
        if one.part not in parts:
            parts[one.part] = make.part(meeting, PARTS[one.part])
        gone = {} if one in facts.items else {"removed_at": facts.starts_at}
        title = "" if one in world.lost else one.title
        names = {"part": parts[one.part], "position": position, "presenter_text": one.presented, "title": title}
        rest: dict[str, Any] = {"kind": one.kind, "closed_paper": one.closed_paper, **names, **gone}
        AgendaItem.objects.create(**meeting.keys, id=one.id, **rest)
    for id_, task in facts.tasks.items():
        make.task(before, before.chair, task.what, id=id_)
    return meeting


@pytest.mark.parametrize("how_many", [60, pytest.param(600, marks=[pytest.mark.long, pytest.mark.longest])])
def test_what_is_signed_is_what_was_assembled_from_the_log(how_many: int) -> None:
    cell, people = _cell()
    start = int.from_bytes(os.urandom(4), "big")
    before = make.signed(cell, starts_at=make.at(make.JOINED))
    before.chair_id = people[0]
    for seed in range(start, start + how_many):
        chance = Random(seed)
        world = drawn_world(chance, people, f"meeting {seed}")
        world.tasks = [one for one in world.tasks if one in world.facts.tasks]
        meeting = _announced(cell, world, before)
        evening = Evening(chance, world, name=f"meeting {seed}").hold()
        evening.settle()
        log.append_together(meeting, evening.server.log)
        log.rebuild(meeting)
        _sign(meeting, evening, seed)


def _sign(meeting: Meeting, evening: Evening, seed: int) -> None:
    meeting.refresh_from_db()
    draft = draft_of(meeting)
    judge(evening.server.log, draft)
    if meeting.clerk_id is None:  # nobody was elected: the minutes cannot be signed, and say so
        with pytest.raises(commands.NotNow, match="thư ký"):
            commands.sign(meeting=meeting, by=standing_of(meeting.chair_id))
        return
    assembled = [(one.key, one.title, one.data_class, one.content()) for one in signed_sections(meeting)]
    commands.sign(meeting=meeting, by=standing_of(meeting.clerk_id))
    minutes = commands.sign(meeting=meeting, by=standing_of(meeting.chair_id))
    rows = minutes.sections.order_by("position")
    signed = [(one.key, one.title, one.data_class, one.content) for one in rows]
    assert signed == assembled, f"seed {seed}"
    done = {id_ for id_, one in draft.facts.tasks.items() if _is_done(draft, id_)}
    settled = Task.objects.filter(pk__in=draft.facts.tasks, settled_at__isnull=False)
    assert set(settled.values_list("pk", flat=True)) == done, f"seed {seed}"


def _is_done(draft: Any, task: UUID) -> bool:
    from chibo.resolutions.room.kinds import decisions

    review = decisions(draft.room).reviews.get(task)
    return review is not None and review.result == "done" and not draft.room.aborted
