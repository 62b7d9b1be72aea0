"""The score in the minutes: a line, the sheet as an annex below the signatures; and the row that is kept of it."""

import io
import json
import zipfile
from uuid import uuid4

import pytest

from chibo.access.scope import scope
from chibo.audit.models import Event
from chibo.documents.models import IssuedDocument
from chibo.documents.plain import plain_text
from chibo.lib.dates import now
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import Entry, Meeting, MinutesSection, Part, Rating, State
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.members.models import Person
from tests import make
from tests.meetings.scoring.conftest import JUDGED, all_present, give, opened
from tests.meetings.scoring.test_rubric import own_rubric
from tests.people import People

pytestmark = pytest.mark.django_db


def scored(pen: Pen, expected: list[Person], **other: tuple[int, str]) -> None:
    """All lines that are due settled: attendance by the record, the rest by the cell, 87 of 95 points."""
    all_present(pen, expected)
    for code, points in JUDGED.items():
        give(pen, code, points)
    give(pen, "1", 300, "Bắt đầu muộn 20 phút")
    give(pen, "4.2", 1900, "Ít ý kiến phản biện.")


def close(pen: Pen, people: People) -> Meeting:
    """Elect the clerk and end the meeting, whatever else it lacks."""
    pen.meeting.refresh_from_db()
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    pen._append("close", None, {})
    pen.meeting.refresh_from_db()
    assert pen.meeting.state == State.CLOSED
    return pen.meeting


def signed(pen: Pen, people: People) -> Meeting:
    meeting = close(pen, people)
    minutes.sign(meeting=meeting, by=people.standing("tam"))
    minutes.sign(meeting=meeting, by=people.standing("lan"))
    meeting.refresh_from_db()
    return meeting


def annex(meeting: Meeting) -> list[tuple[str, ...]]:
    """The rows of the annex as they are drawn from the record."""
    (table,) = (block for block in minutes_document(meeting, None).annex if hasattr(block, "rows"))
    return [tuple(str(cell) for cell in row) for row in table.rows]


# ---------- In the minutes ----------
def test_where_nothing_was_scored_nothing_stands(pen: Pen, expected: list[Person], people: People) -> None:
    """The attendance alone is settled by the record: that is no score of the cell's."""
    all_present(pen, expected)
    meeting = signed(pen, people)
    text = plain_text(minutes_document(meeting, None))
    assert "điểm" not in text.lower().replace("điểm danh", "")
    assert minutes_document(meeting, None).annex == ()
    assert not Rating.objects.filter(meeting=meeting).exists()
    assert not Event.objects.filter(kind="minutes.rated").exists()


def test_the_minutes_say_total_and_grade_and_name_what_is_not_due(
    pen: Pen, expected: list[Person], people: People
) -> None:
    scored(pen, expected)
    text = plain_text(minutes_document(close(pen, people), None))
    line = (
        "Chi bộ tự chấm điểm buổi sinh hoạt: 87/95 điểm, xếp loại Khá hoặc Tốt. "
        "Chưa đến hạn, chưa tính: tiêu chí 7 (5 điểm)."
    )
    assert text.count(line) == 1
    assert text.index(line) < text.index("Buổi họp kết thúc lúc") < text.index("Phụ lục: ")


def test_the_annex_has_every_line_with_its_points_evidence_and_reason(
    pen: Pen, expected: list[Person], people: People
) -> None:
    scored(pen, expected)
    rows = {row[0] + row[1].split("\n")[0]: row for row in annex(close(pen, people))}
    attendance = next(row for row in rows.values() if row[0] == "2")
    assert attendance[2:] == ("5", "5") and "Dự 7 trên 7 đảng viên phải dự, đạt 100%." in attendance[1]
    length = next(row for row in rows.values() if row[0] == "1")
    assert length[2:] == ("5", "3") and length[1].endswith("\nLý do: Bắt đầu muộn 20 phút.")
    assert next(row for row in rows.values() if row[0] == "4")[2:] == ("40", "34")  # a group, with what it makes
    assert next(row for row in rows.values() if row[0] == "7")[2:] == ("5", "chưa đến hạn")
    assert rows["Tổng điểm, không kể tiêu chí 7"][2:] == ("95", "87")


