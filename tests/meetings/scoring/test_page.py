"""The page on which the meeting scores itself."""

import re
from typing import Any

import pytest
from django.test import Client

from chibo.meetings.models import Entry, Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.rubric import RULE
from chibo.members.models import Person
from tests import make
from tests.meetings.scoring.conftest import all_present, give, opened
from tests.meetings.scoring.test_rubric import own_rubric
from tests.people import People, sign_in

NUMBERS = {code: number for number, code in enumerate(("1", "2", "3.1", "3.2", "4.1", "4.2", "4.3", "5", "6", "7"), 1)}


def url(pen: Pen, rest: str = "cham-diem/") -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/{rest}"


def points(code: str, value: str, why: str = "") -> dict[str, str]:
    return {f"points_{NUMBERS[code]}": value, f"note_{NUMBERS[code]}": why}


def page(client: Client, pen: Pen) -> str:
    return client.get(url(pen)).content.decode()


def scores(pen: Pen) -> dict[str, tuple[int, str]]:
    return {code: (one.points, one.note) for code, one in log.room_of(pen.meeting).scores.items()}


def seen_on(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen_\d+)" value="(\w+)"', text))


def title(text: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert found is not None
    return found[1]


def test_it_works(lan: Client, pen: Pen, expected: list[Person], django_assert_max_num_queries: Any) -> None:
    all_present(pen, expected)
    lan.get(url(pen))
    with django_assert_max_num_queries(13):
        text = page(lan, pen)
    assert title(text) == "Còn bảy tiêu chí chưa chấm" or title(text) == "Còn tám tiêu chí chưa chấm"
    assert "checked" not in text  # nothing is preset
    assert "Dự 7 trên 7 đảng viên phải dự, đạt 100%." in text and "Bản ghi tính <b>5 điểm</b>." in text
    assert "Chưa đến hạn: chấm sau buổi họp" in text
    assert "theo bản lưu hành, chưa đối chiếu bản gốc" in text
    answer = lan.post(url(pen), points("3.1", "500") | points("6", "30"))
    assert answer.status_code == 302
    assert scores(pen) == {"3.1": (500, ""), "6": (3000, "")}
    assert "Đã chấm hai tiêu chí." in lan.get(url(pen)).content.decode()


def test_all_settled_gives_the_total_and_the_next_step(lan: Client, pen: Pen, expected: list[Person]) -> None:
    all_present(pen, expected)
    given = points("1", "500", "Bàn xong sớm.")  # sixty minutes so far, of ninety
    for code, most in (("3.1", "500"), ("3.2", "500"), ("4.1", "500"), ("4.3", "1000"), ("5", "500")):
        given |= points(code, most)
    lan.post(url(pen), given | points("4.2", "23,0", "Ít ý kiến.") | points("6", "28", "Một việc chậm."))
    text = page(lan, pen)
    assert title(text) == "91 trên 95 điểm" and "Xếp loại <b>Tốt</b>" in text
    assert 'button-main" href' in text  # to the conclusion


def test_full_points_against_the_record_ask_their_reason_as_deductions_do(lan: Client, pen: Pen) -> None:
    """After sixty minutes of ninety all points for the length are not what the record shows."""
    answer = lan.post(url(pen), points("1", "500"))
    assert answer.status_code == 422
    asked = "Tiêu chí 1: bản ghi chưa đủ cho mức nào của bảng. Ghi vì sao chi bộ chấm như vậy."
    assert asked in answer.content.decode() and scores(pen) == {}
    lan.post(url(pen), points("1", "500", "Nội dung ít, bàn kỹ."))
    assert scores(pen) == {"1": (500, "Nội dung ít, bàn kỹ.")}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (points("3.1", "400"), "Tiêu chí 3.1: ghi vì sao chưa đạt 5 điểm."),
        (points("2", "400"), "Tiêu chí 2: bản ghi tính 5 điểm. Ghi vì sao chi bộ chấm khác."),
        (points("6", "31"), "Tiêu chí 6: ghi số điểm từ 0 đến 30."),
        (points("6", "-1"), "Tiêu chí 6: ghi số điểm từ 0 đến 30."),
        (points("6", "24,5"), "Tiêu chí 6: bảng chấm từng 1 điểm, ghi lại số điểm."),
        (points("6", "ba mươi"), "Tiêu chí 6: ghi số điểm từ 0 đến 30."),
        (points("6", "", "Một việc chậm."), "Tiêu chí 6: chưa chọn điểm."),
    ],
)
def test_it_validates_each_line_and_loses_nothing(
    lan: Client, pen: Pen, expected: list[Person], given: dict[str, str], said: str
) -> None:
    all_present(pen, expected)
    answer = lan.post(url(pen), given | points("5", "500"))
    text = answer.content.decode()
    assert answer.status_code == 422 and said in text
    assert scores(pen) == {}
    assert "checked" in text  # what was chosen elsewhere is still there
    for value in given.values():
        assert not value or value in text


