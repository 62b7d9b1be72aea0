"""The gate of every form: text and files marked as classified are refused, with a placeholder in one tap.

Luật Bảo vệ bí mật nhà nước 117/2025/QH15: state secrets are not drafted, stored or sent on machines joined to the
internet. So the text is read, answered with a sentence, and kept nowhere; everything else that was typed stays
(mission.md, never hold 10). What a marking is, is known by chibo.lib.classified.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.forms import BaseForm

from chibo.lib.classified import STATE_SECRET, marking_in, marking_in_name

CODE = "classified"
# The button of a refused field sends its name under this key.
BUTTON = "kin"
TITLE = "Mục họp kín"
PAGE = "ghi sổ giấy, trang …"
PLACEHOLDER = f"{TITLE} – {PAGE}"


def refusal(marking: str, what: str = "Phần chữ này") -> str:
    """Why it is refused and what to do now. what: what was looked at, as the sentence begins."""
    mark = "nhắc đến tài liệu bí mật nhà nước" if marking == STATE_SECRET else f"có dấu “{marking}”"
    return (
        f"{what} {mark}. Bí mật nhà nước không được ghi trên máy nối mạng (Luật 117/2025/QH15); Chibo không giữ chữ"
        f" nào. Chép vào sổ giấy, ở đây chỉ ghi “{PLACEHOLDER}”."
    )


def refused(marking: str, what: str = "Phần chữ này") -> ValidationError:
    """The refusal as a form's error."""
    return ValidationError(refusal(marking, what), code=CODE)


def is_free_text(field: forms.Field) -> bool:
    """Whether people type words into a field. A password is read by nobody."""
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)


def check(form: BaseForm) -> None:
    """Refuse each text and each file's name that is marked; a field that is wrong already is refused anyway."""
    for name, field in form.fields.items():
        if name in form.errors:
            continue
        if is_free_text(field):
            typed = form[name].data
            if isinstance(typed, str) and (marking := marking_in(typed)):
                form.add_error(name, refused(marking))
        elif isinstance(field, forms.FileField):
            file = form.cleaned_data.get(name)
            if file and (marking := marking_in_name(file.name or "")):
                form.add_error(name, refused(marking, "Tên tệp này"))


def is_refused(bound: BoundField) -> bool:
    """Whether what stood in a field was refused by the gate."""
    errors = bound.form.errors.get(bound.name)
    return errors is not None and any(error.code == CODE for error in errors.as_data())


def has_refused(form: BaseForm) -> bool:
    """Whether the gate has refused any field: a browser that keeps drafts forgets this one."""
    return any(is_refused(form[name]) for name in form.errors if name in form.fields)


def put_placeholder(form: BaseForm) -> None:
    """Put the placeholder in the place of a refused text, when its button was pressed."""
    data: Mapping[str, Any] | None = form.data if form.is_bound else None
    wanted = data.get(BUTTON) if data else None
    if not wanted or not hasattr(data, "copy"):
        return
    for name, field in form.fields.items():
        if form.add_prefix(name) == wanted and is_free_text(field):
            form.data = data.copy()  # type: ignore[union-attr]
            form.data[wanted] = _fitting(field)  # type: ignore[index]


def _fitting(field: forms.Field) -> str:
    """The placeholder, shortened for a field that holds little."""
    longest = getattr(field, "max_length", None) or len(PLACEHOLDER)
    return PLACEHOLDER if longest >= len(PLACEHOLDER) else TITLE[:longest]


def kept(text: str) -> str:
    """A text as it may be kept where nothing is refused: the placeholder in the place of one that is marked."""
    return PLACEHOLDER if marking_in(text) else text
