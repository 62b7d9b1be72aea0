"""The next numbers of a cell's papers, for cells that numbered by hand before."""

from typing import Any

from django import forms

from chibo.documents.kinds import Body, DocumentType
from chibo.look.forms import Form

HIGHEST = 9999
# What Chibo itself numbers, for each body.
NUMBERED = (
    (Body.CELL, DocumentType.RESOLUTION),
    (Body.CELL, DocumentType.CONCLUSION),
    (Body.CELL, DocumentType.MINUTES),
    (Body.COMMITTEE, DocumentType.CONCLUSION),
    (Body.COMMITTEE, DocumentType.MINUTES),
)


def field_name(body: Body, kind: DocumentType) -> str:
    """The name of the field of one series."""
    return f"{body.value}-{kind.key}"


class NumbersForm(Form):
    """One field a series; an empty one is left as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for body, kind in NUMBERED:
            who = "" if body is Body.CELL else " của chi ủy"
            self.fields[field_name(body, kind)] = forms.IntegerField(
                label=f"{kind.title}{who} (…-{kind.symbol(body)})",
                required=False,
                min_value=1,
                max_value=HIGHEST,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input input-short"}),
            )
