"""Items, opinions, old and new tasks, the resolution, on a device that asks no server."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import expect

from chibo.meetings.models import Meeting
from chibo.resolutions.room.kinds import decisions
from tests.browser.device import Device
from tests.browser.room_screens import at_item, both, held, meeting, opens, press, write
from tests.browser.speaking import concludes, put_away, speaks
from tests.browser.village import Village

__all__ = ["meeting"]
pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
SLOGAN = "Tiếp tục đẩy mạnh tuyên truyền, bảo đảm trật tự an toàn giao thông"
SENTENCE = "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen"


@both
def test_what_is_said_is_recorded_edited_and_undone(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    item = at_item(room, "Thảo luận")
    room.sees("Nhà mình làm được gì ở ngã ba?", "đã gửi: Nên lắp gương.")
    room.tap("Ghi vào biên bản")
    room.sees("Chưa chọn người phát biểu.", "Chưa ghi “Ý kiến”.")
    expect(room.page.get_by_role("combobox", name="Người phát biểu")).to_be_focused()
    speaks(room.page, "Trần Văn Hùng")
    expect(room.page.get_by_label("Ý kiến", exact=True)).to_be_focused()
    expect(room.page.get_by_role("button", name="Trần Văn Hùng", pressed=True)).to_contain_text("đang nói, 0:")
    room.page.keyboard.type("Đường dốc, khó thấy xe.")
    room.tap("Ghi vào biên bản")
    room.sees("Đã ghi ý kiến: Trần Văn Hùng.", "Đường dốc, khó thấy xe.")
    expect(room.page.get_by_role("combobox", name="Người phát biểu")).to_be_focused()
    expect(room.page.get_by_label("Ý kiến", exact=True)).to_have_value("")
    speaks(room.page, "Đặng Văn Bình")  # on a phone the keyboard may stand over the list
    press(room, "Ghi bài của Đặng Văn Bình vào biên bản")
    room.sees("Đã ghi ý kiến đã gửi: Đặng Văn Bình. Bổ sung thì gõ tiếp.", "Từ ý kiến đã gửi")
    concludes(room.page, "Lắp gương trước.")
    room.sees("Chủ trì kết luận. Lắp gương trước.")
    put_away(room.page)
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
    speaks(room.page, "Trần Văn Hùng")
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
    speaks(room.page, "Lý Quốc Khánh")
    room.page.get_by_label("Ý kiến", exact=True).fill("Phát quang trước đã.")
    room.tap("Ý kiến khác")
    room.sees("Ý kiến khác phải của một đảng viên.")
    speaks(room.page, "Đặng Văn Bình")
    room.tap("Ý kiến khác")
    room.sees("Đã ghi ý kiến khác: Đặng Văn Bình.")
    put_away(room.page)
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
    press(room, "Xong mục 4, ")
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
    concludes(room.page, "Chi bộ ghi nhận.")
    expect(room.page.get_by_role("list", name="Đã ghi ở mục này")).to_contain_text("Chi bộ ghi nhận.")
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
    room.page.get_by_label("Hạn mới").fill("10/12/2026")
    room.sees("Thứ Năm 10/12/2026")
    room.tap("Ghi vì sao và hạn mới")
    room.stands("Việc kỳ trước: đã xem cả một việc")
    press(room, "Chuyển kỳ sau")
    room.stands("Việc kỳ trước: đã xem cả một việc")
    expect(room.page.get_by_label("Lý do chuyển kỳ sau")).to_have_value("Còn hai hộ đi vắng")
    room.tap("Xong")
    room.sees("Việc 1: xong.")
    room.tap("Hoàn tác")
    room.sees("Đã hoàn tác.")
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
    room.page.get_by_label("Xong đến hết ngày").fill("20/12")
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
