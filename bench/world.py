"""What the cases need: cells with thirty members, a programme of thirty rows, meetings that are going on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from bench.harness import site

MEMBERS = 30


@dataclass(frozen=True)
class Cell:
    """One cell with the sign-in of its secretary, its coming meeting and one that is going on.

    cookies: sessions of the secretary. own: a session of each member's own, where they were asked for.
    """

    coming: UUID
    open: UUID
    members: list[UUID]
    secretary: UUID
    cookies: list[str]
    own: list[str]
    item: UUID


@contextmanager
def world(cells: int, *, own: bool = False) -> Iterator[list[Cell]]:
    """A commune of new cells in the database of the benchmarks; with `own` each member has an account and a session."""
    with site():
        from chibo.access.scope import system_scope
        from tests import make

        with system_scope():
            commune = make.commune(make.province())
            made = [cell(commune, number, own=own) for number in range(cells)]
        analyse()
        yield made


def cell(commune: object, number: int, *, own: bool = False) -> Cell:
    """A cell of thirty, its secretary signed in."""
    from chibo.access.models import Office
    from chibo.access.scope import enter
    from chibo.access.standing import Standing, standing_of
    from chibo.meetings.room.commands import Pen, open_room
    from tests import make

    one = make.cell(commune, f"Chi bộ thôn {number + 1}")  # type: ignore[arg-type]
    people = [make.member(f"Nguyễn Văn {chr(65 + place % 26)}{place}", one) for place in range(MEMBERS)]
    make.office(people[0], one, Office.SECRETARY)
    account = make.account(people[0], f"bench-{one.pk}")
    held = make.signed(one, present=tuple(people))
    for place in range(8):
        make.task(held, people[place], f"Vận động {place + 2} hộ ở xóm {place + 1} cắt cây che tầm nhìn")
    coming = make.meeting(one, state="announced")
    programme(coming)
    running = make.meeting(one, starts_at=make.at(make.today(), "07:00"), period=make.today().replace(day=1))
    item = make.item(running, "Mở đầu", kind="opening")
    by = standing_of(people[0].pk)
    enter(Standing.for_system())
    open_room(pen=Pen(running, by), chair=people[0].pk)
    sessions = [signed_in(account) for _ in people]
    theirs = [signed_in(make.account(one, f"bench-{one.pk}")) for one in people[1:]] if own else []
    members = [person.pk for person in people]
    return Cell(coming.pk, running.pk, members, people[0].pk, sessions, [sessions[0], *theirs], item.pk)


def signed_in(account: object) -> str:
    """A session of its own for each request in turn: notices of what was done wait in it until a page shows them."""
    from django.conf import settings
    from django.test import Client

    from chibo.accounts.device import SEEN, SESSION_KEY
    from chibo.accounts.second_factor import PASSED
    from chibo.lib.dates import now

    client = Client()
    client.force_login(account)  # type: ignore[arg-type]
    session = client.session
    # A device is noted once an hour, not with the first request; the second factor is proved once a session.
    session[SEEN], session[PASSED] = now().timestamp(), True
    session[SESSION_KEY] = str(uuid4())  # as signing in writes it
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def programme(meeting: object) -> None:
    """Twelve items and ten questions: with the eight tasks of last month, thirty rows."""
    from tests import make

    kinds = ("opening", "information", "review", *["discussion"] * 5, "new_tasks", "self_criticism", "conclusion")
    for kind in (*kinds, "closing"):
        item = make.item(meeting, f"Nội dung {kind}: an toàn giao thông ở ngã ba Bàu Sen", kind=kind)  # type: ignore[arg-type]
        if kind == "discussion":
            make.question(item)
            make.question(item, "Việc nào làm trước, ai làm, bao giờ xong?", 2)


def analyse() -> None:
    """Let the planner know what stands in the tables, as it would after a night."""
    from django.db import connection

    from chibo.ops.tenants import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