def test_a_sheet_with_open_lines_has_no_total_in_the_minutes(pen: Pen, expected: list[Person], people: People) -> None:
    all_present(pen, expected)
    give(pen, "5", 500)
    meeting = close(pen, people)
    text = plain_text(minutes_document(meeting, None))
    assert "Chi bộ đã chấm 2/9 tiêu chí, chưa có tổng điểm." in text and ", xếp loại" not in text
    assert {row[0]: row[3] for row in annex(meeting)}["4.1"] == "chưa chấm"
    assert not any(row[1].startswith("Tổng điểm") for row in annex(meeting))


def test_where_the_cell_differs_from_the_record_both_are_shown(
    pen: Pen, expected: list[Person], people: People
) -> None:
    scored(pen, expected)
    give(pen, "2", 400, "Nhiều đồng chí đến muộn")
    row = next(row for row in annex(close(pen, people)) if row[0] == "2")
    assert row[3] == "4"
    assert row[1].endswith("\nTheo bản ghi: 5 điểm.\nLý do: Nhiều đồng chí đến muộn.")


def test_a_meeting_without_a_table_has_no_annex(people: People) -> None:
    meeting = make.meeting(people.cell, kind=Part.Kind.EXTRAORDINARY, starts_at=now())
    commands.open_room(pen=Pen(meeting, people.standing("lan"), uuid4()), chair=people.lan.pk)
    assert [one.key for one in sections_of(meeting)] == ["opening", "content", "discussion", "conclusion"]


# ---------- Signed ----------
def test_the_annex_is_signed_and_stands_below_the_signatures(pen: Pen, expected: list[Person], people: People) -> None:
    scored(pen, expected)
    meeting = signed(pen, people)
    section = MinutesSection.objects.get(meeting=meeting, key="score")
    assert "Ít ý kiến phản biện." in str(section.content)
    text = plain_text(minutes_document(meeting, None))
    assert text.index("CHỦ TRÌ HỘI NGHỊ") < text.index("Phụ lục: Bảng chấm điểm")
    issued = IssuedDocument.objects.get(meeting_id=meeting.pk, kind="bien-ban")
    with zipfile.ZipFile(io.BytesIO(bytes(issued.docx))) as archive:
        assert "Ít ý kiến phản biện." in archive.read("word/document.xml").decode()


def test_signing_keeps_the_score_in_a_row_of_its_own(pen: Pen, expected: list[Person], people: People) -> None:
    scored(pen, expected)
    meeting = signed(pen, people)
    found = Rating.objects.get(meeting=meeting)
    assert (found.total, found.due, found.lowest, found.highest) == (8700, 9500, "Khá", "Tốt")
    assert (found.period, found.rubric) == (meeting.period, "hd42-2025")
    by_code = {one["code"]: one for one in found.lines}
    assert by_code["4.2"]["points"] == 1900 and by_code["4.2"]["note"] == "Ít ý kiến phản biện."
    assert by_code["2"]["evidence"][0] == "Dự 7 trên 7 đảng viên phải dự, đạt 100%."
    assert by_code["7"]["status"] == "not_due"
    assert not Entry.objects.filter(meeting=meeting, payload__isnull=False).exists()
    assert json.loads(Event.objects.get(kind="minutes.rated").payload or "")["total"] == "87"


def test_an_unfinished_score_leaves_no_row(pen: Pen, expected: list[Person], people: People) -> None:
    all_present(pen, expected)
    give(pen, "5", 500)
    assert not Rating.objects.filter(meeting=signed(pen, people)).exists()


def test_the_first_signature_alone_leaves_no_row(pen: Pen, expected: list[Person], people: People) -> None:
    scored(pen, expected)
    minutes.sign(meeting=close(pen, people), by=people.standing("tam"))
    assert not Rating.objects.exists()


def test_the_committee_above_reads_the_score_once_it_is_reported(
    pen: Pen, expected: list[Person], people: People
) -> None:
    scored(pen, expected)
    meeting = signed(pen, people)
    with scope(people.standing("dung")):
        assert not Rating.objects.exists()
    with scope(people.standing("lan")):
        minutes.submit(meeting=meeting, by=people.standing("lan"))
    with scope(people.standing("dung")):
        assert Rating.objects.get().total == 8700


def test_the_row_is_of_the_table_by_which_the_cell_scored(people: People, meeting: Meeting) -> None:
    """A table changed afterwards does not change what was scored."""
    pen = opened(meeting, people)
    for line in log.room_of(meeting).roll.values():
        commands.call(pen=pen, members=[line.person], state="present")
    for code, points in {**JUDGED, "1": 500}.items():
        give(pen, code, points)
    own_rubric(people.commune, key="xa-2027")
    assert Rating.objects.get(meeting=signed(pen, people)).rubric == "hd42-2025"
