"""What a column holds, told from its heading: by the words that lists of party organisations use, without marks.

Headings are matched anew in every file, so a list from Word, from the office above or from another program is taken
as it comes, its columns in any order. A heading that says nothing to us is matched by a person, once: what was chosen
comes before the patterns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chibo.lib.vietnamese import fold

Patterns = tuple[tuple[str, str], ...]

PEOPLE: Patterns = (
    ("order", r"(so )?(tt|thu tu)|stt|so tt"),
    ("full_name", r"ho( va| chu dem va)? ten( dang vien| khai sinh| dong chi)?|(ten )?dang vien|ho ten va dem"),
    ("code", r"(so hieu|ma( so)?) (dang vien|dv)|ma dinh danh dang vien|ma( so)?"),
    ("cell_code", r"(so hieu|ma( so)?) (chi bo|to chuc( co so)?( dang)?|tcd|don vi)"),
    ("cell_name", r"(ten )?(chi bo|to chuc( co so)? dang|don vi)|(noi|chi bo|don vi) sinh hoat( dang)?|thuoc chi bo"),
    ("birth_male", r"(ngay |nam |ngay thang nam )?sinh nam"),
    ("birth_female", r"(ngay |nam |ngay thang nam )?sinh nu"),
    ("birth", r"(ngay |nam |ngay thang |ngay thang nam |ngay nam )?sinh|ngay sinh nam sinh|ns"),
    ("sex", r"gioi( tinh)?|nam nu|phai"),
    ("male", r"(gioi tinh )?nam"),
    ("female", r"(gioi tinh )?nu"),
    ("kind", r"(loai|dien)( dang vien)?|(dang vien )?chinh thuc du bi|(dang vien )?chinh thuc hay du bi"),
    ("official", r"(ngay |ngay cong nhan |ngay vao dang |dang vien |ngay cong nhan dang vien )?chinh thuc|dvct|ct"),
    ("probationary", r"(ngay |ngay vao dang |dang vien |ngay ket nap )?du bi|dvdb|db"),
    ("joined", r"ngay( thang nam)? (vao|ket nap)( vao)?( dang)?( lan dau)?|(vao|ket nap) dang"),
    (
        "since",
        r"(ngay |thoi gian )?(ve|den|chuyen den|vao) chi bo( tu ngay)?|(ngay |thoi gian )?chuyen den|tu ngay"
        r"|(ngay )?(bat dau )?sinh hoat( o| tai)?( chi bo)? (tu|tu ngay)|ngay ve|ngay den",
    ),
    ("phone", r"(so )?(dien thoai|dt|sdt|dtdd|di dong)( di dong| lien he| lien lac)?"),
    (
        "post",
        r"(chuc vu|chuc danh)( cong tac)? (chinh quyen|don vi|co quan|doan the|chuyen mon|cong tac)( .*)?|chuc danh",
    ),
    ("office", r"(chuc vu|chuc danh)( trong)?( dang| chi bo| chi uy| cap uy| dang chi bo)*( hien nay)?"),
    ("exempt", r"(duoc |dang vien )*mien( cong tac| va| sinh hoat| dang)*( tu| tu ngay)?"),
)

ORGANISATIONS: Patterns = (
    ("order", r"(so )?(tt|thu tu)|stt|so tt"),
    ("code", r"(so hieu|ma( so)?)( chi bo| to chuc( co so)?( dang)?| don vi| tcd)?"),
    ("kind", r"cap( to chuc)?( dang)?|loai to chuc( dang)?"),
    ("category", r"loai( hinh)?( chi bo| don vi)?"),
    (
        "parent",
        r"((ma |ten )?(to chuc|cap uy|don vi|dang uy|dang bo)? ?(dang )?cap tren( truc tiep)?|(truc )?thuoc"
        r"( dang uy| dang bo)?|(ma |ten )?(dang uy|dang bo)( xa phuong)?)",
    ),
    ("founded", r"(ngay )?thanh lap|ngay thanh lap"),
    ("day", r"ngay (hop|sinh hoat)( da| dang ky| dinh ky| thuong ky| hang thang)*"),
    ("time", r"(gio|thoi gian) (hop|sinh hoat)|gio"),
    ("place", r"(noi|dia diem) (hop|sinh hoat)"),
    ("locality", r"dia danh( tren van ban)?"),
    ("name", r"ten( chi bo| to chuc( co so)?( dang)?| don vi)?|chi bo|to chuc( co so)? dang"),
)

OFFICES: Patterns = (
    ("order", r"(so )?(tt|thu tu)|stt|so tt"),
    ("full_name", r"ho( va| chu dem va)? ten( dang vien| khai sinh| dong chi)?|dong chi|ho ten va dem"),
    ("code", r"(so hieu|ma( so)?) (dang vien|dv)|ma dinh danh dang vien"),
    ("cell_code", r"(so hieu|ma( so)?) (noi giu chuc vu|to chuc( dang)?|cap uy)"),
    ("cell_name", r"(ten )?(noi giu chuc vu|to chuc( dang)?|cap uy)"),
    ("birth", r"(ngay |nam |ngay thang |ngay thang nam |ngay nam )?sinh|ngay sinh nam sinh|ns"),
    ("office", r"(chuc vu|chuc danh)( trong)?( dang| chi bo| chi uy| cap uy| dang chi bo)*( hien nay)?"),
    ("since", r"(giu chuc vu )?tu( ngay)?|ngay (giu chuc vu|bo nhiem|chuan y|chi dinh|bau)"),
)

# What Chibo never holds (mission.md, never hold 8), by the names that people know it under.
NEVER = re.compile(
    r".*\b(can cuoc|cccd|cmnd|cmtnd|chung minh|dinh danh ca nhan|dan toc|ton giao|tin nguong|dia chi|cho o|noi o"
    r"|noi cu tru|thuong tru|tam tru|ho khau|que quan|nguyen quan|noi sinh|suc khoe|benh|nhom mau|khuyet tat|gia dinh"
    r"|hoan canh|vo|chong|cha|me|con)\b.*"
)
# Headings above others: "Năm sinh" over Nam and Nữ, "Ngày vào Đảng" over Dự bị and Chính thức.
_BIRTH = re.compile(r".*\bsinh\b.*")

# Free text, where anything may stand, a note on health too: not kept for a moment, not offered to be matched.
NOTES = re.compile(r".*\b(ghi chu|nhan xet|ly do|tinh trang|ket qua|danh gia|xep loai|ky nhan|chu ky|ky ten)\b.*")

PATTERNS = {"people": PEOPLE, "organisations": ORGANISATIONS, "offices": OFFICES}
# Without this column there is no list; without the others no row says what it must.
NAME_COLUMN = {"people": "full_name", "organisations": "name", "offices": "full_name"}

LABELS = {
    "people": {
        "full_name": "họ tên",
        "code": "mã đảng viên",
        "cell_code": "mã chi bộ",
        "cell_name": "tên chi bộ",
        "birth_male": "năm sinh của nam",
        "birth_female": "năm sinh của nữ",
        "birth": "năm sinh",
        "sex": "nam hay nữ",
        "male": "nam",
        "female": "nữ",
        "kind": "chính thức hay dự bị",
        "official": "chính thức",
        "probationary": "dự bị",
        "joined": "ngày vào Đảng, để không ghi sinh hoạt sớm hơn",
        "since": "ngày về chi bộ",
        "phone": "điện thoại",
        "post": "chức vụ đơn vị",
        "office": "chức vụ trong chi ủy",
        "exempt": "miễn sinh hoạt",
    },
    "organisations": {
        "code": "mã",
        "name": "tên",
        "kind": "loại tổ chức",
        "category": "loại hình",
        "parent": "cấp trên",
        "founded": "ngày thành lập",
        "day": "ngày họp",
        "time": "giờ họp",
        "place": "nơi họp",
        "locality": "địa danh",
    },
    "offices": {
        "full_name": "họ tên",
        "code": "mã đảng viên",
        "birth": "năm sinh",
        "cell_code": "mã nơi giữ chức vụ",
        "cell_name": "nơi giữ chức vụ",
        "office": "chức vụ",
        "since": "từ ngày",
    },
}
# Words by which a heading that no pattern knows still gives a hint: the person sees the guess and decides.
_HINTS = {
    "full_name": "ten dong chi hoi vien thanh vien can bo nguoi name",
    "name": "ten goi don vi to chuc",
    "code": "ma hieu the code id",
    "cell_code": "ma chi bo to chuc don vi",
    "cell_name": "chi bo sinh hoat don vi thuoc to",
    "birth": "sinh tuoi birth",
    "sex": "gioi tinh phai nam nu sex",
    "kind": "chinh thuc du bi dien loai",
    "official": "chinh thuc cong nhan",
    "probationary": "du bi ket nap",
    "joined": "vao dang ket nap",
    "since": "tu ngay den ve bat dau",
    "phone": "dien thoai dt sdt so may zalo lien he lac di dong mobile phone",
    "office": "chuc vu chi uy",
    "post": "chuc vu cong tac nghe nghiep chinh quyen",
    "exempt": "mien sinh hoat cong tac",
    "parent": "cap tren truc thuoc dang bo",
    "category": "loai hinh",
    "day": "ngay hop dinh ky",
    "time": "gio hop",
    "place": "dia diem noi hop",
    "founded": "thanh lap quyet dinh",
}


@dataclass(frozen=True)
class Matched:
    """The columns of a table: where each thing stands, and the headings that are not taken.

    chosen: columns that a person matched, or told to leave, now or before.
    """

    places: dict[str, int]
    never: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matching:
    """What headings people have matched: for each kind of list the words of a heading to what the column holds.

    An empty key tells to leave the column.
    """

    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, str]:
        """Those of one kind of list."""
        return self.keys.get(kind, {})


NOTHING_CHOSEN = Matching()
_PHONE = re.compile(r"(\+?84|0)[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}")


def guess(kind: str, words: str, free: Sequence[str], values: Sequence[str] = ()) -> str:
    """What a heading that is not known most likely means, of the keys that are still free; "" when nothing fits.

    values: some of what stands in the column: numbers of telephones are known as such.
    """
    if "phone" in free and values and all(_PHONE.fullmatch(one) for one in values):
        return "phone"
    said, best, most = set(words.split()), "", 0.0
    for key in free:
        hints = set(_HINTS.get(key, "").split())
        score = len(said & hints) / len(said) if said else 0.0
        if score > most and key in LABELS[kind]:
            best, most = key, score
    return best if most >= 0.5 else ""


def simplified(heading: str) -> str:
    """A heading without marks, stops and what stands in brackets: "Giới tính (Nam/Nữ)" is "gioi tinh"."""
    bare = re.sub(r"\(.*?\)", " ", fold(heading)) if not heading.strip().startswith("(") else fold(heading)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def match(patterns: Patterns, headings: Sequence[tuple[str, str]], chosen: Mapping[str, str] | None = None) -> Matched:
    """Tell what each column holds.

    Args:
        patterns: the words of one kind of list.
        headings: of every column the one above ("" where there is none) and its own.
        chosen: what people have matched, by `words_of`.
    """
    places: dict[str, int] = {}
    never: list[int] = []
    unknown: list[int] = []
    settled: list[int] = []
    for column, pair in enumerate(headings):  # what a person said comes first, wherever it stands
        key = (chosen or {}).get(words_of(*pair))
        if key is not None and not NEVER.fullmatch(words_of(*pair)):
            settled.append(column)
            if key and key not in places:
                places[key] = column
            else:
                unknown.append(column)
    for column, (above, own) in enumerate(headings):
        words = [simplified(above), simplified(own)]
        if not any(words) or column in settled:
            continue
        key = _key(patterns, *words)
        if key and key not in places:
            places[key] = column
        elif NEVER.fullmatch(" ".join(words)):
            never.append(column)
        elif key != "order":
            unknown.append(column)
    return Matched(places, tuple(never), tuple(sorted(unknown)), tuple(settled))


def words_of(above: str, own: str) -> str:
    """A heading as it is remembered."""
    return f"{simplified(above)} {simplified(own)}".strip()[:100]


def _key(patterns: Patterns, above: str, own: str) -> str:
    """What a column holds, or "": by both headings together, then by its own, then by the one above a blank."""
    together = f"{'sinh' if _BIRTH.fullmatch(above) else above} {own}".strip()
    for words in (together, own or above):
        for key, pattern in patterns:
            if re.fullmatch(pattern, words):
                return key
    return ""
