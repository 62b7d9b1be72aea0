"""Items, opinions, tasks, the resolution, secret votes and the end, on a device that asks no server."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from chibo.access.scope import system_scope
from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, Meeting, Opinion
from chibo.meetings.room.deciding import ballots_of, secrets_of
from chibo.resolutions.room.kinds import decisions
from tests import make
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_page import RoomPage
from tests.browser.village import Village, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
NOW = evening(3, clock="19:28")
SLOGAN = "Tiếp tục đẩy mạnh tuyên truyền, bảo đảm trật tự an toàn giao thông"
SENTENCE = "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen"
both = pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])


@pytest.fixture
def meeting(village: Village, clock: Any) -> Meeting:
    """Announced for this evening, with questions, an opinion that Bình handed in, and self-criticism."""
    clock.move_to(NOW)
    with system_scope():
        one = planned(village)
        topic = AgendaItem.objects.get(meeting=one, title="Thảo luận")
        make.question(topic)
        make.item(one, "Tự phê bình và phê bình", kind="self_criticism", position=4)
        Opinion.objects.create(**one.keys, item=topic, author=village.binh, text="Nên lắp gương.", handed_in_at=now())
        return one


def held(lan: Device, meeting: Meeting, village: Village) -> RoomPage:
    """Open: Lan presides, Tâm minutes, all are there."""
    room = RoomPage(lan, meeting, NOW)
    roll = [{key: one[key] for key in ("kind", "exempt", "away", "suspended")} for one in room.pack["people"]]
    roll = [{"person": one["id"], **line} for one, line in zip(room.pack["people"], roll, strict=True)]
    write(room, "open", {"chair": str(village.lan.pk), "roll": roll, "keepers": room.pack["keepers"]})
    write(room, "clerk", {"member": str(village.tam.pk)})
    write(room, "attend", {"members": [one["person"] for one in roll], "state": "present"})
    return room


def write(room: RoomPage, kind: str, payload: dict[str, Any]) -> str:
    entry = room.page.evaluate("([kind, payload]) => session.write(kind, payload)", [kind, payload])
    assert isinstance(entry, str)
    return entry


def at_item(room: RoomPage, title: str) -> str:
    """Turn the hall to an item and stand on its screen."""
    item = next(step["item"] for step in room.pack["steps"] if step["title"] == title)
    write(room, "item", {"item": item, "state": "open"})
    room.go(f"muc/{item}", title)
    return str(item)


def press(room: RoomPage, words: str) -> None:
    """Press what begins with some words; the rest is for those who do not see what it stands beside."""
    name = re.compile(words.replace(" ", r"\s+"))
    room.page.get_by_role("button", name=name).or_(room.page.get_by_role("link", name=name)).first.click()


def opens(room: RoomPage, words: str) -> Locator:
    """Open what is folded under some words."""
    found = room.page.locator("details", has=room.page.locator("summary", has_text=words)).first
    found.locator("summary").first.click()
    return found


@both
def test_what_is_said_is_recorded_edited_and_undone(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    item = at_item(room, "Thảo luận")
    room.sees("Nhà mình làm được gì ở ngã ba?", "Một ý kiến gửi trước")
    room.tap("Ghi vào biên bản")
    room.sees("Chưa chọn “Người phát biểu”.", "Chưa ghi “Ý kiến”.")
    expect(room.page.get_by_role("alert")).to_be_focused()
    room.page.locator("li", has_text="Trần Văn Hùng").get_by_role("button").last.click()
    expect(room.page.get_by_label("Ý kiến", exact=True)).to_be_focused()
    room.sees("Đang phát biểu: Trần Văn Hùng")
    room.page.keyboard.type("Đường dốc, khó thấy xe.")
    room.tap("Ghi vào biên bản")
    room.sees("Đã ghi ý kiến: Trần Văn Hùng.", "Đường dốc, khó thấy xe.")
    expect(room.page.get_by_role("combobox", name="Người phát biểu")).to_be_focused()
    expect(room.page.get_by_label("Ý kiến", exact=True)).to_have_value("")
    press(room, "Đã đọc, ghi vào biên bản")
    room.sees("Đã ghi ý kiến đọc hộ: Đặng Văn Bình.", "(gửi bằng văn bản)")
    room.page.get_by_label("Kết luận của chủ trì").fill("Lắp gương trước.")
    room.tap("Ghi kết luận của chủ trì")
    room.sees("Chủ trì kết luận. Lắp gương trước.")
    room.stands("Thảo luận")
    press(room, "Sửa ý kiến của Trần Văn Hùng")
    room.stands("Sửa ý kiến của Trần Văn Hùng")
    room.page.get_by_label("Ý kiến").fill("Đường dốc, khó thấy xe từ xa.")
    room.tap("Ghi bản sửa")
    room.stands("Thảo luận")
    room.sees("Đã sửa ý kiến.", "khó thấy xe từ xa")
    room.tap("Hoàn tác")
    room.sees("Đường dốc, khó thấy xe.")
    remarks = list(room.room().remarks.values())
    assert [one.item for one in remarks] == [UUID(item)] * 3
    assert [one.is_answer for one in remarks] == [False, False, True]
    assert remarks[0].text == "Đường dốc, khó thấy xe." and remarks[1].opinion is not None
    opens(room, "Hoãn mục này").get_by_label("Vì sao hoãn").fill("hết giờ")
    room.tap("Hoãn mục này", within=room.page.locator("details[open]"))
    room.stands("Tự phê bình và phê bình")
    assert room.room().items[UUID(item)].state == "put_off"


def test_nothing_typed_is_lost_or_disturbed(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = held(devices("lan"), meeting, village)
    item = at_item(room, "Thảo luận")
    text = room.page.get_by_label("Ý kiến", exact=True)
    room.page.get_by_role("combobox", name="Người phát biểu").select_option(label="Trần Văn Hùng")
    text.focus()
    room.page.keyboard.type("Một nửa câu")
    room.comes("remark", village.tam.pk, {"item": item, "member": str(village.binh.pk), "text": "Ghi ở máy khác"})
    room.sees("Ghi ở máy khác")
    expect(text).to_be_focused()
    room.page.keyboard.type(", rồi nửa kia")
    room.page.reload()
    expect(text).to_have_value("Một nửa câu, rồi nửa kia")
    room.tap("Ghi vào biên bản")
    room.sees("Đã ghi ý kiến: Trần Văn Hùng.")
    room.page.reload()
    expect(text).to_have_value("")


def test_two_who_edit_a_remark_both_see_both(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = held(devices("lan"), meeting, village)
    item = at_item(room, "Thảo luận")
    remark = write(room, "remark", {"item": item, "member": str(village.binh.pk), "text": "Bản đầu"})
    room.go(f"y-kien/{remark}", "Sửa ý kiến của Đặng Văn Bình")
    text = room.page.get_by_label("Ý kiến")
    text.fill("Bản của tôi")
    room.comes("remark-edit", village.tam.pk, {"of": remark, "text": "Bản của thư ký"}, seen=0)
    room.tap("Ghi bản sửa")
    room.sees("Chưa bản nào bị thay.", "Bản của thư ký")
    room.stands("Sửa ý kiến của Đặng Văn Bình")
    expect(text).to_have_value("Bản của tôi")
    text.fill("Bản của cả hai")
    room.tap("Ghi bản sửa")
    room.stands("Thảo luận")
    assert room.room().remarks[UUID(remark)].text == "Bản của cả hai"
    press(room, "Sửa ý kiến của Đặng Văn Bình")
    room.tap("Bỏ ý kiến này")
    room.stands("Thảo luận")
    assert room.room().remarks == {}


@both
def test_a_differing_opinion_is_raised_supported_and_settled(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    write(room, "guest", {"name": "Lý Quốc Khánh"})
    at_item(room, "Thảo luận")
    room.page.get_by_role("combobox", name="Người phát biểu").select_option(label="Lý Quốc Khánh (khách)")
    room.page.get_by_label("Ý kiến", exact=True).fill("Phát quang trước đã.")
    room.tap("Ghi là ý kiến khác")
    room.sees("Ý kiến khác phải của một đảng viên.")
    room.page.get_by_role("combobox", name="Người phát biểu").select_option(label="Đặng Văn Bình")
    room.tap("Ghi là ý kiến khác")
    room.sees("Đã ghi ý kiến khác: Đặng Văn Bình.")
    opens(room, "Bao nhiêu đồng chí cùng ý kiến").get_by_label("Số đồng chí").fill("ba")
    room.tap("Ghi số đồng chí")
    room.sees("phải là một số, ví dụ 25.")
    room.page.get_by_label("Số đồng chí").fill("3")
    room.tap("Ghi số đồng chí")
    room.sees("(ba đồng chí cùng ý kiến)")
    room.go("y-kien-khac", "Một ý kiến khác chưa kết luận")
    opens(room, "Không tiếp thu")
    room.tap("Ghi không tiếp thu")
    room.sees("Chưa ghi “Vì sao không tiếp thu”.")
    room.page.get_by_label("Vì sao không tiếp thu").fill("gương rẻ và làm ngay được")
    room.tap("Ghi không tiếp thu")
    room.stands("Ý kiến khác đã kết luận cả")
    press(room, "Người nêu bảo lưu ý kiến")
    room.sees("bảo lưu ý kiến.")
    (one,) = room.room().differing.values()
    assert (one.support, one.outcome, one.why, one.reserved) == (3, "not_adopted", "gương rẻ và làm ngay được", True)
    write(room, "differ", {"item": str(one.item), "member": str(village.hung.pk), "text": "Khác nữa."})
    room.stands("Một ý kiến khác chưa kết luận")
    press(room, "Đưa ra biểu quyết")
    room.stands("Biểu quyết ý kiến khác của đồng chí Trần Văn Hùng")


def test_self_criticism_is_kept_as_the_cell_chooses_and_nothing_is_preset(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = held(devices("lan"), meeting, village)
    item = at_item(room, "Tự phê bình và phê bình")
    assert room.page.locator("input[type=radio]:checked").count() == 0
    assert room.page.get_by_label("Ý kiến", exact=True).count() == 0
    room.tap("Xong mục này")
    room.sees("Chưa xong mục này: chi bộ chọn cách ghi trước.")
    room.tap("Chọn cách ghi này")
    room.sees("Chưa chọn “Chi bộ chọn cách ghi mục này”.")
    room.page.get_by_label("Ghi sổ giấy").check()
    room.tap("Chọn cách ghi này")
    room.sees("Chưa ghi trang nào của sổ giấy.")
    room.page.get_by_label("Trang của sổ giấy").fill("trang 12")
    room.tap("Chọn cách ghi này")
    room.sees("Mục họp kín.", "Ghi sổ giấy, trang 12.")
    room.stands("Tự phê bình và phê bình")
    assert room.page.get_by_label("Ý kiến", exact=True).count() == 0
    changing = opens(room, "Đổi cách ghi")
    changing.get_by_label("Chỉ ghi kết luận của chủ trì").check()
    room.tap("Chọn cách ghi này")
    room.sees("Ý kiến từng đồng chí không ghi vào Chibo.")
    assert room.page.get_by_label("Ý kiến", exact=True).count() == 0
    room.page.get_by_label("Kết luận của chủ trì", exact=True).fill("Chi bộ ghi nhận.")
    room.tap("Ghi kết luận của chủ trì")
    room.sees("Đã ghi ở mục này")
    state = room.room().items[UUID(item)]
    assert (state.how, state.page) == ("conclusion", "")


@both
def test_each_old_task_is_answered_in_one_tap_and_explained_on_need(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    room.go("viec-cu", "Việc kỳ trước: còn một việc chưa xem")
    room.tap("Một phần")
    room.sees("Việc 1: một phần.", "Chưa ghi vì sao và hạn mới")
    room.stands("Việc kỳ trước: một việc cần ghi thêm")
    room.page.get_by_label("Vì sao chưa xong").fill("Còn hai hộ đi vắng")
    room.page.get_by_label("Hạn mới").fill("2026-11-01")
    room.tap("Ghi vì sao và hạn mới")
    room.sees("01/11/2026 đã qua. Nhập ngày từ 03/12/2026.")
    room.page.get_by_label("Hạn mới").fill("2026-12-10")
    room.sees("Thứ Năm 10/12/2026")
    room.tap("Ghi vì sao và hạn mới")
    room.stands("Việc kỳ trước: đã xem cả một việc")
    press(room, "Chuyển kỳ sau")
    room.stands("Việc kỳ trước: đã xem cả một việc")
    expect(room.page.get_by_label("Lý do chuyển kỳ sau")).to_have_value("Còn hai hộ đi vắng")
    room.tap("Xong")
    room.sees("Việc 1: xong.")
    room.tap("Hoàn tác")
    (reviewed,) = decisions(room.room()).reviews.values()
    assert (reviewed.result, reviewed.cause) == ("put_off", "Còn hai hộ đi vắng")
    assert reviewed.task == village.task.pk and reviewed.due_then == village.task.due


@both
def test_a_slogan_is_objected_to_once_and_kept_if_its_writer_keeps_it(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    room.go("viec-moi", "Việc giao trong nghị quyết tháng 12/2026")
    room.page.get_by_label("Làm gì").fill(SLOGAN)
    room.sees("Câu này tháng sau khó kiểm tra", "Chưa có con số, chưa có nơi làm.")
    room.tap("Thêm việc này")
    room.sees("Chưa chọn “Ai chủ trì”.", "Chưa ghi “Xong đến hết ngày”.")
    room.page.get_by_label("Ai chủ trì").select_option(label="Trần Văn Hùng")
    room.page.get_by_label("Xong đến hết ngày").fill("2026-12-20")
    room.page.get_by_label("Kiểm tra bằng cách nào").fill("chi ủy xem tại chỗ ngày 21/12")
    room.tap("Thêm việc này")
    expect(room.page.locator(".wording")).to_be_focused()
    assert decisions(room.room()).tasks == {}
    room.tap("Giữ câu của tôi")
    room.stands("Một việc đã giao, viết việc tiếp")
    press(room, "Sửa việc 1")
    room.stands("Sửa một việc")
    room.page.get_by_label("Làm gì").fill(SENTENCE)
    room.page.get_by_label("Xong đến hết ngày").fill("2027-02-20")
    opens(room, "Ai phối hợp").get_by_label("Võ Thị Mai").check()
    room.tap("Ghi bản sửa")
    room.page.wait_for_timeout(1200)  # what the pause in typing would say comes too late to take it away
    room.sees("Việc kéo dài 79 ngày mà chưa có mốc giữa chừng.")
    opens(room, "Mốc giữa chừng").get_by_label("Mốc 1").fill("mua gương")
    room.tap("Ghi bản sửa")
    room.sees("Mốc cần cả việc và ngày.")
    room.page.get_by_label("Đến hết ngày").nth(1).fill("2027-01-10")
    room.tap("Ghi bản sửa")
    room.stands("Một việc đã giao, viết việc tiếp")
    room.sees("Mốc 10/01: mua gương", "phối hợp: Võ Thị Mai")
    (task,) = decisions(room.room()).tasks.values()
    assert (task.what, task.lead, task.due.isoformat()) == (SENTENCE, village.hung.pk, "2027-02-20")
    press(room, "Sửa việc 1")
    room.tap("Bỏ việc này")
    room.stands("Việc giao trong nghị quyết tháng 12/2026")
    room.tap("Hoàn tác")
    room.stands("Một việc đã giao, viết việc tiếp")


@both
def test_the_resolution_is_written_by_two_and_last_months_words_are_pointed_out(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    room.go("ket-luan", "Kết luận hay nghị quyết")
    room.tap("Ghi dự thảo")
    room.sees("Chưa chọn “Buổi họp kết thúc bằng”.")
    room.page.locator(".segments label", has_text="Nghị quyết").click()
    room.tap("Ghi dự thảo")
    room.sees("Nghị quyết chưa có phần nào.")
    opens(room, "Các phần của nghị quyết")
    room.page.get_by_label("II Phương hướng").fill("Tập trung an toàn giao thông ở ngã ba Bàu Sen.")
    room.tap("Ghi dự thảo")
    room.stands("Nghị quyết tháng 12/2026")
    room.sees("Đã ghi nghị quyết tháng 12/2026.", "II Phương hướng: giống 100% kỳ trước.", "Chưa giao việc nào.")
    room.page.get_by_label("I.1 Chính trị tư tưởng").fill("Của tôi")
    room.page.reload()
    expect(room.page.get_by_label("I.1 Chính trị tư tưởng")).to_have_value("Của tôi")
    room.comes("conclude", village.tam.pk, {"parts": {"ideology": "Của thư ký", "praise": "Biểu dương"}}, seen=0)
    room.tap("Ghi dự thảo")
    room.sees("Người khác vừa sửa phần này.", "Của thư ký")
    room.stands("Nghị quyết tháng 12/2026")
    room.page.get_by_label("I.1 Chính trị tư tưởng").fill("Của cả hai")
    room.tap("Ghi dự thảo")
    room.sees("Đã ghi nghị quyết tháng 12/2026.")
    texts = decisions(room.room()).texts
    assert (texts["ideology"], texts["praise"]) == ("Của cả hai", "Biểu dương")
    room.tap("Hoàn tác")
    expect(room.page.get_by_label("I.1 Chính trị tư tưởng")).to_have_value("Của thư ký")


def finished(room: RoomPage, village: Village) -> None:
    """All that a closing asks for, but for the reading."""
    write(room, "review", {"task": str(village.task.pk), "result": "done", "due_then": "2026-11-30"})
    write(room, "conclude", {"kind": "conclusion", "parts": {"conclusion": "Chi bộ thống nhất lắp gương."}})
    room.go("bieu-quyet/conclusion", "Biểu quyết kết luận tháng 12/2026")
    room.tap("Cả 19 đồng chí tán thành")
    room.stands("Còn một điều trước khi kết thúc")


@both
def test_the_minutes_are_read_back_and_the_meeting_closes_with_no_network(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    item = at_item(room, "Thảo luận")
    write(room, "remark", {"item": item, "member": str(village.binh.pk), "text": "Nên lắp gương trước Tết."})
    room.go("ket-thuc", "Còn ba điều trước khi kết thúc")
    room.tap("Kết thúc buổi họp")
    room.sees("Buổi họp chưa kết thúc được. Còn một việc chưa xem.")
    assert room.room().closed_by is None
    finished(room, village)
    room.tap("Đọc biên bản")
    room.stands("Biên bản: dự thảo, chưa có số")
    room.sees("Tổng số đảng viên: 20", "Đồng chí Đặng Văn Bình: Nên lắp gương trước Tết.", "Xem lại 1 việc kỳ trước")
    opens(room, "Ghi ý kiến đính chính").get_by_label("Ý kiến đính chính").fill("Sửa “Tết” thành “tháng Chạp”.")
    room.tap("Ghi ý kiến đính chính")
    room.sees("Khi đọc lại biên bản, có ý kiến đính chính:")
    room.tap("Đã đọc lại, chi bộ thông qua")
    room.sees("Đã đọc lại lúc")
    room.tap("Kết thúc")
    room.stands("Đủ các bước, kết thúc được")
    room.tap("Kết thúc buổi họp")
    expect(room.page.locator("h1")).to_have_text(re.compile(r"Đã kết thúc lúc 19\sgiờ\s\d\d"))
    room.sees("Khi có mạng, máy gửi hết rồi hai đồng chí ký", "dòng chưa gửi")
    room.device.look()
    found = room.room()
    assert found.closed_by == village.lan.pk and found.needs_look == []
    room.go(f"muc/{item}", "Buổi họp đã kết thúc")
    room.go("bien-ban", "Biên bản: dự thảo, chưa có số")
    room.page.locator("section", has_text="Sửa trước khi ký").get_by_role("link", name="Sửa").click()
    room.stands("Sửa ý kiến của Đặng Văn Bình")
    room.page.get_by_label("Ý kiến").fill("Nên lắp gương trước tháng Chạp.")
    room.tap("Ghi bản sửa")
    room.stands("Biên bản: dự thảo, chưa có số")


def test_a_meeting_is_broken_off_with_a_reason(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = held(devices("lan"), meeting, village)
    room.go("ket-thuc", "Còn ba điều trước khi kết thúc")
    opens(room, "Hoãn giữa chừng")
    room.tap("Hoãn buổi họp")
    room.sees("Chưa ghi “Vì sao hoãn giữa chừng”.")
    room.page.get_by_label("Vì sao hoãn giữa chừng").fill("mất điện")
    room.tap("Hoãn buổi họp")
    room.sees("Đã hoãn giữa chừng lúc", "Vì sao hoãn: mất điện.")
    assert room.room().aborted == "mất điện"


def test_a_meeting_held_on_paper_ends_at_the_time_in_the_book(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    with system_scope():
        Meeting.objects.filter(pk=meeting.pk).update(held_on_paper=True)
    room = held(devices("lan"), meeting, village)
    finished(room, village)
    write(room, "read", {})
    room.go("ket-thuc", "Đủ các bước, kết thúc được")
    room.tap("Kết thúc buổi họp")
    room.sees("Chưa ghi “Kết thúc lúc”.")
    room.page.get_by_label("Kết thúc lúc").first.fill("19:00")
    room.tap("Kết thúc buổi họp")
    room.sees("Giờ kết thúc phải sau giờ bắt đầu.")
    room.page.get_by_label("Kết thúc lúc").first.fill("21:05")
    room.tap("Kết thúc buổi họp")
    room.stands("Đã kết thúc lúc 21 giờ 05")


@both
def test_a_secret_vote_is_put_on_paper_and_its_sums_are_checked(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    room.go("bo-phieu-kin", "Bỏ phiếu kín")
    room.page.get_by_label("Bỏ phiếu kín việc gì").fill("Chọn đại biểu")
    room.page.get_by_label("Danh sách trên phiếu").fill("Trần Văn Hùng\nĐặng Văn Bình")
    room.page.get_by_label("Trần Văn Hùng").check()
    room.tap("Đưa ra bỏ phiếu kín")
    room.sees("Đồng chí Trần Văn Hùng có tên trên phiếu nên không kiểm phiếu.")
    room.page.get_by_label("Trần Văn Hùng").uncheck()
    room.page.get_by_label("Phạm Minh Tâm").check()
    room.tap("Đưa ra bỏ phiếu kín")
    room.stands("Chọn đại biểu")
    room.tap("In 19 phiếu")
    room.stands("19 phiếu, sẵn sàng in")
    assert room.page.locator(".ballot").count() == 19
    room.tap("Ghi kết quả")
    room.stands("Chọn đại biểu")
    counts = ["20", "19", "1", "15", "2", "1", "10", "6", "2"]
    fields = room.page.locator(".counts input")
    for place, number in enumerate(counts):
        fields.nth(place).fill(number)
    room.tap("Ghi kết quả kiểm phiếu")
    room.sees("Có 19 đồng chí được biểu quyết đang có mặt. Đếm lại số phiếu phát.")
    fields.nth(0).fill("19")
    fields.nth(8).fill("1")
    room.tap("Ghi kết quả kiểm phiếu")
    room.sees("Đặng Văn Bình: cộng lại được 17, mà có 18 phiếu hợp lệ. Đếm lại.")
    fields.nth(8).fill("2")
    room.tap("Ghi kết quả kiểm phiếu")
    room.sees("Đã ghi kết quả kiểm phiếu: Chọn đại biểu.", "78,95%", "52,63%")
    room.stands("Chọn đại biểu")
    found = room.room()
    (secret,) = secrets_of(found).values()
    (ballot,) = ballots_of(found).values()
    assert (secret.issued, secret.returned, secret.invalid, secret.size) == (19, 19, 1, 19)
    assert ballot.tellers == [village.tam.pk] and found.needs_look == []
