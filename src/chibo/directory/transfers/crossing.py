"""What one does with packages: take a member from another tenant, send one back, load the answer at home."""

from datetime import date

from django.db import connection, transaction

from chibo.access.standing import Standing, require
from chibo.directory.commands.days import NotPossible
from chibo.directory.transfers import package
from chibo.directory.transfers.commands import LATEST_AHEAD, REFUSALS, record
from chibo.directory.transfers.package import ANSWER, INTRODUCTION, Loaded
from chibo.directory.transfers.paper import receive, record_received, record_returned
from chibo.lib.dates import format_date, today
from chibo.lib.never_held import never_held_in
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, Transfer
from chibo.orgs.models import Organisation

Outcome = Transfer.Outcome


def read_introduction(content: bytes) -> Loaded:
    """Check a package that introduces a member; shown before anything is written.

    Raises:
        NotPossible: it may not be received, for the reason given; or it was loaded before.
    """
    loaded = package.load(content, INTRODUCTION)
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_transfer_known(%s)", [loaded.transfer_id])
        if cursor.fetchone()[0]:
            raise NotPossible("Gói này đã có chi bộ nhận, không nhận hai lần.")
    return loaded


@transaction.atomic
def accept_introduction(*, by: Standing, cell: Organisation, content: bytes, first_day: date) -> Transfer:
    """Enter the member of a package into the cell from a day on. The package is checked again.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the package may not be received; the day does not fit.
    """
    require(by.leads(cell.pk))
    loaded = read_introduction(content)
    body, issued = loaded.body, date.fromisoformat(loaded.body["issued_on"])
    earliest = min(issued, date.fromisoformat(body["first_day"]))
    if not earliest <= first_day <= today() + LATEST_AHEAD:
        latest = format_date(today() + LATEST_AHEAD)
        raise NotPossible(f"Nhập ngày từ {format_date(earliest)} đến {latest}.", "first_day")
    return receive(
        by=by,
        cell=cell,
        kind=body["kind"],
        standing=body["standing"],
        first_day=first_day,
        last_day=loaded.day("last_day"),
        purpose=body["purpose"],
        decision=body["decision"],
        from_place=body["from_place"],
        tenant=loaded.sender.fingerprint,
        transfer_id=loaded.transfer_id,
        full_name=body["full_name"],
        birth_year=body["birth_year"],
        sex=body["sex"],
        code="" if never_held_in(body["code"]) else body["code"],
        admitted_on=loaded.day("admitted_on") if body["standing"] == Membership.Kind.PROBATIONARY else None,
    )


@transaction.atomic
def refuse_introduction(*, by: Standing, cell: Organisation, content: bytes, note: str) -> Transfer:
    """Send the member of a package back with a sentence; no person is entered, the answer says why.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the package may not be received.
    """
    require(by.leads(cell.pk))
    loaded = read_introduction(content)
    body = loaded.body
    row = Transfer.objects.create(
        pk=loaded.transfer_id,
        kind=body["kind"],
        purpose=body["purpose"],
        full_name=normalise(body["full_name"]),
        standing=body["standing"],
        to_cell=cell,
        from_place=normalise(body["from_place"]),
        tenant=loaded.sender.fingerprint,
        started_on=today(),
        started_by=by.person_id,
        due=today(),
        first_day=date.fromisoformat(body["first_day"]),
        last_day=loaded.day("last_day"),
        outcome=Outcome.RETURNED,
        settled_on=today(),
        settled_by=by.person_id,
        note=normalise(note),
    )
    record(by, row, "transfer.returned")
    return row


@transaction.atomic
def load_answer(*, by: Standing, transfer: Transfer, content: bytes) -> None:
    """Load the other tenant's answer at home: the member passes, or stays.

    Raises:
        Http404: `by` does not lead the sending cell.
        NotPossible: the answer may not be received, is of another transfer or of another tenant, or was loaded before.
    """
    require(transfer.from_cell_id is not None and by.leads(transfer.from_cell_id))
    loaded = package.load(content, ANSWER)
    if loaded.transfer_id != transfer.pk:
        raise NotPossible("Gói trả lời này của một việc chuyển khác. Mở đúng việc ấy rồi nạp.")
    if loaded.sender.fingerprint != transfer.tenant:
        raise NotPossible("Gói trả lời do một đơn vị khác ký, không phải nơi đã giới thiệu đến. Không nhận.")
    if not transfer.is_pending:
        raise NotPossible(REFUSALS["settled"])
    if loaded.body["outcome"] == Outcome.CONFIRMED:
        record_received(by=by, transfer=transfer, first_day=date.fromisoformat(loaded.body["first_day"]))
    else:
        record_returned(by=by, transfer=transfer, note=loaded.body["note"])
