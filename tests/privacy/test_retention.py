"""How long data are kept: what is past its time goes, what is not stays, minutes stay for ever, chains verify."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import Http404
from django.test import Client
from psycopg.types.range import DateRange

from chibo.access.scope import scope, system_scope
from chibo.accounts.models import FailedSignIn, Invitation
from chibo.audit import events, verify
from chibo.audit.models import Event, Reading
from chibo.lib.dates import ZONE, add_months, now, today
from chibo.meetings.models import Attendance, Invitee, Minutes, Opinion, State
from chibo.members.models import Contact
from chibo.privacy.retention import run
from chibo.privacy.retention.classes import CLASSES
from chibo.privacy.retention.run import apply_retention, set_days
from chibo.resolutions.models import Resolution
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def test_a_phone_goes_thirty_days_after_its_owner_left_and_not_a_day_earlier(people: People) -> None:
    make.contact(people.binh, "0911111111")
    membership = people.binh.memberships.get()
    membership.validity = DateRange(membership.validity.lower, today())
    membership.save()
    assert apply_retention(in_days(29))["retention_contact"] == 0
    assert Contact.objects.exists()
    assert apply_retention(in_days(30))["retention_contact"] == 1
    assert not Contact.objects.exists()


def test_who_is_of_another_cell_or_holds_an_office_keeps_the_phone(people: People) -> None:
    for who in (people.left, people.thu, people.binh):
        make.contact(who, "0911111111")
    make.contact(make.person("Mới Ghi Tên"), "0922222222")
    assert apply_retention(in_days(3650))["retention_contact"] == 0


def test_words_about_an_absence_go_after_the_term_and_the_category_stays(people: People) -> None:
    held = make.signed(people.cell)
    Attendance.objects.filter(meeting=held, person=people.mai).update(
        state="absent", reason="health", reason_text="đau lưng"
    )
    Invitee.objects.create(**held.keys, person=people.mai, reason_text="đau lưng")
    term = people.cell.term_on(held.day)
    assert term is not None
    last = term.validity.upper
    assert apply_retention(last - timedelta(days=1))["retention_absence_words"] == 0
    assert apply_retention(last)["retention_absence_words"] == 2
    line = Attendance.objects.get(meeting=held, person=people.mai)
    assert (line.reason, line.reason_text) == ("health", "")
    assert not Invitee.objects.exclude(reason_text="").exists()


def absent(people: People) -> Attendance:
    """Mai's absence at a meeting of a month ago, with words."""
    held = make.signed(people.cell)
    Attendance.objects.filter(meeting=held, person=people.mai).update(
        state="absent", reason="health", reason_text="đau lưng"
    )
    return Attendance.objects.get(meeting=held, person=people.mai)


def words_go_on(day: date) -> bool:
    """Whether they are there on the day before, and gone on the day."""
    before, then = (apply_retention(one, dry_run=True) for one in (day - timedelta(days=1), day))
    return (before["retention_absence_words"], then["retention_absence_words"]) == (0, 1)


@pytest.mark.parametrize("entered", ["nothing", "without a last day"])
def test_words_about_an_absence_go_after_the_longest_term_where_no_last_day_is_known(
    people: People, entered: str
) -> None:
    line = absent(people)
    people.cell.terms.all().delete()
    if entered != "nothing":
        people.cell.terms.create(name="2025-2030", validity=DateRange(date(2025, 1, 1), None))
    assert words_go_on(add_months(line.meeting.day, 60) + timedelta(days=1))


def test_words_about_an_absence_go_when_the_next_term_begins(people: People) -> None:
    absent(people)
    people.cell.terms.all().delete()
    people.cell.terms.create(name="2027-2030", validity=DateRange(in_days(40), None))
    assert words_go_on(in_days(40))


def test_words_about_an_absence_go_when_the_cell_ends(people: People) -> None:
    absent(people)
    people.cell.terms.all().delete()
    people.cell.dissolved = in_days(30)
    people.cell.save()
    assert words_go_on(in_days(30))


def test_words_about_an_absence_stay_as_long_as_a_term_that_was_made_longer(people: People) -> None:
    absent(people)
    people.cell.terms.all().delete()
    term = people.cell.terms.create(name="2025", validity=DateRange(date(2025, 1, 1), in_days(6 * 366)))
    assert words_go_on(term.validity.upper)


def test_opinions_of_a_meeting_never_held_go_and_those_of_a_coming_one_stay(people: People) -> None:
    cancelled = make.meeting(people.cell, state=State.CANCELLED, starts_at=make.at(today()))
    for meeting in (cancelled, people.meeting):
        Opinion.objects.create(**meeting.keys, author=people.binh, text="Ý")
    assert apply_retention(in_days(90))["retention_drafts"] == 0
    assert apply_retention(in_days(91))["retention_drafts"] == 1
    assert Opinion.objects.get().meeting_id == people.meeting.pk


