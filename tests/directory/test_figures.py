"""Figures on any day with the reason per person: one meaning in the book, in meetings, and upward as counts."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from chibo.access.scope import scope
from chibo.access.standing import found
from chibo.directory.views.figures import COUNTED, lines_of
from chibo.lib.dates import month_start, today
from chibo.members.figures import figures, voters
from chibo.members.roster import count, roster
from chibo.members.shown_above import in_steps
from chibo.orgs.models import Organisation
from chibo.resolutions.models import MeetingFigures
from tests import make
from tests.api.calling import no_calls_yet  # noqa: F401 (a fixture)
from tests.api.conftest import As, calling  # noqa: F401 (a fixture)
from tests.directory.tree.place import merge
from tests.people import People, sign_in

PAGE = "/so-chi-bo/so-lieu/"
TODAY = today()
DAY = timedelta(days=1)


def test_it_works(client: Client, people: People, django_assert_max_num_queries) -> None:
    sign_in(client, people.lan)
    with django_assert_max_num_queries(20):
        page = client.get(PAGE).content.decode()
    assert "Đảng số gồm đảng viên chính thức và dự bị" in page, "each number cites its rule"
    assert "không tính, vì được miễn công tác và sinh hoạt đảng" in page
    assert "không tính, vì đảng viên dự bị, không biểu quyết" in page


def test_the_numbers_of_the_cast(people: People) -> None:
    """Lan, Hùng, Quyên, Tâm, Bình, Tư, Vinh and the suspended are official; Mai on probation; Sơn from elsewhere."""
    found = figures(people.cell, TODAY)
    counts = found.counts
    assert (counts.party_number, counts.official, counts.probationary) == (9, 8, 1)
    assert (counts.exempt, counts.away, counts.temporary, counts.suspended) == (1, 1, 1, 1)
    assert counts.expected == 7  # Lan, Hùng, Quyên, Tâm, Bình, Mai, Sơn
    assert found.base.size == 5


def reasons(people: People, who: str, day: date = TODAY) -> tuple[str, str, str]:
    (one,) = [one for one in figures(people.cell, day).people if one.line.person_id == people.all()[who].pk]
    return one.party_number.sentence, one.expected.sentence, one.base.sentence


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (
            "binh",
            (
                "tính, vì đảng viên chính thức của chi bộ",
                "tính, vì đang sinh hoạt ở chi bộ",
                "tính, vì đảng viên chính thức được triệu tập",
            ),
        ),
        (
            "mai",
            (
                "tính, vì đảng viên dự bị của chi bộ",
                "tính, vì đang sinh hoạt ở chi bộ",
                "không tính, vì đảng viên dự bị, không biểu quyết",
            ),
        ),
        (
            "tu",
            (
                "tính, vì đảng viên chính thức của chi bộ",
                "không tính, vì được miễn công tác và sinh hoạt đảng",
                "không tính, vì miễn sinh hoạt, không dự",
            ),
        ),
        (
            "vinh",
            (
                "tính, vì đảng viên chính thức của chi bộ; tạm đi nơi khác vẫn thuộc đảng số",
                "không tính, vì đang sinh hoạt tạm thời nơi khác",
                "không tính, vì sinh hoạt tạm thời nơi khác, không dự",
            ),
        ),
        (
            "son",
            (
                "không tính, vì đảng viên ở nơi khác, sinh hoạt tạm thời đến",
                "tính, vì đang sinh hoạt ở chi bộ",
                "không tính, vì sinh hoạt tạm thời đến, không biểu quyết",
            ),
        ),
        (
            "suspended",
            (
                "tính, vì đảng viên chính thức của chi bộ",
                "không tính, vì đang bị đình chỉ sinh hoạt",
                "không tính, vì bị đình chỉ sinh hoạt",
            ),
        ),
    ],
)
def test_the_reason_per_person(people: People, who: str, expected: tuple[str, str, str]) -> None:
    assert reasons(people, who) == expected


def test_on_another_day_the_figures_of_that_day(client: Client, people: People) -> None:
    before = TODAY - timedelta(days=11)
    assert figures(people.cell, before).counts.party_number == 10, "whoever left ten days ago was still here"
    assert reasons(people, "left", before)[0].startswith("tính")
    page = sign_in(client, people.lan).get(PAGE, {"ngay": before.strftime("%d/%m/%Y")}).content.decode()
    assert "Hồ Thị Nga" in page
    assert client.get(PAGE, {"ngay": "31/02/2026"}).status_code == 422


def test_a_meeting_reckons_the_same(people: People) -> None:
    """The roll of a meeting on that day gives the base that the book shows, until the roll is called."""
    from chibo.lib.uuid7 import uuid7
    from chibo.meetings.room import log
    from chibo.meetings.room.commands import Pen, open_room
    from chibo.members.base_of_vote import base_of_vote

    held = make.meeting(people.cell, starts_at=make.at(TODAY))
    open_room(pen=Pen(held, people.standing("lan"), uuid7()), chair=people.lan.pk)
    in_the_room = base_of_vote(log.room_of(held).voters())
    in_the_book = base_of_vote(voters(roster(people.cell, TODAY)))
    assert {place.person_id for place in in_the_room.included} == {place.person_id for place in in_the_book.included}
    assert {place.person_id for place in in_the_room.excluded} == {place.person_id for place in in_the_book.excluded}


class TestUpward:
    """Counts a cell, never names; one query for all cells."""

    PAGE = "/chi-bo/so-lieu/"

    def test_it_works(self, client: Client, people: People, django_assert_max_num_queries) -> None:
        sign_in(client, people.dung)
        with django_assert_max_num_queries(12):
            page = client.get(self.PAGE).content.decode().split("<main")[1]
        assert "Chi bộ thôn Phú Hòa" in page
        names = [person.full_name for name, person in people.all().items() if name not in ("dung",)]
        assert not [name for name in names if name in page]

    def test_it_counts_what_the_book_counts(self, people: People) -> None:
        for day in (TODAY, TODAY - timedelta(days=11), date(2016, 1, 1)):
            with scope(people.standing("dung")):
                line = lines_of(day)[people.cell.pk]
            counts = count(roster(people.cell, day))
            names = ("official", "probationary", "temporary", "exempt", "away", "expected")
            assert [getattr(line, name) for name in names] == [getattr(counts, name) for name in names], day

    def test_a_transfer_that_is_overdue_is_counted_on_both_sides(self, client: Client, people: People) -> None:
        make.transfer(people.binh, people.cell, people.sibling, due=TODAY - DAY)
        make.transfer(people.mai, people.cell, people.sibling, due=TODAY)
        with scope(people.standing("dung")):
            lines = lines_of(TODAY)
        assert (lines[people.cell.pk].overdue, lines[people.sibling.pk].overdue) == (1, 1)
        assert "chuyển sinh hoạt quá hạn" in sign_in(client, people.dung).get(self.PAGE).content.decode()

    def test_the_province_sees_its_communes_summed(self, client: Client, people: People) -> None:
        page = sign_in(client, people.thu).get(self.PAGE).content.decode()
        assert people.commune.name in page
        assert people.cell.name not in page.split("<main")[1]

    def test_nobody_below_gets_a_figure_even_as_sql(self, people: People) -> None:
        for who in ("lan", "binh", "khanh", "phuc", "suspended"):
            with scope(people.standing(who)), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM members_figures(%s)", [TODAY])
                assert cursor.fetchone() == (0,), who

    @pytest.mark.parametrize("who", ["lan", "binh", "khanh", "former"])
    def test_it_checks_access(self, client: Client, people: People, who: str) -> None:
        assert sign_in(client, people.all()[who]).get(self.PAGE).status_code == 404


def test_no_group_of_fewer_than_five_is_told_above_its_cell(client: Client, people: People, calling: As) -> None:  # noqa: F811
    """mission.md, never hold 5: neither a number nor what two numbers differ by, of days, columns, parts and total."""
    figures_of = {}
    for who, place in (("dung", people.cell), ("dung", people.commune), ("thu", people.cell), ("thu", people.province)):
        caller = calling(who)
        for days_ago in range(70):
            day = TODAY - timedelta(days=days_ago)
            told = caller.get(f"organisations/{place.pk}/counts", {"day": day.isoformat()}).json()
            shown = {name: told[name] for name in COUNTED}
            assert all(one is None or (one >= 5 and one % 5 == 0) for one in shown.values()), (who, shown)
            assert shown["official"] is None or shown["probationary"] is not None
            figures_of.setdefault((who, place.pk, day.replace(day=1)), set()).add(tuple(shown.values()))
    # A day inside a month tells no more than the month's end: one answer a month, the last day's beside it at most.
    assert all(len(answers) <= 2 for answers in figures_of.values())
    page = sign_in(client, people.dung).get("/chi-bo/so-lieu/").content.decode()
    assert "dưới 5" in page and 'data-label=" miễn"><span>1<' not in page


def test_nothing_is_put_together_from_a_total_and_its_parts() -> None:
    """Whoever knows all that is shown still finds each of 0 to 4 possible for every part that is hidden."""
    for number in (2, 3):
        seen: dict[tuple[object, ...], set[tuple[int, ...]]] = {}
        for parts in itertools.product(range(15), repeat=number):
            shown = (*(in_steps(one) for one in parts), in_steps(sum(parts), parts))
            seen.setdefault(shown, set()).add(parts)
        for shown, possible in seen.items():
            for place in range(number):
                if shown[place] is None:
                    assert {one[place] for one in possible} == set(range(5)), shown


class TestOnAnyDay:
    """Upward, a figure of a day or of a month counts the cells that stood then, before and after a merge."""

    BEFORE, SINCE = TODAY - timedelta(days=70), TODAY - timedelta(days=40)

    @pytest.fixture
    def merged(self, people: People) -> Organisation:
        act = merge(people.cell, people.sibling, new={"name": "Chi bộ thôn Hòa Hiệp"}, day=self.SINCE)
        return found(act.organisation)

    def names_on(self, client: Client, day: date) -> set[str]:
        page = client.get("/chi-bo/so-lieu/", {"ngay": day.strftime("%d/%m/%Y")})
        assert page.context["cells"] == len(page.context["rows"])
        return {row.organisation.name for row in page.context["rows"]}

    def test_those_who_stood_then(self, client: Client, people: People, merged: Organisation) -> None:
        sign_in(client, people.dung)
        two = {people.cell.name, people.sibling.name}
        assert {merged.name, *two} & self.names_on(client, self.SINCE - DAY) == two
        assert {merged.name, *two} & self.names_on(client, TODAY) == {merged.name}
        assert not self.names_on(client, make.FOUNDED - DAY)

    def test_a_cell_that_ended_is_not_among_those_that_met_this_month(self, client: Client, people: People) -> None:
        for cell in (people.cell, people.sibling):
            meeting = make.signed(cell, months_ago=0)
            MeetingFigures.objects.create(
                **meeting.keys, meeting=meeting, period=month_start(TODAY), held_on=TODAY, expected=5, present=5,
                length_minutes=90, tasks_reviewed=0, tasks_done=0, tasks_given=0
            )  # fmt: skip
        merge(people.cell, people.sibling, into=str(people.sibling.pk), day=TODAY)
        page = sign_in(client, people.thu).get("/")
        assert (page.context["held"], page.context["cells"]) == (1, 2)

    def test_overdue_are_those_that_waited_then(self, people: People) -> None:
        make.transfer(
            people.binh, people.cell, people.sibling, due=TODAY - 9 * DAY, outcome="returned", settled_on=TODAY - DAY
        )
        for day, number in ((TODAY - 9 * DAY, 0), (TODAY - 8 * DAY, 1), (TODAY - 2 * DAY, 1), (TODAY - DAY, 0)):
            with scope(people.standing("dung")):
                assert lines_of(day)[people.cell.pk].overdue == number, day
