"""The official layout of the Party's papers, as data with a date and a source for each value.

In force: Quy định 399-QĐ/TW (09/01/2026) and Hướng dẫn 05-HD/VPTW (27/5/2026), which replaced Hướng dẫn
36-HD/VPTW (03/4/2018). The originals of the first two were not read: most values come from public tools and guides
that follow them, so each says how well it is known. Where those disagree, one value is chosen here, in one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

# V: the text itself or a page quoting it was read. S: read in a third party's transcription. R: recalled.
# own: no rule found; Chibo's choice.
Confidence = Literal["V", "S", "R", "own"]
Align = Literal["left", "centre", "right", "justify"]


@dataclass(frozen=True)
class Source:
    """Where a value comes from and how well it is known."""

    text: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One version of the layout. Lengths are millimetres, sizes and spacing are points."""

    name: str
    valid_from: date
    sources: Mapping[str, Source] = field(compare=False)
    paper_width: float = 210
    paper_height: float = 297
    margin_top: float = 20
    margin_bottom: float = 20
    margin_left: float = 30
    margin_right: float = 15
    font: str = "Times New Roman"
    party_title: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    party_size: float = 15
    parent_size: float = 14
    issuer_size: float = 14
    issuer_star: str = "*"
    number_prefix: str = "Số "
    number_size: float = 14
    number_digits: int = 2
    date_size: float = 14
    kind_size: float = 16
    subject_size: float = 15
    subject_rule: str = "-----"
    body_size: float = 14
    first_line_indent: float = 10
    line_spacing: float = 18
    paragraph_spacing: float = 6
    heading_labels: tuple[str, str, str] = ("{}- ", "{}. ", "{}) ")
    page_number_size: float = 14
    page_number_from_page: int = 2
    recipients_title_size: float = 14
    recipients_size: float = 12
    signature_size: float = 14
    signature_blank_lines: int = 4
    table_size: float = 13
    header_left_width: float = 74
    signature_left_width: float = 78
    check_size: float = 12
    check_text_size: float = 11

    @property
    def text_width(self) -> float:
        """The width between the side margins."""
        return self.paper_width - self.margin_left - self.margin_right


_HD36 = Source("Hướng dẫn 36-HD/VPTW, 03/4/2018, bản đăng lại", "V")
_HD05 = Source("Hướng dẫn 05-HD/VPTW, 27/5/2026, theo bản lưu hành", "S")
_DIFFER = Source("Hướng dẫn 05-HD/VPTW, theo bản lưu hành; các nguồn ghi khác nhau, chọn một", "S")
_OWN = Source("Chưa thấy quy định; Chibo chọn", "own")

HD05 = Layout(
    name="05-HD/VPTW",
    valid_from=date(2026, 5, 27),
    sources={
        "paper_width": _HD36,
        "paper_height": _HD36,
        "margin_top": _HD05,
        "margin_bottom": _HD05,
        "margin_left": _HD05,
        "margin_right": _HD05,
        "font": _HD36,
        "party_title": _HD36,
        "party_size": _HD36,
        "parent_size": _HD36,
        "issuer_size": _HD36,
        "issuer_star": _HD36,
        "number_prefix": _HD36,
        "number_size": _HD36,
        "number_digits": _HD36,
        "date_size": _HD36,
        "kind_size": _DIFFER,  # 15 to 16, one tool 14
        "subject_size": _DIFFER,  # 14 to 15
        "subject_rule": _HD36,
        "body_size": _DIFFER,  # 14 to 15; every tool 14
        "first_line_indent": _HD05,
        "line_spacing": _DIFFER,  # 18, 19 or 20
        "paragraph_spacing": _HD05,
        "heading_labels": _HD05,
        "page_number_size": _OWN,
        "page_number_from_page": _HD05,
        "recipients_title_size": _DIFFER,  # 14, one tool 12
        "recipients_size": _DIFFER,  # 12, one tool 11
        "signature_size": _HD05,
        "signature_blank_lines": _HD05,
        "table_size": _OWN,
        "header_left_width": _OWN,
        "signature_left_width": _OWN,
        "check_size": _OWN,
        "check_text_size": _OWN,
    },
)

LAYOUTS: tuple[Layout, ...] = (HD05,)


def layout_on(day: date, layouts: tuple[Layout, ...] = LAYOUTS) -> Layout:
    """Return the layout in force on the day a paper is made; before the first one known, the first."""
    ordered = sorted(layouts, key=lambda layout: layout.valid_from)
    return next((layout for layout in reversed(ordered) if layout.valid_from <= day), ordered[0])


@dataclass(frozen=True)
class LineStyle:
    """How one kind of line looks. Both renderers read this, so they cannot disagree."""

    title: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    first_indent: float = 0
    left_indent: float = 0
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    heading: int = 0


def line_styles(layout: Layout) -> dict[str, LineStyle]:
    """Return the style of every kind of line in the text of a paper, by name."""
    size, indent, after = layout.body_size, layout.first_line_indent, layout.paragraph_spacing
    body = LineStyle("Nội dung", size, align="justify", first_indent=indent, after=after)
    return {
        "kind": LineStyle("Tên loại", layout.kind_size, bold=True, align="centre", before=12, keep_with_next=True),
        "subject": LineStyle("Trích yếu", layout.subject_size, bold=True, align="centre", keep_with_next=True),
        "rule": LineStyle("Gạch dưới trích yếu", size, align="centre", after=12, keep_with_next=True),
        "addressee": replace(body, title="Kính gửi", align="left", first_indent=0, left_indent=2.5 * indent),
        "heading1": LineStyle(
            "Đề mục 1", size, True, False, "justify", indent, before=6, after=after, keep_with_next=True, heading=1
        ),
        "heading2": LineStyle(
            "Đề mục 2", size, True, False, "justify", indent, after=after, keep_with_next=True, heading=2
        ),
        "heading3": LineStyle(
            "Đề mục 3", size, True, True, "justify", indent, after=after, keep_with_next=True, heading=3
        ),
        "body": body,
        "plain": replace(body, title="Nội dung sát lề", first_indent=0),
        "centre": replace(body, title="Nội dung giữa dòng", align="centre", first_indent=0),
        "right": replace(body, title="Nội dung sát phải", align="right", first_indent=0),
    }
