"""Forms of transfers: introducing a member, receiving one, packages and keys."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from chibo.directory.forms import PersonForm
from chibo.directory.transfers.package import MOST_BYTES
from chibo.lib.dates import today
from chibo.look.fields import DateField, FileField
from chibo.look.forms import Form
from chibo.members.models import KnownTenant, Membership, Transfer
from chibo.orgs.models import Organisation

Kind = Transfer.Kind
STANDINGS = [(Membership.Kind.OFFICIAL, "Chính thức"), (Membership.Kind.PROBATIONARY, "Dự bị")]


class TransferForm(Form):
    """How a member goes, from when, by which paper."""

    about_people: ClassVar[tuple[str, ...]] = ("decision",)

    kind = forms.ChoiceField(label="Hình thức", choices=Kind.choices, widget=forms.RadioSelect)
    first_day = DateField(label="Sinh hoạt ở nơi mới từ ngày", help_text="Nơi đến ghi lại ngày đúng khi tiếp nhận")
    last_day = DateField(label="Đến hết ngày", required=False, help_text="Chỉ ghi khi chuyển tạm thời")
    purpose = forms.ChoiceField(
        label="Đi tạm thời để",
        required=False,
        choices=Transfer.Purpose.choices,
        widget=forms.RadioSelect,
        help_text="Chỉ chọn khi chuyển tạm thời: học tập đến 2 năm, việc khác từ 3 tháng đến dưới 1 năm",
    )
    decision = forms.CharField(
        label="Giấy giới thiệu", required=False, max_length=200, help_text="Số và ngày, ví dụ 12-GT/CB, 03/11/2026"
    )

    def clean(self) -> dict[str, Any]:
        """A temporary one says what for: its length depends on it."""
        fields: dict[str, Any] = super().clean() or {}
        if fields.get("kind") == Kind.TEMPORARY and not fields.get("purpose"):
            self.add_error("purpose", "Chọn lý do: thời hạn tính theo lý do.")
        return fields


class ToCellForm(TransferForm):
    """To a cell of this tenant, chosen among those found."""

    to_cell = forms.ChoiceField(label="Chi bộ nơi đến", widget=forms.RadioSelect)
    field_order = ("to_cell",)

    def __init__(self, *args: Any, cells: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = {str(cell.pk): cell for cell in cells}
        choices = [(key, f"{cell.name}, {cell.parent.name if cell.parent else ''}") for key, cell in self.cells.items()]
        self.fields["to_cell"].choices = choices  # type: ignore[attr-defined]

    def clean_to_cell(self) -> Organisation:
        """The cell itself."""
        return self.cells[self.cleaned_data["to_cell"]]


class ToPlaceForm(TransferForm):
    """To a place that does not use Chibo: the paper goes by hand."""

    about_people = ("decision", "to_place")

    to_place = forms.CharField(
        label="Nơi đến", max_length=200, help_text="Tên chi bộ, đảng bộ, tỉnh; ghi như trên giấy giới thiệu"
    )
    field_order: tuple[str, ...] = ("to_place",)


class ToTenantForm(ToPlaceForm):
    """To another tenant whose key is known, by a signed package."""

    tenant = forms.ChoiceField(label="Tỉnh, đảng bộ nơi đến", widget=forms.RadioSelect)
    field_order = ("tenant", "to_place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = KnownTenant.objects.order_by("name").values_list("fingerprint", "name")
        self.fields["tenant"].choices = list(known)  # type: ignore[attr-defined]


class ReceiveForm(PersonForm):
    """A member who comes with a paper."""

    about_people = ("full_name", "code", "from_place", "decision")

    from_place = forms.CharField(
        label="Từ đâu đến", max_length=200, help_text="Tên chi bộ, đảng bộ, tỉnh; ghi như trên giấy giới thiệu"
    )
    kind = forms.ChoiceField(label="Hình thức", choices=Kind.choices, widget=forms.RadioSelect)
    standing = forms.ChoiceField(label="Loại đảng viên", choices=STANDINGS, widget=forms.RadioSelect)
    first_day = DateField(label="Sinh hoạt ở chi bộ từ ngày")
    last_day = DateField(label="Đến hết ngày", required=False, help_text="Chỉ ghi khi đến tạm thời")
    decision = forms.CharField(label="Giấy giới thiệu", required=False, max_length=200, help_text="Số và ngày")
    admitted_on = DateField(
        label="Ngày kết nạp", required=False, latest=today, help_text="Chỉ cần ghi cho đảng viên dự bị"
    )
    field_order = ("full_name", "from_place", "kind", "standing", "first_day", "last_day", "decision", "admitted_on")


class ConfirmForm(Form):
    """From which day the member belongs here."""

    first_day = DateField(label="Sinh hoạt ở chi bộ này từ ngày")


class ReceivedForm(Form):
    """From which day the member belongs to the other place, as its paper says."""

    first_day = DateField(label="Nơi đến tiếp nhận từ ngày", help_text="Theo giấy báo của nơi đến")


class NoteForm(Form):
    """Why it is sent back."""

    about_people = ("note",)

    note = forms.CharField(
        label="Trả lại vì", max_length=300, help_text="Một câu về thủ tục, ví dụ: giấy giới thiệu thiếu ngày"
    )


class ExtendForm(Form):
    """A stay that lasts longer."""

    about_people = ("decision",)

    last_day = DateField(label="Gia hạn đến hết ngày")
    decision = forms.CharField(label="Theo văn bản", max_length=100, help_text="Số và ngày")


class EndStayForm(Form):
    """A stay that ends earlier."""

    last_day = DateField(label="Ngày cuối cùng ở nơi tạm thời")


class PackageForm(Form):
    """A package from another tenant."""

    file = FileField(
        label="Gói chuyển sinh hoạt",
        endings=(".json",),
        max_bytes=MOST_BYTES,
        help_text="Tệp .json mà nơi gửi đã xuất từ Chibo",
    )


class ArrivalForm(Form):
    """A package that was looked at: its text, and from which day."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES)
    first_day = DateField(label="Sinh hoạt ở chi bộ này từ ngày")


class RefusalForm(NoteForm):
    """A package that is sent back."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES)


class KeyForm(Form):
    """Another tenant's key, after its fingerprint was compared."""

    name = forms.CharField(label="Tên đơn vị", max_length=200, help_text="Ví dụ Tỉnh ủy Đắk Lắk")
    public_key = forms.CharField(
        label="Khóa của đơn vị ấy", max_length=150, help_text="Dòng 88 ký tự trên trang Khóa của đơn vị ấy"
    )
    compared = forms.BooleanField(label="Đã gọi hoặc gặp đơn vị ấy và so đúng dãy dấu vân tay của khóa")

    def clean_public_key(self) -> str:
        """Without the spaces of a copied line."""
        key = "".join(str(self.cleaned_data["public_key"]).split())
        if not key:
            raise ValidationError("Chưa ghi khóa.")
        return key


def proposed(day: date) -> dict[str, date]:
    """What a form of confirming begins with: the day that the sender proposed, for the receiver to put right."""
    return {"first_day": day}
