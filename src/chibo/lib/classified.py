"""Finding the markings of classified matter in text, so that it is refused (mission.md, never hold 10).

Luật Bảo vệ bí mật nhà nước 117/2025/QH15 forbids drafting, storing and sending state secrets on machines joined to the
internet. What is looked for is the marking that such a paper carries: the stamp MẬT, TỐI MẬT, TUYỆT MẬT on a line of
its own, in brackets or standing out of a sentence; the line "Độ mật"; words that say that a paper is one. The text is
first brought into one plain form (chibo.lib.plain_letters): look-alike letters, letters spaced or dotted apart, the old
fonts. The word "mật" in "bí mật", "mật ong", "mật độ", "kín mật" is none, and speaking of the law is allowed: every
cell is taught it. Speaking of it means that the words next before say what must not be done, or ask what it is; a
"không" somewhere in the sentence excuses nothing.

Nobody is told which words were found, and nothing of the text is kept: a marking says its level alone. The twin for
devices is static/meetings/device/classified.js.
"""

import re
from collections.abc import Iterator

from chibo.lib.plain_letters import is_worth_a_look, plain
from chibo.lib.vietnamese import fold

SECRET, TOP_SECRET, MOST_SECRET, STATE_SECRET = "MẬT", "TỐI MẬT", "TUYỆT MẬT", "BÍ MẬT NHÀ NƯỚC"

_SEGMENT = re.compile(r"[\n\r\t\f\v|;]| {3,}")
_EDGES = " .,:;!?*-–—~=<>[](){}\"'“”‘’«»/\\#•"
# "tối" of an evening before a word that "mật" begins: "buổi tối mật độ xe cao".
_BEGINS_A_WORD = r"(?:độ|ong|mã|khẩu|vụ|thám|thư|báo|đàm|thiết|phục|mía|gấu|hoa|nghị|tông|ngữ|danh|lệnh|ước|hiệu)\b"
_COMPOUND = re.compile(rf"\b(?:(tuyệt)|tối) mật\b(?! {_BEGINS_A_WORD})", re.IGNORECASE)
_COMPOUND_BARE = re.compile(r"\b(?:(TUY[EỆ]T)|T[OỐ]I) MAT\b|\b([Tt]uyet) [Mm]at\b")
_LEVEL_LINE = re.compile(
    r"\b(?:độ|do) (?:mật|mat)(?: (?:của|cua) [\w ]{1,30})? ?[:=–-]+ ?[\[(\"“']?"
    r"(?:(tuyệt|tuyet)|(tối|toi))? ?(?:mật|mat)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[\[(«]\s*(?:độ |do )?(?:M[ậẬ][tT]|MAT)\s*[\])»]")
