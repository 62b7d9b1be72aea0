"""What Chibo holds of nobody: citizen number, people, religion, address, family (mission.md, never hold 8).

Every field that holds a person is read by this one check: of forms, of lists, of packages from elsewhere. A word alone
is refused only where nothing else can be meant: "Ban Dân tộc" is an office, and a road may be the place of a meeting.
"""

import re

from chibo.lib.vietnamese import fold

# Twelve digits: the code of a province (001 to 096), century and sex, year of birth, six more.
_CITIZEN = re.compile(r"(?<!\d)0(?!00)\d{2}[0-3]\d{8}(?!\d)")
# The card before it: nine digits, written in one or in threes.
_OLD_CARD = re.compile(r"(?<![\d.,/-])(?:\d{9}|\d{3}([ .])\d{3}\1\d{3})(?![\d.,/-])")
PEOPLE = (
    "kinh|tay|thai|muong|khmer|kho me|hoa|nung|h'?mong|mong|dao|gia rai|jrai|e ?de|ba ?na|san chay|cham|k'?ho|co ho"
    "|xo dang|san diu|hre|ra ?glai|m'?nong|tho|x'?tieng|kho mu|bru.van kieu|co tu|gie.trieng|ta oi|giay|cho ro|chu ?ru"
    "|lao|ha nhi|la chi|phu la|pa then|lo lo|ngai|mang|bo y|si la"
)
RELIGION = (
    "(dao )?phat( giao)?|cong giao|(dao )?thien chua( giao)?|(dao )?tin lanh|(dao )?cao dai|(phat giao |dao )?hoa hao"
    "|hoi giao|khong ton giao|luong"
)
_ONE_PEOPLE, _ONE_RELIGION = re.compile(PEOPLE), re.compile(RELIGION)
_SAID = {
    "dân tộc": re.compile(
        rf"\bdan toc\s*(?::|la\b|(?:{PEOPLE})\b)|\bnguoi (?:dan toc )?(?:khmer|kho me|h'?mong|nung|ede)\b"
    ),
    "tôn giáo": re.compile(
        rf"\bton giao\s*(?::|la\b|(?:{RELIGION})\b|khong\b)|\btheo dao\b|\bgiao dan\b|\bphat tu\b"
        r"|\bdao (?:phat|tin lanh|cao dai|thien chua|hoa hao)\b"
    ),
    "địa chỉ": re.compile(
        r"\bdia chi\b|\b(?:thuong|tam) tru\b|\bho khau\b|\bque quan\b|\btru tai\b|\bnoi o\b|\bso nha\b"
        r"|\b(?:so )?\d+[a-z]?(?:/\d+)* (?:duong|pho|ngo|ngach|hem|kiet)\b"
    ),
    "gia đình": re.compile(r"\bhoan canh gia dinh\b|\b(?:vo|chong|con|bo|me|cha) (?:cua |la )?(?:dong chi|d/c)\b"),
}


def is_citizen_number(text: str) -> bool:
    """Whether a text is the number of a citizen's card of today, and nothing else; nine digits may be a phone."""
    return bool(_CITIZEN.fullmatch(re.sub(r"[ .]", "", text)))


def never_held_in(text: str, *, whole: bool = True) -> str:
    """What of it stands in a text, in Vietnamese; empty where nothing does.

    whole: whether the whole text may be a people or a religion; not of a name, as "Lò Thị Hoa" is none.
    """
    if is_citizen_number(text) or _CITIZEN.search(text) or _OLD_CARD.search(text):
        return "số căn cước"
    folded = fold(text)
    for what, said in _SAID.items():
        if said.search(folded):
            return what
    if whole and _ONE_PEOPLE.fullmatch(folded):
        return "dân tộc"
    return "tôn giáo" if whole and _ONE_RELIGION.fullmatch(folded) else ""


def refusal(what: str) -> str:
    """What to do about it, beside the field."""
    more = " Ghi mã đảng viên, hoặc để trống." if what == "số căn cước" else ""
    return f"Chibo không giữ {what} của ai. Bỏ phần ấy đi rồi gửi lại.{more}"
