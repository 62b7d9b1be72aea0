"""Small factories: each makes one thing of the world, complete enough to be used, and takes what a test cares about.

They write through the models, under the system's scope that every test has.
"""

import base64
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection
from psycopg.types.range import DateRange

from chibo.access.models import InspectionDoor, MeetingDuty, StaffSession, TermOfOffice
from chibo.accounts.models import User
from chibo.directory.transfers.keys import fingerprint_of
from chibo.lib.dates import ZONE, add_months, month_start, now, today
from chibo.meetings.models import AgendaItem, Attendance, Body, Meeting, Part, Question, Rating, State
from chibo.members.models import (
    Contact,
    Departure,
    Exemption,
    FormerDetails,
    GroupMember,
    KnownTenant,
    Membership,
    PartyGroup,
    Person,
    ProbationDecision,
    Suspension,
    TemporaryLeave,
    Transfer,
    UnitPost,
)
from chibo.members.roster import roster
from chibo.orgs.models import Category, Kind, Organisation, Term
from chibo.resolutions.models import Resolution, Task

FOUNDED = date(2010, 1, 1)
JOINED = date(2015, 1, 1)
_number = count(1)


def days(since: date, until: date | None = None) -> DateRange:
    """A validity: the first day is in, the last is not."""
    return DateRange(since, until)


