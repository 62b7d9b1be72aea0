"""Every path × every person. A path without a line fails; whoever has no right is told that there is no such page."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chibo.access.scope import enter
from chibo.access.standing import Standing
from chibo.directory.models import CellExport, ImportRun, TwoPersonAct
from chibo.directory.spreadsheets import staging
from chibo.directory.spreadsheets.tables import Line as Row
from chibo.documents.checking import new_token
from chibo.documents.models import IssuedDocument
from chibo.help.views import GUIDE
from chibo.lib.dates import now, today
from chibo.meetings.models import (
    Annotation,
    Announcement,
    Attendance,
    Invitee,
    Minutes,
    MinutesSection,
    Opinion,
    Paper,
    Posting,
    RoomDevice,
    SetAside,
    State,
)
from chibo.meetings.room import commands as room
from chibo.meetings.room import counting, dissent
from chibo.meetings.room.commands import Pen
from chibo.orgs.models import TreeAct, TreeActBody, TreeRecord
from chibo.privacy.models import BreachEntry, DataRequest
from chibo.resolutions.models import DraftedTask, Progress
from chibo.resolutions.room import commands as resolving
from chibo.resolutions.room.commands import Draft
from tests import make
from tests.access.routes import ANYONE, ROUTES, Line
from tests.access.world import issued
from tests.people import People, sign_in

A_PAGE = "trang-cua-phep-thu"


def all_routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every path of the site as it is written in the urls."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from all_routes(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def test_every_path_has_its_line_and_no_line_is_stale() -> None:
    assert sorted(set(all_routes(get_resolver()))) == sorted(ROUTES)


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guide with one page of a name of its own: which pages there really are is not this test's concern."""
    copy(GUIDE / "README.md", tmp_path)
    (tmp_path / f"{A_PAGE}.md").write_text("# Một trang\n\nNội dung.\n")
    monkeypatch.setattr("chibo.help.views.GUIDE", tmp_path)


def waiting_act(people: People) -> TreeAct:
    """An act on the tree that waits for its day."""
    fields = {"organisation": people.cell, "place": people.commune, "effective": today() + timedelta(days=10)}
    act = TreeAct.objects.create(kind=TreeAct.Kind.RENAME, **fields)
    TreeRecord.objects.create(act=act, plan={"name": "Chi bộ thôn Phú Hòa Đông"})
    TreeActBody.objects.create(act=act, organisation=people.cell, role=TreeActBody.Role.SUBJECT)
    return act


