"""What a cell decides by more than one show of hands: a differing opinion put to it, ballots counted by tellers."""

from collections.abc import Callable
from typing import Any

import pytest

from chibo.access.scope import system_scope
from tests.browser import holding
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import Village, begun, planned

pytestmark = pytest.mark.browser

OPINION = "Chưa lắp gương vội, phát quang hai bên đường trước rồi xem có còn khuất không."


@pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_differing_opinion_is_put_to_the_cell_before_the_resolution(
    village: Village, devices: Callable[..., Device], clock: Any, shape: dict[str, object]
) -> None:
    clock.move_to(evening(3, clock="19:28"))
    with system_scope():
        meeting = begun(village, planned(village))
        topic = holding.item(meeting, "discussion")
    lan = devices("lan", shape)
    lan.open(topic)
    lan.choose("Người phát biểu", "Huỳnh Ngọc Ẩn")
    lan.enter("Ý kiến", OPINION)
    lan.tap("Ghi là ý kiến khác")
    lan.sees("Đã ghi ý kiến khác: Huỳnh Ngọc Ẩn.", OPINION)
    lan.open(f"{holding.room(meeting)}bieu-quyet/?noi-dung=resolution")
    lan.sees("Còn một ý kiến khác chưa kết luận.")
    lan.tap("Kết luận ý kiến khác")
    assert lan.heading == "Một ý kiến khác chưa kết luận"
    lan.tap("Đưa ra biểu quyết", exact=False)
    lan.sees(OPINION, "Đồng chí nào tán thành ý kiến này, đề nghị giơ tay.")
    for label, number in (("Tán thành", "3"), ("Không tán thành", "12"), ("Không biểu quyết", "2")):
        lan.page.get_by_label(label, exact=True).fill(number)
    lan.tap("Ghi kết quả")
    lan.sees("Chi bộ không tiếp thu")
    lan.tap("Người nêu bảo lưu ý kiến", exact=False)
    lan.sees("Bảo lưu")
    lan.open(f"{holding.room(meeting)}bieu-quyet/?noi-dung=resolution")
    lan.misses("ý kiến khác chưa kết luận")


@pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_ballots_are_printed_and_the_tellers_sums_are_held_together(
    village: Village, devices: Callable[..., Device], clock: Any, shape: dict[str, object]
) -> None:
    clock.move_to(evening(3, clock="19:28"))
    with system_scope():
        meeting = begun(village, planned(village))
    lan = devices("lan", shape)
    lan.open(f"{holding.room(meeting)}bieu-quyet/")
    lan.tap("Bỏ phiếu kín")
    lan.enter("Bỏ phiếu kín việc gì", "Giới thiệu nhân sự phó bí thư")
    lan.enter("Danh sách trên phiếu", "Trần Văn Hùng\nLê Thị Quyên")
    lan.tick("Phạm Minh Tâm")
    lan.tap("Đưa ra bỏ phiếu kín")
    assert lan.heading == "Giới thiệu nhân sự phó bí thư"
    here = lan.page.url
    lan.open(f"{here}phieu/")
    lan.sees("phiếu, sẵn sàng in", "Biên bản kiểm phiếu")
    lan.open(here)
    for label, number in (("Số phiếu phát ra", "17"), ("Số phiếu thu về", "17"), ("Phiếu không hợp lệ", "1")):
        lan.enter(label, number)
    for name, counts in (("Trần Văn Hùng", ("12", "3", "1")), ("Lê Thị Quyên", ("9", "5", "1"))):
        line = lan.page.get_by_role("group", name=name)
        for label, number in zip(("Tán thành", "Không tán thành", "Phiếu trắng"), counts, strict=True):
            line.get_by_label(label, exact=True).fill(number)
    lan.tap("Ghi kết quả kiểm phiếu")
    lan.sees("Lê Thị Quyên: cộng lại được 15, mà có 16 phiếu hợp lệ. Đếm lại.")
    lan.page.get_by_role("group", name="Lê Thị Quyên").get_by_label("Phiếu trắng", exact=True).fill("2")
    lan.tap("Ghi kết quả kiểm phiếu")
    lan.sees("Đã ghi kết quả kiểm phiếu", "Phát ra 17, thu về 17, không hợp lệ 1.")
