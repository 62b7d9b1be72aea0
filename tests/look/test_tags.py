"""The tags draw what the look asks for, and escape what they are given."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template

from chibo.look.parts import Month, Theme

EVIL = '"><script>alert(1)</script>'


def draw(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "check" text %}',
        "{% icon text %}",
        '{% status "late" text %}',
        '{% tag "party" text %}',
        "{% progress 1 2 text %}",
        "{% save_sign text %}",
        "{% phases 1 text %}",
        '{% segments text choices "" text %}',
        "{% year months themes %}",
        "{% notices %}",
    ],
)
def test_it_escapes_what_it_is_given(source: str) -> None:
    month = Month(1, "ok", date(2026, 1, 3), url=EVIL, word=EVIL)
    drawn = draw(
        source,
        text=EVIL,
        choices=[(EVIL, EVIL)],
        months=[month],
        themes=[Theme(EVIL)],
        messages=[Message(25, EVIL, extra_tags=EVIL)],
    )
    assert "script&gt;" in drawn
    assert "<script" not in drawn


def test_an_icon_beside_a_word_is_hidden_and_alone_has_a_name() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "clock" %}')
    assert 'role="img" aria-label="Quá hạn"' in draw('{% icon "clock" "Quá hạn" %}')


def test_the_leaf_has_the_weekday_the_hour_and_the_lunar_day() -> None:
    drawn = draw("{% leaf day clock %}", day=date(2026, 12, 3), clock=time(19, 30))
    assert 'datetime="2026-12-03"' in drawn
    assert "Thứ Năm" in drawn.replace("\u00a0", " ")
    assert "19 giờ 30" in drawn.replace("\u00a0", " ")
    assert "25/10 âm lịch" in drawn


def test_the_leaf_says_that_a_lunar_month_is_a_leap_month() -> None:
    assert "nhuận âm lịch" in draw("{% leaf day %}", day=date(2025, 8, 1))


def test_the_leaf_reads_a_moment_in_vietnamese_time() -> None:
    drawn = draw("{% leaf moment %}", moment=datetime(2026, 12, 2, 18, 30, tzinfo=UTC))
    assert 'datetime="2026-12-03"' in drawn
    assert "1 giờ 30" in drawn.replace("\u00a0", " ")


def test_only_the_month_of_the_ring_is_red() -> None:
    drawn = draw("{% ring 3 %}")
    assert drawn.count("ring-now") == 1
    assert drawn.count("ring-dot") == 11
    assert 'cx="24.60" cy="14.00" r="3" class="ring-now"' in drawn


def test_every_month_says_its_state_in_words() -> None:
    months = [
        Month(1, "ok", date(2026, 1, 3)),
        Month(2, "late", date(2026, 2, 9), word="họp muộn 6 ngày"),
        Month(3, "miss"),
    ]
    drawn = draw("{% year months %}", months=months)
    for words in ("đã họp", "họp muộn 6 ngày", "chưa họp, đã quá ngày"):
        assert words in drawn


def test_the_year_is_parted_into_quarters_with_their_themes() -> None:
    months = [Month(number, "plan") for number in range(1, 13)]
    drawn = draw("{% year months themes %}", months=months, themes=[None, Theme("Chuyên đề 03/06", "ok")])
    assert drawn.count('<ul class="year-months">') == 4
    assert drawn.count("year-theme") == 1


def test_a_status_is_never_colour_alone() -> None:
    for kind in ("ok", "late", "missing", "dissent", "info", "error", "plan"):
        drawn = draw("{% status kind 'Lời' %}", kind=kind)
        assert "<use" in drawn
        assert "Lời" in drawn


def test_the_time_bar_tells_its_minutes_to_who_does_not_see_it() -> None:
    items = [{"minutes": 80, "work": "party"}, {"minutes": 25, "work": "professional"}]
    assert 'aria-label="Công tác đảng 80 phút, chuyên môn 25 phút"' in draw("{% timebar items %}", items=items)


def test_a_time_bar_of_nothing_is_not_drawn() -> None:
    assert draw("{% timebar items %}", items=[]) == ""


def test_no_answer_is_pressed_before_one_is_given() -> None:
    choices = [("yes", "Có"), ("no", "Không")]
    assert 'aria-pressed="true"' not in draw('{% segments "a" choices None "Dự" %}', choices=choices)
    assert draw('{% segments "a" choices "no" "Dự" %}', choices=choices).count('aria-pressed="true"') == 1


def test_an_undo_is_a_form_with_a_token() -> None:
    drawn = draw("{% notices %}", messages=[Message(25, "Đã nhắc", extra_tags="/nhac/1/huy/")], csrf_token="t")
    assert 'method="post" action="/nhac/1/huy/"' in drawn
    assert 'name="csrfmiddlewaretoken" value="t"' in drawn
    assert "Hoàn tác" in drawn


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|viet_date }}", date(2026, 12, 3), "03/12/2026"),
        ("{{ v|viet_day }}", date(2026, 12, 3), "03/12"),
        ("{{ v|viet_time }}", time(9, 5), "09:05"),
        ("{{ v|viet_time }}", time(0, 0), "00:00"),
        ("{{ v|viet_time_sentence }}", time(19, 30), "19 giờ 30"),
        ("{{ v|weekday }}", date(2026, 12, 3), "thứ Năm"),
        ("{{ v|month_name }}", date(2026, 12, 3), "tháng 12"),
        ("{{ v|period_name }}", date(2026, 12, 1), "tháng 12/2026"),
        ("{{ v|decimal_comma }}", 91.25, "91,2"),
        ("{{ v|decimal_comma:2 }}", 93.75, "93,75"),
        ("{{ v|decimal_comma }}", 12000.0, "12.000"),
        ("{{ v|file_size }}", 340 * 1024, "0,3 MB"),
        ("{{ v|file_size }}", 512, "1 KB"),
        ("{{ v|file_size }}", 20 * 1024 * 1024, "20 MB"),
        ("{{ v|number_word|capfirst }}", 2, "Hai"),
        ("{{ v|number_word }}", 23, "23"),
        ("{{ v|viet_date }}", None, ""),
    ],
)
def test_it_writes_dates_and_numbers_as_vietnamese_people_do(source: str, value: Any, expected: str) -> None:
    assert draw(source, v=value).replace("\u00a0", " ") == expected
