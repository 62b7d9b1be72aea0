"""Forms of the acts on the tree, of terms, and of who follows which cell."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from chibo.access.models import Office
from chibo.directory.tree.places import UNDER
from chibo.look.fields import DateField
from chibo.look.forms import Form
from chibo.orgs.models import Category, Kind, Organisation

Choices = list[tuple[str, str]]
NEW = "new"
MOST_NEW = 3


class ActForm(Form):
    """What every act has: from which day, by which paper."""

    effective = DateField(
        label="Có hiệu lực từ ngày",
        help_text="Ngày đã qua thì ghi muộn được; ngày sắp tới thì chờ đến ngày ấy mới thi hành",
    )
    authority = forms.CharField(
        label="Theo văn bản nào",
        required=False,
        max_length=200,
        help_text="Ví dụ QĐ 123-QĐ/TU ngày 01/10/2026. Để trống nếu chưa có",
    )

    def __init__(self, *args: Any, body: Organisation, **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, **kwargs)

    def plan(self) -> dict[str, Any]:
        """What is asked for, as the act keeps it."""
        return {}


class NewBodyForm(ActForm):
    """A new body under this one."""

    body_kind = forms.ChoiceField(label="Loại tổ chức", widget=forms.RadioSelect)
    name = forms.CharField(label="Tên", max_length=200, help_text="Ghi đủ như trên văn bản")
    category = forms.ChoiceField(
        label="Loại hình chi bộ", required=False, choices=[("", "Không phải chi bộ"), *Category.choices]
    )
    code = forms.CharField(label="Mã số", required=False, max_length=40, help_text="Để trống nếu chưa có")
    locality = forms.CharField(label="Địa danh trên văn bản", required=False, max_length=100)
    field_order = ("body_kind", "name", "category", "code", "locality", "effective", "authority")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, Kind(kind).label) for kind in UNDER.get(self.body.kind, ())]
        self.fields["body_kind"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A cell has a category, nothing else has one."""
        data = super().clean() or self.cleaned_data
        if data.get("body_kind") == Kind.CELL and not data.get("category"):
            self.add_error("category", "Chọn loại hình, để gợi ý chương trình họp cho đúng.")
        if data.get("body_kind") not in (None, Kind.CELL) and data.get("category"):
            self.add_error("category", "Chỉ chi bộ có loại hình. Chọn “Không phải chi bộ”.")
        return data

    def plan(self) -> dict[str, Any]:
        """The body with its parent."""
        names = ("body_kind", "name", "category", "code", "locality")
        return {"parent": str(self.body.pk)} | {name: self.cleaned_data[name] for name in names}


class RenameForm(ActForm):
    """Another name."""

    name = forms.CharField(label="Tên mới", max_length=200, help_text="Ghi đủ như trên văn bản")
    field_order = ("name", "effective", "authority")

    def plan(self) -> dict[str, Any]:
        """The name."""
        return {"name": self.cleaned_data["name"]}


class RecodeForm(ActForm):
    """Another code."""

    code = forms.CharField(
        label="Mã số mới",
        required=False,
        max_length=40,
        help_text="Để trống nếu thôi dùng mã số. Ví dụ 38.168.053.000.001",
    )
    field_order = ("code", "effective", "authority")

    def plan(self) -> dict[str, Any]:
        """The code."""
        return {"code": self.cleaned_data["code"]}


class ReclassifyForm(ActForm):
    """Another category of cell."""

    category = forms.ChoiceField(label="Loại hình mới", choices=[("", "Chọn một loại"), *Category.choices])
    field_order = ("category", "effective", "authority")

    def plan(self) -> dict[str, Any]:
        """The category."""
        return {"category": self.cleaned_data["category"]}


class MoveForm(ActForm):
    """Another parent."""

    parent = forms.ChoiceField(label="Trực thuộc từ ngày ấy")
    field_order = ("parent", "effective", "authority")

    def __init__(self, *args: Any, targets: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.pk), one.name) for one in targets]
        self.fields["parent"].choices = [("", "Chọn cấp trên mới"), *found]  # type: ignore[attr-defined]

    def plan(self) -> dict[str, Any]:
        """The parent."""
        return {"parent": self.cleaned_data["parent"]}


