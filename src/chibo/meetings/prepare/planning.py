"""The next meeting, proposed from the registered schedule and the last meeting of its kind. A person confirms it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import models

from chibo.lib.dates import ZONE, add_months, local_time, month_start, quarter, today
from chibo.meetings.agendas import ItemTemplate, UnknownCategoryError, template_for
from chibo.meetings.models import AgendaItem, Body, Meeting, Part, State
from chibo.orgs.models import Category, Organisation

# Days between the committee's meeting and the cell's, where nothing better is known: papers go out in between.
COMMITTEE_DAYS_BEFORE = 5


class MeetingKind(models.TextChoices):
    """What is being planned, as a person chooses it; parts and body follow."""

    REGULAR = "regular", "Thường kỳ"
    COMBINED = "combined", "Thường kỳ gộp chuyên đề"
    THEMATIC = "thematic", "Chuyên đề riêng"
    EXTRAORDINARY = "extraordinary", "Bất thường"
    COMMITTEE = "committee", "Họp chi ủy"

    @property
    def body(self) -> str:
        """Who meets."""
        return Body.COMMITTEE if self == MeetingKind.COMMITTEE else Body.CELL

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in the order in which they are held (Hướng dẫn 42-HD/BTCTW)."""
        return {
            MeetingKind.REGULAR: (Part.Kind.REGULAR,),
            MeetingKind.COMBINED: (Part.Kind.REGULAR, Part.Kind.THEMATIC),
            MeetingKind.THEMATIC: (Part.Kind.THEMATIC,),
            MeetingKind.EXTRAORDINARY: (Part.Kind.EXTRAORDINARY,),
            MeetingKind.COMMITTEE: (Part.Kind.COMMITTEE,),
        }[self]

    def period_of(self, chosen: date, day: date) -> date:
        """The month that a meeting is for: the one chosen, or that of its day (`Meeting.follow_day`)."""
        return month_start(day) if self in (MeetingKind.THEMATIC, MeetingKind.EXTRAORDINARY) else chosen


@dataclass(frozen=True)
class Proposal:
    """What the form begins with; what nobody can know stays empty. `why` says where the day comes from."""

    kind: MeetingKind
    period: date
    day: date | None
    clock: time | None
    place: str
    why: str

    @property
    def is_complete(self) -> bool:
        """Whether one tap can confirm it."""
        return self.day is not None and self.clock is not None and bool(self.place)

    @property
    def starts_at(self) -> datetime | None:
        """The moment proposed."""
        return datetime.combine(self.day, self.clock, ZONE) if self.day and self.clock else None


def propose(cell: Organisation, kind: MeetingKind, on_paper: bool = False, period: date | None = None) -> Proposal:
    """Propose the next meeting of a kind, for a period where one is asked for; little of one held on paper."""
    last = last_of(cell, kind)
    period = period or _next_period(last, kind)
    place = (last.place if last else "") or cell.meeting_place
    clock = cell.registered_time or (local_time(last.starts_at).replace(tzinfo=None) if last else None)
    if on_paper:
        return Proposal(kind, min(period, month_start(today())), None, clock, place, "")
    day = registered_day(cell, period)
    if kind == MeetingKind.EXTRAORDINARY:
        return Proposal(kind, month_start(today()), None, clock, place, "")
    if day is None:
        return Proposal(kind, period, None, clock, place, "Chi bộ chưa đăng ký ngày họp.")
    if kind == MeetingKind.COMMITTEE:
        day -= timedelta(days=COMMITTEE_DAYS_BEFORE)
        why = f"Trước ngày họp chi bộ đã đăng ký {COMMITTEE_DAYS_BEFORE} ngày."
        return Proposal(kind, period, day if day >= today() else None, clock, place, why)
    why = f"Theo lịch chi bộ đã đăng ký: ngày {cell.registered_day:02} hằng tháng."
    if day < today():
        return Proposal(kind, period, None, clock, place, f"Ngày đăng ký {day:%d/%m} đã qua. Chọn ngày khác.")
    return Proposal(kind, period, day, clock, place, why)


def registered_day(cell: Organisation, period: date) -> date | None:
    """The day of a month on which the cell has said that it meets."""
    return period.replace(day=cell.registered_day) if cell.registered_day else None


def last_of(cell: Organisation, kind: MeetingKind) -> Meeting | None:
    """The last meeting of a kind that was not cancelled: the one whose structure is copied."""
    found = Meeting.objects.filter(cell=cell, body=kind.body).exclude(state=State.CANCELLED)
    return found.filter(parts__kind=kind.parts[0]).order_by("-period", "-starts_at", "-id").first()


