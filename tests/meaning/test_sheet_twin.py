"""The sheet of a meeting's score is the same on the devices as on the server, for meetings that nobody has seen."""

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from chibo.meetings.models import Reason
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.room.state import plain
from chibo.meetings.scoring.evidence import SENTENCES
from chibo.meetings.scoring.sheet import sheet_of
from tests.meaning.logs import DEVICES, ITEMS, PERSONS, RUBRICS, entry_id
from tests.meaning.test_two_places import run
from tests.meaning.vectors import as_entry

MEASURES = [
    *("minutes_short", "attendance_percent", "unexcused", "speakers_percent", "tasks_done_percent"),
    "notice_percent",
]
BOUNDS = [None, None, 0, 100, 3000, 5000, 9000, 10000]
START = 1_764_763_200_000
PEOPLE = [*PERSONS, *(str(UUID(int=900 + number)) for number in range(3))]


def rubric(chance: random.Random) -> dict[str, Any]:
    """A table with lines of every kind, with bands that overlap and bands that leave holes."""

    def condition() -> dict[str, Any]:
        bounds = {name: chance.choice(BOUNDS) for name in ("at_least", "over", "at_most", "under")}
        kept = chance.choice(list(bounds))
        return {"measure": chance.choice([*MEASURES, "else"]), kept: bounds[kept]}

    def band() -> dict[str, Any]:
        return {"points": chance.choice([0, 300, 500]), "when": [condition() for _ in range(chance.randrange(3))]}

    def line(code: str) -> dict[str, Any]:
        return {
            "code": code,
            "words": "x",
            "maximum": 500,
            "later": chance.random() < 0.1,
            "thematic": chance.random() < 0.1,
            "bands": [band() for _ in range(chance.choice([0, 1, 2, 3]))],
            "evidence": chance.sample(MEASURES, chance.randrange(3)),
        }

    leasts = chance.choice([(1500, 900, 300), (500, 300, 0)])
    grades = [{"word": word, "at_least": least} for word, least in zip(("Tốt", "Khá", "Kém"), leasts, strict=True)]
    return {
        **RUBRICS[0],
        "criteria": [line(code) for code in ("1", "2", "3.1", "4")[: chance.randrange(1, 5)]],
        "attendance": chance.choice(["expected", "without_excused"]),
        "agreeing": chance.random() < 0.3,
        "gates": chance.sample(["1", "2", "3.1"], chance.choice([0, 0, 1, 2])),
        "grades": grades[: chance.choice([1, 3, 3])],
    }


def facts(chance: random.Random) -> dict[str, Any]:
    known = {
        "measure": "notice_percent",
        "words": chance.choice(["", "Đã báo."]),
        "value": chance.choice([None, 0, 10000]),
    }
    found = {"thematic": chance.random() < 0.5, "planned": "2025-12-03T19:30:00+07:00", "known": [known]}
    return {**found, "old_tasks": chance.randrange(3), "minimum_minutes": chance.choice([None, 60, 90])}


def times(chance: random.Random) -> dict[str, Any]:
    """Of a meeting held on paper when it began and perhaps when it ended; of another nothing."""
    if chance.random() < 0.7:
        return {}
    ended = chance.choice([None, "2025-07-03T20:10:00+07:00", "2025-07-04T00:20:00+07:00"])
    return {"on_paper": True, "started": "2025-07-03T19:30:00+07:00", "ended": ended}


def held(chance: random.Random) -> list[Record]:
    """A meeting: opened, its roll called in part or whole, spoken, reviewed, scored, perhaps closed."""
    people, found = PEOPLE[: chance.randrange(1, 9)], []

    def write(kind: str, minute: int = 1, **payload: Any) -> None:
        number = len(found)
        at = datetime.fromtimestamp(START / 1000 + 60 * minute, UTC)
        author = UUID(PEOPLE[0])
        found.append(Record(entry_id(number), DEVICES[0], number + 1, kind, author, payload, at, number + 1, number))

    roll = [{"person": one, "kind": "official", "exempt": chance.random() < 0.1} for one in people]
    extra = {"facts": facts(chance)} if chance.random() < 0.9 else {}
    write("open", 0, chair=people[0], roll=roll, rubric=rubric(chance), **extra, **times(chance))
    if chance.random() < 0.1:
        write("unsaid-roll", present=chance.choice([None, 5]))
    for one in people if chance.random() < 0.9 else people[1:]:
        state = chance.choice(["present", "present", "present", "absent"])
        write("attend", members=[one], state=state, reason=chance.choice(["", *Reason.values]))
    for _ in range(chance.randrange(4)):
        who = {"unsaid": True} if chance.random() < 0.1 else {"member": chance.choice(people)}
        write("remark", item=ITEMS[0], **who, text="x", presenting=chance.random() < 0.2)
    for item in ITEMS[: chance.randint(0, 2)]:
        write("spoke", item=item, count=chance.randint(0, 4))
    for person in people[: chance.randrange(3)]:
        write("agree", item=ITEMS[0], member=person)
    for task in ITEMS[: chance.randrange(3)]:
        result = chance.choice(["done", "done", "partly", "not_done", "put_off"])
        write("review", task=task, result=result, due_then="2025-12-01")
    for code in chance.sample(["1", "2", "3.1", "4", "9"], chance.randrange(5)):
        given = {"points": chance.choice([0, 300, 500]), "note": chance.choice([None, "", "muộn"])}
        write("score", rubric="a", code=code, **given)
    if chance.random() < 0.5:
        write("close", chance.choice([20, 59, 60, 89, 90, 130]))
    return found


def drawn(chance: random.Random, how_many: int) -> list[dict[str, Any]]:
    found = []
    for _ in range(how_many):
        records, at = held(chance), START + chance.choice([30, 60, 95, 200]) * 60_000 + chance.randrange(60_000)
        sheet = sheet_of(fold(records), datetime.fromtimestamp(at // 1000, UTC))
        found.append({"log": [as_entry(one) for one in records], "at": at // 1000 * 1000, "sheet": plain(sheet)})
    return found


def test_the_sheet_is_the_same_in_both_places(tmp_path: Path) -> None:
    start = int.from_bytes(os.urandom(4), "big")
    cases = drawn(random.Random(start), 1500)
    sheets = [one["sheet"] for one in cases]
    assert {line["status"] for one in sheets for line in one["lines"]} == {
        *("open", "computed", "judged", "not_due", "not_counted"),
    }
    assert {one["grade"] for one in sheets} == {"", "Tốt", "Khá", "Kém"}
    assert any(one["lowest"] != one["highest"] for one in sheets) and any(one["total"] is None for one in sheets)
    file = tmp_path / "sheets.json"
    sentences = {f"score.{key}": words for key, words in SENTENCES.items()}
    file.write_text(json.dumps({"sheets": cases, "sentences": sentences}))
    done = run("tests/room_js/sheet.test.mjs", CASES=str(file))
    assert done.returncode == 0, f"seed {start}\n{done.stdout[-3000:]}"
