"""The meeting itself, as the secretary on a laptop and the clerk on another live it."""

from playwright.sync_api import expect

from chibo.meetings.models import AgendaItem, Meeting
from tests.browser.device import Count, Device
from tests.browser.village import OLD_TASK

REMARK = "Đường cong sát cột mốc km 4, xe tải che khuất người đi bộ; đề nghị lắp gương trước Tết."
VAGUE_TASK = "Tăng cường tuyên truyền an toàn giao thông"
FIRST_TASK = "Lắp hai gương cầu lồi ở ngã ba Bàu Sen"
SECOND_TASK = "Vận động 12 hộ ở ngã ba Bàu Sen cắt cây che tầm nhìn"


def room(meeting: Meeting) -> str:
    """The address of a room."""
    return f"/cuoc-hop/{meeting.pk}/phong/"


def item(meeting: Meeting, kind: str) -> str:
    """The address of the first item of a kind in the room."""
    found = AgendaItem.objects.filter(meeting=meeting, kind=kind).order_by("position").first()
    assert found is not None
    return f"{room(meeting)}muc/{found.pk}/"


def open_room(lan: Device, meeting: Meeting) -> None:
    """Open, and elect Tâm."""
    lan.open(room(meeting))
    lan.tap("Mở phòng họp")
    assert lan.heading == "Cử thư ký ghi biên bản"
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    lan.sees("Đồng chí Phạm Minh Tâm ghi biên bản.")


def call_roll(lan: Device) -> Count:
    """Two are absent, the other eighteen are there."""
    assert lan.heading == "Điểm danh: còn 20 đồng chí"
    with lan.counting() as count:
        for name, reason in (("Đoàn Văn Lợi", "Sức khỏe"), ("Phan Thị Yến", "Chưa rõ lý do")):
            line = lan.page.locator("li", has_text=name).first
            lan.press(line.locator("summary"), f"Vắng {name}")
            lan.tap(reason, within=line)
        lan.tap("Cả 18 đồng chí còn lại có mặt")
    assert lan.heading == "Có mặt 18/20 đồng chí"
    return count


def say(clerk: Device, who: str, text: str) -> None:
    """The clerk writes down what someone says."""
    clerk.choose("Người phát biểu", who)
    clerk.enter("Ý kiến", text)
    clerk.tap("Ghi vào biên bản")
    clerk.sees(f"Đã ghi ý kiến: {who}.", text)


def try_to_close_too_early(lan: Device, meeting: Meeting) -> None:
    """An old task is not reviewed: refused, with the reason and the way out."""
    lan.open(f"{room(meeting)}ket-thuc/")
    lan.tap("Kết thúc buổi họp")
    lan.sees("Buổi họp chưa kết thúc được.")
    expect(lan.page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", f"{room(meeting)}viec-cu/")


def review_old_task(lan: Device, meeting: Meeting) -> None:
    """One tap; cause and new deadline only because it is not done."""
    lan.open(f"{room(meeting)}viec-cu/")
    lan.sees(OLD_TASK)
    with lan.counting() as count:
        lan.tap("Xong")
    assert count.total == 1
    assert lan.heading == "Việc kỳ trước: đã xem cả một việc"


def give_tasks(lan: Device, meeting: Meeting) -> None:
    """A sentence that cannot be checked is objected to; one task keeps its words, the other is written anew."""
    lan.open(f"{room(meeting)}viec-moi/")
    write_task(lan, VAGUE_TASK, "Trần Văn Hùng", "2026-12-28", "Báo cáo ở kỳ họp sau")
    lan.sees("tháng sau khó kiểm tra")
    assert lan.page.get_by_label("Làm gì").input_value() == VAGUE_TASK
    lan.enter("Làm gì", FIRST_TASK)
    lan.tap("Thêm việc này")
    lan.sees("Đã thêm việc 1.", FIRST_TASK)
    write_task(lan, f"{SECOND_TASK}, tăng cường nhắc nhở", "Đặng Văn Bình", "2026-12-31", "Đếm số hộ đã cắt")
    if lan.page.get_by_role("button", name="Giữ câu của tôi").count():
        lan.tap("Giữ câu của tôi")
    lan.sees("Đã thêm việc 2.", SECOND_TASK)


def write_task(lan: Device, what: str, lead: str, due: str, how: str) -> None:
    """Four fields and a tap."""
    lan.enter("Làm gì", what)
    lan.choose("Ai chủ trì", lead)
    lan.enter("Xong đến hết ngày", due)
    lan.enter("Kiểm tra bằng cách nào", how)
    lan.tap("Thêm việc này")


def decide(lan: Device, meeting: Meeting) -> Count:
    """Write the resolution, put it to the vote: all agree in one tap."""
    lan.open(f"{room(meeting)}ket-luan/")
    lan.tick("Nghị quyết")
    lan.enter("Kết luận của chủ trì", "Chi bộ tập trung xóa điểm đen ở ngã ba Bàu Sen trước Tết.")
    lan.press(lan.page.locator("summary", has_text="Các phần của nghị quyết"), "Các phần")
    lan.enter("I.1 Chính trị tư tưởng", "Nhân dân lo lắng về tai nạn ở ngã ba, mong làm sớm.")
    lan.enter("II Phương hướng", "Làm trước hai việc trong tháng, cả hai xong trước Tết dương lịch.")
    lan.tap("Ghi dự thảo")
    lan.sees("Đã ghi nghị quyết tháng 12/2026.")
    lan.open(f"{room(meeting)}bieu-quyet/?noi-dung=resolution")
    lan.sees("Cần ít nhất 10.")
    with lan.counting() as count:
        lan.tap("Cả 17 đồng chí tán thành")
    lan.sees("17/18")
    return count


def read_back_and_close(lan: Device) -> None:
    """The minutes are read to the hall, then the meeting ends."""
    lan.tap("Đã đọc lại, chi bộ thông qua")
    lan.sees("Đã đọc lại biên bản, chi bộ thông qua.")
    lan.tap("Kết thúc buổi họp")
    lan.sees("Buổi họp đã kết thúc.")
