"""Part IV of the resolution: the cell's own score, by group, with its shortcomings word for word (domain.md 3.4)."""

from collections.abc import Callable

import pytest
from django.test import Client

from chibo.documents.blocks import Heading, Table
from chibo.documents.plain import plain_text
from chibo.lib.dates import now, today
from chibo.meetings.documents import build
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import THE_SERVER, room_of
from chibo.meetings.scoring.commands import score
from chibo.members.base_of_vote import base_of_vote
from chibo.resolutions.models import Resolution
from chibo.resolutions.room import commands as decide
from chibo.rules.models import Rule
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

TITLE = "Tự đánh giá chất lượng kỳ sinh hoạt"
FULL = {"1": 500, "3.1": 500, "3.2": 500, "4.1": 500, "4.2": 2500, "4.3": 1000, "5": 500, "6": 3000}
Give = Callable[..., None]


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting that goes on, everyone there, a resolution drafted."""
    found = make.meeting(people.cell, starts_at=now().replace(microsecond=0))
    make.item(found)
    pen = room.Pen(found, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    everyone = [line.person for line in room_of(found).roll.values() if line.expected]
    room.call(pen=pen, members=everyone, state="present")
    decide.conclude(pen=pen, kind=Resolution.Kind.RESOLUTION, parts={"direction": "Làm trước việc thôn tự làm được."})
    return found


@pytest.fixture
def give(meeting: Meeting, people: People) -> Give:
    """Score criteria, each by its code with points and, perhaps, a reason."""

    def points(scores: dict[str, int], **notes: str) -> None:
        meeting.refresh_from_db()
        pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
        for code, value in scores.items():
            note = notes.get(f"at_{code.replace('.', '_')}", "")
            score(pen=pen, room=room_of(meeting), code=code, points=value, note=note)

    return points


def test_a_resolution_has_no_part_of_scoring_before_the_cell_has_scored(meeting: Meeting, give: Give) -> None:
    assert TITLE not in plain_text(build("nghi-quyet", meeting))
    give({"4.1": 500})
    assert TITLE not in plain_text(build("nghi-quyet", meeting)), "an unfinished score is no score"


def test_the_part_gives_the_points_of_each_group_the_total_and_the_grade(meeting: Meeting, give: Give) -> None:
    give(FULL)
    give({"4.2": 2200}, at_4_2="Ít ý kiến")
    tables = [block for block in build("nghi-quyet", meeting).body if isinstance(block, Table)]
    rows = [(row[0], row[2], row[3]) for row in tables[-1].rows]
    assert rows == [
        *(("1", "5", "5"), ("2", "5", "5"), ("3", "10", "10"), ("4", "40", "37"), ("5", "5", "5"), ("6", "30", "30")),
        *(("7", "5", "chưa đến hạn"), ("", "95", "92")),
    ]
    text = plain_text(build("nghi-quyet", meeting))
    assert "Tổng điểm: 92/95 điểm, xếp loại Tốt. Chưa đến hạn, chưa tính: tiêu chí 7 (5 điểm)." in text


def test_shortcomings_are_the_reasons_of_the_deductions_word_for_word(meeting: Meeting, give: Give) -> None:
    give(FULL)
    assert "Hạn chế cần khắc phục" not in plain_text(build("nghi-quyet", meeting))
    give({"4.2": 2200, "5": 400, "2": 500}, at_4_2="Ít ý kiến phản biện", at_2="Không vắng ai")
    text = plain_text(build("nghi-quyet", meeting))
    assert "có biểu dương, phê bình, nhiều ý kiến: Ít ý kiến phản biện." in text
    assert "Không vắng ai" not in text  # no points were taken off there
    assert text.count("\n- ") - text[text.index("Nơi nhận:") :].count("\n- ") == 1  # what has no reason has no line


@pytest.mark.parametrize(("implementation", "number"), [("", 3), ("Chi ủy theo dõi.", 4)])
def test_the_part_is_numbered_after_those_that_there_are(
    meeting: Meeting, give: Give, people: People, implementation: str, number: int
) -> None:
    give(FULL)
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    decide.conclude(pen=pen, parts={"implementation": implementation})
    parts = [block for block in build("nghi-quyet", meeting).body if isinstance(block, Heading) and block.level == 1]
    assert (parts[-1].content, parts[-1].number) == (TITLE, number)


def test_a_conclusion_has_no_such_part(meeting: Meeting, give: Give, people: People) -> None:
    give(FULL)
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    decide.conclude(pen=pen, kind=Resolution.Kind.CONCLUSION, parts={"conclusion": "Chi bộ thống nhất."})
    assert TITLE not in plain_text(build("ket-luan", meeting))


# ---------- Scored first, then voted ----------
def page(client: Client, people: People, meeting: Meeting, path: str) -> str:
    return sign_in(client, people.lan).get(f"/cuoc-hop/{meeting.pk}/phong/{path}").content.decode()


LACKS = "nên nghị quyết chưa có phần “Tự đánh giá chất lượng kỳ sinh hoạt”"
LATER = "Có tiêu chí chấm sau khi biểu quyết nghị quyết"


def test_before_the_vote_it_is_said_that_the_part_is_missing(
    meeting: Meeting, give: Give, people: People, client: Client
) -> None:
    assert LACKS in page(client, people, meeting, "bieu-quyet/?noi-dung=resolution")
    assert LACKS not in page(client, people, meeting, "bieu-quyet/?noi-dung=agenda")
    give(FULL)
    assert LACKS not in page(client, people, meeting, "bieu-quyet/?noi-dung=resolution")


def test_what_is_scored_after_the_vote_is_said_before_closing_and_bars_nothing(
    meeting: Meeting, give: Give, people: People, client: Client
) -> None:
    give(FULL)
    assert LATER not in page(client, people, meeting, "ket-thuc/")
    meeting.refresh_from_db()
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    exclusions = Rule.objects.general(today()).words("vote_base_exclusions")
    base = base_of_vote(room_of(meeting).voters(), exclusions)
    title = {"subject": "resolution", "title": "thông qua nghị quyết"}
    room.take_vote(pen=pen, base=base, exclusions=exclusions, in_favour=base.present, **title)
    assert LATER not in page(client, people, meeting, "ket-thuc/")
    bars = room.closing_bars(meeting)
    give({"5": 400}, at_5="Nói chuyện riêng")
    assert LATER in page(client, people, meeting, "ket-thuc/")
    assert room.closing_bars(meeting) == bars