def same_period(cell: Organisation, kind: MeetingKind, period: date) -> Meeting | None:
    """The regular meeting that a period already has; other kinds may be held several times."""
    if Part.Kind.REGULAR not in kind.parts:
        return None
    found = Meeting.objects.filter(cell=cell, body=Body.CELL, period=period, parts__kind=Part.Kind.REGULAR)
    return found.exclude(state=State.CANCELLED).first()


def _next_period(last: Meeting | None, kind: MeetingKind) -> date:
    """The month after the last one, but none that is over."""
    this_month = month_start(today())
    if kind in (MeetingKind.THEMATIC, MeetingKind.EXTRAORDINARY):
        return this_month
    return max(add_months(last.period, 1), this_month) if last else this_month


def previous_of(cell: Organisation, body: str, starts_at: datetime) -> Meeting | None:
    """The meeting of the same body before a moment: whose tasks are reviewed."""
    found = Meeting.objects.filter(cell=cell, body=body, starts_at__lt=starts_at)
    return found.exclude(state=State.CANCELLED).order_by("-starts_at", "-id").first()


# ---------- Items ----------
@dataclass(frozen=True)
class PlannedItem:
    """An item to be made: structure, minutes and roles; never a topic, a question, a text or a presenter's name."""

    title: str
    kind: str
    work: str
    minutes: int | None
    template_key: str
    presenter_id: UUID | None = None


def planned_items(
    cell: Organisation, part: str, period: date, day: date, last: Meeting | None, *, alone: bool = True
) -> list[PlannedItem]:
    """The items of a part: as in the last meeting where there is one, else the template of the cell's category."""
    template = template_for(cell.category or Category.HAMLET, part, day, alone=alone)
    named = {item.key: item for item in template.items}
    past = list(AgendaItem.objects.filter(meeting=last, part__kind=part).order_by("position")) if last else []
    if not past:
        return [_from_template(item, period) for item in template.usual_items]
    return [_from_past(item, named.get(item.template_key), period) for item in past]


def optional_items(cell: Organisation, part: str, day: date, *, alone: bool = True) -> list[ItemTemplate]:
    """Items that a person may add to a part, beside one of their own."""
    try:
        return list(template_for(cell.category or Category.HAMLET, part, day, alone=alone).items)
    except UnknownCategoryError:
        return []


def guidance_of(cell: Organisation, item: AgendaItem, day: date) -> str:
    """What the template says about an item, empty for one of the cell's own."""
    for alone in (True, False):
        for template in optional_items(cell, item.part.kind, day, alone=alone):
            if template.key == item.template_key:
                return template.guidance
    return ""


def _from_template(item: ItemTemplate, period: date) -> PlannedItem:
    return PlannedItem(item.title_for(period), item.kind, item.work, item.minutes, item.key)


def _from_past(item: AgendaItem, template: ItemTemplate | None, period: date) -> PlannedItem:
    """An item of the last meeting without its topic: its title is the template's, or its kind's."""
    title = template.title_for(period) if template else AgendaItem.Kind(item.kind).label
    return PlannedItem(title, item.kind, item.work, item.minutes, item.template_key)


def is_general(item: AgendaItem, cell: Organisation, day: date) -> bool:
    """Whether a discussion still has the template's title, so that nobody knows what will be discussed."""
    if item.kind != AgendaItem.Kind.DISCUSSION or item.closed_paper:
        return False
    general = {AgendaItem.Kind.DISCUSSION.label}
    for alone in (True, False):
        general |= {one.title for one in optional_items(cell, item.part.kind, day, alone=alone)}
    return item.title in general and item.template_key in TOPICS | {""}


# Items of the templates that wait for a topic of the cell's own; the others say by their title what is done.
TOPICS = frozenset({"local_matter", "matter", "thematic_discussion"})


def thematic_missing(cell: Organisation, day: date) -> bool:
    """Whether the quarter of a day has no thematic part yet, held or planned (at least one a quarter)."""
    first = date(day.year, 3 * quarter(day) - 2, 1)
    return not (
        Part.objects.filter(
            cell=cell,
            kind=Part.Kind.THEMATIC,
            meeting__period__range=(first, add_months(first, 2)),
        )
        .exclude(meeting__state=State.CANCELLED)
        .exists()
    )
