"""A cell that a commune opens in November enters its meeting of July from the paper book, by buttons alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting, MinutesSection, State
from tests.browser.device import Device
from tests.browser.room_device import says
from tests.browser.speaking import speaks
from tests.browser.village import PASSWORD, Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
MEMBERS = "Phạm Văn Toàn, chính thức, phó bí thư\nVõ Thị Liên, chính thức\nHồ Văn Đạt, dự bị"
CONCLUSION = "Chi bộ thống nhất làm cổng chào của thôn trước Tết."


def by_invitation(devices: Devices, card: Device) -> Device:
    """Somebody sits down with the card that stands on another's screen, and sets a password."""
    login, code = (one.inner_text().strip() for one in card.page.locator(".card-code").all())
    found = devices()
    found.open("/")
    found.tap("Có tờ mời, đăng nhập lần đầu")
    found.enter("Tên đăng nhập", login)
    found.enter("Mã mời", code)
    found.tap("Tiếp tục")
    found.enter("Mật khẩu mới", PASSWORD)
    found.enter("Nhập lại mật khẩu", PASSWORD)
    found.tap("Đặt mật khẩu và vào Chibo")
    return found


def opened_cell(devices: Devices) -> Device:
    """The officer of the commune opens the cell with its days, and gives its secretary a card."""
    dung = devices("dung")
    dung.tap("Chi bộ")
    dung.tap("Lập chi bộ")
    dung.enter("Tên chi bộ", "Chi bộ thôn Phú Lạc")
    dung.choose("Loại chi bộ", "Thôn, tổ dân phố nông thôn")
    dung.enter("Ngày thành lập", "2011-02-03")
    dung.enter("Họ tên bí thư", "Lê Thị Hoa")
    dung.enter("Làm bí thư từ ngày", "2025-01-01")
    dung.tap("Lập chi bộ")
    dung.tap("In tờ mời cho bí thư Lê Thị Hoa")
    return by_invitation(devices, dung)


def entered_members(hoa: Device) -> None:
    """The list, pasted."""
    hoa.tap("Sổ chi bộ")
    hoa.tap("Dán danh sách đảng viên")
    hoa.enter("Danh sách", MEMBERS)
    hoa.enter("Giữ chức vụ từ ngày", "2025-01-01")
    hoa.tap("Xem lại danh sách")
    hoa.tap("Ghi 3 đồng chí vào sổ")


def planned_from_the_book(hoa: Device) -> None:
    """The meeting of July, as far as its opening on this machine."""
    hoa.tap("Cuộc họp")
    hoa.tap("Ghi lại buổi đã họp")
    hoa.choose("Họp cho tháng", "Tháng 7/2026")
    hoa.enter("Ngày họp", "2026-07-03")
    hoa.enter("Giờ bắt đầu", "19:30")
    hoa.enter("Nơi họp", "Nhà văn hóa thôn Phú Lạc")
    hoa.tap("Soạn chương trình")
    hoa.tap("Ghi lại buổi họp")
    says(hoa, "Ghi lại buổi họp 03/07/2026", 20)


def written_from_the_book(hoa: Device) -> None:
    """What the book says, and what it does not say."""
    hoa.enter("Bắt đầu lúc", "19:30")
    hoa.enter("Kết thúc lúc", "00:15")
    hoa.tap("Bắt đầu ghi lại")
    says(hoa, "Cử thư ký ghi biên bản")
    hoa.tap("Cử đồng chí Võ Thị Liên")
    says(hoa, "Điểm danh: còn 4 đồng chí")
    hoa.enter("Chép từ sổ nào, trang nào", "sổ biên bản số 3, trang 45–47")
    hoa.tap("Ghi trang sổ")
    expect(hoa.page.locator("main [role=status]").first).to_contain_text("Đã ghi trang sổ.")
    hoa.enter("Sổ ghi có mặt mấy đồng chí", "3")
    hoa.tap("Sổ không ghi danh sách")
    says(hoa, "Sổ không ghi danh sách dự họp")
    hoa.look()
    hoa.sees("sổ ghi có mặt 3", "Sổ ghi có mặt 3 đồng chí, không ghi tên.")
    hoa.tap("Biểu quyết thông qua chương trình")
    hoa.tap("Sổ không ghi kết quả biểu quyết")
    says(hoa, "Sổ không ghi danh sách dự họp")
    steps = hoa.page.locator(".rail .steps")
    steps.get_by_role("link", name="Việc bức xúc của thôn").click()
    speaks(hoa.page, "Sổ không ghi người phát biểu")
    hoa.enter("Ý kiến", "Nên làm cổng chào bằng tre.")
    hoa.tap("Ghi vào biên bản")
    expect(hoa.page.locator("main [role=status]").first).to_contain_text("sổ không ghi người phát biểu")
    steps.get_by_role("link", name=re.compile("^Kết luận")).first.click()
    hoa.page.get_by_role("radio", name="Kết luận", exact=True).check()
    hoa.page.get_by_role("textbox", name="Kết luận").first.fill(CONCLUSION)
    hoa.tap("Ghi dự thảo")
    expect(hoa.page.locator("main [role=status]").first).to_contain_text("Đã ghi kết luận")
    steps.get_by_role("link", name="Đọc lại biên bản, bế mạc").click()
    says(hoa, "Đủ các bước, kết thúc được")
    hoa.tap("Sổ không ghi")
    expect(hoa.page.locator("main")).to_contain_text("Sổ không ghi việc đọc lại biên bản.")
    assert hoa.page.get_by_label("Kết thúc lúc").first.input_value() == "00:15"
    hoa.look()
    hoa.tap("Kết thúc buổi họp")
    expect(hoa.page.locator("h1")).to_contain_text(re.compile(r"Đã kết thúc lúc 0\sgiờ\s15"))


def test_a_new_cell_enters_its_meeting_of_july_and_signs_it(village: Village, devices: Devices) -> None:
    hoa = opened_cell(devices)
    entered_members(hoa)
    hoa.tap("Võ Thị Liên")
    hoa.tap("In tờ mời")
    lien = by_invitation(devices, hoa)
    hoa.tap("‹ Quay lại", exact=False)
    planned_from_the_book(hoa)
    written_from_the_book(hoa)
    expect(hoa.page.locator("main")).to_contain_text("Đã gửi hết", timeout=40_000)
    lien.tap("Cuộc họp")
    lien.tap("Họp chi bộ tháng 7/2026", exact=False)
    lien.tap("Đọc và ký biên bản")
    for who, words in ((lien, "Thư ký đã ký"), (hoa, "đã ký")):
        if who is hoa:
            hoa.tap("Tới trang ký biên bản")
        who.enter("Mật khẩu của đồng chí", PASSWORD)
        who.tap("Ký biên bản", exact=False)
        expect(who.page.locator("h1")).to_contain_text(words)
    with system_scope():
        meeting = Meeting.objects.get(held_on_paper=True)
        assert meeting.state == State.SIGNED and meeting.length_minutes == 285
        said = " ".join(str(one.content) for one in MinutesSection.objects.filter(meeting=meeting))
    for words in (CONCLUSION, "Nên làm cổng chào bằng tre.", "sổ không ghi"):
        assert words.lower() in said.lower()
