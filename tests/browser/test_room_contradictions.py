"""Two machines out of reach voted twice, called another roll and ended the meeting twice: seen, chosen, signed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting, MinutesSection, State
from chibo.meetings.room import log
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import open_meeting, picture, prepare, says, signed
from tests.browser.test_room_look import broken_off, keep, sent, signs
from tests.browser.village import Village

pytestmark = pytest.mark.browser
Devices = Callable[..., Device]


def votes_on_the_programme(device: Device, meeting: Meeting) -> None:
    device.page.goto(f"/phong-hop/#{meeting.pk}/bieu-quyet/agenda")
    device.page.get_by_role("button", name=re.compile(r"^Cả \d+ đồng chí tán thành$")).click()
    expect(device.page.locator("main [role=status]").first).to_contain_text("tán thành")


def test_votes_a_roll_and_endings_that_contradict_each_other_are_chosen_and_signed(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    lan, hung = devices("lan", LAPTOP), devices("hung", PHONE)
    prepare(hung, meeting)
    prepare(lan, meeting)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    says(lan, "Điểm danh: còn 20 đồng chí")
    lan.tap("Cả 20 đồng chí còn lại có mặt")
    signed(lan, "Đã gửi hết lúc ")
    says(hung, "Có mặt 20/20 đồng chí", 40)
    for one in (lan, hung):
        one.page.context.set_offline(True)
    binh = hung.page.locator("li", has=hung.page.locator("summary", has_text="sửa: Đặng Văn Bình"))
    binh.locator("summary").click()
    binh.get_by_role("button", name="Sức khỏe").click()
    says(hung, "Có mặt 19/20 đồng chí")
    votes_on_the_programme(hung, meeting)
    votes_on_the_programme(lan, meeting)
    hung.page.goto(f"/phong-hop/#{meeting.pk}/ket-thuc")
    hung.sees("kết thúc hoặc hoãn buổi họp trên máy của mình")
    hung.page.goto(f"/phong-hop/#{meeting.pk}/may")
    hung.page.get_by_role("button", name="Máy này điều hành").click()
    broken_off(hung)
    broken_off(lan)
    for one in (lan, hung):
        one.page.context.set_offline(False)
        sent(one)
    lan.page.goto(f"/phong-hop/#{meeting.pk}/xem-lai")
    says(lan, "Ba chỗ cần xem lại trước khi ký", 60)
    lan.look()
    picture(lan, "mau-thuan")
    marks = lan.page.locator("li.mark")
    expect(marks.filter(has_text="nhiều hơn số có mặt")).to_contain_text("Đặng Văn Bình")
    twice = marks.filter(has_text="Hai máy chưa thấy nhau")
    assert twice.locator(".side").count() == 2
    keep(twice, "18")
    says(lan, "Một chỗ cần xem lại trước khi ký")
    ends = marks.filter(has_text="kết thúc hai lần")
    with lan.page.expect_response(lambda one: "nhat-ky" in one.url and one.request.method == "POST"):
        ends.locator(".side", has_text="Nguyễn Thị Lan").get_by_role("button").click()
    says(lan, "Không còn chỗ nào phải xem lại")
    with system_scope():
        (vote,) = log.room_of(meeting).votes.values()
        assert vote.in_favour == 18 and not log.room_of(meeting).needs_look
    lan.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    tam = devices("tam")
    tam.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    signs(tam)
    lan.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    signs(lan)
    with system_scope():
        assert Meeting.objects.get(pk=meeting.pk).state == State.SIGNED
        text = str([one.content for one in MinutesSection.objects.filter(minutes__meeting=meeting)])
    assert "18/18 đồng chí tán thành" in text and "19/19" not in text
