"""The vectors: logs with the state that they mean, and the module of kinds. `bin/vectors` makes both anew."""

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, seed, settings

from chibo.meetings import registries
from chibo.meetings.models import Reason
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.room.recorded import milliseconds
from chibo.meetings.room.state import state_of
from chibo.members.base_of_vote import EXCLUSIONS
from tests.meaning.apart import covered, ended, voted
from tests.meaning.apart import vote as voted_on
from tests.meaning.logs import DEVICES, ITEMS, PERSONS, RUBRICS, entry_id, logs

HERE = Path(__file__).resolve().parent
FILE = HERE / "vectors.json.gz"
MODULE = HERE.parents[1] / "src/chibo/meetings/static/meetings/room/kinds.js"
HOW_MANY = 900


def as_entry(record: Record) -> dict[str, Any]:
    """An entry as a device holds it."""
    at = milliseconds(record.at) if isinstance(record.at, datetime) else None
    names = ("counter", "kind", "payload", "seq", "seen")
    ids = {name: str(getattr(record, name)) for name in ("id", "device", "author")}
    return {**ids, **{name: getattr(record, name) for name in names}, "at": at}


def vector(records: list[Record]) -> dict[str, Any]:
    """A log and what it means."""
    return {"log": [as_entry(one) for one in records], "state": state_of(fold(records))}


