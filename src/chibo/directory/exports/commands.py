"""Asking for the export of a whole cell, answering, taking it. Each is an event; nobody answers oneself."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from chibo.access.models import TermOfOffice
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.models import CellExport
from chibo.directory.two_people.rule import may_second
from chibo.lib.dates import now, today
from chibo.orgs.models import Organisation

# For how many days, that of the answer included, the export can be taken.
DAYS = 7


@transaction.atomic
def ask_export(*, by: Standing, cell: Organisation) -> CellExport:
    """Ask that the whole cell may be taken out.

    Raises:
        Http404: `by` does not sit on the cell's committee.
        NotPossible: another request waits for its answer.
    """
    require(by.leads(cell.pk))
    try:
        with transaction.atomic():
            one = CellExport.objects.create(cell=cell, asked_by_id=by.me)
    except IntegrityError as error:
        raise NotPossible("Đang có một yêu cầu chờ trả lời. Chờ trả lời, hoặc rút yêu cầu ấy trước.") from error
    events.record("cell.export_asked", chain=cell.pk, by=by.person_id, obj=one)
    return one


def may_answer(by: Standing, one: CellExport) -> bool:
    """The second person by the one rule: another of the committee, not a newcomer, or the committee above."""
    return may_second(by, one.cell, one.asked_by_id, one.asked_at)


def is_alone(cell: Organisation) -> bool:
    """Whether nobody else sits on the cell's committee."""
    committee = TermOfOffice.objects.on(today()).committee_of(cell)
    return committee.values("person").distinct().count() < 2


def waiting_for(by: Standing, committee: Organisation) -> list[CellExport]:
    """Requests of cells under a committee that its staff may answer."""
    below = CellExport.objects.visible_to(by).waiting().filter(cell__path__startswith=committee.path)
    return [one for one in below.select_related("cell") if may_answer(by, one)]


@transaction.atomic
def answer_export(*, by: Standing, export: CellExport, allowed: bool) -> None:
    """Allow the export for some days, or refuse it.

    Raises:
        Http404: `by` asked for it, or may not answer for this cell.
        NotPossible: it was answered or withdrawn meanwhile.
    """
    one = CellExport.objects.select_for_update(of=("self",)).select_related("cell").get(pk=export.pk)
    require(may_answer(by, one))
    if one.answered_at is not None or one.withdrawn_at is not None:
        raise NotPossible("Yêu cầu này đã được trả lời hoặc đã rút. Tải lại trang để xem.")
    one.answered_by_id, one.answered_at, one.allowed = by.me, now(), allowed
    one.until = today() + timedelta(days=DAYS - 1) if allowed else None
    one.save(update_fields=["answered_by", "answered_at", "allowed", "until"])
    kind = "cell.export_allowed" if allowed else "cell.export_refused"
    events.record(kind, chain=one.cell_id, by=by.person_id, obj=one, until=one.until)


@transaction.atomic
def withdraw_export(*, by: Standing, export: CellExport) -> None:
    """Close a request or an export that is open: by whoever asked, or by whoever could have refused.

    Raises:
        Http404: `by` is neither.
    """
    require((by.me == export.asked_by_id and by.leads(export.cell_id)) or may_answer(by, export))
    if export.withdrawn_at is not None:
        return
    export.withdrawn_at = now()
    export.save(update_fields=["withdrawn_at"])
    events.record("cell.export_closed", chain=export.cell_id, by=by.person_id, obj=export)


@transaction.atomic
def note_taken(*, by: Standing, export: CellExport, files: int) -> None:
    """Log that the export was taken.

    Raises:
        Http404: `by` did not ask for it, left the committee since, or it is not open.
    """
    require(by.me == export.asked_by_id and by.leads(export.cell_id) and export.is_open())
    events.record("cell.export_taken", chain=export.cell_id, by=by.person_id, obj=export, files=files)
