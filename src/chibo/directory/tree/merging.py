"""Merging bodies into one, new or one of them: two communes with all their cells, or two cells with their people."""

from typing import Any
from uuid import UUID

from chibo.access.models import TermOfOffice
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree import people, places
from chibo.directory.tree.work import Role, Work, locked, require_standing
from chibo.lib.dates import format_date
from chibo.orgs.models import Kind, Organisation, Succession


def merge(work: Work, plan: dict[str, Any]) -> None:
    """The bodies end and a successor goes on: what stood under them, or belonged to them, is its own from the day on.

    Raises:
        NotPossible: fewer than two, not of one kind, not under one parent, or one of them ended already.
    """
    found = locked(*(UUID(one) for one in plan["bodies"]))
    if len(found) < 2:
        raise NotPossible("Chọn ít nhất hai tổ chức để sáp nhập.")
    bodies = sorted(found.values(), key=lambda one: one.sort_key)
    for one in bodies:
        require_standing(one, work.day)
    if len({one.kind for one in bodies}) > 1 or bodies[0].kind == Kind.PROVINCE:
        raise NotPossible("Chỉ sáp nhập các tổ chức cùng loại. Chọn lại.")
    if len({one.parent_id for one in bodies}) > 1:
        raise NotPossible("Các tổ chức này không cùng cấp trên trực tiếp. Chuyển về cùng một cấp trên trước.")
    for one in bodies:
        people.require_no_transfers(one)
    successor = _successor(work, plan, bodies)
    ending = [one for one in bodies if one != successor]
    work.act.organisation = successor
    gained = [_take_over(work, one, successor) for one in ending]
    if successor.kind == Kind.CELL:
        work.say(f"{sum(gained)} đảng viên về “{successor.name}”, giữ nguyên chính thức, dự bị và ngày đã ghi.")
        work.say(
            "Miễn sinh hoạt, tạm đi nơi khác, đình chỉ, chức danh ở đơn vị đi theo từng đồng chí. Tổ đảng kết thúc."
        )
        work.say(
            f"Biên bản, nghị quyết, việc đang làm của chi bộ cũ do chi ủy “{successor.name}” giữ và theo dõi tiếp."
        )
    else:
        if sum(gained):
            work.say(f"{sum(gained)} chi bộ về “{successor.name}”, giữ nguyên tên, đảng viên, chi ủy và sổ sách.")
        if successor.kind == Kind.COMMITTEE:
            work.say("Ban, văn phòng của cấp ủy kết thúc cùng cấp ủy ấy.")
    work.say_ended()
    if successor.kind != Kind.CELL:
        cells = Organisation.objects.cells().under([successor.path])
        people.end_followers(work, cells, successor)
    if not TermOfOffice.objects.on(work.day).filter(organisation=successor).exclude(office="follower").exists():
        work.say(f"“{successor.name}” chưa có ai giữ chức vụ. Ghi chức vụ ngay sau việc này.", loses=True)


def _successor(work: Work, plan: dict[str, Any], bodies: list[Organisation]) -> Organisation:
    """The one that goes on: chosen among the bodies, or created on the day."""
    names = ", ".join(f"“{one.name}”" for one in bodies)
    if into := plan.get("into"):
        successor = next((one for one in bodies if str(one.pk) == into), None)
        if successor is None:
            raise NotPossible("Tổ chức tiếp nối phải là một trong các tổ chức sáp nhập, hoặc lập mới.")
        others = ", ".join(f"“{one.name}”" for one in bodies if one != successor)
        work.say(f"{others} kết thúc từ ngày {format_date(work.day)}, nhập vào “{successor.name}”.")
    else:
        parent = bodies[0].parent
        if parent is None:
            raise NotPossible("Cấp cao nhất ở đây không sáp nhập được.")
        fields = {"category": bodies[0].category if bodies[0].kind == Kind.CELL else ""} | plan["new"]
        kind = bodies[0].kind
        ending = [one.pk for one in bodies]
        successor = places.plant(work, parent=parent, kind=kind, fields=fields, ending=ending)
        work.say(f"{names} kết thúc từ ngày {format_date(work.day)}; “{successor.name}” lập mới, tiếp nối.")
    work.concerns(successor, Role.SUCCESSOR)
    return successor


def _take_over(work: Work, former: Organisation, successor: Organisation) -> int:
    """Everything of a body that ends goes to its successor; how many cells, or members."""
    work.concerns(former, Role.PREDECESSOR)
    if former.kind == Kind.CELL:
        number = people.move_people(work, former, successor)
        people.end_groups(work, former)
    else:
        number = 0
        for one in Organisation.objects.filter(parent=former).exclude(kind=Kind.DEPARTMENT).in_order():
            number += places.replant(work, one, successor)
    succeed(work, former, successor, keeps_archive=True)
    places.close(work, former)
    return number


def succeed(work: Work, former: Organisation, successor: Organisation, *, keeps_archive: bool) -> None:
    """Write down who came after whom, for those before the former one too."""
    day = work.day
    work.journal.create(
        Succession(
            act=work.act,
            predecessor=former,
            successor=successor,
            since=day,
            handed_over=day,
            keeps_archive=keeps_archive,
        )
    )
    for before in Succession.objects.filter(successor=former).exclude(predecessor=successor):
        work.journal.create(
            Succession(
                act=work.act,
                predecessor_id=before.predecessor_id,
                successor=successor,
                since=max(day, before.since),
                handed_over=before.handed_over,
                keeps_archive=before.keeps_archive and keeps_archive,
            )
        )
