"""Two who act on the same fact at once, or one who presses twice: the second is told, nothing is written twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chibo.access.models import Office
from chibo.access.scope import enter
from chibo.access.standing import Standing
from chibo.audit.models import Event
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.departures import end_membership
from chibo.directory.commands.members import change_kind
from chibo.directory.commands.offices import end_office
from chibo.directory.commands.probation import decide_probation
from chibo.directory.transfers.commands import confirm_transfer, extend_stay
from chibo.directory.tree.offices import give_office
from chibo.lib.dates import add_months, today
from chibo.members.models import Departure, Membership, Person, TemporaryLeave, Transfer
from tests import make
from tests.people import People, sign_in

TODAY = today()
DAY = timedelta(days=1)
LIST = "/so-chi-bo/dang-vien/"


def lan(people: People) -> Standing:
    """Lan acts, before the database too."""
    by = people.standing("lan")
    enter(by)
    return by


def as_seen(who: Person) -> Membership:
    """The membership as a page read it a moment ago."""
    return who.memberships.select_related("person", "cell").get()


class TestAMembershipThatAnotherHasChanged:
    """A page that was opened before does not overwrite what was written since."""

    @pytest.fixture(autouse=True)
    def on_probation(self, people: People) -> None:
        ends = TODAY - 10 * DAY
        people.mai.memberships.update(admitted_on=add_months(ends, -12), probation_ends=ends)

    def test_of_two_who_recognise_a_member_the_second_is_told(self, people: People) -> None:
        by, first, second = lan(people), as_seen(people.mai), as_seen(people.mai)
        fields: dict[str, Any] = {"outcome": "official", "decided_on": TODAY, "decision": "NQ 5"}
        decide_probation(by=by, membership=first, **fields)
        with pytest.raises(NotPossible):
            decide_probation(by=by, membership=second, **fields)
        assert people.mai.memberships.count() == 2

    def test_of_two_who_change_the_kind_the_second_is_told(self, people: People) -> None:
        by, first, second = lan(people), as_seen(people.mai), as_seen(people.mai)
        change_kind(by=by, membership=first, kind="official", since=TODAY)
        with pytest.raises(NotPossible):
            change_kind(by=by, membership=second, kind="official", since=TODAY)
        assert people.mai.memberships.count() == 2

    def test_whoever_was_received_elsewhere_meanwhile_is_not_kept_longer(self, people: People) -> None:
        seen = as_seen(people.binh)
        transfer = make.transfer(people.binh, people.cell, people.sibling)
        by = people.standing("phuc")
        enter(by)
        confirm_transfer(by=by, transfer=transfer, first_day=TODAY)
        with pytest.raises(NotPossible):
            end_membership(by=lan(people), membership=seen, last_day=TODAY + 5 * DAY)

    def test_an_office_that_another_has_ended_is_not_lengthened(self, people: People) -> None:
        by, first, second = lan(people), people.hung.offices.get(), people.hung.offices.get()
        end_office(by=by, term=first, last_day=TODAY - 5 * DAY)
        with pytest.raises(NotPossible):
            end_office(by=by, term=second, last_day=TODAY)
        assert people.hung.offices.get().validity.upper == TODAY - 4 * DAY


def test_a_departure_sent_twice_is_recorded_once(client: Client, people: People) -> None:
    typed = {"kind": "died", "last_day": TODAY.isoformat(), "decision": ""}
    sign_in(client, people.lan).post(f"{LIST}{people.binh.pk}/ra-khoi-dang/", typed)
    answer = client.post(f"{LIST}{people.binh.pk}/ra-khoi-dang/", typed)
    assert answer.status_code == 422
    assert "đã ghi" in answer.content.decode()
    assert (Departure.objects.count(), Event.objects.filter(kind="member.departed").count()) == (1, 1)


class TestADayOutsideTheMembership:
    """A membership that ends is neither lengthened by a change of kind, nor is the page broken by one."""

    ENDS = TODAY + 5 * DAY

    @pytest.fixture(autouse=True)
    def ending(self, people: People) -> None:
        later = TODAY + 20 * DAY
        people.mai.memberships.update(
            validity=make.days(TODAY - 400 * DAY, self.ENDS), admitted_on=add_months(later, -12), probation_ends=later
        )

    @pytest.mark.parametrize(
        ("act", "typed"),
        [
            ("loai", {"kind": "official", "since": (TODAY + 9 * DAY).isoformat()}),
            ("loai", {"kind": "official", "since": (TODAY + 5 * DAY).isoformat()}),
            ("chinh-thuc", {"outcome": "official", "decided_on": TODAY.isoformat(), "decision": "NQ 5"}),
        ],
    )
    def test_it_is_refused(self, client: Client, people: People, act: str, typed: dict[str, str]) -> None:
        answer = sign_in(client, people.lan).post(f"{LIST}{people.mai.pk}/{act}/", typed)
        assert answer.status_code == 422
        assert "kết thúc" in answer.content.decode()
        assert people.mai.memberships.get().validity.upper == self.ENDS


def test_a_stay_is_not_extended_into_the_next_one(people: People) -> None:
    first, last = TODAY - 30 * DAY, TODAY + 60 * DAY
    stay = make.transfer(
        people.binh, people.cell, people.sibling, kind="temporary", purpose="work", outcome="confirmed",
        first_day=first, last_day=last,
    )  # fmt: skip
    make.membership(people.binh, people.sibling, "temporary", since=first, until=last + DAY)
    make.membership(people.binh, people.sibling, "temporary", since=last + 10 * DAY, until=last + 100 * DAY)
    with pytest.raises(NotPossible):
        extend_stay(by=lan(people), transfer=stay, last_day=last + 30 * DAY, decision="CV 3")
    assert Transfer.objects.get().last_day == last


def test_a_stay_that_goes_on_in_another_cell_is_not_extended_at_home_alone(people: People) -> None:
    first, last = TODAY - 30 * DAY, TODAY + 60 * DAY
    stay = make.transfer(
        people.binh, people.cell, people.sibling, kind="temporary", purpose="work", outcome="confirmed",
        first_day=first, last_day=last,
    )  # fmt: skip
    make.leave(people.binh, people.cell, since=first, until=last + DAY)
    after = make.cell(people.commune, "Chi bộ sáp nhập")
    make.membership(people.binh, after, "temporary", since=TODAY, until=last + DAY)
    with pytest.raises(NotPossible):
        extend_stay(by=lan(people), transfer=stay, last_day=last + 30 * DAY, decision="CV 3")
    assert TemporaryLeave.objects.get(person=people.binh).validity.upper == last + DAY


def test_an_office_from_before_its_holder_was_of_age_is_refused(client: Client, people: People) -> None:
    typed = {"person": str(people.hung.pk), "office": "deputy", "since": "01/01/1950", "decision": ""}
    answer = sign_in(client, people.lan).post("/so-chi-bo/chuc-vu/", typed)
    assert answer.status_code == 422
    assert "sinh năm 1968, ngày 01/01/1950 chưa đủ 18 tuổi" in answer.content.decode()


def test_a_secretary_of_the_commune_from_before_does_not_remove_the_present_one(people: People) -> None:
    by = people.standing("thu")
    enter(by)
    with pytest.raises(NotPossible):
        give_office(
            by=by, body=people.commune, full_name=people.khanh.full_name, code=people.khanh.code,
            office=Office.UPPER_SECRETARY, since=people.hoa.offices.get().validity.lower - DAY,
        )  # fmt: skip
    assert people.hoa.offices.get().validity.upper is None
