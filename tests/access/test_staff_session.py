"""A staff session: off by default, for a reason and an hour at most, seen by the committees above; never content."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.test import Client

from chibo.access.models import Office, StaffSession, TermOfOffice
from chibo.access.scope import scope
from chibo.access.standing import Standing, standing_of
from chibo.accounts.adapters import FactorAdapter
from chibo.accounts.models import Invitation, User
from chibo.audit.models import Event
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.staff_session import begin_staff_session, first_officer, invite_officer, reason_digest
from chibo.directory.history.lines import ADMINISTRATOR, lines_of
from chibo.lib import dates
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation
from tests import make
from tests.access.routes import ROUTES
from tests.access.test_routes import address, lets_in, things
from tests.access.test_scope import rows
from tests.access.world import build
from tests.accounts import app_of_codes
from tests.people import People, sign_in
from tests.second import agree

REASON = "Cán bộ duy nhất của xã Hàm Thạnh quên mật khẩu"
PASSWORD = "mot-mat-khau-dai"
HERE = "/phien-quan-tri/"


@pytest.fixture
def operator(people: People) -> User:
    people.operator.set_password(PASSWORD)
    people.operator.save()
    return people.operator


def begun(operator: User, **fields: str) -> Client:
    """A browser of the administrator's in which a session is on."""
    client = sign_in(Client(), operator)
    assert client.post(HERE, {"reason": REASON, "minutes": "30", "password": PASSWORD} | fields).status_code == 302
    return client


def standing_in(session: StaffSession) -> Standing:
    return Standing(account_id=session.account_id, staff=session.pk)


def test_it_works(people: People, operator: User) -> None:
    client = sign_in(Client(), operator)
    assert "Phiên quản trị đang mở đến" not in client.get(HERE).content.decode()
    client = begun(operator)
    for path in (HERE, "/vai/", "/huong-dan/"):
        page = client.get(path).content.decode()
        assert "Phiên quản trị đang mở đến" in page, path
    client.post(f"{HERE}ket-thuc/")
    assert "Phiên quản trị đang mở đến" not in client.get(HERE).content.decode()
    assert StaffSession.objects.get().ended_at is not None


