"""Everything that is held on one person, in plain words: as a page, as data, as a paper."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from chibo.access.matrix import TABLES, Term
from chibo.access.scope import system_scope
from chibo.directory.rights import COMPOSITE, GROUPS
from chibo.documents.blocks import Block, Column, Document, Heading, Paragraph, Table
from chibo.lib.dates import format_date, format_time, now, today
from chibo.lib.held_about import HeldGroup, HeldLine, groups
from chibo.members.models import Person
from chibo.orgs.models import Organisation
from chibo.rules.book import RuleBook, RuleText

NOBODY_ELSE = "không ai khác"
NOTHING_FOR_SALE = (
    "Chibo không bán, không gửi dữ liệu của đồng chí ra ngoài, không lập điểm hay hồ sơ đánh giá cá nhân."
)


@dataclass(frozen=True)
class Section:
    """One group of what is held: the lines, who can see them, how long they are kept."""

    group: HeldGroup
    lines: list[HeldLine]
    seen_by: str
    kept: RuleText | None

    @property
    def kept_in_words(self) -> str:
        """The rule's sentence, without its full stop."""
        return self.kept.statement.rstrip(".") if self.kept else "theo thời hạn của chi bộ"


def sections_of(person: UUID, book: RuleBook) -> list[Section]:
    """What is held on a person, group by group; read as the system, by this person's id alone."""
    with system_scope():
        return [
            Section(group, list(group.lines(person)), seers_of(group), book.get(group.retention)) for group in groups()
        ]


def seers_of(group: HeldGroup) -> str:
    """Who else may see a group."""
    by_right = seen_by(group.tables)
    if not group.also_seen_by:
        return by_right
    return group.also_seen_by if by_right == NOBODY_ELSE else f"{by_right}; {group.also_seen_by}"


def seen_by(tables: tuple[str, ...]) -> str:
    """Who else may see some tables, as the program's own rules say it."""
    terms = {term for table in tables if table in TABLES for term in TABLES[table].read}
    terms |= {inner for term in terms - {Term.ADDRESSEE} for inner in COMPOSITE.get(term, ())}
    names = [group.who for group in GROUPS if group.key != "own" and terms & set(group.terms)]
    if Term.ADDRESSEE in terms:
        names.append("nơi trả lời yêu cầu: chi ủy, của bí thư thì Đảng ủy")
    return "; ".join(names) if names else NOBODY_ELSE


def as_data(person: Person, sections: list[Section]) -> dict[str, Any]:
    """The same for a machine to read."""
    return {
        "nguoi": person.full_name,
        "lap_luc": now().isoformat(timespec="seconds"),
        "nhom": [
            {
                "ten": one.group.title,
                "muc_dich": one.group.purpose,
                "ai_xem_duoc": one.seen_by,
                "luu_bao_lau": one.kept_in_words,
                "du_lieu": [{"ten": line.what, "noi_dung": line.detail} for line in one.lines],
            }
            for one in sections
        ],
    }


def as_paper(person: Person, home: Organisation | None, sections: list[Section]) -> Document:
    """The same as a paper to keep."""
    body: list[Block] = [Paragraph(f"Lập lúc {format_time(now())} ngày {format_date(now())}. {NOTHING_FOR_SALE}")]
    for number, one in enumerate(sections, 1):
        body += [
            Heading(2, one.group.title, number),
            Paragraph(f"{one.group.purpose} Ai xem được: {one.seen_by}. Lưu: {one.kept_in_words}."),
        ]
        if one.lines:
            rows = tuple((line.what, line.detail) for line in one.lines)
            body.append(Table((Column("Dữ liệu", 2), Column("Nội dung", 3)), rows))
        else:
            body.append(Paragraph("Không có.", "plain"))
    parent = home.parent if home else None
    return Document(
        parent_name=parent.name if parent else "",
        issuer_name=home.name if home else "Chibo",
        symbol="",
        place=(home.locality if home else "") or "…",
        date=today(),
        kind_title="BẢN SAO DỮ LIỆU CÁ NHÂN",
        subject=f"Đồng chí {person.full_name}",
        body=tuple(body),
        fictitious=settings.FICTITIOUS,
    )
