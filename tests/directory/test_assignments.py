""" "Đồng chí Lan xem được gì? Vì sao?": every assignment in plain words, from the matrix, for those who may ask."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chibo.access.models import Office
from chibo.directory.assignments import assignments_of, may_ask_about
from chibo.lib.dates import format_date, now, today
from tests import make
from tests.people import People, sign_in


def page(of: Client, path: str) -> str:
    answer = of.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(people: People, about: str, asker: str = "") -> list[str]:
    who = people.all()[about]
    return [one.title for one in assignments_of(who, people.standing(asker or about))]


def test_it_works(client: Client, people: People) -> None:
    office = people.lan.offices.get()
    office.decision = "NQ 03, ngày 01/06/2025"
    office.save()
    found = page(sign_in(client, people.lan), "/quyen-cua-toi/")
    for words in (
        "Bí thư, Chi bộ thôn Phú Hòa",
        "Vì ở trong chi ủy, từ ngày 01/06/2025, theo NQ 03, ngày 01/06/2025.",
        "Đảng viên chính thức, Chi bộ thôn Phú Hòa",
        f"Chủ trì cuộc họp ngày {format_date(people.meeting.day)}",
        "Ý kiến chuẩn bị (khi người viết đã gửi)",
        "Ai bỏ phiếu thế nào: Chibo chỉ ghi số phiếu.",
    ):
        assert words in found, words


def test_meetings_of_one_duty_are_told_together(people: People) -> None:
    for months in range(1, 8):
        make.duty(make.signed(people.cell, months_ago=months), people.lan, "chair")
    [told] = [one for one in assignments_of(people.lan, people.standing("lan")) if "Chủ trì" in one.title]
    assert told.title == "Chủ trì 8 cuộc họp, Chi bộ thôn Phú Hòa"
    assert told.why.endswith("và 3 buổi trước nữa")


def test_a_secretary_asks_about_members_of_the_cell(client: Client, people: People) -> None:
    found = page(sign_in(client, people.lan), f"/nguoi/{people.binh.pk}/xem-duoc-gi/")
    assert "Đồng chí Bình xem được gì, vì sao" in found
    assert "Đảng viên chính thức, Chi bộ thôn Phú Hòa" in found


def test_an_officer_asks_about_who_is_assigned_under_the_office(client: Client, people: People) -> None:
    found = page(sign_in(client, people.dung), f"/nguoi/{people.khanh.pk}/xem-duoc-gi/")
    assert "Cấp ủy viên phụ trách, Chi bộ thôn Phú Hòa" in found
    assert "Biên bản (khi đã gửi lên, trừ phần kín)" in found


@pytest.mark.parametrize(
    ("asker", "about", "allowed"),
    [
        ("binh", "binh", True),
        ("binh", "lan", False),
        ("lan", "mai", True),
        ("lan", "khanh", True),  # follows her cell
        ("lan", "phuc", False),
        ("phuc", "binh", False),
        ("dung", "lan", True),
        ("dung", "binh", False),  # holds no office: the cell's own matter
        ("thu", "hoa", True),
        ("khanh", "lan", False),
        ("former", "binh", False),
        ("suspended", "suspended", False),
    ],
)
def test_it_checks_access(people: People, asker: str, about: str, allowed: bool) -> None:
    assert may_ask_about(people.standing(asker), people.all()[about]) is allowed
    answer = sign_in(Client(), people.all()[asker]).get(f"/nguoi/{people.all()[about].pk}/xem-duoc-gi/")
    assert answer.status_code == (200 if allowed else 404)


def test_a_door_says_its_document_and_its_last_day(client: Client, people: People) -> None:
    signed = make.signed(people.cell, present=(people.lan,))
    make.door(signed, people.inspector, people.dung, days_open=10)
    found = page(sign_in(client, people.inspector), "/quyen-cua-toi/")
    assert "Cửa kiểm tra, Chi bộ thôn Phú Hòa" in found
    last = format_date(today() + timedelta(days=9))
    assert f"đến hết ngày {last}, theo QĐ 12-QĐ/UBKT, ngày 01/11/2026" in found


def test_an_office_that_ended_is_not_told_and_one_to_come_says_so(client: Client, people: People) -> None:
    assert not [one for one in titles(people, "former") if "Bí thư" in one]
    make.office(people.mai, people.commune, Office.UPPER_MEMBER, today() + timedelta(days=3))
    found = page(sign_in(client, people.mai), "/quyen-cua-toi/")
    assert "Chưa tới ngày nên chưa xem được gì." in found


def test_who_left_keeps_what_was_attended_for_thirty_days(people: People) -> None:
    [left] = [one for one in assignments_of(people.left, people.standing("left")) if "Đã chuyển" in one.title]
    assert left.until == today() + timedelta(days=19)


def test_a_suspended_member_is_told_to_see_nothing(client: Client, people: People) -> None:
    found = page(sign_in(client, people.lan), f"/nguoi/{people.suspended.pk}/xem-duoc-gi/")
    assert "Đang bị đình chỉ sinh hoạt đảng: không xem được gì" in found


def test_the_asker_learns_nothing_of_other_cells(people: People) -> None:
    """Sơn belongs to another cell too: his own page says so, Lan's view of him does not."""
    assert any("cơ quan Đảng ủy xã" in one for one in titles(people, "son"))
    assert not any("cơ quan Đảng ủy xã" in one for one in titles(people, "son", asker="lan"))


