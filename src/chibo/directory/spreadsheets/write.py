"""Writing what was planned: in bulk, in one transaction a call, with an event for each fact."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, transaction
from psycopg.errors import InsufficientPrivilege
from psycopg.types.range import DateRange

from chibo.access.models import TermOfOffice
from chibo.access.standing import Standing, require
from chibo.audit.bulk import Draft, record_many
from chibo.directory.commands.probation import months_of
from chibo.directory.spreadsheets.organisations import DESCRIBED, OrganisationEntry, founded
from chibo.directory.spreadsheets.plan import Entry
from chibo.directory.spreadsheets.problems import Problem
from chibo.lib.bulk_insert import insert
from chibo.lib.dates import add_months, now, today
from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import fold, name_sort_key, sort_key
from chibo.members.models import Contact, Exemption, FormerDetails, Membership, Person, UnitPost
from chibo.orgs.models import Kind, OrgAncestor, Organisation, OrganisationCode, OrganisationName
from chibo.rules.models import Rule

CHUNK = 2_000
PERSON = "members.person"


def chunks(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries some thousands at a time, cell by cell, so that a chain of events is locked once; new people first."""
    ordered = sorted(entries, key=lambda one: (one.joins and not one.new_person, one.cell.id))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


@transaction.atomic
def write_organisations(*, by: Standing, entries: Sequence[OrganisationEntry], since: date) -> None:
    """Create and describe organisations; parents come before their children.

    Raises:
        Http404: `by` holds no office that covers one of them.
    """
    require(all(by.covers(one.body.path) for one in entries))
    new = [one for one in entries if one.new]
    validity = {one.body.id: DateRange(founded(one.row, since), None) for one in new}
    fields = ("id", "kind", "parent", "path", "name", "code", "folded", "sort_key", "founded", *DESCRIBED)
    insert(Organisation, fields, [_organisation(one, since) for one in new])
    names = [(uuid7(), one.body.id, one.body.name, validity[one.body.id]) for one in new]
    insert(OrganisationName, ("id", "organisation", "name", "validity"), names)
    codes = [(uuid7(), one.body.id, one.body.code, validity[one.body.id]) for one in new if one.body.code]
    insert(OrganisationCode, ("id", "organisation", "code", "validity"), codes)
    ancestry = [
        (UUID(part), one.body.id, validity[one.body.id]) for one in new for part in one.body.path.strip("/").split("/")
    ]
    insert(OrgAncestor, ("ancestor", "descendant", "validity"), ancestry)
    for one in entries:
        if not one.new:
            _describe(one)
    record_many(
        [
            Draft(
                f"{_word(one)}.{'created' if one.new else 'described'}", one.body.id, "orgs.organisation", one.body.id
            )
            for one in entries
        ],
        by=by.person_id,
    )


def _word(one: OrganisationEntry) -> str:
    return "cell" if one.body.kind == Kind.CELL else "organisation"


def _organisation(one: OrganisationEntry, since: date) -> tuple[Any, ...]:
    row, body = one.row, one.body
    keys = fold(body.name), sort_key(body.name), founded(row, since)
    described = [getattr(row, name) for name in DESCRIBED]
    return (body.id, body.kind, body.parent_id, body.path, body.name, body.code, *keys, *described)


def _describe(one: OrganisationEntry) -> None:
    organisation = Organisation.objects.get(pk=one.body.id)
    if "name" in one.fields:
        organisation.rename(one.fields["name"], today())
    if "code" in one.fields:
        _relabel(organisation, one.fields["code"])
    others = {name: value for name, value in one.fields.items() if name != "name"}
    for name, value in others.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(others))


def _relabel(organisation: Organisation, code: str) -> None:
    """Another code from today; the one before stays readable under its days."""
    current = organisation.codes.filter(validity__contains=today()).first()
    if current is not None and current.validity.lower == today():
        current.code = code
        current.save(update_fields=["code"])
        return
    if current is not None:
        current.validity = DateRange(current.validity.lower, today())
        current.save(update_fields=["validity"])
    organisation.codes.create(code=code, validity=DateRange(today(), None))


@transaction.atomic
def write_people(*, by: Standing, entries: Sequence[Entry]) -> list[Problem]:
    """Enter and change people as planned. What the database refuses of people who come from elsewhere is given back.

    Raises:
        Http404: `by` keeps the list of one of the cells neither from inside nor from above.
    """
    require(all(by.leads(one.cell.id) or by.covers(one.cell.path) for one in entries))
    refused: list[Problem] = []
    coming = [one for one in entries if one.joins and not one.new_person]
    _write(by, [one for one in entries if one.new_person or not one.joins])
    for one in coming:
        try:
            with transaction.atomic():
                _write(by, [one])
        except (IntegrityError, ProgrammingError) as error:
            if isinstance(error, ProgrammingError) and not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            name = one.row.full_name
            reason = f"Đồng chí {name} đang sinh hoạt ở chi bộ khác. Ghi chuyển đi ở chi bộ ấy trước."
            refused.append(one.row.problem("in_another_cell", reason, "full_name"))
    return refused