class MergeForm(ActForm):
    """This body and others of its kind beside it become one."""

    others = forms.MultipleChoiceField(label="Sáp nhập với", widget=forms.CheckboxSelectMultiple)
    successor = forms.ChoiceField(label="Tổ chức sau sáp nhập", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Tên tổ chức mới", required=False, max_length=200, help_text="Chỉ ghi khi lập tổ chức mới"
    )
    code = forms.CharField(label="Mã số tổ chức mới", required=False, max_length=40)
    field_order = ("others", "successor", "name", "code", "effective", "authority")

    def __init__(self, *args: Any, siblings: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [(str(one.pk), one.name) for one in siblings]  # type: ignore[attr-defined]
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("this", f"Nhập vào {self.body.name}"),
            (NEW, "Lập tổ chức mới, các tổ chức cũ đều kết thúc"),
        ]

    def clean(self) -> dict[str, Any]:
        """A new body has a name."""
        data = super().clean() or self.cleaned_data
        if data.get("successor") == NEW and not data.get("name"):
            self.add_error("name", "Chưa ghi tên tổ chức mới.")
        if data.get("successor") == "this" and data.get("name"):
            self.add_error("name", f"Đang chọn nhập vào {self.body.name}. Xóa tên này, hoặc chọn lập tổ chức mới.")
        return data

    def plan(self) -> dict[str, Any]:
        """The bodies, and which goes on."""
        data = self.cleaned_data
        bodies = [str(self.body.pk), *data["others"]]
        if data["successor"] == NEW:
            return {"bodies": bodies, "new": {"name": data["name"], "code": data["code"]}}
        return {"bodies": bodies, "into": str(self.body.pk)}


class SplitForm(ActForm):
    """New bodies, and which of them each member, or each body below, goes to."""

    name_1 = forms.CharField(label="Tên tổ chức mới thứ nhất", max_length=200)
    name_2 = forms.CharField(label="Tên tổ chức mới thứ hai", required=False, max_length=200)
    name_3 = forms.CharField(label="Tên tổ chức mới thứ ba", required=False, max_length=200)
    stays = forms.ChoiceField(label="Tổ chức cũ", widget=forms.RadioSelect)
    archive = forms.ChoiceField(
        label="Tổ chức mới nào giữ hồ sơ",
        required=False,
        help_text="Chỉ chọn khi tổ chức cũ kết thúc: giữ biên bản, nghị quyết và theo dõi tiếp việc đang làm",
        choices=[("", "Tổ chức cũ vẫn giữ"), ("1", "Thứ nhất"), ("2", "Thứ hai"), ("3", "Thứ ba")],
    )

    def __init__(self, *args: Any, units: "list[tuple[UUID, str]]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["stays"].choices = [  # type: ignore[attr-defined]
            ("yes", f"{self.body.name} vẫn còn, với phần ở lại"),
            ("no", f"{self.body.name} kết thúc"),
        ]
        targets = [("", "Ở lại"), ("1", "Thứ nhất"), ("2", "Thứ hai"), ("3", "Thứ ba")]
        for key, name in units:
            self.fields[f"den_{key.hex}"] = forms.ChoiceField(
                label=name, required=False, choices=targets, widget=forms.Select(attrs={"class": "input"})
            )
        names = ["name_1", "name_2", "name_3", "stays", "archive"]
        self.order_fields([*names, *(f"den_{key.hex}" for key, _ in units), "effective", "authority"])

    @property
    def shared(self) -> list[Any]:
        """The fields of what is shared out."""
        return [self[f"den_{key.hex}"] for key, _ in self.units]

    def new_names(self) -> list[str]:
        """The names that were given, in order."""
        return [name for place in range(1, MOST_NEW + 1) if (name := self.cleaned_data.get(f"name_{place}"))]

    def clean(self) -> dict[str, Any]:
        """Names without a gap; nothing goes to a body that has no name."""
        data = super().clean() or self.cleaned_data
        number = len(self.new_names())
        if data.get("name_3") and not data.get("name_2"):
            self.add_error("name_2", "Chưa ghi tên tổ chức mới thứ hai.")
        for key, _ in self.units:
            if (target := data.get(f"den_{key.hex}")) and int(target) > number:
                self.add_error(f"den_{key.hex}", "Chưa có tên tổ chức mới này ở trên. Chọn nơi khác.")
        if data.get("stays") == "no" and not data.get("archive"):
            self.add_error("archive", "Chọn tổ chức mới giữ hồ sơ của tổ chức cũ.")
        if data.get("stays") == "yes" and data.get("archive"):
            self.add_error("archive", "Tổ chức cũ vẫn còn thì vẫn giữ hồ sơ. Chọn “Tổ chức cũ vẫn giữ”.")
        return data

    def plan(self) -> dict[str, Any]:
        """The new bodies, and what goes where."""
        data = self.cleaned_data
        share = {str(key): int(target) - 1 for key, _ in self.units if (target := data[f"den_{key.hex}"])}
        return {
            "stays": data["stays"] == "yes",
            "archive": int(data["archive"]) - 1 if data["archive"] else None,
            "new": [{"name": name} for name in self.new_names()],
            "share": share,
        }


