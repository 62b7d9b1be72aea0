"""Quá trình: what the book holds of a person over time, in plain words, as far as the reader may see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from chibo.access.models import Office, TermOfOffice
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.lib.dates import format_date, local_date, today
from chibo.members.models import (
    Departure,
    Exemption,
    FormerDetails,
    GroupMember,
    Membership,
    Person,
    ProbationDecision,
    Suspension,
    TemporaryLeave,
    Transfer,
    UnitPost,
)

Kind = Membership.Kind


@dataclass(frozen=True)
class Step:
    """One thing that happened on a day; `by` is the paper that says so."""

    day: date
    words: str
    by: str = ""

    @property
    def is_to_come(self) -> bool:
        """Whether the day has not come yet."""
        return self.day > today()


@dataclass(frozen=True)
class Probation:
    """How far a probationary member is: the day on which twelve months end, or that it is not known."""

    ends: date | None

    @property
    def is_due(self) -> bool:
        """Whether the months have ended and nothing was decided."""
        return self.ends is not None and self.ends <= today()


def probation_of(membership: Membership) -> Probation | None:
    """The probation of a member; None for who is not a probationary member."""
    return Probation(membership.probation_ends) if membership.kind == Kind.PROBATIONARY else None


def course_of(person: Person, standing: Standing) -> list[Step]:
    """All steps, the newest first."""

    def rows(model: type[Model], *related: str) -> "QuerySet[Any]":
        found = visible(model._default_manager.filter(person=person), standing)
        return found.select_related(*related) if related else found

    steps = [
        *_memberships(list(rows(Membership, "cell").order_by("validity"))),
        *_days(rows(Exemption), lambda _: "Được miễn công tác và sinh hoạt đảng", "Thôi miễn, sinh hoạt lại"),
        *_days(rows(TemporaryLeave), _leave, "Hết thời gian sinh hoạt tạm thời nơi khác"),
        *_days(rows(Suspension), lambda _: "Bị đình chỉ sinh hoạt", "Hết đình chỉ sinh hoạt"),
        *_days(rows(UnitPost), lambda row: f"Giữ chức danh {row.title}", "Thôi chức danh {0.title}"),
        *_days(rows(GroupMember, "group"), _group, "Thôi ở {0.group.name}"),
        *_offices(rows(TermOfOffice, "organisation")),
        *(_decision(row) for row in rows(ProbationDecision)),
        *(step for row in rows(Transfer, "from_cell", "to_cell") for step in _transfer(row)),
        *(Step(row.last_day, row.get_kind_display(), row.decision) for row in rows(Departure)),
        *(_former(row) for row in rows(FormerDetails)),
    ]
    return sorted(steps, key=lambda step: step.day, reverse=True)


def _memberships(rows: list[Membership]) -> Iterator[Step]:
    """Entering, becoming official, leaving; what goes on without a break is one stay."""
    if admitted := next((row.admitted_on for row in rows if row.admitted_on), None):
        yield Step(admitted, "Kết nạp vào Đảng")
    for row in rows:
        first, after, where = row.validity.lower, row.validity.upper, row.cell.name
        if row.kind == Kind.TEMPORARY:
            yield Step(first, f"Đến sinh hoạt tạm thời ở {where}")
        elif any(other.cell_id == row.cell_id and other.validity.upper == first for other in rows):
            yield Step(first, f"Là đảng viên {row.get_kind_display()}")
        else:
            yield Step(first, f"Sinh hoạt ở {where}, đảng viên {row.get_kind_display()}")
        if after and not any(other.cell_id == row.cell_id and other.validity.lower == after for other in rows):
            yield Step(after, f"Không còn sinh hoạt ở {where}")


def _days(rows: "QuerySet[Any]", begun: Callable[[Any], str], ended: str) -> Iterator[Step]:
    for row in rows:
        yield Step(row.validity.lower, begun(row), getattr(row, "decision", ""))
        if row.validity.upper:
            yield Step(row.validity.upper, ended.format(row))


def _leave(row: TemporaryLeave) -> str:
    return f"Sinh hoạt tạm thời ở {row.destination}" if row.destination else "Sinh hoạt tạm thời nơi khác"


def _group(row: GroupMember) -> str:
    return f"{row.get_role_display()} {row.group.name}"


def _offices(rows: "QuerySet[Any]") -> Iterator[Step]:
    for row in rows:
        office, where = Office(row.office).label, row.organisation.name
        yield Step(row.validity.lower, f"Giữ chức {office[0].lower()}{office[1:]}, {where}", row.decision)
        if row.validity.upper:
            yield Step(row.validity.upper, f"Thôi chức {office[0].lower()}{office[1:]}, {where}", row.end_decision)


def _decision(row: ProbationDecision) -> Step:
    if row.outcome == ProbationDecision.Outcome.OFFICIAL:
        words = f"Chi bộ công nhận chính thức, tính từ {format_date(row.effective_on)}"
    else:
        words = f"Chi bộ chưa công nhận chính thức, xét lại chậm nhất {format_date(row.effective_on)}"
    return Step(row.decided_on, words, row.decision)


def _transfer(row: Transfer) -> Iterator[Step]:
    where = row.to_cell.name if row.to_cell else row.to_place
    source = row.from_cell.name if row.from_cell else row.from_place
    kind = row.get_kind_display()
    if row.from_cell_id:
        yield Step(row.started_on, f"{kind}: giới thiệu đến {where}", row.decision)
    else:
        yield Step(row.started_on, f"{kind}: tiếp nhận từ {source}", row.decision)
    if row.from_cell_id and row.settled_on:
        words = {"confirmed": f"{where} đã tiếp nhận", "returned": f"{where} trả lại", "withdrawn": "Rút giới thiệu"}
        yield Step(row.settled_on, words[row.outcome])


def _former(row: FormerDetails) -> Step:
    """What the book said before: only what was changed."""
    told = [
        (f"họ tên ghi là {row.full_name}", row.full_name),
        (f"năm sinh ghi là {row.birth_year}", row.birth_year),
        (f"giới tính ghi là {row.get_sex_display().lower()}", row.sex),
        (f"mã đảng viên ghi là {row.code}", row.code),
    ]
    return Step(
        local_date(row.corrected_at), "Sửa thông tin; trước đó " + ", ".join(word for word, is_so in told if is_so)
    )
