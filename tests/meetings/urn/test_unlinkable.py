"""What is left of a secret vote says nothing of who chose what: the same vote twice, the choices dealt otherwise."""

import logging
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client

from chibo.access.scope import system_scope
from chibo.lib.dates import ZONE
from chibo.meetings.hall import reading
from chibo.meetings.models import AgendaItem, Entry, Meeting
from chibo.meetings.room import commands, known, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.deciding import ballots_of, secrets_of
from chibo.meetings.urn import places
from chibo.meetings.urn.allowing import allow
from chibo.members.models import Person
from chibo.ops.binaries import candidate_binaries
from tests import make
from tests.conftest import TestDatabase
from tests.people import People, gather, sign_in

EVENING = datetime(2026, 12, 3, 20, 15, tzinfo=ZONE)
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
# Two deals of the same boxes: what changes hands is all that is different.
FIRST, SECOND = "111223", "322111"


@dataclass
class Evening:
    """A ballot that is open on six phones."""

    meeting: Meeting
    ballot: UUID
    phones: list[Client]
    lan: Client


@dataclass
class Left:
    """What one who has everything afterwards, and a proxy on the way, has seen of a vote."""

    dumps: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[Any, ...]] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture
def evening(transactional_db: None, settings: Any, urns: Path) -> Iterator[Evening]:
    """Committed, so that a dump holds it; the clock stands still, so that times differ in nothing."""
    settings.URN_DIR, settings.SERVER_KEEPER = urns, "Văn phòng Tỉnh ủy"
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(EVENING, tick=False):
        with system_scope():
            people = gather()
            found = begun(people)
        yield found


def begun(people: People) -> Evening:
    allow(by=people.standing("dung"), organisation=people.commune, allowed=True, source="Kết luận 12-KL/ĐU")
    meeting = make.meeting(people.cell, starts_at=EVENING)
    make.item(meeting)
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    voters: list[Person] = [people.lan, people.hung, people.quyen, people.tam, people.binh, people.tu]
    commands.call(pen=pen, members=[one.pk for one in voters], state="present")
    commands.go_to(pen=pen, item=AgendaItem.objects.get(meeting=meeting))
    lan = sign_in(Client(), people.lan)
    values = {"title": "Giới thiệu nhân sự", "fraction": "half", "tellers": [people.tam.pk]}
    answer = lan.post(f"/cuoc-hop/{meeting.pk}/phong/bo-phieu-kin/", {**values, "election": "no", "medium": "device"})
    assert answer.status_code == 302
    (ballot,) = ballots_of(log.room_of(meeting))
    return Evening(meeting, ballot, [sign_in(Client(), one) for one in voters], lan)


def dump(database: TestDatabase) -> str:
    """Every row of every table, as pg_dump writes it."""
    program = candidate_binaries()[0] / "pg_dump"
    address = f"{database.address} dbname={database.name}"
    told = subprocess.run([program, "--data-only", "--dbname", address], capture_output=True, text=True, check=True)
    # Newer programs guard a dump by a random key.
    return re.sub(r"^\\(un)?restrict .*$", "", told.stdout, flags=re.MULTILINE)


@contextmanager
def watched(left: Left) -> Iterator[None]:
    """Everything that is logged at any level, and every statement that reaches the database."""

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            left.logged.append(f"{record.name} {record.getMessage()}")

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        left.statements.append(sql)
        return execute(sql, params, many, context)

    handler = Keep(level=logging.DEBUG)
    loggers = [logging.getLogger(), logging.getLogger("chibo")]  # which hands nothing on to the root
    before = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.DEBUG)
    try:
        with connection.execute_wrapper(keep):
            yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.removeHandler(handler)
            one.setLevel(level)


