"""Chuyển sinh hoạt within the tenant: the sending cell starts, the receiving one settles (domain.md 1.2, 1.7)."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from chibo.access.standing import Standing, require
from chibo.access.visible import visible
from chibo.audit.bulk import Draft, record_many
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.stays import set_stay
from chibo.directory.transfers.limits import due_day, require_length
from chibo.lib.dates import format_date, today
from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, Transfer, TransferQuerySet
from chibo.orgs.models import Organisation

Kind, Outcome = Transfer.Kind, Transfer.Outcome
OBJECT = "members.transfer"
# How far ahead a cell may say from when a member belongs to it.
LATEST_AHEAD = timedelta(days=31)
UNDER_WAY = "Đã giới thiệu đồng chí này đi và đang chờ nơi đến. Rút việc ấy trước khi làm việc mới."
REFUSALS = {
    "settled": "Việc chuyển này vừa được xử lý hoặc đã rút. Tải lại trang để xem.",
    "gone": "Trước ngày ấy đồng chí này không thuộc chi bộ nơi đi. Chọn ngày khác, hoặc trả lại kèm một câu.",
    "taken": "Trong thời gian ấy đồng chí này đã có tên ở chi bộ. Xem lại danh sách đảng viên.",
    "away": "Trong thời gian ấy đồng chí này đang sinh hoạt tạm thời nơi khác. Trả lại để chi bộ nơi đi xem lại.",
}


def transfers_of(cell: Organisation, by: Standing) -> TransferQuerySet:
    """The transfers of which a cell is a side, as far as one may see them."""
    rows = Transfer.objects.filter(Q(from_cell=cell) | Q(to_cell=cell)).select_related("from_cell", "to_cell")
    return visible(rows, by)


@transaction.atomic
def start_transfer(
    *,
    by: Standing,
    membership: Membership,
    kind: str,
    first_day: date,
    last_day: date | None = None,
    purpose: str = "",
    decision: str = "",
    to_cell: Organisation | None = None,
    to_place: str = "",
    tenant: str = "",
) -> Transfer:
    """Introduce a member to another cell, to a place without Chibo, or to another tenant. Nothing changes until
    the other side receives.

    Raises:
        Http404: `by` does not lead the member's cell.
        NotPossible: a temporary arrival, a transfer under way, the cell itself or a dissolved one, days that do not
            fit or are too long or too short for a temporary stay.
    """
    require(by.leads(membership.cell_id))
    if membership.kind == Membership.Kind.TEMPORARY:
        raise NotPossible("Đồng chí này sinh hoạt tạm thời ở đây. Việc chuyển do chi bộ nơi đảng viên thuộc về làm.")
    if to_cell is not None and (to_cell.pk == membership.cell_id or to_cell.dissolved is not None):
        raise NotPossible("Chọn một chi bộ khác đang hoạt động.", "to_cell")
    if first_day <= membership.validity.lower:
        earliest = format_date(membership.validity.lower + timedelta(days=1))
        raise NotPossible(f"Ngày {format_date(first_day)} sớm quá. Nhập ngày từ {earliest}.", "first_day")
    if kind == Kind.TEMPORARY:
        last_day = require_length(membership.cell, first_day, last_day, purpose)
    else:
        last_day, purpose = None, ""
    person = membership.person
    if Transfer.objects.pending().filter(person=person).exists():
        raise NotPossible(UNDER_WAY)
    fields: dict[str, Any] = {
        "kind": kind,
        "purpose": purpose,
        "person": person,
        "full_name": person.full_name,
        "standing": membership.kind,
        "from_cell_id": membership.cell_id,
        "to_cell": to_cell,
        "to_place": normalise(to_place),
        "tenant": tenant,
        "decision": normalise(decision),
        "started_on": today(),
        "started_by": by.person_id,
        "due": due_day(membership.cell),
        "first_day": first_day,
        "last_day": last_day,
    }
    try:
        with transaction.atomic():
            transfer = Transfer.objects.create(**fields)
    except IntegrityError as error:  # somebody else of the committee was quicker
        raise NotPossible(UNDER_WAY) from error
    record(by, transfer, "transfer.started", first_day=first_day)
    return transfer


@transaction.atomic
def confirm_transfer(*, by: Standing, transfer: Transfer, first_day: date) -> None:
    """The receiving cell takes the member from a day on; the same act ends what was held in the sending cell.

    Raises:
        Http404: `by` does not lead the receiving cell.
        NotPossible: the day does not fit, the cell was dissolved, or somebody settled it before.
    """
    require(transfer.to_cell_id is not None and by.leads(transfer.to_cell_id))
    if transfer.to_cell is not None and transfer.to_cell.dissolved is not None:
        raise NotPossible("Chi bộ này đã kết thúc hoạt động. Trả lại để nơi đi giới thiệu đến chi bộ mới.", "first_day")
    require_day(transfer, first_day)
    settle(transfer, Outcome.CONFIRMED, first_day, "")
    record(by, transfer, "transfer.confirmed", first_day=first_day)


@transaction.atomic
def return_transfer(*, by: Standing, transfer: Transfer, note: str) -> None:
    """The receiving cell sends it back with a sentence; the member stays at home.

    Raises:
        Http404: `by` does not lead the receiving cell.
        NotPossible: somebody settled it before.
    """
    require(transfer.to_cell_id is not None and by.leads(transfer.to_cell_id))
    settle(transfer, Outcome.RETURNED, transfer.first_day, normalise(note))
    record(by, transfer, "transfer.returned")


@transaction.atomic
def withdraw_transfer(*, by: Standing, transfer: Transfer) -> None:
    """The sending cell withdraws what was not received yet.

    Raises:
        Http404: `by` does not lead the sending cell.
        NotPossible: it was settled before.
    """
    require(transfer.from_cell_id is not None and by.leads(transfer.from_cell_id))
    fields = {"outcome": Outcome.WITHDRAWN, "settled_on": today(), "settled_by": by.person_id}
    if not Transfer.objects.pending().filter(pk=transfer.pk).update(**fields):
        raise NotPossible(REFUSALS["settled"])
    record(by, transfer, "transfer.withdrawn")


@transaction.atomic
def extend_stay(*, by: Standing, transfer: Transfer, last_day: date, decision: str) -> None:
    """The home cell lets a temporary stay last longer, by a paper (domain.md 1.7: extension by report).

    Raises:
        Http404: `by` does not lead the sending cell.
        NotPossible: it is no stay that goes on, or the day is not later.
    """
    require(transfer.from_cell_id is not None and by.leads(transfer.from_cell_id))
    if transfer.last_day is None or last_day <= transfer.last_day:
        now_until = format_date(transfer.last_day or today())
        raise NotPossible(f"Đang ghi đến hết {now_until}. Nhập ngày muộn hơn.", "last_day")
    set_stay(transfer, last_day)
    Transfer.objects.filter(pk=transfer.pk).update(decision=_joined(transfer.decision, normalise(decision)))
    record(by, transfer, "transfer.extended", last_day=last_day)


@transaction.atomic
def end_stay(*, by: Standing, transfer: Transfer, last_day: date) -> None:
    """A temporary stay ends after a day, earlier than was written; either cell records it.

    Raises:
        Http404: `by` leads neither cell.
        NotPossible: it is no stay that goes on, or the day lies outside it.
    """
    sides = [cell for cell in (transfer.from_cell_id, transfer.to_cell_id) if cell is not None]
    require(any(by.leads(cell) for cell in sides))
    if transfer.last_day is None or not transfer.first_day <= last_day < transfer.last_day:
        first, last = format_date(transfer.first_day), format_date(transfer.last_day or today())
        raise NotPossible(f"Ngày ấy không nằm trong thời gian từ {first} đến trước {last}.", "last_day")
    set_stay(transfer, last_day)
    record(by, transfer, "transfer.stay_ended", last_day=last_day)


def require_day(transfer: Transfer, first_day: date) -> None:
    """Hold the first day in the new cell: not before the introduction or its own day, not far ahead.

    Raises:
        NotPossible: it is; the message names the first and the last day that are right.
    """
    earliest, latest = min(transfer.started_on, transfer.first_day), today() + LATEST_AHEAD
    if transfer.last_day is not None:
        latest = min(latest, transfer.last_day)
    if not earliest <= first_day <= latest:
        raise NotPossible(f"Nhập ngày từ {format_date(earliest)} đến {format_date(latest)}.", "first_day")


def settle(transfer: Transfer, outcome: str, first_day: date, note: str) -> None:
    """Settle through the one function that may write both cells' rows (`access/member_functions.py`).

    Raises:
        NotPossible: why the database did not.
    """
    fresh = [uuid7() for _ in range(4)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT members_settle_transfer(%s::uuid, %s, %s::date, %s, %s::date, %s::uuid[])",
            [transfer.pk, str(outcome), first_day, note, today(), fresh],
        )
        answer = cursor.fetchone()[0]
    if answer != "done":
        raise NotPossible(REFUSALS[answer])


def _joined(before: str, more: str) -> str:
    """The papers of a stay, the first and the last: there is no room for all."""
    return f"{before.partition('; gia hạn: ')[0]}; gia hạn: {more}"[:200]


def record(by: Standing, transfer: Transfer, kind: str, **days: date) -> None:
    """One event in the chain of each cell that is a side."""
    sides = [cell for cell in (transfer.from_cell_id, transfer.to_cell_id) if cell is not None]
    details = {"person": transfer.person_id, "transfer": transfer.kind} | days
    record_many([Draft(kind, cell, OBJECT, transfer.pk, details) for cell in sides], by=by.person_id)
