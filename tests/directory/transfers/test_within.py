"""A transfer within the tenant: one row, two sides; until the receiving cell confirms the member stays at home."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.audit.models import Event
from chibo.lib.dates import add_months, today
from chibo.members.models import Exemption, Membership, Person, Suspension, TemporaryLeave, Transfer
from chibo.members.roster import count, roster
from chibo.orgs.models import Organisation
from tests import make
from tests.people import People, sign_in

PAGE = "/so-chi-bo/chuyen-sinh-hoat/"
DAY = timedelta(days=1)
TODAY = today()
STAY = {
    "kind": "temporary",
    "purpose": "work",
    "first_day": TODAY.isoformat(),
    "last_day": (add_months(TODAY, 6)).isoformat(),
}


def start(client: Client, people: People, who: Person, **changes: str) -> Any:
    """Lan introduces someone to the sibling cell, found by its name without marks."""
    fields = {"to_cell": str(people.sibling.pk), "kind": "official", "first_day": TODAY.isoformat(), "decision": "GT 1"}
    path = f"/so-chi-bo/dang-vien/{who.pk}/chuyen-sinh-hoat/?noi=chi-bo&tim=dan+hiep"
    return sign_in(client, people.lan).post(path, fields | changes)


def answer(client: Client, who: Person, row: Transfer, act: str, **fields: str) -> Any:
    typed = {f"{act}-{name}": value for name, value in fields.items()}
    return sign_in(client, who).post(f"{PAGE}{row.pk}/", {"act": act} | typed)


def confirm(client: Client, people: People, row: Transfer, day: date = TODAY) -> Any:
    return answer(client, people.phuc, row, "confirm", first_day=day.isoformat())


def here(who: Person, cell: Organisation, day: date = TODAY) -> str:
    """As what someone belongs to a cell on a day."""
    return next((line.kind for line in roster(cell, day) if line.person_id == who.pk), "")


class TestOfficial:
    """For good: the sending cell ends and the receiving begins in one act."""

    def test_it_works(self, client: Client, people: People) -> None:
        assert start(client, people, people.binh).status_code == 302
        row = Transfer.objects.get()
        assert (row.from_cell, row.to_cell, row.outcome) == (people.cell, people.sibling, "")
        assert here(people.binh, people.cell) == "official", "stays at home until the other side confirms"
        page = sign_in(client, people.phuc).get(PAGE).content.decode()
        assert "1 đồng chí chờ chi bộ tiếp nhận" in page and "Đặng Văn Bình" in page
        assert confirm(client, people, row).status_code == 302
        assert here(people.binh, people.cell) == ""
        assert here(people.binh, people.cell, TODAY - DAY) == "official"
        assert here(people.binh, people.sibling) == "official"
        row.refresh_from_db()
        assert (row.outcome, row.first_day, row.settled_by) == ("confirmed", TODAY, people.phuc.pk)

    def test_both_chains_hold_it_without_names(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        confirm(client, people, Transfer.objects.get())
        for kind in ("transfer.started", "transfer.confirmed"):
            events = Event.objects.filter(kind=kind)
            assert {event.chain for event in events} == {people.cell.pk, people.sibling.pk}
            assert not any("Bình" in (event.payload or "") for event in events)

    def test_offices_posts_groups_end_and_rights_pass_the_same_day(self, client: Client, people: People) -> None:
        make.post(people.hung, people.cell)
        make.group_member(make.group(people.cell), people.hung)
        start(client, people, people.hung)
        assert standing_of(people.hung.pk).leads(people.cell.pk)
        confirm(client, people, Transfer.objects.get())
        standing = standing_of(people.hung.pk)
        assert not standing.leads(people.cell.pk)
        assert standing.belongs(people.sibling.pk) and not standing.belongs(people.cell.pk)
        assert standing.left_cells == (people.cell.pk,), "minutes attended for 30 days"
        assert standing_of(people.hung.pk, TODAY + timedelta(days=31)).left_cells == ()
        for facts in (people.hung.posts, people.hung.groups, people.hung.offices):
            assert not facts.filter(validity__contains=TODAY).exists()
            assert facts.filter(validity__contains=TODAY - DAY).exists()

    def test_a_part_in_a_coming_meeting_ends_and_minutes_of_one_held_are_still_signed(
        self, client: Client, people: People
    ) -> None:
        held = make.opened(people.cell, present=(people.tam,))
        make.duty(held, people.tam, "clerk")
        assert people.standing("tam").keeps(people.meeting.pk, people.cell.pk)
        start(client, people, people.tam)
        confirm(client, people, Transfer.objects.get())
        standing = people.standing("tam")
        assert people.meeting.pk not in standing.duty_meetings
        assert held.pk in standing.duty_meetings

    def test_exemption_and_suspension_go_along(self, client: Client, people: People) -> None:
        start(client, people, people.tu)
        confirm(client, people, Transfer.objects.get())
        assert Exemption.objects.get(person=people.tu, validity__contains=TODAY).cell == people.sibling
        make.suspension(people.binh, people.cell)
        start(client, people, people.binh)
        confirm(client, people, Transfer.objects.get(person=people.binh))
        assert Suspension.objects.get(person=people.binh, validity__contains=TODAY).cell == people.sibling
        assert standing_of(people.binh.pk).person_id is None

    def test_a_probationary_member_keeps_the_day_on_which_twelve_months_end(
        self, client: Client, people: People
    ) -> None:
        ends = add_months(TODAY, 2)
        people.mai.memberships.update(admitted_on=add_months(ends, -12), probation_ends=ends)
        start(client, people, people.mai)
        confirm(client, people, Transfer.objects.get())
        new = people.mai.memberships.get(cell=people.sibling)
        assert (new.kind, new.probation_ends) == ("probationary", ends)

    def test_becoming_official_later_goes_along(self, client: Client, people: People) -> None:
        later = TODAY + timedelta(days=20)
        people.mai.memberships.update(validity=make.days(make.JOINED, later))
        make.membership(people.mai, people.cell, "official", since=later)
        start(client, people, people.mai)
        confirm(client, people, Transfer.objects.get())
        assert here(people.mai, people.sibling, later) == "official"
        assert here(people.mai, people.cell, later) == ""

    def test_a_stay_there_becomes_a_membership(self, client: Client, people: People) -> None:
        make.membership(people.binh, people.sibling, Membership.Kind.TEMPORARY, since=date(2026, 1, 1))
        start(client, people, people.binh)
        confirm(client, people, Transfer.objects.get())
        assert here(people.binh, people.sibling) == "official"
        assert here(people.binh, people.sibling, TODAY - DAY) == "temporary"

    def test_the_hearth_is_never_empty_nor_double(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        confirm(client, people, Transfer.objects.get(), TODAY + timedelta(days=7))
        for number in range(-2, 12):
            day = TODAY + timedelta(days=number)
            found = [bool(here(people.binh, cell, day)) for cell in (people.cell, people.sibling)]
            assert found == ([True, False] if number < 7 else [False, True]), number

    def test_sent_back_with_a_sentence_the_member_stays(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        row = Transfer.objects.get()
        assert answer(client, people.phuc, row, "return", note="").status_code == 422
        answer(client, people.phuc, row, "return", note="Giấy giới thiệu thiếu ngày")
        page = sign_in(client, people.lan).get(f"{PAGE}{row.pk}/").content.decode()
        assert "Trả lại vì: Giấy giới thiệu thiếu ngày" in page
        assert here(people.binh, people.cell) == "official"
        assert not any("thiếu ngày" in (event.payload or "") for event in Event.objects.all())

    def test_withdrawn_before_it_is_confirmed_and_not_after(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        row = Transfer.objects.get()
        assert answer(client, people.lan, row, "withdraw").status_code == 302
        assert confirm(client, people, row).status_code == 404, "nothing is offered any more"
        start(client, people, people.binh)
        row = Transfer.objects.get(outcome="")
        confirm(client, people, row)
        assert answer(client, people.lan, row, "withdraw").status_code == 404
        row.refresh_from_db()
        assert row.outcome == "confirmed"

    def test_of_two_who_settle_at_once_the_second_is_told(self, client: Client, people: People) -> None:
        from chibo.directory.commands.days import NotPossible
        from chibo.directory.transfers.commands import confirm_transfer, withdraw_transfer

        start(client, people, people.binh)
        row = Transfer.objects.get()
        withdraw_transfer(by=people.standing("lan"), transfer=row)
        with pytest.raises(NotPossible, match="vừa được xử lý"):
            confirm_transfer(by=people.standing("phuc"), transfer=row, first_day=TODAY)

    def test_it_is_due_in_sixty_working_days_and_late_after(self, client: Client, people: People, time_machine) -> None:
        from chibo.rules.working_days import working_days_between

        start(client, people, people.binh)
        row = Transfer.objects.get()
        assert working_days_between(row.started_on, row.due, people.cell.path_ids) == 60
        Transfer.objects.update(started_on=TODAY - timedelta(days=100), due=TODAY - DAY)
        for who in (people.lan, people.phuc):
            assert "Quá hạn" in sign_in(client, who).get(PAGE).content.decode()


class TestTemporary:
    """Three months to less than a year, study up to two: present, may speak, in no base, full rights at home."""

    def test_it_works(self, client: Client, people: People) -> None:
        before = {cell.pk: count(roster(cell, TODAY)) for cell in (people.cell, people.sibling)}
        assert start(client, people, people.binh, **STAY).status_code == 302
        confirm(client, people, Transfer.objects.get())
        after = {cell.pk: count(roster(cell, TODAY)) for cell in (people.cell, people.sibling)}
        for cell in (people.cell, people.sibling):
            assert after[cell.pk].party_number == before[cell.pk].party_number
        assert after[people.cell.pk].away == before[people.cell.pk].away + 1
        assert after[people.sibling.pk].temporary == before[people.sibling.pk].temporary + 1
        standing = standing_of(people.binh.pk)
        assert standing.belongs(people.cell.pk) and standing.belongs(people.sibling.pk)

    def test_it_ends_by_itself(self, client: Client, people: People) -> None:
        start(client, people, people.binh, **STAY)
        confirm(client, people, Transfer.objects.get())
        after = add_months(TODAY, 6) + DAY
        assert here(people.binh, people.sibling, after) == ""
        assert here(people.binh, people.sibling, after - DAY) == "temporary"
        assert not next(line for line in roster(people.cell, after) if line.person_id == people.binh.pk).away

    @pytest.mark.parametrize(
        ("months", "days", "purpose", "is_right"),
        [
            (3, -1, "work", True),
            (3, -2, "work", False),
            (12, -2, "work", True),
            (12, -1, "work", False),
            (12, -1, "study", True),
            (24, -1, "study", True),
            (24, 0, "study", False),
        ],
    )
    def test_the_length(
        self, client: Client, people: People, months: int, days: int, purpose: str, is_right: bool
    ) -> None:
        last = add_months(TODAY, months) + timedelta(days=days)
        found = start(client, people, people.binh, **STAY | {"purpose": purpose, "last_day": last.isoformat()})
        assert found.status_code == (302 if is_right else 422)
        assert is_right or "Nhập ngày" in found.content.decode()

    def test_it_is_extended_by_home_and_ended_by_either(self, client: Client, people: People) -> None:
        start(client, people, people.binh, **STAY)
        row = Transfer.objects.get()
        confirm(client, people, row)
        longer = add_months(TODAY, 9)
        answer(client, people.lan, row, "extend", last_day=longer.isoformat(), decision="TB 3")
        row.refresh_from_db()
        assert (row.last_day, row.decision) == (longer, "GT 1; gia hạn: TB 3")
        assert here(people.binh, people.sibling, longer) == "temporary"
        sooner = TODAY + timedelta(days=40)
        answer(client, people.phuc, row, "end", last_day=sooner.isoformat())
        assert here(people.binh, people.sibling, sooner + DAY) == ""
        assert TemporaryLeave.objects.get(person=people.binh).validity.upper == sooner + DAY

    def test_the_receiving_cell_does_not_extend(self, client: Client, people: People) -> None:
        start(client, people, people.binh, **STAY)
        row = Transfer.objects.get()
        confirm(client, people, row)
        longer = add_months(TODAY, 9).isoformat()
        assert answer(client, people.phuc, row, "extend", last_day=longer, decision="TB").status_code == 404


class TestRefusals:
    """Each with a sentence beside the field; what was typed stays."""

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"to_cell": ""}, "Chưa chọn"),
            ({"kind": ""}, "Chưa chọn"),
            ({"first_day": ""}, "Chưa ghi"),
            ({"first_day": "01/01/2000"}, "sớm quá"),
            ({"kind": "temporary", "last_day": ""}, "Chọn lý do"),
            ({"kind": "temporary", "purpose": "work", "last_day": ""}, "Ghi ngày cuối cùng"),
        ],
    )
    def test_it_validates(self, client: Client, people: People, changes: dict[str, str], words: str) -> None:
        found = start(client, people, people.binh, **changes)
        assert found.status_code == 422
        assert words in found.content.decode()
        assert "GT 1" in found.content.decode()
        assert not Transfer.objects.exists()

    def test_one_at_a_time(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        again = start(client, people, people.binh)
        assert again.status_code == 422
        assert "Rút việc ấy trước" in again.content.decode()

    def test_of_two_who_start_at_once_the_second_is_told(self, people: People, monkeypatch) -> None:
        """The look before misses what another transaction has not committed; the constraint does not."""
        from chibo.directory.commands.days import NotPossible
        from chibo.directory.transfers.commands import start_transfer

        membership = people.binh.memberships.select_related("person", "cell").get()
        fields = {"membership": membership, "kind": "official", "first_day": TODAY, "to_cell": people.sibling}
        start_transfer(by=people.standing("lan"), **fields)
        unseen = Transfer.objects.none()
        monkeypatch.setattr(type(Transfer.objects.all()), "pending", lambda self: unseen)
        with pytest.raises(NotPossible, match="Rút việc ấy trước"):
            start_transfer(by=people.standing("hung"), **fields)
        assert Transfer.objects.count() == 1

    def test_a_temporary_arrival_is_sent_by_the_cell_where_he_belongs(self, client: Client, people: People) -> None:
        assert start(client, people, people.son).status_code == 404

    def test_the_day_of_confirming_stays_near(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        row = Transfer.objects.get()
        for day in (TODAY - DAY, TODAY + timedelta(days=32)):
            found = confirm(client, people, row, day)
            assert found.status_code == 422
            assert "Nhập ngày từ" in found.content.decode()

    def test_a_member_who_is_gone_meanwhile_is_not_taken(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        people.binh.memberships.update(validity=make.days(make.JOINED, TODAY - DAY))
        found = confirm(client, people, Transfer.objects.get())
        assert "không thuộc chi bộ nơi đi" in found.content.decode()

    def test_a_cell_that_was_dissolved_meanwhile_receives_nobody(self, client: Client, people: People) -> None:
        start(client, people, people.binh)
        people.sibling.dissolved = TODAY
        people.sibling.save(update_fields=["dissolved"])
        found = confirm(client, people, Transfer.objects.get())
        assert "đã kết thúc hoạt động" in found.content.decode()
        assert here(people.binh, people.cell) == "official"

    def test_a_cell_is_found_without_marks_by_its_own_name_and_its_committees(
        self, client: Client, people: People
    ) -> None:
        path = f"/so-chi-bo/dang-vien/{people.binh.pk}/chuyen-sinh-hoat/"
        page = sign_in(client, people.lan).get(path, {"tim": "dan hiep ham thanh"}).content.decode()
        assert "Chi bộ thôn Dân Hiệp" in page
        assert "Không có chi bộ nào" in client.get(path, {"tim": "xyz"}).content.decode()
        assert "Chi bộ thôn Phú Hòa, " not in client.get(path, {"tim": "phu hoa"}).content.decode()


class TestAccess:
    """Both committees and the person see the row; the receiving side writes through the one function alone."""

    @pytest.mark.parametrize("who", ["binh", "tam", "khanh", "dung", "hoa", "thu", "former", "suspended"])
    def test_it_checks_access(self, client: Client, people: People, who: str) -> None:
        row = make.transfer(people.binh, people.cell, people.sibling)
        sign_in(client, people.all()[who])
        assert client.get(f"{PAGE}{row.pk}/").status_code == 404
        for act in ("confirm", "withdraw", "return"):
            typed = {"act": act, "confirm-first_day": TODAY.isoformat(), "return-note": "x"}
            assert client.post(f"{PAGE}{row.pk}/", typed).status_code == 404
        row.refresh_from_db()
        assert row.outcome == ""

    def test_the_sender_does_not_confirm_for_the_receiver(self, client: Client, people: People) -> None:
        row = make.transfer(people.binh, people.cell, people.sibling)
        assert answer(client, people.lan, row, "confirm", first_day=TODAY.isoformat()).status_code == 404
        assert here(people.binh, people.cell) == "official"

    def test_a_secretary_pulls_nobody_out_of_another_cell(self, people: People) -> None:
        """Neither by making the row oneself, nor by changing it, nor by the function on a row of others."""
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with scope(people.standing("phuc")), refused, transaction.atomic():
            make.transfer(people.binh, people.cell, people.sibling)
        row = make.transfer(people.binh, people.cell, people.sibling)
        with scope(people.standing("phuc")):
            assert Transfer.objects.filter(pk=row.pk).update(outcome="confirmed") == 0
        for who in ("lan", "dung", "binh", "hung"):
            refused = pytest.raises(ProgrammingError, match="is not received here")
            with scope(people.standing(who)), refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT members_settle_transfer(%s, 'confirmed', %s, '', %s, '{}')", [row.pk, TODAY, TODAY]
                )
        for who in ("dung", "binh", "former"):
            refused = pytest.raises(ProgrammingError, match="not of a cell of this session")
            with scope(people.standing(who)), refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT members_set_stay(%s, %s)", [row.pk, TODAY])

    def test_whoever_moved_reads_minutes_attended_for_thirty_days(self, client: Client, people: People) -> None:
        from chibo.meetings.models import Minutes

        signed = make.signed(people.cell, present=(people.binh, people.lan))
        from chibo.lib.dates import now

        minutes = Minutes.objects.create(**signed.keys, number=1, root=b"r", frozen_at=now(), read_at=now())
        start(client, people, people.binh)
        confirm(client, people, Transfer.objects.get())
        for days, is_seen in ((0, True), (29, True), (30, False)):
            standing = people.standing("binh", TODAY + timedelta(days=days))
            assert Minutes.objects.visible_to(standing).filter(pk=minutes.pk).exists() is is_seen, days
