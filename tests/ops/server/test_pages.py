"""The pages of the IT officer: what they say, what they do, and that they never hold content."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import CharField, Model, TextField
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from chibo.accounts.models import User
from chibo.audit.models import Event
from chibo.lib.dates import now
from chibo.members.models import Person
from chibo.ops import backup_store
from chibo.ops.backup_store import Record
from chibo.ops.models import JobRun
from chibo.orgs.models import Organisation
from tests import make
from tests.access.world import build
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
PAGES = ("/may-chu/", "/may-chu/tai-khoan/", "/may-chu/viec-nen/", "/may-chu/sao-luu/")


@pytest.fixture
def operator(people: People, client: Client) -> Client:
    return sign_in(client, people.operator)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of backups."""
    monkeypatch.setenv("CHIBO_BACKUPS", str(tmp_path))
    monkeypatch.setenv("CHIBO_DATA", str(tmp_path))
    return tmp_path


def kept_backup(store: Path, *, days: int = 0, verified: str = "restored") -> Path:
    """A backup of so many days ago."""
    made = now() - timedelta(days=days)
    file = store / f"chibo-{made:%Y%m%d-%H%M%S}.chibo"
    file.write_bytes(b"12345")
    record = Record(made.isoformat(), "0", 5, "", encrypted=False, erasable=0, verified=verified)
    backup_store.write_record(file, record)
    return file


@pytest.mark.parametrize("page", PAGES)
def test_it_works(operator: Client, store: Path, page: str) -> None:
    answer = operator.get(page)
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


def test_it_checks_access(people: People, client: Client) -> None:
    for who in (people.lan, people.hoa, people.thu):
        sign_in(client, who)
        assert {client.get(page).status_code for page in PAGES} == {404}
    sign_in(client, None)
    assert {client.get(page).status_code for page in PAGES} == {302}


def test_the_officer_begins_here_and_finds_every_page_in_the_navigation(operator: Client, store: Path) -> None:
    assert operator.get("/").headers["Location"] == "/may-chu/"
    page = operator.get("/may-chu/").content.decode()
    assert all(f'href="{address}"' in page for address in PAGES)


# Words that pages of the machine use themselves.
PLAIN = {"Đang họp", "discussion", "agenda", "resolution"}


def texts_of(row: Model) -> Iterator[str]:
    """The words of a row that somebody typed."""
    for field in row._meta.concrete_fields:
        if isinstance(field, CharField | TextField) and not field.choices:
            value = getattr(row, field.attname)
            if isinstance(value, str) and len(value) >= 5 and re.search(r"\s", value):
                yield value


def test_no_page_holds_a_name_a_title_or_a_text_of_what_the_tables_hold(
    people: People, operator: Client, store: Path
) -> None:
    world = build(people)
    rows: list[Any] = [*world.values(), *Person.objects.all(), *Organisation.objects.all()]
    secret = {text for row in rows for text in texts_of(row)} - PLAIN
    assert {"Đặng Văn Bình", people.cell.name} <= secret
    pages = [*PAGES, *(f"/may-chu/tai-khoan/{user.pk}/" for user in User.objects.all()), "/may-chu/tai-khoan/?tim=bi"]
    for page in pages:
        shown = operator.get(page).content.decode()
        assert [text for text in secret if text in shown] == [], page


# ---------- accounts ----------
def test_an_account_is_found_by_the_beginning_of_its_login(operator: Client) -> None:
    page = operator.get("/may-chu/tai-khoan/?tim=BI").content.decode()
    assert ">binh</a>" in page
    assert ">lan</a>" not in page
    assert (
        "Không có tài khoản nào bắt đầu bằng “khong-co”"
        in operator.get("/may-chu/tai-khoan/?tim=khong-co").content.decode()
    )


def test_many_accounts_come_a_page_at_a_time(operator: Client) -> None:
    for number in range(60):
        make.account(None, f"aa{number:02}")
    first = operator.get("/may-chu/tai-khoan/?tim=aa").content.decode()
    assert first.count(">aa") == 50
    assert "sau=aa49" in first
    assert operator.get("/may-chu/tai-khoan/?tim=aa&sau=aa49").content.decode().count(">aa") == 10


def test_a_switched_off_account_is_out_at_once_and_its_cell_reads_so(people: People, operator: Client) -> None:
    binh = sign_in(Client(), people.binh)
    assert binh.get("/").status_code == 200
    operator.post(f"/may-chu/tai-khoan/{people.binh.user.pk}/trang-thai/")
    assert binh.get("/").headers["Location"].startswith("/dang-nhap/")
    event = Event.objects.order_by("-at").filter(kind="account.switched_off").get()
    assert (event.chain, event.object_id) == (people.cell.pk, people.binh.user.pk)
    operator.post(f"/may-chu/tai-khoan/{people.binh.user.pk}/trang-thai/")
    assert User.objects.get(pk=people.binh.user.pk).is_active
    assert Event.objects.filter(kind="account.switched_on").count() == 1