def test_a_reason_that_is_too_long_is_the_only_complaint_and_stays(lan: Client, pen: Pen) -> None:
    answer = lan.post(url(pen), points("3.1", "400", "x" * 5000))
    text = answer.content.decode()
    assert answer.status_code == 422 and "dài 5000 chữ cái" in text and "x" * 5000 in text
    assert "ghi vì sao chưa đạt" not in text
    assert scores(pen) == {}


def test_sending_nothing_new_says_so(lan: Client, pen: Pen) -> None:
    assert "Chưa có điểm nào mới để ghi." in lan.post(url(pen), {}, follow=True).content.decode()


def test_points_that_no_button_has_are_refused(lan: Client, pen: Pen) -> None:
    answer = lan.post(url(pen), points("3.1", "450"))
    assert answer.status_code == 422 and "Chọn lại." in answer.content.decode() and scores(pen) == {}


def test_a_reason_typed_once_stays_and_may_be_changed(lan: Client, pen: Pen) -> None:
    lan.post(url(pen), points("3.1", "400", "Thiếu số liệu."))
    assert "Thiếu số liệu." in page(lan, pen)
    lan.post(url(pen), points("3.1", "400", "Thiếu số liệu tháng."))
    assert scores(pen) == {"3.1": (400, "Thiếu số liệu tháng.")}
    lan.post(url(pen), points("3.1", "400", "Thiếu số liệu tháng."))
    assert Entry.objects.filter(meeting=pen.meeting, kind="score").count() == 2


def test_what_somebody_else_scored_meanwhile_is_not_replaced(lan: Client, pen: Pen) -> None:
    seen = seen_on(page(lan, pen))
    give(pen, "3.1", 300, "Thiếu dự thảo.")
    answer = lan.post(url(pen), seen | points("3.1", "500") | points("5", "500"))
    assert (
        answer.status_code == 422
        and "Tiêu chí 3.1: người khác vừa chấm 3 điểm, lý do “Thiếu dự thảo”." in answer.content.decode()
    )
    assert lan.post(url(pen), seen | points("5", "500")).status_code == 302  # the other line was left alone
    assert scores(pen) == {"3.1": (300, "Thiếu dự thảo."), "5": (500, "")}


def test_what_somebody_else_scored_stays_also_after_a_page_with_an_error(lan: Client, pen: Pen) -> None:
    give(pen, "3.1", 500)
    shown = points("3.1", "500") | seen_on(page(lan, pen))
    give(pen, "3.1", 300, "Thiếu dự thảo.")
    give(pen, "4.1", 500)
    again = lan.post(url(pen), shown | points("5", "400"))
    assert again.status_code == 422 and "Người khác" not in again.content.decode()
    shown |= seen_on(again.content.decode())
    assert lan.post(url(pen), shown | points("5", "400", "Còn nể nang.")).status_code == 302
    assert scores(pen) == {"3.1": (300, "Thiếu dự thảo."), "4.1": (500, ""), "5": (400, "Còn nể nang.")}


