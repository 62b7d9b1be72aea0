"""What Chibo does not hold, told by how it looks where no heading says it (mission.md, never hold 8)."""

import re
from collections.abc import Sequence

from chibo.lib.never_held import PEOPLE, RELIGION, is_citizen_number
from chibo.lib.vietnamese import fold

_PEOPLE, _RELIGION = re.compile(PEOPLE), re.compile(RELIGION)
_NEITHER = {"khong", "ko", "k", "0"}


def is_never_held(values: Sequence[str]) -> bool:
    """Whether most values of a column look like citizens' numbers, peoples or religions."""
    said = [folded for text in values if (folded := fold(text)) not in _NEITHER]
    if not said:
        return False
    for looks in (is_citizen_number, _PEOPLE.fullmatch, _RELIGION.fullmatch):
        if 2 * sum(1 for text in said if looks(text)) > len(said):
            return True
    return False
