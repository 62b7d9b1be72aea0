"""Finding the markings of classified matter in text, so that it is refused (mission.md, never hold 10).

Luật Bảo vệ bí mật nhà nước 117/2025/QH15 forbids drafting, storing and sending state secrets on machines joined to the
internet. What is looked for is the marking that such a paper carries: the stamp MẬT, TỐI MẬT, TUYỆT MẬT on a line of
its own, in brackets or standing out of a sentence; the line "Độ mật"; words that say that a paper is one. With and
without marks, in spaced letters, in the Unicode forms and the old fonts. The word "mật" in "bí mật", "mật ong",
"mật độ", "kín mật" is none, and speaking of the law is allowed: every cell is taught it.

Nobody is told which words were found, and nothing of the text is kept: a marking says its level alone.
"""

import re
import unicodedata
from collections.abc import Iterator

from chibo.lib.vietnamese import fold

SECRET, TOP_SECRET, MOST_SECRET, STATE_SECRET = "MẬT", "TỐI MẬT", "TUYỆT MẬT", "BÍ MẬT NHÀ NƯỚC"

# What a folded text must hold, without its spaces, to be worth a closer look.
_WORTH_A_LOOK = ("mat", "bmnn", "mët", "maät")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACED_LETTERS = re.compile(r"(?<!\w)\w(?:[ \u00a0]{1,3}\w){2,}(?!\w)")
_SEGMENT = re.compile(r"[\n\r\t\f\v|;]|[ \u00a0]{3,}")
_EDGES = " \u00a0.,:;!?*-–—_~=<>[](){}\"'“”‘’«»/\\#•"
# The same letters in the fonts of before Unicode (TCVN3, VNI).
_OLD_FONTS = {"tuyöt mët": MOST_SECRET, "tèi mët": TOP_SECRET, "tuyeät maät": MOST_SECRET, "toái maät": TOP_SECRET}

# "tối" of an evening before a word that "mật" begins: "buổi tối mật độ xe cao".
_BEGINS_A_WORD = r"(?:độ|ong|mã|khẩu|vụ|thám|thư|báo|đàm|thiết|phục|mía|gấu|hoa|nghị|tông|ngữ|danh|lệnh|ước|hiệu)\b"
_COMPOUND = re.compile(rf"\b(?:(tuyệt)|tối) mật\b(?! {_BEGINS_A_WORD})", re.IGNORECASE)
_COMPOUND_BARE = re.compile(r"\b(?:(TUYET)|TOI) MAT\b|\b([Tt]uyet) [Mm]at\b")
_LEVEL_LINE = re.compile(
    r"\b(?:độ|do) (?:mật|mat)(?: (?:của|cua) [\w ]{1,30})? ?[:–-]+ ?[\[(\"“']?"
    r"(?:(tuyệt|tuyet)|(tối|toi))? ?(?:mật|mat)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[\[(«]\s*(?:độ |do )?(?:M[ậẬ][tT]|MAT)\s*[\])»]")
_STANDS_OUT = re.compile(r"(?<![\w])(\S+ )?MẬT(?= (\S+))|(?<![\w])(\S+ )MẬT$")
_PAPER = r"(?:tài liệu|văn bản|công văn|báo cáo|kế hoạch|quyết định|tờ trình|hồ sơ|thông báo|chỉ thị|công điện)"
_SECRET_PAPER = re.compile(rf"\b{_PAPER} mật(?:,? số)? ?:? ?\d", re.IGNORECASE)
_STAMPED = re.compile(rf"\b(?:đóng|có|mang) dấu (?:độ )?mật\b(?! {_BEGINS_A_WORD})", re.IGNORECASE)
_STATE = r"(?:bí mật nhà nước|bmnn)"
_OF_THE_STATE = re.compile(
    rf"\b{_PAPER}(?: này)?(?: (?:có|chứa|mang|thuộc|là))*(?: nội dung| danh mục| phạm vi| loại| độ)* {_STATE}\b"
    rf"|\b{_STATE},? (?:thuộc )?(?:độ|mức|cấp|loại)\b|\bthuộc (?:danh mục |phạm vi )?{_STATE}\b(?! của)",
    re.IGNORECASE,
)
# Teaching the law says what must not be done with such papers.
_FORBIDS = re.compile(
    r"\b(?:không|cấm|chớ|đừng|tránh|hành vi|phòng ngừa|trường hợp|thế nào là|khi nào|nếu)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")
