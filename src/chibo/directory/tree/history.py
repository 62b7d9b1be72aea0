"""The history of a body in plain words: each act as it concerned this body, by the names of its day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.text import capfirst

from chibo.lib.dates import format_date
from chibo.lib.vietnamese import sort_key
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation, OrganisationName, TreeAct, TreeActBody

Role = TreeActBody.Role
Act = TreeAct.Kind
MOST_NAMED = 3


@dataclass(frozen=True)
class HistoryLine:
    """One act as a body's history tells it."""

    act: TreeAct
    text: str
    state: str  # "done", "waiting", "stopped", "withdrawn", "undone"
    note: str = ""


class Names:
    """What bodies were called on a day, read once."""

    def __init__(self, bodies: Iterable[UUID]) -> None:
        keys = set(bodies)
        self.today = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name"))
        self.rows: dict[UUID, list[OrganisationName]] = defaultdict(list)
        for row in OrganisationName.objects.filter(organisation__in=keys):
            self.rows[row.organisation_id].append(row)

    def on(self, body: UUID, day: date) -> str:
        """The name on a day, today's where none is recorded."""
        return next((row.name for row in self.rows[body] if day in row.validity), self.today.get(body, ""))


def history(body: Organisation) -> list[HistoryLine]:
    """Everything that happened to a body, the newest first. Bodies created below it have a history of their own."""
    found = (
        TreeAct.objects.about(body)
        .select_related("undoes")
        .prefetch_related("bodies")
        .order_by("-effective", "-entered_at", "-id")
    )
    acts = [one for one in found if one.applied_at is None or not _created_below(one, body)]
    undone = set(TreeAct.objects.filter(undoes__in=acts).values_list("undoes_id", flat=True))
    names = Names(row.organisation_id for one in acts for row in one.bodies.all())
    return [_line(one, body, names, one.pk in undone) for one in acts]


def _created_below(act: TreeAct, body: Organisation) -> bool:
    """Whether another body was created under this one."""
    return act.kind == Act.CREATE and _role(act, body) == Role.NEW_PARENT


def _line(act: TreeAct, body: Organisation, names: Names, undone: bool) -> HistoryLine:
    text = sentence(act, names, body)
    if undone:
        return HistoryLine(act, text, "undone", "Đã hoàn tác, coi như chưa thi hành.")
    if act.withdrawn_at is not None:
        return HistoryLine(act, text, "withdrawn", "Đã rút trước ngày có hiệu lực.")
    if act.stopped_why:
        return HistoryLine(act, text, "stopped", f"Chưa thi hành được: {act.stopped_why}")
    if act.applied_at is None:
        return HistoryLine(act, text, "waiting", f"Chờ đến ngày {format_date(act.effective)}.")
    return HistoryLine(act, text, "done", _entered_late(act))


def _entered_late(act: TreeAct) -> str:
    """When it was entered on another day than its own."""
    entered = act.entered_at.date()
    return "" if entered == act.effective else f"Ghi vào sổ ngày {format_date(act.entered_at)}."


def _role(act: TreeAct, body: Organisation) -> str:
    roles = [one.role for one in act.bodies.all() if one.organisation_id == body.pk]
    order = (Role.PREDECESSOR, Role.SUCCESSOR, Role.SUBJECT, Role.CARRIED, Role.FORMER_PARENT, Role.NEW_PARENT)
    return next((role for role in order if role in roles), "")


def sentence(act: TreeAct, names: Names, body: Organisation | None = None) -> str:
    """What the act says of a body; of the whole, when none is given."""
    role = _role(act, body) if body is not None else ""

    def called(*roles: str) -> str:
        keys = [one.organisation_id for one in act.bodies.all() if one.role in roles]
        return _listed(sorted((names.on(key, act.effective) for key in keys), key=sort_key))

    subject, before, after = called(Role.SUBJECT), called(Role.PREDECESSOR), called(Role.SUCCESSOR)
    former, new = called(Role.FORMER_PARENT), called(Role.NEW_PARENT)
    own = subject if body is None else ""
    match act.kind:
        case Act.CREATE:
            return f"Lập {own or (act.became if role in ('', Role.NEW_PARENT) else '') or 'mới'}" + (
                f", trực thuộc {new}" if new else ""
            )
        case Act.RENAME:
            return f"Đổi tên từ “{act.was}” thành “{act.became}”" if act.was else f"Đổi tên thành “{act.became}”"
        case Act.RECODE:
            return f"Đổi mã số{f' từ {act.was}' if act.was else ''} thành {act.became or 'không có'} {own}".strip()
        case Act.RECLASSIFY:
            return f"Đổi loại hình từ “{act.was}” thành “{act.became}” {own}".strip()
        case Act.MOVE:
            way = f"chuyển từ {former} về {new}" if new else "chuyển cấp trên trực tiếp"
            return f"{subject} {way}" if role != Role.SUBJECT else capfirst(way)
        case Act.MERGE:
            return _merged(role, before, after, f"{subject} thành {act.became}" if act.became else subject)
        case Act.SPLIT:
            return _split(role, before, after or act.became, subject)
        case Act.DISSOLVE:
            return f"Giải thể {own}".strip() if role != Role.PREDECESSOR else f"Kết thúc cùng {subject}"
        case _:
            undone = act.undoes
            words = undone.get_kind_display().lower() if undone is not None else ""
            return f"Hoàn tác việc {words} có hiệu lực từ ngày {format_date(act.effective)}"


def _merged(role: str, before: str, after: str, subject: str) -> str:
    if not after:
        return f"Sáp nhập {subject}"
    if role == Role.PREDECESSOR:
        return f"Nhập vào {after}"
    if role == Role.CARRIED:
        return f"Về {after}, khi sáp nhập {before}"
    return f"Tiếp nối {before}" if role == Role.SUCCESSOR else f"{before} sáp nhập thành {after}"


def _split(role: str, before: str, after: str, subject: str) -> str:
    if not after:
        return f"Chia tách {subject}"
    if role == Role.SUCCESSOR:
        return f"Lập mới, tách từ {subject}"
    if role == Role.CARRIED:
        return f"Về {after}, khi chia tách {subject}"
    return f"Kết thúc, chia thành {after}" if before else f"Tách ra {after}"


def _listed(names: Sequence[str]) -> str:
    """ "A, B và C"; beyond three, how many more."""
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} và {len(names) - MOST_NAMED} tổ chức khác"
    return " và ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def concerned(act: TreeAct) -> list[tuple[str, list[Organisation]]]:
    """The bodies of an act under the words of their roles."""
    rows = act.bodies.select_related("organisation").order_by("organisation__sort_key")
    found: dict[str, list[Organisation]] = defaultdict(list)
    for row in rows:
        found[row.role].append(row.organisation)
    order = (Role.SUBJECT, Role.PREDECESSOR, Role.SUCCESSOR, Role.FORMER_PARENT, Role.NEW_PARENT, Role.CARRIED)
    return [(Role(role).label, found[role]) for role in order if role in found]


def entered_by(act: TreeAct) -> str:
    """Who entered it, as far as the reader may know."""
    if act.entered_by is None:
        return "hệ thống"
    person = Person.objects.filter(pk=act.entered_by).first()
    return f"đồng chí {person.full_name}" if person is not None else "cán bộ có thẩm quyền"


def kinds_of(body: Organisation) -> str:
    """What it is, as a lead says it."""
    return body.get_category_display() if body.kind == Kind.CELL and body.category else Kind(body.kind).label
