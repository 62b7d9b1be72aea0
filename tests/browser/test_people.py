"""People move and change, on a phone: two secretaries confirm a transfer, one without a script; figures; groups."""

from collections.abc import Callable

import pytest

from chibo.access.models import Office
from chibo.access.scope import system_scope
from chibo.members.models import Membership, Transfer
from chibo.orgs.models import Organisation
from tests import make
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import PASSWORD, Village

pytestmark = pytest.mark.browser
Devices = Callable[..., Device]
BOOK = "/so-chi-bo/"


@pytest.fixture
def neighbour(village: Village) -> Organisation:
    """The next hamlet's cell, with a secretary who signs in."""
    with system_scope():
        cell = Organisation.objects.get(name="Chi bộ thôn Dân Hiệp")
        phuc = make.member("Mai Văn Phúc", cell)
        make.office(phuc, cell, Office.SECRETARY)
        make.account(phuc, "phuc", PASSWORD)
    return cell


def test_a_member_moves_when_both_secretaries_have_said_so(
    village: Village, neighbour: Organisation, devices: Devices
) -> None:
    lan, phuc = devices("lan", PHONE), devices("phuc", PHONE, script=False)
    with lan.counting() as acts:
        lan.open(f"{BOOK}dang-vien/{village.binh.pk}/")
        lan.tap("Chuyển sinh hoạt đến nơi khác")
        lan.enter("Tìm chi bộ nơi đến", "dan hiep")
        lan.tap("Tìm")
        lan.tick("Chi bộ thôn Dân Hiệp")
        lan.tick("Chuyển sinh hoạt chính thức")
        lan.enter("Sinh hoạt ở nơi mới từ ngày", "2026-12-01")
        lan.tap("Giới thiệu đi")
    lan.sees("Đặng Văn Bình chờ nơi đến tiếp nhận")
    assert acts.total <= 7
    phuc.open("/")
    phuc.sees("Chờ chi bộ trả lời", "Đặng Văn Bình")
    phuc.tap("Đặng Văn Bình")
    phuc.sees("Đề nghị từ ngày", "01/12/2026")
    phuc.tap("Tiếp nhận đồng chí Đặng Văn Bình")
    phuc.sees("Đã tiếp nhận Đặng Văn Bình")
    lan.open(f"{BOOK}dang-vien/{village.binh.pk}/")
    lan.sees("Chi bộ thôn Dân Hiệp đã tiếp nhận", "01/12/2026 (sắp tới)")
    with system_scope():
        assert Transfer.objects.get().outcome == "confirmed"
        assert Membership.objects.filter(person=village.binh, cell=neighbour).exists()


def test_a_refused_form_keeps_what_was_typed(village: Village, neighbour: Organisation, devices: Devices) -> None:
    lan = devices("lan", PHONE, script=False)
    lan.open(f"{BOOK}dang-vien/{village.binh.pk}/chuyen-sinh-hoat/?noi=giay")
    lan.page.locator("#id_to_place").fill("Chi bộ Cảng cá")
    lan.tick("Chuyển sinh hoạt tạm thời")
    lan.tap("Giới thiệu đi")
    lan.sees("Chọn lý do: thời hạn tính theo lý do.")
    assert lan.page.locator("#id_to_place").input_value() == "Chi bộ Cảng cá"


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_the_pages_of_one_member_and_of_figures(village: Village, devices: Devices, shape: dict[str, object]) -> None:
    lan = devices("lan", shape)
    one = f"{BOOK}dang-vien/{village.binh.pk}/"
    with system_scope():
        group = make.group(village.cell)
        make.group_member(group, village.binh, "leader")
        transfer = make.transfer(village.hung, village.cell, None, to_place="Chi bộ Cảng cá")
    for path in (one, f"{one}mien/", f"{one}ra-khoi-dang/", f"{one}dinh-chi/", f"{one}chuyen-sinh-hoat/?tim=chi+bo"):
        lan.open(path)
    for path in ("so-lieu/", "to-dang/", f"to-dang/{group.pk}/", f"chuyen-sinh-hoat/{transfer.pk}/"):
        lan.open(f"{BOOK}{path}")
    lan.open(f"{BOOK}so-lieu/")
    lan.sees("Đảng số", "Biểu quyết: không tính, vì đảng viên dự bị", "tính vào cả ba số")
