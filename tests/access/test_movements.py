"""Members of the cast change office, move, are suspended and come back; a meeting is signed, sent up, reported.

The day after each, the whole table is checked again, in code and as SQL. What is expected is the table written by
hand, with the one who moved now read as somebody of the new kind.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chibo.access.models import Office
from chibo.directory.commands.offices import appoint, end_office
from chibo.lib import dates
from chibo.lib.dates import today
from chibo.meetings.models import Meeting, State
from chibo.members.models import Membership
from tests import make
from tests.access.expected import EXPECTED, INSPECTOR
from tests.access.table import by_code, by_database, standings
from tests.access.world import World, build
from tests.people import People

Table = dict[str, set[str]]


@pytest.fixture
def world(people: People) -> World:
    return build(people)


def holds(world: World, people: People, expected: Table, days: int = 1) -> None:
    """The table some days on, both ways."""
    with dates.at(dates.now() + timedelta(days=days)):
        everyone = standings(people)
        for found in (by_code(world, everyone), by_database(world, everyone)):
            wrong = {
                name: {"reads": found[name] - readers, "does not": readers - found[name]}
                for name, readers in expected.items()
                if found[name] != readers
            }
            assert not wrong


def moved(who: str, like: str, *, own: tuple[str, ...] = (), table: Table = EXPECTED) -> Table:
    """The table with one person read as another; what is one's own stays one's own."""
    return {
        name: (readers - {who}) | ({who} if like in readers or name in own else set())
        for name, readers in table.items()
    }


def ends(people: People, who: str, by: str) -> None:
    """The office of a person ends today."""
    end_office(by=people.standing(by), term=people.all()[who].offices.get(), last_day=today())


def test_until_the_last_day_an_office_gives_its_rights(world: World, people: People) -> None:
    ends(people, "quyen", by="hoa")
    holds(world, people, EXPECTED, days=0)


def test_a_committee_member_goes_back_to_the_ranks(world: World, people: People) -> None:
    ends(people, "quyen", by="hoa")
    holds(world, people, moved("quyen", like="mai") | own_row("quyen", "mai"))


def own_row(who: str, like: str) -> Table:
    """Rows that `like` reads only because they are about oneself: whoever becomes like that one does not."""
    own = {"mai": ("probation decision mai",), "binh": ("contact binh",)}.get(like, ())
    return {name: EXPECTED[name] - {who} for name in own if name in EXPECTED}


def test_a_member_is_elected_to_the_committee(world: World, people: People) -> None:
    appoint(
        by=people.standing("hoa"),
        person=people.vinh,
        organisation=people.cell,
        office=Office.COMMITTEE_MEMBER,
        since=today() + timedelta(days=1),
        second=people.dung.pk,
    )
    holds(world, people, moved("vinh", like="quyen"))


def test_a_new_secretary_takes_over_and_the_former_one_sits_there_no_more(world: World, people: People) -> None:
    appoint(
        by=people.standing("hoa"),
        person=people.hung,
        organisation=people.cell,
        office=Office.SECRETARY,
        since=today() + timedelta(days=1),
        second=people.dung.pk,
    )
    # Lan chairs the coming meeting, as Tâm minutes it: that is a duty of its own.
    expected = moved("lan", like="tam")
    own = {
        name: readers for name, readers in EXPECTED.items() if name.endswith((" lan", "act of two"))
    }  # it is about her
    holds(world, people, expected | own)


def transferred(people: People) -> None:
    """Mai's last day in the cell is today."""
    row = people.mai.memberships.get()
    row.validity = make.days(row.validity.lower, today() + timedelta(days=1))
    row.save()
    make.membership(people.mai, people.sibling, Membership.Kind.OFFICIAL, since=today() + timedelta(days=1))


def test_who_moves_away_keeps_what_was_attended_for_thirty_days(world: World, people: People) -> None:
    transferred(people)
    own = ("post mai", "probation decision mai")
    like_left = moved("mai", like="left", own=own)
    like_left["departure"] = EXPECTED["departure"] - {"mai"}  # of the one who left before, alone
    holds(world, people, like_left)


