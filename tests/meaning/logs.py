"""Logs as hypothesis draws them: every kind, wrong shapes, collisions, undone undos, devices out of reach."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st

from chibo.meetings import registries
from chibo.meetings.room.fold import Record
from chibo.members.base_of_vote import EXCLUSIONS

BASE = UUID(int=11)
PERSONS = [str(uuid5(BASE, f"person {n}")) for n in range(5)]
ITEMS = [str(uuid5(BASE, f"item {n}")) for n in range(3)]
DEVICES = [uuid5(BASE, f"device {n}") for n in range(3)]
TEXTS = ["một", "hai", "Đảng ủy 👍", "e\u0301", " x", "\u0085", "\ufeff"]
# What is no text, no number, no id: each once in a while, in any field.
ODD: list[Any] = [
    None,
    "",
    " ",
    "\x00",
    "\ud800",
    0,
    1,
    -1,
    2**31,
    1.5,
    True,
    [],
    {},
    ["x"],
    {"constructor": 1},
    "A" * 9,
]
MOMENTS = [
    "2026-12-03T19:30:00+07:00",
    "2026-12-03T12:45:10.123456Z",
    "1969-12-31T23:59:59.9995Z",
    "2026-02-29T10:00Z",
    "0099-03-01T00:00:00-11:30",
    "2026-12-03 19:30:00+07:00",
    "2026-12-03T24:00:00Z",
    "2026-12-03T19:30:00",
]
DAYS = ["2026-12-20", "2024-02-29", "2023-02-29", "20261220", "2026-13-01", "0000-01-01", "2026-12-20T00:00"]


def _rubric(key: str, step: int) -> dict[str, Any]:
    """A small table: a criterion by the record, one by the meeting, one about what comes later."""
    absent = {"measure": "unexcused", "at_most": 0}
    full = {"points": 500, "when": [{"measure": "attendance_percent", "at_least": 9000}, absent]}
    return {
        "key": key,
        "title": "Bảng",
        "step": step,
        "attendance": "expected",
        "gates": ["1"],
        "groups": [{"code": "3", "words": "Chuẩn bị"}],
        "criteria": [
            {"code": "1", "words": "Tỷ lệ dự", "maximum": 500, "evidence": ["attendance_percent"], "bands": [full]},
            {"code": "2", "words": "Đăng tải", "maximum": 300, "later": True},
            {"code": "3.1", "words": "Nội dung", "maximum": 400, "thematic": step == 0},
        ],
        "grades": [{"word": "Tốt", "at_least": 900}, {"word": "Kém", "at_least": 0}],
    }


RUBRICS = [_rubric("a", 100), _rubric("a", 0)]


FACTS = st.fixed_dictionaries(
    {
        "thematic": st.booleans(),
        "planned": st.sampled_from(MOMENTS[:2]),
        "old_tasks": st.integers(0, 3),
        "known": st.lists(
            st.fixed_dictionaries(
                {"measure": st.sampled_from(["committee_met", "notice_percent"]), "words": st.sampled_from(TEXTS)},
                optional={"value": st.sampled_from([None, 0, 100])},
            ),
            max_size=2,
        ),
    },
    optional={"minimum_minutes": st.sampled_from([None, 30, 90])},
)


def entry_id(number: int) -> UUID:
    return uuid5(BASE, f"entry {number}")


def value(spec: Any, earlier: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Values for one check: mostly right ones."""
    if isinstance(spec, str):
        return {
            "id": st.one_of(st.sampled_from(PERSONS), st.sampled_from(ITEMS), earlier),
            "text": st.sampled_from(["", *TEXTS]),
            "words": st.sampled_from(TEXTS),
            "whole": st.integers(0, 6),
            "signed": st.integers(-1, 12).map(lambda n: 50 * n),
            "flag": st.booleans(),
            "day": st.sampled_from([DAYS[0]] * 6 + DAYS),
            "moment": st.sampled_from([MOMENTS[0]] * 6 + MOMENTS),
        }[spec]
    if "optional" in spec:
        return st.one_of(st.none(), value(spec["optional"], earlier))
    if "one_of" in spec:
        return st.sampled_from(spec["one_of"])
    if "list" in spec:
        return st.lists(value(spec["list"], earlier), max_size=4)
    return st.fixed_dictionaries({key: value(one, earlier) for key, one in spec["shape"].items()})


# What the `of` of an entry names when it is right.
NAMES = {
    **dict.fromkeys(("remark-edit", "remark-withdraw"), "remark"),
    **dict.fromkeys(("differ-support", "differ-outcome", "differ-reserve", "vote"), "differ"),
    "vote-covers": "vote",
    **dict.fromkeys(("task-edit", "task-withdraw"), "task"),
    **dict.fromkeys(("opening-doubt", "opening-confirm", "opening-void"), "open"),
    "unask": "ask",
    "secret": "ballot",
    "recount": "vote",
    "time-move": "time-doubt",
}


# What an undo is about, in turn: what happens once, what holds several fields, anything.
UNDONE = (("open", "close"), ("attend", "conclude"), ())