def test_whoever_was_told_of_another_score_may_give_their_own(lan: Client, pen: Pen) -> None:
    shown = seen_on(page(lan, pen))
    give(pen, "3.1", 300, "Thiếu dự thảo.")
    told = lan.post(url(pen), shown | points("3.1", "500"))
    assert told.status_code == 422
    assert lan.post(url(pen), seen_on(told.content.decode()) | points("3.1", "500")).status_code == 302
    assert scores(pen) == {"3.1": (500, "")}


def test_one_score_can_be_taken_back(lan: Client, pen: Pen) -> None:
    lan.post(url(pen), points("3.1", "500"))
    text = page(lan, pen)
    undo = re.search(r'action="(/cuoc-hop/[^"]+/hoan-tac/[^"]+)"', text)
    assert undo is not None
    lan.post(undo[1])
    assert scores(pen) == {}


@pytest.mark.parametrize("name", ["quyen", "hung"])
def test_whoever_may_record_may_score(client: Client, pen: Pen, people: People, name: str) -> None:
    assert sign_in(client, getattr(people, name)).post(url(pen), points("3.1", "500")).status_code == 302
    assert "3.1" in scores(pen)


@pytest.mark.parametrize("name", ["binh", "mai", "khanh", "dung", "thu", "phuc", "suspended"])
def test_it_checks_access(client: Client, pen: Pen, people: People, name: str) -> None:
    signed_in = sign_in(client, getattr(people, name))
    assert signed_in.get(url(pen)).status_code == 404
    assert signed_in.post(url(pen), points("3.1", "500")).status_code == 404
    assert scores(pen) == {}


def test_a_meeting_that_is_not_scored_says_so_and_has_no_such_step(lan: Client, people: People) -> None:
    pen = opened(make.meeting(people.cell, kind="extraordinary"), people)
    assert title(page(lan, pen)) == "Buổi họp này không chấm điểm"
    for rest in ("ket-luan/", "ket-thuc/"):
        assert "cham-diem" not in lan.get(url(pen, rest)).content.decode()


def test_closing_advises_to_score_and_does_not_wait_for_it(lan: Client, pen: Pen) -> None:
    text = lan.get(url(pen, "ket-thuc/")).content.decode()
    assert "Chưa chấm điểm xong: còn" in text
    assert not any("điểm" in bar.reason and "danh" not in bar.reason for bar in commands.closing_bars(pen.meeting))


def test_the_step_of_scoring_stands_before_the_conclusion(lan: Client, pen: Pen) -> None:
    text = lan.get(url(pen, "ket-luan/")).content.decode()
    steps = re.findall(r'<a href="[^"]*/phong/([^"]*)">', text[text.index('class="steps"') :])
    assert steps.index("cham-diem/") == steps.index("ket-luan/") - 1
    assert '<a href="' + url(pen) + '">Chấm điểm</a>, còn' in text


def test_a_table_without_whole_steps_is_typed(lan: Client, people: People, meeting: Meeting) -> None:
    criteria = [{"code": "1", "words": "Một", "maximum": 10}]
    own_rubric(people.commune, RULE, step=0.5, criteria=criteria)
    pen = opened(meeting, people)
    assert "Một" in page(lan, pen) and 'inputmode="decimal"' in page(lan, pen)
    assert lan.post(url(pen), {"points_1": "9,5", "note_1": "Muộn."}).status_code == 302
    assert scores(pen) == {"1": (950, "Muộn.")}
    assert 'value="9,5"' in page(lan, pen)


def test_a_meeting_that_is_over_is_scored_no_more(lan: Client, pen: Pen) -> None:
    commands.break_off(pen=pen, why="mất điện")
    assert lan.post(url(pen), points("3.1", "500")).status_code == 302
    assert scores(pen) == {}
