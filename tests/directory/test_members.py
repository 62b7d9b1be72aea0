"""The list of members: in Vietnamese order, found without marks, entered one by one or pasted."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chibo.access.standing import standing_of
from chibo.audit.models import Event
from chibo.lib.dates import today
from chibo.members.models import Contact, Exemption, Membership, Person, UnitPost
from tests import make
from tests.people import People, sign_in

LIST = "/so-chi-bo/dang-vien/"
NEW = {"full_name": "Trương Văn Bảy", "kind": "official", "since": "01/03/2026", "birth_year": "1980", "sex": "male"}


def test_it_works(client: Client, people: People) -> None:
    page = sign_in(client, people.lan).get(LIST).content.decode().split("<main")[1]
    names = ["Đặng Văn Bình", "Trần Văn Hùng", "Nguyễn Thị Lan", "Đoàn Văn Lợi", "Võ Thị Mai", "Huỳnh Văn Tư"]
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert "Hồ Thị Nga" not in page  # transferred out


def test_a_search_without_marks_finds_a_name_with_them(client: Client, people: People) -> None:
    page = sign_in(client, people.lan).get(LIST, {"tim": "dang"}).content.decode()
    assert "Đặng Văn Bình" in page
    assert "Trần Văn Hùng" not in page
    assert "Không có ai tên" in client.get(LIST, {"tim": "xyz"}).content.decode()


def test_a_phone_is_seen_by_the_committee_and_by_members_only_as_allowed(client: Client, people: People) -> None:
    make.contact(people.binh, "0911111111")
    make.contact(people.hung, "0922222222", shared=True)
    page = sign_in(client, people.lan).get(LIST).content.decode()
    assert "0911111111" in page and "0922222222" in page
    page = sign_in(client, people.mai).get(LIST).content.decode()
    assert "0911111111" not in page and "0922222222" in page


def test_a_member_is_entered(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post(f"{LIST}moi/", NEW | {"phone": "0912 345 678"})
    assert answer.status_code == 302
    person = Person.objects.get(full_name="Trương Văn Bảy")
    membership = person.memberships.get()
    assert (membership.cell, membership.kind) == (people.cell, "official")
    assert membership.validity.lower == date(2026, 3, 1)
    assert person.contact.phone == "0912345678"
    event = Event.objects.get(kind="member.entered")
    assert (event.actor_id, event.object_id) == (people.lan.pk, person.pk)
    assert "Bảy" not in event.payload


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("full_name", "Bảy", "Ghi cả họ và tên"),
        ("kind", "", "Chưa chọn"),
        ("birth_year", "2020", "chưa hợp lý"),
        ("phone", "12345", "Số điện thoại chưa đúng"),
        ("since", "30/02/2026", "Không có ngày"),
        ("code", "45.001202", "đã là của đồng chí Trần Văn Hùng"),
    ],
)
def test_it_validates_a_new_member(client: Client, people: People, field: str, typed: str, words: str) -> None:
    answer = sign_in(client, people.lan).post(f"{LIST}moi/", NEW | {field: typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert field == "full_name" or "Trương Văn Bảy" in page
    assert not Person.objects.filter(full_name="Trương Văn Bảy").exists()


EXEMPT = {"decision": "NQ 05, ngày 03/10/2026", "application": "spoken"}
PASTED = "Trương Văn Bảy, chính thức, 1980\nLâm Thị Yến, dự bị\nCao Văn Phú\nNguyễn Thị Lan, chính thức, bí thư"


def test_a_pasted_list_is_shown_before_anything_is_written(client: Client, people: People) -> None:
    before = Person.objects.count()
    page = sign_in(client, people.lan).post(f"{LIST}dan/", {"text": PASTED, "look": "1"}).content.decode()
    assert Person.objects.count() == before
    assert "Đọc được 2 đồng chí, còn 1 dòng cần sửa" in page
    assert "<b>Dòng 3.</b>" in page
    assert "Cao Văn Phú" in page
    assert "Đã có trong sổ, bỏ qua" in page


def test_right_lines_are_recorded_and_wrong_ones_stay_in_the_field(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post(f"{LIST}dan/", {"text": PASTED, "confirm": "1"})
    page = answer.content.decode()
    assert {"Trương Văn Bảy", "Lâm Thị Yến"} <= set(Person.objects.values_list("full_name", flat=True))
    assert Person.objects.filter(full_name="Nguyễn Thị Lan").count() == 1
    assert "Cao Văn Phú</textarea>" in page
    assert "Trương Văn Bảy" not in page.split("<textarea")[1].split("</textarea>")[0]


def test_a_list_without_errors_is_recorded_with_its_offices(client: Client, people: People) -> None:
    text = "Trương Văn Bảy, chính thức, phó bí thư, 0912345678\nLâm Thị Yến, dự bị"
    answer = sign_in(client, people.lan).post(f"{LIST}dan/", {"text": text, "confirm": "1"})
    assert answer.headers["Location"] == LIST
    bay = Person.objects.get(full_name="Trương Văn Bảy")
    assert bay.offices.get().office == "deputy"
    assert bay.memberships.get().validity.lower == today().replace(month=1, day=1)


def test_a_probationary_member_may_not_be_pasted_into_the_committee(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post(
        f"{LIST}dan/", {"text": "Trương Văn Bảy, dự bị, phó bí thư", "confirm": "1"}
    )
    assert answer.status_code == 422
    assert "chưa giữ chức vụ trong chi ủy được" in answer.content.decode()
    assert not Person.objects.filter(full_name="Trương Văn Bảy").exists()


class TestOneMember:
    """Each change is dated, recorded, and undone by another."""

    def page(self, who: Person) -> str:
        return f"{LIST}{who.pk}/"

    def test_it_works(self, client: Client, people: People) -> None:
        page = sign_in(client, people.lan).get(self.page(people.binh)).content.decode()
        assert "Đặng Văn Bình" in page
        assert "45.001205" in page

    def test_a_member_sees_the_own_page_and_no_other(self, client: Client, people: People) -> None:
        sign_in(client, people.binh)
        assert client.get(self.page(people.binh)).status_code == 200
        assert client.get(self.page(people.mai)).status_code == 404
        assert client.get(f"{self.page(people.binh)}sua/").status_code == 404

    def test_probationary_becomes_official_from_a_day(self, client: Client, people: People) -> None:
        sign_in(client, people.lan)
        assert (
            client.post(f"{self.page(people.mai)}loai/", {"kind": "official", "since": "01/10/2026"}).status_code == 302
        )
        kinds = people.mai.memberships.order_by("validity").values_list("kind", "validity")
        assert [kind for kind, _ in kinds] == ["probationary", "official"]
        assert kinds[0][1].upper == kinds[1][1].lower == date(2026, 10, 1)

    def test_an_exemption_begins_and_ends(self, client: Client, people: People) -> None:
        sign_in(client, people.lan)
        client.post(f"{self.page(people.binh)}mien/", {"since": "01/10/2026"} | EXEMPT)
        row = Exemption.objects.get(person=people.binh)
        assert row.validity.upper is None
        again = client.post(f"{self.page(people.binh)}mien/", {"since": "01/11/2026"} | EXEMPT)
        assert again.status_code == 422
        assert "đã có ghi" in again.content.decode()
        client.post(f"{self.page(people.binh)}mien/{row.pk}/", {"last_day": "31/10/2026"})
        row.refresh_from_db()
        assert row.validity.upper == date(2026, 11, 1)
        assert set(Event.objects.values_list("kind", flat=True)) >= {"member.exemption", "member.exemption_ended"}

    def test_days_may_not_run_backwards(self, client: Client, people: People) -> None:
        answer = sign_in(client, people.lan).post(
            f"{self.page(people.binh)}tam-di/", {"since": "01/10/2026", "until": "01/09/2026", "destination": "Huế"}
        )
        assert answer.status_code == 422
        assert "trước ngày bắt đầu" in answer.content.decode()
        assert "Huế" in answer.content.decode()

    def test_a_suspended_member_sees_nothing_from_that_day(self, client: Client, people: People) -> None:
        sign_in(client, people.lan).post(
            f"{self.page(people.binh)}dinh-chi/", {"since": today().isoformat(), "decision": "QĐ 7"}
        )
        assert standing_of(people.binh.pk, today() - timedelta(days=1)).belongs(people.cell.pk)
        assert standing_of(people.binh.pk).person_id is None
        assert sign_in(client, people.binh).get(LIST).status_code == 404

    def test_a_post_of_the_unit_stands_apart_from_offices(self, client: Client, people: People) -> None:
        sign_in(client, people.lan).post(
            f"{self.page(people.binh)}chuc-danh/", {"title": "Trưởng thôn", "is_head": "on", "since": "01/01/2026"}
        )
        assert UnitPost.objects.get(person=people.binh).is_head
        assert not people.binh.offices.exists()

    def test_who_leaves_belongs_no_more_and_holds_no_office_here(self, client: Client, people: People) -> None:
        yesterday = today() - timedelta(days=1)
        sign_in(client, people.lan).post(f"{self.page(people.hung)}chuyen-di/", {"last_day": yesterday.isoformat()})
        standing = standing_of(people.hung.pk)
        assert standing.left_cells == (people.cell.pk,)
        assert not standing.leads(people.cell.pk)

    def test_what_is_known_is_corrected_and_an_empty_phone_forgotten(self, client: Client, people: People) -> None:
        make.contact(people.binh, "0911111111")
        fields = {"full_name": "Đặng Văn Bính", "birth_year": "1970", "sex": "male", "code": "45.001205", "phone": ""}
        assert sign_in(client, people.lan).post(f"{self.page(people.binh)}sua/", fields).status_code == 302
        people.binh.refresh_from_db()
        assert (people.binh.full_name, people.binh.folded) == ("Đặng Văn Bính", "dang van binh")
        assert not Contact.objects.filter(person=people.binh).exists()

    def test_ones_own_phone_is_ones_own_to_share(self, client: Client, people: People) -> None:
        answer = sign_in(client, people.binh).post(f"{LIST}dien-thoai/", {"phone": "0911 111 111", "shared": "on"})
        assert answer.status_code == 302
        assert people.binh.contact.shared_with_cell

    @pytest.mark.parametrize("who", ["binh", "tam", "khanh", "dung", "thu", "phuc", "former"])
    def test_it_checks_access(self, client: Client, people: People, who: str) -> None:
        sign_in(client, people.all()[who])
        row = make.exemption(people.mai, people.cell)
        for path in ("sua/", "loai/", "mien/", "dinh-chi/", "chuyen-di/", f"mien/{row.pk}/"):
            assert client.post(f"{self.page(people.mai)}{path}", {"last_day": "01/11/2026"}).status_code == 404
        assert Membership.objects.filter(person=people.mai, validity__contains=today()).exists()

    def test_an_unknown_change_does_not_exist(self, client: Client, people: People) -> None:
        assert sign_in(client, people.lan).get(f"{self.page(people.binh)}gi-do/").status_code == 404
