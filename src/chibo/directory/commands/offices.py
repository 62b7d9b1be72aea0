"""Offices: who holds which from when. A new secretary ends the former one's term."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from chibo.access.models import ABOVE_CELLS, CELL_COMMITTEE, Office, TermOfOffice
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, end
from chibo.directory.two_people.rule import NOT_ONESELF, require_second
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, Person
from chibo.orgs.models import Organisation

AGE_OF_JOINING = 18  # Điều lệ Đảng, article 1


def may_appoint(by: Standing, organisation: Organisation, office: Office) -> bool:
    """The cell's committee records its own offices; the committee above records them too, and who follows the cell.

    Offices above the cells are recorded in a staff session too: somebody must be the first.
    """
    if by.staff is not None and office in ABOVE_CELLS:
        return True
    return by.covers(organisation.path) or (office in CELL_COMMITTEE and by.leads(organisation.pk))


@transaction.atomic
def appoint(
    *,
    by: Standing,
    person: Person,
    organisation: Organisation,
    office: Office,
    since: date,
    last_day: date | None = None,
    decision: str = "",
    second: UUID | None = None,
) -> TermOfOffice:
    """Record that a person holds an office from a day on, by a paper of which the number is kept.

    last_day: of an office that was held and is over. Whoever holds the office from a later day on, and has held it
    since an earlier one, holds it from that.

    The former secretary's term ends the day before; so does another office that this person held in the cell's
    committee, as one sits there once.

    Raises:
        Http404: `by` may not record this office.
        NeedsSecond: it gives a right to what is recorded, from above, and nobody has agreed.
        NotPossible: one's own; a probationary member or a temporary arrival; a day before the person was 18; the office
            is held already, or by a secretary whose term began later.
    """
    require(may_appoint(by, organisation, office))
    if person.birth_year and since.year < person.birth_year + AGE_OF_JOINING:
        born, day = person.birth_year, format_date(since)
        raise NotPossible(
            f"Đồng chí {person.full_name} sinh năm {born}, ngày {day} chưa đủ 18 tuổi. Xem lại năm.", field="since"
        )
    if office in CELL_COMMITTEE:
        _require_official(person, organisation, since)
    own = TermOfOffice.objects.filter(organisation=organisation, person=person)
    gives = last_day is None or last_day >= today()
    if gives:
        require_second(by, organisation, second)
    if last_day is not None:
        if gives and person.pk == by.person_id:
            raise NotPossible(NOT_ONESELF, "person")
        return _held(by, person, organisation, office, (since, last_day), decision)
    if own.on(since).filter(office=office).exists():
        raise NotPossible(f"Đồng chí {person.full_name} đang giữ chức vụ này. Không cần ghi thêm.")
    after = own.filter(office=office, validity__fully_gt=DateRange(since, since + timedelta(days=1)))
    if (first := after.order_by("validity").first()) is not None:
        return _date_back(by, first, since)
    if person.pk == by.person_id:
        raise NotPossible(NOT_ONESELF, "person")
    ending = list(own.on(since).filter(office__in=CELL_COMMITTEE)) if office in CELL_COMMITTEE else []
    if office == Office.SECRETARY:
        others = TermOfOffice.objects.filter(organisation=organisation, office=office).exclude(person=person)
        if later := others.filter(validity__fully_gt=DateRange(since, since + timedelta(days=1))).first():
            day = format_date(later.validity.lower)
            raise NotPossible(f"Bí thư khác đã được ghi từ ngày {day}. Chọn ngày sau ngày ấy.")
        ending += others.on(since)
    for term in ending:
        if term.validity.lower >= since:
            day = format_date(term.validity.lower + timedelta(days=1))
            raise NotPossible(f"Chức vụ trước mới bắt đầu hôm ấy. Nhập ngày từ {day}.")
        _end(by, term, since - timedelta(days=1), decision)
    term = begin_term(person, organisation, office, since, decision)
    events.record(
        "office.begun",
        chain=organisation.pk,
        by=by.actor,
        obj=term,
        person=person.pk,
        office=office.value,
        since=since,
    )
    return term


def _held(
    by: Standing, person: Person, organisation: Organisation, office: Office, days: tuple[date, date], decision: str
) -> TermOfOffice:
    """An office that was held from a day to a last one, entered later; nothing recorded of these days changes."""
    since, last_day = days
    if last_day < since:
        raise NotPossible("Ngày thôi giữ trước ngày bắt đầu. Sửa lại một trong hai ngày.", "last_day")
    after = last_day + timedelta(days=1)
    _require_free(person, organisation, office, DateRange(since, after))
    term = begin_term(person, organisation, office, since, decision, after)
    said = {"person": person.pk, "office": office.value}
    events.record("office.begun", chain=organisation.pk, by=by.actor, obj=term, **said, since=since)
    events.record("office.ended", chain=organisation.pk, by=by.person_id, obj=None, **said, last_day=last_day)
    return term


def _date_back(by: Standing, term: TermOfOffice, since: date) -> TermOfOffice:
    """A term that began earlier than was recorded, as where a cell is opened that has long been led."""
    was = term.validity.lower
    _require_free(term.person, term.organisation, Office(term.office), DateRange(since, was))
    term.validity = DateRange(since, term.validity.upper)
    term.save(update_fields=["validity"])
    said = {"person": term.person_id, "office": term.office, "since": since}
    events.record("office.dated_back", chain=term.organisation_id, by=by.actor, obj=term, **said)
    return term


def _require_free(person: Person, organisation: Organisation, office: Office, days: DateRange) -> None:
    """On days of the past nobody else was secretary, and the person sat on the cell's committee once.

    Raises:
        NotPossible: so it is recorded.
    """
    if office not in CELL_COMMITTEE:
        return
    here = TermOfOffice.objects.filter(organisation=organisation, validity__overlap=days).select_related("person")
    one = here.filter(person=person, office__in=CELL_COMMITTEE).first()
    if one is None and office == Office.SECRETARY:
        one = here.filter(office=office).first()
    if one is not None:
        held, until = format_date(one.validity.lower), one.validity.upper
        to = f" đến {format_date(until - timedelta(days=1))}" if until else ""
        raise NotPossible(
            f"Từ {held}{to} đã ghi đồng chí {one.person.full_name} là {one.get_office_display().lower()}. "
            "Chọn những ngày khác, hoặc sửa phần ấy trước.",
            "since",
        )


def begin_term(
    person: Person,
    organisation: Organisation,
    office: Office,
    since: date,
    decision: str,
    after: date | None = None,
) -> TermOfOffice:
    """Write the row of a term from a day on; after: the first day on which it is over.

    Raises:
        NotPossible: somebody else wrote the like at the same moment.
    """
    try:
        with transaction.atomic():
            return TermOfOffice.objects.create(
                person=person,
                organisation=organisation,
                office=office,
                validity=DateRange(since, after),
                decision=normalise(decision),
            )
    except IntegrityError as error:
        raise NotPossible("Có người vừa ghi chức vụ này. Tải lại trang rồi xem lại.") from error


def _require_official(person: Person, cell: Organisation, since: date) -> None:
    """A committee is of official members: a probationary member has no standing (domain.md 1.8).

    A secretary may come from another cell, sent by the committee above; so only those who belong here are judged.

    Raises:
        NotPossible: the person is here as a probationary member or a temporary arrival.
    """
    kind = Membership.objects.filter(person=person, cell=cell, validity__contains=since).values_list("kind", flat=True)
    if kind and kind[0] != Membership.Kind.OFFICIAL:
        words = Membership.Kind(kind[0]).label
        raise NotPossible(f"Đồng chí {person.full_name} là đảng viên {words}, chưa giữ chức vụ trong chi ủy được.")


@transaction.atomic
def end_office(*, by: Standing, term: TermOfOffice, last_day: date, decision: str = "") -> None:
    """End a term of office after its last day, by a paper; from the next day it gives no right.

    Raises:
        Http404: `by` may not record this office.
        NotPossible: it ended earlier already.
    """
    require(may_appoint(by, term.organisation, Office(term.office)))
    _end(by, term, last_day, decision)


def _end(by: Standing, term: TermOfOffice, last_day: date, decision: str) -> None:
    ended = {"person": term.person_id, "office": term.office, "last_day": last_day}
    chain = term.organisation_id
    end(term, last_day)
    if decision and term.pk is not None:  # a term that would not have lasted a day is gone
        TermOfOffice.objects.filter(pk=term.pk).update(end_decision=normalise(decision))
    events.record("office.ended", chain=chain, by=by.person_id, obj=None, **ended)
