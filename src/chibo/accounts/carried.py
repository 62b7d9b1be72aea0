"""What was typed when the sign-in was lost: carried through the sign-in page by the page itself, never kept here."""

from dataclasses import dataclass
from typing import Any, Self

from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MOST_CHARACTERS = 1_000_000
MOST_AGE = 24 * 3600
SHOWN_CHARACTERS = 600
_SALT = "chibo.accounts.carried"
_LEFT_OUT = {"csrfmiddlewaretoken", "password", "again", "carried"}
# Fields of this name's beginning go no further than the page that they were entered on: the boxes of a secret ballot.
NEVER_CARRIED = "kin_"


@dataclass(frozen=True)
class Carried:
    """A form on its way: where it was going and its fields. What had to be left behind is said.

    Fields travel signed, so that nobody can put words into another's form.
    """

    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool = False
    too_long: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Take up the form of a request that could not be answered."""
        fields = tuple(
            (name, value)
            for name, values in request.POST.lists()
            if name not in _LEFT_OUT and not name.startswith(NEVER_CARRIED)
            for value in values
            if isinstance(value, str)
        )
        too_long = sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS
        return cls(request.get_full_path(), () if too_long else fields, bool(request.FILES), too_long)

    @classmethod
    def read(cls, packed: str | None) -> Self | None:
        """Unpack what a page of ours carried; None for nothing, or what is not ours or too old."""
        if not packed:
            return None
        try:
            found: dict[str, Any] = signing.loads(packed, salt=_SALT, max_age=MOST_AGE)
        except signing.BadSignature:
            return None
        if not url_has_allowed_host_and_scheme(found["path"], allowed_hosts=None):
            return None
        fields = tuple((name, value) for name, value in found["fields"])
        return cls(found["path"], fields, found["files"], found["too_long"])

    def packed(self) -> str:
        """The value of the hidden field."""
        found = {"path": self.path, "fields": self.fields, "files": self.files, "too_long": self.too_long}
        return signing.dumps(found, salt=_SALT, compress=True)

    @property
    def texts(self) -> list[str]:
        """What a person would know again: the longer texts, shortened."""
        found = [value.strip() for _, value in self.fields if len(value.strip()) > 20 or " " in value.strip()]
        return [text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…" for text in found]