class TestOfAMeeting:
    """ "Ai xem được biên bản này?": as the meeting stands now."""

    def lines(self, client: Client, meeting: object, paper: str) -> str:
        found = page(client, f"/cuoc-hop/{meeting.pk}/ai-xem/")  # type: ignore[attr-defined]
        return found.split(f">{paper}</h2>")[1].split("</section>")[0]

    def test_signed_and_not_sent_up(self, people: People) -> None:
        meeting = make.signed(people.cell, present=(people.lan, people.binh))
        minutes = self.lines(sign_in(Client(), people.binh), meeting, "Biên bản")
        assert "có tên trong danh sách buổi họp" in minutes
        assert "Lý Quốc Khánh · chờ gửi lên cấp trên" in minutes
        assert "Người kiểm tra" not in minutes
        closed = self.lines(sign_in(Client(), people.binh), meeting, "Mục tự phê bình và phê bình trong biên bản")
        assert "có mặt hôm ấy" in closed
        assert "Khánh" not in closed

    def test_sent_up_and_inspected(self, people: People) -> None:
        meeting = make.signed(people.cell, present=(people.lan,), submitted_at=now(), reported_at=now())
        make.door(meeting, people.inspector, people.dung)
        secretary = sign_in(Client(), people.lan)
        minutes = self.lines(secretary, meeting, "Biên bản")
        assert f"Lý Quốc Khánh · từ khi gửi lên ngày {format_date(now())}" in minutes
        assert "Trịnh Công Nhân" in minutes
        assert f"từ khi báo cáo ngày {format_date(now())}" in self.lines(secretary, meeting, "Nghị quyết, kết luận")

    def test_the_committees_own_is_for_the_committee(self, people: People) -> None:
        meeting = make.signed(people.cell, body="committee", present=(people.lan,))
        minutes = self.lines(sign_in(Client(), people.lan), meeting, "Biên bản")
        assert "Chi ủy" in minutes
        assert "Đảng viên của chi bộ" not in minutes
        assert sign_in(Client(), people.binh).get(f"/cuoc-hop/{meeting.pk}/ai-xem/").status_code == 404


def test_days_run_to_the_last_one(people: People) -> None:
    office = people.quyen.offices.get()
    office.validity = make.days(date(2025, 1, 1), today() + timedelta(days=5))
    office.save()
    [found] = [one for one in assignments_of(people.quyen, people.standing("quyen")) if "Chi ủy viên" in one.title]
    assert found.until == today() + timedelta(days=4)
