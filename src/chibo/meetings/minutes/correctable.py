"""The facts of signed minutes that a correction may name: which field, what stands there, what is right.

So a correction can be counted with later, and not only read. What a row is called and how its value is said are those
of the minutes; the row itself is never changed.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from chibo.lib.dates import format_date, format_time
from chibo.meetings import registries
from chibo.meetings.models import AgendaItem, Annotation, Attendance, DigestList, Meeting, MinutesSection, Reason, Vote
from chibo.meetings.registries import Correctable

Class = MinutesSection.DataClass


def correctable(meeting: Meeting) -> list[Correctable]:
    """Every fact of a meeting's minutes that can be corrected, with what stands there by the completed corrections."""
    complete = Annotation.objects.filter(meeting=meeting, digest_lists__covers=DigestList.Covers.SEAL)
    said = {(one.fact, one.field): one.new_value for one in complete.exclude(fact="").order_by("number")}
    sources = (_of_the_meeting, _of_the_roll, _of_votes, *registries.correctable_sources)
    facts = [fact for source in sources for fact in source(meeting)]
    return [one.now(said.get((one.fact, one.field), one.value)) for one in facts]


def _of_the_meeting(meeting: Meeting) -> Iterator[Correctable]:
    fact = f"meeting:{meeting.pk}"
    yield Correctable(fact, "place", "Cuộc họp", "địa điểm", meeting.place)
    for field, words in (("opened_at", "giờ bắt đầu"), ("closed_at", "giờ kết thúc")):
        yield Correctable(fact, field, "Cuộc họp", words, _moment(getattr(meeting, field)))


def _moment(at: datetime | None) -> str:
    return f"{format_time(at)}, {format_date(at)}" if at else ""


def _of_the_roll(meeting: Meeting) -> Iterator[Correctable]:
    lines = Attendance.objects.filter(meeting=meeting).select_related("person").order_by("person__sort_key", "pk")
    for line in lines:
        name = f"Điểm danh, đồng chí {line.person.full_name}"
        state = str(line.get_state_display()) if line.state else "chưa điểm danh"
        yield Correctable(f"attendance:{line.pk}", "state", name, "có mặt hay vắng", state)
        if line.state == Attendance.State.ABSENT:
            reason = str(Reason(line.reason or Reason.UNKNOWN).label)
            yield Correctable(f"attendance:{line.pk}", "reason", name, "lý do vắng", reason)


def _of_votes(meeting: Meeting) -> Iterator[Correctable]:
    """Votes; those taken at a closed item are of its class."""
    closed = AgendaItem.with_removed.filter(meeting=meeting, kind=AgendaItem.Kind.SELF_CRITICISM)
    places: set[UUID] = set(closed.values_list("pk", flat=True))
    for vote in Vote.objects.filter(meeting=meeting):
        data_class = Class.SELF_CRITICISM if vote.item_id in places else Class.DISCUSSION
        name = f"Biểu quyết “{vote.title}”"
        for field, words in (
            ("in_favour", "số tán thành"),
            ("against", "số không tán thành"),
            ("abstained", "số không biểu quyết"),
            ("base_size", "số người tính"),
        ):
            yield Correctable(f"vote:{vote.pk}", field, name, words, str(getattr(vote, field)), data_class)
