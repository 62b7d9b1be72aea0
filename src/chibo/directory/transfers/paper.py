"""Transfers of which one side has no Chibo: the paper goes by hand, and this side records both."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.standing import Standing, found, require
from chibo.directory.commands.days import NotPossible, begin, end
from chibo.directory.commands.departures import end_all_in_cell
from chibo.directory.commands.members import enter_member
from chibo.directory.transfers.commands import REFUSALS, record, require_day
from chibo.lib.dates import today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, TemporaryLeave, Transfer
from chibo.orgs.models import Organisation

Kind, Outcome = Transfer.Kind, Transfer.Outcome
DAY = timedelta(days=1)


@transaction.atomic
def record_received(*, by: Standing, transfer: Transfer, first_day: date) -> None:
    """The sending cell records that the other place has received the member, as its paper says.

    Raises:
        Http404: `by` does not lead the sending cell, or the other side is a cell of this tenant and says so itself.
        NotPossible: the day does not fit, or it was settled before.
    """
    require(transfer.to_cell_id is None and transfer.from_cell_id is not None and by.leads(transfer.from_cell_id))
    person_id = found(transfer.person_id)
    require_day(transfer, first_day)
    _settle_here(by, transfer, {"outcome": Outcome.CONFIRMED, "first_day": first_day})
    home = Membership.objects.filter(person_id=person_id, cell_id=transfer.from_cell_id)
    membership = home.exclude(kind=Membership.Kind.TEMPORARY).filter(validity__contains=first_day - DAY).first()
    if membership is None:
        raise NotPossible(REFUSALS["gone"], "first_day")
    if transfer.kind == Kind.OFFICIAL:
        home.filter(validity__fully_gt=membership.validity).delete()
        end(membership, first_day - DAY)
        end_all_in_cell(membership.person_id, membership.cell_id, first_day - DAY)
    else:
        fields: dict[str, Any] = {"person": membership.person, "cell": membership.cell, "decision": transfer.decision}
        begin(TemporaryLeave, first_day, transfer.last_day, destination=transfer.to_place, **fields)
    record(by, transfer, "transfer.confirmed", first_day=first_day)


@transaction.atomic
def record_returned(*, by: Standing, transfer: Transfer, note: str) -> None:
    """The sending cell records that the other place did not receive the member.

    Raises:
        Http404: as above.
        NotPossible: it was settled before.
    """
    require(transfer.to_cell_id is None and transfer.from_cell_id is not None and by.leads(transfer.from_cell_id))
    _settle_here(by, transfer, {"outcome": Outcome.RETURNED, "note": normalise(note)})
    record(by, transfer, "transfer.returned")


def _settle_here(by: Standing, transfer: Transfer, fields: dict[str, Any]) -> None:
    """Settle a row whose other side is not here, once.

    Raises:
        NotPossible: it was settled before.
    """
    fields = fields | {"settled_on": today(), "settled_by": by.person_id}
    if not Transfer.objects.pending().filter(pk=transfer.pk).update(**fields):
        raise NotPossible(REFUSALS["settled"])


@transaction.atomic
def receive(
    *,
    by: Standing,
    cell: Organisation,
    kind: str,
    standing: str,
    first_day: date,
    from_place: str,
    last_day: date | None = None,
    purpose: str = "",
    decision: str = "",
    tenant: str = "",
    transfer_id: Any = None,
    **person: Any,
) -> Transfer:
    """Enter a member who comes with an introduction from a place without Chibo, or by a package.

    person: name, year of birth, sex, code, phone, day of admission, as `enter_member` takes them.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: a temporary stay without its last day; the code is another's.
    """
    require(by.leads(cell.pk))
    if kind == Kind.TEMPORARY and (last_day is None or last_day < first_day):
        raise NotPossible("Sinh hoạt tạm thời có hạn. Ghi ngày cuối cùng, sau ngày đầu.", "last_day")
    belongs_as = Membership.Kind.TEMPORARY if kind == Kind.TEMPORARY else standing
    who = enter_member(by=by, cell=cell, kind=belongs_as, since=first_day, **person)
    if kind == Kind.TEMPORARY and last_day is not None:
        Membership.objects.filter(person=who, cell=cell).update(validity=DateRange(first_day, last_day + DAY))
    row = Transfer.objects.create(
        **({"pk": transfer_id} if transfer_id else {}),
        kind=kind,
        purpose=purpose if kind == Kind.TEMPORARY else "",
        person=who,
        full_name=who.full_name,
        standing=standing,
        to_cell=cell,
        from_place=normalise(from_place),
        tenant=tenant,
        decision=normalise(decision),
        started_on=today(),
        started_by=by.person_id,
        due=today(),
        first_day=first_day,
        last_day=last_day if kind == Kind.TEMPORARY else None,
        outcome=Outcome.CONFIRMED,
        settled_on=today(),
        settled_by=by.person_id,
    )
    record(by, row, "transfer.confirmed", first_day=first_day)
    return row
