"""The rule of two people: what needs a second, and who may be it (docs/decisions/0063).

Whatever lets somebody read a cell that has records, given from above it, takes two. The second is no creature of the
first: office and way in are older than the request by some days (rule `second_person_days`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from chibo.access.models import ABOVE_CELLS, CELL_COMMITTEE, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import Standing
from chibo.accounts.models import Invitation, User
from chibo.directory.commands.days import NotPossible
from chibo.lib.dates import now, today
from chibo.orgs.models import Kind, Organisation, Succession
from chibo.rules.models import Rule

NOT_ONESELF = "Không tự ghi cho mình. Nhờ đồng chí khác có quyền ghi."


class NeedsSecond(NotPossible):
    """The act takes two people: it is asked for, and done when another agrees."""

    def __init__(self) -> None:
        super().__init__("Chi bộ đã có sổ họp, nên việc này cần hai người. Ghi ở trang của việc ấy để gửi đề nghị.")


def with_records(cells: Iterable[UUID]) -> set[UUID]:
    """Those of some cells that have a meeting, or keep the archive of one that had."""
    wanted = set(cells)
    with system_scope():
        kept = Succession.objects.filter(successor__in=wanted, keeps_archive=True)
        before = set(kept.values_list("predecessor_id", "successor_id"))
        meetings: Any = apps.get_model("meetings", "Meeting").objects
        ids = wanted | {one for one, _ in before}
        found = set(meetings.filter(cell__in=ids).values_list("cell_id", flat=True).distinct())
    return (found & wanted) | {successor for one, successor in before if one in found}


def has_records_below(path: str) -> bool:
    """Whether a cell under a body has a meeting."""
    with system_scope():
        meetings: Any = apps.get_model("meetings", "Meeting").objects
        return bool(meetings.filter(cell__path__startswith=path).exists())


def needs_second(by: Standing, place: Organisation) -> bool:
    """Whether what opens a cell, or gives an office above cells, takes two people when this one asks.

    A cell's own committee opens nothing that it does not read itself.
    """
    if by.system or (place.kind == Kind.CELL and place.pk in by.committee_cells):
        return False
    return bool(with_records([place.pk])) if place.kind == Kind.CELL else has_records_below(over(place))


def require_second(by: Standing, place: Organisation, second: UUID | None) -> None:
    """Refuse what takes two people when nobody has agreed.

    Raises:
        NeedsSecond: so it is.
    """
    if second is None and needs_second(by, place):
        raise NeedsSecond


def may_second(by: Standing, place: Organisation, asked_by: UUID, asked_at: datetime) -> bool:
    """Whether one may be the second person for what another asked.

    Of the cell's committee, of the committee above, or from above that; in a staff session for what is not a cell.
    Office and way in must be older than the request.
    """
    if by.person_id is None:
        return by.staff is not None and place.kind != Kind.CELL and by.account_id != asked_by
    if by.person_id == asked_by:
        return False
    long_ago = asked_at - timedelta(days=days_before(place))
    return by.person_id in _settled([by.person_id], place, long_ago)


def could_second(place: Organisation, asked_by: UUID, *besides: UUID) -> bool:
    """Whether there is anybody who could be the second person today."""
    with system_scope():
        others = TermOfOffice.objects.on(today()).filter(_holds(place)).exclude(person__in=[asked_by, *besides])
        people = list(others.values_list("person_id", flat=True).distinct())
        return bool(_settled(people, place, now() - timedelta(days=days_before(place))))


def days_before(place: Organisation) -> int:
    """By how many days the second person's office and way in are older than the request."""
    return int(Rule.objects.book(today(), place.path_ids).number("second_person_days"))


def _settled(people: Iterable[UUID], place: Organisation, long_ago: datetime) -> set[UUID]:
    """Those who hold an office at or above a place, and have a way in, from before a moment."""
    with system_scope():
        old = Q(entered_at=None) | Q(entered_at__lte=long_ago)
        held = TermOfOffice.objects.on(today()).filter(old, _holds(place), person__in=list(people))
        holders = set(held.values_list("person_id", flat=True))
        old = Q(opened_at=None) | Q(opened_at__lte=long_ago)
        users = User.objects.filter(old, person__in=holders, is_active=True)
        fresh = Invitation.objects.filter(user__in=users, used_at__gt=long_ago).values("user")
        return set(users.exclude(pk__in=fresh).values_list("person_id", flat=True))


def _holds(place: Organisation) -> Q:
    """Offices at or above a place: of the cell's committee, or of a body, or its department, that stands over it."""
    ids = [UUID(one) for one in over(place).strip("/").split("/")]
    above = Q(organisation__in=ids) | Q(organisation__kind=Kind.DEPARTMENT, organisation__parent__in=ids)
    of_cell = Q(organisation=place, office__in=CELL_COMMITTEE) if place.kind == Kind.CELL else Q(pk=None)
    return of_cell | (above & Q(office__in=ABOVE_CELLS))


def over(place: Organisation) -> str:
    """The path of a body; a department acts for the one that it stands under."""
    return place.path.rstrip("/").rpartition("/")[0] + "/" if place.kind == Kind.DEPARTMENT else place.path
