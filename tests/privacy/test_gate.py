"""Classified matter passes no form, no upload and no entry; nothing of it is kept, all else that was typed is."""

import importlib
import inspect
import pkgutil
from datetime import UTC, date, datetime
from types import ModuleType

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client

import chibo
from chibo.documents.blocks import Document, Paragraph
from chibo.documents.docx import render_docx
from chibo.documents.pdf import render_pdf
from chibo.lib.dates import now
from chibo.look import gate
from chibo.look.forms import Form, LookForm
from chibo.meetings.models import AgendaItem, Entry, Paper
from chibo.meetings.prepare.papers import ClassifiedPaper, clean_paper
from chibo.meetings.room import log
from tests import make
from tests.people import People, sign_in

SECRET = "TUYỆT MẬT\nKế hoạch phòng thủ khu vực"


def modules() -> list[ModuleType]:
    names = [one.name for one in pkgutil.walk_packages(chibo.__path__, "chibo.") if "migrations" not in one.name]
    return [importlib.import_module(name) for name in names if name != "chibo.wsgi"]


def forms_of_the_product() -> set[type[forms.BaseForm]]:
    found = set()
    for module in modules():
        for _, one in inspect.getmembers(module, inspect.isclass):
            if issubclass(one, forms.BaseForm) and one.__module__.startswith("chibo."):
                found.add(one)
    return found


def test_every_form_stands_behind_the_gate() -> None:
    found = forms_of_the_product()
    assert len(found) > 30
    assert {one.__qualname__ for one in found if not issubclass(one, LookForm)} == set()
    assert not {one for one in found if {"_clean_fields", "full_clean", "errors"} & vars(one).keys()}


@pytest.mark.parametrize("one", sorted(forms_of_the_product(), key=lambda one: one.__qualname__))
def test_every_text_field_of_every_form_refuses_a_marking(one: type[forms.BaseForm]) -> None:
    """Each declared field, put in a form of its own: forms themselves need this or that to be made."""
    for name, field in getattr(one, "base_fields", {}).items():
        if not gate.is_free_text(field):
            continue
        alone = type("Alone", (Form,), {name: field})
        assert alone({name: "TUYỆT MẬT"}).errors.get(name), (one, name)


class Two(Form):
    title = forms.CharField(max_length=300)
    text = forms.CharField(widget=forms.Textarea, required=False)


def test_the_answer_says_why_and_what_to_do_and_repeats_nothing() -> None:
    (error,) = Two({"title": "Bàn việc xã", "text": SECRET}).errors["text"]
    assert "117/2025/QH15" in error
    assert "Mục họp kín – ghi sổ giấy, trang …" in error
    assert "phòng thủ" not in error


def test_what_else_was_typed_stays_and_one_tap_puts_the_placeholder() -> None:
    typed = QueryDict(mutable=True)
    typed.update({"title": "Bàn việc xã", "text": SECRET})
    assert not Two(typed).is_valid()
    assert Two(typed)["title"].value() == "Bàn việc xã"
    typed[gate.BUTTON] = "text"
    form = Two(typed)
    assert form.is_valid()
    assert form.cleaned_data == {"title": "Bàn việc xã", "text": gate.PLACEHOLDER}


def test_a_password_is_read_by_nobody() -> None:
    class SignIn(Form):
        password = forms.CharField(widget=forms.PasswordInput)

    assert SignIn({"password": "TUYỆT MẬT"}).is_valid()


# ---------- Through the pages ----------
@pytest.mark.django_db
def test_an_item_marked_so_is_refused_and_becomes_a_closed_one_in_one_tap(people: People) -> None:
    item = make.item(people.meeting, "Quốc phòng")
    client = sign_in(Client(), people.lan)
    path = f"/cuoc-hop/{people.meeting.pk}/noi-dung/{item.pk}/"
    typed = {"version": "1", "title": "Quốc phòng địa phương", "work": "party", "text": SECRET}
    answer = client.post(path, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Quốc phòng địa phương" in page
    assert 'name="kin" value="text"' in page
    assert client.post(path, typed | {"kin": "text"}).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.text, item.closed_paper) == ("Quốc phòng địa phương", "", gate.PAGE)
    assert nothing_of_it_is_kept()


@pytest.mark.django_db
def test_what_is_saved_while_typing_is_refused_too_and_the_browser_told_to_forget(people: People) -> None:
    item = make.item(people.meeting, "Quốc phòng")
    client = sign_in(Client(), people.lan)
    path = f"/cuoc-hop/{people.meeting.pk}/noi-dung/{item.pk}/"
    typed = {"version": "1", "person": str(people.lan.pk), "title": "Quốc phòng", "work": "party", "text": SECRET}
    answer = client.post(path, typed, headers={"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"})
    assert (answer.status_code, answer.json()["forget"]) == (422, True)
    assert nothing_of_it_is_kept()


