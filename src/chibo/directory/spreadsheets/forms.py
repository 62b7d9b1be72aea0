"""The forms of an import: the file or the pasted rows, what holds where a row says nothing, the matching of columns."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from chibo.directory.forms import KINDS
from chibo.directory.models import ImportRun
from chibo.directory.spreadsheets import staging
from chibo.directory.spreadsheets.columns import LABELS, guess
from chibo.directory.spreadsheets.tables import Column, Table
from chibo.lib.dates import today
from chibo.look.fields import DateField, FileField, TextField
from chibo.look.forms import Form, dress

MEGABYTE = 1024 * 1024


class FileForm(Form):
    """An XLSX file, or rows copied from one, and what holds where a row says nothing."""

    file = FileField(label="Tệp danh sách", required=False, endings=[".xlsx"], max_bytes=10 * MEGABYTE)
    pasted = TextField(
        label="Hoặc dán từ Excel",
        required=False,
        rows=4,
        max_length=2_000_000,
        help_text="Chọn các ô trong Excel, cả hàng tên cột, chép rồi dán vào đây",
    )
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

    def __init__(self, *args: Any, megabytes: int = 10, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = cast(FileField, self.fields["file"])
        file.max_bytes, file.help_text = megabytes * MEGABYTE, f"Tệp Excel .xlsx, không quá {megabytes} MB"

    def clean(self) -> dict[str, Any]:
        """One of the two is given."""
        found = super().clean() or {}
        if not found.get("file") and not found.get("pasted") and "file" not in self.errors:
            raise ValidationError({"file": "Chưa chọn tệp. Chọn tệp, hoặc dán các hàng vào ô dưới."})
        return found


class ColumnsForm(Form):
    """For each column of a file that is not left out: what it holds. A guess is shown where nobody has said yet."""

    def __init__(self, *args: Any, run: ImportRun | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[int, str]] = {}
        tables = staging.tables_of(run, []) if run is not None else []
        self.samples = staging.samples(run) if run is not None else {}
        for place, table in enumerate(tables):
            for column in table.columns:
                if column.is_open:
                    self._add(place, table, column, several=len(tables) > 1)
        for name, field in self.fields.items():
            dress(name, field)

    def _add(self, place: int, table: Table, column: Column, *, several: bool) -> None:
        name = f"cot-{place}-{column.letter}"
        self.places[name] = (place, column.letter)
        labels, values = LABELS[table.kind], self.samples.get((place, column.slot), [])
        choices = [("", "Bỏ qua cột này"), *((key, words.capitalize()) for key, words in labels.items())]
        sheet = f"{table.sheet}, cột" if several and table.sheet else "Cột"
        self.fields[name] = forms.ChoiceField(
            label=f"{sheet} {column.letter}: {column.heading}",
            required=False,
            choices=choices,
            initial=column.key or guessed(table, column, values),
            help_text=_hint(column, values),
        )

    def keys(self) -> dict[tuple[int, str], str]:
        """What each column holds, by table and letter."""
        return {place: self.cleaned_data[name] for name, place in self.places.items()}


def _hint(column: Column, values: Sequence[str]) -> str:
    """ "Như lần trước. Ví dụ: 0912345678; 0987654321"."""
    example = "; ".join(one[:40] for one in values[:2])
    return ". ".join(filter(None, ["Như lần trước" if column.chosen else "", f"Ví dụ: {example}" if example else ""]))


def guessed(table: Table, column: Column, values: Sequence[str]) -> str:
    """What a column that nobody has matched most likely holds."""
    if column.chosen or column.key:
        return column.key
    free = [key for key in LABELS[table.kind] if key not in table.letters]
    return guess(table.kind, column.words, free, values)


def asks(run: ImportRun) -> bool:
    """Whether a person should say what some columns hold before anything else: names are missing, or one is a guess."""
    samples = staging.samples(run)
    return any(
        table.lacks_names
        or any(
            one.is_open and not one.key and guessed(table, one, samples.get((place, one.slot), []))
            for one in table.columns
        )
        for place, table in enumerate(staging.tables_of(run, []))
    )
