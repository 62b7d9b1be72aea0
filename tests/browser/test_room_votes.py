"""Who counts in a vote on a device: members who need not come, a vote that is written down after somebody left, and a
result that a correction of the roll would turn."""

import os
from collections.abc import Callable

import pytest

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from chibo.members.models import Person
from tests import make
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_page import RoomPage
from tests.browser.test_room_screens_a import opened
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
both = pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])


@pytest.fixture
def exempt(village: Village) -> Person:
    """One of the cell who need not come."""
    with system_scope():
        make.exemption(village.others[2], village.cell)
    return village.others[2]


def picture(room: RoomPage, name: str) -> None:
    """For a look, where CHIBO_PICTURES names a folder."""
    if folder := os.environ.get("CHIBO_PICTURES"):
        width = room.page.viewport_size["width"]  # type: ignore[index]
        room.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@both
def test_who_need_not_come_is_confirmed_apart_with_the_base_said_before(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object], exempt: Person
) -> None:
    room = opened(devices("lan", shape), meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    for one in (village.binh, exempt):
        room.comes("claim", one.pk, {"member": str(one.pk), "how": "qr"})
    room.sees("Xác nhận 1 đồng chí tự quét", "Xác nhận thì cơ sở tính biểu quyết từ 18 thành 19.")
    picture(room, "tu-quet")
    room.tap("Xác nhận 1 đồng chí có dự")
    room.sees("Đã xác nhận 1 đồng chí có mặt.")
    here = [str(person) for person, line in room.room().roll.items() if line.state == "present"]
    assert here == [str(exempt.pk)], "who was only shown beside is not taken along"


@both
def test_a_vote_taken_before_somebody_left_is_written_down_after(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object], exempt: Person
) -> None:
    room = opened(devices("lan", shape), meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    room.tap("Cả 19 đồng chí còn lại có mặt")
    for one in (exempt, village.binh):
        room.comes("attend", village.lan.pk, {"members": [str(one.pk)], "state": "present", "left_early": True})
    room.go("bieu-quyet/agenda", "Biểu quyết chương trình họp tháng 12/2026")
    room.page.locator("summary", has_text="Có đồng chí không tán thành").click()
    room.sees("Cộng lại phải đủ từ 17 đến 18 đồng chí chính thức có mặt (1 đã về sớm).")
    for label, number in {"Tán thành": "19", "Không tán thành": "0", "Không biểu quyết": "0"}.items():
        room.page.get_by_label(label, exact=True).fill(number)
    room.tap("Ghi kết quả")
    room.sees("19 nhiều hơn cơ sở tính 18. Đồng chí đếm lại.")
    room.page.get_by_label(exempt.full_name).check()
    picture(room, "bieu-quyet-ve-som")
    room.tap("Ghi kết quả")
    room.sees("19/19 tán thành, 100%")
    (vote,) = room.room().votes.values()
    assert [str(exempt.pk), "exempt_present"] in vote.included
    assert "vote_base" not in {look.why for look in room.room().needs_look}


@both
def test_a_result_that_the_roll_would_turn_is_reckoned_anew_by_one_tap(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = opened(devices("lan", shape), meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    absent = [str(one.pk) for one in village.others[3:9]]
    room.comes("attend", village.lan.pk, {"members": absent, "state": "absent", "reason": "work"})
    room.tap("Cả 14 đồng chí còn lại có mặt")
    room.go("bieu-quyet/agenda", "Biểu quyết chương trình họp tháng 12/2026")
    room.page.locator("summary", has_text="Có đồng chí không tán thành").click()
    size = room.room().voters()
    base = sum(one.kind == "official" and one.present is True for one in size)
    counts = {"Tán thành": str(base // 2 + 1), "Không tán thành": str(base - base // 2 - 1), "Không biểu quyết": "0"}
    for label, number in counts.items():
        room.page.get_by_label(label, exact=True).fill(number)
    room.tap("Ghi kết quả")
    room.sees("Thông qua.")
    room.comes("attend", village.lan.pk, {"members": absent, "state": "absent", "reason": "unknown"})
    room.comes("close", village.lan.pk, {})
    room.go("xem-lai", "Một chỗ cần xem lại trước khi ký")
    picture(room, "xem-lai")
    room.tap("Tính lại theo điểm danh")
    room.stands("Không còn chỗ nào phải xem lại")
    (vote,) = room.room().votes.values()
    assert not vote.passed and vote.size == base + len(absent)
    room.tap("Hoàn tác")
    room.stands("Một chỗ cần xem lại trước khi ký")
