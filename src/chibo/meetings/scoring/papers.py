"""How the cell's own score stands in its papers: a line and an annex of the minutes, a part of the resolution.

Only what was scored stands there; where nothing was, nothing does (domain.md 3.3, 3.4 part IV, 3.5). The twin of the
line and the annex on the devices is static/meetings/device/minuted_score.js.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chibo.documents.blocks import Block, Column, Heading, Item, Paragraph, Table
from chibo.lib.dates import now
from chibo.meetings.models import Vote, grade_words
from chibo.meetings.room.fold import Room
from chibo.meetings.room.rubric import Group, points_words
from chibo.meetings.scoring.sheet import JUDGED, NOT_COUNTED, NOT_DUE, OPEN, OUTSIDE, Line, Sheet, sheet_of

UNSETTLED = {OPEN: "chưa chấm", NOT_DUE: "chưa đến hạn", NOT_COUNTED: "không tính kỳ này"}
COLUMNS = (
    Column("TT", 0.08, "centre"),
    Column("Tiêu chí", 0.61),
    Column("Tối đa", 0.12, "centre"),
    Column("Điểm", 0.19, "centre"),
)
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Scored:
    """A meeting's sheet with the headings over its lines."""

    sheet: Sheet
    groups: list[Group]

    def group_of(self, line: Line) -> Group | None:
        """The heading over a line."""
        return next((one for one in self.groups if line.code.startswith(f"{one.code}.")), None)


def scored(room: Room, at: datetime | None = None) -> Scored | None:
    """The sheet as it stands at a moment, now where none is named; None where the meeting has given no points."""
    sheet = sheet_of(room, at or now())
    if sheet is None or room.rubric is None or not any(one.status == JUDGED for one in sheet.lines):
        return None
    return Scored(sheet, room.rubric.groups)


# ---------- In the minutes ----------
def score_sentence(sheet: Sheet) -> str:
    """ "Chi bộ tự chấm điểm buổi sinh hoạt: 92/95 điểm, xếp loại Tốt.", and what stands outside the total."""
    if sheet.total is None:
        due = sum(one.status not in OUTSIDE for one in sheet.lines)
        return f"Chi bộ đã chấm {due - sheet.left}/{due} tiêu chí, chưa có tổng điểm."
    return f"Chi bộ tự chấm điểm buổi sinh hoạt: {total_words(sheet)}.{_not_due(sheet)}"


def total_words(sheet: Sheet) -> str:
    """ "92/95 điểm, xếp loại Tốt"; nothing while lines are open."""
    if sheet.total is None:
        return ""
    grade = grade_words(sheet.lowest, sheet.highest)
    return f"{points_words(sheet.total)}/{points_words(sheet.due)} điểm{f', xếp loại {grade}' if grade else ''}"


def _not_due(sheet: Sheet) -> str:
    """What is settled later, outside the total, by name."""
    later = [f"{one.code} ({points_words(one.maximum)} điểm)" for one in sheet.lines if one.status == NOT_DUE]
    return f" Chưa đến hạn, chưa tính: tiêu chí {', '.join(later)}." if later else ""


def annex_blocks(found: Scored) -> tuple[Block, ...]:
    """The whole sheet with its evidence and reasons, as it is attached to the minutes."""
    rows: list[Row] = []
    last = None
    for line in found.sheet.lines:
        group = found.group_of(line)
        if group is not None and group != last:
            rows.append(_sum_row(group, found))
        last = group
        rows.append(_row(line, "\n".join((line.words, *_grounds(line)))))
    return (Heading(1, annex_title(found)), *_source(found.sheet), _table(found.sheet, rows))


def annex_title(found: Scored) -> str:
    """ "Phụ lục: Bảng chấm điểm chất lượng sinh hoạt chi bộ"."""
    return f"Phụ lục: {found.sheet.title}"


def _source(sheet: Sheet) -> list[Block]:
    return [Paragraph(f"Nguồn: {sheet.source}.", style="plain")] if sheet.source else []


def _table(sheet: Sheet, rows: list[Row]) -> Table:
    """Rows with their total; without one while lines are open."""
    if sheet.total is not None:
        rows = [*rows, ("", _total_label(sheet), points_words(sheet.due), points_words(sheet.total))]
    return Table(COLUMNS, tuple(rows))


def _total_label(sheet: Sheet) -> str:
    """Names what the total leaves out, since the column above it does not."""
    outside = [one.code for one in sheet.lines if one.status in OUTSIDE]
    return f"Tổng điểm, không kể tiêu chí {', '.join(outside)}" if outside else "Tổng điểm"


def _row(line: Line, words: str) -> Row:
    return line.code, words, points_words(line.maximum), _points(line)


def _points(line: Line) -> str:
    return UNSETTLED[line.status] if line.points is None else points_words(line.points)


def _grounds(line: Line) -> list[str]:
    """What the record says, what it would give where the cell gave another value, and why."""
    said = [f"Căn cứ: {' '.join(line.evidence)}"] if line.evidence else []
    if line.proposed is not None and line.proposed != line.points:
        said.append(f"Theo bản ghi: {points_words(line.proposed)} điểm.")
    return [*said, f"Lý do: {_ended(line.note)}"] if line.note else said


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _sum_row(group: Group, found: Scored) -> Row:
    """A heading with what its lines make together; those outside the total are no part of it."""
    lines = [one for one in found.sheet.lines if found.group_of(one) == group]
    due = [one for one in lines if one.status not in OUTSIDE]
    if not due:
        return group.code, group.words, points_words(sum(one.maximum for one in lines)), UNSETTLED[lines[0].status]
    maximum = points_words(sum(one.maximum for one in due))
    if any(one.points is None for one in due):
        return group.code, group.words, maximum, ""
    return group.code, group.words, maximum, points_words(sum(one.points or 0 for one in due))


# ---------- In the resolution ----------
def self_assessment(room: Room) -> tuple[Block, ...]:
    """Part IV: the score of each group, the total with its grade, the shortcomings as the cell wrote them.

    Nothing where the meeting has not scored itself in full.
    """
    found = scored(room)
    if found is None or found.sheet.total is None:
        return ()
    sheet = found.sheet
    total = Paragraph(f"Tổng điểm: {total_words(sheet)}.{_not_due(sheet)}")
    return (_table(sheet, list(_summary(found))), total, *_shortcomings(sheet))


def scored_since_vote(room: Room) -> bool:
    """Whether points were given after the last vote on the resolution: its part IV is not the one that was voted on.

    The order is to score first (rule `closing_order`); what was given later is kept all the same.
    """
    votes = [one.order for one in room.votes.values() if one.subject == Vote.Subject.RESOLUTION]
    return bool(votes) and any(one.order > max(votes) for one in room.scores.values())


def _summary(found: Scored) -> Iterator[Row]:
    last = None
    for line in found.sheet.lines:
        group = found.group_of(line)
        if group is None:
            yield _row(line, line.words)
        elif group != last:
            yield _sum_row(group, found)
        last = group


def _shortcomings(sheet: Sheet) -> list[Block]:
    """Why points were taken off, word for word."""
    noted = [one for one in sheet.lines if one.note and one.points is not None and one.points < one.maximum]
    if not noted:
        return []
    return [
        Paragraph("Hạn chế cần khắc phục kỳ sau:"),
        *(Item(f"{one.words}: {_ended(one.note)}") for one in noted),
    ]