def test_it_is_written_with_the_digest_of_its_reason(people: People, operator: User) -> None:
    begun(operator)
    event, session = Event.objects.get(kind="staff.begun"), StaffSession.objects.get()
    assert event.chain == people.province.pk
    assert event.payload is not None
    assert reason_digest(session) in event.payload
    assert REASON not in event.payload
    session.reason = "Việc khác"
    assert reason_digest(session) not in event.payload


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "Chưa ghi “Vì việc gì”"),
        ({"minutes": "61"}, "không quá 60"),
        ({"minutes": ""}, "Chưa ghi “Trong bao nhiêu phút”"),
        ({"password": "sai-mat-khau"}, "Mật khẩu chưa đúng"),
    ],
)
def test_it_validates(people: People, operator: User, fields: dict[str, str], words: str) -> None:
    client = sign_in(Client(), operator)
    answer = client.post(HERE, {"reason": REASON, "minutes": "30", "password": PASSWORD} | fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StaffSession.objects.exists()


def test_whoever_has_a_second_factor_proves_it_again(people: People, operator: User) -> None:
    secret = TOTP.activate(operator, generate_totp_secret()).instance.data["secret"]
    client = sign_in(Client(), operator)
    typed = {"reason": REASON, "minutes": "30", "password": PASSWORD}
    for code in ("", "000000"):
        answer = client.post(HERE, typed | {"code": code})
        assert answer.status_code == 422
        assert REASON in answer.content.decode(), "nothing typed is lost"
    assert not StaffSession.objects.exists()
    plain = FactorAdapter().decrypt(secret)
    assert client.post(HERE, typed | {"code": app_of_codes.code(plain)}).status_code == 302
    assert StaffSession.objects.count() == 1


def test_it_ends_by_the_clock(people: People, operator: User) -> None:
    client = begun(operator, minutes="20")
    with dates.at(dates.now() + timedelta(minutes=19)):
        assert "đang mở đến" in client.get(HERE).content.decode()
    with dates.at(dates.now() + timedelta(minutes=21)):
        assert "đang mở đến" not in client.get(HERE).content.decode()
        assert client.post(f"{HERE}ket-thuc/").status_code == 404


def test_the_database_holds_an_hour(people: People, operator: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.staff_session(operator, minutes=61)


def test_it_is_on_in_one_browser_alone(people: People, operator: User) -> None:
    client = begun(operator)
    assert "đang mở đến" in client.get(HERE).content.decode()
    assert "đang mở đến" not in sign_in(Client(), operator).get(HERE).content.decode()


def test_it_ends_with_the_administrators_own_right(people: People, operator: User) -> None:
    client = begun(operator)
    User.objects.filter(pk=operator.pk).update(is_operator=False)
    assert client.get(HERE).status_code == 404
    assert client.get(f"{HERE}can-bo/{people.commune.pk}/").status_code == 404


def test_another_accounts_session_is_not_taken_over(people: People, operator: User) -> None:
    other = make.account(None, "other", is_operator=True)
    foreign = make.staff_session(other)
    client = sign_in(Client(), operator)
    session = client.session
    session["staff_session"] = str(foreign.pk)
    session.save()
    assert "đang mở đến" not in client.get(HERE).content.decode()


def test_nobody_else_begins_one(people: People) -> None:
    for name, who in people.all().items():
        answer = sign_in(Client(), who).post(HERE, {"reason": REASON, "minutes": "30", "password": ""})
        assert answer.status_code in (200, 404), name
    assert not StaffSession.objects.exists()
    with scope(people.standing("hoa")), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        make.staff_session(people.operator)


def test_the_committees_above_read_why_and_when(people: People, operator: User) -> None:
    begun(operator)
    for name in ("dung", "hoa", "thu"):
        page = sign_in(Client(), people.all()[name]).get(HERE).content.decode()
        assert REASON in page
        assert "Đang mở" in page
        assert "mở phiên quản trị lúc" in sign_in(Client(), people.all()[name]).get("/").content.decode()
    assert sign_in(Client(), people.lan).get(HERE).status_code == 404


def test_every_page_answers_as_before_but_those_of_the_session(people: People, operator: User) -> None:
    known = things(people)
    off, on = sign_in(Client(), operator), begun(operator)
    opened = {
        route
        for route, line in ROUTES.items()
        if route not in ("dang-xuat/", f"{HERE[1:]}ket-thuc/") and "guide" not in line.world.values()
        if lets_in(on, line, address(route, line, known)) and not lets_in(off, line, address(route, line, known))
    }
    staff = {"phien-quan-tri/can-bo/<uuid:organisation_id>/", "phien-quan-tri/to-moi/<uuid:term_id>/"}
    assert opened == staff | {"hai-nguoi/"}


def test_as_sql_it_reads_offices_above_the_cells_their_holders_and_itself(people: People, operator: User) -> None:
    build(people)
    session = make.staff_session(operator)
    with scope(Standing(account_id=operator.pk)):
        before = set(rows())
    with scope(standing_in(session)):
        found = set(rows()) - before
        offices = set(TermOfOffice.objects.values_list("office", flat=True))
        holders = set(Person.objects.values_list("pk", flat=True))
    assert before <= {"privacy_breachentry"}, "the register of breaches is the administrator's work, session or not"
    assert found == {"access_termofoffice", "members_person", "access_staffsession"}
    assert offices == {Office.UPPER_STAFF, Office.UPPER_SECRETARY, Office.PROVINCE_STAFF}
    assert holders == {people.dung.pk, people.hoa.pk, people.thu.pk}


def test_the_first_officer_of_a_body_gets_a_way_in(people: People, operator: User) -> None:
    empty = make.commune(people.province, "Đảng ủy xã Tân Lập")
    page = begun(operator).post(f"{HERE}can-bo/{empty.pk}/", {"full_name": "Đinh Thị Hạnh", "code": ""})
    assert page.status_code == 200
    term = TermOfOffice.objects.get(organisation=empty)
    assert (term.office, term.person.full_name) == (Office.UPPER_STAFF, "Đinh Thị Hạnh")
    assert standing_of(term.person_id).covers(empty.path)
    assert Invitation.objects.open().filter(user__person=term.person).exists()
    event = Event.objects.get(kind="account.invited")
    assert (event.actor_id, event.chain) == (operator.pk, empty.pk)


def test_the_first_officer_of_a_department_of_the_province_is_the_provinces(people: People, operator: User) -> None:
    body = Organisation.objects.plant(
        name="Văn phòng Tỉnh ủy", kind=Kind.DEPARTMENT, parent=people.province, founded=make.FOUNDED
    )
    client = begun(operator)
    client.post(f"{HERE}can-bo/{body.pk}/", {"full_name": "Đinh Thị Hạnh", "code": ""})
    assert not TermOfOffice.objects.filter(organisation=body).exists(), "cells below have records: it takes two"
    act = agree(people, "thu")
    assert client.post(f"/hai-nguoi/{act.pk}/to-moi/").status_code == 200
    standing = standing_of(TermOfOffice.objects.get(organisation=body).person_id)
    assert standing.commune_paths == ()
    assert standing.province_paths == (people.province.path,)


def test_in_the_log_an_administrator_is_named_as_such(people: People, operator: User) -> None:
    client = begun(operator)
    client.post(f"{HERE}to-moi/{people.hoa.offices.get().pk}/")
    client.post(f"/hai-nguoi/{agree(people, 'thu').pk}/to-moi/")
    event = Event.objects.get(kind="account.invited")
    [line] = lines_of([event], people.standing("hoa"))
    assert line.who == ADMINISTRATOR


def test_where_somebody_holds_an_office_the_session_adds_nobody(people: People, operator: User) -> None:
    answer = begun(operator).post(f"{HERE}can-bo/{people.commune.pk}/", {"full_name": "Đinh Thị Hạnh", "code": ""})
    assert answer.status_code == 422
    assert "đã có người giữ chức vụ" in answer.content.decode()


def test_no_cell_gets_an_office_by_it(people: People, operator: User) -> None:
    client = begun(operator)
    assert client.post(f"{HERE}can-bo/{people.cell.pk}/", {"full_name": "Ai đó", "code": ""}).status_code == 404
    assert client.post(f"{HERE}to-moi/{people.lan.offices.get().pk}/").status_code == 404
    session = standing_in(StaffSession.objects.get())
    with scope(session), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        make.office(people.dung, people.cell, Office.SECRETARY, dates.today())


def test_an_officer_locked_out_gets_a_new_invitation(people: People, operator: User) -> None:
    term = people.hoa.offices.get()
    client = begun(operator)
    assert client.post(f"{HERE}to-moi/{term.pk}/").status_code == 302
    assert not Invitation.objects.exists()
    assert "Rút đề nghị" in client.get("/hai-nguoi/").content.decode()
    assert client.post(f"/hai-nguoi/{agree(people, 'dung').pk}/to-moi/").status_code == 200
    assert Invitation.objects.open().filter(user=people.hoa.user).exists()


def test_an_administrator_gives_nothing_to_oneself(people: People) -> None:
    """A named administrator is a person of the tenant too."""
    account = people.dung.user
    account.is_operator = True
    account.save()
    session = make.staff_session(account)
    named = replace(people.standing("dung"), account_id=account.pk, staff=session.pk)
    from django.http import Http404

    with pytest.raises(Http404):
        invite_officer(by=named, term=people.dung.offices.get())
    alone = replace(people.standing("mai"), account_id=account.pk, staff=session.pk)
    with scope(alone), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        make.office(people.mai, people.commune, Office.UPPER_STAFF, dates.today())


def test_more_than_an_hour_is_not_begun(people: People) -> None:
    with pytest.raises(NotPossible):
        begin_staff_session(by=Standing(account_id=people.operator.pk), reason=REASON, minutes=90)


def test_without_a_session_the_commands_do_not_exist(people: People) -> None:
    from django.http import Http404

    with pytest.raises(Http404):
        first_officer(by=Standing(account_id=people.operator.pk), organisation=people.commune, full_name="A", code="")
