"""The form of an import: the file, and what holds where a row says nothing."""

from django import forms

from chibo.directory.forms import KINDS
from chibo.lib.dates import today
from chibo.look.fields import DateField, FileField
from chibo.look.forms import Form

MAX_BYTES = 10 * 1024 * 1024


class SinceForm(Form):
    """What holds where a row says nothing. Carried beside the rows until they are written."""

    kind_for_all = forms.ChoiceField(
        label="Hàng không ghi chính thức hay dự bị",
        required=False,
        choices=[("", "Báo để tôi ghi thêm"), *KINDS[:2]],
        widget=forms.RadioSelect,
    )
    since = DateField(
        label="Sinh hoạt ở chi bộ từ ngày",
        required=False,
        latest=today,
        help_text="Cho hàng không ghi ngày về chi bộ. Để trống thì ghi từ đầu năm nay",
    )


class FileForm(SinceForm):
    """An XLSX file with the rest."""

    file = FileField(
        label="Tệp danh sách", endings=[".xlsx"], max_bytes=MAX_BYTES, help_text="Tệp Excel .xlsx, không quá 10 MB"
    )
    field_order = ("file", "kind_for_all", "since")
