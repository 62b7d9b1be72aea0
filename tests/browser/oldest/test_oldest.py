"""The room in the oldest browsers: made ready, held out of reach, loaded again in the middle, joined up.

Chromium 80 is the floor itself. That of iOS 13.4 is not to be had; WebKit as in Safari 16 stands in for its kind.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chibo.access.scope import system_scope
from chibo.meetings.models import AgendaItem, Entry, Meeting, State
from tests.browser.conftest import PICTURES
from tests.browser.killing import Reach
from tests.browser.oldest.chromium import Chromium
from tests.browser.oldest.hands import Hands, OldBrowser
from tests.browser.oldest.webkit import WebKit
from tests.browser.room_device import PIN
from tests.browser.village import PASSWORD

pytestmark = pytest.mark.browser
REMARK = "Đường cong sát cột mốc km 4, xe tải che khuất người đi bộ; đề nghị lắp gương trước Tết."
CONCLUSION = "Chi bộ lắp hai gương cầu lồi ở ngã ba Bàu Sen trước Tết."
KINDS = {"open", "clerk", "attend", "item", "remark", "review", "conclude", "vote", "read", "close"}


@pytest.fixture
def reach(server: str, transactional_db: None) -> Iterator[Reach]:
    found = Reach(server)
    yield found
    found.go()


@pytest.fixture(params=[Chromium, WebKit], ids=["chromium-80", "webkit-16"])
def lan(request: pytest.FixtureRequest, meeting: Meeting, reach: Reach, tmp_path: Path) -> Iterator[Hands]:
    """The secretary before an old browser; where the test fails, its screen is kept in var/browser."""
    kind: Callable[[Path], OldBrowser] = request.param
    browser = kind(tmp_path)
    try:
        yield Hands(browser, reach.address)
        if getattr(request.node, "failed", False):
            browser.picture(PICTURES / f"{request.node.name}.png")
    finally:
        browser.close()


def make_ready(lan: Hands, meeting: Meeting) -> None:
    """Sign in and take the meeting along, with the server in reach."""
    lan.open("/dang-nhap/", "Đăng nhập")
    lan.enter("Tên đăng nhập", "lan")
    lan.enter("Mật khẩu", PASSWORD)
    lan.tick("Máy của tôi, lần sau không hỏi lại")
    lan.tap("Đăng nhập")
    lan.says("Việc tiếp theo")
    lan.open(f"/phong-hop/#{meeting.pk}/giu", "Giữ được khi mất mạng")
    lan.enter("PIN sáu số", PIN)
    lan.enter("Gõ lại PIN", PIN)
    lan.tap("Đặt PIN cho máy này")
    lan.stands("Máy này sẵn sàng, mất mạng vẫn họp được")
    lan.tap("Vào phòng họp")
    lan.stands("Mở họp chi bộ tháng 12/2026")


def come_back(lan: Hands, heading: str) -> None:
    """The page is loaded again, and opens by the PIN."""
    lan.browser.reload()
    lan.stands("Nhập PIN để mở buổi họp")
    lan.enter("PIN sáu số", PIN)
    lan.tap("Mở")
    lan.stands(heading)


def open_and_call(lan: Hands) -> None:
    """Opened, Tâm elected, one absent with a reason, the others there."""
    if lan.reads("Chi bộ họp hôm nay"):  # the browser's day is not that of the plan
        lan.tick("Chi bộ họp hôm nay")
    lan.tap("Mở phòng họp")
    lan.stands("Cử thư ký ghi biên bản")
    lan.tap("Cử", within="Phạm Minh Tâm")
    lan.stands("Điểm danh: còn 20 đồng chí")
    lan.tap("Vắng", within="Đoàn Văn Lợi")
    lan.tap("Sức khỏe", within="Đoàn Văn Lợi")
    lan.says("Đoàn Văn Lợi: vắng")
    lan.tap("Cả 19 đồng chí còn lại có mặt")
    lan.stands("Có mặt 19/20 đồng chí")


def speak(lan: Hands, room: str, item: object) -> None:
    """What Bình says is there after the page was loaded again."""
    lan.open(f"{room}muc/{item}", "3. Thảo luận")
    lan.enter("Người phát biểu", "Dang van binh")
    lan.tap("Đặng Văn Bình")
    lan.enter("Ý kiến", REMARK)
    lan.tap("Ghi vào biên bản")
    lan.says("Đã ghi ý kiến: Đặng Văn Bình.")
    lan.says("chờ mạng (")
    come_back(lan, "3. Thảo luận")
    lan.says(REMARK)


def decide(lan: Hands, room: str) -> None:
    """The old task, the conclusion, the vote on it, read back and closed."""
    lan.open(f"{room}viec-cu", "Việc kỳ trước: còn một việc")
    lan.tap("Xong")
    lan.stands("Việc kỳ trước: đã xem cả một việc")
    lan.open(f"{room}ket-luan", "Kết luận hay nghị quyết")
    lan.tick("Kết luận")
    lan.enter("Kết luận của chủ trì", CONCLUSION)
    lan.tap("Ghi dự thảo")
    lan.says("Đã ghi kết luận tháng 12/2026.")
    lan.open(f"{room}bieu-quyet/conclusion", "Biểu quyết kết luận")
    lan.tap("Cả 18 đồng chí tán thành")
    lan.says("18/18 tán thành")
    lan.open(f"{room}bien-ban", "Biên bản: dự thảo, chưa có số")
    lan.tap("Đã đọc lại, chi bộ thông qua")
    lan.says("Đã đọc lại biên bản, chi bộ thông qua.")
    lan.open(f"{room}ket-thuc", "Đủ các bước, kết thúc được")
    lan.tap("Kết thúc buổi họp")
    lan.stands("Đã kết thúc")


def minutes(lan: Hands, path: str, heading: str) -> list[str]:
    """What they say, without when it was: the browser's clock is that of the machine, the server's that of the test."""
    lan.open(path, heading)
    return [one for one in lan.text(".sheet .body > *") if "lúc" not in one]


def test_a_meeting_is_held_out_of_reach_and_minuted_as_it_was_entered(
    meeting: Meeting, reach: Reach, lan: Hands
) -> None:
    room = f"/phong-hop/#{meeting.pk}/"
    with system_scope():
        item = AgendaItem.objects.get(meeting=meeting, kind="discussion").pk
    make_ready(lan, meeting)
    reach.go()
    come_back(lan, "Mở họp chi bộ tháng 12/2026")
    open_and_call(lan)
    speak(lan, room, item)
    decide(lan, room)
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting).exists()
    here = minutes(lan, f"{room}bien-ban", "Biên bản: dự thảo, chưa có số")
    assert any(REMARK in one for one in here) and CONCLUSION in here

    reach.come()
    lan.browser.evaluate("window.dispatchEvent(new Event('online'))")
    lan.says("Đã gửi hết lúc ")
    assert minutes(lan, f"/cuoc-hop/{meeting.pk}/bien-ban/", "Biên bản") == here
    with system_scope():
        meeting.refresh_from_db()
        assert meeting.state == State.CLOSED
        assert set(Entry.objects.filter(meeting=meeting).values_list("kind", flat=True)) == KINDS
