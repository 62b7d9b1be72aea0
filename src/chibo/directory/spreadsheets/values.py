"""What one cell says. Each function takes the text of a cell and raises Unreadable with what to do."""

import re
from datetime import date, time, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError

from chibo.directory.forms import OLDEST_YEAR, YOUNGEST
from chibo.directory.paste import KINDS, OFFICES, SEXES
from chibo.directory.spreadsheets.problems import Unreadable
from chibo.lib.dates import UnreadableDate, format_date, parse_vietnamese_date, today
from chibo.lib.never_held import never_held_in, refusal
from chibo.lib.vietnamese import fold
from chibo.look.fields import TimeField
from chibo.members.models import Membership
from chibo.members.phones import phone_digits
from chibo.orgs.models import Category, Kind

LONGEST_CODE = 40
# Excel counts days from 30/12/1899; a day that lost its format is such a number.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(7_000, 60_000)
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")
_YEAR = re.compile(r"(?:nam )?(?:(?:thang )?\d{1,2}\s*[/.-]\s*)?((?:1[89]|20)\d\d)")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}")
_YES = {"x", "co", "v", "1", "yes", "true", "dung", "✓", "✔", "☑", "+", "*"}
_NO = {"khong", "0", "-", "–", "no", "false", "k"}

KINDS_OF_MEMBERS = KINDS | dict.fromkeys(
    ("tam thoi", "sinh hoat tam thoi", "dang vien sinh hoat tam thoi", "sinh hoat dang tam thoi"),
    Membership.Kind.TEMPORARY.value,
)
KINDS_OF_BODIES = {
    **dict.fromkeys(("chi bo", "chi bo truc thuoc", "chi bo co so"), Kind.CELL),
    **dict.fromkeys(("dang bo bo phan", "dang bo truc thuoc co so", "dang uy bo phan"), Kind.BASE),
    **dict.fromkeys(
        ("dang uy", "dang bo", "dang bo co so", "dang uy xa", "dang uy phuong", "dang uy co so", "dang uy xa, phuong"),
        Kind.COMMITTEE,
    ),
    **dict.fromkeys(("ban", "van phong", "ban, van phong cua cap uy", "co quan tham muu"), Kind.DEPARTMENT),
    **dict.fromkeys(("tinh uy", "thanh uy", "dang bo tinh", "dang bo thanh pho"), Kind.PROVINCE),
}
_WORDS = {
    Category.HAMLET: ("thon", "xom", "ban", "lang", "ap", "buon", "nong thon"),
    Category.STREET: ("khu pho", "to dan pho", "khu dan cu", "duong pho"),
    Category.OFFICE: ("co quan", "hanh chinh", "don vi su nghiep"),
    Category.SCHOOL: ("truong hoc", "truong", "giao duc"),
    Category.CLINIC: ("tram y te", "benh vien", "y te"),
    Category.ENTERPRISE: ("doanh nghiep nha nuoc",),
    Category.PRIVATE: ("doanh nghiep tu nhan", "doanh nghiep ngoai nha nuoc", "co von nuoc ngoai"),
    Category.STUDENTS: ("hoc sinh", "sinh vien"),
    Category.FORCES: ("luc luong vu trang", "cong an", "quan su", "quan doi", "bien phong"),
}
CATEGORIES: dict[str, str] = {
    **{word: one.value for one, words in _WORDS.items() for word in words},
    **{fold(one.label): one.value for one in Category},
    **{one.value: one.value for one in Category},
}


def plain(text: str, longest: int) -> str:
    """Text of one line. What begins as a formula would be run by the next program that opens it.

    Raises:
        Unreadable: it begins with =, +, - or @, or is too long.
    """
    if text[:1] in "=+-@":
        raise Unreadable("formula", f"“{text[:30]}” bắt đầu bằng dấu “{text[0]}” như công thức. Ghi lại bằng chữ.")
    if len(text) > longest:
        raise Unreadable("too_long", f"Dài {len(text)} chữ cái, không quá {longest}. Rút ngắn lại.")
    return text


