"""What no honest device sends, and what a broken one does: refused or put right by itself, the rest kept (rule 4)."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chibo.access.models import MeetingDuty
from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7
from chibo.meetings.models import AgendaItem, Entry, Meeting, RoomDevice, SetAside, State
from chibo.meetings.room import log
from chibo.meetings.room.recorded import milliseconds
from chibo.members.models import Suspension
from tests import make
from tests.meetings.device.joining.conftest import Browser, Raw, opening
from tests.meetings.device.joining.test_exchange import whole
from tests.people import People

Browsers = Callable[[str], Browser]
YEAR = 365 * 24 * 3600 * 1000


@pytest.fixture
def opened(lan: Browser, people: People) -> Browser:
    """Lan's browser, the meeting opened on it and joined up."""
    lan.write("open", **opening(people))
    lan.send()
    return lan


def why(found: Raw) -> list[str | None]:
    return [one.get("why") for one in found["answers"]]


# ---------- Clocks ----------
@pytest.mark.parametrize("off", [-YEAR, YEAR])
def test_a_clock_that_is_a_year_wrong_is_set_right_by_what_it_says_now(opened: Browser, off: int) -> None:
    entry = opened.write("guest", name="Ông Ba")
    entry["at"] += off - 60_000
    found = opened.send(sent=milliseconds(now()) + off)
    kept = Entry.objects.get(pk=entry["id"])
    assert kept.at is not None and abs(kept.at - (now() - timedelta(minutes=1))) < timedelta(seconds=30)
    assert [one["id"] for one in found["entries"]] == [entry["id"]], "the device hears at which time it is kept"
    whole(opened.meeting)


def test_nothing_lies_in_the_future_and_two_minutes_are_no_matter(opened: Browser) -> None:
    entry, other = opened.write("guest", name="Ông Ba"), opened.write("guest", name="Bà Tư")
    entry["at"] += YEAR
    other["at"] -= 90_000
    opened.send(sent=milliseconds(now()) - 90_000)
    assert Entry.objects.get(pk=entry["id"]).at <= now()  # type: ignore[operator]
    assert milliseconds(Entry.objects.get(pk=other["id"]).at) == other["at"]  # type: ignore[arg-type]


# ---------- Authenticity ----------
@pytest.mark.parametrize(("key", "word"), [("meeting", "other_meeting"), ("device", "device"), ("author", "author")])
def test_what_says_to_be_anothers_is_refused_and_the_rest_kept(opened: Browser, key: str, word: str) -> None:
    forged, right = opened.write("guest", name="Ông Ba"), opened.write("guest", name="Bà Tư")
    forged[key] = str(uuid4())
    found = opened.send()
    assert why(found) == [word, None]
    assert set(Entry.objects.filter(kind="guest").values_list("pk", flat=True)) == {type(uuid4())(right["id"])}
    whole(opened.meeting)


def test_an_id_that_another_meeting_knows_is_refused(opened: Browser, people: People) -> None:
    elsewhere = make.meeting(people.sibling, state=State.OPEN)
    entry = opened.write("guest", name="Ông Ba")
    keys = {"device": uuid4(), "counter": 1, "kind": "guest", "author_id": people.phuc.pk, "seq": 1, "payload": "{}"}
    Entry.objects.create(id=entry["id"], **elsewhere.keys, **keys, salt=b"", digest=b"", previous=b"", hash=b"")
    assert why(opened.send()) == ["other_meeting"]


def test_the_same_id_with_other_content_and_the_same_counter_again_are_refused(opened: Browser) -> None:
    entry = opened.write("guest", name="Ông Ba")
    opened.send()
    other = {**entry, "payload": {"name": "Bà Tư"}}
    again = {**entry, "id": str(uuid7())}
    assert why(opened.send([other, again, entry])) == ["twice", "counter", None]
    one = opened.write("guest", name="Cô Năm")
    two, three = {**one, "payload": {"name": "Chú Sáu"}}, {**one, "id": str(uuid7())}
    assert why(opened.send([one, one, two, three])) == [None, None, "twice", "counter"]
    assert Entry.objects.filter(kind="guest").count() == 2
    whole(opened.meeting)