@pytest.mark.django_db
def test_a_paper_marked_so_is_refused_and_a_closed_item_is_one_tap_away(people: People) -> None:
    item = make.item(people.meeting)
    client = sign_in(Client(), people.lan)
    path = f"/cuoc-hop/{people.meeting.pk}/noi-dung/{item.pk}/tai-lieu/"
    answer = client.post(path, {"file": SimpleUploadedFile("ke-hoach.docx", docx(SECRET))})
    assert answer.status_code == 422
    assert "117/2025/QH15" in answer.content.decode()
    assert not Paper.objects.exists()
    assert client.post(path, {"kin": "file"}).status_code == 302
    closed = AgendaItem.objects.get(closed_paper=gate.PAGE)
    assert (closed.title, closed.text, closed.part_id) == (gate.TITLE, "", item.part_id)


@pytest.mark.django_db
def test_a_remark_marked_so_is_refused_in_the_room(people: People) -> None:
    held = make.opened(people.cell)
    item = make.item(held)
    client = sign_in(Client(), people.lan)
    path = f"/cuoc-hop/{held.pk}/phong/muc/{item.pk}/"
    answer = client.post(path, {"speaker": f"person:{people.binh.pk}", "text": SECRET})
    assert answer.status_code == 422
    assert nothing_of_it_is_kept()


@pytest.mark.django_db
def test_an_entry_of_an_offline_device_is_kept_with_the_placeholder_in_its_place(people: People) -> None:
    """What happened in the room is never refused (design.md section 3, rule 4); the words of it are not kept."""
    held = make.opened(people.cell)
    log.append(
        held,
        by=people.standing("lan"),
        device=people.cell.pk,
        kind="abort",
        payload={"why": SECRET, "at": now()} if "at" in log.kind_of("abort").shape else {"why": SECRET},
    )
    assert gate.PLACEHOLDER in str(Entry.objects.filter(meeting=held).latest("seq").payload)
    assert nothing_of_it_is_kept()


def nothing_of_it_is_kept() -> bool:
    """Whether no text column of any table holds the words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND data_type IN ('text', 'character varying', 'jsonb')"
        )
        for table, column in cursor.fetchall():
            if table == "django_migrations":
                continue
            cursor.execute(f"SELECT 1 FROM {table} WHERE \"{column}\"::text LIKE '%%phòng thủ khu vực%%' LIMIT 1")
            if cursor.fetchone():
                return False
    return True


# ---------- Files ----------
def paper(*lines: str) -> Document:
    body = tuple(Paragraph(line) for line in lines)
    fields = {"parent_name": "Đảng ủy xã", "issuer_name": "Chi bộ", "symbol": "", "place": "Hàm Thạnh"}
    return Document(**fields, date=date(2026, 12, 3), kind_title="BÁO CÁO", subject="Tình hình", body=body)


def docx(*lines: str) -> bytes:
    return render_docx(paper(*lines), made_at=datetime(2026, 12, 3, tzinfo=UTC))


def pdf(*lines: str) -> bytes:
    return render_pdf(paper(*lines), made_at=datetime(2026, 12, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx("Độ mật: Tối mật", "Nội dung")),
        ("a.pdf", pdf("TUYỆT MẬT", "Nội dung")),
        ("a.pdf", pdf("Số 12-KH/TU (MẬT)")),
        ("a.txt", "Độ mật: Mật\nNội dung".encode()),
        ("a.txt", "TỐI MẬT".encode("utf-16")),
        ("Kế hoạch (MẬT).txt", b"abc"),
        ("bí mật nhà nước.txt", b"abc"),
    ],
)  # fmt: skip
def test_a_file_with_a_marking_is_refused_without_its_name(name: str, content: bytes) -> None:
    with pytest.raises(ClassifiedPaper) as refused:
        clean_paper(SimpleUploadedFile(name, content))
    assert name not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx("Giữ bí mật phiếu bầu; nuôi ong lấy mật; mật độ dân số.")),
        ("a.pdf", pdf("Quán triệt Luật Bảo vệ bí mật nhà nước.", "Có mặt 16, vắng mặt 2.")),
        ("Luật Bảo vệ BMNN.txt", "Điều 1. Phạm vi".encode()),
    ],
)
def test_a_file_that_only_speaks_of_it_is_taken(name: str, content: bytes) -> None:
    assert clean_paper(SimpleUploadedFile(name, content)).name == name
