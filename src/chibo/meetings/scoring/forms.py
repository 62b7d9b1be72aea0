"""What the meeting gives for each criterion, all lines in one form; a line that is left alone stays as it is."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from chibo.lib.vietnamese import normalise
from chibo.look import gate
from chibo.look.fields import TextField
from chibo.look.forms import Form, dress
from chibo.meetings.room.rubric import HUNDREDTHS, points_words
from chibo.meetings.scoring.sheet import JUDGED, OUTSIDE, Line, Sheet

MOST_BUTTONS = 11  # 0 to 10: two rows on a phone; more points are typed
_TYPED = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?", re.ASCII)


class PointsField(forms.CharField):
    """Points as people type them, 24 or 24,5, in hundredths."""

    def __init__(self, *, code: str, maximum: int, step: int, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "class": "input-short", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.code, self.maximum, self.step = code, maximum, step

    def prepare_value(self, value: Any) -> Any:
        """Points given before as people write them; what was typed stays as it was typed."""
        return points_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """What was typed, if the table allows it.

        Raises:
            ValidationError: it is no number, or more than the table gives, or finer than it counts.
        """
        text = super().clean(value)
        if not text:
            return None
        typed = _TYPED.fullmatch(text)
        points = int(typed[1]) * HUNDREDTHS + int((typed[2] or "0").ljust(2, "0")) if typed else -1
        if not 0 <= points <= self.maximum:
            raise ValidationError(f"Tiêu chí {self.code}: ghi số điểm từ 0 đến {points_words(self.maximum)}.")
        if self.step and points % self.step:
            raise ValidationError(
                f"Tiêu chí {self.code}: bảng chấm từng {points_words(self.step)} điểm, ghi lại số điểm."
            )
        return points


class PointsChoice(forms.TypedChoiceField):
    """A button for each number of points."""

    def __init__(self, *, maximum: int, step: int, **kwargs: Any) -> None:
        choices = [(points, points_words(points)) for points in range(0, maximum + 1, step)]
        super().__init__(choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **kwargs)


@dataclass(frozen=True)
class Row:
    """A line of the sheet with what is filled in; the fields are None for a line outside the total."""

    line: Line
    points: forms.BoundField | None = None
    note: forms.BoundField | None = None
    buttons: bool = False
    usual: int | None = 0  # None: any number needs a reason
    asks: bool = False  # whether the reason is shown from the beginning


class SheetForm(Form):
    """The points of all lines that are due; nothing is filled in but what the meeting gave before."""

    def __init__(self, *args: Any, sheet: Sheet, step: int, **kwargs: Any) -> None:
        self.due = {number: one for number, one in enumerate(sheet.lines, 1) if one.status not in OUTSIDE}
        self.lines, self.step = sheet.lines, step
        self.changed: list[tuple[str, int, str]] = []
        self.told: set[int] = set()
        super().__init__(*args, initial=_initial(self.due), **kwargs)
        for number, line in self.due.items():
            self.fields[f"points_{number}"] = self._points(line)
            self.fields[f"note_{number}"] = TextField(
                label=_why_label(line),
                rows=2,
                max_length=500,
                required=False,
            )
        for name, field in self.fields.items():
            dress(name, field)
        gate.put_placeholder(self)

    def _points(self, line: Line) -> forms.Field:
        label = f"Tiêu chí {line.code}"
        if self._has_buttons(line):
            return PointsChoice(label=label, maximum=line.maximum, step=self.step, required=False)
        return PointsField(label=label, code=line.code, maximum=line.maximum, step=self.step, required=False)

    def _has_buttons(self, line: Line) -> bool:
        return bool(self.step) and line.maximum // self.step < MOST_BUTTONS

    def rows(self) -> list[Row]:
        """All lines in the order of the table."""
        return [self._row(number, line) for number, line in enumerate(self.lines, 1)]

    def _row(self, number: int, line: Line) -> Row:
        if number not in self.due:
            return Row(line)
        points, note = self[f"points_{number}"], self[f"note_{number}"]
        asks = bool(note.value() or note.errors) or (line.status == JUDGED and line.points != line.usual)
        return Row(line, points, note, self._has_buttons(line), line.usual, asks)

    def seen(self) -> list[tuple[str, str]]:
        """Digests of the lines as this page shows them, to notice what somebody else has scored since.

        A page that comes back with an error still shows a line that was left alone as it was first shown.
        """
        return [(f"seen_{number}", self._seen(number) or _digest(*_given(line))) for number, line in self.due.items()]

    def _seen(self, number: int) -> str:
        """What the page that was sent had seen of a line; empty where the person has been told of something newer."""
        return "" if number in self.told else str(self.data.get(f"seen_{number}", ""))

    def clean(self) -> dict[str, Any]:
        """What is taken off, or changed from the record, needs its reason; nothing of somebody else's is replaced."""
        values = super().clean() or {}
        for number, line in self.due.items():
            if not {f"points_{number}", f"note_{number}"} & set(self.errors):
                self._compare(number, line, values.get(f"points_{number}"), values.get(f"note_{number}") or "")
        return values

    def _compare(self, number: int, line: Line, points: int | None, note: str) -> None:
        mine, now, seen = (points, normalise(note)), _given(line), self.data.get(f"seen_{number}")
        if mine == now or (seen is not None and _digest(*mine) == seen):
            return  # left as it was shown
        if seen is not None and seen != _digest(*now):
            self.told.add(number)
            self.add_error(f"points_{number}", f"Tiêu chí {line.code}: {_theirs(*now)} Xem lại, rồi ghi.")
        elif points is None:
            self.add_error(f"points_{number}", f"Tiêu chí {line.code}: chưa chọn điểm.")
        elif points != line.usual and not mine[1]:
            self.add_error(f"note_{number}", _why_asked(line))
        else:
            self.changed.append((line.code, points, mine[1]))


def _why_label(line: Line) -> str:
    """Names its criterion: in a summary of errors many stand below each other."""
    if line.usual is None:
        return f"Vì sao tiêu chí {line.code} chấm như vậy"
    if line.proposed is None and line.usual == line.maximum:
        return f"Vì sao tiêu chí {line.code} chưa đạt {points_words(line.maximum)} điểm"
    return f"Vì sao tiêu chí {line.code} chấm khác bản ghi"


def _why_asked(line: Line) -> str:
    if line.usual is None:
        return f"Tiêu chí {line.code}: bản ghi chưa đủ cho mức nào của bảng. Ghi vì sao chi bộ chấm như vậy."
    if line.proposed is None and line.usual == line.maximum:
        return f"Tiêu chí {line.code}: ghi vì sao chưa đạt {points_words(line.maximum)} điểm."
    return f"Tiêu chí {line.code}: bản ghi tính {points_words(line.usual)} điểm. Ghi vì sao chi bộ chấm khác."


def _given(line: Line) -> tuple[int | None, str]:
    """What the meeting has given."""
    return (line.points, line.note) if line.status == JUDGED else (None, "")


def _theirs(points: int | None, note: str) -> str:
    if points is None:
        return "người khác vừa bỏ điểm đã chấm."
    why = f", lý do “{note.rstrip('.')}”" if note else ""
    return f"người khác vừa chấm {points_words(points)} điểm{why}."


def _digest(points: int | None, note: str) -> str:
    return hashlib.sha256(f"{points} {note}".encode()).hexdigest()[:12]


def _initial(due: dict[int, Line]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, line in due.items():
        points, note = _given(line)
        if points is not None:
            found |= {f"points_{number}": points, f"note_{number}": note}
    return found
