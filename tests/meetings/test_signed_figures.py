"""The counts that are signed with minutes outlive the log, are of the cell's keepers alone, and invent nothing."""

from typing import Any

import pytest
from django.test import Client

from chibo.documents.plain import plain_text
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands
from chibo.meetings.models import AgendaItem, Meeting, MinutesSection
from chibo.meetings.room import commands as room
from tests import make
from tests.meetings import signed_world
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


def signed_figures(meeting: Meeting) -> dict[str, Any]:
    return dict(MinutesSection.objects.get(meeting=meeting, key="figures").content["figures"])


def test_presence_speakers_by_group_and_minutes_by_work_are_signed(client: Client, people: People) -> None:
    meeting = signed_world.held(people)
    page = sign_in(client, people.tam).get(f"/cuoc-hop/{meeting.pk}/bien-ban/").content.decode()
    assert "Có mặt: 6/7 đảng viên được triệu tập." in page and "Phát biểu: 2 đồng chí." in page
    signed_world.sign(meeting, people)
    found = signed_figures(meeting)
    assert found["presence"] == {
        "expected": 7,
        "present": 6,
        "not_called": 0,
        "absent": {"health": 1},
        "came_though_not_expected": 0,
    }
    assert found["present_by_group"]["kind"] == {"official": 4, "probationary": 1, "temporary": 1}
    assert found["spoke"] == 2 and found["spoke_by_group"]["kind"] == {"official": 2}
    assert found["spoke_by_group"]["sex"] == {"male": 1, "unknown": 1}  # Quyên's is not entered
    assert set(found["minutes_by_work"]) == {"party"}
    paper = plain_text(minutes_document(meeting, 1))
    assert "Số liệu" not in paper and "figures" not in str(meeting.minutes_rows.get().outline)


def test_they_are_read_by_the_keepers_alone(client: Client, people: People) -> None:
    meeting = signed_world.held(people)
    signed_world.sign(meeting, people)
    commands.submit(meeting=meeting, by=people.standing("lan"))
    figures = MinutesSection.objects.filter(meeting=meeting, key="figures")
    readers = [name for name in people.all() if figures.visible_to(people.standing(name)).exists()]
    assert readers == ["lan", "hung", "quyen", "tam"]
    page = sign_in(client, people.khanh).get(f"/cuoc-hop/{meeting.pk}/bien-ban/").content.decode()
    assert "chỉ người dự họp được đọc" in page and "Số liệu" not in page


def test_what_nobody_knows_is_null(people: People) -> None:
    meeting = make.meeting(people.cell, state="announced")
    make.item(meeting, work=AgendaItem.Work.PROFESSIONAL)
    pen = room.Pen(meeting, people.standing("lan"), meeting.pk)
    room.open_room(pen=pen, chair=people.lan.pk)
    room.elect_clerk(pen=pen, member=people.tam.pk)
    room.call(pen=pen, members=[people.lan.pk], state="present")
    pen._append("close", None, {})
    meeting.refresh_from_db()
    signed_world.sign(meeting, people)
    found = signed_figures(meeting)
    assert found["presence"]["present"] is None and found["presence"]["not_called"] == 6
    assert found["spoke"] == 0 and found["spoke_by_group"] == {}
