"""New tasks and the conclusion in the room: objected to, never rewritten; nobody's words are replaced silently."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.lib.dates import format_date, today
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.resolutions.models import Resolution, Task
from chibo.resolutions.room.forms import digest
from chibo.resolutions.room.kinds import decisions
from tests import make
from tests.people import People, sign_in

GOOD = "Lắp 2 gương cầu lồi cho ngã ba Bàu Sen ở tổ 3"


@pytest.fixture
def pen(people: People) -> Pen:
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    make.item(meeting, "Nhiệm vụ kỳ tới", kind="new_tasks")
    make.item(meeting, "Kết luận", kind="conclusion")
    found = Pen(meeting, people.standing("lan"))
    commands.open_room(pen=found, chair=people.lan.pk)
    return found


@pytest.fixture
def lan(client: Client, people: People) -> Client:
    return sign_in(client, people.lan)


def url(pen: Pen, rest: str) -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/{rest}"


def task(people: People, **values: object) -> dict[str, str]:
    due = today() + timedelta(days=14)
    typed = {
        "what": GOOD,
        "lead": people.hung.pk,
        "due": due.isoformat(),
        "how_checked": "Chi ủy xem tại chỗ ngày " + format_date(due),
    }
    return {key: str(value) for key, value in (typed | values).items()}


# ---------- Tasks ----------
def test_tasks_it_works(lan: Client, pen: Pen, people: People) -> None:
    assert lan.get(url(pen, "viec-moi/")).status_code == 200
    assert lan.post(url(pen, "viec-moi/"), task(people, helpers=people.mai.pk)).status_code == 302
    given = Task.objects.get(meeting=pen.meeting)
    assert (given.what, given.lead, given.given_at) == (GOOD, people.hung, None)
    assert [one.person for one in given.helper_rows.all()] == [people.mai]
    lan.post(url(pen, f"viec-moi/{given.pk}/"), task(people, what="Lắp 3 gương cầu lồi cho ngã ba Bàu Sen ở tổ 3"))
    given.refresh_from_db()
    assert given.what.startswith("Lắp 3") and not given.helper_rows.exists()
    lan.post(url(pen, f"viec-moi/{given.pk}/"), {"withdraw": "1"})
    assert not Task.objects.filter(meeting=pen.meeting).exists()


def test_tasks_it_validates_deadline_and_owner(lan: Client, pen: Pen, people: People) -> None:
    answer = lan.post(url(pen, "viec-moi/"), task(people, due=today().isoformat()))
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and f"Nhập ngày từ {format_date(today() + timedelta(days=1))}" in page
        and GOOD in page
    )
    answer = lan.post(url(pen, "viec-moi/"), task(people, lead=people.phuc.pk))
    assert answer.status_code == 422 and "Không có đồng chí này trong chi bộ" in answer.content.decode()
    for name in ("what", "lead", "due", "how_checked"):
        assert lan.post(url(pen, "viec-moi/"), task(people, **{name: ""})).status_code == 422
    assert not Task.objects.filter(meeting=pen.meeting).exists()


def test_a_vague_sentence_is_objected_to_and_can_be_kept(lan: Client, pen: Pen, people: People) -> None:
    vague = task(people, what="Tiếp tục đẩy mạnh tuyên truyền, phối hợp tốt")
    answer = lan.post(url(pen, "viec-moi/"), vague)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Câu này tháng sau khó kiểm tra" in page and "Giữ câu của tôi" in page
    assert not Task.objects.filter(meeting=pen.meeting).exists()
    lan.post(url(pen, "viec-moi/"), {**vague, "keep": "1"})
    assert Task.objects.get(meeting=pen.meeting).what == vague["what"]


def test_the_objection_comes_while_typing(lan: Client, pen: Pen, people: People) -> None:
    answer = lan.post(url(pen, "viec-moi/loi-van/"), {"what": "Tiếp tục đẩy mạnh tuyên truyền"})
    assert "khó kiểm tra" in answer.content.decode()
    assert not lan.post(url(pen, "viec-moi/loi-van/"), {"what": GOOD}).content.strip()


def test_a_long_task_is_asked_for_a_milestone(lan: Client, pen: Pen, people: People) -> None:
    long = task(people, due=(today() + timedelta(days=60)).isoformat())
    assert "chưa có mốc" in lan.post(url(pen, "viec-moi/"), long).content.decode()
    step = {"milestone_1": "Xong móng cột", "milestone_1_due": (today() + timedelta(days=70)).isoformat()}
    assert "Mốc phải trước hạn" in lan.post(url(pen, "viec-moi/"), {**long, **step}).content.decode()
    step["milestone_1_due"] = (today() + timedelta(days=20)).isoformat()
    assert lan.post(url(pen, "viec-moi/"), {**long, **step}).status_code == 302
    assert Task.objects.get(meeting=pen.meeting).milestones.get().what == "Xong móng cột"


def test_more_tasks_than_the_cell_finishes_are_pointed_out_with_the_numbers(
    lan: Client, pen: Pen, people: People
) -> None:
    before = make.signed(people.cell)
    for settled in (True, False):
        make.task(before, people.binh, f"Việc {settled}", settled_at=before.closed_at if settled else None)
    for number in range(2):
        lan.post(
            url(pen, "viec-moi/"), {**task(people, what=f"Đặt {number + 2} bể rác ở tổ {number + 1}"), "keep": "1"}
        )
    page = lan.post(url(pen, "viec-moi/"), task(people)).content.decode()
    assert "nhiều hơn sức chi bộ" in page and "làm xong 1/2" in page


def test_tasks_it_checks_access(client: Client, pen: Pen, people: People) -> None:
    sign_in(client, people.binh)
    for rest in ("viec-moi/", "viec-moi/loi-van/", "ket-luan/"):
        assert client.post(url(pen, rest), task(people)).status_code == 404


# ---------- Conclusion ----------
def conclude(client: Client, pen: Pen, **parts: str) -> object:
    return client.post(url(pen, "ket-luan/"), {"kind": "resolution", **parts})


def test_conclusion_it_works(lan: Client, pen: Pen, people: People) -> None:
    lan.post(url(pen, "viec-moi/"), task(people))
    page = lan.get(url(pen, "ket-luan/")).content.decode()
    assert GOOD in page and "I.3" in page
    conclude(lan, pen, direction="Giữ an toàn ngã ba.", praise="Đồng chí Bình.")
    found = Resolution.objects.get(meeting=pen.meeting)
    assert (found.kind, found.direction, found.praise) == ("resolution", "Giữ an toàn ngã ba.", "Đồng chí Bình.")
    assert Task.objects.get(meeting=pen.meeting).resolution == found


def test_conclusion_it_validates(lan: Client, pen: Pen) -> None:
    assert conclude(lan, pen).status_code == 422  # type: ignore[attr-defined]
    answer = lan.post(url(pen, "ket-luan/"), {"kind": "conclusion", "conclusion": " "})
    assert answer.status_code == 422 and "Chưa ghi kết luận" in answer.content.decode()
    assert lan.post(url(pen, "ket-luan/"), {"conclusion": "Thống nhất"}).status_code == 422
    assert not Resolution.objects.exists()


def test_two_who_write_different_parts_both_keep_theirs(lan: Client, pen: Pen, people: People) -> None:
    conclude(lan, pen, direction="Một")
    page = {f"seen_{name}": digest("Một" if name == "direction" else "") for name in ("direction", "praise")}
    sign_in(hung := Client(), people.hung)
    conclude(hung, pen, direction="Một", praise="Khen Bình", **page)
    conclude(lan, pen, direction="Hai", praise="", **page)
    assert decisions(log.room_of(pen.meeting)).texts == {"direction": "Hai", "praise": "Khen Bình"}


def test_two_who_write_the_same_part_see_both_versions(lan: Client, pen: Pen, people: People) -> None:
    conclude(lan, pen, direction="Một")
    page = {"seen_direction": digest("Một")}
    sign_in(hung := Client(), people.hung)
    conclude(hung, pen, direction="Bản của Hùng", **page)
    answer = conclude(lan, pen, direction="Bản của Lan", **page)
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 409 and "Bản của Hùng" in text and "Bản của Lan" in text  # type: ignore[attr-defined]
    assert Resolution.objects.get(meeting=pen.meeting).direction == "Bản của Hùng"


def test_a_part_like_last_months_is_pointed_out(lan: Client, pen: Pen, people: People) -> None:
    same = "Giữ gìn an toàn giao thông ở ngã ba, vận động các hộ phát quang hàng rào che khuất tầm nhìn."
    make.resolution(make.signed(people.cell), direction=same)
    conclude(lan, pen, direction=same)
    page = lan.get(url(pen, "ket-luan/")).content.decode()
    assert "giống 100% kỳ trước" in page
