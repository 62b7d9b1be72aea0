"""Devices that send at the same time, with real transactions: no gap, no double, chains whole."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from chibo.access.scope import system_scope
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from chibo.meetings.models import Entry, Meeting, Remark
from chibo.meetings.room import log
from tests import make
from tests.meetings.device.joining.conftest import Browser, opening
from tests.people import gather, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
EACH, ROUNDS = 5, 6


def at_once(*acts: Callable[[], None]) -> None:
    """Each in its own thread, with a connection of its own."""
    failed: list[BaseException] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed, failed


def test_two_devices_at_once_lose_and_double_nothing() -> None:
    with system_scope():
        cast = gather()
        meeting = make.meeting(cast.cell, starts_at=make.at(today()))
        make.duty(meeting, cast.tam, "clerk")
        item = make.item(meeting)
        clients = [sign_in(Client(), who) for who in (cast.lan, cast.tam, cast.lan)]
    browsers = [Browser(client, meeting) for client in clients]
    for one in browsers:
        one.register()
    browsers[0].write("open", **opening(cast))
    browsers[0].send()

    def sends(one: Browser) -> Callable[[], None]:
        def act() -> None:
            for _ in range(ROUNDS):
                for number in range(EACH):
                    one.write("remark", item=item.pk, text=f"Câu {number}", member=cast.binh.pk)
                one.post(one.body(one.outbox))  # its answer is lost
                one.send()

        return act

    at_once(*(sends(one) for one in browsers))
    for one in browsers:
        one.send()
    with system_scope():
        found = Meeting.objects.get(pk=meeting.pk)
        wanted = len(browsers) * EACH * ROUNDS
        assert Remark.objects.filter(meeting=found).count() == wanted
        numbers = list(Entry.objects.filter(meeting=found).order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, wanted + 2))
        assert list(breaks()) == []
        assert not log.room_of(found).needs_look
    assert {len(one.entries) for one in browsers} == {wanted + 1}
