"""A newer version of the room's page: it waits while a meeting is on the machine."""

from collections.abc import Callable

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect

from chibo.meetings.models import Meeting
from tests.browser.device import Device
from tests.browser.room_device import prepare, says

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
RENEW = "navigator.serviceWorker.getRegistration('/phong-hop/').then((one) => one.update()).then(() => 1)"


def test_a_newer_page_waits_until_no_page_of_the_room_is_open(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    with override_settings(FICTITIOUS=True):  # which stands at the foot of the page: another version of it
        lan.page.evaluate(RENEW)
        lan.page.wait_for_timeout(3000)
        lan.page.reload()
        says(lan, "Mở họp chi bộ tháng 12/2026", 20)
        lan.misses("Số liệu hư cấu")
        context = lan.page.context
        lan.page.goto("about:blank")
        lan.page.wait_for_timeout(2000)
        page = context.new_page()
        page.goto(f"/phong-hop/#{meeting.pk}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Mở họp chi bộ tháng 12/2026", timeout=20_000)
        expect(page.get_by_text("Số liệu hư cấu").first).to_be_visible()
