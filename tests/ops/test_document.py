"""`bin/chibo document` and `bin/chibo cells`: which meeting is meant, and what is written."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from chibo import cli
from chibo.meetings.models import Body, Part, State
from chibo.ops.commands import cells, document
from chibo.ops.terminal import CommandError
from chibo.orgs.models import Organisation
from tests import make

pytestmark = pytest.mark.django_db
NOVEMBER = make.at(date(2026, 11, 3))


@pytest.fixture
def cell() -> Organisation:
    return make.cell(make.commune(make.province()), code="PH01")


def call(*words: str) -> list[tuple[object, bytes, bool]]:
    """The papers that a command line finds."""
    options = cli.parser().parse_args(["document", *words, "--out", words[0] + ".docx"])
    return list(document.papers(options))


def test_the_paper_of_the_month_is_written_as_a_file_that_opens(cell: Organisation) -> None:
    make.meeting(cell, starts_at=NOVEMBER, state=State.ANNOUNCED)
    ((_, content, signed),) = call("giay-moi", "--cell", "PH01", "--month", "2026-11")
    assert not signed
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    assert "GIẤY MỜI" in text
    assert "Nhà văn hóa thôn Phú Hòa" in text


def test_two_meetings_of_a_month_are_told_apart_by_type_or_number(cell: Organisation) -> None:
    make.meeting(cell, starts_at=NOVEMBER, state=State.ANNOUNCED)
    thematic = make.meeting(cell, starts_at=make.at(date(2026, 11, 20)), state=State.ANNOUNCED, kind=Part.Kind.THEMATIC)
    month = ("giay-moi", "--cell", "PH01", "--month", "2026-11")
    assert len(call(*month)) == 2
    assert [meeting for meeting, _, _ in call(*month, "--type", "chuyen-de")] == [thematic]
    assert [meeting for meeting, _, _ in call(*month, "--meeting", str(thematic.pk))] == [thematic]


def test_the_gatherings_of_groups_are_told_apart_by_their_name(cell: Organisation) -> None:
    first, second = (
        make.meeting(cell, starts_at=NOVEMBER, state=State.ANNOUNCED, group=make.group(cell, name), group_name=name)
        for name in ("Tổ đảng số 1", "Xóm Đông")
    )
    month = ("giay-moi", "--cell", "PH01", "--month", "2026-11")
    assert len(call(*month)) == 2
    assert [meeting for meeting, _, _ in call(*month, "--group", "tổ đảng số 1")] == [first]
    assert [meeting for meeting, _, _ in call(*month, "--group", "Tổ đảng Xóm Đông")] == [second]
    with pytest.raises(CommandError, match="Tổ đảng số 1, Xóm Đông"):
        call(*month, "--group", "Tổ đảng số 9")


def test_the_committees_meeting_is_not_the_cells(cell: Organisation) -> None:
    committee = make.meeting(cell, starts_at=NOVEMBER, state=State.CLOSED, body=Body.COMMITTEE)
    month = ("--cell", "PH01", "--month", "2026-11")
    assert call("bien-ban", *month) == []
    assert [meeting for meeting, _, _ in call("bien-ban-chi-uy", *month)] == [committee]


def test_a_meeting_that_was_not_held_has_no_minutes(cell: Organisation) -> None:
    make.meeting(cell, starts_at=NOVEMBER, state=State.ANNOUNCED)
    assert call("bien-ban", "--cell", "PH01", "--month", "2026-11") == []


def test_an_unknown_cell_is_named(cell: Organisation) -> None:
    with pytest.raises(CommandError, match="KHONG"):
        call("giay-moi", "--cell", "KHONG", "--month", "2026-11")


@pytest.mark.parametrize("words", [["--month", "11/2026"], ["--month", "2026-13"], ["--out", "giay.txt"]])
def test_a_wrong_month_or_file_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    given = {"--cell": "PH01", "--month": "2026-11", "--out": str(Path("a.pdf")), words[0]: words[1]}
    with pytest.raises(SystemExit) as end:
        cli.main(["document", "giay-moi", *(part for pair in given.items() for part in pair)])
    assert end.value.code == 2
    assert words[1] in capsys.readouterr().err


def test_cells_lists_the_months_that_have_papers(cell: Organisation) -> None:
    make.meeting(cell, starts_at=NOVEMBER, state=State.SIGNED)
    make.meeting(cell, starts_at=make.at(date(2026, 10, 3)), state=State.CANCELLED)
    make.meeting(cell, starts_at=make.at(date(2026, 12, 3)))
    (line,) = cells.cell_lines()
    assert line == {"code": "PH01", "name": cell.name, "category": "hamlet", "months": ["2026-11"]}
