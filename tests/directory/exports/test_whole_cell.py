"""The export of a whole cell: two persons, seven days, every step an event; never a closed section (never hold 3)."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from docx import Document

from chibo.accounts.models import Invitation
from chibo.audit.models import Event, ReadCount
from chibo.directory.models import CellExport
from chibo.lib.dates import now, today
from chibo.meetings.models import Body, Meeting, Minutes, MinutesSection, Paper
from chibo.members.models import Person
from tests import make
from tests.access.world import issued
from tests.people import People, sign_in

PAGE, ABOVE = "/so-chi-bo/ho-so/", "/chi-bo/ho-so/"


def ask(client: Client, people: People) -> CellExport:
    sign_in(client, people.lan).post(PAGE)
    return CellExport.objects.get(withdrawn_at=None, answered_at=None)


def act(client: Client, one: CellExport, word: str) -> int:
    return client.post(f"/ho-so-chi-bo/{one.pk}/{word}/").status_code


def take(client: Client, one: CellExport) -> zipfile.ZipFile | None:
    answer = client.get(f"/ho-so-chi-bo/{one.pk}/tai.zip")
    return zipfile.ZipFile(io.BytesIO(answer.content)) if answer.status_code == 200 else None


def kinds() -> list[str]:
    found = Event.objects.filter(kind__startswith="cell.export").order_by("seq")
    return [kind.removeprefix("cell.export_") for kind in found.values_list("kind", flat=True)]


def held(people: People, data_class: str, *, closed: str = "", body: str = Body.CELL) -> Meeting:
    """A signed meeting with its minutes issued; closed: the text of a section that only those present may read."""
    present = (people.lan, people.hung, people.quyen)
    meeting = make.signed(people.cell, present=present, body=body)
    minutes = Minutes.objects.create(**meeting.keys, number=7, frozen_at=now(), root=b"r")
    for place, (kind, text) in enumerate((("discussion", "Đã bàn việc chung"), ("self_criticism", closed)), 1):
        if text:
            MinutesSection.objects.create(
                **meeting.keys, minutes=minutes, position=place, key=kind, title="Phần", data_class=kind,
                content={"blocks": [{"type": "Paragraph", "content": text}]}, salt=b"s", digest=b"d",
            )  # fmt: skip
            minutes.outline.append({"key": kind, "title": "Phần", "data_class": kind})
    minutes.save()
    one = issued(meeting, data_class)
    one.docx, one.pdf = b"DOCX cua bien ban", b"PDF cua bien ban"
    one.save()
    return meeting


def test_it_works(client: Client, people: People) -> None:
    held(people, "discussion")
    one = ask(client, people)
    assert take(client, one) is None
    assert "Chờ một đồng chí khác trả lời" in client.get(PAGE).content.decode()
    assert "Đồng ý cho xuất" in sign_in(client, people.hung).get(PAGE).content.decode()
    assert act(client, one, "cho-phep") == 302
    assert take(client, one) is None  # it is the asker's
    packed = take(sign_in(client, people.lan), one)
    assert packed is not None
    names = packed.namelist()
    assert names[:2] == ["Mục lục.docx", "Sổ chi bộ.xlsx"]
    assert any(name.startswith("Biên bản/") and name.endswith(".docx") for name in names)
    contents = Document(io.BytesIO(packed.read("Mục lục.docx")))
    assert names[2] in {cell.text for table in contents.tables for row in table.rows for cell in row.cells}
    assert kinds() == ["asked", "allowed", "taken"]
    taken = Event.objects.get(kind="cell.export_taken")
    assert (taken.actor_id, taken.chain) == (people.lan.pk, people.cell.pk)


def test_each_download_is_an_event(client: Client, people: People) -> None:
    one = ask(client, people)
    act(sign_in(client, people.quyen), one, "cho-phep")
    sign_in(client, people.lan)
    assert take(client, one) and take(client, one)
    assert kinds().count("taken") == 2


def test_nobody_answers_oneself_neither_here_nor_in_the_database(client: Client, people: People) -> None:
    one = ask(client, people)
    assert act(client, one, "cho-phep") == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        CellExport.objects.filter(pk=one.pk).update(answered_by=people.lan)
    assert kinds() == ["asked"]


def test_the_second_person_is_no_newcomer_or_answers_from_above(client: Client, people: People) -> None:
    """Whoever enters a member, appoints them, prints their sheet and signs in as them is still one person."""
    lan = sign_in(client, people.lan)
    fields = {"full_name": "Lưu Văn Ảnh", "kind": "official", "since": today().strftime("%d/%m/%Y")}
    lan.post("/so-chi-bo/dang-vien/moi/", fields)
    double = Person.objects.get(full_name="Lưu Văn Ảnh")
    office = {"person": str(double.pk), "office": "committee_member", "since": today().strftime("%d/%m/%Y")}
    assert lan.post("/so-chi-bo/chuc-vu/", office).status_code == 302
    sheet = lan.post("/so-chi-bo/loi-moi/", {"person": [str(double.pk)]}).context["sheets"][0]["card"]
    other = Client()
    typed = {"login": double.user.login, "code": sheet.issued.code}
    assert other.post("/loi-moi/", typed).status_code == 302
    password = "bốn từ dễ nhớ thôi"
    other.post("/loi-moi/mat-khau/", {"password": password, "again": password})
    assert other.get("/so-chi-bo/ho-so/").status_code == 200
    one = ask(client, people)
    assert act(other, one, "cho-phep") == 404
    lan.post("/so-chi-bo/loi-moi/", {"person": [str(people.hung.pk)]})  # an old office, a new way in
    Invitation.objects.filter(user=people.hung.user).update(used_at=now())
    assert act(sign_in(Client(), people.hung), one, "cho-phep") == 404
    assert act(sign_in(Client(), people.quyen), one, "cho-phep") == 302


def test_the_commune_answers_and_sees_no_content(client: Client, people: People) -> None:
    one = ask(client, people)
    sign_in(client, people.dung)
    people.hung.offices.all().delete()
    people.quyen.offices.all().delete()
    assert "1 chi bộ yêu cầu xuất hồ sơ" in client.get("/chi-bo/").content.decode()
    page = client.get(ABOVE).content.decode()
    assert "Chi bộ thôn Phú Hòa" in page and "Đồng ý cho xuất" in page
    assert act(client, one, "cho-phep") == 302
    assert take(client, one) is None
    assert "Chi ủy chỉ có một người" not in client.get(ABOVE).content.decode()
    assert take(sign_in(client, people.lan), one) is not None


def test_refused_withdrawn_or_closed_it_cannot_be_taken(client: Client, people: People) -> None:
    one = ask(client, people)
    act(sign_in(client, people.hung), one, "tu-choi")
    assert take(sign_in(client, people.lan), one) is None
    one = ask(client, people)
    act(client, one, "dong")
    assert act(sign_in(client, people.hung), one, "cho-phep") == 302  # told that it is too late
    one.refresh_from_db()
    assert one.allowed is None
    one = ask(client, people)
    act(sign_in(client, people.hung), one, "cho-phep")
    act(client, one, "dong")  # whoever allowed it may close it early
    one.refresh_from_db()
    assert one.withdrawn_at is not None and take(sign_in(client, people.lan), one) is None


def test_it_is_open_for_seven_days(client: Client, people: People) -> None:
    one = ask(client, people)
    act(sign_in(client, people.hung), one, "cho-phep")
    one.refresh_from_db()
    assert one.until == today() + timedelta(days=6)
    sign_in(client, people.lan)
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        assert take(client, one) is not None
    with time_machine.travel(now() + timedelta(days=7), tick=False):
        assert take(client, one) is None


def test_one_request_waits_at_a_time(client: Client, people: People) -> None:
    ask(client, people)
    answer = client.post(PAGE)
    assert answer.status_code == 422 and "Đang có một yêu cầu chờ trả lời" in answer.content.decode()
    assert CellExport.objects.count() == 1


def test_whoever_left_the_committee_takes_nothing(client: Client, people: People) -> None:
    one = ask(client, people)
    act(sign_in(client, people.hung), one, "cho-phep")
    people.lan.offices.all().delete()
    assert take(sign_in(client, people.lan), one) is None


def test_closed_sections_and_the_committees_meetings_stay_out(client: Client, people: People) -> None:
    secret = "Đồng chí tự phê bình về điều kín"
    held(people, "self_criticism", closed=secret)
    held(people, "discussion", body=Body.COMMITTEE)
    one = ask(client, people)
    act(sign_in(client, people.hung), one, "cho-phep")
    packed = take(sign_in(client, people.lan), one)
    assert packed is not None
    papers = [name for name in packed.namelist() if name.startswith("Biên bản/")]
    assert len(papers) == 2
    text = "\n".join(
        one.text for name in papers if name.endswith("docx") for one in Document(packed.open(name)).paragraphs
    )
    assert "Đã bàn việc chung" in text and "chỉ người dự họp được đọc" in text
    assert secret not in text and not any(b"DOCX cua bien ban" in packed.read(name) for name in papers)


def test_it_checks_access(client: Client, people: People) -> None:
    one = ask(client, people)
    for who in (people.binh, people.khanh, people.thu, people.phuc, people.operator):
        sign_in(client, who)
        assert [act(client, one, word) for word in ("cho-phep", "tu-choi", "dong")] == [404, 404, 404]
        assert take(client, one) is None
    assert sign_in(client, people.binh).get(PAGE).status_code == 404
    assert sign_in(client, people.thu).get(ABOVE).status_code == 404
    assert kinds() == ["asked"]


def test_whoever_takes_many_files_one_by_one_is_told_of_to_the_cell(client: Client, people: People) -> None:
    """mission.md, never hold 3: a hundred papers by single links are an export, whoever takes them."""
    item = make.item(people.meeting)
    paper = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "content": b"x"}
    papers = [Paper.objects.create(**people.meeting.keys, item=item, **paper) for _ in range(31)]
    base = f"/cuoc-hop/{people.meeting.pk}/tai-lieu/"
    sign_in(client, people.hung)
    for one in papers[:29]:
        assert client.get(f"{base}{one.pk}/").status_code == 200
    assert not Event.objects.filter(kind="cell.many_files").exists()
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        for one in papers[:29]:  # another hour begins anew
            client.get(f"{base}{one.pk}/")
        assert not Event.objects.filter(kind="cell.many_files").exists()
        client.get(f"{base}{papers[29].pk}/")
        event = Event.objects.get(kind="cell.many_files")
        assert (event.chain, event.actor_id) == (people.cell.pk, people.hung.pk)
        page = sign_in(Client(), people.lan).get("/").content.decode()
        assert "Trần Văn Hùng tải 30 tệp của chi bộ trong một giờ" in page
    assert list(ReadCount.objects.values_list("person_id", "number")) == [(people.hung.pk, 30)], (
        "who, how many; no more"
    )
