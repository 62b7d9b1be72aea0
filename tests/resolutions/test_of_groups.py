"""A group's gathering in the room: its own people's tasks, a conclusion and no resolution."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.members.models import PartyGroup
from chibo.resolutions.room import commands as deciding
from chibo.resolutions.room.kinds import decisions
from chibo.resolutions.room.state import closing_bars, last_resolution, old_tasks, past_work
from tests import make
from tests.people import People, sign_in

NO_RESOLUTION = "Nghị quyết cần cả chi bộ họp."


@pytest.fixture
def groups(people: People) -> list[PartyGroup]:
    found = [make.group(people.cell, f"Tổ đảng số {number}") for number in (1, 2)]
    for name in ("lan", "hung", "tam"):
        make.group_member(found[0], getattr(people, name))
    for name in ("binh", "mai"):
        make.group_member(found[1], getattr(people, name))
    return found


def gathering(group: PartyGroup, days: int = 0) -> Meeting:
    starts_at = make.at(today() + timedelta(days=days))
    return make.meeting(group.cell, starts_at=starts_at, group=group, group_name=group.name, gatherings=2)


@pytest.fixture
def pen(people: People, groups: list[PartyGroup]) -> Pen:
    """Lan's pen in the gathering of the second group, to which she does not belong."""
    meeting = gathering(groups[1])
    make.item(meeting, "Kết luận", kind="conclusion")
    found = Pen(meeting, people.standing("lan"))
    commands.open_room(pen=found, chair=people.lan.pk)
    return found


def test_a_group_reviews_the_tasks_of_its_own_people(people: People, groups: list[PartyGroup]) -> None:
    before = make.signed(people.cell)
    make.task(before, people.hung, "Vận động 5 hộ hiến đất")
    ours = make.task(before, people.binh, "Lắp hai gương cầu lồi")
    assert old_tasks(gathering(groups[1])) == [ours]
    assert len(old_tasks(make.meeting(people.cell))) == 2, "the cell as a whole looks at all of them"


def test_a_group_does_not_review_what_another_has_given_for_the_same_month(
    people: People, groups: list[PartyGroup]
) -> None:
    first, second = gathering(groups[0]), gathering(groups[1], days=1)
    Meeting.objects.filter(pk=second.pk).update(period=first.period)
    second.refresh_from_db()
    make.task(first, people.binh)
    assert old_tasks(second) == []


def test_what_another_group_concluded_is_not_the_last_time_of_this_one(
    people: People, groups: list[PartyGroup]
) -> None:
    cell = make.signed(people.cell, months_ago=2)
    whole = make.resolution(cell)
    other = make.signed(people.cell, group=groups[0], group_name="Tổ đảng số 1", gatherings=2)
    make.task(other, people.hung)
    make.resolution(other, "conclusion")
    assert last_resolution(gathering(groups[1])) == whole
    assert not past_work(gathering(groups[1]))
    assert past_work(gathering(groups[0]))


def test_a_gathering_ends_in_a_conclusion_and_the_screen_says_so(client: Client, pen: Pen, people: People) -> None:
    path = f"/cuoc-hop/{pen.meeting.pk}/phong/ket-luan/"
    page = sign_in(client, people.lan).get(path).content.decode()
    assert NO_RESOLUTION in page and 'value="resolution"' not in page
    assert client.post(path, {"kind": "resolution", "direction": "Giữ sạch đường"}).status_code == 422
    assert client.post(path, {"kind": "conclusion", "conclusion": "Giữ sạch đường"}).status_code == 302
    assert decisions(log.room_of(pen.meeting)).kind == "conclusion"


def test_a_group_does_not_vote_on_a_resolution(client: Client, pen: Pen, people: People) -> None:
    path = f"/cuoc-hop/{pen.meeting.pk}/phong/bieu-quyet/"
    page = sign_in(client, people.lan).get(path, {"noi-dung": "resolution"}).content.decode()
    assert "Kết luận tổ đảng số 2, tháng" in page and "Nghị quyết tổ đảng" not in page


def test_a_resolution_that_a_device_brought_bars_the_closing(pen: Pen) -> None:
    deciding.conclude(pen=pen, kind="resolution", parts={"direction": "Giữ sạch đường"})
    assert any(bar.reason.startswith(NO_RESOLUTION) for bar in closing_bars(pen.meeting))


def test_a_device_is_told_which_group_gathers_and_who_is_called(client: Client, pen: Pen, people: People) -> None:
    pack = json.loads(sign_in(client, people.lan).get(f"/cuoc-hop/{pen.meeting.pk}/phong/goi/").content)
    assert pack["meeting"]["group"] == "tổ đảng số 2"
    assert {one["name"] for one in pack["people"]} == {people.binh.full_name, people.mai.full_name}


def test_the_base_of_a_vote_is_the_groups_people(client: Client, pen: Pen, people: People) -> None:
    everyone = {line.person for line in log.room_of(pen.meeting).roll.values()}
    assert everyone == {people.binh.pk, people.mai.pk}
