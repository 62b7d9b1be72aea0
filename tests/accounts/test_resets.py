"""Another way in for somebody, face to face: only from above, recorded, told to whom it concerns."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import Http404
from django.test import Client

from chibo.access.models import Office
from chibo.access.scope import system_scope
from chibo.access.standing import Standing
from chibo.accounts.models import AccountReset, Invitation
from chibo.audit.models import Event
from chibo.directory.account.rights import Way, ways_in, within_reach
from chibo.directory.commands.accounts import (
    drop_second_factor,
    invite,
    reset_password,
    reset_second_factor,
    set_at_the_machine,
)
from chibo.directory.models import TwoPersonAct
from chibo.directory.two_people.commands import may_answer
from chibo.lib import dates
from tests import make
from tests.accounts.app_of_codes import PASSWORD, STEP_TWO, code, enter, set_up, with_password
from tests.people import People, sign_in
from tests.second import agree

NEW = {"password": "bốn từ dễ nhớ thôi", "again": "bốn từ dễ nhớ thôi"}
# Who may give whom another way in: written out by hand. Phú Hòa has records, Dân Hiệp has none yet.
ALONE = {
    # Sơn is here for a time: his account opens what his own cell keeps.
    "lan": {"hung", "quyen", "tam", "binh", "mai", "tu", "vinh", "suspended"},
    "hung": {"tam", "binh", "mai", "tu", "vinh", "suspended"},
    "quyen": {"tam", "binh", "mai", "tu", "vinh", "suspended"},
    "phuc": {"former"},
    "dung": {"phuc", "former"},
    "hoa": {"phuc", "former"},
}
OF_THE_CELL = {"lan", "hung", "quyen", "tam", "binh", "mai", "tu", "son", "vinh", "suspended"}
WITH_A_SECOND = {
    "phuc": {"left"},  # still reads what she attended in Phú Hòa, which Phúc does not
    "dung": OF_THE_CELL | {"left", "khanh", "hoa"},  # for Hòa the province agrees
    "hoa": OF_THE_CELL | {"left", "khanh", "dung"},
    "thu": {"dung", "hoa"},  # the province: never for people of a cell
}


def test_who_reaches_whom(people: People) -> None:
    """Every level × every level; whoever stands in neither list reaches nobody."""
    names = {person.pk: name for name, person in people.all().items()}
    for way, table in ((Way.ALONE, ALONE), (Way.WITH_A_SECOND, WITH_A_SECOND)):
        ways = {name: ways_in(people.standing(name), names) for name in people.all()}
        found = {name: {names[one] for one, each in row.items() if each == way} for name, row in ways.items()}
        assert {name: reach for name, reach in found.items() if reach} == table, way


def test_the_two_of_a_pair_stand_above_every_office_and_one_of_them_at_home(people: People) -> None:
    """Who may agree to a request of Dũng's, of Thu's, of Phúc's: written out by hand."""
    pairs = {
        ("dung", "lan"): {"hung", "quyen", "hoa", "thu"},  # the cell's own committee, the committee above, the province
        ("dung", "binh"): {"lan", "hung", "quyen", "hoa", "thu"},
        ("dung", "hoa"): {"thu"},
        ("hoa", "dung"): {"thu"},
        ("thu", "hoa"): {"dung"},
        ("phuc", "left"): {"dung", "hoa", "thu"},
    }
    for (by, of), expected in pairs.items():
        client = sign_in(Client(), people.all()[by])
        assert client.post(f"/tai-khoan/{people.all()[of].pk}/to-moi/").status_code == 302
        one = TwoPersonAct.objects.get(withdrawn_at=None)
        may = {name for name in people.all() if may_answer(people.standing(name), one)}
        assert may == expected, (by, of)
        assert client.post(f"/hai-nguoi/{one.pk}/rut/").status_code == 302
    assert not Invitation.objects.exists()