def things(people: People) -> dict[str, Any]:
    """What the paths are about, by the names that the lines use."""
    meeting, cell = people.meeting, people.cell
    item = make.item(meeting)
    announced = make.meeting(cell, state=State.ANNOUNCED, starts_at=make.at(today() + timedelta(days=5)))
    Announcement.objects.create(**announced.keys, number=1, text="Họp", effective_at=now(), sent_at=now())
    for who in (people.binh, people.mai):
        Invitee.objects.create(**announced.keys, person=who)
    Invitee.objects.create(**announced.keys, person=people.khanh, is_follower=True)
    present = tuple(people.all()[name] for name in ("lan", "hung", "quyen", "tam", "binh", "mai", "son", "left"))
    held = make.meeting(cell, starts_at=make.at(today()))
    held_item = make.item(held)
    pen = Pen(held, people.standing("lan"), uuid4())
    room.open_room(pen=pen, chair=people.lan.pk)
    room.elect_clerk(pen=pen, member=people.tam.pk)
    room.call(pen=pen, members=[people.binh.pk], state="present")
    enter(Standing.for_system())
    remark = room.record_remark(pen=pen, item=held_item, text="Nói", member=people.binh.pk)
    draft = Draft(what="Lắp gương", lead=people.binh.pk, due=today() + timedelta(days=20), how_checked="")
    held_task = resolving.give(pen=pen, draft=draft)
    announced_item = make.item(announced)
    Opinion.objects.create(**announced.keys, item=announced_item, author=people.binh, text="Ý kiến", handed_in_at=now())
    signed = make.signed(cell, present=present)
    make.duty(signed, people.lan, "chair")
    make.duty(signed, people.tam, "clerk")
    minutes = Minutes.objects.create(**signed.keys, number=1, root=b"r", frozen_at=now(), read_at=now())
    MinutesSection.objects.create(
        **signed.keys,
        minutes=minutes,
        position=1,
        key="opening",
        title="Mở đầu",
        data_class="discussion",
        content=[],
        salt=b"",
        digest=b"",
    )
    task = make.task(signed, people.binh)
    paper = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "content": b"x"}
    return {
        "meeting": meeting,
        "item": item,
        "thematic": make.part(meeting, "thematic", theme="Chuyên đề"),
        "paper": Paper.objects.create(**meeting.keys, item=item, **paper),
        "drafted task": DraftedTask.objects.create(**meeting.keys, position=1, what="Lắp gương"),
        "posting": Posting.objects.create(**meeting.keys, what="before", posted_at=now()),
        "announced": announced,
        "announced item": announced_item,
        "announced paper": Paper.objects.create(**announced.keys, item=announced_item, **paper),
        "held": held,
        "held item": held_item,
        "self-criticism": make.item(held, "Tự phê bình và phê bình", kind="self_criticism"),
        "held opinion": Opinion.objects.create(
            **held.keys, item=held_item, author=people.binh, text="Ý", handed_in_at=now()
        ),
        "held task": held_task,
        "ballot": counting.put_to_ballot(
            pen=pen, title="Giới thiệu", names=[], fraction="half", tellers=[people.tam.pk], item=None
        ),
        "ballot on devices": counting.put_to_ballot(
            pen=pen, title="Khen", names=[], fraction="half", tellers=[people.tam.pk], item=None, medium="device"
        ),
        "differing": dissent.raise_differing(pen=pen, item=held_item, text="Khác", member=people.binh.pk),
        "remark": remark,
        "set aside": SetAside.objects.create(
            **signed.keys,
            entry=uuid4(),
            device=uuid4(),
            counter=1,
            kind="remark",
            author=people.tam,
            payload='{"text":"Nói"}',
            salt=b"s",
            digest=b"d",
            why="signed",
        ),
        "room device": RoomDevice.objects.create(
            **held.keys, account=people.lan.user.pk, person=people.lan, label="Chrome trên máy tính Linux"
        ),
        "entry": remark,
        "signed": signed,
        "annotation": Annotation.objects.create(
            **signed.keys, minutes=minutes, number=1, text="Đính chính", written_by=people.lan.pk
        ),
        "document": (paper_of_record := issued(signed, "discussion")),
        "token of a paper": with_token(paper_of_record),
        "task": task,
        "resolution": make.resolution(signed, signed_at=now()),
        "progress": Progress.objects.create(**task_keys(task), state="under_way", by=people.binh),
        "attendance": Attendance.objects.filter(meeting=signed).first(),
        "door": make.door(signed, people.inspector, people.dung),
        "commune": people.commune,
        "office above": people.hoa.offices.get(),
        "cell": cell,
        "term of the cell": cell.terms.get(),
        "office of the commune": people.dung.offices.get(),
        "waiting act": waiting_act(people),
        "binh": people.binh,
        "tu": people.tu,
        "exemption": people.tu.exemptions.get(),
        "breach": BreachEntry.objects.create(
            breach=uuid4(), number=1, version=1, organisation=people.province, detected_at=now(), what="Mất máy"
        ).breach,
        "data request": DataRequest.objects.create(
            person=people.binh, answerer=cell, kind="access", subject="other", acknowledge_by=today(), answer_by=today()
        ),
        "term": people.hung.offices.get(),
        "group": (group := make.group(cell)),
        "group member": make.group_member(group, people.binh),
        "transfer": make.transfer(people.binh, cell, people.sibling),
        "tenant": (tenant := make.known_tenant(people.commune)),
        "transfer abroad": make.transfer(people.mai, cell, None, to_place="Chi bộ 5", tenant=tenant.fingerprint),
        "transfer from abroad": make.transfer(
            people.tam, None, cell, from_place="Chi bộ 6", tenant=tenant.fingerprint, outcome="confirmed"
        ),
        "guide": A_PAGE,
        "import": import_of(people),
        "export": CellExport.objects.create(cell=cell, asked_by=people.lan),
        "allowed export": CellExport.objects.create(
            cell=cell, asked_by=people.lan, answered_by=people.hung, answered_at=now(), allowed=True, until=today()
        ),
        "act of two": TwoPersonAct.objects.create(**sheet_for(people)),
        "agreed act of two": TwoPersonAct.objects.create(
            **sheet_for(people), answered_by=people.hoa.pk, answered_at=now(), allowed=True
        ),
        "account": people.binh.user,
        "failed job": make.failed_job("ops.clear_jobs"),
    }


def sheet_for(people: People) -> dict[str, Any]:
    """Dũng asks for a new sheet for Lan."""
    return {"kind": "way_in", "place": people.cell, "person": people.lan, "asked_by": people.dung.pk}


