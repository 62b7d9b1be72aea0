"""The draft of minutes: what was recorded stands there, or on the list of what does not; unknown is said as unknown."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from chibo.documents.plain import plain_text
from chibo.lib.dates import now
from chibo.meetings.documents import build, minutes_document
from chibo.meetings.minutes.left_out import left_out, off_programme
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import AgendaItem, Meeting, RoomDevice
from chibo.meetings.prepare.agenda_commands import remove_item
from chibo.meetings.room import commands as room
from chibo.meetings.room import kept, log
from chibo.meetings.room.fold import Record
from chibo.resolutions.room import commands as deciding
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
K = AgendaItem.Kind


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of today with a programme, not open yet."""
    one = make.meeting(people.cell, starts_at=now().replace(microsecond=0), state="announced")
    for title, kind in (
        *(("Mở đầu", K.OPENING), ("Điện thắp sáng", K.DISCUSSION), ("Tự phê bình", K.SELF_CRITICISM)),
        *(("Kết luận, biểu quyết", K.CONCLUSION), ("Kết thúc", K.CLOSING)),
    ):
        make.item(one, title, kind=kind)
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People) -> room.Pen:
    """Lan's pen, the room open."""
    found = room.Pen(meeting, people.standing("lan"), uuid4())
    room.open_room(pen=found, chair=people.lan.pk)
    return found


def item(meeting: Meeting, kind: str) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, kind=kind)


def said(meeting: Meeting) -> str:
    return plain_text(minutes_document(meeting, None))


def lists(meeting: Meeting) -> list[tuple[str, str]]:
    return [(one.text, one.why) for one in left_out(draft_of(meeting))]


def present(pen: room.Pen, kind: str, text: str, **more: Any) -> None:
    where = item(pen.meeting, kind)
    room.record_remark(pen=pen, item=where, text=text, member=pen.by.person_id, presenting=True, **more)


@pytest.mark.parametrize("kind", [K.OPENING, K.DISCUSSION, K.CONCLUSION, K.CLOSING])
def test_what_was_presented_stands_in_the_minutes_at_whatever_item(pen: room.Pen, kind: str) -> None:
    present(pen, kind, "Lời trình bày ở mục này.")
    assert said(pen.meeting).count("Lời trình bày ở mục này.") == 1


@pytest.mark.parametrize("kind", [K.DISCUSSION, K.CONCLUSION, K.CLOSING])
def test_putting_an_item_off_keeps_what_was_presented_at_it(pen: room.Pen, kind: str) -> None:
    present(pen, kind, "Lời trình bày trước khi hoãn.")
    room.put_off(pen=pen, item=item(pen.meeting, kind), why="chờ xã trả lời")
    text = said(pen.meeting)
    assert text.count("Lời trình bày trước khi hoãn.") == 1
    assert text.count("Chưa bàn, chuyển kỳ sau: chờ xã trả lời.") == 1


def test_a_self_criticism_that_was_put_off_leaves_its_trace(pen: room.Pen) -> None:
    room.put_off(pen=pen, item=item(pen.meeting, K.SELF_CRITICISM), why="hết giờ")
    closed = next(one for one in sections_of(pen.meeting) if one.key == "self_criticism")
    assert "Chưa bàn, chuyển kỳ sau: hết giờ." in str(closed.blocks) and "“Tự phê bình”" in str(closed.blocks)


def test_reviews_stand_in_the_minutes_where_the_programme_has_no_item_for_them(pen: room.Pen, people: People) -> None:
    task = make.task(make.signed(people.cell), people.binh, "Dọn đường")
    deciding.review(pen=pen, task=task, result="partly", cause="còn hai hộ")
    text = said(pen.meeting)
    assert "Việc kỳ trước" in text and text.count("Dọn đường (Đặng Văn Bình): Một phần: còn hai hộ.") == 1


def test_whoever_was_not_called_is_unknown_and_neither_present_nor_absent(pen: room.Pen, people: People) -> None:
    text = said(pen.meeting)
    waiting = sum(line.expected for line in log.room_of(pen.meeting).roll.values())
    assert f"Chưa điểm danh {waiting} đồng chí." in text
    assert "Dự họp" not in text and "Không có đảng viên vắng mặt" not in text
    room.call(pen=pen, members=[people.lan.pk], state="present")
    text = said(pen.meeting)
    assert "Dự họp: 1" in text and f"Chưa điểm danh {waiting - 1} đồng chí (" in text
    assert "Không có đảng viên vắng mặt" not in text