def test_a_sheet_that_takes_two_is_printed_once_by_whoever_asked(people: People) -> None:
    dung = sign_in(Client(), people.dung)
    dung.post(f"/chi-bo/{people.cell.pk}/loi-moi/")
    page = dung.get(f"/tai-khoan/{people.lan.pk}/").content.decode()
    assert "chờ người thứ hai đồng ý" in page and "Đề nghị in tờ mời" not in page
    for name in ("lan", "binh"):  # the person, and the cell's committee; of the members nobody else
        page = sign_in(Client(), people.all()[name]).get("/").content.decode()
        assert ("Đỗ Tiến Dũng đề nghị" in page) == (name == "lan")
    one = agree(people, "hoa")
    assert f"/hai-nguoi/{one.pk}/to-moi/" in dung.get(f"/tai-khoan/{people.lan.pk}/").content.decode()
    assert "đồng chí Phan Thị Hòa đã đồng ý" in sign_in(Client(), people.hung).get("/").content.decode()
    assert sign_in(Client(), people.hoa).post(f"/hai-nguoi/{one.pk}/to-moi/").status_code == 404
    assert "Mã mời" in dung.post(f"/hai-nguoi/{one.pk}/to-moi/").content.decode()
    assert dung.post(f"/hai-nguoi/{one.pk}/to-moi/").status_code == 404
    assert Invitation.objects.get().user == people.lan.user


def test_what_waits_long_is_found_where_the_first_page_leads(people: People) -> None:
    sign_in(Client(), people.dung).post(f"/chi-bo/{people.cell.pk}/loi-moi/")
    with system_scope():
        TwoPersonAct.objects.update(asked_at=dates.now() - timedelta(days=90))
    hoa = sign_in(Client(), people.hoa)
    assert "Một đề nghị chờ đồng chí đồng ý" in hoa.get("/").content.decode()
    assert "Chờ đồng chí trả lời" in hoa.get("/hai-nguoi/").content.decode()


def test_what_waits_is_found_however_much_was_done_since(people: People) -> None:
    dung, hoa = sign_in(Client(), people.dung), sign_in(Client(), people.hoa)
    dung.post(f"/chi-bo/{people.cell.pk}/loi-moi/")
    (waits,) = TwoPersonAct.objects.all()
    other = make.cell(people.commune, "Chi bộ thôn Lâm Giang")
    over = {"kind": TwoPersonAct.Kind.DOOR, "asked_by": people.dung.pk, "answered_by": people.hoa.pk, "allowed": False}
    told = {"days": 5, "full_name": "Trịnh Công Nhân", "document": "QĐ 12-QĐ/UBKT"}
    later = dates.now() + timedelta(hours=1)
    TwoPersonAct.objects.bulk_create(
        TwoPersonAct(**over, place=other, details=told, asked_at=later, answered_at=later) for _ in range(70)
    )
    assert "Chờ đồng chí trả lời" in hoa.get("/hai-nguoi/").content.decode()
    assert "chờ người thứ hai đồng ý" in dung.get(f"/tai-khoan/{people.lan.pk}/").content.decode()
    for cell, told_here in ((people.cell, True), (other, False)):
        page = dung.get(f"/chi-bo/{cell.pk}/").content.decode()
        assert ("Chờ người thứ hai đồng ý" in page) == told_here
    TwoPersonAct.objects.filter(pk=waits.pk).update(asked_at=dates.now() - timedelta(days=90))
    assert hoa.post(f"/hai-nguoi/{waits.pk}/dong-y/").status_code == 302
    assert f"/hai-nguoi/{waits.pk}/to-moi/" in dung.get(f"/tai-khoan/{people.lan.pk}/").content.decode(), "agreed today"


def test_where_there_is_one_officer_it_is_said_and_nothing_is_given(people: People) -> None:
    for one in (people.hoa, people.thu, people.hung, people.quyen):
        one.offices.all().delete()
    answer = sign_in(Client(), people.dung).post(f"/tai-khoan/{people.lan.pk}/to-moi/", follow=True)
    assert "ở đây chưa có người thứ hai" in answer.content.decode()
    assert not TwoPersonAct.objects.exists() and not Invitation.objects.exists()


def test_whoever_came_for_a_time_from_outside_is_given_a_way_in_by_the_cell_that_has_him(people: People) -> None:
    guest = make.person("Lê Văn Khách")
    make.membership(guest, people.cell, "temporary")
    assert within_reach(people.standing("lan"), [guest.pk]) == {guest.pk}


