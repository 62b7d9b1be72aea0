"""Forms of the cell's book and of the commune's cells."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from chibo.access.models import CELL_COMMITTEE
from chibo.lib.dates import today
from chibo.look.fields import DateField, TextField, TimeField
from chibo.look.forms import Form
from chibo.members.models import Departure, Exemption, Membership, Person, ProbationDecision
from chibo.members.phones import phone_digits
from chibo.orgs.models import Category

OLDEST_YEAR = 1900
YOUNGEST = 18
KINDS = [
    (Membership.Kind.OFFICIAL, "Chính thức"),
    (Membership.Kind.PROBATIONARY, "Dự bị"),
    (Membership.Kind.TEMPORARY, "Sinh hoạt tạm thời (từ nơi khác đến)"),
]


class PhoneField(forms.CharField):
    """A telephone number, kept as digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """The digits; nothing for nothing.

        Raises:
            ValidationError: it is no Vietnamese number.
        """
        text: str = super().clean(value)
        if text and not (digits := phone_digits(text)):
            raise ValidationError("Số điện thoại chưa đúng. Số có 10 chữ số, bắt đầu bằng 0.")
        return digits if text else ""


class PersonForm(Form):
    """What is known of a member, and no more (mission.md, never hold 8)."""

    about_people: ClassVar[tuple[str, ...]] = ("full_name", "code")

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"})
    )
    sex = forms.ChoiceField(
        label="Nam, nữ", required=False, choices=[("", "Chưa ghi"), *Person.Sex.choices], widget=forms.RadioSelect
    )
    code = forms.CharField(
        label="Mã đảng viên",
        required=False,
        max_length=40,
        help_text="Để trống nếu chưa có. Đăng nhập bằng mã này được",
    )
    phone = PhoneField(label="Điện thoại", required=False)
    shared = forms.BooleanField(
        label="Đồng chí ấy đồng ý cho đảng viên trong chi bộ thấy số điện thoại", required=False
    )

    def clean_full_name(self) -> str:
        """A name has at least two words."""
        name = " ".join(str(self.cleaned_data["full_name"]).split())
        if " " not in name:
            raise ValidationError("Ghi cả họ và tên, ví dụ Nguyễn Thị Lan.")
        return name

    def clean_birth_year(self) -> int | None:
        """Of an age to be a member."""
        year: int | None = self.cleaned_data["birth_year"]
        latest = today().year - YOUNGEST
        if year is not None and not OLDEST_YEAR <= year <= latest:
            raise ValidationError(f"Năm sinh {year} chưa hợp lý. Nhập năm từ {OLDEST_YEAR} đến {latest}.")
        return year


class MemberForm(PersonForm):
    """A new member, with the kind and the day."""

    kind = forms.ChoiceField(label="Loại đảng viên", choices=KINDS, widget=forms.RadioSelect)
    since = DateField(
        label="Sinh hoạt ở chi bộ từ ngày",
        required=False,
        latest=today,
        help_text="Để trống thì ghi từ đầu năm nay",
    )
    admitted_on = DateField(
        label="Ngày kết nạp",
        required=False,
        latest=today,
        help_text="Của đảng viên dự bị; từ ngày này sổ tính ngày đủ 12 tháng. Để trống nếu chưa rõ",
    )
    field_order = ("full_name", "kind", "since", "admitted_on", "birth_year", "sex", "code", "phone", "shared")


class OwnPhoneForm(Form):
    """One's own phone, and who may see it."""

    phone = PhoneField(label="Điện thoại", required=False)
    shared = forms.BooleanField(label="Cho đảng viên trong chi bộ thấy số này", required=False)


class PasteForm(Form):
    """A list of members, one a line."""

    text = TextField(
        label="Danh sách",
        rows=12,
        max_length=60_000,
        help_text="Mỗi dòng một đồng chí: họ tên, chính thức hoặc dự bị. Có thể thêm năm sinh, nam hay nữ, điện thoại, "
        "chức vụ. Chép từ Word, Excel hay Zalo đều được",
    )
    kind_for_all = forms.ChoiceField(
        label="Dòng không ghi chính thức hay dự bị",
        required=False,
        choices=[("", "Báo để tôi ghi thêm"), *KINDS[:2]],
        widget=forms.RadioSelect,
    )
    since = DateField(
        label="Sinh hoạt ở chi bộ từ ngày", required=False, latest=today, help_text="Để trống thì ghi từ đầu năm nay"
    )
    office_since = DateField(
        label="Giữ chức vụ từ ngày", required=False, latest=today, help_text="Để trống thì ghi từ hôm nay"
    )


