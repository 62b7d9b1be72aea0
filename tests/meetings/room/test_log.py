"""The log: entries mean the same in any order, rows follow from them, and the chain finds a changed byte."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.access.models import MeetingDuty
from chibo.audit import chains
from chibo.audit.models import ChainHead
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from chibo.meetings.models import Attendance, Entry, Guest, Meeting, Remark, State, Vote
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.counting import recount
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.room.kinds import Misshapen
from chibo.members.base_of_vote import EXCLUSIONS, base_of_vote
from chibo.resolutions.models import Review, Task
from chibo.resolutions.room import commands as decide
from chibo.resolutions.room.kinds import decisions
from tests import make
from tests.people import People

BASE = UUID(int=7)
PERSONS = [str(uuid5(BASE, f"person {n}")) for n in range(4)]
ITEMS = [str(uuid5(BASE, f"item {n}")) for n in range(2)]
DEVICES = [uuid5(BASE, f"device {n}") for n in range(3)]


# ---------- The laws of the fold ----------
def entry_id(number: int) -> UUID:
    return uuid5(BASE, f"entry {number}")


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """A log of some devices: counters collide across devices, references may point at nothing, payloads may be odd."""
    size = draw(st.integers(0, 24))
    found, taken = [], set()
    for number in range(size):
        kind, payload = draw(payloads(number))
        device = draw(st.sampled_from(DEVICES))
        counter = draw(st.integers(1, 12))
        if (device, counter) in taken:
            continue
        taken.add((device, counter))
        at = datetime(2026, 12, 3, 12, draw(st.integers(0, 59)), tzinfo=UTC)
        seq, seen = draw(st.none() | st.just(number + 1)), draw(st.none() | st.integers(0, number))
        found.append(Record(entry_id(number), device, counter, kind, UUID(PERSONS[0]), payload, at, seq, seen))
    return found


def payloads(number: int) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    person, item = st.sampled_from(PERSONS), st.sampled_from(ITEMS)
    earlier = st.integers(0, max(0, number + 2)).map(lambda n: str(entry_id(n)))
    text = st.sampled_from(["một", "hai", "ba"])

    def of(kind: str, /, **fields: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
        return st.fixed_dictionaries(fields).map(lambda payload: (kind, payload))

    roll = st.just([{"person": one, "kind": "official"} for one in PERSONS[:3]])
    place = st.lists(st.tuples(person, st.just("present")).map(list), max_size=3)
    return st.one_of(
        of("open", chair=person, roll=roll),
        of("clerk", member=person),
        of(
            "attend", members=st.lists(person, min_size=1, max_size=2), state=st.sampled_from(["present", "absent", ""])
        ),
        of("guest", name=text),
        of("item", item=item, state=st.sampled_from(["open", "done", "put_off"])),
        of("remark", item=item, text=text, member=person),
        of("remark-edit", of=earlier, text=text),
        of("remark-withdraw", of=earlier),
        of("undo", of=earlier),
        of("undo", of=earlier),
        of("review", task=item, result=st.sampled_from(["done", "partly", "put_off"]), due_then=st.just("2026-12-01")),
        of("task", what=text, lead=person, due=st.just("2026-12-20")),
        of("task-withdraw", of=earlier),
        of("conclude", kind=st.sampled_from(["resolution", "conclusion"]), parts=st.just({"direction": "x"})),
        of(
            "vote",
            subject=st.just("other"),
            title=text,
            included=place,
            excluded=st.just([]),
            exclusions=st.just(["absent_excused"]),
            fraction=st.just("half"),
            in_favour=st.integers(0, 4),
            against=st.just(0),
            abstained=st.just(0),
        ),
        of("read"),
        of("close"),
        of("abort", why=text),
        of("nonsense", x=text),
        of("remark", item=text),
    )


@given(records(), st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_any_order_and_any_repetition_give_the_same_state(log_: list[Record], chance: random.Random) -> None:
    shuffled = log_ + [one for one in log_ if chance.random() < 0.3]
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(log_)


@given(records())
@settings(max_examples=60, deadline=None)
def test_nothing_that_happened_stops_the_fold(log_: list[Record]) -> None:
    room = fold(log_)
    for one in log_:
        told = one.id in room.undone or any(look.entry == one.id for look in room.needs_look)
        if one.kind == "remark" and not told:
            withdrawn = any(x.kind == "remark-withdraw" and x.payload["of"] == str(one.id) for x in log_)
            assert one.id in room.remarks or withdrawn


@given(records())
@settings(max_examples=60, deadline=None)
def test_undoing_an_undo_restores_the_state(log_: list[Record]) -> None:
    last = max((one.counter for one in log_), default=0)
    undoable = [one for one in log_ if one.kind not in ("undo", "open", "close", "abort", "nonsense")]
    for one in undoable[:3]:
        if one.id in fold(log_).undone:
            continue
        undo = Record(uuid4(), DEVICES[0], last + 1, "undo", UUID(PERSONS[0]), {"of": str(one.id)})
        again = Record(uuid4(), DEVICES[0], last + 2, "undo", UUID(PERSONS[0]), {"of": str(undo.id)})
        undone, restored = fold([*log_, undo]), fold([*log_, undo, again])
        assert one.id in undone.undone
        assert one.id not in restored.undone
        before = fold(log_)
        assert (restored.roll, restored.remarks, restored.votes, restored.items) == (
            before.roll,
            before.remarks,
            before.votes,
            before.items,
        )


def test_two_devices_that_had_not_seen_each_other_are_marked() -> None:
    def call(device: UUID, state: str, counter: int = 5) -> Record:
        payload = {"members": [PERSONS[0]], "state": state}
        return Record(uuid4(), device, counter, "attend", UUID(PERSONS[1]), payload)

    room = fold([call(DEVICES[0], "present"), call(DEVICES[1], "absent")])
    assert [look.why for look in room.needs_look] == ["two_devices"]
    assert not fold([call(DEVICES[0], "present"), call(DEVICES[1], "absent", 6)]).needs_look
    apart = [call(DEVICES[0], "present"), call(DEVICES[1], "absent")]
    assert not fold([*apart, call(DEVICES[0], "absent", 6)]).needs_look, "someone who saw both has settled it"


def called(device: UUID, counter: int, state: str, *, seq: int | None = None, seen: int | None = None) -> Record:
    payload = {"members": [PERSONS[0]], "state": state}
    return Record(uuid4(), device, counter, "attend", UUID(PERSONS[1]), payload, seq=seq, seen=seen)


def test_a_greater_counter_does_not_mean_that_the_other_was_seen() -> None:
    online = called(DEVICES[0], 5, "present", seq=5, seen=4)
    offline = called(DEVICES[1], 9, "absent", seq=6, seen=3)
    assert [look.why for look in fold([online, offline]).needs_look] == ["two_devices"]
    assert not fold([online, called(DEVICES[1], 9, "absent", seq=6, seen=5)]).needs_look
    assert not fold([online, called(DEVICES[1], 9, "present", seq=6, seen=3)]).needs_look, "they say the same"
    unsent = called(DEVICES[1], 9, "absent", seen=3)
    assert fold([online, unsent]).needs_look, "its own device marks it before it is sent, as all will after"


def test_two_fields_apart_stay_marked_until_one_who_saw_both_writes() -> None:
    apart = [called(DEVICES[0], 5, "present", seq=5, seen=4), called(DEVICES[1], 9, "absent", seq=6, seen=3)]
    half = called(DEVICES[0], 10, "absent", seq=7, seen=5)
    assert not fold([*apart, half]).needs_look, "what it had not seen says the same"
    assert fold([*apart, called(DEVICES[0], 10, "", seq=7, seen=5)]).needs_look
    assert not fold([*apart, called(DEVICES[0], 10, "", seq=7, seen=6)]).needs_look


def test_who_might_write_is_judged_after_the_whole_log_is_known() -> None:
    chair, clerk, stranger = (UUID(one) for one in PERSONS[:3])
    roll = [{"person": str(chair), "kind": "official"}]
    opened = Record(uuid4(), DEVICES[0], 1, "open", chair, {"chair": str(chair), "roll": roll, "keepers": [str(chair)]})
    said = Record(uuid4(), DEVICES[1], 1, "guest", clerk, {"name": "Ông Ba"})
    elected = Record(uuid4(), DEVICES[0], 2, "clerk", chair, {"member": str(clerk)})
    assert [look.why for look in fold([said, opened]).needs_look] == ["not_a_keeper"]
    assert not fold([said, opened, elected]).needs_look
    forged = Record(uuid4(), DEVICES[2], 3, "guest", stranger, {"name": "Bà Tư"})
    room = fold([opened, elected, forged])
    assert [look.why for look in room.needs_look] == ["not_a_keeper"] and forged.id in room.guests


def said(kind: str, counter: int, device: UUID = DEVICES[1], *, seq: int | None, seen: int, **payload: Any) -> Record:
    return Record(uuid4(), device, counter, kind, UUID(PERSONS[1]), payload, seq=seq, seen=seen)


CLOSED = said("close", 5, DEVICES[0], seq=5, seen=4)


def test_what_was_said_before_its_device_heard_of_the_closing_joins_the_meeting() -> None:
    remark = {"item": ITEMS[0], "text": "Lắp gương.", "member": PERSONS[0]}
    unheard = fold([CLOSED, said("remark", 9, seq=6, seen=4, **remark)])
    assert unheard.remarks and not unheard.needs_look
    heard = fold([CLOSED, said("remark", 9, seq=6, seen=5, **remark)])
    assert heard.remarks and [look.why for look in heard.needs_look] == ["after_closing"]
    here = fold([CLOSED, said("remark", 9, DEVICES[0], seq=6, seen=4, **remark)])
    assert [look.why for look in here.needs_look] == ["after_closing"], "its own device closed the meeting"


def test_an_item_turned_to_before_the_closing_was_heard_of_does_not_stay_open() -> None:
    turned = said("item", 9, seq=6, seen=4, item=ITEMS[0], state="open")
    room = fold([CLOSED, turned])
    assert room.current is None and room.items[UUID(ITEMS[0])].state == "done"


# ---------- With the database ----------
def hold(pen: Pen, people: People) -> None:
    """Everything that can be recorded, with second thoughts."""
    meeting = pen.meeting
    item = meeting.agendaitem_rows.first()
    assert item is not None
    everyone = Attendance.objects.filter(meeting=meeting).values_list("person_id", flat=True)
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    commands.call(pen=pen, members=[people.binh.pk], state="absent", reason="health", reason_text="sốt")
    rest = commands.call(pen=pen, members=[one for one in everyone if one != people.binh.pk], state="present")
    commands.call(pen=pen, members=[people.mai.pk], state="present", late_minutes=10)
    commands.undo(pen=pen, entry=commands.undo(pen=pen, entry=rest))
    pen.write("guest", name="Đinh Văn Phước", office="Trưởng ban Mặt trận")
    said = commands.record_remark(pen=pen, item=item, text="Lắp gương trước.", member=people.hung.pk)
    commands.record_remark(pen=pen, item=item, text="Xin cảm ơn.", guest="Đinh Văn Phước")
    pen.write("remark-edit", of=said.pk, text="Lắp gương trước ngày 20.")
    pen.write("note", about="fees", text="Đã nộp đủ.")
    old = Task.objects.open().exclude(meeting=meeting).get()
    decide.review(pen=pen, task=old, result="partly", cause="Mưa nhiều", new_due=today())
    draft = decide.Draft(
        "Lắp 2 gương ở ngã ba", people.hung.pk, make.at(today()).date(), "Xem tại chỗ", [people.mai.pk]
    )
    task = decide.give(pen=pen, draft=draft)
    decide.withdraw(pen=pen, task=decide.give(pen=pen, draft=draft).pk)
    decide.rewrite(pen=pen, task=task.pk, draft=draft)
    decide.conclude(pen=pen, kind="resolution", parts={"direction": "Giữ an toàn ngã ba."})
    room = log.room_of(meeting)
    base = base_of_vote(room.voters(), EXCLUSIONS)
    exclusions = [str(one) for one in EXCLUSIONS]
    commands.take_vote(
        pen=pen, base=base, exclusions=exclusions, subject="resolution", title="Nghị quyết", in_favour=base.present
    )
    commands.read_back(pen=pen)


def rows(meeting: Meeting) -> dict[str, list[dict[str, Any]]]:
    """Every projected row of a meeting, as plain values."""
    tables = {
        "attendance": Attendance.objects.filter(meeting=meeting),
        "guests": Guest.objects.filter(meeting=meeting),
        "remarks": Remark.objects.filter(meeting=meeting),
        "votes": Vote.objects.filter(meeting=meeting),
        "reviews": Review.objects.filter(meeting=meeting),
        "tasks": Task.objects.filter(meeting=meeting),
        "resolutions": meeting.resolutions.all(),
        "duties": MeetingDuty.objects.filter(meeting_id=meeting.pk),
        "meeting": Meeting.objects.filter(pk=meeting.pk),
    }
    return {name: list(table.order_by("pk").values()) for name, table in tables.items()}


def test_rebuilding_gives_the_rows_that_were_written(pen: Pen, people: People) -> None:
    hold(pen, people)
    before = rows(pen.meeting)
    assert all(before.values())
    log.rebuild(pen.meeting)
    assert rows(pen.meeting) == before
    Attendance.objects.filter(meeting=pen.meeting).update(state="")
    Remark.objects.filter(meeting=pen.meeting).delete()
    Vote.objects.filter(meeting=pen.meeting).delete()
    log.rebuild(pen.meeting)
    assert rows(pen.meeting) == before


def test_rows_written_one_by_one_equal_rows_from_the_whole_log(pen: Pen, people: People) -> None:
    person, item = people.binh.pk, pen.meeting.agendaitem_rows.first()
    assert item is not None
    steps = [
        lambda: commands.call(pen=pen, members=[person], state="absent", reason="work"),
        lambda: commands.call(pen=pen, members=[person, people.mai.pk], state="present", left_early=True),
        lambda: pen.write("guest", name="Khách"),
        lambda: commands.record_remark(pen=pen, item=item, text="Một", member=person),
        lambda: pen.write("remark-edit", of=Remark.objects.get(meeting=pen.meeting).pk, text="Hai"),
        lambda: pen.write("remark-withdraw", of=Remark.objects.get(meeting=pen.meeting).pk),
    ]
    for step in steps:
        step()
        before = rows(pen.meeting)
        log.rebuild(pen.meeting)
        assert rows(pen.meeting) == before


def test_an_entry_sent_again_changes_nothing(pen: Pen, people: People) -> None:
    id_ = uuid4()
    first = commands.call(pen=pen, members=[people.binh.pk], state="present", id=id_)
    before = rows(pen.meeting)
    again = commands.call(pen=pen, members=[people.binh.pk], state="present", id=id_)
    assert again.seq == first.seq and rows(pen.meeting) == before
    commands.call(pen=pen, members=[people.mai.pk], state="present")
    assert not list(breaks())


def test_a_payload_of_another_shape_is_refused(pen: Pen) -> None:
    with pytest.raises(Misshapen):
        pen.write("attend", members=["ai đó"], state="present")
    with pytest.raises(Misshapen):
        pen.write("dance", step="một")


def test_the_chain_holds_and_a_changed_byte_is_found(pen: Pen, people: People) -> None:
    hold(pen, people)
    assert not list(breaks())
    entries = list(Entry.objects.filter(meeting=pen.meeting).order_by("seq"))
    links = [replace(link, payload=str(link.payload).replace("sốt", "say")) for link in map(log.read_link, entries)]
    head = ChainHead.objects.get(chain=pen.meeting.pk)
    found = chains.first_break(pen.meeting.pk, links, (head.seq, bytes(head.hash)))
    assert found is not None and "nội dung" in found.why
    changed = next(one for one in entries if "sốt" in (one.payload or ""))
    assert found.seq == changed.seq


def test_entries_cannot_be_changed_or_removed_by_the_application(pen: Pen) -> None:
    from django.db import ProgrammingError, transaction

    for statement in ("UPDATE meetings_entry SET payload = '{}'", "DELETE FROM meetings_entry"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_opening_makes_a_roll_on_which_nobody_has_a_state(pen: Pen, people: People) -> None:
    lines = Attendance.objects.filter(meeting=pen.meeting)
    assert lines.count() == 10 and not lines.exclude(state="").exists()
    pen.meeting.refresh_from_db()
    assert pen.meeting.state == State.OPEN and pen.meeting.chair == people.lan


def test_the_elected_clerk_has_a_part_in_this_meeting_alone(pen: Pen, people: People) -> None:
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    assert people.standing("tam").keeps(pen.meeting.pk, people.cell.pk)
    commands.elect_clerk(pen=pen, member=people.binh.pk)
    assert not people.standing("tam").keeps(pen.meeting.pk, people.cell.pk)


def test_a_result_that_a_later_correction_of_the_roll_would_turn_is_marked(pen: Pen, people: People) -> None:
    here, absent = [people.lan.pk, people.hung.pk, people.quyen.pk], [people.binh.pk, people.tam.pk]
    commands.call(pen=pen, members=here, state="present")
    commands.call(pen=pen, members=absent, state="absent", reason="health")
    exclusions = [str(one) for one in EXCLUSIONS]
    base = base_of_vote(log.room_of(pen.meeting).voters(), exclusions)
    commands.take_vote(
        pen=pen, base=base, exclusions=exclusions, subject="other", title="Một việc", in_favour=2, against=1
    )
    assert (base.size, base.needed()) == (3, 2) and not log.room_of(pen.meeting).needs_look
    commands.call(pen=pen, members=[people.tu.pk], state="present")
    assert not log.room_of(pen.meeting).needs_look, "who need not come, and came after the vote, has not voted"
    commands.call(pen=pen, members=absent, state="absent", reason="unknown")
    (look,) = log.room_of(pen.meeting).needs_look
    assert look.why == "vote_base" and Vote.objects.get(meeting=pen.meeting).base_size == 3
    recount(pen=pen, room=log.room_of(pen.meeting), vote=look.entry)
    assert not log.room_of(pen.meeting).needs_look
    vote = Vote.objects.get(meeting=pen.meeting)
    assert (vote.base_size, vote.in_favour, vote.passed) == (5, 2, False)


def test_closing_gives_the_tasks_and_settles_what_is_done(pen: Pen, people: People) -> None:
    hold(pen, people)
    old = Task.objects.open().exclude(meeting=pen.meeting).get()
    decide.review(pen=pen, task=old, result="done")
    commands.close(pen=pen)
    old.refresh_from_db()
    pen.meeting.refresh_from_db()
    assert old.settled_at is not None and pen.meeting.state == State.CLOSED
    assert Task.objects.given().filter(meeting=pen.meeting).count() == 1
    assert decisions(log.room_of(pen.meeting)).kind == "resolution"


def test_a_meeting_broken_off_gives_and_settles_nothing(pen: Pen, people: People) -> None:
    hold(pen, people)
    commands.break_off(pen=pen, why="Mất điện")
    pen.meeting.refresh_from_db()
    assert pen.meeting.state == State.CLOSED and pen.meeting.aborted_why == "Mất điện"
    assert not Task.objects.given().filter(meeting=pen.meeting).exists()


def test_closing_is_refused_while_anything_is_left(pen: Pen, people: People) -> None:
    with pytest.raises(commands.MayNotClose) as refused:
        commands.close(pen=pen)
    reasons = " ".join(bar.reason for bar in refused.value.bars)
    for words in ("thư ký", "chưa điểm danh", "một việc chưa xem", "Chưa có kết luận"):
        assert words in reasons
    assert "đọc lại" not in reasons  # reading back is recorded where it happened, and never demanded


def test_a_draft_changed_after_its_vote_bars_the_closing(pen: Pen, people: People) -> None:
    hold(pen, people)
    decide.conclude(pen=pen, parts={"direction": "Khác"})
    assert [bar.action for bar in commands.closing_bars(pen.meeting)] == ["Biểu quyết lại"]