@pytest.mark.parametrize(("by", "target"), [("hung", "lan"), ("hung", "quyen"), ("lan", "lan"), ("thu", "lan")])
def test_nobody_takes_the_account_of_someone_who_stands_higher(people: People, by: str, target: str) -> None:
    person = people.all()[target]
    for act in (reset_password, reset_second_factor):
        with pytest.raises(Http404):
            act(by=people.standing(by), person=person)
    with pytest.raises(Http404):
        invite(by=people.standing(by), cell=people.cell, people=[person.pk])
    client = sign_in(Client(), people.all()[by])
    assert client.get(f"/tai-khoan/{person.pk}/").status_code == 404
    assert client.post(f"/tai-khoan/{person.pk}/to-moi/").status_code == 404
    assert not Invitation.objects.exists()


def test_the_secretary_of_an_office_cell_does_not_take_the_account_of_an_officer_in_it(people: People) -> None:
    home = people.dung.memberships.get().cell
    make.office(people.son, home, Office.SECRETARY)
    assert people.dung.pk not in within_reach(people.standing("son"), [people.dung.pk])


@pytest.fixture
def binh(people: People) -> People:
    with_password(people.binh.user)
    return people


def test_it_cuts_off_devices_at_once_and_tells_by_whom_and_when(client: Client, binh: People) -> None:
    enter(client, "binh")
    invite(by=binh.standing("lan"), cell=binh.cell, people=[binh.binh.pk])
    assert client.get("/so-chi-bo/").status_code == 302
    enter(client, "binh")
    page = client.get("/").content.decode()
    assert f"ngày {dates.format_date(dates.today())}, đồng chí Nguyễn Thị Lan đã in tờ mời mới" in page
    assert "Nguyễn Thị Lan đã in" not in client.get("/").content.decode()
    assert "Nguyễn Thị Lan" in client.get("/tai-khoan/bao-mat/").content.decode()


def test_it_is_told_after_the_new_password_too(client: Client, binh: People) -> None:
    card = invite(by=binh.standing("lan"), cell=binh.cell, people=[binh.binh.pk])[0]
    client.get(f"/loi-moi/{card.issued.token}/")
    client.post("/loi-moi/mat-khau/", NEW)
    assert "đồng chí Nguyễn Thị Lan đã in tờ mời mới" in client.get("/").content.decode()


def test_it_is_recorded_in_the_life_of_the_cell(binh: People) -> None:
    invite(by=binh.standing("lan"), cell=binh.cell, people=[binh.binh.pk])
    event = Event.objects.get(kind="account.password_reset")
    assert (event.chain, event.actor_id, event.about_id) == (binh.cell.pk, binh.lan.pk, binh.binh.pk)
    assert "Bình" not in str(event.payload)


def test_a_first_invitation_is_no_reset(client: Client, people: People) -> None:
    card = invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])[0]
    assert not AccountReset.objects.exists()
    client.get(f"/loi-moi/{card.issued.token}/")
    client.post("/loi-moi/mat-khau/", NEW)
    assert "Nguyễn Thị Lan đã" not in client.get("/").content.decode()


def test_an_invitation_does_not_go_round_the_second_factor(client: Client, people: People) -> None:
    with_password(people.dung.user)
    enter(client, "dung")
    secret, _ = set_up(client)
    card = reset_password(by=people.standing("hoa"), person=people.dung, second=people.thu.pk)
    other = Client()
    other.get(f"/loi-moi/{card.issued.token}/")
    assert other.post("/loi-moi/mat-khau/", NEW).headers["Location"] == STEP_TWO
    assert other.get("/chi-bo/").status_code == 302
    with dates.at(dates.now() + timedelta(minutes=1)):
        assert other.post(STEP_TWO, {"code": code(secret)}).headers["Location"] == "/"
        assert other.get("/chi-bo/").status_code == 200


def test_a_lost_second_factor_is_set_up_anew(client: Client, people: People) -> None:
    with_password(people.dung.user)
    enter(client, "dung")
    set_up(client)
    hoa = sign_in(Client(), people.hoa)
    assert "còn mã dự phòng" in hoa.get(f"/tai-khoan/{people.dung.pk}/").content.decode()
    assert "Đã gửi đề nghị" in hoa.post(f"/tai-khoan/{people.dung.pk}/lop-hai/", follow=True).content.decode()
    assert Authenticator.objects.exists()
    agree(people, "thu")
    assert not Authenticator.objects.exists()
    assert client.get("/chi-bo/").status_code == 302
    assert enter(client, "dung").headers["Location"] == "/"
    page = client.get("/", follow=True).content.decode()
    assert "ba bước" in page
    assert "đồng chí Phan Thị Hòa đã bỏ lớp bảo vệ thứ hai" in page
    event = Event.objects.get(kind="account.second_factor_reset")
    assert (event.actor_id, event.about_id) == (people.hoa.pk, people.dung.pk)


