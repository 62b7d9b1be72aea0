"""Writing people and organisations out, in the columns that an import reads. Every cell is text, none a formula."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from io import BytesIO
from uuid import UUID

import xlsxwriter

from chibo.access.models import CELL_COMMITTEE, Office, TermOfOffice
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.lib.dates import format_date, format_time, today
from chibo.members.models import Contact, Exemption, Membership, Person, UnitPost
from chibo.orgs.models import Category, Organisation

PEOPLE_COLUMNS = (
    ("Mã chi bộ", 18),
    ("Tên chi bộ", 34),
    ("Họ và tên", 28),
    ("Mã đảng viên", 18),
    ("Năm sinh", 10),
    ("Giới tính", 10),
    ("Chính thức hay dự bị", 22),
    ("Ngày về chi bộ", 15),
    ("Điện thoại", 14),
    ("Chức vụ trong chi ủy", 22),
    ("Chức vụ đơn vị", 26),
    ("Miễn sinh hoạt từ ngày", 22),
)
ORGANISATION_COLUMNS = (
    ("Mã", 18),
    ("Tên tổ chức", 40),
    ("Loại tổ chức", 26),
    ("Cấp trên", 32),
    ("Loại hình", 34),
    ("Ngày họp", 10),
    ("Giờ họp", 10),
    ("Nơi họp", 34),
    ("Địa danh", 22),
)
OFFICE_COLUMNS = (
    ("Mã tổ chức", 18),
    ("Tên tổ chức", 34),
    ("Họ và tên", 28),
    ("Mã đảng viên", 18),
    ("Năm sinh", 10),
    ("Chức vụ", 34),
    ("Từ ngày", 15),
)
BODIES = {
    "department": "Ban, văn phòng của cấp ủy",
    "cell": "Chi bộ",
    "base": "Đảng bộ trực thuộc cơ sở",
    "committee": "Đảng ủy xã, phường",
    "province": "Tỉnh ủy",
}
# As an import reads them back in any body, a department too.
OFFICES_ABOVE = {Office.UPPER_STAFF: "Cán bộ", Office.PROVINCE_STAFF: "Cán bộ"}
_RISKY = "=+-@\t"


def people_rows(by: Standing, cells: Sequence[Organisation]) -> list[list[str]]:
    """The people of today of some cells, by cell and by name, as far as `by` may see them."""
    day = today()
    ids = [one.pk for one in cells]
    phones = dict(
        visible(Contact.objects.filter(person__memberships__cell__in=ids), by).values_list("person_id", "phone")
    )
    exempt = visible(Exemption.objects.filter(cell__in=ids, validity__contains=day), by)
    since = {(p, c): validity.lower for p, c, validity in exempt.values_list("person_id", "cell_id", "validity")}
    posts: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    held = visible(UnitPost.objects.filter(cell__in=ids, validity__contains=day), by)
    for person, cell, title in held.values_list("person_id", "cell_id", "title"):
        posts[person, cell].append(title)
    terms = TermOfOffice.objects.on(day).filter(organisation__in=ids, office__in=CELL_COMMITTEE)
    offices = {(p, c): Office(o).label for p, c, o in terms.values_list("person_id", "organisation_id", "office")}
    found = visible(Membership.objects.filter(cell__in=ids, validity__contains=day), by)
    names = ("person_id", "cell_id", "person__full_name", "person__code", "person__birth_year", "person__sex", "kind")
    by_cell: dict[UUID, list[list[str]]] = defaultdict(list)
    codes = {one.pk: (one.code, one.name) for one in cells}
    for person, cell, name, code, year, sex, kind, validity in found.order_by("person__sort_key", "id").values_list(
        *names, "validity"
    ):
        exempt_on = since.get((person, cell))
        by_cell[cell].append(
            [
                *codes[cell],
                name,
                code,
                str(year or ""),
                str(Person.Sex(sex).label) if sex else "",
                str(Membership.Kind(kind).label),
                format_date(validity.lower),
                phones.get(person, ""),
                str(offices.get((person, cell), "")),
                "; ".join(posts[person, cell]),
                format_date(exempt_on) if exempt_on else "",
            ]
        )
    return [row for one in cells for row in by_cell[one.pk]]


def organisation_rows(bodies: Iterable[Organisation]) -> list[list[str]]:
    """Organisations in the order given."""
    return [
        [
            one.code,
            one.name,
            BODIES[one.kind],
            (one.parent.code or one.parent.name) if one.parent else "",
            str(Category(one.category).label) if one.category else "",
            str(one.registered_day or ""),
            format_time(one.registered_time) if one.registered_time else "",
            one.meeting_place,
            one.locality,
        ]
        for one in bodies
    ]


def office_rows(bodies: Sequence[Organisation]) -> list[list[str]]:
    """Who holds which office today in some bodies, in their order; offices are known to all inside."""
    held = TermOfOffice.objects.on(today()).filter(organisation__in=[one.pk for one in bodies])
    names = ("organisation_id", "office", "validity", "person__full_name", "person__code", "person__birth_year")
    by_body: dict[UUID, list[list[str]]] = defaultdict(list)
    for body, office, validity, name, code, year in held.order_by("person__sort_key", "id").values_list(*names):
        word = OFFICES_ABOVE.get(office) or str(Office(office).label)
        by_body[body].append([name, code, str(year or ""), word, format_date(validity.lower)])
    return [[one.code, one.name, *row] for one in bodies for row in by_body[one.pk]]


def workbook(*sheets: tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[str]]]) -> bytes:
    """A file of some sheets: (name, columns with their widths, rows). An empty sheet is a form to fill in."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    # Kept as text, so that a code or a phone does not lose its first 0.
    text = book.add_format({"num_format": "@"})
    # What begins as a formula stays text when the cell is edited, too.
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    for name, columns, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(columns):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, title, heading)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(number, column, value, quoted if value[0] in _RISKY else text)
    book.close()
    return target.getvalue()
