"""The cells of a commune: list, search, a new one with its first secretary, its follower."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.access.models import Office, TermOfOffice
from chibo.access.standing import standing_of
from chibo.accounts.models import Invitation
from chibo.lib.dates import today
from chibo.orgs.models import Organisation
from tests import make
from tests.people import People, sign_in
from tests.second import agree

NEW = {"name": "Chi bộ thôn Lâm Giang", "category": "hamlet", "secretary_name": "Đoàn Thị Cúc"}


def test_it_works(client: Client, people: People) -> None:
    page = sign_in(client, people.dung).get("/chi-bo/").content.decode()
    assert "3 chi bộ trực thuộc" in page
    assert "Chi bộ thôn Phú Hòa" in page
    assert "Nguyễn Thị Lan" in page
    assert "Chưa có bí thư" in page  # the office's own cell


def test_a_search_without_marks_finds_a_cell(client: Client, people: People) -> None:
    page = sign_in(client, people.dung).get("/chi-bo/", {"tim": "dan hiep"}).content.decode()
    assert "Chi bộ thôn Dân Hiệp" in page
    assert "Chi bộ thôn Phú Hòa" not in page


def test_a_cell_is_created_with_a_secretary_who_can_enter_the_rest(client: Client, people: People) -> None:
    answer = sign_in(client, people.dung).post("/chi-bo/moi/", NEW)
    cell = Organisation.objects.get(name="Chi bộ thôn Lâm Giang")
    assert answer.headers["Location"] == f"/chi-bo/{cell.pk}/"
    secretary = cell.memberships.get().person
    assert standing_of(secretary.pk).secretary_cells == (cell.pk,)
    printed = client.post(f"/chi-bo/{cell.pk}/loi-moi/").content.decode()
    assert "Mời đồng chí Đoàn Thị Cúc" in printed
    assert Invitation.objects.open().get().user.login == "cucdt"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "CHI BỘ THÔN PHÚ HÒA", "Ghi tên khác"),
        ("category", "", "Chưa chọn"),
        ("secretary_name", "", "Chưa ghi"),
    ],
)
def test_it_validates(client: Client, people: People, field: str, typed: str, words: str) -> None:
    answer = sign_in(client, people.dung).post("/chi-bo/moi/", NEW | {field: typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("who", ["lan", "hung", "binh", "khanh", "thu", "phuc"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    sign_in(client, people.all()[who])
    assert client.get("/chi-bo/").status_code == 404
    assert client.post("/chi-bo/moi/", NEW).status_code == 404
    assert client.get(f"/chi-bo/{people.cell.pk}/").status_code == 404
    assert client.post(f"/chi-bo/{people.cell.pk}/loi-moi/").status_code == 404


def test_cells_of_another_commune_do_not_exist(client: Client, people: People) -> None:
    far = make.cell(make.commune(people.province, "Đảng ủy xã Khác"), "Chi bộ ở xa")
    sign_in(client, people.dung)
    assert client.get(f"/chi-bo/{far.pk}/").status_code == 404
    assert client.post(f"/chi-bo/{far.pk}/", {"follow": "1", "person": str(people.khanh.pk)}).status_code == 404
    assert "Chi bộ ở xa" not in client.get("/chi-bo/").content.decode()


def test_the_follower_is_assigned_and_replaced(client: Client, people: People) -> None:
    sign_in(client, people.dung)
    answer = client.post(f"/chi-bo/{people.cell.pk}/", {"follow": "1", "person": str(people.hoa.pk)})
    assert answer.status_code == 302
    assert standing_of(people.khanh.pk).followed_cells == (people.cell.pk,), "a second person has to agree"
    assert "Chờ người thứ hai đồng ý" in client.get(f"/chi-bo/{people.cell.pk}/").content.decode()
    news = sign_in(Client(), people.lan).get("/").content.decode()
    assert "Phan Thị Hòa phụ trách" in news and "Đỗ Tiến Dũng đề nghị" in news, "the cell sees it before"
    agree(people, "thu")
    assert standing_of(people.hoa.pk).followed_cells == (), "and from tomorrow at the earliest"
    following = TermOfOffice.objects.on(today() + timedelta(days=1)).get(
        organisation=people.cell, office=Office.FOLLOWER
    )
    assert following.person == people.hoa
    assert standing_of(people.khanh.pk, today() + timedelta(days=1)).followed_cells == ()


def test_the_committee_above_records_a_secretary(client: Client, people: People) -> None:
    fields = {"person": str(people.hung.pk), "office": "secretary", "since": today().isoformat()}
    assert sign_in(client, people.hoa).post(f"/chi-bo/{people.cell.pk}/", fields).status_code == 302
    assert standing_of(people.hung.pk).secretary_cells == ()
    agree(people, "dung")
    assert standing_of(people.hung.pk).secretary_cells == (people.cell.pk,)


def test_a_page_of_a_cell_shows_nothing_of_its_meetings(client: Client, people: People) -> None:
    make.item(people.meeting, "Chuyện riêng của chi bộ")
    page = sign_in(client, people.dung).get(f"/chi-bo/{people.cell.pk}/").content.decode()
    assert "Chuyện riêng" not in page
