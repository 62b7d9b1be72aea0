"""The draft of a resolution: written and checked before the meeting, sent along by a tick, in the pack, erased."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from chibo.documents.plain import plain_text
from chibo.lib.dates import format_date
from chibo.meetings.documents import NoSuchPaper, build
from chibo.meetings.models import Paper, State
from chibo.meetings.prepare import announcing
from chibo.resolutions.drafting import commands
from chibo.resolutions.drafting.commands import TaskText
from chibo.resolutions.drafting.papers import brought_along
from chibo.resolutions.models import DraftedResolution, DraftedTask
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

WHAT = "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen"


def _page(people: People) -> str:
    return f"/cuoc-hop/{people.meeting.pk}/du-thao/"


def test_it_works(client: Client, people: People) -> None:
    sign_in(client, people.tam)
    due = people.meeting.day + timedelta(days=17)
    typed = {"what": WHAT, "lead": str(people.hung.pk), "due": format_date(due), "how_checked": "Chi ủy xem tại chỗ"}
    assert client.post(f"{_page(people)}viec/", {**typed, "keep": "1"}).status_code == 302
    one = DraftedTask.objects.get()
    assert (one.what, one.lead_id, one.due) == (WHAT, people.hung.pk, due)
    page = client.get(_page(people)).content.decode()
    assert "Dự thảo nghị quyết: một việc" in page and WHAT in page


def test_it_validates_what_cannot_be_checked(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    vague = {"what": "Tiếp tục tăng cường công tác tuyên truyền, vận động nhân dân"}
    answer = client.post(f"{_page(people)}viec/", vague)
    assert answer.status_code == 422 and vague["what"] in answer.content.decode()
    assert "Giữ câu của tôi" in answer.content.decode() and not DraftedTask.objects.exists()
    assert client.post(f"{_page(people)}viec/", {**vague, "keep": "1"}).status_code == 302


def test_it_checks_access(client: Client, people: People) -> None:
    for name in ("binh", "khanh", "dung", "phuc"):
        sign_in(client, people.all()[name])
        assert client.get(_page(people)).status_code == 404, name


def test_a_device_brings_it_along(people: People) -> None:
    assert brought_along(people.meeting) is None
    text = TaskText(WHAT, people.hung.pk, "Chi đoàn", None, "")
    one = commands.save_task(meeting=people.meeting, text=text, by=people.standing("lan"))
    found = brought_along(people.meeting)
    assert found is not None and found["tasks"] == [
        {"id": one.pk, "what": WHAT, "owner": people.hung.pk, "helpers": "Chi đoàn", "due": None, "how": ""}
    ]


def test_it_is_printed_as_a_draft_and_goes_out_by_a_tick_alone(people: People) -> None:
    who, meeting = people.standing("lan"), people.meeting
    with pytest.raises(NoSuchPaper):
        build("du-thao", meeting)
    commands.save_task(meeting=meeting, text=TaskText(WHAT), by=who)
    printed = plain_text(build("du-thao", meeting))
    assert "DỰ THẢO NGHỊ QUYẾT" in printed and WHAT in printed and "chưa có số" not in printed
    make.item(meeting)
    commands.send_along(meeting, who)
    assert not Paper.objects.filter(meeting=meeting).exists()
    commands.save_text(meeting=meeting, version=1, points="Giữ ngã ba an toàn", goes_with_notice=True, by=who)
    announcing.announce(meeting=meeting, by=who)
    assert [one.name for one in Paper.objects.filter(meeting=meeting)] == ["Dự thảo nghị quyết.docx"]
    announcing.send_correction(meeting=meeting, text="Đổi việc", by=who)
    assert Paper.objects.filter(meeting=meeting).count() == 1


def test_a_text_of_somebody_else_is_not_replaced(people: People) -> None:
    who = people.standing("lan")
    commands.save_text(meeting=people.meeting, version=0, points="Một", goes_with_notice=False, by=who)
    with pytest.raises(commands.Stale):
        commands.save_text(meeting=people.meeting, version=0, points="Hai", goes_with_notice=False, by=who)
    assert DraftedResolution.objects.get().points == "Một"


def test_signing_erases_it(people: People) -> None:
    meeting = people.meeting
    commands.save_task(meeting=meeting, text=TaskText(WHAT), by=people.standing("lan"))
    meeting.state, meeting.signed_at = State.SIGNED, now()
    meeting.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_erase(%s)", [meeting.pk])
    assert not DraftedTask.objects.exists() and not DraftedResolution.objects.exists()
