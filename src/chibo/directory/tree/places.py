"""Where bodies stand: creating, moving and dissolving them, with their dated ancestry."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Concat, Substr
from psycopg.types.range import DateRange

from chibo.access.models import TermOfOffice
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree import people
from chibo.directory.tree.work import Ended, Role, Work, locked, require_free_name, require_standing
from chibo.lib.dates import format_date
from chibo.lib.vietnamese import fold, normalise
from chibo.orgs.models import Kind, OrgAncestor, Organisation, OrganisationCode, OrganisationName, Term

# What may stand directly under what (domain.md 1.3).
UNDER: dict[str, tuple[str, ...]] = {
    Kind.PROVINCE: (Kind.COMMITTEE, Kind.DEPARTMENT),
    Kind.COMMITTEE: (Kind.CELL, Kind.BASE, Kind.DEPARTMENT),
    Kind.BASE: (Kind.CELL,),
}


def require_fitting(kind: str, parent: Organisation) -> None:
    """A body of this kind may stand directly under the parent.

    Raises:
        NotPossible: it may not.
    """
    if kind not in UNDER.get(parent.kind, ()):
        words = Kind(kind).label.lower()
        raise NotPossible(f"Dưới “{parent.name}” không lập {words} được. Chọn cấp trên khác.")


def plant(work: Work, *, parent: Organisation, kind: str, fields: dict[str, Any], ending: Iterable[Any] = ()) -> Any:
    """Create a body from the day on. ending: bodies whose names are free, as they end that day.

    Raises:
        NotPossible: the name or the code is taken, or it may not stand there.
    """
    name, code = normalise(fields["name"]), normalise(fields.get("code", ""))
    require_fitting(kind, parent)
    require_free_name(parent, fold(name), *ending)
    besides = Organisation.objects.standing().exclude(pk__in=list(ending))
    if code and (other := besides.filter(code=code).first()) is not None:
        raise NotPossible(f"Mã số {code} đang là của “{other.name}”. Kiểm tra lại mã số.")
    one = Organisation.objects.plant(
        name=name,
        kind=kind,
        parent=parent,
        founded=date.fromisoformat(fields["founded"]) if fields.get("founded") else work.day,
        placed=work.day,
        code=code,
        category=fields.get("category", ""),
        locality=normalise(fields.get("locality", "")) or parent.locality,
    )
    work.journal.created(one)
    for model in (OrganisationName, OrganisationCode):
        for row in model.objects.filter(organisation=one):
            work.journal.created(row)
    for place in OrgAncestor.objects.filter(descendant=one):
        work.journal.created(place)
    return one


def create(work: Work, plan: dict[str, Any]) -> None:
    """A new body under its parent.

    Raises:
        NotPossible: the parent is dissolved, or the name is taken there.
    """
    parent = locked(UUID(plan["parent"]))[UUID(plan["parent"])]
    require_standing(parent, work.day)
    one = plant(work, parent=parent, kind=plan["body_kind"], fields=plan)
    work.act.organisation = one
    work.concerns(one, Role.SUBJECT)
    work.concerns(parent, Role.NEW_PARENT)
    work.say(f"“{one.name}” đứng dưới “{parent.name}” từ ngày {format_date(work.day)}.")


def replant(work: Work, one: Organisation, parent: Organisation) -> int:
    """Put a body with all under it under another parent from the day on; how many cells go with it.

    Bodies dissolved before keep their dated ancestry, and only their place of today follows, so that their records
    stand under the new committee.
    """
    below = list(Organisation.objects.under([one.path]))
    old, new = set(ids_of(one.path)) - {one.pk}, set(ids_of(parent.path))
    standing = [body.pk for body in below if body.dissolved is None]
    ending = OrgAncestor.objects.filter(
        ancestor__in=old - new, descendant__in=standing, validity__overlap=DateRange(work.day, None)
    )
    for row in ending:
        work.journal.end(row, work.day)
    for body in standing:
        for ancestor in new - old:
            validity = DateRange(work.day, None)
            work.journal.create(OrgAncestor(ancestor_id=ancestor, descendant_id=body, validity=validity))
    work.journal.change(one, parent_id=parent.pk)
    repath(one)
    cells = [body for body in below if body.kind == Kind.CELL and body.dissolved is None]
    for follower in (body for body in below if body.dissolved is None):
        is_subject = follower == one and work.act.organisation_id == one.pk
        work.concerns(follower, Role.SUBJECT if is_subject else Role.CARRIED)
    return len(cells)


def ids_of(path: str) -> list[UUID]:
    """The bodies of a path from the root down, itself included."""
    return [UUID(part) for part in path.strip("/").split("/")]


def repath(one: Organisation) -> None:
    """Make the path of a body, and of all under it, follow its parent."""
    above = Organisation.objects.values_list("path", flat=True).get(pk=one.parent_id) if one.parent_id else "/"
    was, now = one.path, f"{above}{one.pk.hex}/"
    if was != now:
        moved = Organisation.objects.under([was])
        moved.update(path=Concat(Value(now), Substr("path", len(was) + 1)))
        one.path = now


def move(work: Work, plan: dict[str, Any]) -> None:
    """A body goes under another parent with all that stands under it.

    Raises:
        NotPossible: it stands there already, under itself, or may not stand there.
    """
    target = UUID(plan["parent"])
    found = locked(work.subject_id, target)
    one, parent = found[work.subject_id], found[target]
    for body in (one, parent):
        require_standing(body, work.day)
    if one.parent_id == parent.pk:
        raise NotPossible(f"“{one.name}” đang trực thuộc “{parent.name}”. Chọn cấp trên khác.")
    if parent.path.startswith(one.path):
        raise NotPossible(f"“{parent.name}” đứng dưới “{one.name}”. Chọn cấp trên khác.")
    require_fitting(one.kind, parent)
    require_free_name(parent, one.folded, one.pk)
    if (former := one.parent) is None:
        raise NotPossible("Cấp cao nhất ở đây không chuyển được.")
    work.concerns(former, Role.FORMER_PARENT)
    work.concerns(parent, Role.NEW_PARENT)
    cells = replant(work, one, parent)
    day = format_date(work.day)
    work.say(f"“{one.name}” thôi trực thuộc “{former.name}”, trực thuộc “{parent.name}” từ ngày {day}.")
    if one.kind != Kind.CELL:
        work.say(f"{cells} chi bộ đi theo, giữ nguyên tên, đảng viên, chi ủy và sổ sách.")
    else:
        work.say("Đảng viên, chi ủy, sổ sách và người phụ trách của chi bộ giữ nguyên.")
    work.say(f"Cán bộ của “{former.name}” không còn thấy lịch họp và số liệu của phần này.", loses=True)


def dissolve(work: Work, plan: dict[str, Any]) -> None:
    """A body ends on the day, without anyone coming after it.

    Raises:
        NotPossible: bodies stand under it, or it has members.
    """
    one = work.subject()
    require_standing(one, work.day)
    if one.parent_id is None:
        raise NotPossible("Cấp cao nhất ở đây không giải thể được.")
    below = Organisation.objects.standing().filter(parent=one).exclude(kind=Kind.DEPARTMENT)
    if number := below.count():
        raise NotPossible(f"Còn {number} tổ chức trực thuộc. Chuyển hoặc sáp nhập các tổ chức ấy trước.")
    members = people.belonging(one, work.day)
    if members:
        raise NotPossible(f"Còn {members} đảng viên trong danh sách. Chuyển đảng viên đi, hoặc sáp nhập chi bộ.")
    people.require_no_transfers(one)
    work.concerns(one, Role.SUBJECT)
    close(work, one)
    work.say_ended()
    work.say(f"“{one.name}” kết thúc từ ngày {format_date(work.day)}. Sổ sách và lịch sử vẫn xem được.")


def close(work: Work, one: Organisation) -> None:
    """End a body on the day: its place, its term, the offices held in it; its departments with it."""
    for department in Organisation.objects.standing().filter(parent=one, kind=Kind.DEPARTMENT):
        work.concerns(department, Role.PREDECESSOR)
        close(work, department)
    day = work.day
    for office in (
        TermOfOffice.objects.filter(organisation=one, validity__overlap=DateRange(day, None))
        .select_related("person")
        .order_by("person__sort_key")
    ):
        work.journal.end(office, day)
        work.ended.append(Ended.of(office, one))
    for term in Term.objects.filter(organisation=one, validity__overlap=DateRange(day, None)):
        work.journal.end(term, day)
    for row in OrgAncestor.objects.filter(descendant=one, validity__overlap=DateRange(day, None)):
        work.journal.end(row, day)
    work.journal.change(one, dissolved=day)
