"""Screens that stand there only when something went otherwise: machines that hold something, what came late, a month
held by groups. Each is held against axe and its width, and a picture of it is kept."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chibo.access.scope import system_scope
from chibo.access.standing import standing_of
from chibo.audit import chains
from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, Meeting, RoomDevice, SetAside
from chibo.meetings.prepare.announcing import announce
from chibo.meetings.prepare.by_groups import plan_by_groups
from chibo.meetings.prepare.planning import MeetingKind
from chibo.meetings.room import commands
from chibo.meetings.room.commands import Pen
from chibo.members.models import Person
from tests import make
from tests.browser.conftest import PICTURES, evening
from tests.browser.device import LAPTOP, PHONE, ZOOMED, Device
from tests.browser.village import PASSWORD, Village, begun

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
every_width = pytest.mark.parametrize("shape", [PHONE, ZOOMED, LAPTOP], ids=["360", "200 %", "1280"])
SPOKEN = "Gương phải lắp trước Tết; chỗ gần cột mốc km 4 thì làm trước, tối không có đèn."


def seen(device: Device, path: str, name: str, *words: str) -> None:
    """Open a page, hold it to its words, keep a picture."""
    device.open(path)
    device.picture(PICTURES / f"{name}-{device.width}.png")
    device.sees(*words)


@pytest.fixture
def closed(village: Village, meeting: Meeting, clock: Any) -> Meeting:
    """December, closed this evening, not signed."""
    with system_scope():
        begun(village, meeting)
        discussion = AgendaItem.objects.get(meeting=meeting, kind="discussion")
        pen = Pen(meeting, standing_of(village.lan.pk))
        commands.go_to(pen=pen, item=discussion)
        pen.write("remark", item=discussion.pk, text=SPOKEN, member=village.binh.pk)
        clock.move_to(evening(3, clock="21:02"))
        pen.write("close")
        meeting.refresh_from_db()
    return meeting


def machine(meeting: Meeting, who: Person, label: str, **fields: Any) -> RoomDevice:
    """A machine that was made ready for a meeting."""
    fields = {"account": who.user.pk, "registered_at": now() - timedelta(hours=26)} | fields
    return RoomDevice.objects.create(**meeting.keys, person=who, label=label, **fields)


def machines(village: Village, meeting: Meeting) -> None:
    """One has sent all, one has not, one was not heard from, one was cut off."""
    machine(meeting, village.lan, "Chrome trên máy tính Windows")
    machine(meeting, village.tam, "Firefox trên máy tính Linux", unsent=14, last_heard_at=now() - timedelta(minutes=48))
    machine(meeting, village.hung, "Safari trên iPhone", last_heard_at=now() - timedelta(hours=3))
    machine(meeting, village.binh, "Chrome trên điện thoại Android", removed_at=now() - timedelta(hours=1), unsent=2)


def late(meeting: Meeting, who: Person, kind: str, payload: dict[str, object], why: str = "signed") -> None:
    """An entry that came too late."""
    text, salt = json.dumps(payload, ensure_ascii=False), chains.new_salt()
    row = {"entry": uuid4(), "device": uuid4(), "counter": 7, "kind": kind, "author": who, "at": evening(3)}
    SetAside.objects.create(
        **meeting.keys, **row, payload=text, salt=salt, digest=chains.digest_of(salt, text), why=why
    )


def came_late(village: Village, meeting: Meeting, why: str) -> None:
    """Of each sort: said by someone, about several people, without words, a number."""
    item = AgendaItem.objects.get(meeting=meeting, kind="discussion")
    member, lead = str(village.binh.pk), str(village.hung.pk)
    late(meeting, village.tam, "remark", {"item": str(item.pk), "text": SPOKEN, "member": member}, why)
    late(meeting, village.tam, "attend", {"members": [str(village.others[4].pk), lead], "state": "absent"}, why)
    task = {
        "what": "Phát quang 200 m hàng rào xóm 2",
        "lead": lead,
        "due": "2026-12-28",
        "how_checked": "Chi ủy xem tận nơi",
    }
    late(meeting, village.tam, "task", task, why)
    late(meeting, village.lan, "undo", {"of": str(uuid4())}, why)


@every_width
def test_machines_of_a_meeting(village: Village, closed: Meeting, devices: Devices, shape: dict[str, object]) -> None:
    lan = devices("lan", shape)
    path = f"/cuoc-hop/{closed.pk}/phong/"
    seen(lan, f"{path}may/", "machines-none", "Chưa có máy nào chuẩn bị cho buổi họp")
    with system_scope():
        machines(village, closed)
    seen(lan, f"{path}may/", "machines", "Đã gửi hết", "Còn 14 dòng chưa gửi", "Đã ngắt")
    seen(lan, f"{path}ban-sao/", "copy", "Nạp bản sao")
    lan.tap("Nạp bản sao")
    lan.picture(PICTURES / f"copy-wrong-{lan.width}.png")


@every_width
def test_signing_while_machines_may_hold_something(
    village: Village, closed: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    with system_scope():
        machines(village, closed)
    tam = devices("tam", shape)
    minutes = f"/cuoc-hop/{closed.pk}/bien-ban/"
    seen(tam, minutes, "signing", "Hai máy trong phòng họp có thể chưa gửi hết")
    tam.enter("Mật khẩu", PASSWORD)
    tam.tap("Ký biên bản")
    tam.picture(PICTURES / f"signing-asked-{tam.width}.png")


@every_width
def test_what_came_late(village: Village, closed: Meeting, devices: Devices, shape: dict[str, object]) -> None:
    lan, tam = devices("lan", shape), devices("tam", shape)
    path = f"/cuoc-hop/{closed.pk}/ghi-muon/"
    seen(lan, path, "late-none", "Không có dòng ghi muộn nào")
    with system_scope():
        came_late(village, closed, "cut_off")
    seen(lan, path, "late-unsigned", "Bốn dòng ghi muộn chờ đồng chí xem", SPOKEN)
    for one in (tam, lan):
        one.open(f"/cuoc-hop/{closed.pk}/bien-ban/")
        one.enter("Mật khẩu", PASSWORD)
        one.tap("Ký biên bản")
    with system_scope():
        SetAside.objects.filter(meeting=closed).delete()
        came_late(village, closed, "signed")
    seen(lan, path, "late-signed", "Đưa thành đính chính")
    seen(lan, f"/cuoc-hop/{closed.pk}/bien-ban/", "signed-with-late", "Bốn dòng ghi muộn")
    lan.open(path)
    lan.tap("Đưa thành đính chính")
    lan.picture(PICTURES / f"late-correct-{lan.width}.png")


@pytest.fixture
def gatherings(village: Village, clock: Any) -> list[Meeting]:
    """December by three groups of the cell: the first has met and closed, the second is called, the third not."""
    with system_scope():
        everyone = [village.lan, village.hung, village.tam, village.binh, *village.others]
        for number in range(3):
            group = make.group(village.cell, f"Tổ đảng xóm {number + 1}")
            for place, one in enumerate(everyone[number::3]):
                make.group_member(group, one, "leader" if place == 0 else "member")
        found = plan_by_groups(
            cell=village.cell,
            kind=MeetingKind.REGULAR,
            period=date(2026, 12, 1),
            starts_at=make.at(date(2026, 12, 3)),
            place="Nhà văn hóa thôn Phú Hòa",
            by=standing_of(village.lan.pk),
            reason="Ba xóm cách nhau 12 km đường đồi",
            document="Công văn số 14-CV/ĐU ngày 01/11/2026",
        )
        for one in found[:2]:
            announce(meeting=one, by=standing_of(village.lan.pk))
    clock.move_to(evening(3, clock="19:32"))
    with system_scope():
        first = found[0]
        pen = Pen(first, standing_of(village.lan.pk))
        commands.open_room(pen=pen, chair=first.chair_id)
        first.refresh_from_db()
        commands.elect_clerk(pen=pen, member=everyone[3].pk)
        commands.call(pen=pen, members=[one.pk for one in everyone[0::3]], state="present")
        clock.move_to(evening(3, clock="20:40"))
        pen.write("close")
        for one in found:
            one.refresh_from_db()
    clock.move_to(evening(4, clock="08:00"))
    return found


@every_width
def test_a_month_held_by_groups(
    village: Village, gatherings: list[Meeting], devices: Devices, shape: dict[str, object]
) -> None:
    lan = devices("lan", shape)
    first, second, third = (f"/cuoc-hop/{one.pk}/" for one in gatherings)
    seen(lan, "/", "groups-home", "1/3 tổ đã họp")
    seen(lan, "/cuoc-hop/", "groups-month", "1/3 tổ đã họp")
    seen(lan, first, "groups-held")
    seen(lan, f"{first}bien-ban/", "groups-minutes")
    seen(lan, second, "groups-called")
    seen(lan, f"{third}chuan-bi/", "groups-programme")
    seen(lan, f"{third}thong-bao/", "groups-notice")
    seen(lan, f"{second}phong/", "groups-room")
    dung = devices("dung", shape)
    seen(dung, "/lich-hop/", "groups-upward")
