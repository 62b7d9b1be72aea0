"""Which acts a person may do on a body, and the screen of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chibo.access.standing import Standing
from chibo.directory.tree import commands, forms, splitting
from chibo.directory.tree.commands import Intent
from chibo.directory.tree.places import UNDER, ids_of
from chibo.lib.dates import today
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation, TreeAct

Act = TreeAct.Kind


@dataclass(frozen=True)
class Screen:
    """One act: the word of its address, what it is called, its button, its form, why one would do it."""

    slug: str
    kind: str
    title: str
    button: str
    form: type[forms.ActForm]
    hint: str
    more: Callable[[Standing, Organisation], dict[str, Any]] = lambda by, body: {}

    def make(self, by: Standing, body: Organisation, data: Any = None) -> forms.ActForm:
        """The form, empty or with what was sent."""
        return self.form(data, body=body, **self.more(by, body))

    def intent(self, body: Organisation, form: forms.ActForm) -> Intent:
        """What a valid form asks for."""
        plan, data = form.plan(), form.cleaned_data
        subject: Organisation | None = body
        if self.kind == Act.CREATE:
            place, subject = body, None
        elif self.kind == Act.MOVE:
            place = commands.place_of(body, Organisation.objects.get(pk=plan["parent"]))
        else:
            place = commands.place_of(body)
        return Intent(self.kind, subject, place, data["effective"], plan, data["authority"])


def targets(by: Standing, body: Organisation) -> list[Organisation]:
    """Under which other bodies one may put a body."""
    kinds = [kind for kind, below in UNDER.items() if body.kind in below]
    paths = [*by.commune_paths, *by.province_paths] if not by.system else ["/"]
    found = Organisation.objects.standing().filter(kind__in=kinds).under(paths).in_order()
    return [
        one
        for one in found
        if one.pk != body.parent_id
        and not one.path.startswith(body.path)
        and commands.may_shape_at(by, commands.path_of_place(body, one))
    ]


def siblings(body: Organisation) -> list[Organisation]:
    """Bodies of its kind beside it."""
    beside = Organisation.objects.standing().filter(parent=body.parent_id, kind=body.kind)
    return list(beside.exclude(pk=body.pk).in_order())


def units(body: Organisation) -> "list[tuple[Any, str]]":
    """What a split shares out, by name in order."""
    keys = splitting.units_of(body, today())
    if body.kind == Kind.CELL:
        return list(Person.objects.filter(pk__in=keys).in_order().values_list("pk", "full_name"))
    return list(Organisation.objects.filter(pk__in=keys).in_order().values_list("pk", "name"))


SCREENS = {
    one.slug: one
    for one in (
        Screen("lap", Act.CREATE, "Lập tổ chức trực thuộc", "Lập", forms.NewBodyForm, "Chi bộ, cấp ủy, ban, văn phòng"),
        Screen("doi-ten", Act.RENAME, "Đổi tên", "Đổi tên", forms.RenameForm, "Tên cũ vẫn xem được theo ngày"),
        Screen("ma-so", Act.RECODE, "Đổi mã số", "Đổi mã số", forms.RecodeForm, "Mã số cũ vẫn xem được theo ngày"),
        Screen(
            "loai", Act.RECLASSIFY, "Đổi loại hình", "Đổi loại hình", forms.ReclassifyForm, "Thôn, cơ quan, trường học…"
        ),
        Screen(
            "chuyen",
            Act.MOVE,
            "Chuyển cấp trên trực tiếp",
            "Chuyển",
            forms.MoveForm,
            "Đi cùng mọi tổ chức trực thuộc",
            lambda by, body: {"targets": targets(by, body)},
        ),
        Screen(
            "sap-nhap",
            Act.MERGE,
            "Sáp nhập, hợp nhất",
            "Sáp nhập",
            forms.MergeForm,
            "Với tổ chức cùng loại, cùng cấp trên",
            lambda by, body: {"siblings": siblings(body)},
        ),
        Screen(
            "chia-tach",
            Act.SPLIT,
            "Chia tách",
            "Chia tách",
            forms.SplitForm,
            "Một phần, hoặc chia hết",
            lambda by, body: {"units": units(body)},
        ),
        Screen(
            "giai-the",
            Act.DISSOLVE,
            "Giải thể",
            "Giải thể",
            forms.ActForm,
            "Khi không còn đảng viên, tổ chức trực thuộc",
        ),
    )
}


def allowed(by: Standing, body: Organisation) -> list[Screen]:
    """The acts that a person may do on a body as it stands."""
    if body.dissolved is not None:
        return []
    found = []
    path = ids_of(body.path)
    over = commands.may_shape_at(by, commands.path_of_place(body))
    for one in SCREENS.values():
        if one.kind == Act.CREATE:
            fits = body.kind in UNDER and commands.may_shape_at(by, path)
        elif one.kind == Act.MOVE:
            fits = body.parent_id is not None and bool(targets(by, body))
        elif not over:
            fits = False
        elif one.kind == Act.RECLASSIFY:
            fits = body.kind == Kind.CELL
        elif one.kind == Act.MERGE:
            fits = body.parent_id is not None and body.kind != Kind.DEPARTMENT and bool(siblings(body))
        elif one.kind in (Act.SPLIT, Act.DISSOLVE):
            fits = body.parent_id is not None and (one.kind == Act.DISSOLVE or body.kind != Kind.DEPARTMENT)
        else:
            fits = True
        if fits:
            found.append(one)
    return found