def at(day: date, clock: str = "19:30") -> datetime:
    """A moment in Vietnamese time."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


# ---------- organisations ----------
def province(name: str = "Tỉnh ủy Lâm Đồng") -> Organisation:
    return Organisation.objects.plant(name=name, kind=Kind.PROVINCE, parent=None, founded=FOUNDED)


def commune(parent: Organisation, name: str = "Đảng ủy xã Hàm Thạnh", **fields: Any) -> Organisation:
    fields = {"locality": "Hàm Thạnh"} | fields
    return Organisation.objects.plant(name=name, kind=Kind.COMMITTEE, parent=parent, founded=FOUNDED, **fields)


def cell(parent: Organisation, name: str = "Chi bộ thôn Phú Hòa", **fields: Any) -> Organisation:
    """A cell with a term, that meets on the 3rd at 19:30."""
    fields = {
        "category": Category.HAMLET,
        "registered_day": 3,
        "registered_time": time(19, 30),
        "meeting_place": "Nhà văn hóa thôn Phú Hòa",
        "locality": "Hàm Thạnh",
        "code": f"CB{next(_number):03}",
    } | fields
    one = Organisation.objects.plant(name=name, kind=Kind.CELL, parent=parent, founded=FOUNDED, **fields)
    Term.objects.create(organisation=one, name="2025-2030", validity=days(date(2025, 1, 1), date(2030, 7, 1)))
    return one


# ---------- people ----------
def person(full_name: str, **fields: Any) -> Person:
    return Person.objects.enter(full_name, **fields)


def contact(who: Person, phone: str, *, shared: bool = False) -> Contact:
    return Contact.objects.create(person=who, phone=phone, shared_with_cell=shared)


def membership(
    who: Person,
    of: Organisation,
    kind: str = Membership.Kind.OFFICIAL,
    since: date = JOINED,
    until: date | None = None,
) -> Membership:
    return Membership.objects.create(person=who, cell=of, kind=kind, validity=days(since, until))


def member(full_name: str, of: Organisation, kind: str = Membership.Kind.OFFICIAL, **fields: Any) -> Person:
    """A person who belongs to a cell."""
    who = person(full_name, **fields)
    membership(who, of, kind)
    return who


def exemption(who: Person, of: Organisation, since: date = JOINED, until: date | None = None) -> Exemption:
    return Exemption.objects.create(person=who, cell=of, validity=days(since, until))


def leave(who: Person, of: Organisation, since: date = JOINED, until: date | None = None) -> TemporaryLeave:
    return TemporaryLeave.objects.create(person=who, cell=of, validity=days(since, until))


def suspension(who: Person, of: Organisation, since: date = JOINED, until: date | None = None) -> Suspension:
    return Suspension.objects.create(person=who, cell=of, validity=days(since, until))


def post(who: Person, of: Organisation, title: str = "Trưởng thôn", *, is_head: bool = True) -> UnitPost:
    return UnitPost.objects.create(person=who, cell=of, title=title, is_head=is_head, validity=days(JOINED))


def group(of: Organisation, name: str = "Tổ đảng số 1", since: date = JOINED) -> PartyGroup:
    return PartyGroup.objects.create(cell=of, name=name, validity=days(since))


def group_member(of: PartyGroup, who: Person, role: str = GroupMember.Role.MEMBER) -> GroupMember:
    return GroupMember.objects.create(group=of, cell_id=of.cell_id, person=who, role=role, validity=of.validity)


def probation_decision(who: Person, of: Organisation, **fields: Any) -> ProbationDecision:
    fields = {"outcome": "extended", "decided_on": today(), "effective_on": today(), "decision": "NQ 01"} | fields
    return ProbationDecision.objects.create(person=who, cell=of, recorded_at=now(), **fields)


def departure(who: Person, of: Organisation, kind: str = Departure.Kind.RESIGNED, **fields: Any) -> Departure:
    fields = {"last_day": today()} | fields
    return Departure.objects.create(person=who, cell=of, kind=kind, recorded_at=now(), **fields)


def former_details(who: Person, of: Organisation, **fields: Any) -> FormerDetails:
    fields = {"full_name": "Tên Cũ"} | fields
    return FormerDetails.objects.create(person=who, cell=of, corrected_at=now(), **fields)


def transfer(who: Person, source: Organisation | None, target: Organisation | None, **fields: Any) -> Transfer:
    """A transfer that waits for the receiving cell, from today."""
    fields = {
        "kind": Transfer.Kind.OFFICIAL,
        "full_name": who.full_name,
        "standing": Membership.Kind.OFFICIAL,
        "started_on": today(),
        "due": today() + timedelta(days=84),
        "first_day": today(),
    } | fields
    return Transfer.objects.create(person=who, from_cell=source, to_cell=target, **fields)


def known_tenant(by: Organisation, name: str = "Tỉnh ủy Đắk Lắk") -> KnownTenant:
    """Another tenant with a key of its own, whose private half nobody keeps."""
    halves = (Ed25519PrivateKey.generate(), X25519PrivateKey.generate())
    key = base64.b64encode(b"".join(one.public_key().public_bytes_raw() for one in halves)).decode()
    return KnownTenant.objects.create(
        organisation=by, name=name, public_key=key, fingerprint=fingerprint_of(key), noted_at=now()
    )


def office(
    who: Person, organisation: Organisation, name: str, since: date = date(2025, 1, 1), until: date | None = None
) -> TermOfOffice:
    return TermOfOffice.objects.create(
        person=who, organisation=organisation, office=name, validity=days(since, until), entered_at=None
    )


def account(who: Person | None, login: str = "", password: str | None = None, **fields: Any) -> User:
    """An account; without a password it is quick to make and is entered by `sign_in`."""
    fields = {"opened_at": None} | fields  # long ago
    return User.objects.open(login or f"dv{next(_number):04}", person=who, password=password, **fields)


# ---------- meetings ----------
def meeting(
    of: Organisation,
    *,
    starts_at: datetime | None = None,
    body: str = Body.CELL,
    kind: str = "",
    state: str = State.DRAFT,
    **fields: Any,
) -> Meeting:
    """A meeting with one part, in nine days unless told otherwise, in preparation unless told otherwise."""
    starts_at = starts_at or at(today() + timedelta(days=9))
    if state != State.DRAFT:
        fields.setdefault("announced_at", now())
    one = Meeting.objects.create(
        cell=of,
        body=body,
        period=fields.pop("period", month_start(starts_at)),
        starts_at=starts_at,
        place=fields.pop("place", of.meeting_place),
        state=state,
        **fields,
    )
    default = Part.Kind.COMMITTEE if body == Body.COMMITTEE else Part.Kind.REGULAR
    part(one, kind or default)
    return one


def part(of: Meeting, kind: str = Part.Kind.REGULAR, **fields: Any) -> Part:
    fields.setdefault("position", of.parts.count() + 1)
    return Part.objects.create(**of.keys, kind=kind, **fields)


def item(of: Meeting, title: str = "An toàn giao thông ở ngã ba Bàu Sen", **fields: Any) -> AgendaItem:
    """A point of the programme, in the meeting's first part, after those that are there."""
    fields = {"kind": AgendaItem.Kind.DISCUSSION, "minutes": 20} | fields
    fields.setdefault("part", of.parts.first())
    fields.setdefault("position", AgendaItem.objects.filter(meeting=of).count() + 1)
    return AgendaItem.objects.create(**of.keys, title=title, **fields)


