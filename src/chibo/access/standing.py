"""A person's standing on a day: every right in one value, read from the database in one query."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self, TypeVar
from uuid import UUID

from django.db import connection
from django.http import Http404

from chibo.access.seal import MOMENT, note_moment
from chibo.lib.dates import today
from chibo.members.models import Person
from chibo.orgs.models import Kind

# Transferred out: minutes of meetings attended stay readable for 30 days (design.md section 4).
DAYS_AFTER_LEAVING = 30


@dataclass(frozen=True)
class Hat:
    """An office or membership that a person acts in: what the top of each page names."""

    role: str
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str

    @property
    def key(self) -> str:
        """How the session remembers it."""
        return f"{self.role}:{self.organisation_id}"


@dataclass(frozen=True)
class Standing:
    """What one person may see and do. Relations are the columns of the table in design.md section 4.

    member_cells: belongs to. left_cells: left in the last 30 days. committee_cells: sits on the committee.
    followed_cells: follows from above. duty_meetings: chair or clerk of. guest_meetings: invited to.
    commune_paths, province_paths: covers what stands under these paths today.
    inspected_meetings: an inspection door lets one read their signed minutes. account_id: of an administrator.
    staff: the staff session that is on, which keeps offices and accounts above the cells; never content.
    person: name and code of whoever it is, read in the same query; a suspended person keeps these alone.
    """

    person_id: UUID | None = None
    system: bool = False
    member_cells: tuple[UUID, ...] = ()
    left_cells: tuple[UUID, ...] = ()
    committee_cells: tuple[UUID, ...] = ()
    secretary_cells: tuple[UUID, ...] = ()
    followed_cells: tuple[UUID, ...] = ()
    duty_meetings: tuple[UUID, ...] = ()
    guest_meetings: tuple[UUID, ...] = ()
    commune_paths: tuple[str, ...] = ()
    province_paths: tuple[str, ...] = ()
    inspected_meetings: tuple[UUID, ...] = ()
    account_id: UUID | None = None
    staff: UUID | None = None
    staff_until: datetime | None = field(default=None, compare=False)
    hats: tuple[Hat, ...] = field(default=(), compare=False)
    person: Person | None = field(default=None, compare=False)

    @classmethod
    def nobody(cls) -> Self:
        """No right at all."""
        return cls()

    @classmethod
    def for_system(cls) -> Self:
        """The system itself: jobs, commands at the terminal, the demo. Never a request."""
        return cls(system=True)

    @property
    def me(self) -> UUID:
        """The person who acts.

        Raises Http404 when nobody does: such a standing may not act at all.
        """
        if self.person_id is None:
            raise Http404
        return self.person_id

    @property
    def actor(self) -> UUID | None:
        """Who an event says did it: the person, else the administrator's account; None for the system."""
        return self.person_id or self.account_id

    @property
    def administrator(self) -> UUID:
        """The account of the administrator who acts.

        Raises Http404 when it is none.
        """
        if self.account_id is None:
            raise Http404
        return self.account_id

    def leads(self, cell_id: UUID) -> bool:
        """Whether the person sits on the cell's committee: prepares, announces, keeps its lists."""
        return self.system or cell_id in self.committee_cells

    def keeps(self, meeting_id: UUID, cell_id: UUID) -> bool:
        """Whether the person may run or record a meeting: its chair, its clerk, the cell's committee."""
        return self.leads(cell_id) or meeting_id in self.duty_meetings

    def belongs(self, cell_id: UUID) -> bool:
        """Whether the person is a member of the cell (or a temporary arrival)."""
        return self.system or cell_id in self.member_cells

    def covers(self, path: str) -> bool:
        """Whether the person's office in a commune committee or its staff covers this path."""
        return self.system or any(path.startswith(prefix) for prefix in self.commune_paths)

    def oversees(self, path: str) -> bool:
        """Whether the person's office above the cells, of commune or province, stands over this path."""
        return self.covers(path) or any(path.startswith(prefix) for prefix in self.province_paths)