def _write(by: Standing, entries: Sequence[Entry]) -> None:
    """Memberships come before what hangs on them: the policies let a committee write for its own people alone."""
    fields = ("id", "full_name", "folded", "sort_key", "birth_year", "sex", "code")
    insert(Person, fields, [_person(one) for one in entries if one.new_person])
    memberships = list(_memberships(entries))
    fields = ("id", "person", "cell", "kind", "validity", "admitted_on", "probation_ends")
    insert(Membership, fields, memberships)
    _change(by, entries)
    phones = [(one.person_id, one.phone, False) for one in entries if one.phone]
    known = "ON CONFLICT (person_id) DO UPDATE SET phone = excluded.phone"
    insert(Contact, ("person", "phone", "shared_with_cell"), phones, known)
    exemptions = [
        (uuid7(), one.person_id, one.cell.id, "", DateRange(one.exempt_on, None)) for one in entries if one.exempt_on
    ]
    insert(Exemption, ("id", "person", "cell", "decision", "validity"), exemptions)
    since_today = DateRange(today(), None)
    posts = [(uuid7(), one.person_id, one.cell.id, one.post, False, since_today) for one in entries if one.post]
    insert(UnitPost, ("id", "person", "cell", "title", "is_head", "validity"), posts)
    terms = [(uuid7(), one.person_id, one.cell.id, one.office, since_today) for one in entries if one.office]
    insert(TermOfOffice, ("id", "person", "organisation", "office", "validity"), terms)
    facts = [draft for one in entries for draft in _events(one)]
    record_many([*facts, *(_office_begun(*term) for term in terms)], by=by.person_id)


def _person(one: Entry) -> tuple[Any, ...]:
    row = one.row
    keys = fold(row.full_name), name_sort_key(row.full_name)
    return (one.person_id, row.full_name, *keys, row.birth_year, row.sex, row.code)


def _memberships(entries: Sequence[Entry]) -> Iterator[tuple[Any, ...]]:
    """The memberships to begin; of a probationary member with the day on which twelve months end (domain.md 1.2)."""
    cells = Organisation.objects.in_bulk({one.cell.id for one in entries if one.memberships})
    books = Rule.objects.books(today(), {key: cell.path_ids for key, cell in cells.items()})
    for one in entries:
        for kind, since, until in one.memberships:
            admitted = one.row.joined_on if kind == Membership.Kind.PROBATIONARY else None
            ends = add_months(admitted, months_of(books[one.cell.id])) if admitted else None
            yield uuid7(), one.person_id, one.cell.id, str(kind), DateRange(since, until), admitted, ends


def _change(by: Standing, entries: Sequence[Entry]) -> None:
    """What changes of people who are there; what the book said before stays readable."""
    corrected = [one for one in entries if one.fields]
    before = Person.objects.in_bulk([one.person_id for one in corrected])
    former = []
    for one in corrected:
        said = {name: old for name in one.fields if (old := getattr(before[one.person_id], name)) not in ("", None)}
        if said:
            keys = {"person_id": one.person_id, "cell_id": one.cell.id, "corrected_by": by.person_id}
            former.append(FormerDetails(**keys, corrected_at=now(), **said))
        Person.objects.filter(pk=one.person_id).update(**one.fields)
    FormerDetails.objects.bulk_create(former)
    for one in entries:
        if one.official is not None:
            here, since = one.official
            Membership.objects.filter(pk=here.id).update(validity=DateRange(here.since, since))
            Membership.objects.create(
                person_id=one.person_id,
                cell_id=one.cell.id,
                kind=Membership.Kind.OFFICIAL,
                validity=DateRange(since, here.until),
            )


def _events(one: Entry) -> Iterator[Draft]:
    """The events that the screens record for the same acts."""
    chain, person = one.cell.id, one.person_id
    if one.joins:
        kind, since, _ = one.memberships[0]
        yield Draft("member.entered", chain, PERSON, person, {"membership": str(kind), "since": since})
    elif one.fields or one.phone:
        yield Draft("member.corrected", chain, PERSON, person)
    if len(one.memberships) > 1 or one.official is not None:
        since = one.official[1] if one.official else one.memberships[1][1]
        yield Draft("member.kind_changed", chain, PERSON, person, {"membership": "official", "since": since})
    if one.exempt_on:
        yield Draft("member.exemption", chain, PERSON, person, {"since": one.exempt_on})
    if one.post:
        yield Draft("member.post_held", chain, PERSON, person)


def _office_begun(term: UUID, person: UUID, cell: UUID, office: str, validity: DateRange) -> Draft:
    details = {"person": person, "office": office, "since": validity.lower}
    return Draft("office.begun", cell, "access.termofoffice", term, details)