def with_token(paper: IssuedDocument) -> str:
    """The token of a paper, as its QR has it."""
    IssuedDocument.objects.filter(pk=paper.pk).update(token=(token := new_token()), pages=[])
    return token


def import_of(people: People) -> ImportRun:
    """A list that Lan chose, with a row to mend."""
    run = ImportRun.objects.create(
        person=people.lan,
        organisation=people.cell,
        since=today(),
        state=ImportRun.State.LOOKED,
        tables=[{"kind": "people", "sheet": "", "columns": []}],
        report={"read": {}},
    )
    staging.put(run, "wrong", [staging.Staged(0, Row(2, {}), "Ghi họ tên.")])
    return run


def task_keys(task: Any) -> dict[str, Any]:
    return {"meeting_id": task.meeting_id, "cell_id": task.cell_id, "body": task.body, "task": task}


def address(route: str, line: Line, known: dict[str, Any]) -> str:
    """The path with its things put in."""
    path = "/" + route
    for name, what in line.world.items():
        value = str(getattr(known[what], "pk", known[what])) if what in known else what
        for kind in ("uuid", "uuidstr", "slug", "str", "int"):
            path = path.replace(f"<{kind}:{name}>", value)
    assert "<" not in path, f"{route}: the line names nothing for it"
    return path


def lets_in(client: Client, line: Line, path: str) -> bool:
    """Whether the answer is the page's own, rather than "no such page" or "sign in first"."""
    with transaction.atomic():
        answer = getattr(client, line.method)(path, line.typed)
        transaction.set_rollback(True)
    assert answer.status_code < 500, path
    assert answer.status_code != 405, f"{path}: the line names another method than the page knows"
    sent_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/dang-nhap/")
    if path in ("/dang-nhap/", "/dang-xuat/"):
        return True
    return answer.status_code not in (401, 403, 404) and not sent_to_sign_in


STARTS = ("", "so-chi-bo", "cuoc-hop/<uuid:meeting_id>", "cuoc-hop/<uuid:id>", "cong-viec")


def of_start(start: str) -> dict[str, Line]:
    """The lines of the paths that begin so; "" stands for all that begin otherwise."""
    named = STARTS[1:]
    return {
        route: line
        for route, line in ROUTES.items()
        if (route.startswith(start) if start else not route.startswith(named))
    }


@pytest.mark.parametrize("start", STARTS)
def test_every_path_lets_in_whom_its_line_names_and_nobody_else(people: People, guide: None, start: str) -> None:
    known, mine = things(people), of_start(start)
    found: dict[str, set[str]] = {route: set() for route in mine}
    clients = {name: sign_in(Client(), who) for name, who in people.all().items()}
    clients |= {"operator": sign_in(Client(), people.operator), "anonymous": Client()}
    assert set(clients) == ANYONE
    for route, line in mine.items():
        path = address(route, line, known)
        for name, client in clients.items():
            if route == "dang-xuat/":
                client = sign_in(Client(), people.all().get(name))
            if lets_in(client, line, path):
                found[route].add(name)
    wrong = {
        route: {"let in": found[route] - line.who, "kept out": line.who - found[route]}
        for route, line in mine.items()
        if found[route] != line.who
    }
    assert not wrong, "\n".join(f"{route}: {what}" for route, what in wrong.items())


@pytest.mark.parametrize("start", STARTS)
def test_whoever_is_not_let_in_sends_nothing_there_either(people: People, guide: None, start: str) -> None:
    """GET and POST both: a page that is not yours does not take your form."""
    known = things(people)
    clients = {name: sign_in(Client(), who) for name, who in people.all().items()}
    clients |= {"operator": sign_in(Client(), people.operator), "anonymous": Client()}
    taken = set()
    for route, line in of_start(start).items():
        path = address(route, line, known)
        for name in set(clients) - line.who:
            with transaction.atomic():
                answer = clients[name].post(path, line.typed)
                transaction.set_rollback(True)
            sent_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/dang-nhap/")
            if answer.status_code not in (401, 403, 404, 405) and not sent_to_sign_in:
                taken.add((route, name, answer.status_code))
    assert not taken


def test_the_commune_learns_when_and_where_a_cell_meets_and_no_more(people: People) -> None:
    make.item(people.meeting, "Chuyện riêng của chi bộ", text="Nội dung riêng")
    page = sign_in(Client(), people.dung).get(f"/cuoc-hop/{people.meeting.pk}/").content.decode()
    assert people.meeting.place in page
    assert "riêng" not in page