def test_a_factor_that_is_gone_already_changes_nothing(people: People) -> None:
    assert not reset_second_factor(by=people.standing("lan"), person=people.binh)
    assert not AccountReset.objects.exists()


def test_the_list_of_officers_is_found_without_marks_and_shows_those_within_reach(people: People) -> None:
    thu = sign_in(Client(), people.thu)
    page = thu.get("/tai-khoan/").content.decode()
    assert "Phan Thị Hòa" in page
    assert "Cao Thị Thu</b>" not in page
    page = thu.get("/tai-khoan/", {"tim": "do tien"}).content.decode()
    assert "Đỗ Tiến Dũng" in page
    assert "Phan Thị Hòa" not in page
    page = sign_in(Client(), people.dung).get("/tai-khoan/").content.decode()
    assert "Nguyễn Thị Lan" in page
    assert "Cao Thị Thu" not in page


def test_what_one_sees_of_anothers_account_is_not_where_or_when_it_is_used(binh: People) -> None:
    client = Client(headers={"User-Agent": "Firefox/121 Windows"})
    enter(client, "binh")
    page = sign_in(Client(), binh.lan).get(f"/tai-khoan/{binh.binh.pk}/").content.decode()
    assert "đã có mật khẩu" in page
    assert "Firefox" not in page


def test_at_the_terminal_it_is_told_as_the_machines_keeper(client: Client, binh: People) -> None:
    set_up_before = Client()
    enter(set_up_before, "binh")
    set_up(set_up_before)
    set_at_the_machine(user=binh.binh.user, password=PASSWORD)
    assert set_up_before.get("/so-chi-bo/").status_code == 302
    assert drop_second_factor(by=Standing.for_system(), user=binh.binh.user)
    enter(client, "binh")
    assert "người quản trị máy đã" in client.get("/").content.decode()


def test_a_changed_way_in_is_told_to_every_other_device_and_nobody_reads_it_away(binh: People) -> None:
    """Somebody with the password and a session takes new codes: signing in again there does not use up the news."""
    own, thief = Client(), Client(headers={"User-Agent": "Firefox/121 Windows"})
    enter(own, "binh")
    secret, _ = set_up(own)
    with dates.at(dates.now() + timedelta(minutes=1)):
        enter(thief, "binh")
        thief.post(STEP_TWO, {"code": code(secret)})
        thief.post("/tai-khoan/bao-mat/ma-du-phong/")
        assert "dự phòng mới đã được lấy" not in thief.get("/", follow=True).content.decode()
    with dates.at(dates.now() + timedelta(minutes=3)):
        again = Client()
        enter(again, "binh")
        again.post(STEP_TWO, {"code": code(secret)})
        assert "dự phòng mới đã được lấy" in again.get("/", follow=True).content.decode()
    with dates.at(dates.now() + timedelta(hours=2)):
        page = own.get("/", follow=True).content.decode()
        assert "mười mã dự phòng mới đã được lấy trên Firefox trên máy tính Windows" in page
        assert "dự phòng mới đã được lấy" not in own.get("/", follow=True).content.decode()
    assert "dự phòng mới đã được lấy" in again.get("/tai-khoan/bao-mat/").content.decode().lower()


def test_a_changed_password_is_told_at_the_next_sign_in(client: Client, binh: People) -> None:
    enter(client, "binh")
    client.post("/tai-khoan/mat-khau/", {"present": PASSWORD, **NEW})
    other = Client()
    other.post("/dang-nhap/", {"name": "binh", "password": NEW["password"]})
    assert "mật khẩu của đồng chí đã được đổi" in other.get("/", follow=True).content.decode()


def test_whoever_enters_by_the_province_alone_is_told_of_a_printed_sheet(people: People) -> None:
    """An invitation is another way in for them too, though there is no password to replace."""
    SocialAccount.objects.create(user=people.binh.user, provider="tinh", uid="nguoi-1", extra_data={"code": "x"})
    invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])
    assert AccountReset.objects.get().what == AccountReset.What.PASSWORD
    assert not SocialAccount.objects.exists()
