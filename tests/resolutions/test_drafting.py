"""The draft of a resolution: written, checked and printed before the meeting, sent along by choice, brought along."""

import io
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from chibo.documents.plain import plain_text
from chibo.lib.dates import format_date
from chibo.meetings.documents import NoSuchPaper, build
from chibo.meetings.models import Announcement, Body, Paper, State
from chibo.meetings.prepare import agenda_commands, announcing
from chibo.privacy.holdings.meetings import GROUPS
from chibo.resolutions.drafting import commands
from chibo.resolutions.drafting.commands import TaskText
from chibo.resolutions.drafting.papers import DRAFTED, brought_along
from chibo.resolutions.models import DraftedResolution, DraftedTask
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

WHAT = "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen"
SLOGAN = "Tiếp tục tăng cường công tác tuyên truyền, vận động nhân dân"
EMPTY = dict.fromkeys(DRAFTED, "")


def _page(people: People) -> str:
    return f"/cuoc-hop/{people.meeting.pk}/du-thao/"


def _text(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


def _with_a_task(people: People, text: TaskText = TaskText(WHAT)) -> DraftedTask:  # noqa: B008 - frozen
    make.item(people.meeting)
    return commands.save_task(meeting=people.meeting, text=text, by=people.standing("lan"))


# ---------- The page ----------
def test_it_works(client: Client, people: People) -> None:
    sign_in(client, people.quyen)
    due = people.meeting.day + timedelta(days=17)
    typed = {"what": WHAT, "lead": str(people.hung.pk), "due": format_date(due), "how_checked": "Chi ủy xem tại chỗ"}
    assert client.post(f"{_page(people)}viec/", {**typed, "keep": "1"}).status_code == 302
    one = DraftedTask.objects.get()
    assert (one.what, one.lead_id, one.due) == (WHAT, people.hung.pk, due)
    assert client.post(_page(people), {**EMPTY, "direction": "Giữ ngã ba an toàn", "version": "1"}).status_code == 302
    page = _text(client, _page(people))
    assert "một việc" in page and WHAT in page and "Giữ ngã ba an toàn" in page


def test_an_empty_draft_says_what_to_do(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    page = _text(client, _page(people))
    assert "Thêm việc này" in page and "Ghi một việc hoặc một phần rồi mới chọn gửi kèm." in page
    assert not DraftedResolution.objects.exists()  # looking writes nothing


@pytest.mark.parametrize("where", ["", "chuan-bi/", "thong-bao/"])
def test_it_is_reached_from_the_meeting_and_from_each_step_of_preparing(
    client: Client, people: People, where: str
) -> None:
    sign_in(client, people.lan)
    assert f'href="{_page(people)}"' in _text(client, f"/cuoc-hop/{people.meeting.pk}/{where}")


def test_it_validates_what_cannot_be_checked_once(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    answer = client.post(f"{_page(people)}viec/", {"what": SLOGAN})
    page = answer.content.decode()
    assert answer.status_code == 422 and SLOGAN in page and "Giữ câu của tôi" in page
    assert not DraftedTask.objects.exists()
    assert client.post(f"{_page(people)}viec/", {"what": SLOGAN, "keep": "1"}).status_code == 302


def test_the_sentence_is_checked_while_it_is_typed(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    said = client.post(f"{_page(people)}loi-van/", {"what": SLOGAN}).content.decode()
    assert "Giữ câu của tôi" in said and "Chưa có hạn" not in said


def test_what_is_left_open_is_not_objected_to(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    assert client.post(f"{_page(people)}viec/", {"what": WHAT}).status_code == 302
    assert "Chưa phân công chủ trì" in _text(client, _page(people))


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    answer = client.post(f"{_page(people)}viec/", {"what": "", "due": "31/02/2027", "how_checked": "Xem tại chỗ"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_what_error"' in page
    assert "31/02/2027" in page and "Xem tại chỗ" in page


def test_a_task_is_written_anew_and_taken_off_with_a_way_back(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    one = _with_a_task(people)
    url = f"{_page(people)}viec/{one.pk}/"
    assert WHAT in _text(client, url)
    client.post(url, {"what": "Lắp 3 gương cầu lồi ở ngã ba Bàu Sen", "keep": "1"})
    assert DraftedTask.objects.get().what.startswith("Lắp 3 gương")
    client.post(url, {"remove": "1"})
    assert not DraftedTask.objects.standing_in(people.meeting).exists()
    assert client.get(url).status_code == 404
    client.post(f"{url}khoi-phuc/")
    assert DraftedTask.objects.standing_in(people.meeting).count() == 1


def test_a_text_of_somebody_else_is_shown_and_not_replaced(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    client.post(_page(people), {**EMPTY, "direction": "Một", "version": "0"})
    answer = client.post(_page(people), {**EMPTY, "direction": "Hai", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "II Phương hướng, bản vừa lưu ở trang kia" in page
    assert "Một" in page and "Hai" in page
    assert DraftedResolution.objects.get().direction == "Một"
    version = DraftedResolution.objects.get().version
    client.post(_page(people), {**EMPTY, "direction": "Hai", "version": str(version)})
    assert DraftedResolution.objects.get().direction == "Hai"


def test_it_checks_access(client: Client, people: People) -> None:
    for name in ("binh", "tam", "khanh", "dung", "phuc"):
        sign_in(client, people.all()[name])
        assert client.get(_page(people)).status_code == 404, name


def test_only_a_meeting_that_decides_on_a_resolution_has_a_draft(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    committee = make.meeting(people.cell, body=Body.COMMITTEE)
    assert client.get(f"/cuoc-hop/{committee.pk}/du-thao/").status_code == 404
    assert brought_along(committee) is None


def test_once_the_meeting_has_begun_the_draft_stands(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    one = _with_a_task(people)
    people.meeting.state = State.OPEN
    people.meeting.save(update_fields=["state"])
    assert client.get(_page(people)).status_code == 302
    answer = client.post(f"{_page(people)}viec/{one.pk}/", {"what": "Việc khác", "keep": "1"}, follow=True)
    assert "không đổi được nữa" in answer.content.decode()
    assert DraftedTask.objects.get().what == WHAT


# ---------- The paper ----------
def test_it_is_printed_as_a_draft_in_the_parts_of_the_resolution(people: People) -> None:
    who, meeting = people.standing("lan"), people.meeting
    with pytest.raises(NoSuchPaper):
        build("du-thao", meeting)
    _with_a_task(people, TaskText(WHAT, people.hung.pk, "Chi đoàn", meeting.day, "Chi ủy xem tại chỗ."))
    parts = {**EMPTY, "praise": "Biểu dương tổ 2", "direction": "Giữ ngã ba\nGiữ đường sạch"}
    commands.save_parts(meeting=meeting, version=1, parts=parts, by=who)
    printed = plain_text(build("du-thao", meeting))
    assert "DỰ THẢO NGHỊ QUYẾT" in printed and "chưa có số" not in printed
    assert f"{WHAT}. Đồng chí {people.hung.full_name} chủ trì, phối hợp: Chi đoàn; hạn đến hết ngày" in printed
    order = ["Biểu dương tổ 2", "Phương hướng, nhiệm vụ", "Giữ ngã ba", "Giữ đường sạch", WHAT]
    places = [printed.index(one) for one in order]
    assert places == sorted(places)


def test_what_is_still_open_is_said_to_be_open(people: People) -> None:
    _with_a_task(people)
    assert f"{WHAT}. Chưa phân công chủ trì; chưa định hạn." in plain_text(build("du-thao", people.meeting))


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_its_committee_and_clerk_print_it_and_nobody_else(client: Client, people: People, extension: str) -> None:
    _with_a_task(people)
    url = f"/cuoc-hop/{people.meeting.pk}/van-ban/du-thao.{extension}"
    for name in people.all():
        sign_in(client, people.all()[name])
        kept = name in ("lan", "hung", "quyen", "tam")
        assert client.get(url).status_code == (200 if kept else 404), name


# ---------- With the notice ----------
def test_it_goes_out_by_choice_alone_and_the_notice_names_it(client: Client, people: People) -> None:
    _with_a_task(people)
    sign_in(client, people.lan)
    notice = f"/cuoc-hop/{people.meeting.pk}/thong-bao/"
    assert "Dự thảo nghị quyết.docx" not in _text(client, notice)
    client.post(f"{_page(people)}gui-kem/", {"gui": "1"})
    assert "Gửi kèm để đọc trước: Dự thảo nghị quyết.docx." in _text(client, notice)
    sent = announcing.announce(meeting=people.meeting, by=people.standing("lan"))
    assert sent.text.endswith("Gửi kèm để đọc trước: Dự thảo nghị quyết.docx.")


def test_nothing_can_be_sent_while_nothing_is_drafted(client: Client, people: People) -> None:
    make.item(people.meeting)
    sign_in(client, people.lan)
    answer = client.post(f"{_page(people)}gui-kem/", {"gui": "1"}, follow=True)
    assert "Chưa có gì để gửi" in answer.content.decode() and not Paper.objects.exists()


def test_members_read_it_once_the_notice_is_out(client: Client, people: People) -> None:
    _with_a_task(people)
    commands.send_along(meeting=people.meeting, by=people.standing("lan"))
    paper = Paper.objects.get(meeting=people.meeting)
    url = f"/cuoc-hop/{people.meeting.pk}/tai-lieu/{paper.pk}/"
    sign_in(client, people.binh)
    assert client.get(url).status_code == 404
    announcing.announce(meeting=people.meeting, by=people.standing("lan"))
    people.meeting.refresh_from_db()
    type(people.meeting).objects.filter(pk=people.meeting.pk).update(announced_at=now() - timedelta(minutes=2))
    answer = client.get(url)
    assert answer.status_code == 200
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "DỰ THẢO NGHỊ QUYẾT" in text and WHAT in text


def test_the_paper_that_goes_out_says_what_the_draft_says(people: People) -> None:
    who, meeting = people.standing("lan"), people.meeting
    one = _with_a_task(people)
    commands.send_along(meeting=meeting, by=who)
    before = Paper.objects.get()
    commands.save_task(meeting=meeting, task=one.pk, text=TaskText("Phát quang 300 m đường"), by=who)
    after = Paper.objects.get()
    assert after.pk == before.pk and after.sha256 != before.sha256
    commands.remove_task(meeting=meeting, task=one.pk, by=who)
    assert not Paper.objects.exists()  # an empty draft goes nowhere


def test_taken_off_the_programme_it_no_longer_goes_out(client: Client, people: People) -> None:
    who, meeting = people.standing("lan"), people.meeting
    _with_a_task(people)
    commands.send_along(meeting=meeting, by=who)
    sign_in(client, people.lan)
    assert "Dự thảo gửi kèm thông báo" in _text(client, _page(people))
    agenda_commands.remove_paper(paper=Paper.objects.get(), by=who)
    assert "Dự thảo không gửi kèm thông báo" in _text(client, _page(people))
    commands.send_along(meeting=meeting, by=who)
    client.post(f"{_page(people)}gui-kem/", {"gui": "0"})
    assert not Paper.objects.exists()


def test_chosen_after_the_notice_a_correction_names_it(client: Client, people: People) -> None:
    _with_a_task(people)
    announcing.announce(meeting=people.meeting, by=people.standing("lan"))
    Announcement.objects.update(effective_at=now())  # the minute to take it back is over
    commands.send_along(meeting=people.meeting, by=people.standing("lan"))
    sign_in(client, people.lan)
    assert "Thêm tài liệu: Dự thảo nghị quyết.docx" in _text(client, f"/cuoc-hop/{people.meeting.pk}/thong-bao/")


# ---------- Into the room, and after ----------
def test_a_device_brings_it_along(people: People) -> None:
    assert brought_along(people.meeting) is None
    one = _with_a_task(people, TaskText(WHAT, people.hung.pk, "Chi đoàn"))
    parts = {**EMPTY, "direction": "Giữ ngã ba an toàn"}
    commands.save_parts(meeting=people.meeting, version=1, parts=parts, by=people.standing("lan"))
    assert brought_along(people.meeting) == {
        "parts": {"direction": "Giữ ngã ba an toàn"},
        "tasks": [
            {
                "id": one.pk,
                "what": WHAT,
                "lead": people.hung.pk,
                "helpers_text": "Chi đoàn",
                "due": None,
                "how_checked": "",
            }
        ],
    }


def test_who_leads_a_drafted_task_finds_it_among_their_data(people: People) -> None:
    _with_a_task(people, TaskText(WHAT, people.binh.pk))
    lines = next(group for group in GROUPS if group.key == "tasks").lines(people.binh.pk)
    assert [one.detail for one in lines] == [WHAT]


def test_signing_erases_it(people: People) -> None:
    meeting = people.meeting
    _with_a_task(people)
    meeting.state, meeting.signed_at = State.SIGNED, now()
    meeting.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_erase(%s)", [meeting.pk])
    assert not DraftedTask.objects.exists() and not DraftedResolution.objects.exists()
