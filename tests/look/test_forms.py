"""Forms read what people type, answer in Vietnamese, and keep what was typed."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from chibo.look import fields
from chibo.look.forms import Form


class Meeting(Form):
    place = forms.CharField(label="Nơi họp", max_length=10, help_text="Ghi như trong giấy mời")
    kind = forms.ChoiceField(
        label="Loại họp", choices=[("a", "Thường kỳ"), ("b", "Chuyên đề")], widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(label="Số phút", min_value=5)
    own = forms.CharField(label="Tên", error_messages={"required": "Ghi tên đồng chí."})


def draw(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def test_every_message_is_ours() -> None:
    form = Meeting({"place": "Nhà văn hóa thôn Phú Hòa", "kind": "c", "minutes": "nhiều"})
    assert form.errors == {
        "place": ["“Nơi họp” dài 24 chữ cái, không quá 10. Rút ngắn lại."],
        "kind": ["Lựa chọn ở “Loại họp” không còn trong danh sách. Chọn lại."],
        "minutes": ["“Số phút” phải là một số, ví dụ 25."],
        "own": ["Ghi tên đồng chí."],
    }


def test_a_missing_answer_is_named() -> None:
    form = Meeting({})
    assert form.errors["place"] == ["Chưa ghi “Nơi họp”."]
    assert form.errors["kind"] == ["Chưa chọn “Loại họp”."]


def test_limits_are_said_with_their_number() -> None:
    assert Meeting({"minutes": "3"}).errors["minutes"] == ["“Số phút” từ 5 trở lên."]


def test_no_message_of_django_is_left_in_its_own_words() -> None:
    """Any message that still ships with Django must be one that our fields never raise."""
    for field in Meeting().fields.values():
        for code, message in field.error_messages.items():
            shipped = [getattr(kind, "default_error_messages", {}).get(code) for kind in type(field).__mro__]
            assert not any(message is words for words in shipped if words is not None), code


def test_the_browser_never_cuts_a_pasted_text() -> None:
    assert "maxlength" not in str(Meeting()["place"])


def test_a_field_reads_label_hint_error_input_in_this_order() -> None:
    drawn = draw("{% field form.place %}", form=Meeting({"place": "Nhà văn hóa thôn"}))
    order = [drawn.index(part) for part in ("<label", "_helptext", "_error", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_place_helptext id_place_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'value="Nhà văn hóa thôn"' in drawn


def test_a_hint_given_by_the_page_is_tied_to_the_input() -> None:
    drawn = draw('{% field form.minutes hint="Ít nhất 5" %}', form=Meeting())
    assert 'aria-describedby="id_minutes_helptext"' in drawn
    assert 'id="id_minutes_helptext">Ít nhất 5' in drawn


def test_a_field_escapes_what_was_typed() -> None:
    drawn = draw("{% field form.place %}{% error_summary form %}", form=Meeting({"place": '"><script>x</script>'}))
    assert "<script" not in drawn


def test_the_summary_links_each_mistake_to_its_field() -> None:
    drawn = draw("{% error_summary form %}", form=Meeting({"place": "Nhà"}))
    assert "Cần sửa ba chỗ" in drawn
    assert 'href="#id_kind"' in drawn
    assert 'id="id_kind"' in draw("{% field form.kind %}", form=Meeting({}))
    assert "còn nguyên" in drawn


def test_there_is_no_summary_of_an_untouched_form() -> None:
    assert draw("{% error_summary form %}", form=Meeting()).strip() == ""


class Dated(Form):
    day = fields.DateField(label="Ngày họp", earliest=lambda: date(2026, 11, 24), latest=date(2027, 12, 31))
    clock = fields.TimeField(label="Giờ họp")


@time_machine.travel("2026-11-24 12:00+07:00")
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("05/12/2026", date(2026, 12, 5)),
        (" 5-12-2026 ", date(2026, 12, 5)),
        ("5/12", date(2026, 12, 5)),
        ("5/1", date(2027, 1, 5)),
    ],
)
def test_it_reads_a_day_as_people_write_it(typed: str, read: date) -> None:
    form = Dated({"day": typed, "clock": "19:30"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == read


@time_machine.travel("2026-11-24 12:00+07:00")
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("03/11/2026", "03/11/2026 đã qua. Nhập ngày từ 24/11/2026."),
        ("01/01/2028", "01/01/2028 muộn quá. Nhập ngày đến 31/12/2027."),
        ("30/2", "Không có ngày 30/2. Nhập ngày, tháng, năm như 03/12/2026."),
        ("30/02/2027", "Không có ngày 30/02/2027. Nhập ngày, tháng, năm như 03/12/2026."),
        ("mai", "Chưa đọc được ngày. Nhập ngày, tháng, năm như 03/12/2026."),
        ("", "Chưa ghi “Ngày họp”."),
    ],
)
def test_it_says_what_is_wrong_with_a_day_and_keeps_it(typed: str, answer: str) -> None:
    form = Dated({"day": typed})
    assert form.errors["day"] == [answer]
    if typed and "-" not in typed:
        assert f'type="text" name="day" value="{typed}"' in str(form["day"])


def test_a_picker_shows_a_day_that_it_can_show() -> None:
    assert 'type="date" name="day" value="2026-12-05"' in str(Dated(initial={"day": date(2026, 12, 5)})["day"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("19:30", time(19, 30)),
        ("19h30", time(19, 30)),
        ("19 giờ 30", time(19, 30)),
        ("19 giờ", time(19)),
        ("7h", time(7)),
    ],
)
def test_it_reads_a_time_as_people_write_it(typed: str, read: time) -> None:
    assert Dated({"clock": typed}).fields["clock"].clean(typed) == read


@pytest.mark.parametrize("typed", ["7 rưỡi", "25:00", "19:75", "tối"])
def test_it_says_how_to_write_a_time_and_keeps_what_was_typed(typed: str) -> None:
    form = Dated({"clock": typed})
    assert form.errors["clock"] == ["Ghi giờ từ 0 đến 23, ví dụ 19:30."]
    assert f'value="{typed}"' in str(form["clock"])


def test_a_long_text_has_its_limit_and_one_kind_of_line_end() -> None:
    field = fields.TextField(label="Ý kiến", max_length=3)
    assert field.clean("a\r\nb") == "a\nb"


class Papers(Form):
    paper = fields.FileField(label="Tài liệu", endings=(".pdf", ".docx"), max_bytes=1024 * 1024)


@pytest.mark.parametrize(
    ("name", "size", "answer"),
    [
        ("Sơ đồ.exe", 10, "Tệp “Sơ đồ.exe” không thuộc loại nhận được. Chọn tệp PDF, DOCX."),
        ("Sơ đồ.pdf", 3 << 19, "Tệp “Sơ đồ.pdf” nặng 1,5 MB, quá 1 MB. Chụp lại thành ảnh hoặc gửi từng phần."),
        ("Sơ đồ.pdf", 0, "Tệp ở “Tài liệu” không có nội dung. Chọn tệp khác."),
    ],
)
def test_a_file_of_a_wrong_kind_or_size_is_named(name: str, size: int, answer: str) -> None:
    form = Papers({}, {"paper": SimpleUploadedFile(name, b"x" * size)})
    assert form.errors["paper"] == [answer]


def test_a_right_file_is_taken_whatever_the_case_of_its_ending() -> None:
    assert Papers({}, {"paper": SimpleUploadedFile("Sơ đồ.PDF", b"%PDF")}).is_valid()
