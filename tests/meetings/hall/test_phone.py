"""A member's phone: the item, the vote, one's own line and place; nothing more of others than the hall sees."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client

from chibo.documents.blocks import Table
from chibo.lib.dates import now, today
from chibo.meetings.documents import programme_document
from chibo.meetings.hall import commands, reading
from chibo.meetings.hall.reading import room_seen
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.prepare.programme import numbers_of
from chibo.meetings.room import commands as room
from chibo.meetings.room import dissent, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Room
from chibo.meetings.room.hall import hall
from chibo.members.base_of_vote import base_of_vote
from chibo.resolutions.room import commands as resolving
from chibo.resolutions.room.commands import Draft
from tests import make
from tests.people import People

Phone = Callable[[str], Client]


def url(meeting: Meeting, rest: str = "") -> str:
    return f"/cuoc-hop/{meeting.pk}/dang-hop/{rest}"


def first_item(meeting: Meeting) -> AgendaItem:
    found = AgendaItem.objects.filter(meeting=meeting).first()
    assert found is not None
    return found


def vote(pen: Pen, people: People, title: str = "Lắp gương cầu lồi") -> None:
    """All who are there agree."""
    room.call(pen=pen, members=[people.lan.pk, people.binh.pk, people.hung.pk, people.tam.pk], state="present")
    base = base_of_vote(log.room_of(pen.meeting).voters(), ())
    room.take_vote(
        pen=pen,
        base=base,
        exclusions=(),
        subject="other",
        title=title,
        in_favour=base.present,
        item=log.room_of(pen.meeting).current,
    )


def test_it_works(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    page = phone("binh").get(url(meeting)).content.decode()
    assert "An toàn giao thông ở ngã ba Bàu Sen" in page
    assert "Nhà mình làm được gì ở ngã ba?" in page
    vote(pen, people)
    page = phone("binh").get(url(meeting)).content.decode()
    assert "Lắp gương cầu lồi" in page and "4/" in page and "tán thành" in page


def test_what_is_asked_of_one_stands_before_the_item(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    """An open check-in, or a mark of absence while one sits there; once it is answered the item comes first."""

    def before_the_item(words: str) -> bool:
        page = phone("binh").get(url(meeting)).content.decode()
        return page.index(words) < page.index("An toàn giao thông ở ngã ba Bàu Sen")

    assert not before_the_item("Chưa điểm danh. Thư ký gọi tên")
    commands.open_check_in(pen=pen)
    assert before_the_item("Nhập bốn chữ số trên màn chiếu")
    room.call(pen=pen, members=[people.binh.pk], state="absent", reason="unknown")
    assert before_the_item("Thư ký đang ghi đồng chí vắng")
    room.call(pen=pen, members=[people.binh.pk], state="present")
    assert not before_the_item("Thư ký đã ghi đồng chí có mặt")


def test_the_phone_counts_items_as_the_programme_does(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    """The opening carries no number, so the first topic is item 1, on the phone, on the wall and on paper."""
    topic = first_item(meeting)
    opening = make.item(meeting, "Khai mạc", kind="opening", position=0)
    assert numbers_of([opening, topic]) == {topic.pk: 1}
    page = phone("binh").get(url(meeting)).content.decode()
    assert "Đang bàn mục 1 trong 2" in page
    assert "mục 1/2" in phone("lan").get(f"/cuoc-hop/{meeting.pk}/phong/man-chieu/").content.decode()
    (table,) = [one for one in programme_document(meeting).body if isinstance(one, Table)]
    assert [row[0] for row in table.rows] == ["", "1", "2"]


def test_the_phone_shows_no_text_and_no_reason_of_anyone(
    phone: Phone, meeting: Meeting, pen: Pen, people: People, seen_by: Callable[..., object]
) -> None:
    room.call(pen=pen, members=[people.mai.pk], state="absent", reason="health", reason_text="đi mổ ruột thừa")
    commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=people.tam.pk)
    ask = hall(log.room_of(meeting)).waiting[0].id
    room.record_remark(pen=pen, item=first_item(meeting), text="điều riêng", member=people.tam.pk, ask=ask)
    dissent.raise_differing(pen=pen, item=first_item(meeting), text="không đồng tình", member=people.tam.pk)
    vote(pen, people)
    with connection.cursor() as cursor:

        def rows() -> str:
            cursor.execute("SELECT string_agg(payload::text, ' ') FROM meetings_hall_log(%s, 0, '')", [meeting.pk])
            return str(cursor.fetchone()[0])

        seen = str(seen_by("binh", rows))
    for secret in ("điều riêng", "không đồng tình", "mổ ruột thừa", "health", "suspended", "exempt"):
        assert secret not in seen
    page = phone("binh").get(url(meeting)).content.decode()
    for name in ("Tâm", "Mai", "Hùng"):
        assert name not in page


def test_the_hall_sees_what_the_log_says(
    meeting: Meeting, pen: Pen, people: People, seen_by: Callable[..., object]
) -> None:
    vote(pen, people)
    commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=people.tam.pk)
    whole, seen = log.room_of(meeting), seen_by("binh", room_seen, meeting)
    assert seen.current == whole.current and seen.items == whole.items  # type: ignore[attr-defined]
    (mine,), (theirs,) = whole.votes.values(), seen.votes.values()  # type: ignore[attr-defined]
    assert (mine.size, mine.in_favour, mine.needed) == (theirs.size, theirs.in_favour, theirs.needed)
    assert hall(seen).asks == hall(whole).asks  # type: ignore[arg-type]


def test_the_next_phone_sees_what_the_first_saw_until_something_is_new(
    meeting: Meeting, pen: Pen, people: People, seen_by: Callable[..., object]
) -> None:
    before = seen_by("binh", room_seen, meeting)
    assert seen_by("mai", room_seen, meeting) is before
    commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=people.tam.pk)
    after = seen_by("mai", room_seen, meeting)
    assert [one.person for one in hall(after).waiting] == [people.tam.pk]  # type: ignore[arg-type]
    assert not hall(before).waiting  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["khanh", "dung", "phuc", "left", "suspended", "anonymous"])
def test_outside_the_hall_nothing_is_seen_of_what_others_have_just_seen(
    meeting: Meeting, pen: Pen, who: str, seen_by: Callable[..., object]
) -> None:
    assert seen_by("binh", room_seen, meeting).chair is not None  # type: ignore[attr-defined]
    assert seen_by(who, room_seen, meeting) == Room()


@pytest.mark.parametrize("who", ["khanh", "dung", "phuc", "left", "suspended", "anonymous"])
def test_outside_the_hall_the_database_itself_shows_nothing(
    meeting: Meeting, who: str, seen_by: Callable[..., object]
) -> None:
    def rows() -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM meetings_hall_log(%s, 0, '')", [meeting.pk])
            found = list(cursor.fetchall())
            cursor.execute("SELECT * FROM meetings_hall_mark(%s)", [meeting.pk])
            return [*found, *cursor.fetchall()]

    assert seen_by(who, rows) == []


def test_asking_to_speak_and_the_place_in_the_queue(phone: Phone, meeting: Meeting, people: People) -> None:
    mai, binh = phone("mai"), phone("binh")
    mai.post(url(meeting, "phat-bieu/"), {"act": "ask"})
    for _ in range(2):  # asked twice: one stands in the queue once
        binh.post(url(meeting, "phat-bieu/"), {"act": "ask"})
    assert binh.get(url(meeting)).context["place"] == 2
    mai.post(url(meeting, "phat-bieu/"), {"act": "take_back"})
    assert "Đồng chí đứng đầu danh sách" in binh.get(url(meeting)).content.decode()
    assert [one.person for one in hall(log.room_of(meeting)).waiting] == [people.binh.pk]
    assert not log.room_of(meeting).needs_look


def test_what_the_meeting_gives_me_stands_on_my_phone_alone(
    phone: Phone, meeting: Meeting, pen: Pen, people: People
) -> None:
    draft = Draft(what="Lắp hai gương", lead=people.binh.pk, due=today(), how_checked="")
    resolving.give(pen=pen, draft=draft)
    assert "Lắp hai gương" in phone("binh").get(url(meeting)).content.decode()
    assert "Lắp hai gương" not in phone("mai").get(url(meeting)).content.decode()


def test_nothing_new_is_said_in_few_bytes(phone: Phone, meeting: Meeting, pen: Pen) -> None:
    binh = phone("binh")
    tag = binh.get(url(meeting)).headers["ETag"]
    idle = binh.get(url(meeting), HTTP_IF_NONE_MATCH=tag)
    assert idle.status_code == 304 and idle.content == b""
    head = "HTTP/1.1 304 Not Modified\r\nserver: granian\r\ndate: Tue, 24 Nov 2026 23:12:01 GMT\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in idle.headers.items()) + "\r\n"
    assert len(head) <= 300
    # Another's answer is not mine, and each thing that changes is new.
    assert phone("mai").get(url(meeting), HTTP_IF_NONE_MATCH=tag).status_code == 200
    commands.open_check_in(pen=pen)
    assert binh.get(url(meeting), HTTP_IF_NONE_MATCH=tag).status_code == 200
    tag = binh.get(url(meeting)).headers["ETag"]
    room.finish(pen=pen, item=first_item(meeting), following=None)
    assert binh.get(url(meeting), HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_phones_ask_every_five_seconds_while_something_is_open(phone: Phone, meeting: Meeting, pen: Pen) -> None:
    binh = phone("binh")
    assert binh.get(url(meeting)).context["every"] == 5
    room.finish(pen=pen, item=first_item(meeting), following=None)
    assert binh.get(url(meeting)).context["every"] == 30
    commands.open_check_in(pen=pen)
    assert binh.get(url(meeting)).context["every"] == 5


def test_before_and_after_the_meeting_one_is_led_to_its_page(phone: Phone, meeting: Meeting, people: People) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="closed", closed_at=now())
    assert phone("binh").get(url(meeting)).url == f"/cuoc-hop/{meeting.pk}/"  # type: ignore[attr-defined]
    assert phone("binh").post(url(meeting, "phat-bieu/"), {"act": "ask"}).status_code == 302


def test_one_tap_leads_there_from_home_and_from_the_meeting(phone: Phone, meeting: Meeting) -> None:
    link = f'href="{url(meeting)}"'
    assert link in phone("binh").get("/").content.decode()
    assert link in phone("binh").get(f"/cuoc-hop/{meeting.pk}/").content.decode()
    assert link not in phone("khanh").get(f"/cuoc-hop/{meeting.pk}/").content.decode()


def test_only_kinds_about_oneself_are_written_by_members(meeting: Meeting, people: People) -> None:
    pen = Pen(meeting, people.standing("binh"), uuid4())
    with pytest.raises(Http404):
        pen.write_own("clerk", member=people.binh.pk)
    with pytest.raises(Http404):
        Pen(meeting, people.standing("phuc"), uuid4()).write_own("ask", member=people.phuc.pk)


def test_a_closed_item_shows_its_title_alone(phone: Phone, meeting: Meeting) -> None:
    item = first_item(meeting)
    AgendaItem.objects.filter(pk=item.pk).update(closed_paper="trang 12")
    Meeting.objects.filter(pk=meeting.pk).update(version=2)
    page = phone("binh").get(url(meeting)).content.decode()
    assert "Mục họp kín" in page and "Nhà mình làm được gì" not in page and "trang 12" not in page


def test_a_meeting_of_the_committee_is_for_the_committee(phone: Phone, people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=make.at(today()), body="committee")
    make.item(meeting)
    room.open_room(pen=Pen(meeting, people.standing("lan"), uuid4()), chair=people.lan.pk)
    assert phone("hung").get(url(meeting)).status_code == 200
    assert phone("binh").get(url(meeting)).status_code == 404


def test_a_phone_reads_what_came_since_the_last_reading(
    meeting: Meeting, pen: Pen, people: People, seen_by: Callable[..., object]
) -> None:
    seen_by("binh", room_seen, meeting)
    kept = reading._seen.get(meeting.pk)
    assert kept is not None and kept.records
    commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=people.tam.pk)
    assert [one.person for one in hall(seen_by("binh", room_seen, meeting)).waiting] == [people.tam.pk]  # type: ignore[arg-type]
    anew, records = seen_by("binh", reading._records_seen, meeting, kept)  # type: ignore[misc]
    assert not anew and [one.kind for one in records] == ["ask"]
    anew, records = seen_by("binh", reading._records_seen, meeting, replace(kept, hash=b"another"))  # type: ignore[misc]
    assert anew and len(records) == len(kept.records) + 1
