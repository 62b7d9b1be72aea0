"""One meeting with everything that a signature covers: held in the room, signed by both, corrected, sent nowhere."""

from datetime import timedelta

from chibo.lib.dates import now, today
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import AgendaItem, Guest, Meeting, State
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import room_of
from chibo.members.base_of_vote import base_of_vote
from chibo.resolutions.models import Milestone, Resolution, Task
from chibo.resolutions.room import commands as decide
from chibo.rules.models import Rule
from tests import make
from tests.meetings.scoring.conftest import JUDGED, all_present, give, opened
from tests.people import People

WHY_ABSENT = "nằm viện tỉnh"


def held(people: People) -> Meeting:
    """Over, not signed: an old task reviewed, a new one given, votes, a closed item, a score, a guest, an absence."""
    old = make.task(make.signed(people.cell), people.binh, "Phát quang 6 hàng rào", due=today() - timedelta(days=2))
    meeting = make.meeting(
        people.cell, starts_at=now().replace(second=0, microsecond=0) - timedelta(hours=1), state=State.ANNOUNCED
    )
    talk = make.item(meeting)
    criticism = make.item(meeting, "Tự phê bình và phê bình", kind=AgendaItem.Kind.SELF_CRITICISM)
    pen = opened(meeting, people)
    room.elect_clerk(pen=pen, member=people.tam.pk)
    all_present(pen, [people.lan, people.hung, people.quyen, people.tam, people.mai, people.son])
    room.call(pen=pen, members=[people.binh.pk], state="absent", reason="health", reason_text=WHY_ABSENT)
    room.record_remark(pen=pen, item=talk, text="Lắp gương cầu lồi trước.", member=people.hung.pk)
    room.record_remark(pen=pen, item=criticism, text="Tôi nhận khuyết điểm chậm báo cáo.", member=people.quyen.pk)
    decide.review(pen=pen, task=old, result="partly", cause="còn 2 hộ", new_due=today() + timedelta(days=6))
    _decide(pen, people)
    for code, points in JUDGED.items():
        give(pen, code, points)
    give(pen, "1", 300, "Bắt đầu muộn 20 phút")
    give(pen, "2", 400, "Một đồng chí vắng")
    pen._append("close", None, {})
    meeting.refresh_from_db()
    task = Task.objects.get(meeting=meeting)
    Guest.objects.create(**meeting.keys, name="Lê Văn Khách", office="Bí thư Chi đoàn")
    Milestone.objects.get_or_create(**meeting.keys, task=task, what="Mua gương", due=task.due)
    return meeting


def _decide(pen: room.Pen, people: People) -> None:
    draft = decide.Draft(
        what="Lắp 2 gương cầu lồi ở ngã ba Bàu Sen",
        lead=people.hung.pk,
        helpers=(people.mai.pk,),
        helpers_text="Chi đoàn",
        due=today() + timedelta(days=17),
        how_checked="xem tại chỗ",
    )
    decide.give(pen=pen, draft=draft)
    decide.conclude(pen=pen, kind=Resolution.Kind.RESOLUTION, parts={"ideology": "Đảng viên yên tâm sản xuất."})
    exclusions = Rule.objects.general(today()).words("vote_base_exclusions")
    base = base_of_vote(room_of(pen.meeting).voters(), exclusions)
    room.take_vote(
        pen=pen,
        base=base,
        exclusions=exclusions,
        subject="resolution",
        title="thông qua nghị quyết",
        in_favour=base.present,
    )


def sign(meeting: Meeting, people: People) -> None:
    """Both sign."""
    for name in ("tam", "lan"):
        minutes.sign(meeting=meeting, by=people.standing(name))
    meeting.refresh_from_db()
    assert meeting.state == State.SIGNED


def correct(meeting: Meeting, people: People, text: str = "Hạn lắp gương là 20/12.", key: str = "conclusion") -> None:
    """Both sign a correction."""
    note = minutes.annotate(meeting=meeting, text=text, section_key=key, by=people.standing("tam"))
    minutes.sign_annotation(annotation=note, by=people.standing("lan"))