def test_used_invitations_failed_sign_ins_and_ended_sessions_go(people: People) -> None:
    open_one = Invitation.objects.issue(people.binh.user, None).invitation
    used = Invitation.objects.issue(people.mai.user, None).invitation
    used.used_at = now()
    used.save()
    FailedSignIn.objects.note("x", None)
    Session.objects.create(session_key="a", session_data="", expire_date=now() - timedelta(days=1))
    apply_retention(today())
    assert not Session.objects.filter(session_key="a").exists()
    assert FailedSignIn.objects.exists()
    apply_retention(in_days(31))
    assert set(Invitation.objects.all()) == {open_one}
    assert not FailedSignIn.objects.exists()


def test_minutes_and_resolutions_stay_for_ever(people: People) -> None:
    held = make.signed(people.cell)
    Minutes.objects.create(**held.keys, number=1)
    make.resolution(held)
    taken = apply_retention(date(2126, 1, 1))
    assert taken["retention_minutes"] == 0
    assert (Minutes.objects.count(), Resolution.objects.count()) == (1, 1)


def test_details_of_old_events_and_readings_go_and_the_chains_verify(people: People) -> None:
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=ZONE), tick=False):
        events.record("task.progress", chain=people.cell.pk, by=people.binh.pk, state="done")
        Reading.objects.create(
            cell_id=people.cell.pk,
            person_id=people.khanh.pk,
            capacity="follower",
            what="minutes",
            object_type="meetings.meeting",
            object_id=people.meeting.pk,
            hour=now(),
        )
    taken = apply_retention(today())
    assert (taken["retention_event_details"], taken["retention_readings"]) == (1, 1)
    assert Event.objects.get(kind="task.progress").payload is None
    assert not Reading.objects.exists()
    assert list(verify.breaks()) == []


def test_the_run_is_an_event_with_counts_alone_and_a_second_run_finds_nothing(people: People) -> None:
    FailedSignIn.objects.note("x", None)
    apply_retention(in_days(31))
    event = Event.objects.filter(kind="retention.applied").latest("seq")
    assert event.chain == people.province.pk
    assert '"failed_sign_ins":1' in str(event.payload)
    assert sum(apply_retention(in_days(31)).values()) == 0


def test_a_dry_run_counts_and_erases_nothing(people: People) -> None:
    FailedSignIn.objects.note("x", None)
    assert apply_retention(in_days(31), dry_run=True)["retention_failed_sign_ins"] == 1
    assert FailedSignIn.objects.exists()
    assert not Event.objects.filter(kind="retention.applied").exists()


# ---------- Settings ----------
def test_the_province_sets_another_time_with_its_source_and_takes_it_back(people: People) -> None:
    thu = people.standing("thu")
    FailedSignIn.objects.note("x", None)
    with scope(thu):
        set_days(by=thu, key="retention_failed_sign_ins", days=7, source="Quyết định 12-QĐ/TU")
    with system_scope():
        assert apply_retention(in_days(8), dry_run=True)["retention_failed_sign_ins"] == 1
        line = next(line for line in run.lines(today()) if line.one.key == "retention_failed_sign_ins")
        assert (line.days, line.rule.source) == (7, "Quyết định 12-QĐ/TU")
    with scope(thu):
        set_days(by=thu, key="retention_failed_sign_ins", days=None, source="")
    with system_scope():
        assert apply_retention(in_days(8), dry_run=True)["retention_failed_sign_ins"] == 0


def test_nobody_else_sets_it_and_what_is_kept_for_ever_is_not_set(people: People) -> None:
    for who in ("dung", "lan", "binh"):
        with scope(people.standing(who)), pytest.raises(Http404):
            set_days(by=people.standing(who), key="retention_contact", days=1, source="x")
    with scope(people.standing("thu")), pytest.raises(Http404):
        set_days(by=people.standing("thu"), key="retention_minutes", days=1, source="x")


def test_the_log_is_kept_whole_for_a_month_whatever_is_set(people: People) -> None:
    thu = people.standing("thu")
    with scope(thu), pytest.raises(run.TooShort):
        set_days(by=thu, key="retention_event_details", days=7, source="x")


def test_it_works(people: People) -> None:
    client = sign_in(Client(), people.thu)
    page = client.get("/thoi-han-luu/").content.decode()
    for one in CLASSES:
        assert one.title in page
    assert "Giữ vĩnh viễn" in page
    answer = client.post("/thoi-han-luu/retention_contact/", {"days": "60", "source": "Quyết định 12-QĐ/TU"})
    assert answer.status_code == 302
    assert "Quyết định 12-QĐ/TU" in client.get("/thoi-han-luu/").content.decode()


def test_it_validates_that_a_number_of_ones_own_has_its_source(people: People) -> None:
    client = sign_in(Client(), people.thu)
    answer = client.post("/thoi-han-luu/retention_contact/", {"days": "60", "source": ""})
    assert answer.status_code == 422
    assert "Chưa ghi văn bản" in answer.content.decode()
    answer = client.post("/thoi-han-luu/retention_event_details/", {"days": "3", "source": "QĐ"})
    assert "ít nhất 31 ngày" in answer.content.decode()
