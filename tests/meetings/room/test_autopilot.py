"""Above every screen of the room: what to say and do, what comes next, what waits; who was silent, for the chair."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.lib import dates
from chibo.lib.dates import now, today
from chibo.meetings.agendas import templates_for
from chibo.meetings.device.pack import pack_of
from chibo.meetings.models import AgendaItem, Announcement, Attendance, Entry, Meeting, Minutes, MinutesSection, State
from chibo.meetings.room import commands, dissent, log
from chibo.meetings.room.autopilot import autopilot_of, guide_of, guides
from chibo.meetings.room.commands import Pen, call
from chibo.meetings.room.screens import Screen, Step, screen_with
from chibo.meetings.room.silence import meetings_in_a_row
from chibo.orgs.models import Category
from chibo.resolutions.room import commands as deciding
from chibo.resolutions.room.state import old_tasks
from chibo.rules.models import Rule
from tests import make
from tests.meaning.test_two_places import run
from tests.people import People, sign_in

LONGEST = 90  # characters: what one takes in at a glance
SAID_ITSELF = ("thu-ky/", "bieu-quyet/?noi-dung=agenda", "bo-phieu-kin/")


def url(meeting: Meeting, rest: str = "") -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/{rest}"


def screen_of(meeting: Meeting, people: People) -> Screen:
    class Asked:
        standing = people.standing("lan")

    lines = list(Attendance.objects.filter(meeting=meeting).select_related("person"))
    return screen_with(Asked(), meeting, log.room_of(meeting), lines)  # type: ignore[arg-type]


def first_item(meeting: Meeting) -> AgendaItem:
    found = AgendaItem.objects.filter(meeting=meeting).first()
    assert found is not None
    return found


# ---------- The texts ----------
def test_every_item_of_every_agenda_has_a_guide_with_the_rule_behind_it(people: People) -> None:
    without, day = [], today()
    for body in ("cell", "committee"):
        for category in Category.values:
            for template in templates_for(category, body, day):
                meeting = make.meeting(people.cell, body=body, kind=template.part)
                for one in template.items:
                    make.item(meeting, one.title, kind=one.kind, template_key=one.key)
                screen = screen_of(meeting, people)
                for step in screen.steps:
                    guide = guide_of(screen, step, screen.book)
                    if not (guide and guide.say and guide.act and guide.rule and guide.source):
                        without.append((category, template.part, step.title))
    assert not without


def test_each_names_a_rule_of_the_book_or_says_it_with_source_and_how_sure(people: People) -> None:
    book = Rule.objects.general(today())
    for key, entry in guides().items():
        if "rule_key" in entry:
            assert entry["rule_key"] in book, key
        else:
            assert entry["rule"] and entry["source"] and entry["confidence"] in ("V", "S", "R"), key


def test_they_are_as_short_as_a_whisper_and_set_no_numbers() -> None:
    for key, entry in guides().items():
        for part in (entry, *entry.get("later", ())):
            assert len(part["say"]) <= LONGEST and len(part["act"]) <= LONGEST, key
            assert not re.search(r"\d", part["say"] + part["act"]), f"{key}: a number is a row of the rules"


def test_the_guide_of_the_opening_follows_what_is_done(meeting: Meeting, people: People) -> None:
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)

    def said() -> str:
        screen = screen_of(meeting, people)
        guide = autopilot_of(screen, screen.steps[0]).guide
        assert guide is not None and guide.rule
        return guide.say

    assert "cử thư ký" in said()
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    assert "đảng viên dự họp" in said()
    everyone = list(screen_of(meeting, people).room.roll)
    commands.call(pen=pen, members=everyone, state="present")
    assert "đảng phí" in said()
    pen.write("note", about="fees", text="Đã nộp đủ.")
    assert "Chương trình" in said()


def test_a_thematic_part_goes_its_own_way_and_a_committee_too(people: People) -> None:
    def said(part: str, **fields: str) -> str:
        body = "committee" if part == "committee" else "cell"
        meeting = make.meeting(people.cell, body=body, kind=part)
        item = make.item(meeting, **fields)
        screen = screen_of(meeting, people)
        guide = guide_of(screen, next(one for one in screen.steps if one.item == item), screen.book)
        assert guide is not None
        return guide.say

    assert "nhận thức, liên hệ bản thân" in said("thematic", kind="discussion")
    assert "nhận thức" not in said("regular", kind="discussion")
    assert "đề dẫn" in said("thematic", kind="information", template_key="paper")
    assert "đưa ra chi bộ" in said("committee", kind="discussion", template_key="preparation")
    assert "bất thường" in said("extraordinary", kind="discussion", template_key="matter")


def test_in_a_combined_meeting_the_second_part_waits_for_the_first(people: People) -> None:
    meeting = make.meeting(people.cell)
    make.item(meeting)
    aim = make.item(meeting, kind="opening", template_key="aim", part=make.part(meeting, "thematic"), position=1)
    screen = screen_of(meeting, people)
    guide = guide_of(screen, next(one for one in screen.steps if one.item == aim), screen.book)
    assert guide is not None and "xong phần này mới sang phần kia" in guide.rule
    assert guide.source.endswith("(theo bản lưu hành, chưa đối chiếu bản gốc)")


# ---------- On the screens ----------
def test_it_works(lan: Client, pen: Pen, people: People) -> None:
    item = first_item(pen.meeting)
    page = lan.get(url(pen.meeting, f"muc/{item.pk}/")).content.decode()
    assert "“Mời các đồng chí nêu ý kiến, trước hết là ý kiến khác nhau.”" in page
    assert "Kết luận của Ban Thường vụ Tỉnh ủy, phiên họp ngày 09/9/2014" in page
    assert "Tiếp theo: Việc tháng tới" in page
    assert "Một việc kỳ trước chưa xem" in page and 'pilot-label">Bây giờ' not in page


def test_what_a_screen_says_itself_is_not_said_twice(lan: Client, pen: Pen, people: People) -> None:
    for path in SAID_ITSELF:
        page = lan.get(url(pen.meeting, path)).content.decode()
        assert "pilot-desk" in page and ">Nói<" not in page, path


def test_a_screen_elsewhere_says_where_the_hall_is_and_that_it_is_over_time(
    lan: Client, pen: Pen, people: People
) -> None:
    with dates.at(now() + timedelta(minutes=21)):
        page = lan.get(url(pen.meeting, "viec-cu/")).content.decode()
    item = first_item(pen.meeting)
    assert f'Bây giờ</span> <a href="{url(pen.meeting, f"muc/{item.pk}/")}">' in page
    assert "21/20 phút" in page and "Quá giờ" in page


def test_what_waits_stands_there_until_it_is_answered(lan: Client, pen: Pen, people: People) -> None:
    item = first_item(pen.meeting)

    def waits() -> list[str]:
        page = lan.get(url(pen.meeting, f"muc/{item.pk}/")).content.decode()
        return sorted(set(re.findall(r"</svg>([^<]+)</a></li>", page)))

    commands.call(pen=pen, members=[people.binh.pk], state="present")
    ask = pen.write("ask", member=people.binh.pk)
    pen.write("claim", member=people.mai.pk, how="code")
    differing = dissent.raise_differing(pen=pen, item=item, text="Khác", member=people.binh.pk)
    assert waits() == [
        "Một việc kỳ trước chưa xem",
        "Một ý kiến khác chưa kết luận",
        "Một đồng chí tự báo có mặt",
        "Một đồng chí xin phát biểu",
    ]
    pen.write("unask", of=ask.pk)
    commands.call(pen=pen, members=[people.mai.pk], state="present")
    pen.write("differ-outcome", of=differing.pk, outcome="adopted")
    deciding.review(pen=pen, task=old_tasks(pen.meeting)[0], result="done")
    assert waits() == []


def test_the_roll_asks_the_database_nothing_for_it(lan: Client, pen: Pen) -> None:
    lan.get(url(pen.meeting, "diem-danh/"))
    with CaptureQueriesContext(connection) as asked:
        lan.get(url(pen.meeting, "diem-danh/"))
    assert not [one for one in asked if "resolutions_task" in one["sql"]]
    assert sum("rules_rule" in one["sql"] for one in asked) == 1


# ---------- Who has long not spoken ----------
@pytest.fixture
def silent(meeting: Meeting, people: People) -> Meeting:
    """Bình attended two meetings without a word; Hùng spoke at the last."""
    for months in (2, 3):
        before = make.signed(people.cell, months_ago=months, present=(people.lan, people.hung, people.binh))
        content = {"speakers": [str(people.hung.pk), str(people.lan.pk)]}
        section = {
            "position": 1,
            "key": "i",
            "title": "Thảo luận",
            "data_class": "discussion",
            "salt": b"",
            "digest": b"",
        }
        minutes = Minutes.objects.create(**before.keys, number=months, root=b"r", frozen_at=now(), read_at=now())
        MinutesSection.objects.create(**before.keys, minutes=minutes, content=content, **section)
    return meeting


def test_the_chair_is_told_who_was_silent_before_the_opening_and_in_the_room(
    lan: Client, silent: Meeting, people: People
) -> None:
    make.duty(silent, people.lan, "chair")
    said = {"silent": [{"person": str(people.binh.pk), "meetings": 2}]}
    assert lan.get(url(silent, "im-lang/")).json() == said
    commands.open_room(pen=Pen(silent, people.standing("lan"), uuid4()), chair=people.lan.pk)
    answer = lan.get(url(silent, "im-lang/"))
    assert answer.json() == said and answer.headers["Cache-Control"] == "no-store"
    silent.refresh_from_db()
    assert meetings_in_a_row(silent, [people.binh.pk, people.hung.pk]) == {people.binh.pk: 2}


@pytest.mark.parametrize("name", ["hung", "quyen", "tam", "binh", "khanh", "dung", "operator"])
def test_nobody_else_is_told(client: Client, silent: Meeting, people: People, name: str) -> None:
    make.duty(silent, people.lan, "chair")
    make.duty(silent, people.tam, "clerk")
    sign_in(client, people.operator if name == "operator" else getattr(people, name))
    assert client.get(url(silent, "im-lang/")).status_code == 404
    commands.open_room(pen=Pen(silent, people.standing("lan"), uuid4()), chair=people.lan.pk)
    assert client.get(url(silent, "im-lang/")).status_code == 404


def test_whoever_plans_and_opens_alone_is_not_told(client: Client, silent: Meeting, people: People) -> None:
    """Never hold 2: a deputy reads it only as the chair of whom all were told beforehand, once the roll is called."""
    make.duty(silent, people.hung, "chair")
    Meeting.objects.filter(pk=silent.pk).update(planned_chair=people.hung.pk)
    hung, pen = sign_in(client, people.hung), Pen(silent, people.standing("hung"), uuid4())
    looks = [hung.get(url(silent, "im-lang/")).status_code]
    commands.open_room(pen=pen, chair=people.hung.pk)
    looks.append(hung.get(url(silent, "im-lang/")).status_code)
    roll = [line.person_id for line in Attendance.objects.filter(meeting=silent)]
    call(pen=pen, members=roll, state="present")
    looks.append(hung.get(url(silent, "im-lang/")).status_code)
    sent = {"number": 1, "text": "", "sent_at": now(), "effective_at": now()}
    notice = Announcement.objects.create(**silent.keys, **sent)
    looks.append(hung.get(url(silent, "im-lang/")).status_code)
    assert looks == [404, 404, 404, 404]
    Announcement.objects.filter(pk=notice.pk).update(effective_at=now() - timedelta(days=3))
    assert hung.get(url(silent, "im-lang/")).json()["silent"]
    Attendance.objects.filter(meeting=silent, person=people.mai).update(state="")
    assert hung.get(url(silent, "im-lang/")).status_code == 404


def test_nobody_is_told_once_the_meeting_is_over(lan: Client, silent: Meeting, people: People) -> None:
    make.duty(silent, people.lan, "chair")
    Meeting.objects.filter(pk=silent.pk).update(state=State.CLOSED)
    assert lan.get(url(silent, "im-lang/")).status_code == 404


def test_no_script_of_the_room_keeps_it_on_a_device() -> None:
    """mission.md, never hold 2: in memory alone."""
    script = Path("src/chibo/meetings/static/meetings/device/silence.js").read_text()
    assert not re.search(r"localStorage|sessionStorage|indexedDB|store|caches", script.replace("no-store", ""))


# ---------- The same on a device ----------
def told(screen: Screen, step: Step) -> dict[str, Any]:
    pilot = autopilot_of(screen, step, guided=True)

    def key(address: str) -> str:
        return address.partition("#")[0].removeprefix(screen.path).strip("/")

    return {
        "now": key(pilot.now.url) if pilot.now else None,
        "next": key(pilot.following.url) if pilot.following else None,
        "guide": pilot.guide and {name: getattr(pilot.guide, name) for name in ("say", "act", "rule", "source")},
        "matters": [{"words": one.words, "key": key(one.url), "icon": one.icon} for one in pilot.matters],
    }


def case(meeting: Meeting, people: People) -> dict[str, Any]:
    class Asked:
        standing = people.standing("lan")

    meeting.refresh_from_db()
    screen = screen_of(meeting, people)
    entries = [
        {
            **{name: getattr(one, name) for name in ("id", "counter", "kind", "seq", "seen")},
            "device": one.device,
            "author": one.author_id,
            "payload": json.loads(one.payload or "{}"),
            "at": int(one.at.timestamp() * 1000) if one.at else None,
        }
        for one in Entry.objects.filter(meeting=meeting).order_by("seq")
    ]
    silent = [
        {"person": who.pk, "meetings": row} for who, row in ((people.binh, 2), (people.quyen, 4), (people.son, 3))
    ]
    spoken = {one.person for one in screen.room.remarks.values()}
    present = {line.person_id for line in screen.lines if line.state == "present"}
    still = [one for one in silent if one["person"] in present - spoken]
    return {
        "pack": pack_of(Asked(), meeting),  # type: ignore[arg-type]
        "entries": entries,
        "steps": [told(screen, step) for step in screen.steps],
        "presides": screen.is_chair,
        "clerk": people.tam.pk,
        "silent": silent,
        "still_silent": sorted(still, key=lambda one: -one["meetings"]),
    }


def test_a_device_tells_the_same(meeting: Meeting, people: People, tmp_path: Path) -> None:
    item = first_item(meeting)
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    cases = [case(meeting, people)]
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    commands.call(pen=pen, members=[people.binh.pk, people.quyen.pk], state="present")
    pen.write("ask", member=people.binh.pk)
    pen.write("claim", member=people.mai.pk, how="code")
    differing = dissent.raise_differing(pen=pen, item=item, text="Khác", member=people.binh.pk)
    cases.append(case(meeting, people))
    commands.record_remark(pen=pen, item=item, text="Nói", member=people.quyen.pk)
    pen.write("differ-outcome", of=differing.pk, outcome="adopted")
    log.append(
        meeting, by=people.standing("binh"), device=uuid4(), kind="note", payload={"about": "fees", "text": "đủ"}
    )
    commands.finish(pen=pen, item=item, following=AgendaItem.objects.filter(meeting=meeting).last())
    deciding.review(pen=pen, task=old_tasks(meeting)[0], result="done")
    commands.call(pen=pen, members=[people.hung.pk], state="present")
    cases.append(case(meeting, people))
    assert any(one["words"] == "Một chỗ cần xem lại" for one in cases[-1]["steps"][-1]["matters"])
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases, cls=DjangoJSONEncoder))
    done = run("tests/room_js/leading.test.mjs", CASES=str(file))
    assert done.returncode == 0, done.stdout[-3000:]


# ---------- The way to the device's room ----------
def test_whoever_keeps_the_meeting_is_shown_the_way_to_prepare_a_device(
    client: Client, meeting: Meeting, people: People
) -> None:
    make.duty(meeting, people.tam, "clerk")
    Meeting.objects.filter(pk=meeting.pk).update(state=State.ANNOUNCED, announced_at=now())
    way = f'<a href="/phong-hop/#{meeting.pk}/giu">'
    for name, shown in (("lan", True), ("tam", True), ("binh", False), ("khanh", False)):
        page = sign_in(client, getattr(people, name)).get(f"/cuoc-hop/{meeting.pk}/").content.decode()
        assert (f"{way}Giữ được khi mất mạng" in page) is shown, name


def test_in_the_room_the_way_to_hold_it_without_a_network_is_in_words(lan: Client, pen: Pen) -> None:
    way = f'<a href="/phong-hop/#{pen.meeting.pk}">'
    page = lan.get(url(pen.meeting, "diem-danh/")).content.decode()
    assert f"{way}họp khi mất mạng" in page and f"{way}Họp khi mất mạng" in page
