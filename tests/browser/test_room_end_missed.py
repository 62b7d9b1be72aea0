"""A machine that was away when the meeting ended: it hears the end first, says so, and nothing on it is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from chibo.access.scope import system_scope
from chibo.access.standing import standing_of
from chibo.meetings.minutes.commands import sign
from chibo.meetings.models import Entry, Meeting, SetAside
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import held, open_meeting, own, picture, prepare, says, signed
from tests.browser.speaking import speaks
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
SHAPES = pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])


def discussed(device: Device) -> Locator:
    """The field of what is said."""
    step = device.page.locator(".rail a", has_text="Thảo luận").first
    device.page.goto(f"/phong-hop/{step.get_attribute('href')}")
    says(device, "Thảo luận")
    return device.page.get_by_label("Ý kiến", exact=True).first


def begun(lan: Device, hung: Device, meeting: Meeting) -> None:
    """The meeting is open on one machine; on the other, out of reach, one remark is recorded and a second is typed."""
    prepare(hung, meeting)
    prepare(lan, meeting)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    signed(lan, "Đã gửi hết lúc ")
    field = discussed(hung)
    hung.page.context.set_offline(True)
    speaks(hung.page, "Đặng Văn Bình")
    field.fill("Gương lắp ở khúc cua")
    hung.tap("Ghi vào biên bản")
    expect(hung.page.get_by_text("Gương lắp ở khúc cua")).to_be_visible()
    speaks(hung.page, "Đặng Văn Bình")
    hung.page.get_by_label("Ý kiến", exact=True).first.fill("Kinh phí hỏi xã")
    signed(hung, "chờ mạng (")


def broken_off(lan: Device, meeting: Meeting) -> None:
    lan.page.goto(f"/phong-hop/#{meeting.pk}/ket-thuc")
    lan.page.locator("summary", has_text="Hoãn giữa chừng").click()
    lan.enter("Vì sao", "Mưa bão, đường ngập")
    lan.page.get_by_role("button", name="Hoãn buổi họp").last.click()
    expect(lan.page.get_by_role("heading", level=1)).to_contain_text("Đã hoãn giữa chừng lúc ")
    expect(lan.page.get_by_role("link", name="Tới trang ký biên bản")).to_be_visible(timeout=40_000)


@SHAPES
def test_the_end_is_heard_first_and_what_was_typed_meanwhile_becomes_a_correction(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    lan, hung = devices("lan"), devices("hung", shape)
    begun(lan, hung, meeting)
    broken_off(lan, meeting)
    hung.page.context.set_offline(False)
    says(hung, "Buổi họp đã kết thúc", 40)
    hung.sees("Đồng chí Nguyễn Thị Lan đã kết thúc buổi họp.", "Kinh phí hỏi xã")
    hung.look()
    picture(hung, "lo-ket-thuc")
    hung.page.get_by_role("button", name="Ghi thành đính chính").click()
    expect(hung.page.get_by_text("Đã ghi thành ý kiến đính chính.")).to_be_visible()
    expect(hung.page.get_by_text("Kinh phí hỏi xã")).to_be_hidden()
    own(hung)
    says(hung, "Máy này đã gửi hết", 40)
    with system_scope():
        kinds = list(Entry.objects.filter(meeting=meeting).order_by("seq").values_list("kind", flat=True))
    assert kinds[-3:] == ["abort", "remark", "correct"], "what was recorded joins, what was typed is no more lost"


@SHAPES
def test_after_the_signatures_nothing_disappears_and_the_meeting_is_forgotten_once_all_is_acknowledged(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    lan, hung = devices("lan"), devices("hung", shape)
    begun(lan, hung, meeting)
    broken_off(lan, meeting)
    with system_scope():
        for who in (village.tam, village.lan):
            sign(meeting=Meeting.objects.get(pk=meeting.pk), by=standing_of(who.pk), asked=True)
    hung.page.context.set_offline(False)
    says(hung, "Biên bản đã ký, máy này không ghi thêm được", 40)
    expect(hung.page.get_by_role("status").filter(has_text="1 dòng ghi ở máy này không vào biên bản")).to_be_visible()
    expect(hung.page.get_by_text("Một đoạn đang gõ, chưa ghi")).to_be_visible()
    hung.sees("Gương lắp ở khúc cua", "Kinh phí hỏi xã")
    hung.look()
    picture(hung, "lo-chu-ky")
    assert not hung.page.get_by_role("button", name="Xong, xóa khỏi máy này").count(), "a text waits"
    hung.page.get_by_role("button", name="Gửi chủ trì, thư ký").click()
    expect(hung.page.get_by_role("heading", name="Hai dòng ghi muộn")).to_be_visible(timeout=20_000)
    hung.look()
    with system_scope():
        assert set(SetAside.objects.waiting().values_list("kind", flat=True)) == {"remark", "correct"}
    hung.page.reload()
    says(hung, "Biên bản đã ký, máy này không ghi thêm được", 20)
    hung.page.get_by_role("button", name="Xong, xóa khỏi máy này").click()
    says(hung, "Chưa có buổi họp nào trên máy này")
    assert held(hung, "meetings") == held(hung, "entries") == held(hung, "drafts") == 0


def test_two_windows_of_one_machine_each_keep_what_is_typed_in_them(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    first = discussed(lan)
    other = lan.page.context.new_page()
    other.goto(lan.page.url)

    second = other.get_by_label("Ý kiến", exact=True).first
    first.fill("Gõ ở cửa sổ thứ nhất")
    second.fill("Gõ ở cửa sổ thứ hai")
    lan.page.wait_for_timeout(1000)  # a draft is kept a quarter of a second after the last key
    other.reload()
    expect(second).to_have_value("Gõ ở cửa sổ thứ hai")
    lan.page.reload()
    expect(first).to_have_value("Gõ ở cửa sổ thứ nhất")
    assert not lan.page.get_by_text("Gõ dở ở một cửa sổ đã đóng").count(), "the other window lives"

    other.close()
    lan.page.reload()
    expect(first).to_have_value("Gõ ở cửa sổ thứ nhất")
    expect(lan.page.get_by_text("Gõ dở ở một cửa sổ đã đóng")).to_be_visible()
    lan.look()
    picture(lan, "hai-cua-so")
    lan.page.get_by_role("button", name="Thêm vào ô này").click()
    expect(first).to_have_value("Gõ ở cửa sổ thứ nhất\nGõ ở cửa sổ thứ hai")
    expect(lan.page.get_by_text("Gõ dở ở một cửa sổ đã đóng")).to_be_hidden()