def hold(evening: Evening, boxes: str, database: TestDatabase, urns: Path) -> Left:
    """Everybody opens their ballot, casts it and looks at the page again; then it is closed.

    By a process that knows no log of the meeting yet: what it knows is the same for any deal, and asks for less.
    """
    known._known.drop(evening.meeting.pk)
    reading._seen.drop(evening.meeting.pk)
    left = Left()
    own = f"/cuoc-hop/{evening.meeting.pk}/dang-hop/bo-phieu/{evening.ballot}/"
    left.dumps["before"] = dump(database)
    with watched(left):
        for phone, box in zip(evening.phones, boxes, strict=True):
            for answer, length in (
                (phone.get(own), 0),
                (phone.post(own, {"kin_0": box}), len(f"kin_0={box}")),
                (phone.post(own, {"kin_0": box}), len(f"kin_0={box}")),
                (phone.get(own), 0),
                (phone.get(f"/cuoc-hop/{evening.meeting.pk}/dang-hop/"), 0),
            ):
                seen = TOKEN.sub(rb"\1", answer.content)
                left.requests.append((answer.status_code, length, dict(answer.headers), seen))
    left.dumps["cast"] = dump(database)
    left.files["urn"] = places.path_of(evening.meeting, evening.ballot).read_bytes()
    answer = evening.lan.post(
        f"/cuoc-hop/{evening.meeting.pk}/phong/bo-phieu-kin/{evening.ballot}/", {"act": "close", "tellers_agree": "on"}
    )
    assert answer.status_code == 302
    left.dumps["closed"] = without_randomness(dump(database))
    left.files |= {str(one): one.read_bytes() for one in urns.rglob("*") if one.is_file()}
    return left


def without_randomness(text: str) -> str:
    """The one new entry has an id, a salt and what is reckoned with them: random, and made after the last ballot."""
    with system_scope():
        entry = Entry.objects.get(kind="secret")
        random = [str(entry.pk), *(bytes(one).hex() for one in (entry.salt or b"", entry.digest, entry.hash))]
    for one in random:
        assert one in text
        text = text.replace(one, "…")
    return text


def test_the_same_vote_with_the_choices_dealt_otherwise_leaves_the_same(
    evening: Evening, test_database: TestDatabase, urns: Path
) -> None:
    urn = places.path_of(evening.meeting, evening.ballot)
    empty, copy = urn.read_bytes(), f"{test_database.name}_copy"
    connection.close()
    with test_database.administrator() as administrator:
        test_database.execute(administrator, "CREATE DATABASE {} TEMPLATE {}", copy, test_database.name)
    try:
        first = hold(evening, FIRST, test_database, urns)
        with system_scope():
            (sums,) = secrets_of(log.room_of(evening.meeting)).values()
        connection.close()
        with test_database.administrator() as administrator:
            test_database.execute(administrator, "DROP DATABASE {} WITH (FORCE)", test_database.name)
            test_database.execute(administrator, "CREATE DATABASE {} TEMPLATE {}", test_database.name, copy)
        urn.write_bytes(empty)
        urn.chmod(0o600)
        second = hold(evening, SECOND, test_database, urns)
    finally:
        connection.close()
        with test_database.administrator() as administrator:
            test_database.execute(administrator, "DROP DATABASE IF EXISTS {} WITH (FORCE)", copy)

    assert [(one.in_favour, one.against, one.blank) for one in sums.choices] == [(3, 2, 1)]
    for one in (first, second):
        assert one.dumps["cast"] == one.dumps["before"]  # casting writes nothing
        assert all(sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")) for sql in one.statements)
        assert list(one.files) == ["urn"]  # once it is closed there is none
    assert first.dumps["closed"] == second.dumps["closed"]
    assert first.requests == second.requests
    assert first.logged == second.logged
    assert first.files == second.files
    assert first.statements == second.statements


def test_nothing_of_a_ballot_is_logged_when_the_page_breaks(
    evening: Evening, monkeypatch: pytest.MonkeyPatch, urns: Path
) -> None:
    """An urn that cannot be written: the answer and the log tell that it failed, the same for whatever was chosen."""
    phone = evening.phones[0]
    phone.raise_request_exception = False
    own = f"/cuoc-hop/{evening.meeting.pk}/dang-hop/bo-phieu/{evening.ballot}/"
    urn, seen = places.path_of(evening.meeting, evening.ballot), []
    whole = urn.read_bytes()
    for box in "13":
        left = Left()
        urn.write_bytes(whole[:3] + b"\7" + whole[4:])  # damaged: seven lines it says, and there is room for one
        with watched(left):
            answer = phone.post(own, {"kin_0": box})
        seen.append((answer.status_code, answer.content, left.logged))
        assert answer.status_code != 302 or urn.read_bytes()[3] == 7
    assert seen[0] == seen[1]
