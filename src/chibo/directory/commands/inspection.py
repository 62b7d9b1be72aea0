"""The inspection door: opened from above for a named person, one meeting, some days; closed early by either officer."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.models import MOST_DOOR_DAYS, InspectionDoor
from chibo.access.standing import Standing, require, standing_of
from chibo.access.visible import visible
from chibo.accounts.models import User
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.gatherings import held_meetings
from chibo.directory.two_people.rule import require_second
from chibo.lib.dates import format_date, now, today
from chibo.lib.vietnamese import fold, normalise
from chibo.members.models import Person
from chibo.orgs.models import Organisation


@transaction.atomic
def open_door(
    *,
    by: Standing,
    cell: Organisation,
    meeting_id: UUID,
    login: str,
    full_name: str,
    document: str,
    days: int,
    second: UUID | None = None,
) -> InspectionDoor:
    """Open the door of one meeting to a named person, from today for some days (mission.md, last paragraph).

    It takes two people, and lets in once the minutes are signed.

    login: of the inspector's account, or the member code. full_name: typed beside it, so that a slip of one letter
    does not let another person in. days: today is the first.

    Raises:
        Http404: `by` holds no office of the commune or the province over this cell, or it held no such meeting.
        NeedsSecond: nobody has agreed.
        NotPossible: no such account or another's name; the officer's own; a person without rights, or of this cell;
            a door that is open already.
    """
    require(by.oversees(cell.path))
    require(meeting_id in {one.meeting_id for one in held_meetings(cell.pk, by)})
    if not 1 <= days <= MOST_DOOR_DAYS:
        raise NotPossible(f"Cửa kiểm tra mở từ 1 đến {MOST_DOOR_DAYS} ngày.")
    inspector = inspector_of(by, cell, login)
    doors = InspectionDoor.objects.open_on(today()).filter(meeting_id=meeting_id, person_id=inspector)
    if found := doors.first():
        last = format_date(found.validity.upper - timedelta(days=1))
        raise NotPossible(f"Cửa cho đồng chí này đang mở đến hết ngày {last}. Đóng cửa ấy trước nếu cần mở lại.")
    door = InspectionDoor.objects.create(
        cell=cell,
        meeting_id=meeting_id,
        person_id=inspector,
        document=normalise(document),
        validity=DateRange(today(), today() + timedelta(days=days)),
        opened_by=by.me,
    )
    # The name may be read once the door is there; what is wrong undoes all of it.
    name = visible(Person.objects.filter(pk=inspector), by).values_list("folded", flat=True).first()
    if name != fold(normalise(full_name)):
        raise NotPossible("Họ tên không khớp với tài khoản này. Xem lại họ tên và tên đăng nhập.")
    last_day = door.validity.upper - timedelta(days=1)
    require_second(by, cell, second)
    details = {"person": inspector, "meeting": meeting_id, "last_day": last_day}
    events.record("inspection.opened", chain=cell.pk, by=by.person_id, obj=door, **details)
    return door


def inspector_of(by: Standing, cell: Organisation, login: str) -> UUID:
    """The person of an account, who may be let in.

    Raises NotPossible: there is no such account, or it may not be.
    """
    typed = login.strip().lower()
    people = set(User.objects.filter(login=typed, is_active=True).values_list("person_id", flat=True))
    people |= set(
        visible(Person.objects.filter(code__iexact=typed, user__is_active=True), by).values_list("pk", flat=True)
    )
    people.discard(None)
    if len(people) != 1:
        raise NotPossible("Không có tài khoản nào như vậy. Hỏi lại tên đăng nhập của đồng chí kiểm tra.")
    person: UUID = people.pop()
    if person == by.person_id:
        raise NotPossible("Không tự mở cửa cho mình. Nhờ đồng chí khác của cấp ủy mở.")
    standing = standing_of(person)
    if standing.person_id is None:
        raise NotPossible("Đồng chí này đang bị đình chỉ sinh hoạt, không mở cửa kiểm tra được.")
    if cell.pk in {*standing.member_cells, *standing.committee_cells}:
        raise NotPossible("Đồng chí này thuộc chính chi bộ được kiểm tra. Chọn người ngoài chi bộ.")
    return person


@transaction.atomic
def close_door(*, by: Standing, door: InspectionDoor) -> None:
    """Close a door before its last day; from this moment it lets nobody in.

    Raises:
        Http404: `by` holds no office above this cell, or is the inspector.
        NotPossible: it is closed already.
    """
    require(by.oversees(door.cell.path) and door.person_id != by.person_id)
    if not door.is_open:
        raise NotPossible("Cửa này đã đóng.")
    door.closed_at, door.closed_by = now(), by.me
    door.save(update_fields=["closed_at", "closed_by"])
    events.record("inspection.closed", chain=door.cell_id, by=by.person_id, obj=door, person=door.person_id)
