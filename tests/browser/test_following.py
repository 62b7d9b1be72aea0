"""A follower of eight cells, on a phone and at a desk: which need help is there without a tap."""

from collections.abc import Callable

import pytest

from chibo.access.models import Office
from chibo.access.scope import system_scope
from tests import make
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import Village

pytestmark = pytest.mark.browser
HAMLETS = ("An Bình", "Ba Đình", "Dân Trí", "Lâm Giang", "Phú Lập", "Phú Sơn", "Xuân Điền")


@pytest.fixture
def eight(village: Village) -> None:
    """Seven more cells that Khanh follows; two should have met long ago."""
    with system_scope():
        for number, name in enumerate(HAMLETS):
            day = 5 if name in ("Lâm Giang", "Xuân Điền") else 26
            cell = make.cell(village.commune, f"Chi bộ thôn {name}", registered_day=day)
            make.office(village.khanh, cell, Office.FOLLOWER)
            make.office(make.member(f"Trần Văn Số {number}", cell), cell, Office.SECRETARY)


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_follower_of_eight_cells_sees_which_need_help_without_a_tap(
    village: Village, eight: None, devices: Callable[..., Device], shape: dict[str, object]
) -> None:
    khanh = devices("khanh", shape)
    khanh.open("/")
    khanh.sees("trong tám chi bộ cần giúp trước", "Quá 19 ngày chưa họp")
    waiting = khanh.page.locator("section[aria-labelledby=help]").inner_text()
    assert "Lâm Giang" in waiting and "Xuân Điền" in waiting and "Phú Sơn" not in waiting
    khanh.sees("Ngày họp thường lệ, chưa lên lịch")
    khanh.tap("Chi bộ thôn Phú Sơn")
    khanh.sees("Chưa có thông báo họp mới")
    khanh.tap("‹ Tám chi bộ phụ trách")
    khanh.sees("trong tám chi bộ cần giúp trước")