def about_person(text: str, longest: int, *, whole: bool = True) -> str:
    """Text of one line about somebody. whole: as `never_held_in`.

    Raises:
        Unreadable: as `plain`, or it holds what Chibo holds of nobody.
    """
    text = plain(text, longest)
    if what := never_held_in(text, whole=whole):
        raise Unreadable("never_held", refusal(what))
    return text


def person_name(text: str) -> str:
    """A full name, each word with a capital letter.

    Raises:
        Unreadable: it is no full name.
    """
    text = about_person(text, 120, whole=False)
    if not _NAME.fullmatch(text):
        raise Unreadable("name_unreadable", f"Chưa đọc được họ tên “{text[:60]}”. Họ tên chỉ gồm chữ.")
    if " " not in text and not re.search("['’-]", text):
        raise Unreadable("name_too_short", f"“{text}” chưa đủ họ và tên.")
    if text.isupper() or text.islower():
        return re.sub(r"(^|[ '’-])(\w)", lambda found: found[1] + found[2].upper(), text.lower())
    return text


def member_code(text: str) -> str:
    """A member code: letters, digits and the marks between them.

    Raises:
        Unreadable: it holds anything else.
    """
    text = about_person(text, LONGEST_CODE)
    if not re.fullmatch(r"[\w./ -]+", text):
        raise Unreadable("code_unreadable", f"Mã “{text}” có ký tự lạ. Mã chỉ gồm chữ, số, dấu chấm, gạch.")
    return text


def birth_year(text: str) -> int:
    """The year of a birth, whether the year alone, the month or the day is given; the rest is not kept.

    Raises:
        Unreadable: no year can be read, or no member can be of that age.
    """
    if (found := _YEAR.fullmatch(fold(text))) is not None:
        year = int(found[1])
    elif text.isdigit() and int(text) in _EXCEL_DAYS:
        year = (_EXCEL_EPOCH + timedelta(days=int(text))).year
    elif not any(one.isdigit() for one in text):
        raise Unreadable("date_unreadable", f"Chưa đọc được năm sinh “{text}”. Ghi năm, ví dụ 1968.")
    else:
        year = _day(text).year
    latest = today().year - YOUNGEST
    if not OLDEST_YEAR <= year <= latest:
        raise Unreadable("birth_out_of_range", f"Năm sinh {year} chưa hợp lý. Ghi năm từ {OLDEST_YEAR} đến {latest}.")
    return year


def day(text: str) -> date:
    """A day that is not in the future.

    Raises:
        Unreadable: it is no full date, or lies ahead.
    """
    found = _EXCEL_EPOCH + timedelta(days=int(text)) if text.isdigit() and int(text) in _EXCEL_DAYS else _day(text)
    if found > today():
        raise Unreadable("date_in_future", f"Ngày {format_date(found)} chưa đến. Ghi ngày đến hôm nay.")
    if found.year < OLDEST_YEAR:
        raise Unreadable("date_out_of_range", f"Ngày {format_date(found)} xa quá. Xem lại năm.")
    return found


def _day(text: str) -> date:
    if _SHORT_YEAR.fullmatch(text):
        raise Unreadable("year_of_two_digits", f"“{text}” ghi năm hai chữ số. Ghi đủ bốn chữ số của năm.")
    try:
        return parse_vietnamese_date(text)
    except UnreadableDate as error:
        raise Unreadable("date_unreadable", str(error)) from error


def mark_or_day(text: str) -> tuple[bool, date | None]:
    """A column that is ticked or dated: whether it says yes, and the day where one is given in full.

    Raises:
        Unreadable: it is neither a mark nor a date.
    """
    folded = fold(text)
    if folded in _NO:
        return False, None
    if folded in _YES or _YEAR.fullmatch(folded):
        return True, None
    try:
        return True, day(text)
    except Unreadable as error:
        if error.code != "date_unreadable":
            raise
        raise Unreadable("mark_unreadable", f"Chưa hiểu “{text}”. Ghi x, hoặc ngày như 03/12/2026.") from error


