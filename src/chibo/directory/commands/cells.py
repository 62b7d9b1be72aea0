"""Cells: created by the committee above with their first secretary; described by their own committee."""

from datetime import date, time, timedelta

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.models import Office
from chibo.access.standing import Standing, found, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import enter_member
from chibo.directory.commands.offices import appoint
from chibo.directory.tree.commands import Intent, decide, name_own_cell
from chibo.lib.dates import today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, Person
from chibo.orgs.models import Kind, Organisation, Term, TreeAct


@transaction.atomic
def create_cell(
    *,
    by: Standing,
    parent: Organisation,
    name: str,
    category: str,
    secretary_name: str,
    secretary_code: str = "",
) -> tuple[Organisation, Person]:
    """Create a cell under a committee with its first secretary, who enters the rest.

    Raises:
        Http404: `by` neither covers the committee nor keeps its tree.
        NotPossible: a cell of this name stands there already, or the member code is another's.
    """
    require(by.covers(parent.path))
    plan = {"parent": str(parent.pk), "body_kind": Kind.CELL.value, "name": name, "category": category}
    act = decide(by=by, intent=Intent(TreeAct.Kind.CREATE, None, parent, today(), plan))
    cell = found(act.organisation)
    secretary = enter_member(
        by=by,
        cell=cell,
        full_name=secretary_name,
        kind=Membership.Kind.OFFICIAL,
        since=today(),
        code=secretary_code,
    )
    appoint(by=by, person=secretary, organisation=cell, office=Office.SECRETARY, since=today())
    events.record("cell.created", chain=cell.pk, by=by.person_id, obj=cell)
    return cell, secretary


@transaction.atomic
def describe_cell(
    *,
    by: Standing,
    cell: Organisation,
    name: str,
    category: str,
    registered_day: int | None,
    registered_time: time | None,
    meeting_place: str,
    locality: str,
) -> None:
    """Set what the cell is called, what kind it is, and when and where it meets.

    A new name is an act on the tree and holds from today; documents of before keep the old one.

    Raises:
        Http404: `by` neither leads the cell nor covers it from above.
        NotPossible: the name is another's beside it.
    """
    require(by.leads(cell.pk) or by.covers(cell.path))
    if normalise(name) != cell.name:
        name_own_cell(by=by, cell=cell, name=name)
        cell.refresh_from_db()
    cell.category, cell.locality = category, normalise(locality)
    cell.registered_day, cell.registered_time = registered_day, registered_time
    cell.meeting_place = normalise(meeting_place)
    fields = ["category", "locality", "registered_day", "registered_time", "meeting_place"]
    cell.save(update_fields=fields)
    events.record("cell.described", chain=cell.pk, by=by.person_id, obj=cell)


@transaction.atomic
def set_term(*, by: Standing, cell: Organisation, name: str, since: date, until: date | None) -> Term:
    """Set the term (nhiệm kỳ) that runs on its first day, or begin it (the whole list: `directory.tree.terms`).

    until: the last day of the term, included.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the days run backwards, or cover days of another term.
    """
    require(by.leads(cell.pk))
    if until is not None and until <= since:
        raise NotPossible("Ngày hết nhiệm kỳ phải sau ngày bắt đầu.")
    validity = DateRange(since, until + timedelta(days=1) if until else None)
    others = cell.terms.filter(validity__overlap=validity)
    current = cell.term_on(since) or cell.terms.filter(name=name).first()
    if current is not None:
        others = others.exclude(pk=current.pk)
    if others.exists():
        raise NotPossible("Những ngày này thuộc một nhiệm kỳ khác đã ghi. Xem lại ngày bắt đầu và ngày hết.")
    term = current or Term(organisation=cell)
    term.name, term.validity = normalise(name), validity
    term.save()
    events.record("cell.term_set", chain=cell.pk, by=by.person_id, obj=term, since=since, until=until)
    return term
