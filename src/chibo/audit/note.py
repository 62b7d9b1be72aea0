"""A seal as one line that can be kept elsewhere; read without a database."""

import re
from dataclasses import dataclass
from typing import Self

_FORM = re.compile(r"Chibo-niem-phong (\d{1,9}) ([0-9a-f]{64})\b")


@dataclass(frozen=True)
class Note:
    """The number and the root of a seal: it holds all that was sealed until then."""

    number: int
    root: bytes

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The note in a text, with whatever stands around it; None without one."""
        found = _FORM.search(text)
        return cls(int(found[1]), bytes.fromhex(found[2])) if found else None

    def __str__(self) -> str:
        return f"Chibo-niem-phong {self.number} {self.root.hex()}"
