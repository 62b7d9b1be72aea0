"""What one act does while it is applied: its day, its notes, the bodies it concerns, what to say beforehand."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self, cast
from uuid import UUID

from chibo.access.models import Office, TermOfOffice
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.journal import Journal
from chibo.lib.dates import format_date
from chibo.orgs.models import Organisation, TreeAct, TreeActBody

Role = TreeActBody.Role
Kind = TreeAct.Kind

# After one of these on a body, none that takes effect earlier may be entered for it.
STRUCTURAL = (Kind.CREATE, Kind.MOVE, Kind.MERGE, Kind.SPLIT, Kind.DISSOLVE)
OF_THE_ACT = (Role.SUBJECT, Role.PREDECESSOR, Role.SUCCESSOR, Role.CARRIED)


@dataclass(frozen=True)
class Consequence:
    """One thing that an act brings with it, in plain words. loses: somebody loses a right or a duty by it."""

    text: str
    details: tuple[str, ...] = ()
    loses: bool = False


@dataclass(frozen=True)
class Ended:
    """An office that ends with the act."""

    person_id: UUID
    words: str

    @classmethod
    def of(cls, office: TermOfOffice, body: Organisation) -> Self:
        """Who held what where."""
        return cls(office.person_id, f"{office.person.full_name}, {Office(office.office).label.lower()}, {body.name}")


@dataclass
class Work:
    """An act under way."""

    act: TreeAct
    journal: Journal = field(default_factory=Journal)
    roles: dict[tuple[UUID, str], Organisation] = field(default_factory=dict)
    consequences: list[Consequence] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)

    @property
    def day(self) -> date:
        """From which it holds."""
        return self.act.effective

    @property
    def subject_id(self) -> UUID:
        """The body that the act is about."""
        return cast(UUID, self.act.organisation_id)

    def subject(self) -> Organisation:
        """The same, locked."""
        return locked(self.subject_id)[self.subject_id]

    def concerns(self, body: Organisation, role: Role) -> None:
        """Note that the act concerns a body."""
        self.roles[body.pk, role.value] = body

    def say(self, text: str, details: "list[str] | tuple[str, ...]" = (), *, loses: bool = False) -> None:
        """Note what it brings with it."""
        self.consequences.append(Consequence(text, tuple(details), loses))

    def say_ended(self) -> None:
        """Say which offices end."""
        if self.ended:
            text = f"{len(self.ended)} chức vụ kết thúc, cùng quyền của chức vụ ấy"
            self.say(text, [one.words for one in self.ended], loses=True)

    def keep(self) -> None:
        """Write down which bodies the act concerned and which rows it wrote."""
        TreeActBody.objects.bulk_create(
            TreeActBody(act=self.act, organisation_id=body, role=role) for body, role in self.roles
        )
        self.act.record.changes = self.journal.changes
        self.act.record.save(update_fields=["changes"])


def locked(*ids: UUID) -> dict[UUID, Organisation]:
    """The bodies and those directly above them, held until the transaction ends; the bodies alone are given back.

    Always in the same order, so that two acts do not wait crosswise. Rows that only point at a body are not held up.

    Raises:
        NotPossible: one of them went elsewhere meanwhile.
    """
    parents = set(Organisation.objects.filter(pk__in=ids, parent__isnull=False).values_list("parent_id", flat=True))
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=parents | set(ids)).order_by("pk")
    found = {one.pk: one for one in rows}
    bodies = {key: found[key] for key in ids if key in found}
    if any(one.parent_id not in found for one in bodies.values() if one.parent_id is not None):
        raise NotPossible("Có người vừa ghi một việc khác về các tổ chức này. Tải lại trang rồi xem lại.")
    return bodies


def require_standing(body: Organisation, day: date) -> None:
    """The body must stand on the day, and nothing that shaped it may take effect later.

    Raises:
        NotPossible: it is dissolved, was founded later, or has a later act.
    """
    if body.dissolved is not None:
        raise NotPossible(f"“{body.name}” đã kết thúc từ ngày {format_date(body.dissolved)}. Tải lại trang để xem.")
    if day < body.founded:
        first = format_date(body.founded)
        raise NotPossible(f"“{body.name}” lập ngày {first}. Nhập ngày từ {first}.")
    later = _last_act(body)
    if later is not None and later.effective > day:
        words = later.get_kind_display().lower()
        until = format_date(later.effective)
        raise NotPossible(f"“{body.name}” đã có việc {words} từ ngày {until}. Nhập ngày từ {until}.")


def as_it_stands_since(body: Organisation) -> date:
    """The day of the last act that shaped a body: bodies can be put under it from then on."""
    last = _last_act(body)
    return body.founded if last is None else max(body.founded, last.effective)


def _last_act(body: Organisation) -> TreeAct | None:
    acts = TreeAct.objects.filter(bodies__organisation=body, bodies__role__in=OF_THE_ACT, kind__in=STRUCTURAL)
    return acts.filter(applied_at__isnull=False, undone_by=None).order_by("-effective").first()


def require_free_name(parent: Organisation | None, folded: str, *besides: Any) -> None:
    """No other body of the name may stand under the same parent.

    Raises:
        NotPossible: there is one.
    """
    same = Organisation.objects.standing().filter(parent=parent, folded=folded).exclude(pk__in=besides)
    if (other := same.first()) is not None:
        raise NotPossible(f"Đã có “{other.name}” ở đây. Ghi tên khác, hoặc tìm tổ chức ấy trong danh sách.")