@st.composite
def payload(draw: st.DrawFn, kind: str, number: int, before: dict[str, list[str]]) -> Any:
    """A payload of a kind; one in sixteen is spoilt."""
    earlier = st.integers(0, number + 2).map(lambda n: str(entry_id(n)))
    found: dict[str, Any] = {}
    for key, check in registries.entry_kinds[kind].shape.items():
        right = (
            [one for of in UNDONE[number % 3] for one in before.get(of, [])] if (kind, key) == ("undo", "of") else []
        )
        right = right or before.get(NAMES.get(kind, "") if key == "of" else "ask" if key == "ask" else "", [])
        if right and draw(st.integers(0, 4)):
            found[key] = draw(st.sampled_from(right))
            continue
        drawn = draw(earlier if key == "of" and check.spec == "id" else _steered(key, check.spec, earlier))
        if drawn is not None or draw(st.booleans()):
            found[key] = drawn
    if draw(st.integers(0, 15)) == 0:
        found[draw(st.sampled_from([*found, "more", "constructor", "__proto__"]))] = draw(st.sampled_from(ODD))
    return found


def _steered(key: str, spec: Any, earlier: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Fields whose values must often meet: people, items, bases of votes."""
    if key in ("member", "chair", "lead", "person"):
        return st.sampled_from(PERSONS) if spec == "id" else st.one_of(st.none(), st.sampled_from(PERSONS))
    if key in ("members", "keepers", "helpers", "tellers"):
        people = st.lists(st.sampled_from(PERSONS[:3] if key == "members" else PERSONS), max_size=2)
        return people if "list" in spec else st.one_of(st.none(), people)
    if key == "about" and spec == {"optional": "text"}:
        return st.one_of(st.none(), st.sampled_from([*PERSONS[:3], "ideology", "conclusion", ""]))
    if key == "item":
        return st.sampled_from(ITEMS) if spec == "id" else st.one_of(st.none(), st.sampled_from(ITEMS))
    if key == "rubric":
        return st.sampled_from([*RUBRICS, None]) if "optional" in spec else st.sampled_from([RUBRICS[0]["key"], "b"])
    if key == "facts":
        return st.one_of(st.none(), FACTS)
    if key == "code":
        return st.sampled_from(["1", "2", "3.1", "9"])
    if key == "task":
        return st.one_of(st.sampled_from(ITEMS), earlier)
    if key == "ask":
        return st.one_of(st.none(), earlier)
    if key == "roll":
        line = st.fixed_dictionaries(
            {
                "person": st.sampled_from(PERSONS),
                "kind": st.sampled_from(["official"] * 3 + ["probationary", "temporary"]),
            },
            optional={"exempt": st.booleans(), "away": st.booleans(), "suspended": st.booleans()},
        )
        return st.lists(line, min_size=2, max_size=5)
    if key in ("included", "excluded"):
        return st.lists(st.tuples(st.sampled_from(PERSONS), st.just("present")).map(list), max_size=5)
    if key == "exclusions":
        return st.sampled_from([list(EXCLUSIONS), list(EXCLUSIONS)[:2], []]).map(
            lambda some: [str(one) for one in some]
        )
    return value(spec, earlier)


OFTEN = [
    *["attend"] * 5,
    "claim",
    "item",
    "item",
    "item",
    "undo",
    "vote",
    "vote",
    "differ",
    "remark",
    "task",
    "score",
    "score",
    "nonsense",
]
LATE = ["close", "abort"]


@st.composite
def logs(draw: st.DrawFn, size: int = 36) -> list[Record]:
    """A log of some devices, most of it after an opening and before a closing."""
    kinds = [name for name in sorted(registries.entry_kinds) if name not in ("open", *LATE)]
    found, taken = [], set()
    before: dict[str, list[str]] = {}
    length = draw(st.integers(1, size))
    for number in range(length):
        choice = [*kinds, *OFTEN, *(LATE if number > length * 0.7 else [])]
        kind = "open" if number == 0 and draw(st.integers(0, 7)) else draw(st.sampled_from(["open", *choice, *choice]))
        body = draw(payload(kind, number, before)) if kind in registries.entry_kinds else {"x": "y"}
        device, counter = draw(st.sampled_from(DEVICES)), max(1, number + draw(st.integers(-3, 2)))
        if (device, counter) in taken:
            continue
        taken.add((device, counter))
        at = draw(st.sampled_from([None, *[_moment] * 7]))
        moment = (
            at(draw(st.integers(0, 60)) * 60_000 + number * 90_000 + draw(st.sampled_from([0, 1, 999]))) if at else None
        )
        seq, seen = (
            draw(st.sampled_from([None, number + 1, number + 1])),
            draw(st.sampled_from([None, number // 2, number - 2, number - 1, number])),
        )
        author = UUID(draw(st.sampled_from(PERSONS)))
        found.append(Record(entry_id(number), device, counter, kind, author, body, moment, seq, seen))
        before.setdefault(kind, []).append(str(entry_id(number)))
    return found


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp((1_764_763_200_000 + milliseconds) / 1000, UTC)
