"""The meeting scores itself in the room on a device: what the server still says of it, and where its old page leads."""

import re

import pytest
from django.test import Client

from chibo.meetings.models import Entry, Meeting, State
from chibo.meetings.room import commands
from chibo.meetings.room.commands import Pen
from tests import make
from tests.meetings.scoring.conftest import give, opened
from tests.people import People, sign_in


def url(pen: Pen, rest: str = "cham-diem/") -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/{rest}"


def test_the_old_page_leads_to_the_screen_on_the_device_and_takes_nothing(lan: Client, pen: Pen) -> None:
    assert lan.get(url(pen)).headers["Location"] == f"/phong-hop/#{pen.meeting.pk}/cham-diem"
    assert lan.post(url(pen), {"points_1": "500"}).status_code == 405
    assert not Entry.objects.filter(meeting=pen.meeting, kind="score").exists()


def test_the_old_page_of_a_meeting_that_is_over_leads_to_its_minutes(lan: Client, pen: Pen) -> None:
    Meeting.objects.filter(pk=pen.meeting.pk).update(state=State.SIGNED)
    assert lan.get(url(pen)).headers["Location"] == f"/cuoc-hop/{pen.meeting.pk}/bien-ban/"


@pytest.mark.parametrize("name", ["binh", "mai", "khanh", "dung", "thu", "phuc", "suspended"])
def test_it_checks_access(client: Client, pen: Pen, people: People, name: str) -> None:
    assert sign_in(client, getattr(people, name)).get(url(pen)).status_code == 404


def test_a_meeting_that_is_not_scored_has_no_such_step(lan: Client, people: People) -> None:
    pen = opened(make.meeting(people.cell, kind="extraordinary"), people)
    for rest in ("ket-luan/", "ket-thuc/"):
        assert "cham-diem" not in lan.get(url(pen, rest)).content.decode()


def test_closing_advises_to_score_and_does_not_wait_for_it(lan: Client, pen: Pen) -> None:
    text = lan.get(url(pen, "ket-thuc/")).content.decode()
    assert "Chưa chấm điểm xong: còn" in text
    assert not any("điểm" in bar.reason and "danh" not in bar.reason for bar in commands.closing_bars(pen.meeting))


def test_the_step_of_scoring_stands_before_the_conclusion(lan: Client, pen: Pen) -> None:
    text = lan.get(url(pen, "ket-luan/")).content.decode()
    steps = re.findall(r'<a href="[^"]*/phong/([^"]*)">', text[text.index('class="steps"') :])
    assert steps.index("cham-diem/") == steps.index("ket-luan/") - 1
    assert '<a href="' + url(pen) + '">Chấm điểm</a>, còn' in text


def test_a_meeting_that_is_over_is_scored_no_more(pen: Pen) -> None:
    commands.break_off(pen=pen, why="mất điện")
    with pytest.raises(commands.NotOpen):
        give(pen, "3.1", 500)
