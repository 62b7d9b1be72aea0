"""What has had its time is erased with its salt; the chains still verify, and the erasure itself is recorded."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError

from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing
from chibo.audit import erasing, events
from chibo.audit.models import Event, Reading
from chibo.audit.sentences import sentence_of
from chibo.lib import dates
from chibo.lib.dates import now
from tests.audit.conftest import BINH, CELL, LAN, OTHER, found

ROOT = OTHER
YEAR_AGO = timedelta(days=365)


def written_a_year_ago() -> None:
    with dates.at(now() - YEAR_AGO), system_scope():
        events.record("member.left", chain=CELL, by=LAN, person=str(BINH), last_day="2025-11-01")
        events.record("meeting.opened", chain=CELL, by=LAN, chair=str(LAN))


def test_an_erased_payload_is_not_called_a_break(transactional_db: None) -> None:
    written_a_year_ago()
    with system_scope():
        events.record("member.left", chain=CELL, by=LAN, person=str(BINH))
        before = now() - timedelta(days=40)
        assert erasing.erase_payloads(kinds=["member.left"], before=before, chain=ROOT) == 1
        erased, kept, young = Event.objects.filter(chain=CELL).order_by("seq")
    assert (erased.payload, erased.salt) == (None, None)
    assert kept.payload and young.payload
    assert sentence_of(erased.kind, {}, {}) == "ghi một đồng chí chuyển đi khỏi chi bộ"
    assert not found()


def test_the_erasure_is_recorded_with_its_number_alone(transactional_db: None) -> None:
    written_a_year_ago()
    with system_scope():
        before = now() - timedelta(days=40)
        erasing.erase_payloads(kinds=["member.left", "meeting.opened"], before=before, chain=ROOT)
        event = Event.objects.get(chain=ROOT)
    assert json.loads(str(event.payload)) == {"erased": 2, "before": before.date().isoformat()}


def test_nothing_to_erase_is_not_recorded(transactional_db: None) -> None:
    with system_scope():
        before = now() - timedelta(days=40)
        assert erasing.erase_payloads(kinds=["member.left"], before=before, chain=ROOT) == 0
        assert not Event.objects.exists()


def test_what_is_younger_than_a_month_is_never_erased(transactional_db: None) -> None:
    with pytest.raises(DatabaseError, match="30 days"), system_scope():
        erasing.erase_payloads(kinds=["member.left"], before=now() - timedelta(days=20), chain=ROOT)
    with pytest.raises(DatabaseError, match="30 days"), system_scope():
        erasing.forget_readings(before=now() - timedelta(days=20), chain=ROOT)


def test_nobody_but_the_system_erases(transactional_db: None) -> None:
    for erase in (
        lambda: erasing.erase_payloads(kinds=["member.left"], before=now() - YEAR_AGO, chain=ROOT),
        lambda: erasing.forget_readings(before=now() - YEAR_AGO, chain=ROOT),
    ):
        for who in (Standing.nobody(), Standing(person_id=LAN, committee_cells=(CELL,))):
            with pytest.raises(DatabaseError, match="system alone"), scope(who):
                erase()


def test_readings_are_forgotten_after_their_time(transactional_db: None) -> None:
    with system_scope():
        for age in (10, 400):
            hour = now() - timedelta(days=age)
            row = {"capacity": "above", "what": "minutes", "object_type": "meetings.meeting", "object_id": CELL}
            Reading.objects.create(cell_id=CELL, person_id=LAN, hour=hour, **row)
        assert erasing.forget_readings(before=now() - YEAR_AGO, chain=ROOT) == 1
        assert Reading.objects.count() == 1
