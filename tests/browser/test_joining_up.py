"""Devices that still hold something, before and after the signatures: what chair and clerk see, and do about it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from chibo.access.scope import system_scope
from chibo.audit import chains
from chibo.lib.dates import now
from chibo.meetings.device.copy_file import sealed
from chibo.meetings.models import AgendaItem, Meeting, RoomDevice, SetAside, State
from chibo.meetings.room.recorded import milliseconds
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import PASSWORD, Village, begun, planned

pytestmark = pytest.mark.browser
Devices = Callable[..., Device]


@pytest.fixture
def meeting(village: Village, clock: object) -> Meeting:
    """December, going on, with a device of Tâm's that holds two remarks."""
    clock.move_to(evening(3, clock="19:28"))  # type: ignore[attr-defined]
    with system_scope():
        return begun(village, planned(village))


def machine(meeting: Meeting, village: Village, **fields: object) -> RoomDevice:
    account = village.tam.user.pk
    label = "Chrome trên máy tính Windows"
    return RoomDevice.objects.create(**meeting.keys, account=account, person=village.tam, label=label, **fields)


def remark(meeting: Meeting, village: Village, text: str, counter: int = 1) -> dict[str, object]:
    item = AgendaItem.objects.filter(meeting=meeting, kind="discussion").values_list("pk", flat=True)[0]
    payload = {"item": str(item), "member": str(village.binh.pk), "text": text}
    head = {"id": str(uuid4()), "counter": counter, "kind": "remark", "at": milliseconds(now()), "seen": 0}
    return {**head, "payload": payload}


def test_a_copy_that_was_carried_by_hand_is_taken_in(
    village: Village, meeting: Meeting, devices: Devices, tmp_path: Path
) -> None:
    with system_scope():
        one = machine(meeting, village, unsent=2)
        sent = [remark(meeting, village, f"Câu {number}", number) for number in (1, 2)]
        (tmp_path / "chibo-ban-sao-2026-12-03.json").write_bytes(sealed(one, sent, os.urandom(12)))
    lan = devices("lan", PHONE)
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/may/")
    lan.look()
    lan.sees("Còn 2 dòng chưa gửi", "Phạm Minh Tâm", "Chrome trên máy tính Windows")
    lan.tap("Nạp bản sao từ tệp")
    lan.look()
    lan.page.set_input_files("input[type=file]", str(tmp_path / "chibo-ban-sao-2026-12-03.json"))
    lan.tap("Nạp bản sao")
    lan.sees("Đã nạp 2 dòng mới từ máy của đồng chí Phạm Minh Tâm.")
    lan.press(lan.page.locator("summary", has_text="Ngắt máy này"), "Ngắt máy này")
    lan.sees("Ngắt nhầm thì nhận lại được")
    lan.tap("Ngắt máy của đồng chí Tâm")
    lan.sees("Đã ngắt máy của đồng chí Phạm Minh Tâm")


def test_what_came_late_becomes_a_correction_or_is_put_away(
    village: Village, meeting: Meeting, devices: Devices, clock: object
) -> None:
    with system_scope():
        machine(meeting, village, unsent=3)
        Meeting.objects.filter(pk=meeting.pk).update(state=State.CLOSED, closed_at=now())
    tam = devices("tam", LAPTOP)
    tam.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    tam.sees("Một máy trong phòng họp có thể chưa gửi hết")
    tam.look()
    tam.enter("Mật khẩu của đồng chí", PASSWORD)
    tam.tap("Ký biên bản")
    tam.sees("Đã hỏi, máy ấy không còn gì cần gửi")
    tam.enter("Mật khẩu của đồng chí", PASSWORD)
    tam.tick("Đã hỏi, máy ấy không còn gì cần gửi")
    tam.tap("Ký biên bản")
    lan = devices("lan", PHONE)
    lan.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    lan.enter("Mật khẩu của đồng chí", PASSWORD)
    lan.tick("Đã hỏi, máy ấy không còn gì cần gửi")
    lan.tap("Ký biên bản")
    with system_scope():
        for text in ("Gương phải lắp trước Tết, hỏi thêm kinh phí của xã", "Ý này đã ghi rồi"):
            aside(meeting, village, text)
    lan.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    lan.sees("Hai dòng ghi muộn, không có trong biên bản.")
    lan.tap("Xem các dòng ghi muộn")
    lan.look()
    second = lan.page.locator("li.row").nth(1)
    lan.press(second.locator("summary"), "Xóa dòng này")
    lan.tap("Xóa hẳn ý kiến của Đặng Văn Bình", within=second)
    lan.sees("Một dòng ghi muộn chờ đồng chí xem")
    lan.tap("Đưa thành đính chính")
    lan.look()
    lan.enter("Mật khẩu của đồng chí", PASSWORD)
    lan.tap("Ghi và ký đính chính")
    lan.sees("Đính chính số 1: Ý kiến của đồng chí Đặng Văn Bình: Gương phải lắp trước Tết")


def aside(meeting: Meeting, village: Village, text: str) -> SetAside:
    """A remark that came after the signatures."""
    payload, salt = json.dumps(remark(meeting, village, text)["payload"], ensure_ascii=False), chains.new_salt()
    digest = chains.digest_of(salt, payload)
    keys = {"entry": uuid4(), "device": uuid4(), "counter": 1, "kind": "remark", "at": now(), "why": "signed"}
    return SetAside.objects.create(
        **meeting.keys, **keys, author=village.tam, payload=payload, salt=salt, digest=digest
    )
