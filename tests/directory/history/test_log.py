"""The log on the screen: its order, its words, and who sees which of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from chibo.access.scope import enter
from chibo.access.standing import Standing
from chibo.audit import events
from chibo.audit.models import Event, Reading
from chibo.audit.sentences import SENTENCES
from chibo.directory.history import readings
from chibo.directory.history.forms import GROUPS
from chibo.lib import dates
from chibo.lib.dates import now
from tests import make
from tests.people import People, sign_in

CELL, OUTSIDE, OWN = "/so-chi-bo/nhat-ky/", "/so-chi-bo/nhat-ky/ben-ngoai/", "/nhat-ky/cua-toi/"


def words_of(page: bytes) -> str:
    text = re.sub(r"<[^>]+>", " ", re.search(r"<main.*</main>", page.decode(), re.DOTALL)[0])  # type: ignore[index]
    return plain(text)


def plain(text: str) -> str:
    """Words with one plain space between them."""
    return " ".join(text.split())


def record(people: People, kind: str, by: str | None = "lan", **details: object) -> Event:
    actor = people.all()[by].pk if by else None
    obj = details.pop("obj", None)
    return events.record(kind, chain=people.cell.pk, by=actor, obj=obj, **details)  # type: ignore[arg-type]


class TestOfTheCell:
    def test_it_works(self, client: Client, people: People) -> None:
        record(people, "meeting.planned", obj=people.meeting)
        record(people, "member.kind_changed", person=str(people.mai.pk), membership="official", since="2026-12-05")
        page = sign_in(client, people.lan).get(CELL)
        words = words_of(page.content)
        assert f"{people.lan.full_name} đặt lịch cuộc họp" in words and plain(people.meeting.title) in words
        wanted = f"ghi đồng chí {people.mai.full_name} là đảng viên chính thức từ ngày 05/12/2026"
        assert wanted in words
        assert words.index(wanted) < words.index("đặt lịch cuộc họp")  # the newest first

    def test_a_page_of_fifty_asks_as_few_queries_as_one_of_one(
        self, client: Client, people: People, django_assert_max_num_queries: object
    ) -> None:
        for number in range(60):
            who = ("lan", "hung", "binh")[number % 3]
            record(people, "member.corrected", by=who, obj=people.binh)
        lan = sign_in(client, people.lan)
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            page = lan.get(CELL)
        assert page.content.count(b"<time") == 50

    def test_it_goes_on_to_the_older_ones_with_the_same_filter(self, client: Client, people: People) -> None:
        for _ in range(60):
            record(people, "task.reminded")
        record(people, "member.corrected", obj=people.binh)
        lan = sign_in(client, people.lan)
        first = lan.get(f"{CELL}?group=cong-viec")
        older = re.search(r'href="(\?group=cong-viec&amp;trang=2)"', first.content.decode())
        assert older and "sửa thông tin" not in words_of(first.content)
        second = lan.get(CELL + older[1].replace("&amp;", "&"))
        assert second.content.count(b"nh\xe1\xba\xafc ng\xc6\xb0\xe1\xbb\x9di") == 10

    def test_it_is_narrowed_by_days_and_to_ones_own_acts(self, client: Client, people: People) -> None:
        with dates.at(now() - timedelta(days=10)):
            record(people, "meeting.planned")
        record(people, "meeting.cancelled", by="hung")
        lan, day = sign_in(client, people.lan), dates.format_date(now() - timedelta(days=5))
        since = words_of(lan.get(CELL, {"since": day}).content)
        until = words_of(lan.get(CELL, {"until": day}).content)
        own = words_of(lan.get(CELL, {"own": "on"}).content)
        assert ("đặt lịch" in since, "hủy cuộc họp" in since) == (False, True)
        assert ("đặt lịch" in until, "hủy cuộc họp" in until) == (True, False)
        assert ("đặt lịch" in own, "hủy cuộc họp" in own) == (True, False)

    def test_it_validates_that_days_do_not_run_backwards(self, client: Client, people: People) -> None:
        page = sign_in(client, people.lan).get(CELL, {"since": "05/12/2026", "until": "01/12/2026"})
        assert page.status_code == 422 and "Ngày cuối trước ngày đầu" in page.content.decode()
        assert 'value="05/12/2026"' in page.content.decode()

    def test_it_cannot_be_narrowed_to_a_person(self, client: Client, people: People) -> None:
        record(people, "task.reminded", by="lan")
        record(people, "task.reminded", by="hung")
        lan = sign_in(client, people.lan)
        whole = words_of(lan.get(CELL).content)
        for name in ("who", "person", "actor", "actor_id", "ai", "own"):
            narrowed = words_of(lan.get(CELL, {name: str(people.hung.pk)}).content)
            assert name == "own" or narrowed == whole

    def test_a_page_that_is_no_number_is_the_first(self, client: Client, people: People) -> None:
        record(people, "task.reminded")
        lan = sign_in(client, people.lan)
        for asked in ("x", "-1", "0", "9" * 40, "²"):
            assert "nhắc người được giao việc" in words_of(lan.get(CELL, {"trang": asked}).content)
        assert "Hết nhật ký" in words_of(lan.get(CELL, {"trang": "7"}).content)

    def test_the_system_and_the_administrator_are_named_as_such(self, client: Client, people: People) -> None:
        record(people, "member.corrected", by=None)
        record(people, "office.begun", by=None, account=str(people.operator.pk), office="secretary")
        words = words_of(sign_in(client, people.lan).get(CELL).content)
        assert "Hệ thống sửa thông tin" in words and "Người quản trị ghi một đồng chí giữ chức vụ bí thư" in words

    def test_what_was_erased_still_has_its_sentence(self, client: Client, people: People) -> None:
        event = record(people, "member.left", person=str(people.mai.pk), last_day="2026-11-01")
        assert event.payload
        from chibo.directory.history.lines import lines_of

        event.payload = None
        assert lines_of([event], people.standing("lan"))[0].words == "ghi một đồng chí chuyển đi khỏi chi bộ"

    def test_it_checks_access(self, people: People) -> None:
        for name in ("binh", "tam", "khanh", "dung", "thu", "suspended"):
            assert sign_in(Client(), people.all()[name]).get(CELL).status_code == 404, name


class TestOfAnObject:
    def test_it_works(self, client: Client, people: People) -> None:
        item = make.item(people.meeting)
        record(people, "meeting.planned", obj=people.meeting)
        record(people, "agenda.added", by="hung", obj=item)
        record(people, "task.reminded")
        words = words_of(sign_in(client, people.lan).get(f"/nhat-ky/cuoc-hop/{people.meeting.pk}/").content)
        assert words.index("đặt lịch cuộc họp") < words.index("thêm một mục vào chương trình")  # in order
        assert "nhắc" not in words

    def test_what_is_about_a_person_stands_in_that_persons_log(self, client: Client, people: People) -> None:
        record(people, "office.begun", obj=people.hung.offices.get(), person=str(people.hung.pk), office="deputy")
        words = words_of(sign_in(client, people.lan).get(f"/nhat-ky/dang-vien/{people.hung.pk}/").content)
        assert f"Nhật ký: {people.hung.full_name}" in words and "giữ chức vụ phó bí thư" in words

    def test_others_than_the_committee_see_their_own_acts_alone(self, client: Client, people: People) -> None:
        record(people, "meeting.planned", obj=people.meeting)
        record(people, "invitee.answered", by="binh", obj=people.meeting, answer="coming")
        words = words_of(sign_in(client, people.binh).get(f"/nhat-ky/cuoc-hop/{people.meeting.pk}/").content)
        assert "sẽ dự" in words and "đặt lịch" not in words
        assert "Những việc chính đồng chí đã làm" in words

    def test_it_checks_access(self, client: Client, people: People) -> None:
        phuc = sign_in(client, people.phuc)
        assert phuc.get(f"/nhat-ky/cuoc-hop/{people.meeting.pk}/").status_code == 404
        assert phuc.get(f"/nhat-ky/gi-do/{people.meeting.pk}/").status_code == 404


class TestOfOneself:
    def test_it_works(self, client: Client, people: People) -> None:
        record(people, "task.progress", by="binh", state="done")
        record(people, "meeting.planned", by="lan")
        words = words_of(sign_in(client, people.binh).get(OWN).content)
        assert "báo tiến độ việc được giao: đã xong" in words and "đặt lịch" not in words

    def test_it_says_where_unless_it_was_in_the_own_cell(self, client: Client, people: People) -> None:
        for who in ("lan", "dung"):
            record(people, "meeting.planned", by=who)
        above = words_of(sign_in(client, people.dung).get(OWN).content)
        own = words_of(sign_in(client, people.lan).get(OWN).content)
        assert f"({people.cell.name})" in above and f"({people.cell.name})" not in own

    def test_an_officer_sees_own_acts_and_own_readings_in_cells(self, client: Client, people: People) -> None:
        record(people, "office.begun", by="dung", office="secretary")
        record(people, "meeting.planned", by="lan")
        readings.note(people.standing("dung"), readings.What.MEMBERS, people.cell, cell_id=people.cell.pk)
        enter(Standing.for_system())
        words = words_of(sign_in(client, people.dung).get(OWN).content)
        assert "giữ chức vụ bí thư" in words and "đặt lịch" not in words
        assert f"{people.cell.name} {now().hour:02}–{now().hour + 1:02} giờ xem danh sách đảng viên" in words

    def test_it_checks_access(self, client: Client, people: People) -> None:
        assert sign_in(client, people.operator).get(OWN).status_code == 404


class TestFromOutside:
    def test_it_works(self, client: Client, people: People) -> None:
        readings.note(people.standing("khanh"), readings.What.MINUTES, people.meeting, cell_id=people.cell.pk)
        words = words_of(sign_in(client, people.lan).get(OUTSIDE).content)
        assert f"{people.khanh.full_name} (cấp ủy viên phụ trách) xem biên bản" in words
        assert plain(people.meeting.title) in words

    def test_an_export_is_said_to_be_one(self, client: Client, people: People) -> None:
        sign_in(Client(), people.dung).get("/chi-bo/xuat.xlsx")
        assert "xuất danh sách đảng viên ra Excel" in words_of(sign_in(client, people.lan).get(OUTSIDE).content)

    def test_empty_it_says_what_will_stand_here(self, client: Client, people: People) -> None:
        assert "Chưa ai từ bên ngoài xem gì" in words_of(sign_in(client, people.lan).get(OUTSIDE).content)

    def test_it_checks_access(self, people: People) -> None:
        for name in ("binh", "khanh", "dung", "thu"):
            assert sign_in(Client(), people.all()[name]).get(OUTSIDE).status_code == 404, name
        assert sign_in(Client(), people.phuc).get(OUTSIDE).status_code == 200  # of her own cell
        assert not Reading.objects.exists()


@pytest.mark.parametrize("where", [CELL, OWN])
def test_a_name_that_one_may_not_know_is_left_out(client: Client, people: People, where: str) -> None:
    stranger = make.person("Người Lạ Mặt")
    record(people, "member.left", person=str(stranger.pk))
    record(people, "member.corrected", by=None)
    events.record("task.reminded", chain=people.cell.pk, by=stranger.pk)
    words = words_of(sign_in(client, people.lan).get(where).content)
    assert "Người Lạ Mặt" not in words and "ghi một đồng chí chuyển đi khỏi chi bộ" in words.lower()
    assert where == OWN or "Một đồng chí không còn trong danh sách" in words


def test_every_kind_of_event_is_found_by_one_kind_of_work() -> None:
    words = [word for _, of_group in GROUPS.values() for word in of_group]
    assert sorted(words) == sorted({kind.split(".")[0] for kind in SENTENCES})
