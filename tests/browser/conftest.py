"""A real server on the test database and one browser for all tests of this folder; a fresh village for each test."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test.utils import override_settings
from playwright.sync_api import Browser, sync_playwright

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from chibo.ops.connection import PROJECT
from tests.browser.device import LAPTOP, Device
from tests.browser.serving import serving
from tests.browser.village import NOVEMBER, Village, build, planned

PICTURES = PROJECT / "var" / "browser"


@pytest.fixture(scope="package", autouse=True)
def plain_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files as they are in the source: what an earlier start has collected may be of another day.

    People sign in by their password alone; `test_sign_in.py` goes through the second factor.
    """
    with override_settings(STATIC_ROOT=str(tmp_path_factory.mktemp("static")), SECOND_FACTOR_REQUIRED=False):
        yield


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Playwright runs a loop in this thread, which Django takes for asynchronous code."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def server(django_db_setup: None, plain_static_files: None) -> Iterator[str]:
    """The address of the whole application, answering from threads of its own as the application role."""
    with serving() as address:
        yield address


@pytest.fixture
def clock() -> Iterator[Any]:
    """The time of the server, 24/11/2026 in the evening; `clock.move_to(…)` goes on."""
    with time_machine.travel(NOVEMBER, tick=True) as traveller:
        yield traveller


@pytest.fixture
def village(transactional_db: None, clock: Any) -> Village:
    """The cell, its people and its last month."""
    with system_scope():
        return build()


@pytest.fixture
def meeting(village: Village, clock: Any) -> Meeting:
    """December, announced, a few minutes before it begins."""
    with system_scope():
        found = planned(village)
    clock.move_to(evening(3, clock="19:25"))
    return found


@pytest.fixture
def devices(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Device]]:
    """Hands out devices; of a test that fails, what stood on each screen is kept in var/browser."""
    handed: list[Device] = []

    def hand_out(login: str = "", shape: dict[str, object] = LAPTOP, *, script: bool = True) -> Device:
        device = Device(browser, server, shape, script=script)
        handed.append(device)
        if login:
            device.sign_in(login)
        return device

    yield hand_out
    failed = getattr(request.node, "failed", False)
    for number, device in enumerate(handed, 1):
        if failed:
            device.picture(PICTURES / f"{request.node.name}-{number}.png")
        device.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure, for the pictures."""
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report


def evening(day: int, month: int = 12, clock: str = "19:30") -> datetime:
    """A moment of the month that the tests live through."""
    hour, minute = map(int, clock.split(":"))
    return NOVEMBER.replace(day=day, month=month, hour=hour, minute=minute)


Path(PICTURES).mkdir(parents=True, exist_ok=True)
