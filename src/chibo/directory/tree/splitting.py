"""Splitting a body: new ones beside it, or in its place; its people, or what stands under it, are shared out."""

from typing import Any
from uuid import UUID

from psycopg.types.range import DateRange

from chibo.directory.commands.days import NotPossible
from chibo.directory.tree import people, places
from chibo.directory.tree.merging import succeed
from chibo.directory.tree.work import Role, Work, require_standing
from chibo.lib.dates import format_date
from chibo.members.models import Membership
from chibo.orgs.models import Kind, Organisation


def split(work: Work, plan: dict[str, Any]) -> None:
    """New bodies take over a part each. plan["share"] says for each member, or each body below, which new one.

    plan: "stays" the old body goes on with who is not shared out; "archive" which new one keeps its records when it
    ends.

    Raises:
        NotPossible: nothing new, somebody is shared out to nobody, or a new one would be empty.
    """
    one = work.subject()
    require_standing(one, work.day)
    if one.parent is None or one.kind == Kind.DEPARTMENT:
        raise NotPossible("Tổ chức này không chia tách được.")
    people.require_no_transfers(one)
    stays, share = bool(plan["stays"]), {UUID(key): int(value) for key, value in plan["share"].items()}
    work.concerns(one, Role.SUBJECT)
    _require_shared(work, one, plan, share)
    ending = () if stays else (one.pk,)
    new = [
        places.plant(work, parent=one.parent, kind=one.kind, fields={"category": one.category} | fields, ending=ending)
        for fields in plan["new"]
    ]
    names = ", ".join(f"“{body.name}”" for body in new)
    goes_on = "giữ nguyên" if stays else "kết thúc"
    work.say(f"“{one.name}” {goes_on}; {names} lập mới từ ngày {format_date(work.day)}.")
    archive = None if stays else int(plan["archive"])
    for place, body in enumerate(new):
        work.concerns(body, Role.SUCCESSOR)
        going = {unit for unit, target in share.items() if target == place}
        _share_out(work, one, body, going)
        succeed(work, one, body, keeps_archive=place == archive)
    keeper = one if archive is None else new[archive]
    if one.kind == Kind.CELL:
        work.say(f"Biên bản, nghị quyết, việc đang làm từ trước do chi ủy “{keeper.name}” giữ và theo dõi tiếp.")
    if not stays:
        people.end_groups(work, one)
        work.concerns(one, Role.PREDECESSOR)
        places.close(work, one)
    work.say_ended()
    work.say(f"{names} chưa có ai giữ chức vụ. Ghi chức vụ ngay sau việc này.", loses=True)


def _require_shared(work: Work, one: Organisation, plan: dict[str, Any], share: dict[UUID, int]) -> None:
    """Everything is shared out, and every new body gets something.

    Raises:
        NotPossible: not so.
    """
    number = len(plan["new"])
    if number < (1 if plan["stays"] else 2):
        raise NotPossible("Ghi tên ít nhất một tổ chức mới; nếu tổ chức cũ kết thúc thì ít nhất hai.")
    if not plan["stays"] and plan.get("archive") not in range(number):
        raise NotPossible("Chọn tổ chức mới giữ hồ sơ của tổ chức cũ.")
    units = set(units_of(one, work.day))
    unknown = set(share) - units
    if unknown or any(target not in range(number) for target in share.values()):
        raise NotPossible("Danh sách đã thay đổi từ lúc mở trang. Tải lại trang rồi chia lại.")
    left = units - set(share)
    what = "đảng viên" if one.kind == Kind.CELL else "tổ chức trực thuộc"
    if left and not plan["stays"]:
        raise NotPossible(f"Còn {len(left)} {what} chưa chia về đâu. Chọn nơi đến cho từng dòng.")
    if not left and plan["stays"]:
        raise NotPossible(f"“{one.name}” sẽ không còn {what} nào. Để lại một phần, hoặc chọn cho tổ chức cũ kết thúc.")
    if empty := [plan["new"][place]["name"] for place in range(number) if place not in share.values()]:
        raise NotPossible(f"“{empty[0]}” chưa có {what} nào. Chia cho tổ chức ấy, hoặc bỏ tên ấy đi.")


def units_of(one: Organisation, day: Any) -> list[UUID]:
    """What a split shares out: the members of a cell from a day on, or the bodies under a committee."""
    if one.kind == Kind.CELL:
        rows = Membership.objects.filter(cell=one, validity__overlap=DateRange(day, None))
        return list(rows.values_list("person_id", flat=True).distinct())
    below = Organisation.objects.standing().filter(parent=one).exclude(kind=Kind.DEPARTMENT)
    return list(below.values_list("pk", flat=True))


def _share_out(work: Work, one: Organisation, body: Organisation, going: set[UUID]) -> None:
    """Give one new body its part."""
    if one.kind == Kind.CELL:
        number = people.move_people(work, one, body, going)
        people.end_offices_of(work, one, going)
        work.say(f"{number} đảng viên về “{body.name}”, giữ nguyên chính thức, dự bị và ngày đã ghi.")
        return
    cells = 0
    for child in Organisation.objects.filter(pk__in=going).in_order():
        cells += places.replant(work, child, body)
    if cells:
        work.say(f"{cells} chi bộ về “{body.name}”, giữ nguyên tên, đảng viên, chi ủy và sổ sách.")
