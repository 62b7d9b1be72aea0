"""What a process knows of a log: always what a fresh reading finds, and nothing for whoever may not read it."""

from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.access.scope import scope
from chibo.lib.dates import now
from chibo.lib.recent import Recent
from chibo.meetings import registries
from chibo.meetings.models import AgendaItem, Entry, Meeting, State
from chibo.meetings.room import commands, known, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.room.state import state_of
from tests import make
from tests.meetings.room.test_log import records
from tests.people import People


def fresh(meeting: Meeting) -> known.Known:
    """What a process finds that has never heard of the meeting."""
    kept = known._known
    known._known = Recent(known.MOST_LOGS, known.SECONDS)
    try:
        return known.log_of(meeting)
    finally:
        known._known = kept


def is_as_fresh(meeting: Meeting) -> bool:
    found, wanted = known.log_of(meeting), fresh(meeting)
    assert found.records == wanted.records and (found.seq, found.hash) == (wanted.seq, wanted.hash)
    zones = [[one.at and one.at.utcoffset() for one in each.records] for each in (found, wanted)]
    assert zones[0] == zones[1]
    return state_of(found.room) == state_of(fold(wanted.records))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=records(), cut=st.lists(st.integers(0, 24), max_size=3), pulled=st.booleans())
def test_in_whatever_parts_a_log_arrives_it_means_what_a_fresh_reading_means(
    people: People, written: list[Record], cut: list[int], pulled: bool
) -> None:
    written = [one for one in written if one.kind in registries.entry_kinds]
    with transaction.atomic():
        meeting = make.meeting(people.cell)
        for start, end in pairwise(sorted({0, *cut, len(written)})):
            log.append_together(meeting, written[start:end])
            if pulled:
                assert is_as_fresh(meeting)
        assert is_as_fresh(meeting)
        transaction.set_rollback(True)


def test_what_is_known_is_not_read_again(pen: Pen, people: People) -> None:
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    log.room_of(pen.meeting)
    with CaptureQueriesContext(connection) as asked:
        assert log.room_of(pen.meeting) is log.room_of(pen.meeting)
    assert len(asked) == 2 and known._rows(pen.meeting, known.log_of(pen.meeting).seq)[1:] == []


def test_what_another_process_wrote_is_heard_at_the_next_question(pen: Pen, people: People) -> None:
    assert log.room_of(pen.meeting).clerk is None
    here, known._known = known._known, Recent(known.MOST_LOGS, known.SECONDS)
    try:
        commands.elect_clerk(pen=pen, member=people.tam.pk)
    finally:
        known._known = here
    assert log.room_of(pen.meeting).clerk == people.tam.pk
    assert is_as_fresh(pen.meeting)


@pytest.mark.parametrize("again", [True, False])
def test_what_was_rolled_back_was_never_known(pen: Pen, people: People, again: bool) -> None:
    log.room_of(pen.meeting)
    with transaction.atomic():
        commands.elect_clerk(pen=pen, member=people.tam.pk)
        assert log.room_of(pen.meeting).clerk == people.tam.pk
        transaction.set_rollback(True)
    if again:  # another entry has its number now
        commands.elect_clerk(pen=pen, member=people.binh.pk)
    assert log.room_of(pen.meeting).clerk == (people.binh.pk if again else None)
    assert is_as_fresh(pen.meeting)


@pytest.mark.parametrize("who", ["binh", "khanh", "dung", "phuc", "suspended"])
def test_whoever_may_not_read_the_log_gets_nothing_of_what_is_known(pen: Pen, people: People, who: str) -> None:
    with scope(people.standing("lan")):
        assert log.records_of(pen.meeting)
        with scope(people.standing(who)):
            assert log.records_of(pen.meeting) == []
            assert log.room_of(pen.meeting).chair is None
        assert log.records_of(pen.meeting)


def test_what_is_erased_is_known_no_more(pen: Pen) -> None:
    assert log.records_of(pen.meeting)
    Meeting.objects.filter(pk=pen.meeting.pk).update(state=State.SIGNED, signed_at=now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_erase(%s)", [pen.meeting.pk])
    assert log.records_of(pen.meeting) == [] and known._known.get(pen.meeting.pk) is None


def test_screens_read_the_state_and_change_nothing_of_it(lan: Client, pen: Pen, people: People) -> None:
    path, item = f"/cuoc-hop/{pen.meeting.pk}/phong/", AgendaItem.objects.filter(meeting=pen.meeting).first()
    assert item is not None
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    commands.call(pen=pen, members=[people.lan.pk, people.binh.pk], state="present")
    commands.record_remark(pen=pen, item=item, text="Đèn hỏng hai bóng.", member=people.binh.pk)
    pen.write("claim", member=people.mai.pk, how="code")
    pen.write("ask", member=people.binh.pk)
    pages = ("diem-danh/", "thu-ky/", f"muc/{item.pk}/", "viec-cu/", "viec-moi/", "ket-luan/", "bieu-quyet/")
    for page in (*pages, "y-kien-khac/", "bo-phieu-kin/", "im-lang/", "ket-thuc/", "xem-lai/"):
        before = log.room_of(pen.meeting)
        assert lan.get(path + page).status_code in (200, 302), page
        assert log.room_of(pen.meeting) is before
        assert state_of(before) == state_of(fold(log.records_of(pen.meeting))), page


def test_a_list_of_entries_is_ones_own(pen: Pen) -> None:
    log.records_of(pen.meeting).clear()
    assert log.records_of(pen.meeting)


def test_an_empty_log_is_known_to_nobody(people: People) -> None:
    one, other = make.meeting(people.cell), make.meeting(people.cell)
    assert log.room_of(one) is not log.room_of(other)
    assert known._known.get(one.pk) is None


def test_logs_are_not_known_without_end(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_known", few := Recent[Any](2, 600))
    for _ in range(4):
        meeting = make.meeting(people.cell)
        log.append_together(meeting, [Record(uuid4(), uuid4(), 1, "guest", people.lan.pk, {"name": "Ông Sáu"}, now())])
        assert len(few) <= 2 and is_as_fresh(meeting)


def test_whoever_reads_one_entry_of_a_meeting_reads_all(pen: Pen, people: People) -> None:
    """What is known is asked for by its last entry alone: a right to single entries would open the others."""
    pen.write("attend", members=[people.binh.pk], state="present")
    Pen(pen.meeting, people.standing("binh")).write_own("ask", member=people.binh.pk)
    every = Entry.objects.filter(meeting=pen.meeting).count()
    for name in (*people.all(), "operator"):
        with scope(people.standing(name)):
            assert Entry.objects.filter(meeting=pen.meeting).count() in (0, every), name
    with scope(people.standing("binh")):
        assert log.records_of(pen.meeting) == [], "the last entry is one's own"