@lru_cache(maxsize=256)
def sex(text: str) -> str:
    """Male or female.

    Raises:
        Unreadable: it is neither word.
    """
    if (found := SEXES.get(fold(text))) is None:
        raise Unreadable("sex_unreadable", f"Chưa hiểu “{text}”. Ghi Nam hoặc Nữ.")
    return found


@lru_cache(maxsize=256)
def kind(text: str) -> str:
    """Official, probationary or a temporary arrival.

    Raises:
        Unreadable: it is none of these.
    """
    if (found := KINDS_OF_MEMBERS.get(fold(text).strip(" ."))) is None:
        raise Unreadable("kind_unreadable", f"Chưa hiểu “{text}”. Ghi chính thức, dự bị hoặc sinh hoạt tạm thời.")
    return found


def phone(text: str) -> str:
    """A telephone number; of several the first. A sheet may have dropped its first 0.

    Raises:
        Unreadable: it is no number of ours.
    """
    first = re.split(r"[;,/]|\s-\s", text)[0].strip()
    digits = re.sub(r"[^\d+]", "", first)
    digits = "0" + digits if len(digits) == 9 and digits[0] in "2356789" else digits
    if not (found := phone_digits(digits)):
        raise Unreadable("phone_unreadable", f"Số điện thoại “{first}” chưa đúng. Số có 10 chữ số, bắt đầu bằng 0.")
    return found


def office(text: str) -> tuple[str, list[str]]:
    """The office in the cell's committee, and what else the cell says: "Bí thư, Trưởng thôn"."""
    found, others = "", []
    for part in re.split(r"[,;/+]|\bkiêm\b", text):
        folded = fold(part).strip(" .-")
        if known := OFFICES.get(folded):
            found = found or known
        elif folded and folded not in {"dang vien", "khong"}:
            others.append(part.strip())
    return found, others


def category(text: str) -> str:
    """What kind of cell it is.

    Raises:
        Unreadable: it is none of the kinds.
    """
    folded = re.sub(r"^chi bo ", "", fold(text))
    if (found := CATEGORIES.get(folded)) is None:
        known = "; ".join(one.label for one in Category)
        raise Unreadable("category_unreadable", f"Chưa có loại “{text}”. Ghi một trong các loại: {known}.")
    return found


def body_kind(text: str) -> str:
    """What an organisation is: cell, base, commune committee, province.

    Raises:
        Unreadable: it is none of these.
    """
    if (found := KINDS_OF_BODIES.get(fold(text))) is None:
        raise Unreadable("body_unreadable", f"Chưa hiểu “{text}”. Ghi chi bộ, đảng bộ trực thuộc cơ sở hoặc đảng ủy.")
    return str(found.value)


def meeting_day(text: str) -> int:
    """A day of the month from 1 to 28.

    Raises:
        Unreadable: it is none.
    """
    found = re.search(r"\d+", text)
    if found is None or not 1 <= int(found[0]) <= 28:
        raise Unreadable("day_unreadable", f"Ngày họp “{text}” chưa đúng. Ghi một ngày từ 1 đến 28, ví dụ 3.")
    return int(found[0])


def meeting_time(text: str) -> time:
    """A time of day: 19:30, 19h30, 19 giờ 30, or Excel's part of a day.

    Raises:
        Unreadable: it is none.
    """
    if re.fullmatch(r"0\.\d+", text):
        minutes = round(float(text) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    try:
        found: time | None = TimeField(required=False).clean(text)
    except ValidationError as error:
        raise Unreadable("time_unreadable", f"Chưa đọc được giờ “{text}”. Ghi như 19:30.") from error
    if found is None:
        raise Unreadable("time_unreadable", "Chưa ghi giờ. Ghi như 19:30.")
    return found