def drawn(how_many: int, start: int) -> list[dict[str, Any]]:
    """Vectors as hypothesis draws them from a seed."""
    found: list[dict[str, Any]] = []

    @seed(start)
    @settings(
        max_examples=how_many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(logs())
    def draw(records: list[Record]) -> None:
        found.append(vector(records))

    draw()
    return found


def written() -> list[dict[str, Any]]:
    """Logs written by hand, for what chance seldom brings together: each reason of an absence beside a close vote, an
    exempt member who came, a differing opinion settled too late."""
    chair, *others = (UUID(one) for one in PERSONS[:4])

    def entry(number: int, kind: str, /, **payload: Any) -> Record:
        return Record(entry_id(number), DEVICES[0], number + 1, kind, chair, payload)

    def vote(number: int, subject: str, in_favour: int, size: int, exclusions: list[str]) -> Record:
        counts = {"in_favour": in_favour, "against": 0, "abstained": 0}
        base = [[str(one), "present"] for one in (chair, *others)[:size]]
        rest = {"title": "x", "included": base, "excluded": [], "exclusions": exclusions, "fraction": "half"}
        return entry(number, "vote", subject=subject, **counts, **rest)

    def opened(**flags: bool) -> Record:
        roll = [{"person": str(one), "kind": "official"} for one in (chair, *others)]
        return entry(0, "open", chair=str(chair), roll=[{**roll[0], **flags}, *roll[1:]])

    excused = [str(one) for one in EXCLUSIONS]
    found = []
    for reason in ("", *Reason.values):
        absent = entry(1, "attend", members=[str(others[0])], state="absent", reason=reason)
        found.append([opened(), absent, vote(2, "agenda", 2, 3, excused), vote(3, "resolution", 2, 4, excused)])
    for flags, state, rules in product(({"exempt": True}, {"away": True}, {"suspended": True}), STATES, (excused, [])):
        called = entry(1, "attend", members=[str(chair)], state=state)
        votes = [vote(2, "agenda", 2, 3, rules), vote(3, "resolution", 2, 4, rules)]
        found.append([opened(**flags), called, *votes])
    differ = entry(1, "differ", item=ITEMS[0], member=str(chair), text="khác")
    late = entry(5, "differ-reserve", of=str(differ.id))
    found.append([opened(), differ, entry(2, "close")])
    found += [[opened(), differ, vote(3, "resolution", 3, 4, []), late], [opened(), differ, late]]
    found.append([opened(), differ, entry(2, "differ-outcome", of=str(differ.id), outcome="not_adopted"), late])
    # More hands than people at one vote, and another whose result the same roll turns.
    absent = entry(1, "attend", members=[str(others[0])], state="absent", reason="health")
    found.append([opened(), absent, vote(2, "agenda", 4, 4, excused), vote(3, "resolution", 2, 4, excused)])
    # What had just come from the server was seen; what came a number later was not.
    ids = {"members": [str(others[0])]}
    there = replace(entry(1, "attend", **ids, state="present"), device=DEVICES[1], seq=3, seen=2)
    for seen in (2, 3, 4):
        found.append([opened(), there, replace(entry(5, "attend", **ids, state="absent"), seq=4, seen=seen)])
    typed = {"what": "Lắp gương", "lead": str(chair), "due": "2026-12-20"}
    found.append([opened(), entry(1, "task", **typed), entry(2, "task-edit", **typed, of=str(entry_id(1)))])
    found.append([opened(), differ, entry(2, "abort", why="mất điện")])
    paper = {"title": "x", "names": ["An"], "fraction": "half", "tellers": [], "election": True}
    found += [[opened(), entry(1, "ballot", **paper, medium=medium)] for medium in ("paper", "device")]
    again = {"included": [[str(one), "present"] for one in (chair, *others)], "excluded": []}
    asked = vote(2, "differing", 2, 3, excused)
    asked = replace(asked, payload={**asked.payload, "of": str(differ.id)})
    for of in (asked, differ):
        later = entry(4, "recount", of=str(of.id), **again)
        found.append([opened(), differ, asked, entry(3, "close"), later, replace(later, counter=9, id=entry_id(5))])
    # Who need not come, and was there at the vote or came after it; two who reckoned anew apart.
    came = entry(1, "attend", members=[str(chair)], state="present")
    three = [[str(one), "present"] for one in others]
    for flags, there in product(({"exempt": True}, {"away": True}), (True, False)):
        base = [[str(chair), "exempt_present"], *three] if there else three
        one = vote(2, "agenda", 2, 3, excused)
        one = replace(one, payload={**one.payload, "included": base})
        later = entry(3, "recount", of=str(one.id), included=three, excluded=[])
        found += [[opened(**flags), came, one], [opened(**flags), came, one, later]]
        apart = entry(4, "recount", of=str(one.id), included=three[:2], excluded=[])
        apart = replace(apart, device=DEVICES[1], seq=5, seen=3)
        found.append([opened(**flags), came, one, replace(later, seq=4, seen=3), apart])
    secret = {"title": "x", "fraction": "half", "tellers": []}
    line = {"name": "x", "in_favour": 2, "against": 0, "blank": 0}
    sums = {"issued": 2, "returned": 2, "invalid": 0, "choices": [line], "medium": "paper", "exclusions": excused}
    counted = entry(2, "secret", of=str(entry_id(1)), **secret, **sums, included=again["included"][:3], excluded=[])
    for more in ([], [entry(3, "recount", of=str(counted.id), **again)]):
        found.append([opened(), entry(1, "ballot", names=[], **secret), counted, *more])
    apart_ = (ended, voted, covered)
    for several in (
        _elected,
        _twice,
        _one_field,
        _doubled,
        _doubted,
        _after_the_end,
        _scored,
        _judged,
        _on_paper,
        _in_short,
        *apart_,
    ):
        found += several(opened(), entry)
    return [vector(one) for one in found]


def _twice(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """What two devices did out of reach of each other: both opened or both ended the meeting, and one was taken back;
    a claim that was refused, then called all the same."""
    here = first.payload["roll"][1]["person"]
    opened = entry(1, "open", **first.payload)
    for of in (first, opened):
        yield [first, opened, entry(2, "undo", of=str(of.id))]
    ends = (("close", {}), ("abort", {"why": "mất điện"}))
    for (one, said), (two, more), of in product(ends, ends, (1, 2)):
        yield [first, entry(1, one, **said), entry(2, two, **more), entry(3, "undo", of=str(entry_id(of)))]
    for claimed, states in product((True, False), (("", "present"), ("present", "absent", "present"), ("present",))):
        claim = entry(1, "claim", member=here, how="code") if claimed else entry(1, "guest", name="Ông Ba")
        called = [entry(2 + n, "attend", members=[here], state=state) for n, state in enumerate(states)]
        yield [first, claim, *called]


def _one_field(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """Of a roll call, or of a text in parts, one field is taken back; and the whole; and that is taken back too."""
    here, there = PERSONS[0], PERSONS[1]
    called = replace(entry(1, "attend", members=[here, there], state="present"), seq=2)
    apart = replace(entry(2, "attend", members=[here], state="absent"), device=DEVICES[1], seq=3, seen=1)
    written = replace(entry(3, "conclude", parts={"ideology": "một", "conclusion": "hai"}), seq=4)
    anew = replace(entry(4, "conclude", parts={"ideology": "ba"}), device=DEVICES[1], seq=5, seen=1)
    for of, about in product((called, apart, written, anew), (here, there, "ideology", "conclusion", "", None)):
        undo = replace(entry(5, "undo", of=str(of.id), about=about), seq=6, seen=5)
        yield [first, called, apart, written, anew, undo]
        yield [first, called, apart, written, anew, undo, entry(6, "undo", of=str(undo.id), about=about)]


def _elected(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """What a clerk wrote whom the meeting elected, and nobody else; one field taken back before it was written."""
    chair, clerk = (one["person"] for one in first.payload["roll"][:2])
    first = replace(first, payload={**first.payload, "keepers": [chair]})
    said = replace(entry(2, "guest", name="Ông Ba"), author=UUID(clerk))
    yield [first, entry(1, "clerk", member=clerk), said]
    yield [first, said]
    called = entry(4, "attend", members=[chair, clerk], state="present")
    undone = [entry(n, "undo", of=str(called.id), about=one) for n, one in ((3, chair), (5, clerk))]
    yield [first, called, *undone]


def _doubled(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """What two devices have written, nearly alike or not; one taken out, or both standing."""
    person, other = PERSONS[0], first.payload["roll"][1]["person"]
    said = {"item": ITEMS[0], "member": person, "text": "Lắp gương ở khúc cua km 4, trước Tết"}
    due = {"lead": person, "due": "2026-12-20"}
    written: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("remark", said, {**said, "text": "lap guong o KHUC CUA km4 truoc Tet"}),
        ("remark", said, {**said, "text": "Lắp gương ở khúc cua"}),
        ("remark", said, {**said, "member": other}),
        ("remark", said, {**said, "item": ITEMS[1]}),
        ("remark", {**said, "text": "…"}, {**said, "text": "…"}),
        ("differ", said, said),
        ("guest", {"name": "Ông Đỗ Văn Ba"}, {"name": "ông đỗ văn ba"}),
        ("guest", {"name": "Ông Đỗ Văn Ba"}, {"name": "Ông Đỗ Văn Bảy"}),
        ("correct", {"text": "Sửa thành 12 hộ"}, {"text": "sửa thành 12 hộ"}),
        ("task", {"what": "Phát quang hàng rào", **due}, {"what": "Phát quang hàng rào", **due}),
    ]
    for (kind, one, another), device in product(written, DEVICES[:2]):
        twice = [first, entry(1, kind, **one), replace(entry(2, kind, **another), device=device)]
        yield twice
        yield [*twice, replace(entry(3, "lead"), device=DEVICES[2])]
        yield [*twice, entry(3, "undo", of=str(entry_id(1)))]
        yield [*twice, entry(3, "both-stand", one=str(entry_id(2)), other=str(entry_id(1)))]
        yield [*twice, entry(3, "both-stand", one=str(entry_id(2)), other=str(entry_id(2)))]


def _doubted(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """Moments by a clock that was wrong: doubted, put right, left as they are, put right by two who differ."""

    def at(record: Record, minutes: int) -> Record:
        return replace(record, at=datetime(2001, 12, 3, 12, 30, tzinfo=UTC) + timedelta(minutes=minutes))

    opened, end = at(first, 0), at(entry(4, "close"), 90)
    turns = [at(entry(n, "item", item=ITEMS[0], state=state), 10 * n) for n, state in ((1, "open"), (2, "done"))]
    named = [str(one.id) for one in (opened, end, *turns)]
    doubt = replace(entry(6, "time-doubt", of=named), device=DEVICES[2], seq=6)
    log = [opened, *turns, end, doubt]
    yield log
    for seconds in (0, 60, 788_918_400):
        moved = replace(entry(8, "time-move", of=str(doubt.id), seconds=seconds), seq=8, seen=6)
        other = replace(entry(10, "time-move", of=str(doubt.id), seconds=60), device=DEVICES[1], seq=10, seen=6)
        yield [*log, moved]
        yield [*log, moved, entry(9, "undo", of=str(moved.id))]
        yield [*log, moved, other]
        yield [*log, replace(moved, payload={**moved.payload, "of": str(opened.id)})]
    alone = replace(doubt, payload={"of": [str(turns[0].id)]})
    yield [opened, *turns, alone, entry(8, "undo", of=str(turns[0].id))]


def _after_the_end(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """What comes after the end in the order, from a device that has heard of it and from one that has not."""
    end = replace(entry(5, "close"), seq=5)
    remark = {"text": "muộn", "member": PERSONS[0]}
    said = (("remark", remark), ("item", {"state": "open"}), ("item", {"state": "done"}))
    for (kind, payload), seen, device in product(said, (4, 5, 6), DEVICES[:2]):
        late = entry(7, kind, item=ITEMS[0], **payload)
        yield [first, end, replace(late, device=device, seq=7, seen=seen)]


def _scored(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """Points at the edges of what a table allows, one score after another, and of two devices apart."""
    for rubric, (code, points), key in product(RUBRICS, product(("1", "2", "9"), (-100, 0, 50, 500, 600)), "ab"):
        opened = replace(first, payload={**first.payload, "rubric": rubric})
        yield [opened, entry(1, "score", rubric=key, code=code, points=points)]
    opened = replace(first, payload={**first.payload, "rubric": RUBRICS[0]})
    one = replace(entry(1, "score", rubric="a", code="1", points=400, note="muộn"), seq=2)
    for points, note, seen, code in product((400, 300), ("muộn", "sớm"), (1, 2), ("1", "3.1")):
        other = replace(entry(2, "score", rubric="a", code=code, points=points, note=note), device=DEVICES[1])
        yield [opened, one, replace(other, seq=3, seen=seen)]
    yield [first, one]
    yield [replace(one, counter=1, device=DEVICES[1]), replace(opened, counter=4)]


def _on_paper(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """What a paper book does not say, of a meeting that was held on paper and of one that was not; its times, and
    whether it was read back before the end or after it."""
    began, ended, after = (
        f"2026-07-0{day}T{clock}:00+07:00" for day, clock in ((3, "19:30"), (4, "00:20"), (4, "01:00"))
    )
    said = {"text": "Lắp gương.", "item": ITEMS[0]}
    told: list[tuple[str, dict[str, Any]]] = [
        ("unsaid-roll", {}),
        ("unsaid-roll", {"present": 14}),
        ("unsaid-reading", {}),
    ]
    told += [("unsaid-vote", {"subject": "resolution", "title": "Nghị quyết", "matters": ["một", "hai"]})]
    told += [("remark", {**said, "unsaid": True}), ("remark", {**said, "unsaid": True, "member": PERSONS[0]})]
    book = {"started": began, "on_paper": True}
    for times, (kind, payload) in product(({}, book, {**book, "ended": ended}), told):
        opened = replace(first, payload={**first.payload, **times})
        yield [opened, entry(1, kind, **payload), entry(2, "close", ended=after if times else None)]
        yield [replace(entry(0, kind, **payload), device=DEVICES[1], id=entry_id(9)), replace(opened, counter=3)]
    opened = replace(first, payload={**first.payload, "started": began, "on_paper": True})
    yield [
        opened,
        entry(1, "unsaid-roll", present=3),
        replace(entry(2, "unsaid-roll"), device=DEVICES[1], seq=3, seen=1),
    ]
    for read in (1, 3):
        yield [opened, entry(2, "close"), entry(read, "read")]


def _in_short(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """Who agreed, once and twice, with a hand raised and with words beside it; numbers without names, of one device and
    of two that had not seen each other; what a vote is about; remarks taken into a part that is then taken back."""
    first = replace(first, seq=1)
    person, item = first.payload["roll"][1]["person"], ITEMS[0]
    ask = replace(entry(1, "ask", member=person), author=UUID(person), seq=2)
    agree = replace(entry(2, "agree", item=item, member=person, ask=str(ask.id)), seq=3)
    again = replace(entry(3, "agree", item=item, member=person), device=DEVICES[1], seq=4, seen=1)
    for presenting in (None, True):
        said = entry(4, "remark", item=item, member=person, text="Thêm", presenting=presenting, source="phone")
        yield [first, ask, agree, again, said, entry(5, "remark-withdraw", of=str(said.id))]
        yield [first, ask, agree, again, said]
    yield [first, ask, agree, entry(5, "undo", of=str(agree.id))]
    for (kind, key), count, seen in product((("spoke", {"item": item}), ("observers", {})), (2, 3, 0), (1, 2)):
        one = replace(entry(1, kind, count=2, **key), seq=2)
        other = replace(entry(2, kind, count=count, **key), device=DEVICES[1], seq=3, seen=seen)
        yield [first, one, other]
        yield [first, one, other, entry(3, "undo", of=str(other.id)), entry(4, "close"), entry(5, kind, count=5, **key)]
    for subject, title, about in product(("candidate", "other", "resolution"), "xy", VOTED_ABOUT):
        votes = [voted_on(subject, name) | {"about": about} for name in ("x", title)]
        yield [
            first,
            replace(entry(1, "vote", **votes[0]), seq=2),
            replace(entry(2, "vote", **votes[1]), device=DEVICES[1], seq=3, seen=1),
        ]
    said = entry(1, "remark", item=item, member=person, text="Lắp gương")
    taken = {"kind": "resolution", "taken": [str(said.id), str(said.id)]}
    for parts, about in product(({"direction": "x"}, {"direction": "x", "praise": "y"}, {}, None), ("direction", None)):
        written = entry(2, "conclude", parts=parts, **taken)
        log = [first, said, written, entry(3, "conclude", parts={"praise": "z"}, taken=[str(first.id), str(said.id)])]
        yield log
        yield [*log, entry(4, "undo", of=str(written.id), about=about)]


def _judged(first: Record, entry: Callable[..., Record]) -> Iterator[list[Record]]:
    """An opening that is doubted, confirmed, voided, taken back again; with what its device wrote, what others wrote
    who had seen it or not, and what somebody wrote who had heard of the verdict; beside a second opening or alone."""
    here = first.payload["roll"][1]["person"]
    first = replace(first, seq=1)
    own = replace(entry(1, "attend", members=[here], state="present"), seq=2)
    saw, late = (
        replace(entry(n, "guest", name=f"Ông {n}"), device=DEVICES[1], seq=n + 1, seen=seen)
        for n, seen in ((2, 1), (3, 0))
    )
    second = replace(entry(4, "open", **first.payload), device=DEVICES[2], seq=5, seen=0)
    of = str(first.id)
    verdicts = [("opening-confirm", {})]
    verdicts += [("opening-void", {"why": "mở nhầm", "aside": aside}) for aside in (None, "device", "seen")]
    doubt = replace(entry(5, "opening-doubt", of=of), device=DEVICES[2], seq=6, seen=5)
    yield [first, own, doubt]
    for (kind, said), other in product(verdicts, ([], [second])):
        verdict = replace(entry(6, kind, of=of, **said), device=DEVICES[2], seq=7, seen=6)
        undo = replace(entry(7, "undo", of=str(own.id)), device=DEVICES[1], seq=8, seen=2)
        for seen in (6, 7):
            after = replace(entry(8, "guest", name="Ông Tám"), seq=9, seen=seen)
            heard = replace(entry(9, "note", about="fees", text="x"), device=DEVICES[1], seq=10, seen=seen)
            yield [first, own, saw, late, *other, doubt, verdict, undo, after, heard]
        back = replace(entry(10, "opening-confirm", of=of), device=DEVICES[2], seq=11, seen=10)
        yield [first, own, saw, *other, replace(entry(11, "close"), seq=6, seen=1), verdict, back]


VOTED_ABOUT = (None, {"kind": "candidate", "text": "x"}, {"kind": "item", "id": ITEMS[0], "text": None})
STATES = ("present", "absent", "")


def dumped(vectors: list[dict[str, Any]]) -> str:
    """As text that both sides read: halves of surrogate pairs stay escaped."""
    return json.dumps(vectors, separators=(",", ":"))


def kinds_module() -> str:
    """The module that tells the devices which kinds there are: their shapes, what is final, who may write them."""
    lines = []
    for name, kind in sorted(registries.entry_kinds.items()):
        shape = {key: check.spec for key, check in kind.shape.items()}
        known = {"shape": shape, "final": kind.final, "about": kind.about is not None, "version": kind.version}
        known |= {"by_server": True} if kind.by_server else {}
        known |= {"several": kind.several} if kind.several else {}
        lines.append(f"  {json.dumps(name)}: {json.dumps(known, ensure_ascii=False)},\n")
    head = "/** Made by bin/vectors from the kinds of the server; a test holds the two equal. */\n"
    return f"{head}/** @type {{{{[name: string]: any}}}} */\nexport const KINDS = {{\n{''.join(lines)}}};\n"


def main() -> None:
    """Write the vectors and the module of kinds."""
    MODULE.write_text(kinds_module())
    with gzip.GzipFile(FILE, "wb", mtime=0) as file:
        file.write(dumped([*written(), *drawn(HOW_MANY, start=2026)]).encode())
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size // 1024} KB\n")
