"""The cast's cell with a meeting in each state that a meeting may be in, made by the program's own commands."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chibo.lib.dates import at, month_start, now, today
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.prepare.announcing import announce
from chibo.meetings.prepare.by_groups import plan_by_groups
from chibo.meetings.prepare.commands import cancel_meeting, plan_meeting
from chibo.meetings.prepare.planning import MeetingKind
from chibo.meetings.room import commands as room
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.members.base_of_vote import EXCLUSIONS, base_of_vote
from chibo.members.models import GroupMember
from chibo.resolutions.models import Task
from chibo.resolutions.room import commands as deciding
from tests import make
from tests.people import People

PLACE = "Nhà văn hóa thôn Phú Hòa"


def _clear(people: People) -> None:
    """The cast's own meeting makes room for another of its month."""
    cancel_meeting(meeting=people.meeting, reason="Trùng lịch", by=people.standing("lan"))


def _planned(people: People, starts_at: datetime, *, on_paper: bool = False) -> Meeting:
    """A meeting with a whole programme, in preparation."""
    made = plan_meeting(
        cell=people.cell,
        kind=MeetingKind.REGULAR,
        period=month_start(starts_at),
        starts_at=starts_at,
        place=PLACE,
        on_paper=on_paper,
        by=people.standing("lan"),
    )
    item = AgendaItem.objects.filter(meeting=made, kind=AgendaItem.Kind.DISCUSSION).first() or make.item(made)
    make.question(item)
    return made


def _soon() -> datetime:
    return (now() + timedelta(days=5)).replace(hour=19, minute=30, second=0, microsecond=0)


def _last_month(people: People) -> Meeting:
    """The month before: held, signed, sent up; a task of it is open."""
    _clear(people)
    with at(now() - timedelta(days=30)):
        return _sent_up(people, _signed(people, _closed(people, _announced(people, now() + timedelta(minutes=6)))))


def _announced(people: People, starts_at: datetime) -> Meeting:
    made = _planned(people, starts_at)
    with at(now() - timedelta(minutes=5)):
        announce(meeting=made, by=people.standing("lan"))
    made.refresh_from_db()
    return made


def _opened(people: People, made: Meeting) -> Meeting:
    room.open_room(pen=Pen(made, people.standing("lan")), chair=people.lan.pk)
    made.refresh_from_db()
    room.elect_clerk(pen=Pen(made, people.standing("lan")), member=people.tam.pk)
    made.refresh_from_db()
    return made


def _closed(people: People, made: Meeting) -> Meeting:
    _opened(people, made)
    pen = Pen(made, people.standing("lan"))
    roll = log.room_of(made).roll.values()
    room.call(pen=pen, members=[people.binh.pk], state="absent", reason="health", reason_text="sốt")
    room.call(pen=pen, members=[one.person for one in roll if one.expected and not one.state], state="present")
    item = AgendaItem.objects.filter(meeting=made, kind=AgendaItem.Kind.DISCUSSION)[0]
    room.record_remark(pen=pen, item=item, text="Lắp gương trước ngày 20.", member=people.hung.pk)
    for task in Task.objects.open().exclude(meeting=made):
        deciding.review(pen=pen, task=task, result="partly", cause="Mưa nhiều", new_due=today() + timedelta(days=20))
    what, due = "Lắp 2 gương ở ngã ba Bàu Sen", today() + timedelta(days=20)
    deciding.give(pen=pen, draft=deciding.Draft(what, people.binh.pk, due, "Xem tại chỗ", [people.mai.pk]))
    deciding.conclude(pen=pen, kind="resolution", parts={"direction": "Giữ an toàn ngã ba."})
    base = base_of_vote(log.room_of(made).voters(), EXCLUSIONS)
    words = [str(one) for one in EXCLUSIONS]
    title, in_favour = "Nghị quyết", base.present
    room.take_vote(pen=pen, base=base, exclusions=words, subject="resolution", title=title, in_favour=in_favour)
    room.read_back(pen=pen)
    room.close(pen=pen)
    made.refresh_from_db()
    return made


def _signed(people: People, made: Meeting, by: tuple[str, ...] = ("tam", "lan")) -> Meeting:
    for name in by:
        minutes.sign(meeting=made, by=people.standing(name), asked=True)
        made.refresh_from_db()
    return made


def _sent_up(people: People, made: Meeting) -> Meeting:
    minutes.submit(meeting=made, by=people.standing("lan"))
    made.refresh_from_db()
    return made


def draft(people: People) -> Meeting:
    _last_month(people)
    return _planned(people, _soon())


def announced(people: People) -> Meeting:
    _last_month(people)
    return _announced(people, _soon())


def opened(people: People) -> Meeting:
    _last_month(people)
    return _opened(people, _announced(people, now() + timedelta(minutes=1)))


def closed(people: People) -> Meeting:
    _last_month(people)
    return _closed(people, _announced(people, now() + timedelta(minutes=1)))


def signed_once(people: People) -> Meeting:
    return _signed(people, closed(people), ("tam",))


def signed(people: People) -> Meeting:
    return _signed(people, closed(people))


def sent_up(people: People) -> Meeting:
    return _sent_up(people, signed(people))


def corrected(people: People) -> Meeting:
    made = sent_up(people)
    found = minutes.annotate(meeting=made, text="Số gương là 3.", section_key="content", by=people.standing("tam"))
    minutes.sign_annotation(annotation=found, by=people.standing("lan"))
    return made


def cancelled(people: People) -> Meeting:
    return cancel_meeting(meeting=announced(people), reason="Mưa bão", by=people.standing("lan"))


def broken_off(people: People) -> Meeting:
    made = opened(people)
    room.break_off(pen=Pen(made, people.standing("lan")), why="Mất điện cả thôn")
    made.refresh_from_db()
    return made


def on_paper(people: People) -> Meeting:
    """Held before Chibo came, to be entered: nothing recorded yet."""
    _clear(people)
    return _planned(people, now() - timedelta(days=12), on_paper=True)


def by_groups(people: People) -> Meeting:
    """A month that two groups hold; the first has met."""
    _clear(people)
    for number, names in enumerate((("lan", "hung", "tam", "son"), ("quyen", "binh", "mai")), 1):
        group = make.group(people.cell, f"Tổ đảng số {number}")
        for name in names:
            leads = name in ("tam", "binh")
            role = GroupMember.Role.LEADER if leads else GroupMember.Role.MEMBER
            make.group_member(group, people.all()[name], role)
    first, _ = plan_by_groups(
        cell=people.cell,
        kind=MeetingKind.REGULAR,
        period=month_start(_soon()),
        starts_at=_soon(),
        place=PLACE,
        reason="Hai xóm cách nhau 12 km",
        document="Công văn 14-CV/ĐU ngày 01/11/2026",
        by=people.standing("lan"),
    )
    room.open_room(pen=Pen(first, people.standing("tam")), chair=people.tam.pk)
    first.refresh_from_db()
    return first


STATES: dict[str, Callable[[People], Meeting]] = {
    "draft": draft,
    "announced": announced,
    "open": opened,
    "closed": closed,
    "signed once": signed_once,
    "signed": signed,
    "sent up": sent_up,
    "corrected": corrected,
    "cancelled": cancelled,
    "broken off": broken_off,
    "on paper": on_paper,
    "by groups": by_groups,
}
