"""A site that runs on several machines: ballots on devices are refused before anyone has voted, and none is lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection

from chibo.access.scope import system_scope
from chibo.lib.dates import today
from chibo.meetings.models import Entry, Meeting, Node
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.deciding import ballots_of
from chibo.meetings.urn import nodes
from chibo.meetings.urn.allowing import allow
from tests import make
from tests.conftest import TestDatabase
from tests.meetings.device.dying.server import TOKEN, Served, Visitor
from tests.meetings.urn.voting import Voting
from tests.people import gather

ELSEWHERE = "Hòm phiếu ở máy chủ khác"
PASSWORD = "dong-lua-chin-vang-7"
REFUSED = "Chibo đang chạy trên nhiều máy chủ, hòm phiếu chỉ nằm ở một máy. Chọn phiếu giấy."


@pytest.fixture
def another(settings: Any, tmp_path: Path) -> Any:
    """As another machine: with an urn folder of its own."""

    @contextmanager
    def run() -> Iterator[None]:
        own, settings.URN_DIR = settings.URN_DIR, tmp_path
        yield
        settings.URN_DIR = own

    return run


def put(vote: Voting) -> Any:
    tellers = [vote.people.mai.pk]
    values = {"title": "Giới thiệu nhân sự", "names": "", "fraction": "half", "tellers": tellers, "election": "no"}
    return vote.lan.post(vote.room, values | {"medium": "device"})


def test_ballots_on_devices_are_refused_while_another_machine_serves(vote: Voting, another: Any) -> None:
    with another():
        nodes.note()
    assert "Chibo đang chạy trên nhiều máy chủ" in vote.lan.get(vote.room).content.decode()
    answer = put(vote)
    assert answer.status_code == 422 and REFUSED in answer.content.decode()
    assert not Entry.objects.filter(meeting=vote.meeting, kind="ballot").exists()
    silent = "UPDATE meetings_node SET heard_at = heard_at - interval '6 minutes'"
    with connection.cursor() as cursor:
        cursor.execute(silent)
    assert put(vote).status_code == 302 and vote.urn(list(ballots_of(log.room_of(vote.meeting)))[-1]).exists()


def test_the_urn_of_another_machine_is_neither_said_to_be_lost_nor_begun_anew(vote: Voting, another: Any) -> None:
    ballot = vote.put()
    vote.cast(ballot, vote.voters[0], "1")
    nodes.note()
    page, phone = f"{vote.room}{ballot}/", vote.phone(vote.people.binh)
    with another():
        nodes.note()
        for act in ("again", "close", "papers"):
            vote.lan.post(page, {"act": act, "tellers_agree": "on"})
        said = vote.lan.get(page).content.decode()
        assert ELSEWHERE in said and "Mở hòm phiếu mới" not in said
        vote.cast(ballot, vote.people.binh, "1")
        assert "Chưa bỏ phiếu được ở đây" in phone.get(vote.own(ballot)).content.decode()
        assert ELSEWHERE in phone.get(f"/cuoc-hop/{vote.meeting.pk}/dang-hop/").content.decode()
        assert not vote.urn(ballot).exists()
    assert "<b>1/" in vote.lan.get(page).content.decode()
    vote.all_cast(ballot, vote.voters[1:], "11123")
    assert vote.close(ballot).status_code == 302 and vote.sums.returned == len(vote.voters)


def test_a_machine_that_started_anew_is_still_the_same(vote: Voting) -> None:
    ballot = vote.put()
    nodes.note()
    vote.urn(ballot).unlink()  # as its memory is empty
    assert "Hòm phiếu đã mất" in vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    vote.lan.post(f"{vote.room}{ballot}/", {"act": "again"})
    assert vote.urn(ballot).exists()


@dataclass
class Machine(Served):
    """A server with a folder of urns of its own."""

    urns: Path = Path()

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "CHIBO_URN_DIR": str(self.urns),
            "CHIBO_SERVER_KEEPER": "Văn phòng Tỉnh ủy",
        }


@pytest.fixture
def machines(test_database: TestDatabase, tmp_path: Path) -> Iterator[list[Machine]]:
    """Two machines that serve one site."""
    found = [Machine(test_database, tmp_path, urns=tmp_path / f"urns{number}") for number in range(2)]
    yield found
    for one in found:
        one.kill()


def started(machine: Machine) -> Visitor:
    """Somebody at a machine that is started and has said that it serves."""
    before = Node.objects.count()
    machine.start()
    for _ in range(400):
        if Node.objects.count() > before:
            return Visitor(machine.base)
        time.sleep(0.05)
    raise AssertionError("the machine did not say that it serves")


def going_on() -> tuple[Meeting, str]:
    """A meeting that goes on, with six there, in a commune that allows ballots on devices; whoever counts."""
    people = gather()
    allow(by=people.standing("dung"), organisation=people.commune, allowed=True, source="Kết luận 12-KL/ĐU")
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    item = make.item(meeting)
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    here = [people.lan, people.hung, people.quyen, people.tam, people.binh, people.tu, people.mai]
    commands.call(pen=pen, members=[one.pk for one in here], state="present")
    commands.go_to(pen=pen, item=item)
    for who in (people.lan, people.binh):
        who.user.set_password(PASSWORD)
        who.user.save()
    return meeting, str(people.mai.pk)


def sent(visitor: Visitor, path: str, values: dict[str, str]) -> str:
    """The page that follows a form."""
    page = visitor.opener.open(f"{visitor.base}{path}").read().decode()
    token = TOKEN.search(page)
    assert token is not None
    body = urlencode({**values, "csrfmiddlewaretoken": token[1]}).encode()
    try:
        return str(visitor.opener.open(f"{visitor.base}{path}", body).read().decode())
    except HTTPError as error:
        return str(error.read().decode())


@pytest.mark.process
@pytest.mark.django_db(transaction=True)
def test_two_real_servers_refuse_and_lose_no_ballot(machines: list[Machine]) -> None:
    with system_scope():
        meeting, teller = going_on()
    first, second = machines
    lan = started(first).sign_in("lan", PASSWORD)
    far = started(second).sign_in("binh", PASSWORD)
    room = f"/cuoc-hop/{meeting.pk}/phong/bo-phieu-kin/"
    asked = {"title": "Giới thiệu nhân sự", "fraction": "half", "tellers": teller, "election": "no", "medium": "device"}
    assert REFUSED in sent(lan, room, asked)
    second.kill()
    Node.objects.all().delete()  # as if both had been silent: the first is heard again when it is started anew
    sent(lan, room, asked)
    with system_scope():
        (ballot,) = ballots_of(log.room_of(meeting))
    assert (first.urns / str(meeting.pk) / str(ballot)).exists()
    first.kill()
    own = f"/cuoc-hop/{meeting.pk}/dang-hop/bo-phieu/{ballot}/"
    near, _ = started(first).sign_in("binh", PASSWORD), started(second)
    assert "Phiếu đã bỏ" in sent(near, own, {"kin_0": "1"})
    assert "Chưa bỏ phiếu được ở đây" in far.opener.open(f"{second.base}{own}").read().decode()
    assert "Phiếu đã bỏ" in near.opener.open(f"{first.base}{own}").read().decode()
