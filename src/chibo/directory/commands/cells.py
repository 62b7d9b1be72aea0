"""Cells: created by the committee above with their first secretary; described by their own committee."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.models import Office
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, found, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import enter_member
from chibo.directory.commands.offices import appoint
from chibo.directory.tree.commands import Intent, decide, name_own_cell
from chibo.directory.tree.work import as_it_stands_since
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, Person
from chibo.orgs.models import Kind, OrgAncestor, Organisation, OrganisationCode, OrganisationName, Term, TreeAct


@transaction.atomic
def create_cell(
    *,
    by: Standing,
    parent: Organisation,
    name: str,
    category: str,
    secretary_name: str,
    secretary_code: str = "",
    founded: date | None = None,
    since: date | None = None,
) -> tuple[Organisation, Person]:
    """Create a cell under a committee with its first secretary, who enters the rest.

    founded: the day on which the cell was founded; since: from when the secretary has led it, and belongs to it. Today
    where they are not said; a cell that has met on paper is older than its opening here.

    Raises:
        Http404: `by` neither covers the committee nor keeps its tree.
        NotPossible: a cell of this name stands there already, the member code is another's, or the secretary would
            have led it before it was founded.
    """
    require(by.covers(parent.path))
    founded, since = founded or since or today(), since or today()
    if since < founded:
        raise NotPossible(f"Chi bộ lập ngày {format_date(founded)}. Nhập ngày từ {format_date(founded)}.", "since")
    plan = {"parent": str(parent.pk), "body_kind": Kind.CELL.value, "name": name, "category": category}
    plan |= {"founded": founded.isoformat()}
    placed = max(founded, as_it_stands_since(parent))
    act = decide(by=by, intent=Intent(TreeAct.Kind.CREATE, None, parent, placed, plan))
    cell = found(act.organisation)
    secretary = enter_member(
        by=by,
        cell=cell,
        full_name=secretary_name,
        kind=Membership.Kind.OFFICIAL,
        since=since,
        code=secretary_code,
    )
    appoint(by=by, person=secretary, organisation=cell, office=Office.SECRETARY, since=since)
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
def date_founding_back(*, by: Standing, cell: Organisation, founded: date) -> None:
    """Set an earlier day on which a cell was founded: one that was opened here is older than its opening.

    Its names and its place reach back with it, the place as far as the committee above does.

    Raises:
        Http404: `by` neither leads the cell nor covers it from above.
        NotPossible: the day is later than the one that stands.
    """
    require(by.leads(cell.pk) or by.covers(cell.path))
    was = cell.founded
    if founded == was:
        return
    if founded > was:
        raise NotPossible(f"Đã ghi thành lập ngày {format_date(was)}. Chỉ sửa về ngày sớm hơn.", "founded")
    with system_scope():
        above = Organisation.objects.in_bulk([UUID(one) for one in cell.path.strip("/").split("/")])
        for model in (OrganisationName, OrganisationCode):
            for name in model.objects.filter(organisation=cell, validity__startswith=was):
                _reach_back(name, founded)
        for place in OrgAncestor.objects.filter(descendant=cell, validity__startswith=was):
            _reach_back(place, max(founded, above[place.ancestor_id].founded) if place.ancestor_id in above else was)
        Organisation.objects.filter(pk=cell.pk).update(founded=founded)
    cell.founded = founded
    events.record("cell.founded_earlier", chain=cell.pk, by=by.person_id, obj=cell, since=founded)


def _reach_back(row: Any, since: date) -> None:
    if since < row.validity.lower:
        row.validity = DateRange(since, row.validity.upper)
        row.save(update_fields=["validity"])


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
