"""Whatever is decided about tree and people, in any order and for any day: lists, bases, figures and rights agree.

Each example plays random acts and then compares every list, every figure and every right, on every day on which
anything changes, with a second reckoning that knows neither rows nor ranges (`reckoning.py`).
"""

import os
from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chibo.access.models import TermOfOffice
from chibo.access.scope import scope
from chibo.access.visible import visible
from chibo.directory.views.figures import lines_of
from chibo.members.figures import figures
from chibo.members.models import Exemption, Membership, Suspension, TemporaryLeave
from chibo.members.roster import roster
from chibo.orgs.models import Organisation
from tests.directory.following.playing import World, day_of, number_of
from tests.directory.following.reckoning import LAST, Days

ACTS = {
    "enter": 4, "official": 2, "begin": 4, "end": 2, "transfer": 3, "stay": 4, "change_stay": 3, "depart": 2,
    "deputy": 1, "merge": 4, "split": 3, "move": 2, "undo_last": 1, "advance": 1,
}  # fmt: skip
# Some more often than others: what follows a merge is what goes wrong.
OFTEN = [*ACTS, *("merge", "split", "change_stay", "depart") * 3, "stay", "begin", "end", "advance", "advance"]
COUNTED = ("official", "probationary", "temporary", "exempt", "away", "expected")
NUMBERS = st.integers(0, 63)


def steps(most: int) -> st.SearchStrategy[list[tuple[str, list[int]]]]:
    one = st.sampled_from(OFTEN).flatmap(
        lambda name: st.tuples(st.just(name), st.lists(NUMBERS, min_size=ACTS[name], max_size=ACTS[name]))
    )
    return st.lists(one, min_size=most // 2, max_size=most)


class _Over(Exception):
    """Ends an example: nothing of it stays."""


def play(acts: list[tuple[str, list[int]]], seen: Counter[str]) -> None:
    try:
        with transaction.atomic():
            world = World()
            for name, numbers in acts:
                if name == "advance":
                    world.advance(*numbers)
                else:
                    world.play(name, *numbers)
            with world.moment():
                compare(world)
            raise _Over
    except _Over:
        seen.update(world.done)
    except AssertionError as error:
        raise AssertionError(f"{error}\n" + "\n".join(str(one) for one in world.acts)) from error


def compare(world: World) -> None:
    days = world.days
    on = sorted((days.boundaries() | written()) & set(range(LAST)) | {world.today})
    cells = list(Organisation.objects.cells())
    upward = {}
    with scope(world.standing(world.officer.pk, world.today)):
        for number in range(LAST):
            upward[number] = lines_of(day_of(number))
    for number in range(LAST):
        expected = {cell.pk for cell in cells if (cell.pk, number) in days.commune}
        assert set(upward[number]) == expected, f"cells that stood on day {number}"
        for cell in expected:
            line, counts = upward[number][cell], days.counts(cell, number)
            assert {name: getattr(line, name) for name in COUNTED} == {name: counts[name] for name in COUNTED}, (
                f"figures upward of {cell} on day {number}"
            )
    for number in on:
        for cell in cells:
            lists_agree(days, cell, number)
        rights_agree(world, days, number)
    database_agrees(world, days)


def written() -> set[int]:
    """The days on which a row of the database begins or ends, and the days before them."""
    found: set[date] = set()
    for model in (Membership, Exemption, TemporaryLeave, Suspension, TermOfOffice):
        for (validity,) in model.objects.values_list("validity"):  # type: ignore[attr-defined]
            found |= {validity.lower, validity.upper} - {None}
    return {number_of(day) + more for day in found for more in (-1, 0)}


def lists_agree(days: Days, cell: Organisation, number: int) -> None:
    day = day_of(number)
    there = {line.person_id: (line.kind, line.exempt, line.away, line.suspended) for line in roster(cell, day)}
    assert there == days.roster(cell.pk, number), f"list of {cell} on day {number}"
    reckoned, counts = figures(cell, day), days.counts(cell.pk, number)
    assert reckoned.base.size == counts["base"], f"base of a vote in {cell} on day {number}"
    assert reckoned.counts.party_number == counts["official"] + counts["probationary"]
    assert (reckoned.counts.expected, reckoned.counts.suspended) == (counts["expected"], counts["suspended"])


def rights_agree(world: World, days: Days, number: int) -> None:
    """Of each person, the cells that one belongs to and leads; records of cells before them go along."""
    for who in days.people:
        standing = world.standing(who, number)
        if days.sees_nothing(who, number):
            assert not (standing.member_cells or standing.committee_cells or standing.left_cells)
            continue
        belongs = days.belongs(who, number)
        leads = {cell for person, cell, day in days.office if (person, day) == (who, number)}
        for found, wanted, words in (
            (set(standing.member_cells), belongs, "belongs to"),
            (set(standing.committee_cells), leads, "leads"),
        ):
            before = {one for cell in wanted for one in days.came_after.get(cell, set())}
            assert wanted <= found <= wanted | before, f"{who} {words} on day {number}"
        lately = {cell for back in range(1, 31) for cell in days.belongs(who, number - back)}
        assert set(standing.left_cells) - set(standing.member_cells) == lately - set(standing.member_cells), (
            f"{who} has left on day {number}"
        )


def database_agrees(world: World, days: Days) -> None:
    """Today: what the code lets through and what the database lets through, of each person, is one and as reckoned."""
    for who in [*days.people, *(one.pk for one in world.officers)]:
        standing = world.standing(who, world.today)
        with scope(standing):
            seen = set(Membership.objects.values_list("pk", flat=True))
            assert seen == set(visible(Membership.objects.all(), standing).values_list("pk", flat=True))
            shown = set(Membership.objects.exclude(person=who).values_list("cell", flat=True))
        if who in days.people:
            allowed = set(standing.member_cells) | set(standing.committee_cells)
        else:
            at = [one.pk for one in world.officers].index(who)
            allowed = {cell for (cell, day), one in days.commune.items() if (day, one) == (world.today, at)}
            ended = set(Organisation.objects.exclude(dissolved=None).values_list("pk", flat=True))
            shown -= ended
        assert shown <= allowed, f"rows of another cell are seen by {who}"
        for cell in days.belongs(who, world.today) if not days.sees_nothing(who, world.today) else ():
            rest = Membership.objects.filter(cell=cell).exclude(person=who)
            assert (cell in shown) == rest.exists()


def play_many(examples: int, phases: tuple[Phase, ...], *, derandomize: bool) -> Counter[str]:
    """Play so many examples; how often each act was done in them."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        phases=phases,
        derandomize=derandomize,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps(20))
    def any_acts(acts: list[tuple[str, list[int]]]) -> None:
        play(acts, seen)

    any_acts()
    return seen


@pytest.mark.django_db
def test_lists_bases_figures_and_rights_agree_on_every_day() -> None:
    seen = play_many(20, (Phase.generate,), derandomize=True)
    asked = {name: seen[name] for name in ("merge", "split", "stay", "shorten", "transfer", "depart")}
    assert all(asked.values()), f"some act was never played: {asked}"


@pytest.mark.long
@pytest.mark.longest
@pytest.mark.django_db
def test_and_in_many_more_examples() -> None:
    play_many(int(os.environ.get("CHIBO_EXAMPLES", "600")), (Phase.generate,), derandomize=False)