_STAMPS = {
    "mật": SECRET,
    "tốimật": TOP_SECRET,
    "tuyệtmật": MOST_SECRET,
    "độmật": SECRET,
    "dấumật": SECRET,
    "bmnn": STATE_SECRET,
    "bímậtnhànước": STATE_SECRET,
}
_STAMPS_BARE = {"MAT": SECRET, "TOIMAT": TOP_SECRET, "TUYETMAT": MOST_SECRET, "Tuyetmat": MOST_SECRET}
# Before "MAT" in a name of a file without marks: có mặt, vắng mặt, bề mặt, bị mất, bí mật, giữ bảo mật…
_OTHER_MAT = {
    "co",
    "vang",
    "be",
    "ra",
    "gap",
    "thay",
    "su",
    "dien",
    "truoc",
    "bi",
    "bao",
    "da",
    "ban",
    "an",
    "de",
    "guong",
}


def marking_in(text: str) -> str | None:
    """The level that a text is marked with, or None: one of the four constants of this module."""
    if not _is_worth_a_look(text):
        return None
    text = _plain(text)
    for line in _segments(text):
        if found := _stamp(line) or _standing_out(line):
            return found
    return SECRET if _IN_BRACKETS.search(text) else _in_sentences(text)


def marking_in_name(name: str) -> str | None:
    """The same for the name of a file, whose words are parted by dashes and underscores and often bear no marks."""
    stem = _plain(re.sub(r"\.\w{1,5}$", "", name))
    words = [word for word in re.split(r"[\s_\-.,()\[\]+&]+", stem) if word]
    folded = [fold(word) for word in words]
    for place, word in enumerate(folded):
        before = folded[place - 1] if place else ""
        if word == "bmnn" and before not in ("ve", "luat", "lo"):
            return STATE_SECRET
        if word != "mat":
            continue
        if before == "tuyet":
            return MOST_SECRET
        if before == "toi" and words[place] in ("mật", "Mật", "MẬT", "MAT"):
            return TOP_SECRET
        if place == 0 and words[place] in ("MẬT", "MAT") and folded[1:2] not in (["do"], ["ong"], ["khau"], ["ma"]):
            return SECRET
        last = place == len(words) - 1
        stamped = words[place] in ("MẬT", "Mật") or (words[place] == "MAT" and before not in _OTHER_MAT)
        if before == "do" and words[place] in ("mật", "Mật", "MẬT"):
            return SECRET
        if last and stamped and before not in ("bi", "bao", "kin", "than", "co"):
            return SECRET
    return None


def _is_worth_a_look(text: str) -> bool:
    """Whether any word that a marking is made of may be there; quick, as every text that is typed comes through."""
    if "m" not in text and "M" not in text:
        return False
    lowered = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).lower()
    bare = "".join(fold(lowered).split())
    return any(one in bare for one in _WORTH_A_LOOK) or any(one in lowered for one in _OLD_FONTS)


def _plain(text: str) -> str:
    """One Unicode form, no invisible letters, spaced letters together, old fonts read."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = _SPACED_LETTERS.sub(_joined, text)
    for old, level in _OLD_FONTS.items():
        text = re.sub(re.escape(old), level, text, flags=re.IGNORECASE)
    return text


def _joined(found: re.Match[str]) -> str:
    """ "T U Y Ệ T  M Ậ T" as two words, where two spaces part them; letters of a list stay apart by that too."""
    words = re.split(r"[ \u00a0]{2,}", found.group())
    return " ".join(re.sub(r"[ \u00a0]", "", word) for word in words)


def _segments(text: str) -> Iterator[str]:
    """Lines, and the parts of a line that stand well apart, as a stamp beside a heading does."""
    for segment in _SEGMENT.split(text):
        if bare := segment.strip(_EDGES):
            yield bare


def _stamp(line: str) -> str | None:
    """A line that is nothing but a stamp; "mật" in small letters alone is an answer in a sentence, not a stamp."""
    if len(line) > 30 or (line.islower() and fold(line) in ("mat", "bmnn")):
        return None
    tight = "".join(line.split())
    return (_STAMPS.get(tight.lower()) if line[0].isupper() else None) or _STAMPS_BARE.get(tight)


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
    """What says of a paper that it is classified, unless the sentence says what must not be done."""
    for sentence in _SENTENCE.split(text):
        if found := _LEVEL_LINE.search(sentence):
            return MOST_SECRET if found.group(1) else TOP_SECRET if found.group(2) else SECRET
        found = _SECRET_PAPER.search(sentence)
        if found:
            return SECRET
        for pattern, level in ((_COMPOUND, ""), (_STAMPED, SECRET), (_OF_THE_STATE, STATE_SECRET)):
            found = pattern.search(sentence)
            if found and not _FORBIDS.search(sentence[: found.start()]):
                return level or (MOST_SECRET if found.group(1) else TOP_SECRET)
        if found := _COMPOUND_BARE.search(sentence):
            return MOST_SECRET if found.group(1) or found.group(2) else TOP_SECRET
    return None
