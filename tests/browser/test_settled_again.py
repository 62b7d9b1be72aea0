"""A task that a meeting found done and then not: its deadline, and that it comes back, by buttons alone (T4, M9)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.access.standing import standing_of
from chibo.meetings.models import Meeting, State
from chibo.meetings.room.commands import Pen
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, Device
from tests.browser.room_device import signed
from tests.browser.village import OLD_TASK, Village, begun, planned

pytestmark = pytest.mark.browser
NEW_DUE = "2026-12-20"


@pytest.fixture
def going_on(village: Village, clock: Any) -> Meeting:
    """December, going on."""
    clock.move_to(evening(3, clock="19:28"))
    with system_scope():
        return begun(village, planned(village))


def test_a_task_found_done_and_then_not_has_its_new_deadline_and_comes_back(
    village: Village, going_on: Meeting, devices: Callable[..., Device], clock: Any
) -> None:
    hung = devices("hung", LAPTOP)
    hung.tap("Vào phòng họp")
    expect(hung.page.locator(".rail")).to_be_visible(timeout=20_000)
    hung.tap("Kiểm điểm việc kỳ trước", exact=False)
    expect(hung.page.locator("main")).to_contain_text(OLD_TASK)
    hung.tap("Một phần")
    hung.enter("Vì sao chưa xong", "Mưa hai tuần")
    hung.enter("Hạn mới", NEW_DUE)
    hung.tap("Ghi vì sao và hạn mới")
    hung.tap("Xong")
    signed(hung, "Đã gửi hết lúc ")
    hung.page.context.set_offline(True)
    with system_scope():
        # Meanwhile the chair ends the meeting; what bars an end is another test's.
        going_on.refresh_from_db()
        Pen(going_on, standing_of(village.lan.pk))._append("close", None, {})
    lan = devices("lan", LAPTOP)
    lan.tap("Công việc")
    lan.misses(OLD_TASK)
    hung.tap("Hoàn tác")
    signed(hung, "chờ mạng")
    hung.page.context.set_offline(False)
    signed(hung, "Đã gửi hết lúc ")
    lan.tap("Công việc")
    lan.sees(OLD_TASK)
    lan.tap(OLD_TASK)
    lan.sees("Hạn đến hết ngày 20/12/2026")
    with system_scope():
        going_on.refresh_from_db()
        assert going_on.state == State.CLOSED
    lan.tap("Cuộc họp")
    lan.tap("Chuẩn bị cuộc họp mới")
    lan.tap("Đúng, soạn chương trình")
    lan.sees(OLD_TASK, "hạn 20/12")