def test_after_thirty_days_nothing_is_left(world: World, people: People) -> None:
    transferred(people)
    own = ("post mai", "probation decision mai")
    # The one who left ten days ago is out by then too, and the doors are past their days.
    expected = moved("left", like="former", own=("departure",), table=moved("mai", like="former", own=own))
    doors = {name: readers - INSPECTOR for name, readers in expected.items() if name.startswith("signed ")}
    holds(world, people, expected | doors, days=32)


def test_who_is_suspended_sees_nothing_from_that_day(world: World, people: People) -> None:
    make.suspension(people.tu, people.cell, since=today())
    holds(world, people, moved("tu", like="suspended"), days=0)
    holds(world, people, moved("tu", like="suspended"))


def test_an_officer_who_is_suspended_keeps_no_right_of_the_office(world: World, people: People) -> None:
    make.suspension(people.hung, people.cell, since=today() + timedelta(days=1))
    holds(world, people, EXPECTED, days=0)
    holds(world, people, moved("hung", like="suspended"))


def test_who_comes_back_from_suspension_is_a_member_again(world: World, people: People) -> None:
    row = people.suspended.suspensions.get()
    row.validity = make.days(row.validity.lower, today() + timedelta(days=1))
    row.save()
    holds(world, people, EXPECTED, days=0)
    # On the roll as everyone, present at none: as Vinh, who was away. The decision is one's own.
    holds(world, people, moved("suspended", like="vinh", own=("suspension",)))


def test_a_follower_who_follows_no_more_reads_nothing_of_the_cell(world: World, people: People) -> None:
    ends(people, "khanh", by="dung")
    holds(world, people, moved("khanh", like="former", own=("event by khanh", "reading by khanh")))


def test_an_officer_of_the_commune_who_leaves_the_office(world: World, people: People) -> None:
    ends(people, "dung", by="hoa")
    own = tuple(name for name in EXPECTED if name.endswith(" by dung"))
    holds(world, people, moved("dung", like="former", own=own))


def test_an_officer_of_the_province_who_leaves_the_office(world: World, people: People) -> None:
    row = people.thu.offices.get()
    row.validity = make.days(row.validity.lower, today() + timedelta(days=1))
    row.save()
    holds(world, people, moved("thu", like="former"))


def as_state(world: World, here: str, there: str) -> Table:
    """The table with the rows of one meeting read as those of another, which no door is open to."""
    rows = [name.removeprefix(f"{here} ") for name in EXPECTED if name.startswith(f"{here} ")]
    return EXPECTED | {f"{here} {row}": EXPECTED[f"{there} {row}"] - INSPECTOR for row in rows}


def changed(world: World, name: str, **fields: object) -> None:
    meeting = world[f"{name} meeting"]
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    reported = fields.get("reported_at")
    if reported is not None:
        for row in (world[f"{name} resolution"], world[f"{name} task"], world[f"{name} rating"]):
            type(row)._default_manager.filter(pk=row.pk).update(reported_at=reported)


@pytest.mark.parametrize(
    ("here", "there", "fields"),
    [
        ("unsigned", "signed", lambda: {"signed_at": dates.now(), "state": State.SIGNED}),
        ("signed", "submitted", lambda: {"submitted_at": dates.now(), "reported_at": dates.now()}),
    ],
)
def test_a_meeting_is_signed_then_sent_up(
    world: World, people: People, here: str, there: str, fields: Callable[[], dict[str, object]]
) -> None:
    changed(world, here, **fields())
    expected = as_state(world, here, there)
    if here == "signed":  # its door stays open
        expected |= {name: expected[name] | (EXPECTED[name] & INSPECTOR) for name in expected if name.startswith(here)}
    holds(world, people, expected)


def test_a_door_shuts_after_its_last_day(world: World, people: People) -> None:
    expected = {n: readers - INSPECTOR if n.startswith("signed ") else readers for n, readers in EXPECTED.items()}
    holds(world, people, EXPECTED, days=9)
    # By then the one who left has been gone for twenty days: still within thirty.
    holds(world, people, expected, days=10)
