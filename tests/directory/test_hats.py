"""Which hat is on: one is chosen, the page says which, another's cannot be put on."""

from django.test import Client

from chibo.access.models import Office
from tests import make
from tests.people import People, sign_in


def test_it_works(client: Client, people: People) -> None:
    make.office(people.lan, people.commune, Office.UPPER_STAFF)
    page = sign_in(client, people.lan).get("/vai/").content.decode()
    assert "Đồng chí đang làm việc với vai nào" in page
    assert "bí thư" in page
    answer = client.post("/vai/", {"hat": f"upper_staff:{people.commune.pk}"})
    assert answer.headers["Location"] == "/"
    assert client.get("/chi-bo/").status_code == 200
    assert "cán bộ cấp ủy" in client.get("/").content.decode()


def test_a_hat_that_is_not_ones_own_does_not_exist(client: Client, people: People) -> None:
    sign_in(client, people.binh)
    assert client.post("/vai/", {"hat": f"secretary:{people.cell.pk}"}).status_code == 404


def test_with_one_hat_it_is_the_account_page_and_offers_to_sign_out(client: Client, people: People) -> None:
    page = sign_in(client, people.binh).get("/vai/").content.decode()
    assert "Tài khoản của đồng chí" in page
    assert 'action="/dang-xuat/"' in page
    assert "<b>binh</b>" in page


def test_without_any_it_says_whom_to_ask(client: Client, people: People) -> None:
    assert "không giữ vai nào" in sign_in(client, people.suspended).get("/vai/").content.decode()
    assert sign_in(client, people.operator).get("/vai/").status_code == 200


def test_it_checks_access(client: Client) -> None:
    assert client.get("/vai/").headers["Location"].startswith("/dang-nhap/")


def test_a_page_of_another_office_opens_with_the_hat_that_it_needs(people: People, client: Client) -> None:
    """Dũng has his own cell's hat on and follows a link to a cell of the commune (finding T26)."""
    sign_in(client, people.dung)
    client.post("/vai/", {"hat": next(hat.key for hat in people.standing("dung").hats if hat.role == "member")})
    assert "đảng viên" in client.get("/").content.decode()
    page = client.get(f"/chi-bo/{people.cell.pk}/")
    assert page.status_code == 200
    assert "cán bộ cấp ủy" in page.content.decode()  # the head of the page says with which hat


def test_no_hat_is_put_on_that_a_person_does_not_hold(people: People, client: Client) -> None:
    assert sign_in(client, people.binh).get("/chi-bo/").status_code == 404
    assert sign_in(client, people.thu).get("/so-chi-bo/").status_code == 404
