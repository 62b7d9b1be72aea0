"""The follow-up board: what is overdue first, progress by the owner or for the owner, a reminder a day."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.resolutions.models import Progress, Reminder, Task
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(people: People) -> Task:
    """A task of Bình's, four days overdue, from last month's meeting."""
    meeting = make.signed(people.cell, present=(people.lan, people.binh))
    return make.task(meeting, people.binh, due=today() - timedelta(days=4))


def test_it_works(client: Client, people: People, task: Task) -> None:
    make.task(task.meeting, people.mai, "Lập danh sách học sinh có nguy cơ bỏ học", due=today() + timedelta(days=20))
    sign_in(client, people.lan)
    page = client.get("/cong-viec/").content.decode()
    assert "Một trong hai việc đang làm đã quá hạn" in page
    assert "Quá 4 ngày" in page
    assert page.index("Quá hạn") < page.index("Sau đó")


def test_an_empty_board_says_what_will_be_there(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    assert "Việc do chi bộ giao" in client.get("/cong-viec/").content.decode()


def test_the_owner_says_done_in_one_tap_and_can_take_it_back(client: Client, people: People, task: Task) -> None:
    sign_in(client, people.binh)
    client.post(f"/cong-viec/{task.pk}/tien-do/", {"state": "done"})
    progress = Progress.objects.get(task=task)
    assert (progress.state, progress.by_id, progress.on_behalf_of_id) == ("done", people.binh.pk, None)
    client.post(f"/cong-viec/{task.pk}/tien-do/{progress.pk}/rut/")
    progress.refresh_from_db()
    assert progress.withdrawn_at is not None


def test_the_committee_reports_for_a_member_and_it_is_marked_so(client: Client, people: People, task: Task) -> None:
    sign_in(client, people.hung)
    client.post(f"/cong-viec/{task.pk}/tien-do/", {"state": "under_way", "note": "Đã xong 4 hộ"})
    progress = Progress.objects.get(task=task)
    assert (progress.by_id, progress.on_behalf_of_id) == (people.hung.pk, people.binh.pk)
    assert "ghi thay" in client.get(f"/cong-viec/{task.pk}/").content.decode()


def test_done_by_the_owner_is_not_settled_before_a_meeting_says_so(client: Client, people: People, task: Task) -> None:
    sign_in(client, people.binh)
    assert "Một việc đang làm, đã quá hạn" in client.get("/cong-viec/").content.decode()
    client.post(f"/cong-viec/{task.pk}/tien-do/", {"state": "done"})
    task.refresh_from_db()
    assert task.settled_at is None
    page = client.get("/cong-viec/").content.decode()
    assert "Đã báo xong, chờ chi bộ xem" in page and "Một việc đang làm, không việc nào quá hạn" in page


def test_who_has_said_done_is_not_called_late_nor_reminded(client: Client, people: People, task: Task) -> None:
    sign_in(client, people.lan)
    for page in ("/", "/cong-viec/"):
        assert "Nhắc" in client.get(page).content.decode()
    row = {"task": task, "meeting_id": task.meeting_id, "cell_id": task.cell_id, "body": task.body}
    Progress.objects.create(**row, state="done", by=people.binh)
    for page in ("/", "/cong-viec/"):
        said = client.get(page).content.decode()
        assert "Nhắc<" not in said and "Quá 4 ngày" not in said


def test_it_validates_the_state(client: Client, people: People, task: Task) -> None:
    sign_in(client, people.binh)
    answer = client.post(f"/cong-viec/{task.pk}/tien-do/", {"state": "tuyet-voi", "note": "Câu đang gõ"})
    assert answer.status_code == 422
    assert "Câu đang gõ" in answer.content.decode()
    assert not Progress.objects.exists()


def test_one_reminder_a_day(client: Client, people: People, task: Task) -> None:
    sign_in(client, people.lan)
    client.post(f"/cong-viec/{task.pk}/nhac/")
    client.post(f"/cong-viec/{task.pk}/nhac/")
    assert Reminder.objects.filter(task=task, person=people.binh).count() == 1


def test_it_checks_access(client: Client, people: People, task: Task) -> None:
    for name in ("phuc", "former", "dung", "thu", "suspended", "left"):
        sign_in(client, people.all()[name])
        assert client.get(f"/cong-viec/{task.pk}/").status_code == 404, name
        assert client.post(f"/cong-viec/{task.pk}/tien-do/", {"state": "done"}).status_code == 404, name
    sign_in(client, people.mai)
    assert client.get(f"/cong-viec/{task.pk}/").status_code == 200
    assert client.post(f"/cong-viec/{task.pk}/tien-do/", {"state": "done"}).status_code == 404
    assert client.post(f"/cong-viec/{task.pk}/nhac/").status_code == 404
    assert not Progress.objects.exists()


def test_a_draft_of_a_meeting_still_held_is_not_on_the_board(client: Client, people: People) -> None:
    meeting = make.opened(people.cell)
    make.task(meeting, people.binh, "Việc còn đang bàn", given_at=None)
    sign_in(client, people.lan)
    assert "Việc còn đang bàn" not in client.get("/cong-viec/").content.decode()


def test_the_number_of_queries_does_not_grow_with_tasks(
    client: Client, people: People, task: Task, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        make.task(task.meeting, people.mai, f"Việc thứ {number}")
    sign_in(client, people.lan)
    client.get("/cong-viec/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get("/cong-viec/")
