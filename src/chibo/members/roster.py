"""Who belongs to a cell on a day, and in what standing (domain.md 2.4, 2.8)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chibo.members.models import Exemption, Membership, Suspension, TemporaryLeave
from chibo.orgs.models import Organisation

Kind = Membership.Kind


@dataclass(frozen=True)
class RosterLine:
    """One person of the cell on one day."""

    person_id: UUID
    full_name: str
    sort_key: str
    kind: str
    exempt: bool
    away: bool
    suspended: bool

    @property
    def expected(self) -> bool:
        """Whether the person is called to the meeting: not exempt, away or suspended."""
        return not (self.exempt or self.away or self.suspended)

    @property
    def given_name(self) -> str:
        """By which one is addressed."""
        return self.full_name.rpartition(" ")[2]


@dataclass(frozen=True)
class Counts:
    """The numbers that minutes open with. Temporary arrivals are not in đảng số, temporary leavers are."""

    official: int
    probationary: int
    temporary: int
    exempt: int
    away: int
    expected: int
    suspended: int

    @property
    def party_number(self) -> int:
        """Đảng số: official and probationary members of the cell (domain.md 2.8)."""
        return self.official + self.probationary


def roster(cell: Organisation | UUID, day: date) -> list[RosterLine]:
    """The cell's people on a day in the order of names, in four queries."""
    cell_id = cell if isinstance(cell, UUID) else cell.pk

    def who(model: type[Exemption] | type[TemporaryLeave] | type[Suspension]) -> set[UUID]:
        found = model.objects.filter(cell_id=cell_id, validity__contains=day)
        return set(found.values_list("person_id", flat=True))

    exempt, away, suspended = who(Exemption), who(TemporaryLeave), who(Suspension)
    rows = (
        Membership.objects.filter(cell_id=cell_id, validity__contains=day)
        .order_by("person__sort_key", "person_id")
        .values_list("person_id", "person__full_name", "person__sort_key", "kind")
    )
    return [RosterLine(p, name, key, kind, p in exempt, p in away, p in suspended) for p, name, key, kind in rows]


def count(lines: list[RosterLine]) -> Counts:
    """The counts of a roster."""
    home = [line for line in lines if line.kind != Kind.TEMPORARY]
    return Counts(
        official=sum(line.kind == Kind.OFFICIAL for line in lines),
        probationary=sum(line.kind == Kind.PROBATIONARY for line in lines),
        temporary=sum(line.kind == Kind.TEMPORARY for line in lines),
        exempt=sum(line.exempt for line in home),
        away=sum(line.away for line in home),
        expected=sum(line.expected for line in lines),
        suspended=sum(line.suspended for line in home),
    )
