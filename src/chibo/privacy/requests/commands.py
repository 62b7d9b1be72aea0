"""What is done with a request about one's own data (Nghị định 356/2025/NĐ-CP, Điều 5; domain.md 6)."""

from uuid import UUID

from django.db import connection, transaction

from chibo.access.models import Office, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import now, today
from chibo.members.models import Contact, Membership, Person
from chibo.orgs.models import Organisation
from chibo.privacy.models import DataRequest
from chibo.rules.book import RuleBook
from chibo.rules.models import Rule
from chibo.rules.working_days import calendar_of

Kind, Subject, Outcome = DataRequest.Kind, DataRequest.Subject, DataRequest.Outcome
# What an accepted request does by itself: the phone is what can be erased, or shown to fewer.
ERASES_CONTACT = (Kind.DELETION, Kind.WITHDRAWAL)


class Settled(Exception):
    """The request was answered or withdrawn meanwhile; nothing was changed."""


def book_of(organisation: Organisation | None) -> RuleBook:
    """The rules in force today for an organisation; the general ones while there is none."""
    return Rule.objects.book(today(), organisation.path_ids) if organisation else Rule.objects.general(today())


def home_of(person: UUID) -> Organisation | None:
    """The cell that keeps a person's book: the home cell, else where one is for a time, else that of an office."""
    memberships = Membership.objects.filter(person=person, validity__contains=today()).select_related("cell__parent")
    ordered = sorted(memberships, key=lambda one: one.kind == Membership.Kind.TEMPORARY)
    if ordered:
        return ordered[0].cell
    term = TermOfOffice.objects.on(today()).filter(person=person).select_related("organisation__parent").first()
    return term.organisation if term else None


def answerer_for(person: UUID) -> Organisation | None:
    """Who answers a person: their cell; the committee above where it concerns the cell's own secretary."""
    home = home_of(person)
    if home is None or home.parent is None:
        return home
    leads = TermOfOffice.objects.on(today()).filter(organisation=home, person=person, office=Office.SECRETARY)
    return home.parent if leads.exists() else home


def may_answer(by: Standing, request: DataRequest) -> bool:
    """Whether `by` acts for the body that answers; nobody answers their own request."""
    if request.person_id == by.person_id:
        return False
    paths = (*by.commune_paths, *by.province_paths)
    return by.leads(request.answerer_id) or request.answerer.path in paths


@transaction.atomic
def make_request(*, by: Standing, kind: str, subject: str, text: str, person: Person | None = None) -> DataRequest:
    """Ask about one's own data; the committee may write it down for a member without a device.

    Raises:
        Http404: nobody is signed in, or the person is not of a cell that `by` leads, or of none at all.
    """
    who = person.pk if person is not None else by.me
    with system_scope():  # the way up from a person's cell is read whole, whatever the person may see of it
        home, answerer = home_of(who), answerer_for(who)
    require(answerer is not None)
    assert answerer is not None  # noqa: S101
    require(who == by.person_id or (home is not None and by.leads(home.pk)))
    rules, calendar, day = book_of(answerer), calendar_of(answerer.path_ids), today()
    request = DataRequest.objects.create(
        person_id=who,
        answerer=answerer,
        kind=kind,
        subject=subject,
        text=text,
        written_by=by.person_id if who != by.person_id else None,
        acknowledge_by=calendar.add(day, rules.number("data_request_acknowledge_days")),
        answer_by=calendar.add(day, rules.number(f"data_request_{kind}_days")),
    )
    behalf = {"on_behalf_of": who} if who != by.person_id else {}
    events.record("data_request.made", chain=answerer.pk, by=by.person_id, obj=request, what=kind, **behalf)
    return request


def _locked(by: Standing, request: DataRequest) -> DataRequest:
    """The request under lock.

    Raises:
        Http404: it is not `by`'s to answer.
        Settled: it was answered or withdrawn meanwhile.
    """
    require(may_answer(by, request))
    request = DataRequest.objects.select_for_update(of=("self",)).select_related("answerer").get(pk=request.pk)
    if not request.is_waiting:
        raise Settled(str(request.pk))
    return request


@transaction.atomic
def acknowledge(*, by: Standing, request: DataRequest) -> DataRequest:
    """Say that the request came; doing it again changes nothing.

    Raises:
        Http404, Settled: see `_locked`.
    """
    request = _locked(by, request)
    if request.acknowledged_at is None:
        request.acknowledged_at, request.acknowledged_by = now(), by.person_id
        request.save(update_fields=["acknowledged_at", "acknowledged_by"])
        events.record("data_request.acknowledged", chain=request.answerer_id, by=by.person_id, obj=request)
    return request


@transaction.atomic
def answer(*, by: Standing, request: DataRequest, outcome: str, text: str) -> DataRequest:
    """Accept or refuse, with a sentence; an accepted one about the phone takes effect at once.

    Raises:
        Http404, Settled: see `_locked`.
    """
    request = _locked(by, request)
    moment = now()
    if request.acknowledged_at is None:
        request.acknowledged_at, request.acknowledged_by = moment, by.person_id
    request.answered_at, request.answered_by = moment, by.person_id
    request.outcome, request.answer = outcome, text
    request.save()
    if outcome == Outcome.ACCEPTED and request.subject == Subject.CONTACT:
        _change_contact(by, request)
    chain, what = request.answerer_id, {"outcome": outcome}
    events.record("data_request.answered", chain=chain, by=by.person_id, obj=request, **what)
    return request


def _change_contact(by: Standing, request: DataRequest) -> None:
    """Erase the phone, or show it to the committee alone, as was accepted."""
    with system_scope():  # the committee above answers for a secretary, whose phone it may not read
        contact = Contact.objects.filter(person=request.person_id)
        if request.kind in ERASES_CONTACT:
            changed, kind = contact.delete()[0], "contact.erased"
        elif request.kind == Kind.RESTRICTION:
            changed, kind = contact.update(shared_with_cell=False), "contact.hidden"
        else:
            return
    if changed:
        events.record(kind, chain=request.answerer_id, by=by.person_id, person=request.person_id)


@transaction.atomic
def withdraw(*, by: Standing, request: DataRequest) -> DataRequest:
    """Take one's own request back.

    Raises:
        Http404: it is not one's own.
        Settled: it was answered or withdrawn meanwhile.
    """
    require(request.person_id == by.me)
    request = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not request.is_waiting:
        raise Settled(str(request.pk))
    request.withdrawn_at = now()
    request.save(update_fields=["withdrawn_at"])
    events.record("data_request.withdrawn", chain=request.answerer_id, by=by.person_id, obj=request)
    return request


def overdue_below() -> dict[UUID, int]:
    """How many requests are overdue in each body under one's office: counts alone (access/privacy_functions.py)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT answerer, overdue FROM privacy_overdue(%s)", [today()])
        return dict(cursor.fetchall())
