"""Entries that come one by one write their own rows alone: the same as the whole log writes, at the same cost."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.meetings.models import AgendaItem, Attendance, Guest, Meeting, Remark, Vote
from chibo.meetings.room import log
from chibo.meetings.room.fold import Record
from chibo.resolutions.models import Resolution, Review, Task
from tests.meaning.logs import DEVICES, logs
from tests.meetings.device.joining.conftest import opening
from tests.meetings.device.joining.test_any_log import WHO, Browsers, _as_sent
from tests.people import People


def _rows(meeting: Meeting) -> list[Any]:
    """All rows that follow from the log."""
    models = (Attendance, Guest, Remark, Vote, Resolution, Review, Task)
    found = [list(model.objects.filter(meeting=meeting).order_by("pk").values()) for model in models]
    return [[{key: one for key, one in row.items() if key != "said_at"} for row in rows] for rows in found]


def test_each_entry_by_itself_leaves_the_rows_that_the_whole_log_leaves(
    browser: Browsers, meeting: Meeting, people: People
) -> None:
    browsers = [browser(name) for name in WHO]

    @settings(max_examples=15, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(logs(size=24), st.data())
    def bring(records: list[Record], data: st.DataObject) -> None:
        with transaction.atomic():
            browsers[0].write("open", **opening(people))
            browsers[0].send()
            for one in records:
                browsers[DEVICES.index(one.device)].send([_as_sent(one, meeting, people, data)])
            alone = _rows(meeting)
            meeting.refresh_from_db()
            log.rebuild(meeting)
            assert _rows(meeting) == alone
            transaction.set_rollback(True)
        meeting.refresh_from_db()
        for each in browsers:
            each.forget()

    bring()


@pytest.mark.parametrize("kind", ["remark", "attend", "task"])
def test_an_act_asks_the_database_as_much_at_the_end_of_a_long_evening_as_at_its_beginning(
    browser: Browsers, meeting: Meeting, item: AgendaItem, people: People, kind: str
) -> None:
    lan = browser("lan")
    payloads = {
        "remark": {"item": str(item.pk), "text": "Đèn hỏng hai bóng.", "member": str(people.binh.pk)},
        "attend": {"members": [str(people.binh.pk)], "state": "present"},
        "task": {"what": "Thay đèn", "lead": str(people.binh.pk), "due": "2026-12-20"},
    }
    lan.write("open", **opening(people))
    lan.send()

    def asked() -> tuple[list[str], int]:
        lan.write(kind, **payloads[kind])
        with CaptureQueriesContext(connection) as found:
            assert all("seq" in one for one in lan.send()["answers"])
        room = log.room_of(meeting)
        return [one["sql"] for one in found], len(room.remarks)

    for _ in range(2):
        asked()
    before, _ = asked()
    for _ in range(1000):
        lan.write("remark", **payloads["remark"])
    while lan.outbox:
        lan.send(lan.outbox[:500])
    asked()
    after, many = asked()
    assert many >= 1000 and len(after) <= len(before)
    assert not any('FROM "meetings_remark"' in one for one in after), "no remark is read for what changes none"