BAD: list[Any] = [
    None,
    7,
    [],
    {},
    {"id": "x"},
    {"counter": 0},
    {"counter": True},
    {"counter": 2**53},
    {"counter": 1.5},
    {"counter": "1"},
    {"kind": "nonsense"},
    {"kind": ["guest"]},
    {"kind": "constructor"},
    {"payload": None},
    {"payload": {"name": "Ông \0Ba"}},
    {"payload": {"name": "\ud800"}},
    {"payload": {"name": "  "}},
    {"payload": {"name": "x" * 20_001}},
    {"payload": {"name": "Ông Ba", "more": 1}},
    {"payload": {"name": ["Ông Ba"]}},
    {"at": "hôm qua"},
    {"at": float("nan")},
    {"seen": -1},
    {"seen": "3"},
    {"version": 9},
    {"kind": "remark", "payload": {"item": str(uuid4()), "text": "Nói", "guest": "Ông Ba"}},
    {"kind": "attend", "payload": {"members": [str(uuid4())], "state": "present"}},
    {"kind": "review", "payload": {"task": str(uuid4()), "result": "done", "due_then": "2026-12-01"}},
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: json.dumps(bad)[:40])
def test_a_shape_that_no_program_of_ours_makes_is_refused_by_itself(opened: Browser, bad: Any) -> None:
    entry, right = opened.write("guest", name="Ông Ba"), opened.write("guest", name="Bà Tư")
    sent = {**entry, **bad} if isinstance(bad, dict) and bad else bad
    assert why(opened.send([sent, right])) == ["shape", None]
    whole(opened.meeting)


@pytest.mark.parametrize("at", [-(10**18), 10**18, -(10**400), 10**400, 0, 1.5, None], ids=lambda at: str(at)[:9])
def test_any_number_is_a_time(opened: Browser, at: float | None) -> None:
    entry = opened.write("guest", name="Ông Ba")
    entry["at"] = at
    assert why(opened.send()) == [None]
    assert Entry.objects.get(pk=entry["id"]).at <= now()  # type: ignore[operator]


@pytest.mark.parametrize("sent", [10**400, -(10**400), float("inf"), float("nan"), "x"], ids=lambda sent: str(sent)[:9])
def test_a_clock_that_says_no_time_sets_nothing_right(opened: Browser, sent: Any) -> None:
    entry = opened.write("guest", name="Ông Ba")
    assert why(opened.send(sent=sent)) == [None]
    assert milliseconds(Entry.objects.get(pk=entry["id"]).at) == entry["at"]  # type: ignore[arg-type]


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:00", "9999-12-31T23:59Z"])
def test_an_hour_that_no_column_gives_back_is_refused(lan: Browser, people: People, started: str) -> None:
    lan.write("open", **opening(people), started=started)
    assert why(lan.send()) == ["shape"]
    assert lan.client.get(f"{lan.path}goi/").status_code == 200


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"])
def test_what_is_sent_as_another_kind_is_answered_in_json(opened: Browser, people: People, kind: str) -> None:
    from tests.people import sign_in

    strict = sign_in(Client(enforce_csrf_checks=True), people.lan)
    strict.get(f"{opened.path}may/{opened.device}/")
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    token = strict.cookies["csrftoken"].value
    for path in ("nhat-ky/", "may/"):
        answer = strict.generic("POST", opened.path + path, part, content_type=kind, headers={"X-CSRFToken": token})
        assert answer.status_code == 400 and "error" in json.loads(answer.content)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '"x"', b"\xff\xfe", "[" * 100_000, '{"entries": 7}', '{"device": "x", "entries": []}'],
)
def test_a_body_that_is_no_batch_is_answered_so(opened: Browser, body: str | bytes) -> None:
    answer = opened.post(body)
    assert answer.status_code == 400 and "error" in json.loads(answer.content)


def test_a_counter_far_ahead_is_refused_or_nobody_could_count_on(opened: Browser, browser: Browsers) -> None:
    entry, right = opened.write("guest", name="Ông Ba"), opened.write("guest", name="Bà Tư")
    entry["counter"], right["counter"] = 2**53 - 1, 1_000_000
    assert why(opened.send()) == ["counter", None]
    opened.outbox.clear()
    other = browser("tam")
    other.take(json.loads(other.hear().content))
    assert other.write("guest", name="Chú Sáu")["counter"] == 1_000_001
    assert why(other.send()) == [None], "it goes on from what it has heard"
    whole(opened.meeting)