def test_a_resolution_says_who_was_not_called(pen: room.Pen, people: People) -> None:
    deciding.conclude(pen=pen, kind="resolution", parts={"direction": "Thắp sáng đường."})
    waiting = sum(line.expected for line in log.room_of(pen.meeting).roll.values())
    assert f"Chưa điểm danh {waiting} đảng viên được triệu tập." in plain_text(build("nghi-quyet", pen.meeting))
    room.call(pen=pen, members=[people.lan.pk], state="present")
    text = plain_text(build("nghi-quyet", pen.meeting))
    assert f"Có mặt 1/{waiting} đảng viên được triệu tập, chưa điểm danh {waiting - 1}." in text


def test_a_meeting_that_has_not_opened_has_nobody_present_or_absent(meeting: Meeting) -> None:
    text = said(meeting)
    assert "Chưa điểm danh." in text and "Tổng số" not in text and "vắng mặt" not in text


def test_a_corrected_remark_stands_once_and_the_note_says_that_it_was_corrected(pen: room.Pen, people: People) -> None:
    where = item(pen.meeting, K.DISCUSSION)
    remark = room.record_remark(pen=pen, item=where, text="Xong trong ba tháng.", member=people.hung.pk)
    other = room.record_remark(pen=pen, item=where, text="Tôi đồng ý.", member=people.quyen.pk)
    pen.write("remark-edit", of=other.pk, text="Tôi nhất trí.")  # before anyone asked
    room.correct(pen=pen, text="Sửa “ba tháng” thành “hai tháng”.", remark=remark.pk)
    assert "đã sửa theo" not in said(pen.meeting)
    pen.write("remark-edit", of=remark.pk, text="Xong trong hai tháng.")
    text = said(pen.meeting)
    assert text.count("Xong trong hai tháng.") == 1 and "Xong trong ba tháng." not in text
    assert "Lời ghi ở trên đã sửa theo ý kiến đính chính: ý kiến của đồng chí Trần Văn Hùng." in text


def test_a_correction_of_a_withdrawn_self_criticism_never_stands_in_the_open(pen: room.Pen, people: People) -> None:
    where = item(pen.meeting, K.SELF_CRITICISM)
    remark = room.record_remark(pen=pen, item=where, text="Tôi nhận lỗi.", member=people.hung.pk)
    room.correct(pen=pen, text="Sửa “lỗi” thành “thiếu sót”.", remark=remark.pk)
    pen.write("remark-withdraw", of=remark.pk)
    assert "thiếu sót" not in str(sections_of(pen.meeting))
    assert ("Sửa “lỗi” thành “thiếu sót”.", "Ý kiến được đề nghị sửa đã rút.") in lists(pen.meeting)


def test_minutes_stand_in_the_order_in_which_the_log_means_them(pen: room.Pen, people: People) -> None:
    """Two devices out of reach use the same counters: the device decides, and not the id of the entry."""
    devices = sorted([uuid4(), uuid4()], key=str)
    where = str(item(pen.meeting, K.DISCUSSION).pk)
    for device, id_, text in zip(devices, (UUID(int=2), UUID(int=1)), ("Máy thứ nhất.", "Máy thứ hai."), strict=True):
        payload = {"item": where, "text": text, "member": str(people.hung.pk)}
        log.append_together(pen.meeting, [Record(id_, device, 40, "remark", people.hung.pk, payload, now(), seen=0)])
    log.rebuild(pen.meeting)
    text = said(pen.meeting)
    assert text.index("Máy thứ nhất.") < text.index("Máy thứ hai.")


# ---------- An item that only the log knows ----------
@pytest.fixture
def removed(meeting: Meeting, people: People) -> AgendaItem:
    """An item that was taken off the programme, and another after it, while a device carries the old one along."""
    RoomDevice.objects.create(**meeting.keys, account=people.hung.user.pk, person=people.hung, label="máy của Hùng")
    found = item(meeting, K.DISCUSSION)
    other = make.item(meeting, "Mục khác")
    for one in (found, other):
        remove_item(item=one, by=people.standing("lan"))
    return found


def _held_by_the_old_programme(meeting: Meeting, people: People, removed: AgendaItem) -> room.Pen:
    pen = room.Pen(meeting, people.standing("lan"), uuid4())
    room.open_room(pen=pen, chair=people.lan.pk)
    room.record_remark(pen=pen, item=removed, text="Lời ở mục đã bỏ.", member=people.hung.pk)
    return pen


