"""A long list is written in pieces: seen, broken off, taken up again, stopped; two at once; nothing doubled."""

import threading
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from chibo.access.scope import person_scope, system_scope
from chibo.audit.models import Event
from chibo.directory.models import ImportPiece, ImportRun
from chibo.directory.spreadsheets import runs, staging
from chibo.directory.tasks import import_list
from chibo.members.models import Person
from tests.directory.spreadsheets.sheets import WRITE, look_at, press, run_of, upload, written, xlsx
from tests.people import People, gather, sign_in

PAGE = "/so-chi-bo/dang-vien/nhap/"
HEADING = ("Họ và tên", "Năm sinh", "Diện")
NAMES = ["An", "Bảo", "Châu", "Dung", "Giang", "Hải", "Khoa"]
ROWS = [(f"Trương Văn {name}", 1980, "chính thức") for name in NAMES]
WRONG = ("Cao Văn Phú", "12/3/58", "chính thức")


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of more than two rows is a long one, written two rows at a time."""
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    monkeypatch.setattr(staging, "ROWS", 2)


def newcomers() -> int:
    return Person.objects.filter(full_name__startswith="Trương Văn").count()


def test_it_works(client: Client, people: People, long: None) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS, WRONG])
    assert "Đã đọc 8 hàng, đang so với sổ" in page and newcomers() == 0
    page = press(client, page, "buoc")
    assert "7 hàng nhập được, 1 hàng cần sửa" in page and newcomers() == 0
    page = press(client, page)
    assert "Đã nhập 0/7 hàng" in page
    seen = []
    while "Đang nhập danh sách" in page:
        page = press(client, page, "buoc")
        seen.append(newcomers())
    assert seen == [2, 4, 6, 7]
    assert "Còn 1 hàng chưa nhập được" in page and "Tải 1 hàng cần sửa" in page
    event = Event.objects.get(kind="members.imported")
    assert (event.actor_id, '"added":7' in str(event.payload)) == (people.lan.pk, True)


def test_the_job_does_all_that_is_left(client: Client, people: People, long: None) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS])
    run = ImportRun.objects.get()
    import_list.work(run=str(run.pk), person=str(people.lan.pk))
    page = press(client, client.get(run_of(page)).content.decode())
    import_list.work(run=str(run.pk), person=str(people.lan.pk))
    assert newcomers() == 7
    assert import_list.work(run=str(run.pk), person=str(people.lan.pk)) == {"phần": 1}
    assert newcomers() == 7


def test_a_step_that_fails_leaves_no_trace_and_is_done_again(client: Client, people: People, long: None) -> None:
    page = press(client, look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS]), "buoc")
    page = press(client, press(client, page), "buoc")
    assert newcomers() == 2
    run = ImportRun.objects.get()
    with pytest.raises(RuntimeError), person_scope(people.lan.pk) as by:
        runs.advance(by=by, run_id=run.pk)
        assert newcomers() == 4
        raise RuntimeError("the server is killed")
    run.refresh_from_db()
    assert (newcomers(), run.written) == (2, 2)
    while "Đang nhập danh sách" in page:
        page = press(client, page, "buoc")
    assert newcomers() == 7


def test_stopped_half_way_what_is_written_stays_and_is_said(client: Client, people: People, long: None) -> None:
    page = press(client, look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS]), "buoc")
    page = press(client, press(client, page), "buoc")
    page = press(client, page, "dung")
    assert "2 hàng đã nhập trước đó vẫn ở trong sổ" in page
    assert newcomers() == 2 and not ImportPiece.objects.exists()
    assert '"added":2' in str(Event.objects.get(kind="members.imported").payload)


def test_pressed_twice_it_is_written_and_recorded_once(client: Client, people: People) -> None:
    look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS])
    first, second = ImportRun.objects.get(), ImportRun.objects.get()
    with person_scope(people.lan.pk) as by:
        runs.start(by=by, run=first, whole=True)
    with person_scope(people.lan.pk) as by:
        runs.start(by=by, run=second, whole=True)
        runs.stop(by=by, run=ImportRun(pk=second.pk, organisation=people.cell, state="looked", written=7))
    assert (newcomers(), Event.objects.filter(kind="members.imported").count()) == (7, 1)
    assert ImportRun.objects.get().state == ImportRun.State.DONE


def test_in_one_act_all_or_nothing(client: Client, people: People, long: None) -> None:
    page = press(client, look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS]), "buoc")
    assert "Ghi tất cả trong một lần" in page
    page = press(client, page, whole="1")
    run = ImportRun.objects.get()
    with pytest.raises(RuntimeError), person_scope(people.lan.pk) as by:
        runs.advance(by=by, run_id=run.pk)
        assert newcomers() == 7
        raise RuntimeError("the server is killed")
    assert newcomers() == 0
    press(client, page, "buoc")
    assert newcomers() == 7


def test_whoever_lost_the_office_meanwhile_writes_nothing_more(client: Client, people: People, long: None) -> None:
    page = press(client, look_at(sign_in(client, people.hung), PAGE, [HEADING, *ROWS]), "buoc")
    press(client, page)
    people.hung.offices.all().delete()
    run = ImportRun.objects.get()
    assert client.post(f"/nhap-danh-sach/{run.pk}/buoc/").status_code == 404
    assert newcomers() == 0


def test_nothing_at_all_is_imported_where_that_is_chosen(client: Client, people: People) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS, WRONG])
    assert WRITE in page and "Không nhập gì" in page
    press(client, page, "dung")
    assert newcomers() == 0 and not ImportPiece.objects.exists()


def test_the_rows_to_mend_come_back_as_a_file_and_go_in_again(client: Client, people: People) -> None:
    heading = ("Họ tên đảng viên", "Ngày sinh", "Diện", "SĐT")
    rows = [("=1+1", 1958, "CT", ""), ("Cao Văn Phú", "12/3/58", "CT", "0912345678")]
    page = look_at(sign_in(client, people.lan), PAGE, [heading, *rows])
    found = written(client.get(f"{run_of(page)}can-sua.xlsx").content)["Cần sửa"]
    assert found[0] == [*heading, "Cần sửa"]
    assert [row[:2] for row in found[1:]] == [["=1+1", "1958"], ["Cao Văn Phú", "12/3/58"]]
    assert found[2][-1].startswith("B3: “12/3/58” ghi năm hai chữ số")
    mended = [found[0], [*found[2][:1], "12/3/1958", *found[2][2:]]]
    page = look_at(client, PAGE, mended)
    press(client, page)
    assert Person.objects.get(full_name="Cao Văn Phú").contact.phone == "0912345678"


def test_a_new_file_takes_the_place_of_the_one_before(client: Client, people: People) -> None:
    look_at(sign_in(client, people.lan), PAGE, [HEADING, *ROWS])
    look_at(client, PAGE, [HEADING, ROWS[0]])
    assert ImportRun.objects.filter(person=people.lan).count() == 1


def test_rows_copied_in_excel_are_pasted(client: Client, people: People) -> None:
    text = 'Họ và tên\tNăm sinh\tDiện\r\n"Trương Văn\nAn"\t1958\tchính thức\r\n=HYPERLINK("x")\t1980\tdự bị\r\n'
    page = client.post(sign_in(client, people.lan) and PAGE, {"pasted": text}, follow=True).content.decode()
    assert "1 hàng nhập được, 1 hàng cần sửa" in page and "như công thức" in page
    press(client, page)
    assert Person.objects.get(full_name="Trương Văn An").birth_year == 1958


def test_it_validates_that_something_is_given(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post(PAGE, {"pasted": "", "since": "32/13/2026"})
    assert answer.status_code == 422 and "Chưa chọn tệp" in answer.content.decode()
    assert 'value="32/13/2026"' in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_list_at_once_write_it_once(long: None) -> None:
    with system_scope():
        people = gather()
        who = (people.lan.pk, people.hung.pk)
    clients = {}
    for person in (people.lan, people.hung):
        client = sign_in(Client(), person)
        page = client.post(PAGE, {"file": upload(xlsx([HEADING, *ROWS]))}, follow=True).content.decode()
        press(client, press(client, page, "buoc"))
        clients[person.pk] = UUID(run_of(page).split("/")[2])

    def write(person: UUID) -> None:
        try:
            import_list.work(run=str(clients[person]), person=str(person))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(one,)) for one in who]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with system_scope():
        assert newcomers() == 7
        assert set(ImportRun.objects.values_list("state", flat=True)) == {"done"}
