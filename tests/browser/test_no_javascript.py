"""The main road without JavaScript: an old phone, a blocked script, a page that half loaded over a weak network."""

from collections.abc import Callable
from typing import Any

import pytest

from chibo.access.scope import system_scope
from tests.browser import holding, preparing
from tests.browser.conftest import evening
from tests.browser.device import PHONE, Device
from tests.browser.village import Village

pytestmark = pytest.mark.browser


def test_prepare_announce_answer_hold_and_vote_work_without_javascript(
    village: Village, devices: Callable[..., Device], clock: Any
) -> None:
    lan = devices("lan", script=False)
    assert preparing.plan(lan).total <= 10
    with system_scope():
        meeting = preparing.the_meeting()
        topic = f"{holding.room(meeting)}muc/{preparing.topic_of(meeting).pk}/"
    clock.move_to(evening(24, month=11, clock="19:20"))
    binh = devices("binh", PHONE, script=False)
    preparing.answer_on_the_phone(binh, meeting)
    preparing.hand_in(binh)

    clock.move_to(evening(3, clock="19:28"))
    holding.open_room(lan, meeting)
    assert holding.call_roll(lan).total <= 6
    lan.open(topic)
    holding.say(lan, "Huỳnh Ngọc Ẩn", holding.REMARK)
    lan.tap("Đã đọc, ghi vào biên bản", exact=False)
    holding.try_to_close_too_early(lan, meeting)
    holding.review_old_task(lan, meeting)
    holding.give_tasks(lan, meeting)
    assert holding.decide(lan, meeting).total == 1
    holding.read_back_and_close(lan)