class ChangeForm(Form):
    """What changes a member's part from a day, perhaps to a day."""

    about_people = ("decision", "destination")

    since = DateField(label="Từ ngày")
    until = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa biết")
    decision = forms.CharField(
        label="Theo nghị quyết, quyết định nào",
        required=False,
        max_length=200,
        help_text="Ví dụ NQ 05, ngày 03/11/2026",
    )
    destination = forms.CharField(label="Đến sinh hoạt ở đâu", required=False, max_length=200)


class ExemptionForm(Form):
    """Exempt from work and meetings: asked for in writing or in words, decided by the cell (domain.md 1.7)."""

    about_people = ("decision",)

    application = forms.ChoiceField(
        label="Đồng chí ấy xin miễn bằng", choices=Exemption.Application.choices, widget=forms.RadioSelect
    )
    decision = forms.CharField(
        label="Nghị quyết của chi bộ", max_length=200, help_text="Số và ngày, ví dụ Nghị quyết số 05-NQ/CB, 03/11/2026"
    )
    since = DateField(label="Từ ngày")
    until = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu không có hạn")


class SuspensionForm(Form):
    """Suspended by a decision, from a day to a day."""

    about_people = ("decision",)

    decision = forms.CharField(
        label="Theo quyết định", max_length=200, help_text="Chỉ ghi số, ngày và cơ quan ký; không ghi lý do"
    )
    since = DateField(label="Từ ngày")
    until = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu quyết định chưa nêu")


class AdmissionForm(Form):
    """The day of admission of a probationary member."""

    admitted_on = DateField(label="Ngày kết nạp", latest=today)


class ProbationForm(Form):
    """What the cell decided about a probationary member."""

    about_people = ("decision",)

    outcome = forms.ChoiceField(
        label="Chi bộ quyết định", choices=ProbationDecision.Outcome.choices, widget=forms.RadioSelect
    )
    decided_on = DateField(label="Ngày họp quyết định", latest=today)
    decision = forms.CharField(label="Nghị quyết, quyết định", max_length=200, help_text="Ví dụ NQ 05, ngày 03/11/2026")
    again_by = DateField(label="Xét lại chậm nhất ngày", required=False, help_text="Chỉ ghi khi chưa công nhận")


class DepartureForm(Form):
    """Out of the Party, or dead: what, when, by which paper; no reason."""

    about_people = ("decision",)

    kind = forms.ChoiceField(label="Ghi gì", choices=Departure.Kind.choices, widget=forms.RadioSelect)
    last_day = DateField(label="Ngày", latest=today, help_text="Ngày quyết định có hiệu lực, hoặc ngày mất")
    decision = forms.CharField(
        label="Số, ngày quyết định", required=False, max_length=200, help_text="Từ trần thì để trống. Không ghi lý do"
    )


class KindForm(Form):
    """Probationary to official, or the correction of an error."""

    kind = forms.ChoiceField(label="Từ ngày ấy là đảng viên", choices=KINDS, widget=forms.RadioSelect)
    since = DateField(label="Từ ngày")


class BeginningForm(Form):
    """An earlier day since which a member belongs to the cell."""

    since = DateField(label="Sinh hoạt ở chi bộ từ ngày", latest=today)


class LastDayForm(Form):
    """The last day of a dated fact."""

    last_day = DateField(label="Ngày cuối cùng")


class OfficeEndForm(LastDayForm):
    """The last day of an office, and the paper that ends it."""

    about_people = ("decision",)

    decision = forms.CharField(label="Theo quyết định", required=False, max_length=200, help_text="Số và ngày")


class PostForm(Form):
    """A post of the unit."""

    about_people = ("title",)

    title = forms.CharField(
        label="Chức danh", max_length=120, help_text="Ví dụ Trưởng thôn, Hiệu trưởng, Phó Chủ tịch UBND xã"
    )
    is_head = forms.BooleanField(label="Là người đứng đầu đơn vị", required=False)
    since = DateField(label="Từ ngày")


