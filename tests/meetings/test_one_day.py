"""What the day of a meeting is, how far it has come and how late it is, is said alike by every page, paper and answer.

A cell's meeting is planned for one day and opened on another. Every path of the site that can be asked of it is asked,
by everyone whom it lets in, in each state of the meeting; the paths are those of `tests/access/routes.py`.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from chibo.documents.plain import plain_text
from chibo.home.commune import rows_under
from chibo.lib.dates import ZONE, format_date, month_start, now, today
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import AgendaItem, Meeting, Postponement, State
from chibo.meetings.months import months_of_year
from chibo.meetings.prepare.commands import move_meeting, plan_meeting
from chibo.meetings.prepare.planning import MeetingKind
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import THE_SERVER
from chibo.resolutions.documents import build_conclusion
from chibo.resolutions.models import MeetingFigures
from chibo.resolutions.room import commands as decide
from tests import make
from tests.access.routes import ROUTES
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

# Of what was sent out before the meeting, and of what had to be done before it: there the planned day is right.
OF_THE_PLAN = (
    "thong-bao",
    "van-ban",
    "so-tay",
    "nhat-ky",
    "y-kien",
    "chuan-bi",
    "noi-dung",
    "hoi-y",
    "du-lieu-cua-toi",
)
READERS = ("lan", "tam", "binh", "khanh", "dung", "thu")
TODAY, PLANNED = date(2026, 12, 10), date(2026, 12, 15)


@pytest.fixture(autouse=True)
def the_tenth() -> Iterator[None]:
    """Today is in the middle of a month."""
    with time_machine.travel(datetime.combine(TODAY, time(18), ZONE), tick=False):
        yield


@pytest.fixture
def meeting(people: People) -> Meeting:
    """Planned for one of the next days; the cell has no other, but the one that has been signed."""
    one = planned(people, PLANNED)
    make.item(one, "Kết luận", kind=AgendaItem.Kind.CONCLUSION)
    return one


def planned(people: People, day: date, registered: date | None = None) -> Meeting:
    """The cell's one meeting, announced for a day; it has registered that of another."""
    people.cell.registered_day, people.cell.founded = (registered or day).day, TODAY.replace(day=1)
    people.cell.save()
    one = people.meeting
    one.starts_at, one.period, one.state = make.at(day), month_start(registered or day), State.ANNOUNCED
    one.announced_at = now()
    one.save()
    make.item(one)
    return one


def opened(meeting: Meeting, people: People) -> Meeting:
    """Opened today, since the hall was free."""
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    meeting.refresh_from_db()
    room.elect_clerk(pen=pen, member=people.tam.pk)
    room.call(pen=pen, members=[people.lan.pk, people.hung.pk, people.tam.pk, people.binh.pk], state="present")
    decide.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Thống nhất lắp gương."})
    meeting.refresh_from_db()
    return meeting


def closed(meeting: Meeting, people: People) -> Meeting:
    one = opened(meeting, people)
    room.Pen(one, people.standing("lan"), THE_SERVER)._append("close", None, {})
    one.refresh_from_db()
    return one


def signed(meeting: Meeting, people: People) -> Meeting:
    one = closed(meeting, people)
    for who in ("tam", "lan"):
        minutes.sign(meeting=one, by=people.standing(who))
    minutes.submit(meeting=one, by=people.standing("lan"))
    one.refresh_from_db()
    return one


STATES = {"open": opened, "closed": closed, "signed": signed}