def require(allowed: bool) -> None:
    """Refuse as if the thing did not exist.

    Raises Http404: what is not yours answers 404 (design.md section 2, rule 2).
    """
    if not allowed:
        raise Http404


T = TypeVar("T")


def found(row: T | None) -> T:
    """The row itself.

    Raises Http404: there is none, or it is not yours to see.
    """
    if row is None:
        raise Http404
    return row


def is_suspended(who: Standing) -> bool:
    """Whether somebody is known and has no standing for now: suspended, or no member any more."""
    return who.person is not None and who.person_id is None


_OF_A_PERSON = ["id", "full_name", "sort_key", "code"]  # in the order of the model's fields
_COMMITTEE = {"secretary", "deputy", "committee_member"}
_UPPER = {"upper_secretary", "upper_member", "upper_staff"}


Told = tuple[str, UUID, str, str, str, date | None]
# What the function of the database tells, and how it is asked: of whom, then `days_of`.
COLUMNS = "told.what, told.id, told.path, told.name, told.kind, told.until"
FUNCTION = "access_standing({}, %s::date, %s::date) AS told"
_ASK = f"SELECT {COLUMNS}, {MOMENT} FROM {FUNCTION.format('%s::uuid')}"  # noqa: S608


def days_of(day: date) -> tuple[date, date]:
    """A day, and since when somebody who left still has some rights on it."""
    return day, day - timedelta(days=DAYS_AFTER_LEAVING)


def standing_of(person_id: UUID, day: date | None = None) -> Standing:
    """The standing of a person on a day (today when none is given). A suspended person has none."""
    day = day or today()
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [person_id, *days_of(day)])
        rows = cursor.fetchall()
    for row in rows[:1]:
        note_moment(row[-1])
    return gathered(person_id, day, [row[:-1] for row in rows])


def gathered(person_id: UUID, day: date, rows: list[Told]) -> Standing:
    """The standing that the rows of the function tell of."""
    me = next((row for row in rows if row[0] == "person"), None)
    person = Person.from_db("default", _OF_A_PERSON, (me[1], me[3], me[4], me[2])) if me else None
    if any(what == "suspended" for what, *_ in rows):
        return Standing(person=person)
    return replace(_gather(person_id, day, [row for row in rows if row is not me]), person=person)


def _gather(person_id: UUID, day: date, rows: list[Told]) -> Standing:
    """Sort the rows of the query into the columns of the table."""
    found: dict[str, list[UUID]] = {
        "member": [],
        "left": [],
        "committee": [],
        "secretary": [],
        "follower": [],
    }
    duties: list[UUID] = []
    guests: list[UUID] = []
    inspected: list[UUID] = []
    commune: list[str] = []
    province: list[str] = []
    hats: list[Hat] = []
    for what, id_, path, name, kind, until in rows:
        if what == "member" and until is not None and until <= day:
            found["left"].append(id_)
        elif what == "duty:guest":
            guests.append(id_)
        elif what.startswith("archive:"):
            found[what.removeprefix("archive:")].append(id_)
        elif what == "inspection":
            inspected.append(id_)
        elif what.startswith("duty:"):
            duties.append(id_)
        else:
            hats.append(Hat(what, id_, name, kind))
            # The province sees figures, whatever the office in it is called (design.md section 4).
            if what in _UPPER and kind != Kind.PROVINCE:
                commune.append(path)
            elif what in _UPPER or what == "province_staff":
                province.append(path)
            elif what in _COMMITTEE:
                found["committee"].append(id_)
                if what == "secretary":
                    found["secretary"].append(id_)
            else:
                found[what].append(id_)
    return Standing(
        person_id=person_id,
        member_cells=tuple(found["member"]),
        left_cells=tuple(found["left"]),
        committee_cells=tuple(found["committee"]),
        secretary_cells=tuple(found["secretary"]),
        followed_cells=tuple(found["follower"]),
        duty_meetings=tuple(duties),
        guest_meetings=tuple(guests),
        inspected_meetings=tuple(inspected),
        commune_paths=tuple(commune),
        province_paths=tuple(province),
        hats=tuple(hats),
    )
