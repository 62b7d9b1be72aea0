"""Logs hold ids and paths, never names or what was typed."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client

from chibo.lib.logs import Formatter
from tests.people import People, sign_in

TYPED = ("Trương Văn Bảy", "0912345678", "bàu sen ngã ba gương")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What every logger would write, formatted as in production, down to the finest level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    loggers = [logging.getLogger(), logging.getLogger("chibo"), logging.getLogger("django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield stream
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_a_walk_through_the_site_writes_no_name(client: Client, people: People, written: io.StringIO) -> None:
    new = {"full_name": TYPED[0], "kind": "official", "phone": TYPED[1]}
    client.post("/dang-nhap/", {"name": TYPED[0], "password": TYPED[2]})
    client.post("/so-chi-bo/dang-vien/moi/", new)
    sign_in(client, people.lan)
    for path in ("/", "/so-chi-bo/", "/so-chi-bo/dang-vien/?tim=Bảy", "/cuoc-hop/", "/cong-viec/", "/khong-co/"):
        client.get(path)
    client.post("/so-chi-bo/dang-vien/moi/", new | {"kind": ""})
    client.post("/so-chi-bo/dang-vien/moi/", new)
    client.post("/so-chi-bo/loi-moi/", {"all": "1"})
    Client(enforce_csrf_checks=True).post("/so-chi-bo/dang-vien/moi/", new)
    said = written.getvalue()
    assert "/khong-co/" in said, "the walk is written at all"
    names = [person.full_name for person in people.all().values()]
    assert not [word for word in (*TYPED, *names) if word in said]


def test_an_error_is_written_without_the_words_of_its_message(
    client: Client, people: People, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise IntegrityError(f"DETAIL: Failing row contains ({TYPED[0]}, {TYPED[1]})")

    monkeypatch.setattr("chibo.directory.views.members.enter_member", break_down)
    client.raise_request_exception = False
    sign_in(client, people.lan).post("/so-chi-bo/dang-vien/moi/", {"full_name": TYPED[0], "kind": "official"})
    said = written.getvalue()
    assert "IntegrityError" in said
    assert "members.py" in said
    assert not [word for word in TYPED if word in said]


def test_the_log_in_production_uses_this_formatter() -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "chibo.lib.logs.Formatter"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
