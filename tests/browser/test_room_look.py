"""What two machines recorded that does not fit together: both values are seen, one tap decides, then it is signed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Entry, Meeting, MinutesSection, State
from chibo.meetings.room import log
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import open_meeting, picture, prepare, says, signed, unlock
from tests.browser.speaking import put_away, speaks
from tests.browser.village import PASSWORD, Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]


def step(device: Device, words: str) -> None:
    """To a step of the programme, by its link in the room."""
    if device.width < 600:
        device.page.locator(".to-steps").click()
    link = device.page.locator(".steps a", has_text=words).filter(visible=True).first
    device.press(link, words)


def called_absent(device: Device, who: object, reason: str) -> None:
    line = device.page.locator(f"#nguoi-{who}")
    line.locator("summary").click()
    line.get_by_role("button", name=reason).click()


def remark(device: Device, text: str) -> None:
    step(device, "Thảo luận")
    says(device, "Thảo luận")
    speaks(device.page, "Phạm Minh Tâm")
    device.page.get_by_label("Ý kiến", exact=True).first.fill(text)
    device.tap("Ghi vào biên bản")
    expect(device.page.get_by_text(text)).to_be_visible()
    put_away(device.page)


def guest(device: Device, name: str) -> None:
    step(device, "Mở đầu")
    device.page.locator("summary", has_text="Thêm khách").first.click()
    device.enter("Họ tên khách", name)
    device.tap("Thêm khách")
    expect(device.page.locator("main [role=status]").first).to_contain_text("Đã thêm khách")


def broken_off(lan: Device) -> None:
    step(lan, "Kết thúc")
    lan.page.locator("summary", has_text="Hoãn giữa chừng").click()
    lan.enter("Vì sao", "Mưa bão, đường ngập")
    lan.page.get_by_role("button", name="Hoãn buổi họp").last.click()
    expect(lan.page.get_by_role("heading", level=1)).to_contain_text("Đã hoãn giữa chừng lúc ")


def sent(device: Device) -> None:
    expect(device.page.get_by_role("link", name="Tới trang ký biên bản")).to_be_visible(timeout=40_000)


def begun(lan: Device, hung: Device, meeting: Meeting) -> None:
    """The meeting is open on both machines, and both are out of reach."""
    prepare(hung, meeting)
    prepare(lan, meeting)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    says(lan, "Điểm danh: còn 20 đồng chí")
    says(hung, "Điểm danh: còn 20 đồng chí", 40)
    signed(lan, "Đã gửi hết lúc ")
    for one in (lan, hung):
        one.page.context.set_offline(True)


def sides(device: Device, mark: Locator) -> list[str]:
    return [one.replace("\u00a0", " ") for one in mark.locator(".side .version").all_inner_texts()]


def keep(mark: Locator, words: str) -> None:
    """The one tap that keeps the side with these words."""
    mark.locator(".side", has_text=words).get_by_role("button").click()


def signs(device: Device) -> None:
    device.enter("Mật khẩu của đồng chí", PASSWORD)
    if device.page.get_by_label("Đã hỏi, máy ấy không còn gì cần gửi").count():
        device.tick("Đã hỏi, máy ấy không còn gì cần gửi")
    device.tap("Ký biên bản")


def test_what_two_machines_wrote_differently_and_twice_is_decided_by_one_tap_each_and_then_signed(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    lan, hung = devices("lan"), devices("hung", PHONE)
    begun(lan, hung, meeting)
    called_absent(lan, village.binh.pk, "Sức khỏe")
    called_absent(hung, village.binh.pk, "Việc gia đình")
    remark(lan, "Lắp gương ở khúc cua km 4 trước Tết")
    remark(hung, "lắp gương ở khúc cua km 4, trước tết")
    guest(lan, "Ông Đỗ Văn Ba")
    guest(hung, "ông Đỗ Văn Ba")
    lan.page.context.set_offline(False)
    hung.page.context.set_offline(False)
    expect(lan.page.locator(".rail .needs-look")).to_contain_text("Ba chỗ cần xem lại", timeout=60_000)
    broken_off(lan)
    sent(lan)

    # From the page where the minutes are signed there is a way to where it is decided.
    lan.tap("Tới trang ký biên bản")
    lan.sees("Ba chỗ cần xem lại trước khi ký.")
    lan.look()
    lan.tap("Xem lại")
    says(lan, "Ba chỗ cần xem lại trước khi ký")
    lan.look()
    picture(lan, "xem-lai")
    roll = lan.page.locator("li.mark", has_text="Điểm danh")
    assert sorted(sides(lan, roll)) == ["Đặng Văn Bình: vắng, sức khỏe", "Đặng Văn Bình: vắng, việc gia đình"]
    said = " ".join(roll.locator(".side .row-meta").all_inner_texts())
    assert "Nguyễn Thị Lan ghi lúc" in said and "Trần Văn Hùng ghi lúc" in said
    keep(roll, "việc gia đình")
    says(lan, "Hai chỗ cần xem lại trước khi ký")
    lan.tap("Hoàn tác")
    says(lan, "Ba chỗ cần xem lại trước khi ký")
    keep(roll, "việc gia đình")
    says(lan, "Hai chỗ cần xem lại trước khi ký")
    signed(lan, "Đã gửi hết lúc ")

    # The other machine sees what is left, and decides that.
    expect(hung.page.get_by_role("heading", level=1)).to_have_text("Buổi họp đã kết thúc", timeout=40_000)
    hung.page.locator(".to-steps").click()
    hung.press(hung.page.locator(".needs-look a").filter(visible=True).first, "Xem lại")
    says(hung, "Hai chỗ cần xem lại trước khi ký", 40)
    hung.look()
    picture(hung, "xem-lai")
    twice = hung.page.locator("li.mark", has_text="Ý kiến")
    assert len(sides(hung, twice)) == 2
    keep(twice, "Lắp gương ở khúc cua km 4 trước Tết")
    says(hung, "Một chỗ cần xem lại trước khi ký")
    hung.page.get_by_role("button", name="Giữ cả hai").click()
    says(hung, "Không còn chỗ nào phải xem lại")
    with system_scope():
        expect(hung.page.locator(".room-bar .save")).to_contain_text("Đã gửi hết lúc ", timeout=40_000)
    hung.page.get_by_role("link", name="Quay lại").click()
    hung.page.get_by_role("link", name="Việc còn lại").click()
    sent(hung)
    tam = devices("tam", PHONE)
    tam.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    signs(tam)
    lan.page.goto(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    signs(lan)
    with system_scope():
        meeting.refresh_from_db()
        assert meeting.state == State.SIGNED
        text = "\n".join(str(one) for one in MinutesSection.objects.values_list("content", flat=True))
    assert text.count("Lắp gương ở khúc cua km 4 trước Tết") == 1 and "lắp gương ở khúc cua km 4, trước tết" not in text
    assert "việc gia đình" in text


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_clock_at_2001_that_was_put_right_while_the_page_was_shut_never_reaches_the_minutes_unseen(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    lan = devices("lan", shape)
    prepare(lan, meeting)
    lan.page.context.set_offline(True)
    lan.page.context.clock.install(time=datetime(2001, 12, 3, 12, 30, tzinfo=UTC))
    lan.page.reload()
    unlock(lan)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    says(lan, "Điểm danh: còn 20 đồng chí")
    broken_off(lan)
    place = lan.page.url
    lan.page.goto("about:blank")
    lan.page.context.clock.set_system_time(meeting.starts_at)
    lan.page.goto(place)
    unlock(lan)
    lan.page.context.set_offline(False)
    sent(lan)
    row = lan.page.get_by_text("Có một chỗ cần xem lại.")
    expect(row).to_be_visible(timeout=40_000)
    lan.tap("Xem lại")
    says(lan, "Một chỗ cần xem lại trước khi ký")
    lan.sees("03/12/2001", "03/12/2026", "Nguyễn Thị Lan")
    lan.look()
    picture(lan, "gio-sai")
    keep(lan.page.locator("li.mark"), "Theo giờ bắt đầu đã định")
    says(lan, "Không còn chỗ nào phải xem lại")
    lan.page.get_by_role("link", name="Quay lại").click()
    lan.page.get_by_role("link", name="Việc còn lại").click()
    sent(lan)
    with system_scope():
        room = log.room_of(Meeting.objects.get(pk=meeting.pk))
        assert room.needs_look == [] and room.opened_at is not None
        assert abs(room.opened_at - meeting.starts_at) < timedelta(seconds=1)
        assert Entry.objects.filter(meeting=meeting, kind="time-doubt").count() == 1