def question(of: AgendaItem, text: str = "Nhà mình làm được gì ở ngã ba?", position: int = 1) -> Question:
    return Question.objects.create(
        meeting_id=of.meeting_id, cell_id=of.cell_id, body=of.body, item=of, text=text, position=position
    )


def duty(of: Meeting, who: Person, name: str) -> MeetingDuty:
    """Chair, clerk or guest of a meeting; the meeting knows its chair and clerk too."""
    if name in ("chair", "clerk"):
        setattr(of, name, who)
        of.save(update_fields=[name])
    return MeetingDuty.objects.create(meeting_id=of.pk, cell_id=of.cell_id, person=who, duty=name)


def roll(of: Meeting, *, present: tuple[Person, ...] = (), absent: tuple[Person, ...] = ()) -> list[Attendance]:
    """The roll of a meeting from the roster of its day; nobody is present unless named."""
    states = {one.pk: "present" for one in present} | {one.pk: "absent" for one in absent}
    return Attendance.objects.bulk_create(
        Attendance(
            **of.keys,
            person_id=line.person_id,
            kind=line.kind,
            exempt=line.exempt,
            away=line.away,
            suspended=line.suspended,
            state=states.get(line.person_id, ""),
        )
        for line in roster(of.cell, of.day)
    )


def opened(of: Organisation, *, present: tuple[Person, ...] = (), **fields: Any) -> Meeting:
    """A meeting going on now, with an item and its roll."""
    fields = {"starts_at": now().replace(microsecond=0), "opened_at": now(), "state": State.OPEN} | fields
    one = meeting(of, **fields)
    item(one)
    roll(one, present=present)
    return one


def signed(of: Organisation, *, present: tuple[Person, ...] = (), months_ago: int = 1, **fields: Any) -> Meeting:
    """A meeting held and signed some months ago, without its minutes' sections."""
    day = add_months(today(), -months_ago)
    fields = {
        "starts_at": at(day),
        "opened_at": at(day, "19:32"),
        "closed_at": at(day, "21:10"),
        "signed_at": at(day, "21:30"),
        "state": State.SIGNED,
    } | fields
    one = meeting(of, **fields)
    item(one)
    roll(one, present=present)
    return one


def door(of: Meeting, inspector: Person, opened_by: Person, days_open: int = 10, **fields: Any) -> InspectionDoor:
    """An inspection door of a meeting, open from today."""
    validity = days(today(), today() + timedelta(days=days_open))
    fields = {"document": "QĐ 12-QĐ/UBKT, ngày 01/11/2026", "validity": validity} | fields
    keys = {"meeting_id": of.pk, "cell_id": of.cell_id}
    return InspectionDoor.objects.create(**keys, person=inspector, opened_by=opened_by.pk, **fields)


def staff_session(account: User, minutes: int = 30, **fields: Any) -> StaffSession:
    """A staff session begun now."""
    fields = {"reason": "Cán bộ duy nhất của xã quên mật khẩu", "begun_at": now()} | fields
    fields.setdefault("until", fields["begun_at"] + timedelta(minutes=minutes))
    return StaffSession.objects.create(account=account, **fields)


def rating(of: Meeting, **fields: Any) -> Rating:
    """The score of a signed meeting, 92 of 95 points."""
    fields = {"total": 9200, "due": 9500, "lowest": "Tốt", "highest": "Tốt"} | fields
    named = {"rubric": "hd42-2025", "title": "Bảng chấm điểm", "lines": []}
    return Rating.objects.create(**of.keys, period=of.period, **named, **fields)


# ---------- resolutions ----------
def resolution(of: Meeting, kind: str = Resolution.Kind.RESOLUTION, **fields: Any) -> Resolution:
    fields = {"period": of.period} | fields
    return Resolution.objects.create(**of.keys, kind=kind, **fields)


def task(of: Meeting, lead: Person, what: str = "Lắp hai gương cầu lồi ở ngã ba Bàu Sen", **fields: Any) -> Task:
    """A task given by a meeting, due in two weeks."""
    fields = {"due": today() + timedelta(days=14), "given_at": now(), "order": next(_number)} | fields
    return Task.objects.create(**of.keys, lead=lead, what=what, **fields)


def failed_job(name: str) -> int:
    """A job of the queue that failed after all its retries; give its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status, attempts)"
            " VALUES ('default', %s, %s, %s, 'failed', 4) RETURNING id",
            [name, name, name],
        )
        return int(cursor.fetchone()[0])
