"""Why a person may see what: each office, membership, part in a meeting and inspection door, with what it opens."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from chibo.access.models import CELL_COMMITTEE, UPPER, InspectionDoor, MeetingDuty, Office, TermOfOffice
from chibo.access.standing import DAYS_AFTER_LEAVING, Standing
from chibo.access.visible import visible
from chibo.directory.gatherings import days_of
from chibo.directory.rights import GROUPS, sees
from chibo.lib.dates import format_date, today
from chibo.members.models import Membership, Person, Suspension
from chibo.orgs.models import Succession

# How many single meetings are named; a secretary chairs all of them.
MOST_MEETINGS = 5
_GROUPS = {group.key: group for group in GROUPS}
_DUTIES = {
    MeetingDuty.Duty.CHAIR: ("Chủ trì", "duty"),
    MeetingDuty.Duty.CLERK: ("Thư ký", "duty"),
    MeetingDuty.Duty.GUEST: ("Khách mời", "guest"),
}


@dataclass(frozen=True)
class Assignment:
    """One thing that gives rights. until: its last day, included; None while it lasts."""

    title: str
    why: str
    since: date | None
    until: date | None
    decision: str
    sees: tuple[str, ...]

    @property
    def begins_later(self) -> bool:
        """Whether it gives nothing yet."""
        return self.since is not None and self.since > today()


def may_ask_about(asker: Standing, person: Person) -> bool:
    """Oneself; of one's cell as its committee; of those assigned under one's office."""
    if asker.person_id is None:
        return False
    if asker.person_id == person.pk:
        return True
    here = Membership.objects.filter(person=person, cell__in=asker.committee_cells, validity__contains=today())
    if here.exists():
        return True
    terms = TermOfOffice.objects.on(today()).filter(person=person).select_related("organisation")
    return any(
        term.organisation_id in asker.committee_cells or asker.oversees(term.organisation.path) for term in terms
    )


def is_suspended(asker: Standing, person: Person) -> bool:
    """Whether a suspension takes every right from the person today, as far as the asker may know."""
    rows = Suspension.objects.filter(person=person, validity__contains=today())
    return visible(rows, asker).exists()


def assignments_of(person: Person, asker: Standing) -> list[Assignment]:
    """Everything that gives the person a right today or soon, of what the asker may know."""
    found = [*_offices(person, asker), *_memberships(person, asker), *_duties(person, asker), *_doors(person, asker)]
    own = _GROUPS["own"]
    return [*found, Assignment("Việc của chính mình", own.why, None, None, "", tuple(sees(own)))]


def _assignment(key: str, title: str, why: str, days: object, decision: str = "") -> Assignment:
    since, after = getattr(days, "lower", None), getattr(days, "upper", None)
    last = after - timedelta(days=1) if after else None
    return Assignment(title, why, since, last, decision, tuple(sees(_GROUPS[key])))


def _offices(person: Person, asker: Standing) -> Iterable[Assignment]:
    """Offices, and through them the archives of cells that were merged or dissolved."""
    lasting = Q(validity__endswith__isnull=True) | Q(validity__endswith__gt=today())
    terms = visible(TermOfOffice.objects.filter(lasting, person=person), asker).select_related("organisation")
    for term in terms.order_by("validity"):
        office = Office(term.office)
        place = term.organisation
        key = "committee" if office in CELL_COMMITTEE else "follower" if office == Office.FOLLOWER else "province"
        key = "commune" if office in UPPER else key
        yield _assignment(key, f"{office.label}, {place.name}", _why(office), term.validity, term.decision)
        if key in ("committee", "follower"):
            kept = Succession.objects.filter(successor=place, keeps_archive=True, since__lte=today())
            for one in kept.select_related("predecessor"):
                title = f"Hồ sơ của {one.predecessor.name}"
                why = f"{place.name} giữ hồ sơ từ ngày {format_date(one.since)}"
                yield _assignment(key, title, why, term.validity, term.decision)


def _why(office: Office) -> str:
    if office in CELL_COMMITTEE:
        return "ở trong chi ủy"
    if office == Office.FOLLOWER:
        return "được Đảng ủy phân công theo dõi chi bộ"
    if office in UPPER:
        return "chức vụ ở cấp ủy cấp trên của các chi bộ"
    return "tổng hợp số liệu toàn tỉnh"


def _memberships(person: Person, asker: Standing) -> Iterable[Assignment]:
    """Cells that one belongs to, and those left within the last thirty days."""
    since = today() - timedelta(days=DAYS_AFTER_LEAVING)
    rows = visible(Membership.objects.filter(person=person), asker).select_related("cell").order_by("validity")
    for row in rows:
        upper = row.validity.upper
        if upper is None or upper > today():
            title = f"Đảng viên {row.get_kind_display().lower()}, {row.cell.name}"
            yield _assignment("member", title, "đang sinh hoạt ở chi bộ", row.validity)
        elif upper > since:
            left = _assignment(
                "left", f"Đã chuyển khỏi {row.cell.name}", "còn đọc biên bản buổi mình đã dự", row.validity
            )
            yield Assignment(left.title, left.why, upper, upper + timedelta(days=DAYS_AFTER_LEAVING - 1), "", left.sees)


def _duties(person: Person, asker: Standing) -> Iterable[Assignment]:
    """Parts in single meetings, those of a kind and a cell together, with the newest few days."""
    rows = MeetingDuty.objects.filter(person=person).exclude(until__lt=today())
    if asker.person_id != person.pk:
        rows = rows.filter(cell__in=asker.committee_cells)
    duties = list(rows.select_related("cell"))
    days = days_of({one.meeting_id for one in duties}, asker)
    kinds: dict[tuple[str, str], list[date]] = defaultdict(list)
    for one in duties:
        if one.meeting_id in days:
            kinds[one.duty, one.cell.name].append(days[one.meeting_id])
    for (duty, cell), held in kinds.items():
        words, key = _DUTIES[MeetingDuty.Duty(duty)]
        group, named = _GROUPS[key], [format_date(day) for day in sorted(held, reverse=True)]
        single = len(named) == 1
        title = f"{words} cuộc họp ngày {named[0]}, {cell}" if single else f"{words} {len(named)} cuộc họp, {cell}"
        why = group.why if single else f"được giao việc ở các buổi ngày {', '.join(named[:MOST_MEETINGS])}"
        if len(named) > MOST_MEETINGS:
            why += f" và {len(named) - MOST_MEETINGS} buổi trước nữa"
        yield Assignment(title, why, None, None, "", tuple(sees(group)))


def _doors(person: Person, asker: Standing) -> Iterable[Assignment]:
    """Inspection doors that are open."""
    doors = visible(InspectionDoor.objects.open_on(today()).filter(person=person), asker).select_related("cell")
    for door in doors:
        title = f"Cửa kiểm tra, {door.cell.name}"
        yield _assignment("inspector", title, "được cấp trên cử kiểm tra một cuộc họp", door.validity, door.document)