def test_an_item_removed_while_a_device_held_the_meeting_stands_in_the_minutes(
    meeting: Meeting, people: People, removed: AgendaItem
) -> None:
    _held_by_the_old_programme(meeting, people, removed)
    text = said(meeting)
    assert "Về nội dung “Điện thắp sáng”:" in text and text.count("Lời ở mục đã bỏ.") == 1
    assert "Không có ý kiến phát biểu" not in text
    assert off_programme(draft_of(meeting)) == ["Điện thắp sáng"]


def test_chair_and_clerk_see_before_signing_what_is_off_the_programme_and_what_is_left_out(
    client: Client, meeting: Meeting, people: People, removed: AgendaItem
) -> None:
    pen = _held_by_the_old_programme(meeting, people, removed)
    closed = item(meeting, K.SELF_CRITICISM)
    room.record_remark(pen=pen, item=closed, text="Lời chi bộ không ghi.", member=people.hung.pk)
    kept.keep_as(pen=pen, item=closed, how="conclusion")
    page = sign_in(client, people.lan).get(f"/cuoc-hop/{meeting.pk}/bien-ban/").content.decode()
    assert "không còn trong chương trình: “Điện thắp sáng”" in page
    assert "Không ghi vào biên bản" in page and "Lời chi bộ không ghi." in page
    assert "Chi bộ chọn chỉ ghi kết luận ở mục này." in page


# ---------- The list ----------
def test_what_the_paper_book_has_is_listed_with_its_page(pen: room.Pen, people: People) -> None:
    closed = item(pen.meeting, K.SELF_CRITICISM)
    room.record_remark(pen=pen, item=closed, text="Lời đã ghi trước.", member=people.hung.pk)
    kept.keep_as(pen=pen, item=closed, how="paper", page="trang 12")
    assert ("Lời đã ghi trước.", "Mục này ghi sổ giấy, trang 12.") in lists(pen.meeting)
    assert "Lời đã ghi trước." not in said(pen.meeting)


def test_parts_that_only_a_resolution_has_are_listed_where_the_meeting_ends_in_a_conclusion(pen: room.Pen) -> None:
    deciding.conclude(pen=pen, kind="conclusion", parts={"praise": "Biểu dương tổ 4.", "direction": "Làm đường."})
    assert ("Biểu dương tổ 4.", "Buổi họp kết thúc bằng kết luận; phần này chỉ nghị quyết mới có.") in lists(
        pen.meeting
    )
    assert ("Làm đường.", "Có trong văn bản kết luận, ký cùng biên bản.") in lists(pen.meeting)


def test_how_last_month_went_stands_in_minutes_and_conclusion_where_nothing_is_voted(pen: room.Pen) -> None:
    words = "Xong ba trong bốn việc."
    deciding.conclude(pen=pen, parts={"political_tasks": words})
    deciding.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Làm tiếp."})
    assert f"Đánh giá chung: {words}" in said(pen.meeting) and words not in str(lists(pen.meeting))
    assert words in plain_text(build("ket-luan", pen.meeting))


def test_the_words_of_an_absence_and_a_ballot_without_a_count_are_listed(pen: room.Pen, people: People) -> None:
    room.call(pen=pen, members=[people.binh.pk], state="absent", reason="health", reason_text="nằm viện tỉnh")
    pen.write("ballot", title="Chọn đại biểu", names=[], fraction="half", tellers=[])
    found = left_out(draft_of(pen.meeting))
    assert [one.what for one in found] == ["Lời về lý do vắng của đồng chí Đặng Văn Bình", "Phiếu kín"]
    assert [one.text for one in found] == [
        "",
        "Chọn đại biểu",
    ]  # the clerk need not be of the committee, who may read it
    assert "nằm viện" not in said(pen.meeting)


def test_tasks_of_a_meeting_that_was_broken_off_are_not_said_to_be_given(pen: room.Pen, people: People) -> None:
    due = now().date()
    deciding.give(pen=pen, draft=deciding.Draft("Lắp hai gương", people.hung.pk, due, "chi ủy xem"))
    assert "Phân công nhiệm vụ:" in said(pen.meeting)
    room.break_off(pen=pen, why="mất điện")
    text = said(pen.meeting)
    assert "Phân công nhiệm vụ:" not in text and "chưa giao vì buổi họp hoãn giữa chừng:" in text
