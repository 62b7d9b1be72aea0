"""What is entered at an urn: the boxes of a ballot, and what came back on paper when the urn is closed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from chibo.accounts.carried import NEVER_CARRIED
from chibo.meetings.room.forms import CHOICE_COUNTS, CountForm
from chibo.meetings.urn.box import BOXES
from chibo.meetings.urn.commands import Papers

# One letter each: no answer, and no request, is longer for one box than for another.
VALUES = {str(number + 1): number for number in range(BOXES)}
LABELS = ("Tán thành", "Không tán thành", "Phiếu trắng")


def name_of(line: int) -> str:
    """The name of a line's boxes; one that the sign-in page never carries along."""
    return f"{NEVER_CARRIED}{line}"


def boxes_of(typed: Mapping[str, str], lines: int) -> list[int] | None:
    """The box of each line; None when one is missing or unknown. Which one, no answer says."""
    found = [VALUES.get(typed.get(name_of(line), ""), -1) for line in range(lines)]
    return None if -1 in found else found


def rows_of(lines: list[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The ballot for the page: each line with the name of its field and its boxes. Nothing is ever checked."""
    boxes = list(zip(VALUES, LABELS, strict=True))
    return [(line, name_of(number), boxes) for number, line in enumerate(lines)]


class ClosingForm(CountForm):
    """The tellers' word that the urn is closed, and the sums of the paper ballots where some were given out."""

    tellers_agree = forms.BooleanField(label="Tổ kiểm phiếu đồng ý đóng hòm phiếu")

    def __init__(self, *args: Any, lines: list[str], given: int, **kwargs: Any) -> None:
        super().__init__(*args, lines=lines, **kwargs)
        self.given = given
        del self.fields["issued"]
        if not given:
            for key in [one for one in self.fields if one != "tellers_agree"]:
                del self.fields[key]
        else:
            self.fields["returned"].label = "Phiếu giấy thu về"
            self.fields["invalid"].label = "Phiếu giấy không hợp lệ"

    def clean(self) -> dict[str, Any]:
        """As many are out as the urn says."""
        if not self.given:
            return self.cleaned_data
        self.cleaned_data["issued"] = self.given
        return super().clean()

    @property
    def papers(self) -> Papers:
        """The sums of the paper ballots."""
        if not self.given:
            return Papers()
        values = self.cleaned_data
        lines = tuple(tuple(values[f"{key}_{number}"] for key, _ in CHOICE_COUNTS) for number in range(len(self.lines)))
        return Papers(values["returned"], values["invalid"], lines)

    @property
    def sums(self) -> list[Any]:
        """The fields about the paper ballots themselves, for the page."""
        return [self[key] for key in ("returned", "invalid")] if self.given else []

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields of each line, for the page."""
        return super().groups if self.given else []