_IN_QUOTES = re.compile(r"[\"“'‘]\s*MẬT\s*[\"”'’]")
_STANDS_OUT = re.compile(r"(?<![\w])(\S+ )?MẬT(?= (\S+))|(?<![\w])(\S+ )MẬT$")
_PAPER = r"(?:tài liệu|văn bản|công văn|báo cáo|kế hoạch|quyết định|tờ trình|hồ sơ|thông báo|chỉ thị|công điện)"
_SECRET_PAPER = re.compile(rf"\b{_PAPER} mật(?:,? số)? ?:? ?\d", re.IGNORECASE)
_STAMPED = re.compile(
    rf"\b(?:đóng|có|mang) (?:con )?dấu(?: chữ| đỏ| chỉ)?(?: mức)?(?: độ)? ?:? ?[\"“'‘(\[]?mật\b(?! {_BEGINS_A_WORD})",
    re.IGNORECASE,
)
_STATE = r"(?:bí mật nhà nước|bmnn)"
_OF_THE_STATE = re.compile(
    rf"\b{_PAPER}(?: này)?(?: (?:có|chứa|mang|thuộc|là))*(?: nội dung| danh mục| phạm vi| loại| độ)* {_STATE}\b"
    rf"|\b{_STATE},? (?:thuộc )?(?:độ|mức|cấp|loại)\b|\bthuộc (?:danh mục |phạm vi )?{_STATE}\b(?! của)",
    re.IGNORECASE,
)
# Teaching the law says what must not be done with such papers, or asks what they are. It governs the words that follow
# it up to the end of the clause: eight words at most, none of which begins another thought.
_DOING = (
    r"(?:soạn|soạn thảo|viết|ghi|đánh máy|lưu|lưu giữ|lưu trữ|giữ|cất|để|mang|đem|đưa|gửi|chuyển|nhận|in|sao|photo|chụp"
    r"|sao chụp|quay|tải|đăng|đăng tải|phát tán|tiết lộ|lộ|để lộ|làm lộ|làm mất|bỏ quên|cung cấp|trao đổi|phổ biến|đọc"
    r"|xem|nói|kể|bàn|sử dụng|dùng|mượn|mua bán|hủy|tiêu hủy)"
)
_FORBIDS = (
    r"(?:không|cấm|chớ|đừng|tránh|chưa)(?: (?:được|nên|phép|thể|tự ý|tùy tiện|bao giờ|ai|một ai|mọi|các|hành vi|việc))*"
    rf" {_DOING}(?:(?:,| và| hoặc| hay) {_DOING})*"
)
_ASKS = r"(?:hành vi|phòng ngừa|trường hợp|thế nào là|khi nào|nếu|phân biệt|nhận biết)"
_OTHER_THOUGHT = r"(?:mà|nhưng|và|rồi|nên|vì|cứ|vẫn|đã|sẽ|thì|song|còn|do|ngoài|trừ)"
_GOVERNS = re.compile(
    rf"\b(?:(?:{_FORBIDS}|{_ASKS})(?: (?!{_OTHER_THOUGHT}\b)\w+){{0,8}}|(?:không|chưa) có(?: \w+){{0,3}}) ?\Z",
    re.IGNORECASE,
)
_NEAR = 200
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")
# A line that is nothing but a stamp, its letters alone.
_STAMP = re.compile(
    r"(?:(?:mức|cấp)?độ|(?:đóng)?dấu(?:chỉ)?(?:mức)?(?:độ)?|tàiliệu|vănbản|hồsơ|côngvăn|kếhoạch|độmật)?"
    r"(?:(tuyệt)|(tối))?mật"
)
_STAMP_BARE = re.compile(r"(?:DO|DAU|TAILIEU|VANBAN|HOSO)?(?:(TUYET)|(TOI))?MAT|(Tuyetmat)")
_STATE_STAMPS = ("bmnn", "bímậtnhànước", "tàiliệubímậtnhànước")
# Before "MAT" in a name of a file without marks: có mặt, vắng mặt, bề mặt, bị mất, bí mật, giữ bảo mật…
_OTHER_MAT = {
    "co", "vang", "be", "ra", "gap", "thay", "su", "dien", "truoc", "bi", "bao", "da", "ban", "an", "de", "guong",
}  # fmt: skip
# Before "bí mật nhà nước" in a name: it speaks of the law.
_OF_THE_LAW = {"ve", "luat", "lo", "lot", "muc"}


def marking_in(text: str) -> str | None:
    """The level that a text is marked with, or None: one of the four constants of this module."""
    if not is_worth_a_look(text):
        return None
    text = plain(text)
    for line in _segments(text):
        if found := _stamp(line) or _standing_out(line):
            return found
    return SECRET if _IN_BRACKETS.search(text) else _in_sentences(text)


def marking_in_name(name: str) -> str | None:
    """The same for the name of a file, whose words are parted by dashes and underscores and often bear no marks."""
    stem = plain(re.sub(r"\.\w{1,5}$", "", name))
    words = [word for word in re.split(r"[\s_\-.,()\[\]+&]+", stem) if word]
    folded = [fold(word) for word in words]
    for place, word in enumerate(folded):
        before = folded[place - 1] if place else ""
        if word == "bmnn" and before not in _OF_THE_LAW:
            return STATE_SECRET
        if word == "mat" and (found := _level_in_name(words, folded, place)):
            return found
    return None


