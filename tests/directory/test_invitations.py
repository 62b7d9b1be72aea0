"""Printed invitations: chosen, used once, replaced by a new one; one's own password at the end."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from chibo.access.scope import system_scope
from chibo.accounts.models import Invitation, User, digest
from chibo.audit.models import Event
from chibo.directory.commands.accounts import invite, new_login
from chibo.lib import dates
from tests import make
from tests.people import People, sign_in

PAGE = "/so-chi-bo/loi-moi/"
PASSWORD = {"password": "bàu sen ngã ba gương", "again": "bàu sen ngã ba gương"}


@pytest.fixture
def card(people: People):
    return invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])[0]


def test_it_works(client: Client, people: People) -> None:
    page = sign_in(client, people.lan).get(PAGE).content.decode()
    assert "đồng chí chưa đăng nhập được" in page
    assert "checked" not in page
    answer = client.post(PAGE, {"person": [str(people.binh.pk), str(people.mai.pk)]})
    cards = answer.content.decode()
    assert cards.count('<article class="card">') == 2
    assert cards.count("<svg") >= 2
    assert re.search(r"\d{4} \d{4}", cards)
    assert answer.headers["Cache-Control"].count("no-store") == 1


def test_one_tap_invites_everyone_who_has_no_password_but_the_exempt(client: Client, people: People) -> None:
    people.binh.user.set_password("bàu sen ngã ba gương")
    people.binh.user.save()
    sign_in(client, people.lan).post(PAGE, {"all": "1"})
    invited = {one.user.person_id for one in Invitation.objects.select_related("user")}
    assert people.mai.pk in invited
    assert not {people.binh.pk, people.tu.pk, people.suspended.pk, people.phuc.pk} & invited


def test_it_validates_that_someone_is_chosen(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post(PAGE, {"chosen": "1"})
    assert answer.status_code == 422
    assert "Chưa chọn đồng chí nào" in answer.content.decode()


@pytest.mark.parametrize("who", ["binh", "tam", "khanh", "dung", "thu", "former"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    sign_in(client, people.all()[who])
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"all": "1"}).status_code == 404
    assert not Invitation.objects.exists()


def test_nobody_of_another_cell_is_invited(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post(PAGE, {"person": [str(people.phuc.pk)]})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_scanned_it_sets_the_own_password_and_signs_in(client: Client, people: People, card) -> None:
    answer = client.get(f"/loi-moi/{card.issued.token}/", follow=True)
    assert card.issued.token not in answer.request["PATH_INFO"]
    page = answer.content.decode()
    assert "Đặng Văn Bình đặt mật khẩu" in page
    assert "binh" in page
    answer = client.post("/loi-moi/mat-khau/", PASSWORD)
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(people.binh.user.pk)
    assert User.objects.get(pk=people.binh.user.pk).check_password(PASSWORD["password"])
    event = Event.objects.get(kind="account.password_set")
    assert (event.chain, event.actor_id) == (people.cell.pk, people.binh.pk)


def test_it_is_used_once(client: Client, people: People, card) -> None:
    client.get(f"/loi-moi/{card.issued.token}/")
    client.post("/loi-moi/mat-khau/", PASSWORD)
    other = Client()
    assert other.get(f"/loi-moi/{card.issued.token}/").status_code == 410
    assert other.post("/loi-moi/mat-khau/", PASSWORD).status_code == 410
    assert client.post("/loi-moi/mat-khau/", PASSWORD).status_code == 410


def test_it_lasts_thirty_days(client: Client, people: People, card) -> None:
    with dates.at(dates.now() + timedelta(days=29)):
        assert client.get(f"/loi-moi/{card.issued.token}/").status_code == 302
    with dates.at(dates.now() + timedelta(days=31)):
        assert client.get(f"/loi-moi/{card.issued.token}/").status_code == 410


def test_a_new_one_cancels_the_old_one(client: Client, people: People, card) -> None:
    new = invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])[0]
    assert client.get(f"/loi-moi/{card.issued.token}/").status_code == 410
    assert client.get(f"/loi-moi/{new.issued.token}/").status_code == 302


def test_a_replaced_password_ends_sign_ins_on_other_devices(client: Client, people: People, card) -> None:
    stolen = sign_in(Client(), people.binh)
    client.get(f"/loi-moi/{card.issued.token}/")
    client.post("/loi-moi/mat-khau/", PASSWORD)
    assert stolen.get("/so-chi-bo/").status_code == 302
    assert client.get("/so-chi-bo/").status_code == 200


def test_typed_it_works_with_login_and_code(client: Client, people: People, card) -> None:
    answer = client.post("/loi-moi/", {"login": " BINH ", "code": card.issued.spaced_code})
    assert answer.headers["Location"] == "/loi-moi/mat-khau/"
    assert client.post("/loi-moi/mat-khau/", PASSWORD).headers["Location"] == "/"


def test_wrong_codes_are_slowed_down(client: Client, people: People, card) -> None:
    wrong = {"login": "binh", "code": "0000 0000 0000"}
    for _ in range(5):
        assert "chưa đúng" in client.post("/loi-moi/", wrong).content.decode()
    assert "Đợi" in client.post("/loi-moi/", wrong | {"code": card.issued.code}).content.decode()
    card.issued.invitation.refresh_from_db()
    assert card.issued.invitation.wrong_codes == 5
    with dates.at(dates.now() + timedelta(seconds=31)):
        assert client.post("/loi-moi/", wrong | {"code": card.issued.code}).status_code == 302


def test_a_sheet_of_eight_digits_still_opens(client: Client, people: People, card) -> None:
    """As they were printed before: their digest alone is kept."""
    Invitation.objects.update(code_digest=digest("48217730"))
    assert client.post("/loi-moi/", {"login": "binh", "code": "4821 7730"}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password": "ngan", "again": "ngan"}, "ít nhất 8 ký tự"),
        ({"password": "password123", "again": "password123"}, "nhiều người dùng"),
        ({"password": "bàu sen ngã ba", "again": "bàu sen ngã tư"}, "Hai lần nhập chưa giống nhau"),
    ],
)
def test_it_validates_the_password(client: Client, people: People, card, fields: dict[str, str], words: str) -> None:
    client.get(f"/loi-moi/{card.issued.token}/")
    answer = client.post("/loi-moi/mat-khau/", fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Invitation.objects.open().exists()


def test_only_digests_are_kept(people: People, card) -> None:
    kept = str(Invitation.objects.values().get())
    assert card.issued.token not in kept
    assert card.issued.code not in kept


def test_logins_are_made_from_the_name_and_never_taken_twice(people: People) -> None:
    first, second = make.person("Trần Thị Đào"), make.person("Trịnh Tuấn Đảo")
    assert new_login(first) == "daott"
    make.account(first, "daott")
    assert new_login(second) == "daott2"


def test_an_account_is_opened_with_the_first_invitation(client: Client, people: People) -> None:
    dao = make.member("Trần Thị Đào", people.cell)
    sign_in(client, people.lan).post(PAGE, {"person": [str(dao.pk)]})
    assert User.objects.get(person=dao).login == "daott"
    assert not User.objects.get(person=dao).has_usable_password()


def test_the_page_says_how_each_invitation_stands(client: Client, people: People, card) -> None:
    make.account(make.member("Trần Thị Đào", people.cell), "daott", "bàu sen ngã ba gương")
    page = sign_in(client, people.lan).get(PAGE).content.decode()
    until = dates.format_date(dates.today() + timedelta(days=30))
    assert f"chưa dùng, dùng được đến hết {until}" in page
    assert "chưa có tờ mời" in page
    assert "đã có mật khẩu" in page
    other = Client()
    other.get(f"/loi-moi/{card.issued.token}/")
    other.post("/loi-moi/mat-khau/", PASSWORD)
    assert f"đã vào bằng tờ mời ngày {dates.format_date(dates.today())}" in client.get(PAGE).content.decode()
    with dates.at(dates.now() + timedelta(days=40)):
        invite(by=people.standing("lan"), cell=people.cell, people=[people.mai.pk])
    with dates.at(dates.now() + timedelta(days=80)):
        assert "tờ mời đã hết dùng được, in tờ mới" in sign_in(client, people.lan).get(PAGE).content.decode()


def test_who_stands_above_is_named_without_a_box_to_tick(client: Client, people: People) -> None:
    page = sign_in(client, people.hung).get(PAGE).content.decode()
    assert "nhờ Đảng ủy xã" in page
    assert "Nguyễn Thị Lan" in page
    assert str(people.lan.pk) not in page
    assert client.post(PAGE, {"person": [str(people.lan.pk)]}).status_code == 422


def test_codes_tried_at_once_count_one_after_another(transactional_db: None) -> None:
    """A guesser's twelve requests, begun together: five are heard, the others must wait."""
    with system_scope():
        issued = Invitation.objects.issue(make.account(make.person("Đặng Văn Bình"), "binh"), None)
    start = Barrier(12)

    def guess(_: int) -> str:
        try:
            start.wait(timeout=20)
            return Client().post("/loi-moi/", {"login": "binh", "code": "0000 0000 0000"}).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        pages = list(pool.map(guess, range(12)))
    assert sum("chưa đúng" in page for page in pages) == 5
    assert Invitation.objects.open().get(pk=issued.invitation.pk).wrong_codes == 5
