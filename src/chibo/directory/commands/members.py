"""The list of a cell: entering people, correcting what is known of them, what changes their part for some days."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from chibo.access.models import Office
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, hold
from chibo.directory.commands.lineage import become, begin_through, end_through
from chibo.directory.commands.lineage import first_day as earliest
from chibo.directory.commands.offices import appoint
from chibo.directory.commands.probation import twelve_months_end
from chibo.directory.commands.stays import set_stay, stay_of
from chibo.directory.paste import PastedMember
from chibo.lib.dates import format_date, now, today
from chibo.lib.vietnamese import fold, name_sort_key, normalise
from chibo.members.models import (
    Contact,
    Exemption,
    FormerDetails,
    Membership,
    Person,
    StandingChange,
    Suspension,
    TemporaryLeave,
    UnitPost,
)
from chibo.orgs.models import Organisation

# The words of the addresses for what changes a member's part.
CHANGES: dict[str, type[StandingChange]] = {
    "mien": Exemption,
    "tam-di": TemporaryLeave,
    "dinh-chi": Suspension,
}


def _keeps_list(by: Standing, cell: Organisation) -> bool:
    """The committee keeps its cell's list; the committee above while it sets the cell up."""
    return by.leads(cell.pk) or by.covers(cell.path)


@transaction.atomic
def enter_member(
    *,
    by: Standing,
    cell: Organisation,
    full_name: str,
    kind: str,
    since: date,
    birth_year: int | None = None,
    sex: str = "",
    code: str = "",
    phone: str = "",
    shared: bool = False,
    admitted_on: date | None = None,
) -> Person:
    """Enter a new person into a cell from a day on; a probationary member with the day on which twelve months end.

    admitted_on: the day of admission (ngày kết nạp), of a probationary member.

    Raises:
        Http404: `by` does not keep the cell's list.
        NotPossible: the member code is another's, or the cell ended.
    """
    require(_keeps_list(by, cell))
    _require_free_code(code, None)
    person = Person.objects.enter(full_name, birth_year=birth_year, sex=sex, code=code)
    admitted_on = admitted_on if kind == Membership.Kind.PROBATIONARY else None
    try:
        with transaction.atomic():
            Membership.objects.create(
                person=person,
                cell=cell,
                kind=kind,
                validity=DateRange(since, None),
                admitted_on=admitted_on,
                probation_ends=twelve_months_end(cell, admitted_on) if admitted_on else None,
            )
    except IntegrityError as error:
        raise NotPossible("Chi bộ này vừa kết thúc hoặc sáp nhập. Ghi đảng viên ở chi bộ tiếp nối.") from error
    if phone:
        Contact.objects.create(person=person, phone=phone, shared_with_cell=shared)
    events.record("member.entered", chain=cell.pk, by=by.person_id, obj=person, membership=kind, since=since)
    return person


@transaction.atomic
def enter_list(
    *,
    by: Standing,
    cell: Organisation,
    members: Sequence[PastedMember],
    since: date,
    office_since: date | None = None,
) -> list[Person]:
    """Enter a pasted list, with the offices that its lines name; office_since: from when they are held, else today.

    Raises:
        Http404: `by` does not lead the cell.
    """
    require(by.leads(cell.pk))
    people = []
    for one in members:
        person = enter_member(
            by=by,
            cell=cell,
            full_name=one.full_name,
            kind=one.kind,
            since=since,
            birth_year=one.birth_year,
            sex=one.sex,
            phone=one.phone,
        )
        if one.office:
            appoint(by=by, person=person, organisation=cell, office=Office(one.office), since=office_since or today())
        people.append(person)
    return people


@transaction.atomic
def correct_person(
    *,
    by: Standing,
    cell: Organisation,
    person: Person,
    full_name: str,
    birth_year: int | None,
    sex: str,
    code: str,
    phone: str,
    shared: bool,
) -> None:
    """Put right what is known of a member; what the book said before stays readable. An empty phone is forgotten.

    Minutes already signed keep the name that was then: they are corrected by annotation alone.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the member code is another's.
    """
    require(by.leads(cell.pk))
    _require_free_code(code, person.pk)
    name = normalise(full_name)
    new = {"full_name": name, "birth_year": birth_year, "sex": sex, "code": code}
    before = Person.objects.filter(pk=person.pk).values(*new).get()
    changed = {field: value for field, value in before.items() if value != new[field] and value not in ("", None)}
    if changed:
        FormerDetails.objects.create(person=person, cell=cell, corrected_at=now(), corrected_by=by.person_id, **changed)
    Person.objects.filter(pk=person.pk).update(
        full_name=name, folded=fold(name), sort_key=name_sort_key(name), birth_year=birth_year, sex=sex, code=code
    )
    if phone:
        Contact.objects.update_or_create(person=person, defaults={"phone": phone, "shared_with_cell": shared})
    else:
        Contact.objects.filter(person=person).delete()
    events.record("member.corrected", chain=cell.pk, by=by.person_id, obj=person)


