"""One month of one cell, lived by its people: a secretary and a clerk on laptops, a member on a phone, the commune.

Every page on the way is held against axe, its width and the browser's console (device.py). The acts that the project
promises to keep few are counted here.
"""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from tests.browser import holding, preparing
from tests.browser.conftest import evening
from tests.browser.device import PHONE, Device
from tests.browser.village import OLD_TASK, PASSWORD, Village

pytestmark = pytest.mark.browser


def test_a_month_from_the_notice_to_the_next_months_review(
    village: Village, devices: Callable[..., Device], clock: Any
) -> None:
    lan, binh = devices("lan"), devices("binh", PHONE)
    assert preparing.plan(lan).total <= 10
    with system_scope():
        meeting = preparing.the_meeting()
    preparing.consult(lan, meeting)
    binh.open("/")
    binh.misses(preparing.QUESTIONS[0])  # the minute in which the notice can be cancelled
    clock.move_to(evening(24, month=11, clock="19:20"))
    prepare_on_the_phone(lan, binh, meeting)
    dung = devices("dung")
    commune_sees_the_month(dung, meeting)

    clock.move_to(evening(3, clock="19:28"))
    tam = devices("tam")
    hold(lan, tam, meeting, clock)
    sign(tam, lan)
    download(lan)
    up(lan, dung, devices("khanh"), meeting)

    clock.move_to(evening(20, clock="20:00"))
    report_progress(binh)
    next_month(lan)


def prepare_on_the_phone(lan: Device, binh: Device, meeting: Meeting) -> None:
    """The draft stays with its author until it is handed in."""
    preparing.answer_on_the_phone(binh, meeting)
    lan.open(f"/cuoc-hop/{meeting.pk}/")
    lan.misses(preparing.OPINION)
    preparing.hand_in(binh)
    lan.open(f"/cuoc-hop/{meeting.pk}/")
    lan.sees(preparing.OPINION, "Sẽ dự 1")
    lan.open(f"/cuoc-hop/{meeting.pk}/thong-bao/")
    assert "đồng chí đã biết" in lan.heading


def commune_sees_the_month(dung: Device, meeting: Meeting) -> None:
    """When and where, and nothing of what will be said."""
    dung.open("/lich-hop/?thang=2026-12")
    dung.sees("Chi bộ thôn Phú Hòa", "03/12/2026", "đã thông báo")
    dung.open(f"/chi-bo/{meeting.cell_id}/")
    dung.misses(preparing.TOPIC, preparing.QUESTIONS[0], preparing.OPINION)
    answer = dung.page.request.get(f"/cuoc-hop/{meeting.pk}/chuan-bi/")
    assert answer.status == 404


def hold(lan: Device, tam: Device, meeting: Meeting, clock: Any) -> None:
    """The meeting, item by item, on two devices."""
    with system_scope():
        topic = f"{holding.room(meeting)}muc/{preparing.topic_of(meeting).pk}/"
    holding.open_room(lan, meeting)
    assert holding.call_roll(lan).total <= 6
    lan.tap("Xong mục này")
    holding.try_to_close_too_early(lan, meeting)
    holding.review_old_task(lan, meeting)
    lan.open(topic)
    lan.tap("Chuyển sang mục này")
    clock.move_to(evening(3, clock="19:55"))
    tam.open(holding.room(meeting))
    assert tam.heading == preparing.TOPIC
    holding.say(tam, "Huỳnh Ngọc Ẩn", holding.REMARK)
    lan.open(topic)
    lan.sees(preparing.OPINION, holding.REMARK)
    lan.tap("Đã đọc, ghi vào biên bản", exact=False)
    lan.sees("Đã ghi ý kiến đọc hộ: Đặng Văn Bình.")
    lan.tap("Xong mục này")
    holding.give_tasks(lan, meeting)
    assert holding.decide(lan, meeting).total == 1
    clock.move_to(evening(3, clock="21:02"))
    holding.read_back_and_close(lan)


def sign(tam: Device, lan: Device) -> None:
    """The clerk first, then the chair, each with a password of their own."""
    path = lan.page.url
    lan.sees("Thư ký ký trước, rồi đến đồng chí.")
    for device, said in ((tam, "Chủ trì ký tiếp trên tài khoản của mình."), (lan, "Biên bản đã đủ hai chữ ký.")):
        device.open(path)
        device.enter("Mật khẩu của đồng chí", PASSWORD)
        device.tap("Ký biên bản")
        device.sees(said)
    assert lan.heading.startswith("Biên bản họp chi bộ tháng 12/2026 đã ký")


def words_of(content: bytes) -> str:
    """All paragraphs and cells of a DOCX, with plain spaces."""
    document = Document(io.BytesIO(content))
    found = [one.text for one in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(found).replace("\u00a0", " ")


def download(lan: Device) -> None:
    """The minutes as the file that is sent and filed."""
    with lan.page.expect_download() as waiting:
        lan.page.get_by_role("link", name="Tải Word").click()
    words = words_of(waiting.value.path().read_bytes())
    for one in (
        "Huỳnh Ngọc Ẩn",
        holding.REMARK.rstrip("."),
        preparing.OPINION.rstrip("."),
        "17/18",
        holding.FIRST_TASK,
        "Trần Văn Hùng",
        "28/12/2026",
        OLD_TASK,
        "Số 01-BB/CB",
    ):
        assert one in words, f"the minutes do not say “{one}”:\n{words}"
    assert holding.VAGUE_TASK not in words


def up(lan: Device, dung: Device, khanh: Device, meeting: Meeting) -> None:
    """Sent up: the follower reads the minutes, the commune what it is owed and no word more."""
    path = f"/cuoc-hop/{meeting.pk}/bien-ban/"
    khanh.page.goto(path)
    khanh.misses(holding.REMARK)
    lan.tap("Gửi lên cấp trên")
    lan.sees("Đã gửi biên bản cho cấp ủy viên phụ trách")
    khanh.open("/")
    khanh.tap("Họp chi bộ tháng 12/2026")
    khanh.sees(holding.REMARK, holding.FIRST_TASK)
    dung.open("/lich-hop/?thang=2026-12")
    dung.sees("03/12/2026")
    assert dung.page.request.get(path).status == 404


def report_progress(binh: Device) -> None:
    """The owner says how far it is, in one tap."""
    binh.open("/")
    task = binh.page.locator("li.task", has_text=holding.SECOND_TASK)
    with binh.counting() as count:
        binh.press(task.get_by_role("button").first, "tiến độ")
    assert count.total == 1


def next_month(lan: Device) -> None:
    """January starts from December, and what December gave is there to be reviewed."""
    lan.open("/cuoc-hop/moi/")
    lan.sees("03/01/2027")
    lan.tap("Đúng, soạn chương trình")
    lan.sees(holding.FIRST_TASK, holding.SECOND_TASK)
    lan.misses(OLD_TASK, preparing.TOPIC, preparing.QUESTIONS[0])
    with system_scope():
        assert Meeting.objects.filter(period=date(2027, 1, 1)).count() == 1
    expect(lan.page.get_by_role("link", name="Sang bước thông báo")).to_be_visible()
