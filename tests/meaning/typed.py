"""Forms as people fill them, with what the server's forms say is wrong: for their twins on the devices."""

import random
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from chibo.lib.dates import ZONE, at, format_date_long
from chibo.look.forms import Form
from chibo.meetings.models import Meeting
from chibo.meetings.room.forms import CountForm
from chibo.members.base_of_vote import Kind, Voter, base_of_vote
from chibo.resolutions.room.forms import ReviewForm, TaskForm

NOW = datetime(2026, 12, 3, 19, 30, tzinfo=ZONE)
PEOPLE = [(str(UUID(int=number)), f"Người Thứ {number}") for number in range(1, 5)]
DAYS = [
    "",
    "2026-12-02",
    "2026-12-03",
    "2026-12-04",
    "2026-12-20",
    "2027-01-31",
    "2027-12-03",
    "2027-12-04",
    "1026-12-20",
]
LONG = ["2026-01-05", "2026-02-28", "2026-03-09", "2026-10-31", "2026-12-01"]
TEXTS = ["", "Lắp 2 gương cầu lồi", "a" * 300, "a" * 301, "a" * 500, "a" * 501, "👍" * 300, "  \n "]
NUMBERS = ["0", "1", "2", "3", "5", "8", "9", "10", "", "-1", "ba", "10000", "1.5"]
LINES = (["Có làm cổng chào không"], ["Trần Văn Hùng", "Đặng Văn Bình"])


def _errors(form: Form) -> dict[str, str]:
    return {("" if name == "__all__" else name): str(errors[0]) for name, errors in form.errors.items()}


def _posted(values: Mapping[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def task(chance: random.Random) -> dict[str, Any]:
    """A task as typed, and what is wrong with it."""
    values = {name: chance.choice(TEXTS) for name in ("what", "how_checked", "helpers_text")}
    values |= {f"milestone_{n}": chance.choice(["", "", *TEXTS]) for n in (1, 2)}
    values |= {f"milestone_{n}_due": chance.choice(["", *DAYS]) for n in (1, 2)}
    values |= {"lead": chance.choice(["", PEOPLE[0][0], PEOPLE[1][0]]), "due": chance.choice(DAYS)}
    form = TaskForm(_posted(values), meeting=Meeting(starts_at=NOW), people=PEOPLE)
    return {"typed": values, "errors": _errors(form)}


def new_due(day: str) -> dict[str, Any]:
    """A new deadline of an old task, and what is wrong with it."""
    form = ReviewForm(_posted({"result": "partly", "new_due": day}), meeting=Meeting(starts_at=NOW))
    return {"day": day, "error": _errors(form).get("new_due", "")}


def _voter(chance: random.Random, number: int) -> Voter:
    """Somebody of the cell: most are there; some came late, have gone home, or were not called."""
    facts = chance.choice([{}, {}, {}, {"late": True}, {"left": True}, {"present": None}])
    return Voter(UUID(int=number + 1), Kind.OFFICIAL, **{"present": True, **facts})


def counts(chance: random.Random) -> dict[str, Any]:
    """What tellers counted, and what cannot be in it."""
    lines = chance.choice(LINES)
    voters = [_voter(chance, number) for number in range(chance.choice([5, 10]))]
    base = base_of_vote(voters, [])
    wild = chance.random() < 0.3
    values = {key: chance.choice(NUMBERS) for key in ("issued", "returned", "invalid")}
    if not wild:
        issued = chance.randint(0, base.most + 1)
        returned = chance.randint(0, issued + 1)
        numbers = (issued, returned, chance.randint(0, min(2, returned + 1)))
        values = dict(zip(("issued", "returned", "invalid"), map(str, numbers), strict=True))
    for place, _ in enumerate(lines):
        line = [chance.choice(NUMBERS) for _ in range(3)]
        if not wild:
            valid = max(0, int(values["returned"]) - int(values["invalid"]))
            favour = chance.randint(0, valid)
            against = max(0, valid - favour + chance.choice([-1, 0, 0, 0, 0, 1]))
            line = [str(favour), str(against), "0"]
        values |= {f"{key}_{place}": one for key, one in zip(("in_favour", "against", "blank"), line, strict=True)}
    form = CountForm(_posted(values), lines=lines, base=base)
    people = [
        {"person": str(one.person_id), **{name: getattr(one, name) for name in ("kind", "present", "left", "late")}}
        for one in voters
    ]
    return {"typed": values, "lines": lines, "voters": people, "errors": _errors(form)}


def cases(chance: random.Random, how_many: int) -> dict[str, Any]:
    """All of them, on the evening of the meeting."""
    with at(NOW):
        return {
            "now": int(NOW.timestamp() * 1000),
            "day": NOW.date().isoformat(),
            "people": PEOPLE,
            "tasks": [task(chance) for _ in range(how_many)],
            "days": [new_due(day) for day in DAYS],
            "long": [[day, format_date_long(date.fromisoformat(day))] for day in LONG],
            "counts": [counts(chance) for _ in range(how_many)],
        }
