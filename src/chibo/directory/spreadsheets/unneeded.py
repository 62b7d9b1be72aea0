"""What Chibo does not hold, told by how it looks where no heading says it (mission.md, never hold 8)."""

import re
from collections.abc import Sequence

from chibo.lib.vietnamese import fold

# Twelve digits: the code of a province (001 to 096), century and sex, year of birth, six more.
_CITIZEN = re.compile(r"0(?!00)\d{2}[0-3]\d{8}")
_PEOPLE = re.compile(
    "kinh|tay|thai|muong|khmer|kho me|hoa|nung|h'?mong|mong|dao|gia rai|jrai|e ?de|ba ?na|san chay|cham|k'?ho|co ho"
    "|xo dang|san diu|hre|ra ?glai|m'?nong|tho|x'?tieng|kho mu|bru.van kieu|co tu|gie.trieng|ta oi|giay|cho ro|chu ?ru"
    "|lao|ha nhi|la chi|phu la|pa then|lo lo|ngai|mang|bo y|si la"
)
_RELIGION = re.compile(
    "(dao )?phat( giao)?|cong giao|(dao )?thien chua( giao)?|(dao )?tin lanh|(dao )?cao dai|(phat giao |dao )?hoa hao"
    "|hoi giao|khong ton giao|luong"
)
_NEITHER = {"khong", "ko", "k", "0"}


def is_citizen_number(text: str) -> bool:
    """Whether a text looks like the number of a citizen's card."""
    return bool(_CITIZEN.fullmatch(re.sub(r"[ .]", "", text)))


def is_never_held(values: Sequence[str]) -> bool:
    """Whether most values of a column look like citizens' numbers, peoples or religions."""
    said = [folded for text in values if (folded := fold(text)) not in _NEITHER]
    if not said:
        return False
    for looks in (is_citizen_number, _PEOPLE.fullmatch, _RELIGION.fullmatch):
        if 2 * sum(1 for text in said if looks(text)) > len(said):
            return True
    return False
