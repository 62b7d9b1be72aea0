"""Requests about one's own data: who answers, within which working days, what an answer does, who learns of it."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test import Client

from chibo.access.scope import scope, system_scope
from chibo.audit.models import Event
from chibo.lib.dates import ZONE
from chibo.members.models import Contact
from chibo.privacy.models import DataRequest
from chibo.privacy.requests import commands
from chibo.privacy.requests.refusals import offered_refusal
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
Kind, Subject, Outcome = DataRequest.Kind, DataRequest.Subject, DataRequest.Outcome


def asked(people: People, who: str = "binh", kind: str = Kind.DELETION, subject: str = Subject.CONTACT) -> DataRequest:
    standing = people.standing(who)
    with scope(standing):
        return commands.make_request(by=standing, kind=kind, subject=subject, text="")


def answered(people: People, request: DataRequest, who: str = "lan", outcome: str = Outcome.ACCEPTED) -> DataRequest:
    standing = people.standing(who)
    with scope(standing):
        return commands.answer(by=standing, request=request, outcome=outcome, text="Đã làm.")


# ---------- The clock ----------
@pytest.mark.parametrize(
    ("made", "kind", "acknowledge_by", "answer_by"),
    [
        # Thursday 03/12/2026: no holiday near
        (datetime(2026, 12, 3, 9), Kind.ACCESS, date(2026, 12, 7), date(2026, 12, 17)),
        (datetime(2026, 12, 3, 9), Kind.CORRECTION, date(2026, 12, 7), date(2026, 12, 17)),
        (datetime(2026, 12, 3, 9), Kind.WITHDRAWAL, date(2026, 12, 7), date(2026, 12, 24)),
        (datetime(2026, 12, 3, 9), Kind.RESTRICTION, date(2026, 12, 7), date(2026, 12, 24)),
        # over the New Year
        (datetime(2026, 12, 3, 9), Kind.DELETION, date(2026, 12, 7), date(2026, 12, 31)),
        (datetime(2026, 12, 4, 9), Kind.DELETION, date(2026, 12, 8), date(2027, 1, 4)),
        # the evening before Tết Đinh Mùi, and a Saturday
        (datetime(2027, 2, 4, 23, 30), Kind.ACCESS, date(2027, 2, 15), date(2027, 2, 25)),
        (datetime(2026, 12, 5, 9), Kind.ACCESS, date(2026, 12, 8), date(2026, 12, 18)),
    ],
)
def test_the_days_are_working_days_over_weekends_and_tet(
    people: People, made: datetime, kind: str, acknowledge_by: date, answer_by: date
) -> None:
    with time_machine.travel(made.replace(tzinfo=ZONE), tick=False):
        one = asked(people, kind=kind)
    assert (one.acknowledge_by, one.answer_by) == (acknowledge_by, answer_by)


def test_overdue_begins_the_day_after_the_last_day(people: People) -> None:
    with time_machine.travel(datetime(2026, 12, 3, 9, tzinfo=ZONE), tick=False):
        one = asked(people, kind=Kind.ACCESS)
    for day, unread, late in [(7, False, 0), (8, True, 0), (17, True, 0), (18, True, 1)]:
        with time_machine.travel(datetime(2026, 12, day, 23, tzinfo=ZONE), tick=False):
            assert (one.is_unread_too_long, one.days_late) == (unread, late)
            assert DataRequest.objects.overdue(date(2026, 12, day)).exists() == (unread or bool(late))


def test_an_answer_or_a_withdrawal_stops_the_clock(people: People) -> None:
    with time_machine.travel(datetime(2026, 12, 3, 9, tzinfo=ZONE), tick=False):
        one, other = asked(people), asked(people, "mai")
        answered(people, one)
        commands.withdraw(by=people.standing("mai"), request=other)
    assert not DataRequest.objects.overdue(date(2027, 6, 1)).exists()


# ---------- Who answers ----------
def test_the_cell_answers_its_members_and_the_committee_above_its_secretary(people: People) -> None:
    assert asked(people, "binh").answerer == people.cell
    assert asked(people, "hung").answerer == people.cell
    assert asked(people, "lan").answerer == people.commune


@pytest.mark.parametrize(("whose", "who"), [("binh", "dung"), ("binh", "khanh"), ("binh", "binh"), ("binh", "phuc")])
def test_nobody_else_answers(people: People, whose: str, who: str) -> None:
    with pytest.raises(Http404):
        answered(people, asked(people, whose), who)


def test_the_deputy_does_not_answer_the_secretary_nor_anyone_oneself(people: People) -> None:
    for who in ("hung", "lan"):
        with pytest.raises(Http404):
            answered(people, asked(people, "lan"), who)
    with pytest.raises(Http404):
        answered(people, asked(people, "hung"), "hung")
    assert answered(people, asked(people, "lan"), "dung").outcome == Outcome.ACCEPTED


def test_the_committee_writes_down_what_a_member_without_a_device_asks(people: People) -> None:
    standing = people.standing("lan")
    with scope(standing):
        one = commands.make_request(by=standing, kind=Kind.ACCESS, subject=Subject.OTHER, text="", person=people.tu)
    assert (one.person_id, one.written_by) == (people.tu.pk, people.lan.pk)
    with scope(people.standing("phuc")), pytest.raises(Http404):
        commands.make_request(
            by=people.standing("phuc"), kind=Kind.ACCESS, subject=Subject.OTHER, text="", person=people.tu
        )


# ---------- What an answer does ----------
def test_an_accepted_deletion_erases_the_phone_and_nothing_else(people: People) -> None:
    make.contact(people.binh, "0911111111")
    answered(people, asked(people))
    assert not Contact.objects.filter(person=people.binh).exists()
    assert people.binh.memberships.exists()


def test_of_a_secretary_too_though_the_commune_may_not_read_the_phone(people: People) -> None:
    make.contact(people.lan, "0911111111")
    answered(people, asked(people, "lan"), "dung")
    assert not Contact.objects.filter(person=people.lan).exists()


def test_an_accepted_restriction_hides_the_phone_from_the_cell(people: People) -> None:
    make.contact(people.binh, "0911111111", shared=True)
    answered(people, asked(people, kind=Kind.RESTRICTION))
    assert not Contact.objects.get(person=people.binh).shared_with_cell


def test_a_refused_deletion_keeps_it(people: People) -> None:
    make.contact(people.binh, "0911111111")
    answered(people, asked(people), outcome=Outcome.REFUSED)
    assert Contact.objects.get(person=people.binh).phone == "0911111111"


def test_signed_minutes_are_never_erased_and_the_reason_is_offered(people: People) -> None:
    one = asked(people, subject=Subject.MINUTES)
    sentence = offered_refusal(one)
    assert "đính chính" in sentence and "không xóa được" in sentence
    signed = make.signed(people.cell)
    answered(people, one)
    signed.refresh_from_db()
    assert signed.signed_at is not None
    assert offered_refusal(asked(people, subject=Subject.CONTACT)) == ""


def test_it_is_answered_once(people: People) -> None:
    one = asked(people)
    answered(people, one)
    with pytest.raises(commands.Settled):
        answered(people, one, "hung")
    with pytest.raises(commands.Settled):
        commands.withdraw(by=people.standing("binh"), request=one)


def test_each_step_is_an_event_without_a_word_of_the_request(people: People) -> None:
    standing = people.standing("binh")
    make.contact(people.binh, "0911111111")
    with scope(standing):
        one = commands.make_request(by=standing, kind=Kind.DELETION, subject=Subject.CONTACT, text="Số của tôi bị lộ")
    lan = people.standing("lan")
    with scope(lan):
        commands.acknowledge(by=lan, request=one)
        commands.answer(by=lan, request=one, outcome=Outcome.ACCEPTED, text="Đã xóa số")
    rows = list(Event.objects.filter(chain=people.cell.pk).order_by("seq").values_list("kind", "payload"))
    kinds = [kind for kind, _ in rows]
    assert kinds[-4:] == ["data_request.made", "data_request.acknowledged", "contact.erased", "data_request.answered"]
    assert "số" not in "".join(payload or "" for _, payload in rows).lower()


# ---------- Upward: counts alone ----------
def test_overdue_is_counted_upward_and_no_row_is_read(people: People) -> None:
    with time_machine.travel(datetime(2026, 12, 3, 9, tzinfo=ZONE), tick=False):
        asked(people)
    with time_machine.travel(datetime(2027, 2, 1, 9, tzinfo=ZONE), tick=False):
        for who in ("dung", "thu"):
            with scope(people.standing(who)):
                assert commands.overdue_below() == {people.cell.pk: 1}
                assert not DataRequest.objects.exists()
        for who in ("binh", "phuc", "khanh"):
            with scope(people.standing(who)):
                assert commands.overdue_below() == {}
        with system_scope(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM privacy_overdue(%s)", [date(2027, 2, 1)])
            assert cursor.fetchone() == (0,)


# ---------- Pages ----------
def test_it_works_from_asking_to_the_answer(people: People) -> None:
    binh, lan = sign_in(Client(), people.binh), sign_in(Client(), people.lan)
    page = binh.post("/du-lieu-cua-toi/yeu-cau/", {"kind": "correction", "subject": "details", "text": "Sinh năm 1968"})
    assert page.status_code == 302
    one = DataRequest.objects.get()
    assert "Sinh năm 1968" in lan.get(f"/yeu-cau-du-lieu/{one.pk}/").content.decode()
    assert lan.post(f"/yeu-cau-du-lieu/{one.pk}/", {"acknowledge": "1"}).status_code == 302
    done = lan.post(f"/yeu-cau-du-lieu/{one.pk}/", {"outcome": "accepted", "answer": "Đã sửa năm sinh."})
    assert done.status_code == 302
    assert "Đã sửa năm sinh." in binh.get("/du-lieu-cua-toi/").content.decode()


def test_it_validates_and_keeps_what_was_typed(people: People) -> None:
    client = sign_in(Client(), people.binh)
    answer = client.post("/du-lieu-cua-toi/yeu-cau/", {"kind": "correction", "subject": "details", "text": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa nói sửa chỗ nào" in page
    assert 'value="correction"' in page
    one = asked(people)
    lan = sign_in(Client(), people.lan)
    page = lan.post(f"/yeu-cau-du-lieu/{one.pk}/", {"outcome": "refused", "answer": ""}).content.decode()
    assert "Chưa ghi “Câu trả lời”." in page
    one.refresh_from_db()
    assert one.answered_at is None


def test_the_reason_is_put_into_the_answer_in_one_tap_and_sent_by_another(people: People) -> None:
    one = asked(people, subject=Subject.MINUTES)
    lan = sign_in(Client(), people.lan)
    answer = lan.post(f"/yeu-cau-du-lieu/{one.pk}/", {"offer": "1"})
    assert answer.status_code == 200
    assert "không xóa được" in answer.content.decode().split("<textarea")[1].split("</textarea")[0]
    one.refresh_from_db()
    assert one.is_waiting


def test_it_checks_access(people: People) -> None:
    one = asked(people)
    for who in ("binh", "mai", "khanh", "dung", "thu", "phuc", "former", "suspended", "operator"):
        client = sign_in(Client(), people.all().get(who) or people.operator)
        assert client.get(f"/yeu-cau-du-lieu/{one.pk}/").status_code == 404, who
    assert sign_in(Client(), people.mai).post(f"/du-lieu-cua-toi/yeu-cau/{one.pk}/rut/").status_code == 404
