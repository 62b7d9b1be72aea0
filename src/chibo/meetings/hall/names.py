"""Names of people taken out of what stands on the wall: in an item, a question, what was voted on.

Known names, of the roll and of guests, wherever they stand; and what is written like a name: after "đồng chí", "ông",
"bà", or beginning with a surname. Whoever is written otherwise is not known here, and the guide says so.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

GONE = "…"
_UPPER = "".join(filter(str.isupper, map(chr, range(0x1F00))))  # "Ạ-Ỹ" would hold the small letters too
_WORD = rf"[{_UPPER}]\w*"
_OFFICES = r"(?!Bí thư|Phó|Chủ|Trưởng|Thư ký|Chi|Đảng|Ủy|Cấp|Giám|Hiệu)"
_ADDRESSED = re.compile(
    r"\b((?i:đồng chí|đ/c|ông|bà|anh|chị|quần chúng|đảng viên(?: dự bị| chính thức)?)) "
    rf"{_OFFICES}{_WORD}(?: {_WORD}){{0,4}}"
)
_COMMON = "Nguyễn|Trần|Lê|Phạm|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô"
_SURNAMES = f"{_COMMON}|Huỳnh|Hoàng|Trịnh|Đinh|Dương|Lý|Trương|Lương|Đoàn|Mai|Cao|Lâm|Tạ|Hồ|Hà"
_PLACE = r"(?<!đường )(?<!phố )(?<!trường )(?<!cầu )(?<!chợ )"
_NAMED = re.compile(rf"{_PLACE}\b(?!Hồ Chí Minh)(?:{_SURNAMES})(?: {_WORD}){{1,4}}")


def without_names(text: str, known: Iterable[str] = ()) -> str:
    """A text as it may stand on the wall. known: full names of people that may be meant."""
    found = normalize("NFC", text)
    for name in sorted((one for one in known if " " in one), key=len, reverse=True):
        found = re.sub(rf"(?<!\w){re.escape(normalize('NFC', name))}(?!\w)", GONE, found, flags=re.IGNORECASE)
    found = _ADDRESSED.sub(rf"\1 {GONE}", found)
    return _NAMED.sub(_one_of_two, found)


def _one_of_two(said: re.Match[str]) -> str:
    # "Đoàn Thanh niên", "Hà Nội", "Lý Thường Kiệt": two words are a name only after the commonest surnames.
    words = said[0].split(" ")
    return GONE if len(words) > 2 or words[0] in _COMMON.split("|") else said[0]
