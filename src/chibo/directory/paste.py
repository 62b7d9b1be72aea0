"""Read a pasted list of members, one a line: "họ tên, chính thức/dự bị", as people keep it in Word, Excel or Zalo.

A line may also hold a number in front, an honorific, the year of birth, the sex, a telephone and an office, in any
order after the name. A header line, as in a sheet, names the columns. Whether a member is official or probationary is
never guessed: a line that does not say it is an error, unless the caller was told it for the whole list.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chibo.lib import dates
from chibo.lib.vietnamese import UnusableText, fold, normalise, same_word

OFFICIAL, PROBATIONARY = "official", "probationary"
MAXIMUM_LINES = 1000

KINDS = {
    **dict.fromkeys(("chinh thuc", "ct", "dang vien chinh thuc", "dv chinh thuc", "dvct"), OFFICIAL),
    **dict.fromkeys(("du bi", "db", "dang vien du bi", "dv du bi", "dvdb"), PROBATIONARY),
}
OFFICES = {
    **dict.fromkeys(("bi thu", "bi thu chi bo", "bt"), "secretary"),
    **dict.fromkeys(("pho bi thu", "pho bi thu chi bo", "pbt"), "deputy"),
    **dict.fromkeys(("chi uy vien", "chi uy", "cuv"), "committee_member"),
}
SEXES = {"nam": "male", "nu": "female"}
# Offices that one person holds at a time.
SINGLE_OFFICES = {"secretary": "bí thư"}

_COLUMNS: tuple[tuple[str, str], ...] = (
    (r"ho (va )?ten|ho, ten|dang vien|ten", "name"),
    (r"(ngay |nam )*sinh|ngay thang nam sinh|ns", "birth"),
    (r"gioi( tinh)?|nam/nu", "sex"),
    (r"(so )?(dien thoai|dt|sdt)( di dong)?|dtdd", "phone"),
    (r"chuc vu( dang)?|chuc danh", "office"),
    (r"(ngay |ngay cong nhan |dang vien )?chinh thuc|ct", "official"),
    (r"(ngay |dang vien )?du bi|db", "probationary"),
    (r"loai( dang vien)?|chinh thuc ?/ ?du bi|chinh thuc, du bi|dien", "kind"),
)
_SEPARATORS = re.compile(r"[\t;,|:()\[\]]|\s+[-–—]\s+")
_NUMBERING = re.compile(r"^\s*(?:\d{1,4}\s*[.)/:-](?!\d)|[-–—•*+·]|\d{1,3}\s+(?=\D))\s*")
_HONORIFIC = re.compile(
    r"^(?:(?:các\s+)?đồng\s+chí|đ\s*/\s*c|đ\.\s*c\.?|đc|ông\s*/\s*bà|ông|bà)[\s.:]+(?=\S+\s+\S|\S*['’-])", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")
_YEAR = re.compile(r"(?:sn|sinh|sinh nam|nam sinh|ns)?\s*(?:\d{1,2}[/.-]\d{1,2}[/.-])?((?:19|20)\d\d)")
_PHONE = re.compile(r"(?:dt|sdt|dien thoai)?\s*(\+?[\d .-]{8,})")


@dataclass(frozen=True)
class PastedMember:
    """A member read from one line; empty where the line did not say."""

    line: int
    full_name: str
    kind: str = ""
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    office: str = ""


@dataclass(frozen=True)
class PasteError:
    """What to put right in one line."""

    line: int
    text: str
    message: str


@dataclass(frozen=True)
class Paste:
    """A list as read: the members whose lines are right, and the lines that are not."""

    members: tuple[PastedMember, ...] = ()
    errors: tuple[PasteError, ...] = ()


class _Unclear(ValueError):
    """One line cannot be taken as it is; the message says what to do."""


def parse_members(text: str, kind_for_all: str = "") -> Paste:
    """Read a pasted list.

    Args:
        text: the list, one member a line.
        kind_for_all: "official" or "probationary" where the person who pastes says that it holds for every line that
            does not say otherwise; empty where they did not.
    """
    members: list[PastedMember] = []
    errors: list[PasteError] = []
    columns: list[str] | None = None
    for number, line in _lines(text):
        try:
            line = normalise(line)
            if (header := _header(line)) is not None:
                columns = header
                continue
            member = _member(number, line, columns)
            member = replace(member, kind=member.kind or kind_for_all)
            _require(member, members)
            members.append(member)
        except (_Unclear, UnusableText) as error:
            errors.append(PasteError(number, line.strip().replace("\t", ", "), str(error)))
    if len(members) + len(errors) > MAXIMUM_LINES:
        return Paste(errors=(PasteError(MAXIMUM_LINES, "", f"Mỗi lần dán nhiều nhất {MAXIMUM_LINES} dòng."),))
    return Paste(tuple(members), tuple(errors))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its number as one counts them on the screen."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text)[: MAXIMUM_LINES * 3], start=1):
        if line.strip(" \t;,.|\u00a0"):
            yield number, line


def _header(line: str) -> list[str] | None:
    """What each column holds, where the line is the header of a sheet; None for any other line."""
    cells = [fold(cell) for cell in (line.split("\t") if "\t" in line else _SEPARATORS.split(line))]
    if "ho ten" not in cells and "ho va ten" not in cells and fold(line) not in {"ho ten", "ho, ten"}:
        return None
    return [next((column for known, column in _COLUMNS if re.fullmatch(known, cell)), "") for cell in cells]


def _member(number: int, line: str, columns: Sequence[str] | None) -> PastedMember:
    """Read one line, by its columns where a header named them, else by what each piece looks like."""
    if columns and "\t" in line:
        return _by_columns(PastedMember(number, ""), line.split("\t"), columns)
    cells = [cell.strip() for cell in _SEPARATORS.split(_NUMBERING.sub("", line))]
    cells = [cell for cell in cells if cell]
    if cells and cells[0].isdigit() and len(cells[0]) < 5:
        cells = cells[1:]
    member = PastedMember(number, "")
    for cell in cells:
        member = _take(member, cell)
    return member


def _by_columns(member: PastedMember, cells: Sequence[str], columns: Sequence[str]) -> PastedMember:
    """Read a row of a sheet. In the columns "chính thức" and "dự bị" any mark or date says yes."""
    named = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column and cell.strip()}
    official, probationary = named.pop(OFFICIAL, ""), named.pop(PROBATIONARY, "")
    member = replace(member, full_name=_name(named.pop("name", "")))
    if official and probationary and not re.search(r"\d", official):
        raise _Unclear("Dòng này đánh dấu cả chính thức và dự bị. Giữ lại một.")
    if official or probationary:
        member = replace(member, kind=OFFICIAL if official else PROBATIONARY)
    for column, cell in named.items():
        # An office of the unit, or a remark, is not ours to keep.
        if column != "office" or fold(cell) in OFFICES:
            member = _take(member, cell)
    return member


def _take(member: PastedMember, cell: str) -> PastedMember:
    """Add what one piece of a line says.

    Raises:
        _Unclear: it says nothing that is known, or says a second time what was said already.
    """
    folded = fold(cell).strip(" .")
    readers: tuple[tuple[str, Callable[[str], str | int | None]], ...] = (
        ("kind", KINDS.get),
        ("office", OFFICES.get),
        ("sex", SEXES.get),
        ("birth_year", _birth_year),
        ("phone", _phone),
    )
    for name, read in readers:
        if (value := read(folded)) is not None:
            if getattr(member, name) not in (None, "", value):
                raise _Unclear(f"“{cell}” khác với phần trước của dòng. Giữ lại một.")
            changed: dict[str, Any] = {name: value}
            return replace(member, **changed)
    if not member.full_name:
        return _name_with_rest(member, cell)
    raise _Unclear(f"Chưa hiểu “{cell}”. Bỏ phần này, hoặc để mỗi đồng chí một dòng.")


def _name_with_rest(member: PastedMember, cell: str) -> PastedMember:
    """Read a name that is followed by other words with only a space between: "Lê Văn An 1960 dự bị"."""
    words = cell.split()
    rest: list[str] = []
    while len(words) > 2:
        known = next((size for size in (3, 2, 1) if len(words) > size + 1 and _is_detail(words[-size:])), 0)
        if not known:
            break
        rest.append(" ".join(words[-known:]))
        words = words[:-known]
    member = replace(member, full_name=_name(" ".join(words)))
    for piece in rest:
        member = _take(member, piece)
    return member


def _is_detail(words: Sequence[str]) -> bool:
    """Whether the last words of a name are no part of it. A lone "Nam" or "Nữ" may be a name, so is not taken."""
    folded = fold(" ".join(words))
    return folded in KINDS or folded in OFFICES or bool(_YEAR.fullmatch(folded) or _PHONE.fullmatch(folded))


def _name(text: str) -> str:
    """Return a name without honorific, each word beginning with a capital letter.

    Raises:
        _Unclear: it is no full name.
    """
    bare = " ".join(_HONORIFIC.sub("", text.strip()).split())
    if not bare:
        raise _Unclear("Dòng này chưa có họ tên. Ghi họ tên ở đầu dòng.")
    if not _NAME.fullmatch(bare) or len(bare) > 120:
        raise _Unclear(f"Chưa đọc được họ tên “{bare[:60]}”. Họ tên chỉ gồm chữ.")
    if " " not in bare and not re.search("['’-]", bare):
        raise _Unclear(f"“{bare}” chưa đủ họ và tên.")
    if bare.isupper() or bare.islower():
        return re.sub(r"(^|[ '’-])(\w)", lambda found: found[1] + found[2].upper(), bare.lower())
    return bare


def _birth_year(folded: str) -> int | None:
    """A year of birth, alone or in a date; of a date only the year is kept."""
    found = _YEAR.fullmatch(folded)
    if not found:
        return None
    year, latest = int(found[1]), dates.today().year - 18
    if not 1900 <= year <= latest:
        raise _Unclear(f"Năm sinh {year} chưa hợp lý. Nhập năm từ 1900 đến {latest}.")
    return year


def _phone(folded: str) -> str | None:
    """A telephone number as 0912345678; a sheet may have dropped its first 0."""
    found = _PHONE.fullmatch(folded)
    if not found:
        return None
    digits = re.sub(r"\D", "", found[1])
    digits = "0" + digits[2:] if digits.startswith("84") and len(digits) in (11, 12) else digits
    digits = "0" + digits if len(digits) == 9 and digits[0] != "0" else digits
    if not re.fullmatch(r"0\d{9,10}", digits):
        raise _Unclear(f"Số điện thoại “{found[1].strip()}” chưa đúng. Số có 10 chữ số, bắt đầu bằng 0.")
    return digits


def _require(member: PastedMember, before: Sequence[PastedMember]) -> None:
    """Hold a line against what must be there and against the lines before it.

    Raises:
        _Unclear: no name, not said whether official, a person twice, an office twice.
    """
    if not member.full_name:
        raise _Unclear("Dòng này chưa có họ tên. Ghi họ tên ở đầu dòng.")
    if member.kind not in (OFFICIAL, PROBATIONARY):
        raise _Unclear(f"Chưa rõ {member.full_name} là chính thức hay dự bị. Ghi thêm vào cuối dòng.")
    for other in before:
        years = {member.birth_year, other.birth_year}
        if same_word(other.full_name, member.full_name) and (None in years or len(years) == 1):
            raise _Unclear(
                f"{member.full_name} đã có ở dòng {other.line}. Nếu là hai người, ghi năm sinh ở cả hai dòng."
            )
        if member.office in SINGLE_OFFICES and other.office == member.office:
            raise _Unclear(f"Dòng {other.line} đã ghi {SINGLE_OFFICES[member.office]}. Giữ lại một.")
