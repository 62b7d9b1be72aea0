"""A copy carried by hand: sealed, taken in by any keeper under the same rules, each entry once."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from chibo.audit.models import Event
from chibo.lib.dates import now
from chibo.meetings.device import registering
from chibo.meetings.device.copy_file import sealed
from chibo.meetings.models import Entry, Meeting, RoomDevice, SetAside, State
from tests import make
from tests.meetings.device.joining.conftest import Browser, opening
from tests.meetings.device.joining.test_exchange import whole
from tests.people import People

Browsers = Callable[[str], Browser]


def load(who: Browser, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("chibo-ban-sao-2026-11-25.json", content, content_type="application/json")
    return who.client.post(f"{who.path}ban-sao/", {"file": file})  # type: ignore[return-value]


def copy_of(who: Browser) -> bytes:
    return sealed(who.row, who.outbox, os.urandom(12))


def test_any_keeper_takes_it_in_and_the_entries_are_of_whoever_wrote_them(
    lan: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    tam = browser("tam")
    lan.write("open", **opening(people))
    lan.write("guest", name="Ông Ba")
    answer = load(tam, copy_of(lan))
    assert answer.status_code == 302
    page = tam.client.get(answer.headers["Location"]).content.decode()
    assert "Đã nạp 2 dòng mới từ máy của đồng chí Nguyễn Thị Lan." in page
    assert set(Entry.objects.filter(meeting=meeting).values_list("author_id", "device")) == {
        (people.lan.pk, lan.row.pk)
    }
    opened = Event.objects.get(kind="meeting.opened", object_id=meeting.pk)
    assert opened.actor_id == people.tam.pk and str(people.lan.pk) in (opened.payload or "")
    assert [one["seq"] for one in lan.send()["answers"]] == [1, 2], "the device itself comes later, and loses nothing"
    again = tam.client.get(load(tam, copy_of_all(lan)).headers["Location"]).content.decode()
    assert "không có dòng nào mới; 2 dòng đã có từ trước" in again
    whole(meeting)


def copy_of_all(who: Browser) -> bytes:
    keys = ("id", "counter", "kind", "payload", "at", "seen")
    entries = [{key: one[key] for key in keys} for one in who.entries.values()]
    return sealed(who.row, entries, os.urandom(12))


def test_a_changed_byte_another_key_and_another_meeting_are_refused(
    lan: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    lan.write("open", **opening(people))
    good = json.loads(copy_of(lan))
    other = browser("tam")
    data = good["data"]
    bad = [
        b"",
        b"{",
        b"[]",
        json.dumps({**good, "data": data[:40] + ("A" if data[40] != "A" else "B") + data[41:]}).encode(),
        json.dumps({**good, "device": other.device}).encode(),
        json.dumps({**good, "device": str(uuid4())}).encode(),
        json.dumps({**good, "meeting": str(uuid4())}).encode(),
        json.dumps({**good, "iv": 7}).encode(),
        json.dumps({**good, "iv": "////"}).encode(),
        json.dumps({key: good[key] for key in ("chibo", "version", "meeting", "device")}).encode(),
    ]
    for content in bad:
        answer = load(other, content)
        assert answer.status_code == 422, content[:60]
    assert not Entry.objects.filter(meeting=meeting).exists()


def test_a_file_of_many_pieces_is_refused_before_it_is_read(lan: Browser, people: People, meeting: Meeting) -> None:
    """Twenty megabytes of small pieces would take seconds to read, in which nobody else is answered."""
    lan.write("open", **opening(people))
    copy = json.loads(copy_of(lan))
    for more in ({"more": [1]}, {"more": {"more": {}}}, {str(number): 1 for number in range(20)}):
        assert load(lan, json.dumps({**copy, **more}).encode()).status_code == 422
    assert load(lan, json.dumps(copy).encode()).status_code == 302
    assert Entry.objects.filter(meeting=meeting).count() == 1


def test_a_copy_that_names_another_author_is_refused(lan: Browser, people: People) -> None:
    lan.write("guest", name="Ông Ba")
    row = lan.row
    row.person_id = people.binh.pk
    assert load(lan, sealed(row, lan.outbox, os.urandom(12))).status_code == 422


def test_after_the_signatures_or_from_a_device_that_was_cut_off_it_is_set_aside(
    lan: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    hung = browser("hung")
    hung.write("guest", name="Ông Ba")
    RoomDevice.objects.filter(pk=hung.device).update(removed_at=now())
    assert "1 dòng để riêng ở Ghi muộn" in lan.client.get(load(lan, copy_of(hung)).headers["Location"]).content.decode()
    assert SetAside.objects.get(meeting=meeting).why == "cut_off"
    lan.write("guest", name="Bà Tư")
    Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED, signed_at=now())
    load(lan, copy_of(lan))
    assert set(SetAside.objects.filter(meeting=meeting).values_list("why", flat=True)) == {"cut_off", "signed"}


def test_a_long_meeting_comes_in_parts(lan: Browser, people: People, meeting: Meeting) -> None:
    lan.write("open", **opening(people))
    for _ in range(1200):
        lan.write("lead")
    load(lan, copy_of(lan))
    assert Entry.objects.filter(meeting=meeting).count() == 1201


@pytest.mark.parametrize("name", ["binh", "khanh", "phuc"])
def test_it_checks_access(lan: Browser, people: People, name: str) -> None:
    from django.test import Client

    from tests.people import sign_in

    stranger = Browser(sign_in(Client(), people.all()[name]), lan.meeting)
    assert stranger.client.get(f"{lan.path}ban-sao/").status_code == 404
    assert load(stranger, copy_of(lan)).status_code == 404


# ---------- Read by the other devices ----------
def common_of(who: Browser) -> str:
    """The key in common, as a pack gives it."""
    return str(who.client.get(f"{who.path}goi/").json()["common"])


def test_the_devices_of_a_meeting_have_one_key_in_common_and_another_meeting_another(
    lan: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    tam = browser("tam")
    assert common_of(lan) == common_of(tam) == bytes(tam.row.common or b"").hex()
    assert len(common_of(lan)) == 64 and common_of(lan) not in (
        bytes(lan.row.seal or b"").hex(),
        bytes(lan.row.unlock or b"").hex(),
    )
    other = Browser(lan.client, make.meeting(people.cell, starts_at=meeting.starts_at + timedelta(days=30)))
    assert common_of(other) == "", "before the first device is made ready"
    other.register()
    assert common_of(other) not in ("", common_of(lan))


def test_the_key_in_common_goes_with_the_others(lan: Browser, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        state=State.SIGNED, closed_at=meeting.starts_at, signed_at=meeting.starts_at - timedelta(days=40)
    )
    assert registering.erase_keys() == 1
    assert (lan.row.unlock, lan.row.seal, lan.row.common) == (None, None, None)


def test_what_a_file_holds_for_other_devices_the_server_reads_past(
    lan: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    lan.write("open", **opening(people))
    forged = {**json.loads(copy_of(lan)), "shared": {"iv": "AAAA", "data": "AAAA"}}
    assert load(browser("tam"), json.dumps(forged).encode()).status_code == 302
    assert Entry.objects.filter(meeting=meeting).count() == 1
