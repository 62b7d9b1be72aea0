"""A secret vote on phones, seen on the screens: the room's, a member's, the one that goes from hand to hand."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.access.standing import Standing
from chibo.meetings.models import Meeting
from chibo.meetings.room import log
from chibo.meetings.room.deciding import ballots_of
from chibo.meetings.urn import box, places
from chibo.meetings.urn.allowing import allow
from tests.browser import holding
from tests.browser.conftest import PICTURES, evening
from tests.browser.device import LAPTOP, PHONE, ZOOMED, Device
from tests.browser.village import Village, begun, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]


@pytest.fixture
def meeting(village: Village, clock: Any) -> Iterator[Meeting]:
    """December, going on; the commune allows ballots on devices."""
    with system_scope():
        found = planned(village)
        paper = "Kết luận số 12-KL/ĐU ngày 20/11/2026"
        allow(by=Standing.for_system(), organisation=village.commune, allowed=True, source=paper)
    clock.move_to(evening(3, clock="19:40"))
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.exists() else None) as urns:
        kept = {"URN_DIR": urns, "SERVER_KEEPER": "Văn phòng Tỉnh ủy"}
        with override_settings(**kept), system_scope():
            begun(village, found)
        with override_settings(**kept):
            yield found


def put(lan: Device, meeting: Meeting) -> Path:
    """Put to the vote by Lan; the urn."""
    lan.open(f"{holding.room(meeting)}bo-phieu-kin/")
    lan.enter("Bỏ phiếu kín việc gì", "Đề nghị khen thưởng đồng chí Bình")
    lan.page.get_by_label("Không", exact=True).check()
    lan.page.get_by_label("Trên điện thoại").check()
    lan.page.get_by_label("Lê Thị Quyên").check()
    lan.tap("Đưa ra bỏ phiếu kín")
    lan.sees("0/17 đồng chí đã bỏ phiếu trên máy")
    with system_scope():
        (ballot,) = ballots_of(log.room_of(meeting))
    return places.path_of(meeting, ballot)


def test_from_the_question_to_the_sums(village: Village, meeting: Meeting, devices: Devices) -> None:
    lan, binh = devices("lan"), devices("binh", PHONE)
    urn = put(lan, meeting)
    binh.open("/")
    binh.tap("Theo dõi buổi họp")
    binh.tap("Bỏ phiếu")
    assert not binh.page.get_by_role("radio").filter(has=binh.page.locator(":checked")).count()
    binh.tap("Bỏ phiếu")
    binh.sees("Chưa chọn ô nào.")
    expect(binh.page.get_by_role("radio", name="Tán thành", exact=True)).to_be_focused()
    binh.look()
    binh.page.get_by_role("radio", name="Không tán thành").check()
    binh.misses("Chưa chọn ô nào.")
    binh.tap("Bỏ phiếu")
    binh.sees("Phiếu đã bỏ")
    binh.page.go_back()
    binh.page.wait_for_load_state("load")
    assert not binh.page.locator("input:checked").count()  # the way back shows no box
    # Nobody touches the room's screen: it follows.
    expect(lan.page.get_by_text("1/17", exact=True)).to_be_visible(timeout=9_000)
    lan.tap("Mở máy chuyền tay")
    lan.tap("Mở phiếu")
    lan.sees("Chưa chọn tên.")
    lan.page.get_by_label("Tôi là đồng chí").select_option(label="Huỳnh Ngọc Ẩn")
    lan.tap("Mở phiếu")
    lan.sees("Chỉ đồng chí Huỳnh Ngọc Ẩn nhìn màn hình này")
    lan.page.get_by_role("radio", name="Tán thành", exact=True).check()
    lan.tap("Bỏ phiếu")
    lan.sees("Phiếu đã bỏ.")
    lan.tap("Thư ký: về phòng họp")
    marks = box.look(urn)
    for voter in [one for one, mark in marks.by_voter.items() if mark == box.Mark.NONE][:15]:
        box.cast(urn, voter=voter, boxes=[0])
    lan.open(lan.page.url)
    lan.page.get_by_label("Tổ kiểm phiếu đồng ý đóng hòm phiếu").check()
    lan.tap("Đóng hòm phiếu, ghi kết quả")
    lan.sees("16 tán thành, 1 không tán thành, 0 phiếu trắng")


@pytest.mark.parametrize("shape", [PHONE, ZOOMED, LAPTOP], ids=["360", "200 %", "1280"])
def test_every_screen_holds_at_every_width(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    lan, binh = devices("lan", shape), devices("binh", shape)
    urn = put(lan, meeting)
    name = shape["viewport"]["width"]  # type: ignore[index]
    lan.picture(PICTURES / f"urn-{name}.png")
    own = f"/cuoc-hop/{meeting.pk}/dang-hop/bo-phieu/{urn.name}/"
    binh.open(f"/cuoc-hop/{meeting.pk}/dang-hop/")
    binh.picture(PICTURES / f"hall-{name}.png")
    binh.open(own)
    binh.picture(PICTURES / f"ballot-{name}.png")
    binh.page.get_by_role("radio", name="Phiếu trắng").check()
    binh.tap("Bỏ phiếu")
    binh.picture(PICTURES / f"cast-{name}.png")
    lan.open(f"{holding.room(meeting)}bo-phieu-kin/{urn.name}/chuyen-may/")
    lan.picture(PICTURES / f"passed-{name}.png")
    lan.open(f"{holding.room(meeting)}bo-phieu-kin/{urn.name}/")
    urn.unlink()
    lan.open(lan.page.url)
    lan.sees("Hòm phiếu đã mất.")
    lan.picture(PICTURES / f"lost-{name}.png")
    binh.open(own)
    binh.sees("Hòm phiếu đã mất.")
