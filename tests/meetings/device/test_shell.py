"""The page of the room on a device: one for everyone, without content, small, of one version with all that it needs."""

import json
from typing import Any

import pytest
from django.test import Client

from chibo.access.middleware import POLICY
from chibo.lib.compression import BROTLI, compressed
from chibo.meetings.device import shell
from chibo.meetings.models import Meeting
from tests.people import People

FIRST_LOAD = 129 * 1024


def test_it_is_the_same_for_everyone_and_holds_nothing_of_a_meeting(
    people: People, meeting: Meeting, lan: Client
) -> None:
    signed_in, anonymous = lan.get(shell.SHELL), Client().get(shell.SHELL)
    assert signed_in.status_code == 200 and signed_in.content == anonymous.content
    assert signed_in.headers["Cache-Control"] == "public, no-cache"
    for words in ("Lan", people.cell.name, meeting.title, str(meeting.pk), "csrf"):
        assert words not in signed_in.content.decode()


def test_worker_and_page_are_confirmed_by_their_version() -> None:
    for path in (shell.SHELL, f"{shell.SHELL}sw.js"):  # the worker fetches by the policy of its own answer
        first = Client().get(path)
        assert Client().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert first.headers["Content-Security-Policy"] == POLICY and "connect-src 'self'" in POLICY


def test_the_worker_keeps_every_module_of_the_page() -> None:
    kept = shell.build()
    names = shell.modules()
    assert {f"/static/{name}" for name in names} == set(json.loads(kept.scripts)["files"])
    assert {f"/static/{name}" for name in (*shell.STYLES, *shell.PICTURES, shell.BOOT)} == set(kept.files)
    assert {"meetings/room/fold.js", "look/preact.js", "meetings/device/screens/item.js"} <= set(names)
    for name in names:
        # A module that comes late would come from nowhere once there is no network.
        assert "import(" not in shell.script(name), name


def test_whatever_changes_makes_a_new_version(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    before = shell.build()
    assert before.version == shell.build().version
    assert before.version in before.worker and before.version in before.scripts
    settings.FICTITIOUS = not settings.FICTITIOUS
    assert shell.build().version != before.version
    monkeypatch.setattr(shell, "STYLES", shell.STYLES[:-1])
    assert shell.build().version != before.version


def test_the_first_load_is_small() -> None:
    """As it goes over the wire, compressed; what the worker fetches singly the page has loaded already."""
    made = shell.build()
    manifest = Client().get(f"{shell.SHELL}phong-hop.webmanifest").content
    texts = [made.page, made.worker, made.scripts, shell.script(shell.BOOT)]
    texts += [shell.style(name) for name in shell.STYLES]
    texts += [shell.source(name).decode() for name in shell.PICTURES]
    # Over https and on the machine itself, the only places where a room can be kept, browsers take Brotli.
    packed = sum(len(compressed(one, BROTLI)) for one in texts)
    icons = sum(len(shell.source(name)) for name in shell.ICONS.values())
    assert packed + len(manifest) + icons <= FIRST_LOAD, (packed, len(manifest), icons)


def test_it_can_be_put_on_the_home_screen() -> None:
    said = Client().get(f"{shell.SHELL}phong-hop.webmanifest").json()
    assert (said["start_url"], said["scope"], said["display"]) == (shell.SHELL, shell.SHELL, "standalone")
    assert {one["sizes"] for one in said["icons"]} == {"192x192", "512x512"}
    assert all(shell.source(name).startswith(b"\x89PNG") for name in shell.ICONS.values())