def test_a_device_has_not_seen_what_is_not_numbered_yet(opened: Browser) -> None:
    entry = opened.write("guest", name="Ông Ba")
    entry["seen"] = 2**40
    found = opened.send()
    assert Entry.objects.get(pk=entry["id"]).seen == 1
    assert found["entries"][0]["seen"] == 1


def test_words_marked_as_classified_are_kept_as_their_placeholder_everywhere(opened: Browser, item: AgendaItem) -> None:
    entry = opened.write("remark", item=item.pk, text="Tài liệu TUYỆT MẬT số 12", guest="Ông Ba")
    found = opened.send()
    assert "TUYỆT MẬT" not in json.dumps(found, ensure_ascii=False)
    assert found["entries"][0]["id"] == entry["id"], "the device hears what is kept in their place"


def test_what_a_column_cannot_hold_is_cut_there_and_whole_in_the_log(opened: Browser, item: AgendaItem) -> None:
    opened.write("guest", name="B" * 5000, office="x" * 5000)
    opened.write("attend", members=[opened.row.person_id], state="present", late_minutes=2**31 - 1)
    assert why(opened.send()) == [None, None]
    assert len(next(iter(log.room_of(opened.meeting).guests.values())).name) == 5000
    whole(opened.meeting)


# ---------- Many ----------
def test_more_than_five_hundred_at_once_are_to_be_sent_again(opened: Browser) -> None:
    for _ in range(501):
        opened.write("lead")
    found = opened.send()
    assert why(found)[-2:] == [None, "too_many"] and len(opened.outbox) == 1
    assert why(opened.send()) == [None]


def test_a_hundred_thousand_at_once_are_answered_clearly(opened: Browser) -> None:
    one = opened.write("guest", name="Ông Ba")
    text = json.dumps(opened.body([one])).removesuffix("]}")
    for number in (100_000, 250_000):
        answer = opened.post(text + f",{json.dumps(one)}" * number + "]}")
        assert (answer.status_code, json.loads(answer.content)) == (413, {"error": "too_big"})


def test_what_others_wrote_comes_in_parts(opened: Browser, browser: Browsers) -> None:
    for _ in range(700):
        opened.write("lead")
    opened.send(opened.outbox[:500])
    opened.send()
    tam = browser("tam")
    first = json.loads(tam.hear().content)
    tam.take(first)
    second = json.loads(tam.hear().content)
    tam.take(second)
    assert (first["more"], len(first["entries"]), second["more"], tam.head) == (True, 500, False, 701)


# ---------- Lost answers ----------
def test_with_two_fifths_of_the_answers_lost_each_entry_stands_once(
    opened: Browser, browser: Browsers, people: People
) -> None:
    chance, others = random.Random(4), [opened, browser("tam"), browser("hung")]
    written = 0
    for _ in range(40):
        one = chance.choice(others)
        for _ in range(chance.randrange(4)):
            one.write("guest", name=f"Khách {written}")
            written += 1
        answer = one.post(one.body(one.outbox))
        if chance.random() >= 0.4:
            one.take(json.loads(answer.content))
    for one in others * 2:
        one.send()
    assert Entry.objects.filter(meeting=opened.meeting, kind="guest").count() == written
    states = {json.dumps(sorted(one.entries.values(), key=lambda entry: entry["id"]), sort_keys=True) for one in others}
    assert {len(one.entries) for one in others} == {written + 1} and len(states) >= 1
    whole(opened.meeting)


# ---------- Joined up against something else ----------
def test_a_vote_against_a_differing_opinion_opened_elsewhere_is_marked_and_bars_signing(
    opened: Browser, browser: Browsers, people: People, item: AgendaItem, meeting: Meeting
) -> None:
    tam = browser("tam")
    tam.take(json.loads(tam.hear().content))
    tam.write("differ", item=item.pk, member=people.binh.pk, text="Nên làm sau Tết")
    names = ("lan", "hung", "quyen", "tam", "binh")
    opened.write("attend", members=[people.all()[name].pk for name in names], state="present")
    vote = opened.write(
        "vote",
        subject="resolution",
        title="Nghị quyết tháng 11",
        included=[[str(people.all()[name].pk), "present"] for name in names],
        excluded=[],
        exclusions=[],
        fraction="half",
        in_favour=5,
        against=0,
        abstained=0,
    )
    opened.send()
    assert why(tam.send()) == [None]
    looks = log.room_of(meeting).needs_look
    assert [(str(one.entry), one.why) for one in looks] == [(vote["id"], "differing_open")]
    opened.write("clerk", member=people.tam.pk)
    opened.write("close")
    assert why(opened.send()) == [None, None]
    page = opened.client.get(f"/cuoc-hop/{meeting.pk}/phong/xem-lai/").content.decode()
    assert "Biểu quyết khi còn ý kiến khác chưa kết luận" in page
    whole(meeting)


