"""The hall on an evening: the code on the wall, a phone that checks in and asks to speak, the clerk who sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.access.standing import standing_of
from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, CheckIn, Meeting
from chibo.meetings.room.commands import Pen, elect_clerk, go_to, open_room
from tests import make
from tests.browser import holding
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, ZOOMED, Device
from tests.browser.village import PASSWORD, Village, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]


@pytest.fixture
def meeting(village: Village, clock: Any) -> Meeting:
    """December, opened a minute ago at its discussion; nobody has been called."""
    with system_scope():
        found = planned(village)
    clock.move_to(evening(3, clock="19:31"))
    with system_scope():
        pen = Pen(found, standing_of(village.lan.pk))
        open_room(pen=pen, chair=village.lan.pk)
        elect_clerk(pen=pen, member=village.tam.pk)
        topic = AgendaItem.objects.filter(meeting=found, kind="discussion").get()
        if not topic.questions.exists():
            make.question(topic, "Nhà mình làm được gì ở ngã ba?")
        go_to(pen=pen, item=topic)
    return found


def test_from_the_code_on_the_wall_to_the_floor(village: Village, meeting: Meeting, devices: Devices) -> None:
    tam = devices("tam")
    tam.open(f"{holding.room(meeting)}diem-danh/")
    tam.tap("Mở mã điểm danh")
    with system_scope():
        code = CheckIn.objects.get().code
        topic = holding.item(meeting, "discussion")
    tam.sees(f"Mã điểm danh: {code}")
    wall = devices("lan")
    wall.open(f"{holding.room(meeting)}man-chieu/")
    wall.sees(code)
    wall.misses("Bình", "Lan", "Tâm")

    binh = devices("binh", PHONE)
    binh.page.goto(f"/diem-danh/{meeting.pk}/#{code}")
    binh.page.wait_for_url("**/dang-hop/")
    binh.look()
    binh.sees("Đã báo có mặt, chờ thư ký xác nhận")
    binh.misses("Thư ký đã ghi")
    tam.open(f"{holding.room(meeting)}diem-danh/")
    tam.sees("Một đồng chí báo có mặt", "Đặng Văn Bình")
    tam.tap("Xác nhận 1 đồng chí tự quét")
    tam.sees("Đã xác nhận 1 đồng chí có mặt.", "1 tự điểm danh, 0 thư ký ghi")
    # Nobody touches the phone: within five seconds it says so by itself.
    expect(binh.page.get_by_text("Thư ký đã ghi đồng chí có mặt")).to_be_visible(timeout=9_000)

    binh.tap("Xin phát biểu")
    binh.sees("Đồng chí đứng đầu danh sách.")
    tam.open(topic)
    tam.sees("Một đồng chí xin phát biểu")
    tam.tap("Mời đồng chí Đặng Văn Bình", within=tam.page.locator(".queue"))
    tam.sees("Đang phát biểu: Đặng Văn Bình")
    tam.enter("Ý kiến", holding.REMARK)
    tam.tap("Ghi vào biên bản")
    tam.sees("Chưa ai xin phát biểu")
    expect(binh.page.get_by_role("button", name="Xin phát biểu")).to_be_visible(timeout=9_000)
    binh.misses(holding.REMARK)


def test_whoever_scans_the_code_and_is_not_signed_in_yet_is_there_after_signing_in(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    with system_scope():
        CheckIn.objects.create(**meeting.keys, code="4821", opened_at=now())
    binh = devices(shape=PHONE)
    binh.page.goto(f"/diem-danh/{meeting.pk}/#4821")
    binh.enter("Tên đăng nhập", "binh")
    binh.enter("Mật khẩu", PASSWORD)
    binh.tap("Đăng nhập")
    binh.page.wait_for_url("**/dang-hop/")
    binh.sees("Đã báo có mặt, chờ thư ký xác nhận")


def test_without_network_the_phone_says_whom_to_tell(village: Village, meeting: Meeting, devices: Devices) -> None:
    with system_scope():
        CheckIn.objects.create(**meeting.keys, code="4821", opened_at=now())
    binh = devices("binh", PHONE)
    binh.open(f"/diem-danh/{meeting.pk}/")
    binh.misses("Không có mạng.")
    binh.page.context.set_offline(True)
    binh.enter("Bốn chữ số trên màn chiếu", "4821")
    binh.page.get_by_role("button", name="Báo có mặt").click()
    expect(binh.page.get_by_text("Không có mạng.")).to_be_visible()
    binh.sees("Xin báo thư ký điểm danh giúp.")
    assert binh.page.get_by_label("Bốn chữ số trên màn chiếu").input_value() == "4821"


def test_the_hall_works_without_javascript(village: Village, meeting: Meeting, devices: Devices) -> None:
    tam = devices("tam", script=False)
    tam.open(f"{holding.room(meeting)}diem-danh/")
    tam.tap("Mở mã điểm danh")
    with system_scope():
        code = CheckIn.objects.get().code
    binh = devices("binh", PHONE, script=False)
    binh.open("/")
    binh.tap("Theo dõi buổi họp")
    binh.enter("Bốn chữ số trên màn chiếu", code)
    binh.tap("Báo có mặt")
    binh.sees("Đã báo có mặt, chờ thư ký xác nhận")
    tam.open(f"{holding.room(meeting)}diem-danh/")
    tam.tap("Xác nhận 1 đồng chí tự quét")
    binh.tap("Xem mới")
    binh.sees("Thư ký đã ghi đồng chí có mặt")


@pytest.mark.parametrize("shape", [PHONE, ZOOMED, LAPTOP], ids=["360", "200 %", "1280"])
def test_every_screen_of_the_hall_holds_at_every_width(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    tam, binh = devices("tam", shape), devices("binh", shape)
    with system_scope():
        topic = holding.item(meeting, "discussion")
    for _ in range(2):
        for path in (f"{holding.room(meeting)}man-chieu/", f"{holding.room(meeting)}diem-danh/", topic):
            tam.open(path)
        for path in (f"/cuoc-hop/{meeting.pk}/dang-hop/", f"/diem-danh/{meeting.pk}/", f"/cuoc-hop/{meeting.pk}/"):
            binh.open(path)
        tam.open(f"{holding.room(meeting)}diem-danh/")
        tam.tap("Mở mã điểm danh" if _ == 0 else "Đóng mã")
        binh.open(f"/cuoc-hop/{meeting.pk}/dang-hop/")
        binh.tap("Xin phát biểu" if _ == 0 else "Thôi, không phát biểu")


LONG_TITLE = (
    "Bảo đảm an toàn giao thông ở ngã ba Bàu Sen và đường liên thôn trước mùa thu hoạch thanh long cuối năm 2026"
)
LONG_QUESTIONS = (
    "Vì sao đã có biển báo và đã nhắc nhở nhiều lần mà từ tháng 6 đến nay vẫn xảy ra ba vụ va chạm vào buổi tối?",
    "Mỗi đồng chí nhận được việc gì cụ thể trong 30 ngày tới, và cần thôn hay Mặt trận giúp những gì?",
    "Hai hộ còn lại chưa đồng ý phát quang hàng rào thì chi bộ cử ai đến vận động, hẹn đến ngày nào?",
)


@pytest.mark.parametrize("screen", [(1280, 720), (1920, 1080), (1024, 768)], ids=lambda one: f"{one[0]}x{one[1]}")
def test_the_wall_fits_its_screen_whatever_stands_on_it(
    village: Village, meeting: Meeting, devices: Devices, screen: tuple[int, int]
) -> None:
    with system_scope():
        topic = AgendaItem.objects.filter(meeting=meeting, kind="discussion").get()
        topic.questions.all().delete()
        for place, text in enumerate(LONG_QUESTIONS, start=1):
            make.question(topic, text, place)
        AgendaItem.objects.filter(pk=topic.pk).update(title=LONG_TITLE)
        CheckIn.objects.create(**meeting.keys, code="4821", opened_at=now())
    wall = devices("lan", {"viewport": {"width": screen[0], "height": screen[1]}})
    wall.open(f"{holding.room(meeting)}man-chieu/")
    wall.sees(LONG_TITLE, *LONG_QUESTIONS, "4821")
    height, letters = wall.page.evaluate(
        "() => [document.documentElement.scrollHeight,"
        " parseFloat(getComputedStyle(document.querySelector('.wall-questions')).fontSize)]"
    )
    assert height <= screen[1]
    assert letters >= screen[0] * 0.018  # still two centimetres high on a wall of two metres
    wall.page.set_viewport_size({"width": screen[0], "height": screen[1] - 120})
    wall.page.wait_for_function("() => document.documentElement.scrollHeight <= window.innerHeight")
