"""Devices that send at the same time, with real transactions: no gap, no double, chains whole."""

import threading
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from chibo.access.scope import person_scope, system_scope
from chibo.audit import chains
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from chibo.meetings.models import Entry, Meeting, Remark
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
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
                    one.write("remark", item=item.pk, text=f"Câu {number} {one.device}", member=cast.binh.pk)
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


@pytest.mark.parametrize("kind", ["clerk", "attend"])
def test_a_page_of_the_room_never_holds_the_chain_while_it_waits_for_the_meeting(kind: str) -> None:
    with system_scope():
        cast = gather()
        meeting = make.meeting(cast.cell, starts_at=make.at(today()))
        commands.open_room(pen=Pen(meeting, cast.standing("lan"), uuid4()), chair=cast.lan.pk)
    meeting_held, page_writes = threading.Event(), threading.Event()
    payload = {"clerk": {"member": cast.tam.pk}, "attend": {"members": [cast.tam.pk], "state": "present"}}[kind]

    def joins_up() -> None:
        with system_scope(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '4s'")
            commands.locked(Meeting.objects.get(pk=meeting.pk))
            meeting_held.set()
            assert page_writes.wait(10)
            time.sleep(0.5)  # by now the page has what it can get
            chains.next_place(meeting.pk)
            transaction.set_rollback(True)

    def writes() -> None:
        assert meeting_held.wait(10)
        with person_scope(cast.hung.pk) as standing:
            mine = Meeting.objects.get(pk=meeting.pk)
            page_writes.set()
            Pen(mine, standing, uuid4()).write(kind, **payload)

    at_once(joins_up, writes)
    with system_scope():
        assert Entry.objects.filter(meeting=meeting, kind=kind).count() == 1
        assert list(breaks()) == []
