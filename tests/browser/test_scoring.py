"""The meeting scores itself, on a phone and on a laptop: each tap is judged, a reason is asked for where points go."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from chibo.meetings.room import log
from tests.browser.conftest import PICTURES, evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import Village, begun

pytestmark = pytest.mark.browser

FULL = {"3.1": "5", "3.2": "5", "4.1": "5", "4.3": "10", "5": "5"}


@pytest.fixture(autouse=True)
def almost_over(village: Village, meeting: Meeting, clock: Any) -> None:
    """The meeting has gone on long enough to be scored."""
    with system_scope():
        begun(village, meeting)
    clock.move_to(evening(3, clock="21:02"))


def scored(meeting: Meeting) -> dict[str, int]:
    with system_scope():
        return {code: one.points for code, one in log.room_of(meeting).scores.items()}


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_the_meeting_is_scored(meeting: Meeting, devices: Callable[..., Device], shape: dict[str, object]) -> None:
    lan = devices("lan", shape)
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/cham-diem/")
    lan.picture(PICTURES / f"scoring-{lan.width}.png")
    lan.sees("Họp được 97 phút, quy định ít nhất 90 phút.", "Chưa đến hạn")
    page = lan.page
    for code, points in FULL.items():
        page.get_by_role("group", name=f"{code}. ").get_by_label(f"{points} điểm", exact=True).press(" ")
    discussion = page.get_by_role("group", name="4.2. ")
    why = discussion.get_by_label("Vì sao tiêu chí 4.2")
    expect(why).to_be_hidden()
    discussion.get_by_label("trên 25 điểm").fill("22")
    expect(why).to_be_visible()
    page.get_by_role("group", name="6. ").get_by_label("trên 30 điểm").fill("30")
    lan.tap("Ghi điểm")
    expect(page.get_by_role("alert")).to_contain_text("Tiêu chí 4.2: ghi vì sao chưa đạt 25 điểm.")
    lan.picture(PICTURES / f"scoring-why-{lan.width}.png")
    assert scored(meeting) == {}
    page.get_by_role("group", name="4.2. ").get_by_label("Vì sao tiêu chí 4.2").fill("Ít ý kiến.")
    lan.tap("Ghi điểm")
    lan.sees("Đã chấm bảy tiêu chí.")
    assert scored(meeting)["4.2"] == 2200 and len(scored(meeting)) == 7
    lan.picture(PICTURES / f"scoring-done-{lan.width}.png")
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/ket-luan/")
    lan.picture(PICTURES / f"scoring-conclude-{lan.width}.png")
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/ket-thuc/")
    lan.picture(PICTURES / f"scoring-end-{lan.width}.png")


def test_it_is_scored_by_keys_and_without_a_script(meeting: Meeting, devices: Callable[..., Device]) -> None:
    lan = devices("lan", PHONE, script=False)
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/cham-diem/")
    first = lan.page.get_by_role("group", name="3.1. ").get_by_label("0 điểm", exact=True)
    first.focus()
    for _ in range(4):
        lan.page.keyboard.press("ArrowRight")
    lan.page.keyboard.press("Enter")
    why = lan.page.get_by_label("Vì sao tiêu chí 3.1")
    expect(why).to_be_visible()
    why.fill("Thiếu số liệu.")
    lan.tap("Ghi điểm")
    lan.sees("Đã chấm một tiêu chí.")
    assert scored(meeting) == {"3.1": 400}


def test_points_not_sent_are_offered_again_in_words(meeting: Meeting, devices: Callable[..., Device]) -> None:
    lan = devices("lan", PHONE)
    address = f"/cuoc-hop/{meeting.pk}/phong/cham-diem/"
    lan.open(address)
    lan.page.get_by_role("group", name="3.1. ").get_by_label("3 điểm", exact=True).press(" ")
    lan.page.get_by_role("group", name="3.1. ").get_by_label("Vì sao").fill("Thiếu số liệu.")
    lan.page.goto("about:blank")
    lan.open(address)
    offered = lan.page.get_by_role("alert").filter(has_text="Máy này còn giữ")
    legend = "3.1. Chuẩn bị đúng, đủ nội dung, có trọng tâm"
    assert offered.locator(".version").inner_text().split("\n") == [f"{legend}: 3 điểm", f"{legend}: Thiếu số liệu."]
    lan.tap("Khôi phục nội dung đang gõ")
    lan.tap("Ghi điểm")
    lan.sees("Đã chấm một tiêu chí.")
    assert scored(meeting) == {"3.1": 300}


def test_after_an_error_is_followed_and_corrected_the_page_begins_at_its_title(
    meeting: Meeting, devices: Callable[..., Device]
) -> None:
    lan = devices("lan", PHONE)
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/cham-diem/")
    lan.page.get_by_role("group", name="5. ").get_by_label("4 điểm", exact=True).press(" ")
    lan.tap("Ghi điểm")
    lan.tap("Tiêu chí 5: ghi vì sao chưa đạt 5 điểm.")
    why = lan.page.get_by_label("Vì sao tiêu chí 5")
    expect(why).to_be_focused()
    expect(lan.page.get_by_text("Vì sao tiêu chí 5 chưa đạt 5 điểm")).to_be_in_viewport()
    why.fill("Còn nể nang.")
    lan.tap("Ghi điểm")
    lan.sees("Đã chấm một tiêu chí.")
    expect(lan.page.get_by_role("heading", level=1)).to_be_in_viewport()