# ---------- Who is named ----------
@pytest.mark.parametrize("name", ["phuc", "inspector", "hoa", "former"])
def test_an_entry_alone_gives_nobody_from_elsewhere_a_part_in_the_meeting(
    browser: Browsers, people: People, meeting: Meeting, name: str
) -> None:
    stranger, tam = people.all()[name], browser("tam")
    payload = {**opening(people), "chair": str(stranger.pk), "keepers": [str(people.tam.pk), str(stranger.pk)]}
    payload["roll"] = [*payload["roll"], {"person": str(stranger.pk), "kind": "official"}]
    tam.write("open", **payload)
    tam.write("clerk", member=str(stranger.pk))
    tam.send()
    assert not MeetingDuty.objects.filter(meeting_id=meeting.pk, person=stranger).exists()
    assert tam.client.get(f"{tam.path}goi/").status_code == 404, "nor does the clerk keep the part who gave it away"
    whole(meeting)


# ---------- Devices of people who are no longer of the cell ----------
def test_a_proposed_clerk_who_was_not_elected_still_sends_and_hears_nothing(
    opened: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    tam = browser("tam")
    tam.take(json.loads(tam.hear().content))
    tam.write("guest", name="Ông Ba")
    opened.write("clerk", member=people.mai.pk)
    opened.send()
    found = tam.send()
    assert why(found) == [None] and found["entries"] == []
    assert json.loads(tam.hear().content)["entries"] == []
    assert not log.room_of(meeting).needs_look, "the opening names who kept the meeting then"
    assert tam.client.get(f"{tam.path}goi/").status_code == 404
    whole(meeting)


def suspend(people: People) -> None:
    Suspension.objects.create(person=people.hung, cell=people.cell, validity=make.days(now().date(), None))


def move_away(people: People) -> None:
    people.hung.memberships.update(validity=make.days(now().date() - timedelta(days=900), now().date()))
    people.hung.offices.update(validity=make.days(now().date() - timedelta(days=900), now().date()))


def cut(people: People) -> None:
    RoomDevice.objects.filter(person=people.hung).update(removed_at=now())


@pytest.mark.parametrize("gone", [suspend, move_away, cut])
def test_a_device_of_someone_who_is_gone_hears_so_and_what_it_brings_is_set_aside(
    opened: Browser, browser: Browsers, people: People, meeting: Meeting, gone: Callable[[People], None]
) -> None:
    hung = browser("hung")
    entry = hung.write("guest", name="Ông Ba")
    gone(people)
    for _ in range(2):
        answer = hung.post(hung.body(hung.outbox))
        assert (answer.status_code, json.loads(answer.content)) == (410, {"error": "removed", "forget": False})
    assert hung.hear().status_code == 410
    assert hung.client.get(f"{hung.path}may/{hung.device}/").status_code in (404, 410)
    kept = SetAside.objects.get(meeting=meeting)
    assert (str(kept.entry), kept.why, kept.author_id) == (entry["id"], "cut_off", people.hung.pk)
    assert not Entry.objects.filter(kind="guest").exists()
    whole(meeting)


def test_csrf_is_asked_for_and_said_in_one_word(opened: Browser, people: People) -> None:
    from tests.people import sign_in

    strict = sign_in(Client(enforce_csrf_checks=True), people.lan)
    answer = strict.post(
        f"{opened.path}nhat-ky/", "{}", content_type="application/json", HTTP_ACCEPT="application/json"
    )
    assert (answer.status_code, answer.json()) == (403, {"error": "csrf"})


def test_nothing_new_is_said_in_few_bytes(opened: Browser) -> None:
    tag = opened.hear().headers["ETag"]
    idle = opened.hear(**{"If-None-Match": tag})
    assert idle.status_code == 304 and idle.content == b""
    head = "HTTP/1.1 304 Not Modified\r\nserver: granian\r\ndate: Tue, 24 Nov 2026 23:12:01 GMT\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in idle.headers.items()) + "\r\n"
    assert len(head) <= 300
