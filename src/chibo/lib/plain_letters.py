"""A text as a reader sees it, in one plain form: for finding words in it, never for keeping.

One Unicode form, no letters that nobody sees, letters of other alphabets as those that they look like, words whose
letters were parted or glued together as words again, what was typed by Telex or VNI or in the fonts of before Unicode.
The twin for devices is static/meetings/device/plain_letters.js.
"""

import re
import unicodedata

from chibo.lib.vietnamese import fold

# What a folded text must hold, its letters alone, to be worth a closer look.
_WORTH_A_LOOK = ("mat", "bmnn", "mët", "maät", "maatj", "maajt", "ma65t", "ma6t5")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0334-\u0338\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20f0\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_OTHER_ALPHABETS = re.compile(
    "[\u00d8\u00f8\u0131\u0166\u0167\u0370-\u052f\u13a0-\u13ff\u1d00-\u1d22\u0280-\u028f\ua4d0-\ua4ff]"
)
# Cyrillic, Greek, small capitals, Lisu, Cherokee: letter by letter what it looks like.
_SEEN = "АВЕКМНОРСТУХІЅҮаекмнорстухіѕүΑΒΕΗΙΚΜΝΟΡΤΥΧαειμνοτυᴀʙᴅᴇɪᴍɴᴏᴛᴜʏꓮꓐꓓꓰꓲꓟꓠꓳꓔꓴꓬᎪᎬᎷᎢØøıŦŧ"
_MEANT = "ABEKMHOPCTYXISYaekmhopctyxisyABEHIKMNOPTYXaeimvotuABDEIMNOTUYABDEIMNOTUYAEMTOoiTt"
_LOOKS_LIKE = str.maketrans(_SEEN, _MEANT)
_BETWEEN = r"[ .·•‧∙*\-–—/\\|+~=:,'’^#]"
_PARTED = re.compile(rf"(?<![^\W_])[^\W\d_](?:(?:{_BETWEEN}|\n){{1,3}}[^\W\d_]){{2,}}(?![^\W_])")
_MAT = re.compile(r"(mật|mat)", re.IGNORECASE)
# "TUYỆTMẬT", "tuyệt.mật"; with spaces or on two lines where both are capitals.
_GLUED = re.compile(r"\b(tuyệt|tối|tuyet|toi|độ|dấu)[.·•‧∙*\-–—/\\|+~=:,'’^#]{0,3}(mật|mat)\b", re.IGNORECASE)
_APART = re.compile(rf"\b(TUYỆT|TỐI|TUYET|TOI)(?:{_BETWEEN}|\n){{1,4}}(MẬT|MAT)\b")
_TORN = re.compile(rf"\bM{_BETWEEN}{{1,3}}ẬT\b|\bMẬ{_BETWEEN}{{1,3}}T\b")
# Telex and VNI as typed with the keyboard's help off; marks that were left out where no other word is so written.
_AS_TYPED = {
    "maatj": "mật", "mâtj": "mật", "maajt": "mật", "ma65t": "mật", "ma6t5": "mật", "mât": "mật",
    "tuyeetj": "tuyệt", "tuyeejt": "tuyệt", "tuye65t": "tuyệt", "tuyêt": "tuyệt",
    "toois": "tối", "to61i": "tối",
    "tuyöt": "tuyệt", "mët": "mật", "tèi": "tối", "tuyeät": "tuyệt", "maät": "mật", "toái": "tối",
}  # fmt: skip
_TYPED = re.compile(rf"\b(?:{'|'.join(_AS_TYPED)})\b", re.IGNORECASE)
_MIXED = re.compile(r"(?<![\w@])(?=[\w@]*[0-9@])(?=[\w@]*[^\W\d_])[\w@]{3,5}(?![\w@])")
_DIGITS = str.maketrans("01347@", "oieata")


def is_worth_a_look(text: str) -> bool:
    """Whether any word that a marking is made of may be there; quick, as every text that is typed comes through."""
    if text.isascii() and "m" not in text and "M" not in text:
        return False
    lowered = _letters(text).lower()
    if "m" not in lowered:
        return False
    bare = "".join(letter for letter in fold(lowered) if letter.isalnum() or letter == "@")
    return any(one in bare or one in lowered for one in _WORTH_A_LOOK) or "mat" in bare.translate(_DIGITS)


def plain(text: str) -> str:
    """The text in its plain form."""
    text = _letters(text).replace("_", " ")
    text = _MIXED.sub(_without_digits, text)
    text = _PARTED.sub(_joined, text)
    text = _TYPED.sub(_as_meant, text)
    text = _TORN.sub("MẬT", text)
    return _APART.sub(r"\1 \2", _GLUED.sub(r"\1 \2", text))


def _letters(text: str) -> str:
    """One Unicode form, no invisible letters, look-alikes as what they look like."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if _OTHER_ALPHABETS.search(text):
        text = unicodedata.normalize("NFD", text).translate(_LOOKS_LIKE)
    return unicodedata.normalize("NFC", text)


def _joined(found: re.Match[str]) -> str:
    """ "T.U.Y.Ệ.T M Ậ T" as words; what does not spell one stays as it is."""
    letters = "".join(letter for letter in found.group() if letter.isalpha())
    return " ".join(_MAT.sub(r" \1 ", letters).split()) if _MAT.search(letters) else found.group()


def _as_meant(found: re.Match[str]) -> str:
    word = found.group()
    if word == "mât":  # "mất" as often as "mật"
        return word
    meant = _AS_TYPED[word.lower()]
    return meant.upper() if word.isupper() else meant.capitalize() if word[0].isupper() else meant


def _without_digits(found: re.Match[str]) -> str:
    """ "M4T" as "MAT"; anything else with digits stays."""
    word = found.group()
    meant = word.translate(_DIGITS)
    letters = "".join(letter for letter in word if letter.isalpha())
    if fold(meant) not in ("mat", "tuyet", "toi") or len(letters) < 2:  # "M47", "T01" are numbers of something
        return word
    return meant.upper() if letters.isupper() else meant