class OfficeForm(Form):
    """Who holds which office of the cell from when."""

    about_people = ("decision",)

    person = forms.ChoiceField(label="Đồng chí")
    office = forms.ChoiceField(
        label="Chức vụ", choices=[(one.value, one.label) for one in CELL_COMMITTEE], widget=forms.RadioSelect
    )
    since = DateField(
        label="Từ ngày",
        help_text="Bí thư trước thôi giữ chức vụ từ ngày này. Giữ từ trước ngày đã ghi thì ghi ngày sớm hơn",
    )
    last_day = DateField(
        label="Đến hết ngày", required=False, latest=today, help_text="Chỉ ghi khi đồng chí ấy đã thôi giữ"
    )
    decision = forms.CharField(
        label="Theo quyết định", required=False, max_length=200, help_text="Số và ngày, ví dụ QĐ 31-QĐ/ĐU, 03/11/2026"
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Chọn một đồng chí"), *people]  # type: ignore[attr-defined]


class FollowerForm(Form):
    """Which member of the committee above follows the cell."""

    person = forms.ChoiceField(label="Cấp ủy viên phụ trách", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Chưa phân công"), *people]  # type: ignore[attr-defined]


class CellForm(Form):
    """What a cell is called, and when and where it meets."""

    name = forms.CharField(
        label="Tên chi bộ", max_length=200, help_text="Ghi đủ như trên văn bản, ví dụ Chi bộ thôn Phú Hòa"
    )
    category = forms.ChoiceField(label="Loại chi bộ", choices=[("", "Chọn một loại"), *Category.choices])
    founded = DateField(
        label="Ngày thành lập", required=False, latest=today, help_text="Sửa được về ngày sớm hơn ngày đã ghi"
    )
    registered_day = forms.IntegerField(
        label="Ngày họp đăng ký hằng tháng",
        required=False,
        min_value=1,
        max_value=28,
        help_text="Một ngày từ 1 đến 28, ví dụ 3",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )
    registered_time = TimeField(label="Giờ họp", required=False)
    meeting_place = forms.CharField(label="Nơi họp", required=False, max_length=200)
    locality = forms.CharField(
        label="Địa danh trên văn bản",
        required=False,
        max_length=100,
        help_text="Đứng trước ngày tháng, ví dụ Hàm Thạnh, ngày 03 tháng 12 năm 2026",
    )


class TermForm(Form):
    """The term that runs now; the numbers of documents run within it."""

    name = forms.CharField(label="Nhiệm kỳ", max_length=40, help_text="Ví dụ 2025-2030")
    since = DateField(label="Bắt đầu ngày")
    until = DateField(label="Hết ngày", required=False, help_text="Để trống nếu chưa biết")


class NewCellForm(Form):
    """A new cell and its first secretary, who enters the rest."""

    about_people = ("secretary_name", "secretary_code")

    name = forms.CharField(
        label="Tên chi bộ", max_length=200, help_text="Ghi đủ như trên văn bản, ví dụ Chi bộ thôn Phú Hòa"
    )
    category = forms.ChoiceField(label="Loại chi bộ", choices=[("", "Chọn một loại"), *Category.choices])
    founded = DateField(
        label="Ngày thành lập",
        required=False,
        latest=today,
        help_text="Chi bộ đã có từ trước thì ghi ngày ấy, để ghi lại được buổi họp cũ. Để trống thì tính từ hôm nay",
    )
    secretary_name = forms.CharField(
        label="Họ tên bí thư", max_length=120, help_text="Bí thư sẽ nhập danh sách đảng viên của chi bộ"
    )
    secretary_code = forms.CharField(
        label="Mã đảng viên của bí thư", required=False, max_length=40, help_text="Để trống nếu chưa có"
    )
    since = DateField(label="Làm bí thư từ ngày", required=False, latest=today, help_text="Để trống thì ghi từ hôm nay")


class CodeForm(Form):
    """A printed invitation, typed instead of scanned."""

    login = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="In trên tờ mời, ví dụ lannt",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label="Mã mời",
        max_length=20,
        help_text="Mười hai chữ số, ví dụ 4821 7730 1956; tờ in trước đây có tám",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input-short"}),
    )


class DayForm(Form):
    """A day of which the figures are asked."""

    ngay = DateField(label="Ngày")
