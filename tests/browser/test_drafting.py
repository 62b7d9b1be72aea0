"""The draft of the resolution in a browser: checked while it is typed, on a phone, without JavaScript."""

from collections.abc import Callable

import pytest

from chibo.access.scope import system_scope
from chibo.resolutions.models import DraftedTask
from tests.browser.device import PHONE, Device
from tests.browser.village import Village, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
WHAT = "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen"
SLOGAN = "Tiếp tục tăng cường công tác tuyên truyền, vận động nhân dân"


def drafted() -> list[str]:
    """What is to be done, in its order."""
    with system_scope():
        return list(DraftedTask.objects.filter(removed_at=None).values_list("what", flat=True))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_draft_is_written_and_sent_along_on_a_phone(village: Village, devices: Devices, script: bool) -> None:
    with system_scope():
        meeting = planned(village)
    lan = devices("lan", PHONE, script=script)
    lan.open(f"/cuoc-hop/{meeting.pk}/")
    lan.tap("Soạn dự thảo nghị quyết")
    lan.enter("Làm gì", SLOGAN)
    if script:  # a moment later, with nothing pressed
        lan.page.locator("#loi-van .wording").wait_for()
    else:
        lan.tap("Thêm việc này")
    lan.sees("Giữ câu của tôi")
    lan.enter("Làm gì", WHAT)
    lan.choose("Ai chủ trì", village.hung.full_name)
    lan.tap("Thêm việc này")
    lan.sees("một việc", WHAT, "chưa định hạn")
    lan.enter("II Phương hướng", "Giữ ngã ba an toàn.")
    lan.tap("Lưu các phần")
    lan.tap("Gửi kèm thông báo")
    lan.sees("Dự thảo gửi kèm thông báo")
    lan.look()
    assert drafted() == [WHAT]


def test_what_was_typed_is_there_again_when_the_page_comes_back(village: Village, devices: Devices) -> None:
    with system_scope():
        meeting = planned(village)
    lan = devices("lan")
    lan.open(f"/cuoc-hop/{meeting.pk}/du-thao/")
    lan.enter("Làm gì", WHAT)
    lan.enter("II Phương hướng", "Giữ ngã ba an toàn.")
    lan.page.wait_for_timeout(600)
    lan.open("/")
    lan.open(f"/cuoc-hop/{meeting.pk}/du-thao/")
    for label, text in (("Làm gì", WHAT), ("II Phương hướng", "Giữ ngã ba an toàn.")):
        assert lan.page.get_by_label(label, exact=True).input_value() == text or lan.page.get_by_text(text).count()
