"""Offices of a committee and of its departments, given and ended from above (domain.md 1.3)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.models import Office, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, end
from chibo.directory.commands.offices import begin_term
from chibo.directory.tree.commands import may_shape_at, path_of_place
from chibo.directory.two_people.rule import NOT_ONESELF, require_second
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import fold, normalise
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation

UNKNOWN = (
    "Không thấy đảng viên nào đúng họ tên và mã ấy. Xem lại cách ghi, hoặc nhập danh sách chi bộ của đồng chí ấy trước."
)


def offices_in(body: Organisation) -> list[Office]:
    """Which offices there are in a body above the cells."""
    if body.kind == Kind.PROVINCE:
        return [Office.PROVINCE_STAFF]
    if body.kind == Kind.DEPARTMENT:
        above = body.parent
        return [Office.PROVINCE_STAFF if above is not None and above.kind == Kind.PROVINCE else Office.UPPER_STAFF]
    return [Office.UPPER_SECRETARY, Office.UPPER_MEMBER, Office.UPPER_STAFF]


def may_staff(by: Standing, body: Organisation) -> bool:
    """From above: a committee's offices by the province, those of departments by whom they work for."""
    return body.kind != Kind.CELL and body.dissolved is None and may_shape_at(by, path_of_place(body))


@transaction.atomic
def give_office(
    *,
    by: Standing,
    body: Organisation,
    full_name: str,
    code: str,
    office: Office,
    since: date,
    decision: str = "",
    second: UUID | None = None,
) -> Person:
    """A person holds an office of a committee or department from a day on; a former secretary's ends the day before.

    The person is named in full and by code, as whoever gives the office need not be able to read lists of members.

    Raises:
        Http404: `by` does not keep the offices of the body.
        NeedsSecond: cells below have records, and nobody has agreed.
        NotPossible: it is oneself; there is no such person, or several; the office is held already, or by another from
            a later day.
    """
    require(may_staff(by, body) and office in offices_in(body))
    with system_scope():
        person = named(full_name, code)
        if person.pk == by.person_id:
            raise NotPossible(NOT_ONESELF)
        held = TermOfOffice.objects.filter(organisation=body, office=office, validity__overlap=DateRange(since, None))
        if (own := held.filter(person=person).first()) is not None:
            day = format_date(own.validity.lower)
            raise NotPossible(f"Đồng chí {person.full_name} đã giữ chức vụ này từ ngày {day}. Không cần ghi thêm.")
        require_second(by, body, second)
        if office == Office.UPPER_SECRETARY:
            if later := held.filter(validity__startswith__gte=since).first():
                day = format_date(later.validity.lower + timedelta(days=1))
                raise NotPossible(
                    f"Bí thư khác đã được ghi từ ngày {format_date(later.validity.lower)}. Nhập ngày từ {day}."
                )
            for former in held:
                _end(by, former, since - timedelta(days=1))
        term = begin_term(person, body, office, since, decision)
        details = {"person": person.pk, "office": office.value, "since": since}
        events.record("office.begun", chain=body.pk, by=by.person_id, obj=term, **details)
    return person


def named_by(by: Standing, full_name: str, code: str) -> Person:
    """The same, looked up by the system: whoever gives an office need not read lists of members."""
    with system_scope():
        return named(full_name, code)


def named(full_name: str, code: str) -> Person:
    """The one person of this name and code.

    Raises:
        NotPossible: none, or several of the name without a code to tell them apart.
    """
    found = Person.objects.filter(folded=fold(normalise(full_name)))
    people = [one for one in (found.filter(code=code) if code else found) if one.full_name == normalise(full_name)]
    if len(people) > 1:
        raise NotPossible("Có nhiều đồng chí cùng họ tên ấy. Ghi thêm mã đảng viên.")
    if not people:
        raise NotPossible(UNKNOWN)
    return people[0]


@transaction.atomic
def take_office(*, by: Standing, term: TermOfOffice, last_day: date) -> None:
    """An office of a committee or department ends after its last day.

    Raises:
        Http404: `by` does not keep the offices of the body.
        NotPossible: it ended earlier already.
    """
    require(may_staff(by, term.organisation))
    with system_scope():
        _end(by, term, last_day)


def _end(by: Standing, term: TermOfOffice, last_day: date) -> None:
    ended: dict[str, Any] = {"person": term.person_id, "office": term.office, "last_day": last_day}
    end(term, last_day)
    events.record("office.ended", chain=term.organisation_id, by=by.person_id, **ended)


def held_today(body: Organisation) -> list[TermOfOffice]:
    """Who holds an office of the body today or from a later day."""
    rows = TermOfOffice.objects.filter(organisation=body, validity__overlap=DateRange(today(), None))
    return list(rows.select_related("person").order_by("office", "person__sort_key"))
