"""Self-criticism: the cell chooses how it is kept, nothing is preset (M13)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from chibo.documents.plain import plain_text
from chibo.lib.dates import now
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import AgendaItem, Entry, Remark
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.kept import keep_as
from tests import make
from tests.people import People, sign_in


@pytest.fixture
def item(pen: Pen) -> AgendaItem:
    """The meeting's self-criticism."""
    return make.item(pen.meeting, "Tự phê bình và phê bình", kind="self_criticism")


def url(pen: Pen, item: AgendaItem, rest: str = "") -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/muc/{item.pk}/{rest}"


def minuted(pen: Pen) -> str:
    return plain_text(minutes_document(pen.meeting, None))


def test_it_works(lan: Client, pen: Pen, item: AgendaItem) -> None:
    page = lan.get(url(pen, item)).content.decode()
    assert "Chi bộ chọn cách ghi mục này" in page
    assert "checked" not in page[page.index("Chi bộ chọn cách ghi") :]
    assert "Ghi vào biên bản" not in page and "Hoãn mục này" in page
    lan.post(url(pen, item, "cach-ghi/"), {"how": "full"})
    assert log.room_of(pen.meeting).items[item.pk].how == "full"
    assert "Ghi vào biên bản" in lan.get(url(pen, item)).content.decode()


def test_it_validates_a_choice_and_the_page_of_the_book(lan: Client, pen: Pen, item: AgendaItem) -> None:
    for typed in ({}, {"how": "paper"}, {"how": "secret"}):
        answer = lan.post(url(pen, item, "cach-ghi/"), typed)
        assert answer.status_code == 422
    assert "Chưa ghi trang nào của sổ giấy." in lan.post(url(pen, item, "cach-ghi/"), {"how": "paper"}).content.decode()
    assert not Entry.objects.filter(meeting=pen.meeting, kind="keep-as").exists()


def test_it_checks_access(client: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    assert sign_in(client, people.binh).post(url(pen, item, "cach-ghi/"), {"how": "full"}).status_code == 404
    ordinary = AgendaItem.objects.filter(meeting=pen.meeting).exclude(pk=item.pk).first()
    assert ordinary is not None
    assert sign_in(client, people.lan).post(url(pen, ordinary, "cach-ghi/"), {"how": "full"}).status_code == 404


def test_nothing_is_written_and_nothing_is_done_before_the_cell_has_chosen(
    lan: Client, pen: Pen, item: AgendaItem, people: People
) -> None:
    typed = {"speaker": f"person:{people.binh.pk}", "text": "Tôi chậm báo cáo.", "as": ""}
    answer = lan.post(url(pen, item), typed)
    assert answer.status_code == 422 and "Chọn trước, rồi ghi." in answer.content.decode()
    lan.post(url(pen, item, "tien-do/"), {"state": "open"})
    lan.post(url(pen, item, "tien-do/"), {"state": "done"})
    assert log.room_of(pen.meeting).items[item.pk].state == "open"
    assert any("Chưa chọn cách ghi" in bar.reason for bar in commands.closing_bars(pen.meeting))
    keep_as(pen=pen, item=item, how="conclusion")
    lan.post(url(pen, item, "tien-do/"), {"state": "done"})
    assert log.room_of(pen.meeting).items[item.pk].state == "done"
    assert not any("cách ghi" in bar.reason for bar in commands.closing_bars(pen.meeting))


def test_conclusion_only_takes_the_chairs_conclusion_alone(
    lan: Client, pen: Pen, item: AgendaItem, people: People
) -> None:
    keep_as(pen=pen, item=item, how="full")
    commands.record_remark(pen=pen, item=item, text="Tôi nhận chậm báo cáo.", member=people.binh.pk)
    keep_as(pen=pen, item=item, how="conclusion")
    said = {"speaker": f"person:{people.lan.pk}", "text": "Hai đồng chí đã nhận, sửa trong tháng."}
    assert lan.post(url(pen, item), said | {"as": ""}).status_code == 422
    assert lan.post(url(pen, item), said | {"as": "answer"}).status_code == 302
    text = minuted(pen)
    assert "Hai đồng chí đã nhận" in text and "chỉ ghi kết luận" in text
    assert "Tôi nhận chậm báo cáo." not in text
    closed = next(one for one in sections_of(pen.meeting) if one.key == "self_criticism")
    assert people.binh.pk not in closed.speakers


def test_the_paper_book_leaves_title_and_page_alone(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    keep_as(pen=pen, item=item, how="full")
    commands.record_remark(pen=pen, item=item, text="Tôi nhận chậm báo cáo.", member=people.binh.pk)
    lan.post(url(pen, item, "cach-ghi/"), {"how": "paper", "page": "trang 12"})
    typed = {"speaker": f"person:{people.binh.pk}", "text": "Ghi thêm."}
    assert lan.post(url(pen, item), typed).status_code == 404
    text = minuted(pen)
    assert "ghi sổ giấy, trang 12." in text
    assert "Tôi nhận chậm báo cáo." not in text
    assert Remark.objects.filter(meeting=pen.meeting).count() == 1  # erased at signing with all that was not minuted
    page = lan.get(url(pen, item)).content.decode()
    assert "Ghi sổ giấy, trang 12" in page and "Tôi nhận" not in page


def test_the_minutes_of_a_combined_meeting_say_how_long_each_part_took(pen: Pen) -> None:
    regular = AgendaItem.objects.filter(meeting=pen.meeting).first()
    assert regular is not None
    theme = make.part(pen.meeting, "thematic", position=2)
    thematic = make.item(pen.meeting, "Học tập và làm theo Bác", part=theme)
    assert "Thời gian: phần" not in minuted(pen)
    begun = now()
    for item, opened, done in ((regular, 0, 82), (thematic, 82, 123)):
        at = replace(pen, at=begun + timedelta(minutes=opened))
        at.write("item", item=item.pk, state="open")
        replace(pen, at=begun + timedelta(minutes=done)).write("item", item=item.pk, state="done")
    assert "Thời gian: phần thường kỳ 82 phút, phần chuyên đề 41 phút." in minuted(pen)
