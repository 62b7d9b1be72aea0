"""Bad input, each with its message in Vietnamese and nothing lost (issue 2, "Must show")."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import AgendaItem, Meeting
from tests.browser import holding
from tests.browser.conftest import evening
from tests.browser.device import PHONE, Device
from tests.browser.village import PASSWORD, Village, begun, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
LONG = ("Noi dai, noi mai. " * 4 + "\n") * 140_000  # ten megabytes


@pytest.fixture
def meeting(village: Village) -> Meeting:
    """December, announced."""
    with system_scope():
        return planned(village)


@pytest.fixture
def held(village: Village, meeting: Meeting, devices: Devices, clock: Any) -> Device:
    """The secretary in the room of December, the roll called."""
    clock.move_to(evening(3, clock="19:28"))
    with system_scope():
        begun(village, meeting)
    return devices("lan")


def item_path(meeting: Meeting, kind: str = AgendaItem.Kind.DISCUSSION) -> str:
    """Where an item of the programme is edited."""
    with system_scope():
        return f"/cuoc-hop/{meeting.pk}/noi-dung/{AgendaItem.objects.get(meeting=meeting, kind=kind).pk}/"


def room_item(meeting: Meeting) -> str:
    """Where the discussion is minuted."""
    with system_scope():
        return holding.item(meeting, AgendaItem.Kind.DISCUSSION)


def refused(device: Device, label: str, *words: str) -> None:
    """The message stands with the field, and the summary on top has the focus."""
    device.sees(*words)
    field = device.page.get_by_label(label, exact=False).first
    described = field.get_attribute("aria-describedby") or ""
    said = " ".join(device.page.locator(f"[id='{one}']").inner_text() for one in described.split())
    assert any(one in said.replace("\u00a0", " ") for one in words), f"“{label}” is described by “{said}”"
    assert field.get_attribute("aria-invalid") == "true"


# ---------- Planning ----------
def test_planning_in_the_past_is_refused_beside_the_day(village: Village, devices: Devices) -> None:
    lan = devices("lan", PHONE)
    lan.open("/cuoc-hop/moi/")
    lan.press(lan.page.locator("summary", has_text="Đổi loại, ngày, giờ"), "Đổi")
    lan.enter("Ngày họp", "2026-11-03")
    lan.enter("Nơi họp", "Nhà đồng chí Lan")
    lan.tap("Soạn chương trình theo ngày này")
    refused(lan, "Ngày họp", "03/11/2026 đã qua. Nhập ngày từ 24/11/2026.")
    assert lan.page.get_by_label("Nơi họp").input_value() == "Nhà đồng chí Lan"
    lan.sees("Ghi lại buổi đã họp")
    with system_scope():
        assert Meeting.objects.filter(cell=village.cell).count() == 1


def test_a_deadline_before_the_meeting_and_an_unknown_owner_are_refused(held: Device, meeting: Meeting) -> None:
    held.open(f"{holding.room(meeting)}viec-moi/")
    held.page.evaluate(
        """() => {
          const option = new Option("Người lạ", "01890000-0000-7000-8000-000000000000");
          document.getElementById("id_lead").add(option);
        }"""
    )
    holding.write_task(held, holding.FIRST_TASK, "Người lạ", "2026-12-01", "Xem tại chỗ")
    refused(held, "Ai chủ trì", "Không có đồng chí này trong chi bộ.")
    refused(held, "Xong đến hết ngày", "01/12/2026 đã qua. Nhập ngày từ 04/12/2026.")
    assert held.page.get_by_label("Làm gì").input_value() == holding.FIRST_TASK
    assert held.page.get_by_label("Kiểm tra bằng cách nào").input_value() == "Xem tại chỗ"


# ---------- Too much ----------
def test_ten_megabytes_of_text_are_refused_and_stay_in_the_form(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    lan.open(item_path(meeting))
    fields = dict(lan.page.evaluate("[...new FormData(document.querySelector('#dang-sua form'))]"))
    # Sent as the form would send it: drawing ten megabytes twice takes Chromium a minute.
    answer = lan.page.request.post(lan.page.url, form=fields | {"questions": LONG}, headers={"Referer": lan.page.url})
    assert answer.status == 422
    page = answer.text()
    assert "không quá 5000. Rút ngắn lại." in page
    assert LONG.strip() in page
    with system_scope():
        assert not AgendaItem.objects.get(meeting=meeting, kind=AgendaItem.Kind.DISCUSSION).questions.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("danh-sach.exe", b"MZ\x90", "không thuộc loại nhận được"),
        ("bao-cao.pdf", b"MZ\x90\0 not a paper", "không phải PDF hoặc đã hỏng"),
        ("nga-ba.jpg", b"\xff\xd8\xff\xe0 broken", "Không mở được ảnh"),
    ],
)
def test_a_paper_of_a_wrong_kind_or_broken_is_refused(
    meeting: Meeting, devices: Devices, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    lan = devices("lan")
    lan.open(item_path(meeting))
    (tmp_path / name).write_bytes(content)
    upload(lan, tmp_path / name)
    lan.sees(message, name)


@pytest.mark.parametrize("script", [True, False])
def test_a_paper_of_a_hundred_megabytes_is_refused(
    meeting: Meeting, devices: Devices, tmp_path: Path, script: bool
) -> None:
    lan = devices("lan", script=script)
    lan.open(item_path(meeting))
    large = tmp_path / "phim.pdf"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    if script:  # said before half an hour of a weak network is gone
        lan.page.locator("input[type=file]").set_input_files(large)
        lan.look()
    else:
        lan.page.context.set_default_timeout(60_000)
        upload(lan, large)
    lan.sees("Tệp “phim.pdf” nặng 100 MB, quá 20 MB.")


def upload(device: Device, file: Path) -> None:
    """Choose a file and send it; what came of it stands in its place."""
    device.page.locator("input[type=file]").set_input_files(file)
    with device.page.expect_response(lambda one: one.request.method == "POST" and "/tai-lieu/" in one.url):
        device.tap("Tải lên")
    expect(device.page.locator("#tai-lieu .error-text, .notice-error").first).to_be_visible()


# ---------- Two at once ----------
def test_of_two_who_close_at_once_the_second_learns_who_was_first(
    held: Device, meeting: Meeting, devices: Devices
) -> None:
    holding.review_old_task(held, meeting)
    holding.decide(held, meeting)
    held.tap("Đã đọc lại, chi bộ thông qua")
    other = devices("hung")
    other.open(f"{holding.room(meeting)}ket-thuc/")
    held.tap("Kết thúc buổi họp")
    other.tap("Kết thúc buổi họp")
    other.sees("Đồng chí Nguyễn Thị Lan đã kết thúc buổi họp")
    assert "Biên bản" in other.heading


def test_two_who_edit_one_remark_both_see_both_versions(held: Device, meeting: Meeting, devices: Devices) -> None:
    held.open(room_item(meeting))
    holding.say(held, "Đặng Văn Bình", holding.REMARK)
    tam = devices("tam")
    for device in (held, tam):
        device.open(room_item(meeting))
        device.tap("Sửa ý kiến của Đặng Văn Bình", exact=False)
    held.enter("Ý kiến", "Bản của bí thư.")
    held.tap("Ghi bản sửa")
    tam.enter("Ý kiến", "Bản của thư ký.")
    tam.tap("Ghi bản sửa")
    tam.sees("Chưa bản nào bị thay.", "Bản của bí thư.")
    assert tam.page.get_by_label("Ý kiến").input_value() == "Bản của thư ký."


def test_two_who_edit_one_item_both_see_both_versions(meeting: Meeting, devices: Devices) -> None:
    path = item_path(meeting)
    lan, hung = devices("lan"), devices("hung")
    lan.open(path)
    hung.open(path)
    lan.enter("Câu hỏi gợi ý thảo luận", "Câu của bí thư?")
    lan.tap("Xong mục này")
    hung.enter("Câu hỏi gợi ý thảo luận", "Câu của phó bí thư?")
    expect(hung.page.get_by_role("alert")).to_contain_text("Chưa bản nào bị thay", timeout=8000)
    hung.look()
    hung.sees("Câu của bí thư?")
    assert hung.page.get_by_label("Câu hỏi gợi ý thảo luận").input_value() == "Câu của phó bí thư?"


# ---------- The vote ----------
def test_more_hands_than_the_base_are_refused(held: Device, meeting: Meeting) -> None:
    held.open(f"{holding.room(meeting)}bieu-quyet/?noi-dung=agenda")
    held.press(held.page.locator("summary", has_text="không tán thành"), "Có đồng chí không tán thành")
    for label, number in (("Tán thành", "25"), ("Không tán thành", "0"), ("Không biểu quyết", "0")):
        held.page.get_by_label(label, exact=True).fill(number)
    held.tap("Ghi kết quả")
    expect(held.page.locator(".counts .error-text, form > .error-text").first).to_contain_text("25")
    assert held.page.locator("input[name=in_favour]").input_value() == "25"
    held.sees("25 nhiều hơn cơ sở tính 18. Đồng chí đếm lại.", "Cộng lại phải đủ 17 đồng chí chính thức có mặt.")


# ---------- A sign-in lost while typing ----------
def test_a_sign_in_lost_while_typing_keeps_the_text_through_signing_in(held: Device, meeting: Meeting) -> None:
    held.open(room_item(meeting))
    held.choose("Người phát biểu", "Đặng Văn Bình")
    held.enter("Ý kiến", holding.REMARK)
    held.page.context.clear_cookies()
    held.tap("Ghi vào biên bản")
    held.sees("Đã hết phiên đăng nhập.", "Nội dung đồng chí vừa gõ vẫn còn.")
    held.enter("Tên đăng nhập", "lan")
    held.enter("Mật khẩu", PASSWORD)
    held.tap("Đăng nhập")
    held.sees("Nội dung đồng chí đã gõ vẫn còn", holding.REMARK)
    held.tap("Gửi tiếp")
    held.sees("Đã ghi ý kiến: Đặng Văn Bình.", holding.REMARK)


def test_a_sign_in_lost_while_an_item_saves_itself_keeps_the_text(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    lan.open(item_path(meeting))
    lan.page.context.clear_cookies()
    lan.enter("Bàn việc gì", "Chưa kịp lưu thì hết phiên")
    link = lan.page.get_by_role("link", name="Đăng nhập ở trang mới")
    expect(link).to_be_visible(timeout=8000)
    with lan.page.context.expect_page() as opened:
        link.click()
    other = opened.value
    other.get_by_label("Tên đăng nhập").fill("lan")
    other.get_by_label("Mật khẩu").fill(PASSWORD)
    other.get_by_role("button", name="Đăng nhập", exact=True).click()
    other.wait_for_url("**/")
    other.close()
    lan.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(lan.page.locator("[data-save]").first).to_contain_text("Đã lưu lúc", timeout=8000)
    with system_scope():
        assert AgendaItem.objects.filter(meeting=meeting, title="Chưa kịp lưu thì hết phiên").exists()
