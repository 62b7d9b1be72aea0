"""The base of every form: Vietnamese messages that say what to do, widgets in the dress of the look, and the gate that
classified matter does not pass (chibo.look.gate)."""

from typing import Any, ClassVar

from django import forms
from django.forms.fields import Field

from chibo.lib.never_held import never_held_in, refusal
from chibo.look import gate

CHOICES_WIDGETS = (forms.RadioSelect, forms.CheckboxInput, forms.CheckboxSelectMultiple)

# Codes of Django's own validators → sentence; {label} is the label in quotation marks.
MESSAGES = {
    "required": "Chưa ghi {label}.",
    "invalid": "Chưa đọc được {label}. Ghi lại.",
    "max_length": "{label} dài %(show_value)d chữ cái, không quá %(limit_value)d. Rút ngắn lại.",
    "min_length": "{label} cần ít nhất %(limit_value)d chữ cái.",
    "max_value": "{label} không quá %(limit_value)s.",
    "min_value": "{label} từ %(limit_value)s trở lên.",
    "max_digits": "{label} không quá %(max)s chữ số.",
    "max_decimal_places": "{label} không quá %(max)s chữ số sau dấu phẩy.",
    "step_size": "{label} phải chia hết cho %(limit_value)s.",
    "invalid_choice": "Lựa chọn ở {label} không còn trong danh sách. Chọn lại.",
    "invalid_list": "Chưa đọc được {label}. Chọn lại.",
    "invalid_pk_value": "Lựa chọn ở {label} không còn trong danh sách. Chọn lại.",
    "missing": "Chưa chọn tệp cho {label}.",
    "empty": "Tệp ở {label} không có nội dung. Chọn tệp khác.",
    "invalid_image": "Không mở được ảnh ở {label}. Chụp lại hoặc chọn ảnh khác.",
    "contradiction": "Ở {label}, hoặc chọn tệp mới, hoặc bỏ tệp cũ.",
    "null_characters_not_allowed": "{label} có ký tự lạ không đọc được. Xóa phần vừa dán rồi gõ lại.",
    "surrogate_characters_not_allowed": "{label} có ký tự lạ không đọc được. Xóa phần vừa dán rồi gõ lại.",
}
MESSAGES_BY_FIELD: dict[type[Field], dict[str, str]] = {
    forms.ChoiceField: {"required": "Chưa chọn {label}."},
    forms.ModelChoiceField: {"required": "Chưa chọn {label}."},
    forms.FileField: {"required": "Chưa chọn tệp cho {label}."},
    forms.BooleanField: {"required": "Chưa đánh dấu {label}."},
    forms.IntegerField: {"invalid": "{label} phải là một số, ví dụ 25."},
    forms.DecimalField: {"invalid": "{label} phải là một số, ví dụ 91,5."},
    forms.EmailField: {"invalid": "Thư điện tử ghi như ten@vidu.vn."},
    forms.URLField: {"invalid": "Địa chỉ trang ghi như https://vidu.vn."},
}


class LookForm:
    """Mixed into a form: dresses its fields. The browser requires nothing: the answer comes in Vietnamese."""

    use_required_attribute = False
    fields: dict[str, Field]
    # The fields that hold a person; what Chibo holds of nobody does not pass them (mission.md, never hold 8).
    about_people: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(name, field)
        gate.put_placeholder(self)  # type: ignore[arg-type]

    def _clean_fields(self) -> None:
        """Every field as Django reads it, then every text and name of a file through the gate."""
        super()._clean_fields()  # type: ignore[misc]
        gate.check(self)  # type: ignore[arg-type]
        self._check_never_held()

    def _check_never_held(self) -> None:
        for name in self.about_people:
            typed = self[name].data if name in self.fields and name not in self.errors else None  # type: ignore[attr-defined,index]
            if isinstance(typed, str) and (what := never_held_in(typed, whole="name" not in name)):
                self.add_error(name, refusal(what))  # type: ignore[attr-defined]


class Form(LookForm, forms.Form):
    """A form of the look."""


class ModelForm(LookForm, forms.ModelForm):  # type: ignore[type-arg]
    """A form of the look over a model."""


def dress(name: str, field: Field) -> None:
    """Give a field its class and its messages, keeping those that the form wrote itself."""
    widget = field.widget
    # The browser would cut a pasted text short without a word: the server says that it is too long.
    limit = widget.attrs.pop("maxlength", None)
    if limit and isinstance(widget, forms.Textarea):
        widget.attrs["data-limit"] = limit
    if not isinstance(widget, CHOICES_WIDGETS) and not widget.is_hidden:
        widget.attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
    label = f"“{field.label or name}”"
    for code, sentence in _sentences(field).items():
        if _is_djangos_own(field, code):
            field.error_messages[code] = sentence.replace("{label}", label)


def _sentences(field: Field) -> dict[str, str]:
    """The sentences for a kind of field, the more special over the general."""
    sentences = dict(MESSAGES)
    for kind, special in MESSAGES_BY_FIELD.items():
        if isinstance(field, kind):
            sentences |= special
    return sentences


def _is_djangos_own(field: Field, code: str) -> bool:
    """Whether a message is still the one that ships with Django, or none."""
    message = field.error_messages.get(code)
    if message is None:
        return True
    return any(
        kind.__module__.startswith("django.") and getattr(kind, "default_error_messages", {}).get(code) is message
        for kind in type(field).__mro__
    )