def test_the_devices_of_an_account_are_ended_and_its_owner_signs_in_again(people: People, operator: Client) -> None:
    operator.post(f"/may-chu/tai-khoan/{people.binh.user.pk}/thiet-bi/")
    assert people.binh.user.devices.count() == 0
    assert Event.objects.filter(kind="account.signed_out", object_id=people.binh.user.pk).count() == 1


def test_nobody_locks_oneself_out(people: People, operator: Client) -> None:
    address = f"/may-chu/tai-khoan/{people.operator.pk}/"
    assert "Khóa tài khoản" not in operator.get(address).content.decode()
    assert operator.post(f"{address}trang-thai/").status_code == 404


# ---------- jobs ----------
def test_a_failed_job_is_shown_by_the_kind_of_its_error_and_tried_again(operator: Client) -> None:
    number = make.failed_job("ops.clear_jobs")
    JobRun.objects.create(name="ops.clear_jobs", queued_id=number, ended_at=now(), error="builtins.OSError")
    page = operator.get("/may-chu/viec-nen/").content.decode()
    assert "Một việc nền hỏng" in page
    assert "builtins.OSError" in page
    operator.post(f"/may-chu/viec-nen/{number}/thu-lai/")
    assert "Không việc nền nào hỏng" in operator.get("/may-chu/viec-nen/").content.decode()
    assert operator.post(f"/may-chu/viec-nen/{number}/thu-lai/").status_code == 404


def test_a_periodic_job_says_when_it_last_ended_well(operator: Client) -> None:
    JobRun.objects.create(name="ops.clear_jobs", started_at=now(), ended_at=now(), error="killed")
    assert "Chưa xong lần nào" in operator.get("/may-chu/viec-nen/").content.decode()
    JobRun.objects.create(name="ops.clear_jobs", started_at=now(), ended_at=now())
    assert "Xong lần gần nhất" in operator.get("/may-chu/viec-nen/").content.decode()


def test_a_job_asked_for_twice_waits_once(operator: Client) -> None:
    for _ in range(2):
        assert operator.post("/may-chu/viec-nen/ops.clear_jobs/chay/").status_code == 302
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1
    for other in ("khong.co", "directory.import"):
        assert operator.post(f"/may-chu/viec-nen/{other}/chay/").status_code == 404


# ---------- backups ----------
def test_that_nothing_was_ever_backed_up_is_said_in_plain_words(operator: Client, store: Path) -> None:
    assert "Chưa sao lưu lần nào" in operator.get("/may-chu/sao-luu/").content.decode()
    assert "Chưa sao lưu lần nào" in operator.get("/may-chu/").content.decode()


def test_an_old_a_broken_and_a_cut_off_backup_are_told_of(
    operator: Client, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIBO_TENANT", "chibo")
    file = kept_backup(store, days=3)
    assert "Bản mới nhất đã 3 ngày" in operator.get("/may-chu/").content.decode()
    file = kept_backup(store)
    assert "Bản mới nhất" not in operator.get("/may-chu/").content.decode()
    file.write_bytes(b"123")
    assert "không khôi phục được" in operator.get("/may-chu/").content.decode()
    kept_backup(store, verified="broken")
    assert "Hỏng" in operator.get("/may-chu/sao-luu/").content.decode()


def test_a_backup_under_way_says_what_it_is_doing(operator: Client, store: Path) -> None:
    JobRun.objects.create(name="ops.backup", step="Mã hóa…")
    page = operator.get("/may-chu/sao-luu/").content.decode()
    assert "Đang sao lưu" in page
    assert "Mã hóa…" in page


# ---------- figures for a watcher ----------
def test_figures_are_given_for_the_token_alone(
    client: Client, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = {"authorization": "Bearer mot-ma-du-dai-cho-nguoi-theo-doi"}
    assert client.get("/may-chu/so-do", headers=ask).status_code == 404
    file = tmp_path / "token"
    file.write_text("mot-ma-du-dai-cho-nguoi-theo-doi\n")
    monkeypatch.setenv("CHIBO_METRICS_TOKEN_FILE", str(file))
    assert client.get("/may-chu/so-do").status_code == 404
    assert client.get("/may-chu/so-do", headers={"authorization": "Bearer sai"}).status_code == 404
    answer = client.get("/may-chu/so-do", headers=ask)
    assert answer.status_code == 200
    assert re.fullmatch(r'([a-z_]+(\{[a-z]+="[^"{}]*"\})? -?\d+\n)+', answer.content.decode())
    assert 'chibo_check_ok{check="bang"} 1' in answer.content.decode()
    file.write_text("ngan\n")
    assert client.get("/may-chu/so-do", headers={"authorization": "Bearer ngan"}).status_code == 404