def paths(meeting: Meeting, people: People) -> list[tuple[str, set[str]]]:
    """Every path that can be asked of the meeting, of its cell or of nothing, with whom it lets in."""
    known = {"meeting_id": meeting.pk, "id": meeting.pk, "cell_id": people.cell.pk, "object_id": meeting.pk}
    known |= {"slug": "cuoc-hop", "person_id": people.binh.pk, "kind": "bien-ban", "extension": "docx"}  # type: ignore[dict-item]
    found = []
    for route, line in ROUTES.items():
        if line.method != "get" or ("<slug:slug>/" in route and "nhat-ky" not in route):
            continue
        body = people.commune if route.endswith(("months", "figures")) else people.cell
        values = known | {"organisation_id": body.pk, "body_id": people.cell.pk}
        names = re.findall(r"<\w+:(\w+)>", route)
        if all(name in values for name in names):
            found.append(("/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route).format(**values), line.who))
    return found


def text_of(answer: Any) -> str:
    """What an answer says, with plain spaces; of the API's answers all but the planned moment, which is named so."""
    kind = answer.headers.get("Content-Type", "")
    if not kind.startswith(("text/html", "application/json", "text/calendar")):
        return ""
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = text.decode()
    if kind.startswith("application/json"):
        found = re.sub(r'"(starts_at|planned)": ?("[^"]*"|\d+)', "", found)
    main = re.search(r"<main.*</main>", found, re.DOTALL)
    return unescape(main[0] if main else found).replace("\u00a0", " ")


def writings(day: date) -> tuple[str, ...]:
    return f"{day:%d/%m/%Y}", f"{day:%d/%m}", day.isoformat(), f"{day:%Y%m%d}", f"ngày {day:%d} tháng {day.month} năm"


def said_wrongly(meeting: Meeting, text: str, path: str) -> list[str]:
    """What a page says of the meeting that is not so."""
    wrong = [] if any(one in path for one in OF_THE_PLAN) else [one for one in writings(PLANNED) if one in text]
    never = [f"còn {n} ngày" for n in range(1, 10)] + ["Sắp họp</h2>", "quá ngày, chưa họp", "chưa có tin"]
    if meeting.state == State.OPEN:
        never += ["Chưa ký biên bản", "1 đã họp", "biên bản đã ký", ">Đã họp<"]
    else:
        never += ["Đang họp", "đang họp"]
    about = str(meeting.pk) in text or path.startswith(f"/cuoc-hop/{meeting.pk}/")
    return wrong + [one for one in never if about and one in text]


@pytest.mark.parametrize("state", STATES)
def test_no_page_or_answer_says_another_day_or_another_state(
    client: Client, people: People, meeting: Meeting, state: str
) -> None:
    one = STATES[state](meeting, people)
    assert (one.state, one.day, one.planned_day) == (state, today(), PLANNED)
    asked, naming, wrong = 0, 0, []
    for path, who in paths(one, people):
        for name in [name for name in READERS if name in who]:
            sign_in(client, people.all()[name])
            answer = client.get(path)
            if answer.status_code != 200:
                continue
            text = text_of(answer)
            asked += 1
            naming += any(written in text for written in writings(today())) and str(one.pk) in text
            wrong += [(path, name, said) for said in said_wrongly(one, text, path)]
    assert not wrong, "\n".join(map(str, wrong))
    print(f"{state}: {asked} answers, {naming} of them name the meeting and its day")  # noqa: T201
    assert asked > 100 and naming > 10


def test_papers_calendar_and_figures_say_the_day_it_was_held(client: Client, people: People, meeting: Meeting) -> None:
    one = closed(meeting, people)
    for paper in (minutes_document(one, None), build_conclusion(one, None)):
        assert paper.date == today()
        assert format_date(PLANNED) not in plain_text(paper)
    assert MeetingFigures.objects.get(meeting=one).held_on == today()
    assert one.posting_due.date() == today() + timedelta(days=2)
    calendar = sign_in(client, people.lan).get(f"/cuoc-hop/{one.pk}/lich.ics").content.decode()
    assert f"{PLANNED:%Y%m%d}" not in calendar


# ---------- How a month stands ----------
def months(people: People, who: str, client: Client) -> dict[str, tuple[str, int]]:
    """How this month of the cell stands: state and days late, wherever it is said."""
    standing, period = people.standing(who), month_start(meeting_of(people).period)
    (own,) = [one for one in months_of_year(people.cell, period.year, standing)[0] if one.period == period]
    found = {"function": (own.state, own.days)}
    sign_in(client, people.all()[who])
    answer = client.get(f"/api/v1/cells/{people.cell.pk}/months?year={period.year}")
    (told,) = [one for one in json.loads(answer.content)["months"] if one["period"] == str(period)]
    found["api"] = (told["state"], told["days_late"])
    if who == "dung":
        (row,) = [one for one in rows_under(people.commune, period, standing) if one.cell == people.cell]
        found["commune"] = (row.month.state, row.month.days)
    return found


def meeting_of(people: People) -> Meeting:
    return Meeting.objects.filter(cell=people.cell).latest("starts_at")


@pytest.mark.parametrize(
    ("days_ago", "state", "own", "above"),
    [
        (0, State.ANNOUNCED, "coming", "coming"),
        (1, State.ANNOUNCED, "late", "coming"),
        (3, State.ANNOUNCED, "late", "late"),
        (3, State.OPEN, "open", "open"),
        (1, State.CLOSED, "held_late", "held"),
        (3, State.SIGNED, "held_late", "held_late"),
    ],
)
def test_a_month_is_late_by_one_function(
    client: Client, people: People, days_ago: int, state: str, own: str, above: str
) -> None:
    """Registered for a day, opened today: to the cell itself at once, above after two days of grace (domain.md 2.8)."""
    one = planned(people, TODAY - timedelta(days=days_ago))
    if state != State.ANNOUNCED:
        {State.OPEN: opened, State.CLOSED: closed, State.SIGNED: signed}[State(state)](one, people)
    assert set(months(people, "lan", client).values()) == {(own, days_ago if own not in ("coming", "open") else 0)}
    seen = set(months(people, "dung", client).values())
    assert {one for one, _ in seen} == {above} and len(seen) == 1
    page = sign_in(client, people.lan).get("/cuoc-hop/").content.decode().replace("\u00a0", " ")
    home = client.get("/").content.decode().replace("\u00a0", " ")
    words = {"late": f"quá {days_ago} ngày", "held_late": f"họp muộn {days_ago} ngày", "open": "đang họp"}.get(own)
    if words:
        assert words in page and words in home


def test_a_meeting_that_was_postponed_is_late_nowhere(client: Client, people: People) -> None:
    one = planned(people, PLANNED, registered=TODAY.replace(day=1))
    before = make.at(today().replace(day=1))
    Postponement.objects.create(**one.keys, was_at=before, now_at=one.starts_at, reason="Bão số 5.")
    assert set(months(people, "lan", client).values()) == {("coming", 0)}


# ---------- For which month ----------
def test_a_kind_that_is_chosen_later_does_not_keep_the_month_of_before(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    next_month = month_start(today() + timedelta(days=31))
    typed = {"kind": "extraordinary", "period": f"{next_month:%Y-%m}", "day": f"{PLANNED:%d/%m/%Y}", "clock": "19:30"}
    answer = client.post("/cuoc-hop/moi/", {**typed, "place": "Nhà văn hóa", "purpose": "Bầu bổ sung phó bí thư."})
    assert answer.status_code == 302
    assert Meeting.objects.get(parts__kind="extraordinary").period == month_start(PLANNED)


def test_a_regular_meeting_is_for_the_month_that_was_chosen_and_the_others_for_that_of_their_day(
    people: People,
) -> None:
    Meeting.objects.update(state=State.CANCELLED)
    far = today() + timedelta(days=70)
    for kind in (MeetingKind.REGULAR, MeetingKind.EXTRAORDINARY):
        chosen = kind.period_of(month_start(today()), today())
        fields = {"starts_at": make.at(today(), "23:00"), "place": "Nhà văn hóa", "purpose": "Bầu bổ sung."}
        lan = people.standing("lan")
        one = plan_meeting(cell=people.cell, kind=kind, period=chosen, by=lan, **fields)
        one = move_meeting(meeting=one, starts_at=make.at(far), place=one.place, reason="Bão", by=lan)
        expected = month_start(today()) if kind == MeetingKind.REGULAR else month_start(far)
        assert Meeting.objects.get(pk=one.pk).period == expected
