"""What the room's screens reckon and say on a device equals what the server's say: rolls that nobody has seen, words,
dates and times."""

import json
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from chibo.lib import dates
from chibo.look.fields import TimeField
from chibo.meetings.models import Attendance, Reason
from chibo.meetings.room.differing import ordinal_word
from chibo.meetings.room.entry_words import words_of_call
from chibo.meetings.room.fold import Line, Room
from chibo.meetings.room.forms import MatterForm
from chibo.meetings.room.screens import Counts, count
from chibo.members.base_of_vote import EXCLUSIONS, Miscount, base_of_vote, format_hundredths
from tests.meaning.test_two_places import run

CLOCKS = ["19:30", "19h30", "19 giờ 5", "7 giờ", "24:00", "19:61", "bảy giờ", "19:30:15", "", " 8h ", "19.05", "19g30"]
MATTERS = ["- Một\n• Hai \n\n–Ba", "Một việc", "", " \t\n- \n•", "A\nB\nC"]
MOMENTS = [1796299200000, 1764547199999, 1767200399000, 951782400000, 1789999999999]


def drawn(chance: random.Random) -> Room:
    """A room with a roll of every kind of people in every state."""
    room = Room()
    for number in range(chance.randrange(1, 40)):
        person = UUID(int=number + 1)
        state = chance.choice(["", "present", "present", "absent"])
        room.roll[person] = Line(
            person,
            chance.choice(["official", "official", "probationary", "temporary"]),
            exempt=chance.random() < 0.2,
            away=chance.random() < 0.2,
            suspended=chance.random() < 0.1,
            state=state,
            late_minutes=chance.choice([None, None, 5]) if state == "present" else None,
            left_early=state == "present" and chance.random() < 0.2,
            reason=chance.choice(["", *Reason.values]) if state == "absent" else "",
        )
    return room


def reckoned(chance: random.Random) -> dict[str, Any]:
    """A roll, and what the server reckons from it."""
    room = drawn(chance)
    rules = [one for one in EXCLUSIONS if chance.random() < 0.8]
    base = base_of_vote(room.voters(), rules)
    hands = [chance.randrange(base.size + 3), chance.randrange(3), chance.randrange(3)]
    if chance.random() < 0.5:
        hands[0] = max(0, base.present - hands[1] - hands[2])
    try:
        base.check_count(*hands)
        refused = ""
    except Miscount as error:
        refused = str(error)
    fraction = chance.choice(["half", "two_thirds"])
    said = base.result_sentence(hands[0], fraction) if hands[0] <= base.size else None  # type: ignore[arg-type]
    lines = [Attendance(person_id=line.person, **_fields(line)) for line in room.roll.values()]
    return {
        "roll": [
            {"person": str(line.person), **_fields(line), "reason_text": "", "by": None} for line in room.roll.values()
        ],
        "rules": rules,
        "counts": _plain(count(lines)),
        "arithmetic": base.arithmetic,
        "notes": base.notes,
        "hands": hands,
        "refused": refused,
        "fraction": fraction,
        "result": said,
        "words": [words_of_call(_fields(line)) for line in room.roll.values()],
    }


def _fields(line: Line) -> dict[str, Any]:
    names = ("kind", "exempt", "away", "suspended", "state", "late_minutes", "left_early", "reason")
    return {name: getattr(line, name) for name in names}


def _plain(counts: Counts) -> dict[str, int]:
    return {**vars(counts), "party_number": counts.party_number, "present_outside": counts.present_outside}


def _clock(text: str) -> str | None:
    try:
        found = TimeField(required=False).clean(text)
    except ValidationError:
        return None
    return found.strftime("%H:%M") if found else None


def _matters(text: str) -> list[str] | None:
    form = MatterForm({"title": "Việc", "matters": text, "fraction": "half"})
    return form.cleaned_data["matters"] if form.is_valid() else None


def _moments() -> list[list[Any]]:
    found: list[list[Any]] = []
    for at in MOMENTS:
        moment = datetime.fromtimestamp(at / 1000, UTC)
        day = dates.local_date(moment)
        said = (dates.format_date, dates.format_time, dates.format_time_sentence, dates.weekday_name)
        found.append([at, day.isoformat(), *(one(moment) for one in said)])
    return found


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """What the server says, for the devices to say too."""
    chance = random.Random()
    file = tmp_path / "cases.json"
    said = {
        "rolls": [reckoned(chance) for _ in range(300)],
        "moments": _moments(),
        "clocks": [[text, _clock(text)] for text in CLOCKS],
        "matters": [[text, _matters(text)] for text in MATTERS],
        "percents": [[number, format_hundredths(number)] for number in (0, 5, 50, 625, 6250, 9375, 9990, 10000)],
        "ordinals": [[number, ordinal_word(number)] for number in range(1, 13)],
        "days": [["2026-11-30", "2026-12-03", (date(2026, 12, 3) - date(2026, 11, 30)).days]],
        "reasons": Reason.choices,
    }
    file.write_text(json.dumps(said))
    return file


def test_the_screens_reckon_and_say_the_same_in_both_places(cases: Path) -> None:
    done = run("tests/room_js/reckoning.test.mjs", CASES=str(cases))
    assert done.returncode == 0, done.stdout[-3000:]