def _require_free_code(code: str, own: UUID | None) -> None:
    """A member code names one person. What may not be read cannot be seen here, and sign-in then asks for the login.

    Raises:
        NotPossible: someone of one's own cells has it.
    """
    others = Person.objects.exclude(pk=own) if own else Person.objects.all()
    if code and (other := others.filter(code=code).first()):
        raise NotPossible(f"Mã {code} đã là của đồng chí {other.full_name}. Kiểm tra lại mã.")


@transaction.atomic
def change_kind(*, by: Standing, membership: Membership, kind: str, since: date) -> None:
    """From a day on, the member is of another kind: probationary becomes official.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the day is not within the membership, or it is of that kind already.
    """
    require(by.leads(membership.cell_id))
    hold(membership, "kind", "validity")
    if membership.kind == kind:
        raise NotPossible(f"Đồng chí này đang là đảng viên {membership.get_kind_display()}.")
    first_here = earliest(membership, of_kind=True)
    if since <= first_here:
        first = format_date(first_here + timedelta(days=1))
        raise NotPossible(f"Ngày {format_date(since)} sớm quá. Nhập ngày từ {first}.", "since")
    until = membership.validity.upper
    if until is not None and since >= until:
        last = format_date(until - timedelta(days=1))
        raise NotPossible(f"Đến hết ngày {last} loại này kết thúc. Nhập ngày không muộn hơn.", "since")
    with system_scope():
        new = become(membership, kind, since)
    events.record(
        "member.kind_changed",
        chain=new.cell_id,
        by=by.person_id,
        obj=new,
        person=new.person_id,
        membership=kind,
        since=since,
    )


@transaction.atomic
def date_back(*, by: Standing, membership: Membership, since: date) -> None:
    """The member belongs to the cell since an earlier day than was recorded.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the day is no earlier one, or the person was here, or in another cell, in between.
    """
    require(by.leads(membership.cell_id))
    hold(membership, "validity")
    was = membership.validity.lower
    if since >= was:
        raise NotPossible(f"Sổ đã ghi từ ngày {format_date(was)}. Nhập một ngày sớm hơn.", "since")
    between = Membership.objects.filter(person_id=membership.person_id, validity__overlap=DateRange(since, was))
    if membership.kind == Membership.Kind.TEMPORARY:
        between = between.filter(cell_id=membership.cell_id)
    if (other := between.order_by("-validity").first()) is not None:
        last = format_date(other.validity.upper - timedelta(days=1)) if other.validity.upper else format_date(was)
        raise NotPossible(
            f"Đến hết ngày {last} sổ đã ghi đồng chí này ở chỗ khác, hoặc loại khác. Nhập ngày sau.", "since"
        )
    membership.validity = DateRange(since, membership.validity.upper)
    membership.save(update_fields=["validity"])
    said = {"person": membership.person_id, "since": since}
    events.record("member.dated_back", chain=membership.cell_id, by=by.person_id, obj=membership, **said)


@transaction.atomic
def change_part(
    *,
    by: Standing,
    cell: Organisation,
    person: Person,
    change: str,
    since: date,
    until: date | None = None,
    decision: str = "",
    destination: str = "",
    application: str = "",
) -> StandingChange:
    """Exempt, temporarily away or suspended from a day (domain.md 1.7). change: a key of CHANGES.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the days run backwards or are covered already.
    """
    require(by.leads(cell.pk))
    more = {"tam-di": {"destination": destination}, "mien": {"application": application}}.get(change, {})
    with system_scope():
        row = begin_through(
            CHANGES[change], since, until, person=person, cell=cell, decision=normalise(decision), **more
        )
    events.record(
        f"member.{row._meta.model_name}",
        chain=cell.pk,
        by=by.person_id,
        obj=row,
        person=person.pk,
        since=since,
        until=until,
    )
    return row


@transaction.atomic
def hold_post(*, by: Standing, cell: Organisation, person: Person, title: str, is_head: bool, since: date) -> UnitPost:
    """A member holds a post of the unit (head, director, hamlet chief), apart from Party offices (M17).

    Raises:
        Http404: `by` does not lead the cell.
    """
    require(by.leads(cell.pk))
    post = UnitPost.objects.create(
        person=person, cell=cell, title=normalise(title), is_head=is_head, validity=DateRange(since, None)
    )
    events.record("member.post_held", chain=cell.pk, by=by.person_id, obj=post, person=person.pk)
    return post


@transaction.atomic
def end_fact(*, by: Standing, row: StandingChange | UnitPost, last_day: date) -> None:
    """End an exemption, an absence, a suspension or a post after its last day.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: it ended earlier already.
    """
    require(by.leads(row.cell_id))
    kind, person = row._meta.model_name, row.person_id
    events_object = None if last_day < row.validity.lower else row
    stay = stay_of(row, last_day) if isinstance(row, TemporaryLeave) else None
    if stay is not None:
        set_stay(stay, last_day)
    else:
        with system_scope():
            end_through(row, last_day)
    events.record(
        f"member.{kind}_ended", chain=row.cell_id, by=by.person_id, obj=events_object, person=person, last_day=last_day
    )