class AuthorityForm(Form):
    """By which paper an act is undone."""

    authority = ActForm.base_fields["authority"]


class UpperOfficeForm(Form):
    """Who holds an office of a committee or department."""

    about_people = ("full_name", "code", "decision")

    full_name = forms.CharField(label="Họ và tên", max_length=120, help_text="Ghi đúng như trong danh sách đảng viên")
    code = forms.CharField(
        label="Mã đảng viên", required=False, max_length=40, help_text="Cần khi có nhiều đồng chí cùng họ tên"
    )
    office = forms.ChoiceField(label="Chức vụ", widget=forms.RadioSelect)
    since = DateField(label="Từ ngày")
    decision = forms.CharField(
        label="Theo văn bản nào", required=False, max_length=200, help_text="Số và ngày. Để trống nếu chưa có"
    )

    def __init__(self, *args: Any, offices: "list[Office]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(one.value, one.label) for one in offices]  # type: ignore[attr-defined]


class TermForm(Form):
    """A term (nhiệm kỳ): its name, its first and its last day."""

    name = forms.CharField(label="Nhiệm kỳ", max_length=40, help_text="Ví dụ 2025-2030")
    since = DateField(label="Từ ngày")
    until = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa biết")


class TermEndForm(Form):
    """The last day of a term, put off or brought forward."""

    until = DateField(
        label="Đến hết ngày",
        required=False,
        help_text="Ngày sau là gia hạn, ngày trước là kết thúc sớm. Để trống nếu chưa biết",
    )


class FollowForm(Form):
    """One person follows several cells from a day on."""

    person = forms.ChoiceField(label="Người phụ trách")
    since = DateField(label="Từ ngày")
    way = forms.ChoiceField(
        label="Người đang phụ trách các chi bộ đã chọn",
        widget=forms.RadioSelect,
        choices=[("instead", "Thôi phụ trách từ ngày ấy"), ("beside", "Cùng phụ trách")],
    )
    cells = forms.MultipleChoiceField(label="Chi bộ", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Choices, cells: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("nobody", "Chưa phân công ai")
        self.fields["person"].choices = [("", "Chọn một đồng chí"), *people, nobody]  # type: ignore[attr-defined]
        self.fields["cells"].choices = cells  # type: ignore[attr-defined]
        self.fields["cells"].error_messages["required"] = "Chưa chọn chi bộ nào. Đánh dấu các chi bộ ở dưới."


class DayForm(Form):
    """On which day the tree is read."""

    ngay = DateField(label="Tổ chức này ngày", required=False)

    def clean_ngay(self) -> date | None:
        """A day in this age.

        Raises:
            ValidationError: long before the Party was.
        """
        day: date | None = self.cleaned_data["ngay"]
        if day is not None and day.year < 1930:
            raise ValidationError("Nhập ngày từ năm 1930.")
        return day
