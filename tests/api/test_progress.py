"""The one write: how far one's own task is."""

from typing import Any

import pytest

from chibo.audit.models import Event
from chibo.lib.dates import now
from chibo.resolutions.models import Progress, Task
from tests import make
from tests.api.conftest import As
from tests.people import People


@pytest.fixture
def task(people: People) -> Task:
    return make.task(make.signed(people.cell), people.binh)


def path_of(task: Task) -> str:
    return f"tasks/{task.pk}/progress"


def test_it_works(people: People, calling: As, task: Task) -> None:
    answer = calling("binh", scope="progress").post(path_of(task), {"state": "under_way", "note": "Đã mua gương"})
    assert answer.status_code == 201
    assert answer.json()["by"]["name"] == people.binh.full_name
    assert Progress.objects.get().note == "Đã mua gương"
    event = Event.objects.get(kind="task.progress")
    assert (event.chain, event.actor_id) == (people.cell.pk, people.binh.pk)
    latest = calling("lan").get(f"tasks/{task.pk}").json()["latest"]
    assert latest["state"] == "under_way"


def test_a_token_that_only_reads_writes_nothing(calling: As, task: Task) -> None:
    answer = calling("binh").post(path_of(task), {"state": "done"})
    assert (answer.status_code, answer.json()["code"]) == (403, "read_only")
    assert not Progress.objects.exists()


@pytest.mark.parametrize("name", ["lan", "mai", "khanh", "dung", "thu", "phuc", "operator", "suspended"])
def test_it_is_for_whoever_leads_the_task_alone(calling: As, task: Task, name: str) -> None:
    """Whoever may not send learns nothing of what would fit."""
    for body in ({"state": "done"}, {"state": 7}, "{"):
        assert calling(name, scope="progress").post(path_of(task), body).status_code == 404
    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "state"),
        ({"state": "finished"}, "state"),
        ({"state": None}, "state"),
        ({"state": "done", "note": "x" * 501}, "note"),
        ({"state": "done", "note": "a\0b"}, "note"),
        ({"state": "done", "amount": -1}, "amount"),
        ({"state": "done", "amount": 3}, "amount"),
        ({"state": "done", "by": "lan"}, "by"),
        ({"state": "done", "note": "Tài liệu tuyệt mật về quốc phòng"}, "note"),
    ],
)
def test_it_validates(calling: As, task: Task, body: dict[str, Any], field: str) -> None:
    answer = calling("binh", scope="progress").post(path_of(task), body)
    assert answer.status_code == 422
    assert field in [one["field"] for one in answer.json()["fields"]]
    assert not Progress.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"state": "\\ud800"}', b"NaN", b"[" * 20_000])
def test_what_is_no_json_is_refused(calling: As, task: Task, body: bytes) -> None:
    answer = calling("binh", scope="progress").post(path_of(task), body)
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("malformed", "invalid")


def test_an_amount_where_there_is_a_target(people: People, calling: As) -> None:
    task = make.task(make.signed(people.cell), people.binh, target=5, unit="hộ")
    answer = calling("binh", scope="progress").post(path_of(task), {"state": "under_way", "amount": 2.5})
    assert answer.json()["amount"] == 2.5


def test_what_a_meeting_has_settled_takes_no_more(people: People, calling: As) -> None:
    task = make.task(make.signed(people.cell), people.binh, settled_at=now())
    answer = calling("binh", scope="progress").post(path_of(task), {"state": "done"})
    assert (answer.status_code, answer.json()["code"]) == (409, "settled")
