"""One person is never in conflict with themselves: what is being typed and what else a page sends, on a network that
answers when it likes. Each request is held until the test lets it go, so every order is played, none is timed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting, Question
from tests.browser.device import Device
from tests.browser.village import Village, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
QUESTIONS = "Câu hỏi gợi ý thảo luận"
FIRST, SECOND = "Vì sao ngã ba tối?", "Ai nhận lắp đèn?"
ITEM, PAPERS = re.compile(r"/noi-dung/[^/]+/$"), re.compile(r"/noi-dung/[^/]+/tai-lieu/$")


class Network:
    """A weak network under the hands of the test."""

    def __init__(self, device: Device, address: re.Pattern[str]) -> None:
        self.device, self.held, self.open = device, list[Route](), False
        device.page.route(address, self._came)

    def _came(self, route: Route) -> None:
        if route.request.method == "POST" and not self.open:
            self.held.append(route)
        else:
            route.continue_()

    def wait(self) -> None:
        """Until a request is on its way."""
        while not self.held:
            self.device.page.wait_for_timeout(50)

    def let_go(self) -> None:
        """All that is on its way arrives, and from now on whatever comes."""
        self.open = True
        for route in self.held:
            route.continue_()
        self.held.clear()


@pytest.fixture
def lan(village: Village, devices: Devices) -> Device:
    """The secretary at an item of December, reached by buttons."""
    with system_scope():
        planned(village)
    lan = devices("lan")
    lan.open("/")
    lan.tap("Cuộc họp")
    lan.tap("Họp chi bộ tháng 12/2026", exact=False)
    lan.tap("Sửa chương trình")
    lan.tap("Sửa mục 4")
    expect(field(lan)).to_be_visible()
    return lan


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "nga-ba.txt"
    file.write_text("Ngã ba Bàu Sen")
    return file


def field(lan: Device) -> Locator:
    return lan.page.get_by_label(QUESTIONS)


def questions() -> list[str]:
    with system_scope():
        meeting = Meeting.objects.get(period="2026-12-01", body="cell")
        return list(Question.objects.filter(meeting=meeting).values_list("text", flat=True))


def press(lan: Device, name: str) -> None:
    """Press a button whose request is held: nothing comes yet."""
    lan.page.get_by_role("button", name=name, exact=True).filter(visible=True).first.click(no_wait_after=True)


def finished(lan: Device, *typed: str) -> None:
    """All that was typed is kept, and nobody is told of somebody else."""
    assert lan.page.get_by_text("từ một trang khác").count() == 0
    lan.tap("Xong mục này")
    expect(lan.page.get_by_role("heading", name="Đang sửa")).to_have_count(0)
    lan.sees(*typed)
    assert set(typed) <= set(questions())


def test_a_paper_sent_while_typing_takes_nothing_along(lan: Device, paper: Path) -> None:
    saving, sending = Network(lan, ITEM), Network(lan, PAPERS)
    field(lan).fill(FIRST)
    lan.page.locator("input[type=file]").set_input_files(paper)
    press(lan, "Tải lên")
    saving.wait()
    assert not sending.held, "the paper waits for what was typed"
    saving.let_go()
    sending.wait()
    field(lan).fill(f"{FIRST}\n{SECOND}")
    sending.let_go()
    expect(lan.page.locator("#tai-lieu")).to_contain_text("nga-ba.txt")
    assert field(lan).input_value() == f"{FIRST}\n{SECOND}", "the page that comes does not touch what is typed"
    finished(lan, FIRST, SECOND)


def test_a_paper_on_its_way_while_typing_goes_on(lan: Device, paper: Path) -> None:
    sending = Network(lan, PAPERS)
    lan.page.locator("input[type=file]").set_input_files(paper)
    press(lan, "Tải lên")
    sending.wait()
    with lan.page.expect_response(ITEM):
        field(lan).fill(FIRST)
    sending.let_go()
    expect(lan.page.locator("#tai-lieu")).to_contain_text("nga-ba.txt")
    finished(lan, FIRST)


def test_the_own_button_waits_for_a_save_in_flight(lan: Device) -> None:
    saving = Network(lan, ITEM)
    field(lan).fill(FIRST)
    saving.wait()
    field(lan).fill(f"{FIRST}\n{SECOND}")
    press(lan, "Xong mục này")
    assert len(saving.held) == 1, "the form would arrive with the version of before"
    saving.let_go()
    expect(field(lan)).to_have_count(0)
    lan.sees(FIRST, SECOND)
    assert questions()[:2] == [FIRST, SECOND]


def test_taking_a_paper_away_while_typing_loses_nothing(lan: Device, paper: Path) -> None:
    lan.page.locator("input[type=file]").set_input_files(paper)
    press(lan, "Tải lên")
    expect(lan.page.locator("#tai-lieu")).to_contain_text("nga-ba.txt")
    saving = Network(lan, ITEM)
    field(lan).fill(FIRST)
    press(lan, "Bỏ nga-ba.txt")
    saving.wait()
    saving.let_go()
    expect(lan.page.locator("#tai-lieu")).not_to_contain_text("nga-ba.txt")
    assert field(lan).input_value() == FIRST, "the page that came shows what was typed"
    field(lan).fill(f"{FIRST}\n{SECOND}")
    finished(lan, FIRST, SECOND)


def test_a_link_followed_while_typing_waits_for_the_save(lan: Device) -> None:
    saving = Network(lan, ITEM)
    field(lan).fill(FIRST)
    lan.page.get_by_role("link", name="Đổi ngày, giờ").click(no_wait_after=True)
    saving.wait()
    saving.let_go()
    lan.page.wait_for_url("**/doi-lich/")
    assert questions()[0] == FIRST
