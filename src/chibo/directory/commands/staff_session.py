"""Staff sessions: begun for a reason and a time, ended by hand or by the clock; what they allow above the cells."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from chibo.access.models import ABOVE_CELLS, MOST_STAFF_MINUTES, Office, StaffSession, TermOfOffice
from chibo.access.standing import Standing, found, require
from chibo.accounts.models import Invitation, User
from chibo.audit import events
from chibo.directory.commands.accounts import Card, new_login
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.offices import appoint
from chibo.directory.two_people.rule import require_second
from chibo.lib.dates import now, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation


def chain_of_tenant(account: UUID) -> UUID:
    """In whose life a staff session happens: the province's; the account's own before there is one."""
    return Organisation.objects.filter(parent=None).values_list("pk", flat=True).first() or account


@transaction.atomic
def begin_staff_session(*, by: Standing, reason: str, minutes: int) -> StaffSession:
    """Switch the power over offices and accounts on, for a reason that the committees above the cells will read.

    The event holds a digest of the reason, so that the text cannot be changed afterwards unseen.

    Raises:
        Http404: `by` is no administrator.
        NotPossible: longer than an hour.
    """
    account = by.administrator
    if not 1 <= minutes <= MOST_STAFF_MINUTES:
        raise NotPossible(f"Một phiên kéo dài từ 1 đến {MOST_STAFF_MINUTES} phút.")
    begun = now()
    session = StaffSession.objects.create(
        account_id=account, reason=normalise(reason), begun_at=begun, until=begun + timedelta(minutes=minutes)
    )
    details = {"account": account, "until": session.until, "reason_sha256": reason_digest(session)}
    events.record("staff.begun", chain=chain_of_tenant(account), by=by.actor, obj=session, **details)
    return session


def reason_digest(session: StaffSession) -> str:
    """The digest that the event keeps of a reason, salted by the session's id."""
    return hashlib.sha256(session.pk.bytes + session.reason.encode()).hexdigest()


@transaction.atomic
def end_staff_session(*, by: Standing) -> None:
    """Switch it off before its time.

    Raises Http404: none is on.
    """
    account = by.administrator
    session = StaffSession.objects.select_for_update().get(pk=found(by.staff))
    session.ended_at = now()
    session.save(update_fields=["ended_at"])
    events.record("staff.ended", chain=chain_of_tenant(account), by=by.actor, obj=session, account=account)


@transaction.atomic
def first_officer(
    *, by: Standing, organisation: Organisation, full_name: str, code: str, second: UUID | None = None
) -> Card:
    """Enter the first officer of a body above the cells that has none, with an invitation to print.

    Raises:
        Http404: no staff session is on, or the body is a cell: the committee above it gives it a secretary.
        NeedsSecond: cells below have records, and nobody has agreed.
        NotPossible: somebody holds an office there, and may give others.
    """
    require(by.staff is not None and organisation.kind != Kind.CELL)
    holders = TermOfOffice.objects.on(today()).filter(organisation=organisation, office__in=ABOVE_CELLS)
    if holders.exists():
        raise NotPossible("Ở đây đã có người giữ chức vụ. Người ấy ghi tiếp; nếu quên mật khẩu, in tờ mời mới.")
    require_second(by, organisation, second)
    person = Person.objects.enter(full_name, code=code.strip())
    committee = organisation.parent if organisation.kind == Kind.DEPARTMENT else organisation
    of_province = committee is not None and committee.kind == Kind.PROVINCE
    office = Office.PROVINCE_STAFF if of_province else Office.UPPER_STAFF
    term = appoint(by=by, person=person, organisation=organisation, office=office, since=today(), second=second)
    return invite_officer(by=by, term=term, second=second)


@transaction.atomic
def invite_officer(*, by: Standing, term: TermOfOffice, second: UUID | None = None) -> Card:
    """Issue a new invitation to whoever holds an office above the cells: a forgotten password, a lost first sheet.

    The password of before holds until the invitation is accepted.

    Raises:
        Http404: no staff session is on, or the office is a cell's, or ended, or one's own.
        NeedsSecond: cells below have records, and nobody has agreed.
    """
    require(by.staff is not None and term.office in ABOVE_CELLS and today() in term.validity)
    require(term.person_id != by.person_id)
    require_second(by, term.organisation, second)
    person = Person.objects.get(pk=term.person_id)
    user = User.objects.filter(person=person).first() or User.objects.open(new_login(person), person=person)
    issued = Invitation.objects.issue(user, by.person_id)
    details = {"person": person.pk, "staff": by.staff}
    events.record("account.invited", chain=term.organisation_id, by=by.actor, obj=user, **details)
    return Card(person, user.login, issued)