def _level_in_name(words: list[str], folded: list[str], place: int) -> str | None:
    """What "mật" at a place in a name says."""
    word, before = words[place], folded[place - 1] if place else ""
    if before == "bi":
        of_the_state = folded[place + 1 : place + 3] == ["nha", "nuoc"]
        speaks_of_law = place >= 2 and folded[place - 2] in _OF_THE_LAW
        return STATE_SECRET if of_the_state and not speaks_of_law else None
    if before == "tuyet":
        return MOST_SECRET
    marked, stamped = word in ("mật", "Mật", "MẬT"), word in ("MẬT", "Mật")
    if before == "toi" and (marked or word == "MAT"):
        return TOP_SECRET
    if place == 0 and word in ("MẬT", "MAT") and folded[1:2] not in (["do"], ["ong"], ["khau"], ["ma"]):
        return SECRET
    if before in ("do", "dau") and marked and not _begins_another(folded, place):
        return SECRET
    if before == "lieu" and place >= 2 and folded[place - 2] == "tai":
        return SECRET
    stamped = stamped or (word == "MAT" and before not in _OTHER_MAT)
    if place == len(words) - 1 and stamped and before not in ("bao", "kin", "than", "co"):
        return SECRET
    return None


def _begins_another(folded: list[str], place: int) -> bool:
    return folded[place + 1 : place + 2] in (["do"], ["ong"], ["khau"], ["ma"])


def _segments(text: str) -> Iterator[str]:
    """Lines, and the parts of a line that stand well apart, as a stamp beside a heading does."""
    for segment in _SEGMENT.split(text):
        if bare := segment.strip(_EDGES):
            yield bare


def _stamp(line: str) -> str | None:
    """A line that is nothing but a stamp; "mật" in small letters alone is an answer in a sentence, not a stamp."""
    if len(line) > 60:
        return None
    tight = "".join(letter for letter in line if letter.isalnum())
    if tight != tight.lower() or len(tight) > 4:
        if tight.lower() in _STATE_STAMPS:
            return STATE_SECRET
        if found := _STAMP.fullmatch(tight.lower()):
            return _level(found.group(1), found.group(2))
    if found := _STAMP_BARE.fullmatch(tight):
        return _level(found.group(1) or found.group(3), found.group(2))
    return None


def _level(most: str | None, top: str | None) -> str:
    return MOST_SECRET if most else TOP_SECRET if top else SECRET


def _standing_out(line: str) -> str | None:
    """MẬT in capitals among words that are not: "Kế hoạch số 12 MẬT của huyện"."""
    for found in _STANDS_OUT.finditer(line):
        before, after = (found.group(1) or found.group(3) or "").strip(), found.group(2) or ""
        if not _is_capital_word(before) and not _is_capital_word(after):
            return SECRET
    return None


def _is_capital_word(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _in_sentences(text: str) -> str | None:
    """What says of a paper that it is classified, unless the words before it say what must not be done."""
    for sentence in _SENTENCE.split(text):
        if found := _LEVEL_LINE.search(sentence):
            return _level(found.group(1), found.group(2))
        if _SECRET_PAPER.search(sentence):
            return SECRET
        for pattern, level in (
            (_COMPOUND, ""),
            (_STAMPED, SECRET),
            (_IN_QUOTES, SECRET),
            (_OF_THE_STATE, STATE_SECRET),
        ):
            for found in pattern.finditer(sentence):
                if not _GOVERNS.search(sentence[max(0, found.start() - _NEAR) : found.start()]):
                    return level or _level(found.group(1), "tối")
        if found := _COMPOUND_BARE.search(sentence):
            return _level(found.group(1) or found.group(2), "tối")
    return None
