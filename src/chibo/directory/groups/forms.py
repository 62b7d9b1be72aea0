"""Forms of groups."""

from typing import Any
from uuid import UUID

from django import forms

from chibo.look.fields import DateField
from chibo.look.forms import Form
from chibo.members.models import GroupMember


class GroupForm(Form):
    """A new group."""

    about_people = ("name", "decision")

    name = forms.CharField(label="Tên tổ đảng", max_length=120, help_text="Ví dụ Tổ đảng số 1, Tổ đảng khối mầm non")
    since = DateField(label="Từ ngày")
    decision = forms.CharField(
        label="Theo nghị quyết nào", required=False, max_length=200, help_text="Ví dụ NQ 05, ngày 03/11/2026"
    )


class PlaceForm(Form):
    """Who comes into the group, as what, from when."""

    people = forms.MultipleChoiceField(label="Đồng chí", widget=forms.CheckboxSelectMultiple)
    role = forms.ChoiceField(label="Làm gì trong tổ", choices=GroupMember.Role.choices, widget=forms.RadioSelect)
    since = DateField(label="Từ ngày")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]

    def clean_people(self) -> list[UUID]:
        """Their ids."""
        return [UUID(one) for one in self.cleaned_data["people"]]
