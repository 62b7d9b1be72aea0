"""What is recorded of a person after their cell was merged or split reaches all that is held of them (R4)."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.http import Http404

from chibo.access.scope import person_scope
from chibo.access.standing import found
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.departures import end_membership, leave_party
from chibo.directory.commands.members import change_kind, change_part, end_fact, enter_member
from chibo.directory.transfers.commands import confirm_transfer, end_stay, extend_stay
from chibo.directory.tree.commands import undo
from chibo.lib.dates import today
from chibo.members.models import Exemption, Membership, Person, TemporaryLeave, Transfer
from chibo.members.roster import RosterLine, roster
from chibo.orgs.models import Organisation
from tests import make
from tests.directory.tree.place import Kind, act, merge, snapshot
from tests.people import People

pytestmark = pytest.mark.django_db
TODAY, DAY = today(), timedelta(days=1)
SINCE, UNTIL, MERGED = TODAY - 60 * DAY, TODAY + 60 * DAY, TODAY - 20 * DAY


@pytest.fixture
def host(people: People) -> Organisation:
    """A third cell of the commune, led by Nghĩa."""
    one = make.cell(people.commune, "Chi bộ thôn Tân Lập")
    make.office(people.former, one, "secretary")
    return one


@pytest.fixture
def stay(people: People, host: Organisation) -> Transfer:
    """Bình of Phú Hòa stays with the third cell from 60 days ago to in 60 days."""
    make.membership(people.binh, host, Membership.Kind.TEMPORARY, SINCE, UNTIL + DAY)
    make.leave(people.binh, people.cell, SINCE, UNTIL + DAY)
    days = {"first_day": SINCE, "last_day": UNTIL, "started_on": SINCE, "due": UNTIL}
    return make.transfer(people.binh, people.cell, host, kind="temporary", outcome="confirmed", **days)


def line(cell: Organisation, who: Person, day: date) -> RosterLine | None:
    return next((one for one in roster(cell, day) if one.person_id == who.pk), None)


def home_into(people: People) -> Organisation:
    merge(people.cell, people.sibling, into=str(people.sibling.pk), day=MERGED)
    return people.sibling


class TestStay:
    def test_the_cell_that_came_after_home_ends_it_on_both_sides(
        self, people: People, host: Organisation, stay: Transfer
    ) -> None:
        home = home_into(people)
        with person_scope(people.phuc.pk) as by:
            end_stay(by=by, transfer=Transfer.objects.get(), last_day=TODAY)
        for day, away in ((SINCE, True), (MERGED, True), (TODAY, True), (TODAY + DAY, False)):
            at_home = line(people.cell if day < MERGED else home, people.binh, day)
            assert at_home is not None and at_home.away == away, day
            assert (line(host, people.binh, day) is not None) == away, day

    def test_the_cell_that_came_after_the_receiving_one_ends_it_before_the_merge(
        self, people: People, host: Organisation, stay: Transfer
    ) -> None:
        merge(host, people.sibling, into=str(people.sibling.pk), day=MERGED)
        with person_scope(people.phuc.pk) as by:
            end_stay(by=by, transfer=Transfer.objects.get(), last_day=MERGED - 5 * DAY)
        assert line(host, people.binh, MERGED - 5 * DAY) and not line(host, people.binh, MERGED - 4 * DAY)
        assert not line(people.sibling, people.binh, MERGED)
        assert not found(line(people.cell, people.binh, MERGED - 4 * DAY)).away

    def test_home_lets_it_last_longer_after_the_receiving_cell_was_split(
        self, people: People, host: Organisation, stay: Transfer
    ) -> None:
        make.member("Lý Văn Ở Lại", host)
        done = act(
            Kind.SPLIT, host, day=MERGED, stays=True, new=[{"name": "Chi bộ thôn Tân Phú"}],
            share={str(people.binh.pk): 0},
        )  # fmt: skip
        new = Organisation.objects.get(founded=MERGED)
        with person_scope(people.lan.pk) as by:
            extend_stay(by=by, transfer=Transfer.objects.get(), last_day=UNTIL + 9 * DAY, decision="gia hạn")
        assert line(new, people.binh, UNTIL + 9 * DAY) and found(line(people.cell, people.binh, UNTIL + 9 * DAY)).away
        assert Transfer.objects.get().to_cell == new and done.applied_at

    def test_it_ends_as_both_become_one_and_undoing_gives_it_back(
        self, people: People, host: Organisation, stay: Transfer
    ) -> None:
        before = snapshot()
        done = merge(people.cell, host, into=str(host.pk), day=MERGED)
        now_here = found(line(host, people.binh, TODAY))
        assert (now_here.kind, now_here.away, Transfer.objects.get().last_day) == ("official", False, MERGED - DAY)
        undo(by=people.standing("hoa"), act=done)
        assert snapshot() == before
        assert Transfer.objects.get().last_day == UNTIL

    def test_it_goes_on_after_an_official_transfer_of_its_member(
        self, people: People, host: Organisation, stay: Transfer
    ) -> None:
        moving = make.transfer(people.binh, people.cell, people.sibling, first_day=TODAY)
        with person_scope(people.phuc.pk) as by:
            confirm_transfer(by=by, transfer=moving, first_day=TODAY)
            assert found(line(people.sibling, people.binh, TODAY)).away
            end_stay(by=by, transfer=Transfer.objects.get(pk=stay.pk), last_day=TODAY + 3 * DAY)
        assert not found(line(people.sibling, people.binh, TODAY + 4 * DAY)).away
        assert not line(host, people.binh, TODAY + 4 * DAY)

    @pytest.mark.parametrize("who", ["lan", "former"])
    def test_either_side_says_in_its_own_book_that_it_ended(
        self, people: People, host: Organisation, stay: Transfer, who: str
    ) -> None:
        with person_scope(people.all()[who].pk) as by:
            if who == "lan":
                end_fact(by=by, row=TemporaryLeave.objects.get(person=people.binh), last_day=TODAY)
            else:
                here = Membership.objects.get(person=people.binh, cell=host)
                end_membership(by=by, membership=here, last_day=TODAY)
        assert not found(line(people.cell, people.binh, TODAY + DAY)).away
        assert not line(host, people.binh, TODAY + DAY)

    def test_a_stay_of_before_this_version_is_put_with_the_cells_of_today(
        self, people: People, host: Organisation, stay: Transfer
    ) -> None:
        home = home_into(people)
        other = make.cell(people.commune, "Chi bộ thôn Tân Sơn")
        new = found(merge(host, other, new={"name": "Chi bộ thôn Tân Lập Sơn"}, day=MERGED).organisation)
        Transfer.objects.update(from_cell=people.cell, to_cell=host)
        migration = import_module("chibo.members.migrations.0004_stays_follow_merges").Migration
        with connection.cursor() as cursor:
            for operation in migration.operations:
                cursor.execute(operation.sql)
        now = Transfer.objects.get()
        assert (now.from_cell, now.to_cell) == (home, new)


class TestDeath:
    def died(self, by_whom: Person, who: Person, cell: Organisation, last_day: date) -> None:
        with person_scope(by_whom.pk) as by:
            home = Membership.objects.get(person=who, cell=cell, validity__contains=TODAY)
            leave_party(by=by, membership=home, kind="died", last_day=last_day)

    def test_it_ends_a_stay_wherever_that_stands(self, people: People, host: Organisation, stay: Transfer) -> None:
        home = home_into(people)
        merge(host, make.cell(people.commune, "Chi bộ thôn Tân Sơn"), new={"name": "Chi bộ Tân Lập Sơn"}, day=MERGED)
        self.died(people.phuc, people.binh, home, TODAY - DAY)
        assert not Membership.objects.filter(person=people.binh, validity__contains=TODAY).exists()
        assert not TemporaryLeave.objects.filter(person=people.binh, validity__contains=TODAY).exists()
        assert Transfer.objects.get().last_day == TODAY - DAY

    def test_it_is_recorded_for_a_day_before_the_merge(self, people: People) -> None:
        home = home_into(people)
        self.died(people.phuc, people.tu, home, MERGED - 9 * DAY)
        assert line(people.cell, people.tu, MERGED - 9 * DAY) and not line(people.cell, people.tu, MERGED - 8 * DAY)
        assert not line(home, people.tu, TODAY)
        assert Exemption.objects.get().validity.upper == MERGED - 8 * DAY

    def test_a_cell_that_was_to_follow_receives_nobody(self, people: People) -> None:
        moving = make.transfer(people.binh, people.cell, people.sibling, first_day=TODAY)
        with person_scope(people.phuc.pk) as by:
            confirm_transfer(by=by, transfer=moving, first_day=TODAY + 9 * DAY)
        self.died(people.lan, people.binh, people.cell, TODAY)
        assert not line(people.sibling, people.binh, TODAY + 9 * DAY)

    def test_the_cell_where_the_member_was_before_a_transfer_does_not_record_it(self, people: People) -> None:
        old = Membership.objects.get(person=people.left, cell=people.cell)
        with person_scope(people.lan.pk) as by, pytest.raises(NotPossible, match="về chi bộ khác"):
            leave_party(by=by, membership=old, kind="died", last_day=old.validity.upper - 5 * DAY)


class TestDays:
    """Acts of a day before the merge, recorded after it."""

    def test_an_exemption_ends_before_it(self, people: People) -> None:
        home = home_into(people)
        with person_scope(people.phuc.pk) as by:
            end_fact(by=by, row=Exemption.objects.get(cell=home), last_day=MERGED - 9 * DAY)
        held = [found(line(people.cell, people.tu, MERGED - day * DAY)).exempt for day in (9, 8, 1)]
        assert held == [True, False, False]
        assert not found(line(home, people.tu, MERGED)).exempt

    def test_a_suspension_begins_before_it(self, people: People) -> None:
        home = home_into(people)
        with person_scope(people.phuc.pk) as by:
            change_part(by=by, cell=home, person=people.binh, change="dinh-chi", since=MERGED - 9 * DAY)
        days = [(people.cell, 10), (people.cell, 9), (people.cell, 1), (home, 0), (home, -15)]
        held = [found(line(cell, people.binh, MERGED - day * DAY)).suspended for cell, day in days]
        assert held == [False, True, True, True, True]

    def test_a_member_becomes_official_before_it(self, people: People) -> None:
        home = home_into(people)
        with person_scope(people.phuc.pk) as by:
            here = Membership.objects.get(person=people.mai, cell=home)
            change_kind(by=by, membership=here, kind="official", since=MERGED - 9 * DAY)
        days = [(people.cell, 10), (people.cell, 9), (people.cell, 1), (home, 0)]
        kinds = [found(line(cell, people.mai, MERGED - day * DAY)).kind for cell, day in days]
        assert kinds == ["probationary", "official", "official", "official"]

    def test_a_member_leaves_the_cell_before_it(self, people: People) -> None:
        home = home_into(people)
        with person_scope(people.phuc.pk) as by:
            here = Membership.objects.get(person=people.binh, cell=home)
            end_membership(by=by, membership=here, last_day=MERGED - 9 * DAY)
        assert line(people.cell, people.binh, MERGED - 9 * DAY) and not line(people.cell, people.binh, MERGED - 8 * DAY)
        assert not line(home, people.binh, TODAY)


def test_nobody_is_entered_into_a_cell_that_has_just_ended(people: People) -> None:
    """As seen by a page that was opened before the merge."""
    by = people.standing("lan")
    home_into(people)
    fields = {"full_name": "Lâm Thị Yến", "kind": "official"}
    with pytest.raises(NotPossible, match="vừa kết thúc"):
        enter_member(by=by, cell=people.cell, since=TODAY, **fields)
    assert not Membership.objects.filter(person__full_name="Lâm Thị Yến").exists()


def test_whoever_leads_neither_cell_changes_no_stay(people: People, host: Organisation, stay: Transfer) -> None:
    home_into(people)
    with person_scope(people.hung.pk) as by, pytest.raises(Http404):
        end_stay(by=by, transfer=stay, last_day=TODAY)


def test_a_death_of_a_day_before_the_member_became_official_is_recorded_as_such(people: People) -> None:
    by = people.standing("lan")
    home = Membership.objects.get(person=people.mai, cell=people.cell)
    change_kind(by=by, membership=home, kind="official", since=TODAY - 5 * DAY)
    official = Membership.objects.get(person=people.mai, kind="official")
    leave_party(by=by, membership=official, kind="died", last_day=TODAY - 9 * DAY)
    assert line(people.cell, people.mai, TODAY - 9 * DAY) and not line(people.cell, people.mai, TODAY - 8 * DAY)
    assert not line(people.cell, people.mai, TODAY)


def test_a_stay_ends_at_home_too_where_another_cell_has_received_the_member_for_a_later_day(
    people: People, host: Organisation, stay: Transfer
) -> None:
    moving = make.transfer(people.binh, people.cell, people.sibling, first_day=TODAY)
    with person_scope(people.phuc.pk) as by:
        confirm_transfer(by=by, transfer=moving, first_day=TODAY + 9 * DAY)
    with person_scope(people.former.pk) as by:
        end_stay(by=by, transfer=Transfer.objects.get(pk=stay.pk), last_day=TODAY)
    assert not found(line(people.cell, people.binh, TODAY + DAY)).away
    assert not found(line(people.sibling, people.binh, TODAY + 9 * DAY)).away
