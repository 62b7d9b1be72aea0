"""Logs of devices out of reach of each other, written by hand: ended beside, voted twice, voted without having seen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

from chibo.meetings.room.fold import Record
from tests.meaning.logs import DEVICES, ITEMS, PERSONS

Entry = Callable[..., Record]


def ended(first: Record, entry: Entry) -> Iterator[list[Record]]:
    """An ending by the chair, by the machine that opened, by another; taken back by each of them, and that too."""
    for asked, (author, device), lead, kind in product(
        ("presiding", None), ((0, 0), (1, 0), (1, 1)), (False, True), ("close", "abort")
    ):
        opened = replace(first, payload={**first.payload, "ended_by": asked}, seq=1)
        led = [replace(entry(1, "lead"), device=DEVICES[1], author=_person(1), seq=2)] if lead else []
        end = replace(entry(2, kind, **({"why": "mất điện"} if kind == "abort" else {})), seq=3, seen=2)
        end = replace(end, author=_person(author), device=DEVICES[device])
        later = replace(entry(3, "remark", item=ITEMS[0], text="x", member=PERSONS[0]), seq=4, seen=3)
        closed = replace(entry(4, "close"), seq=5, seen=1)
        yield [opened, *led, end, later]
        yield [opened, *led, end, later, closed]
        for who in ((0, 0), (1, 1), (1, 0)):
            undo = replace(entry(5, "undo", of=str(end.id)), author=_person(who[0]), device=DEVICES[who[1]], seq=6)
            again = replace(entry(6, "undo", of=str(undo.id)), author=_person(1), device=DEVICES[2], seq=7)
            yield [opened, *led, end, closed, undo]
            yield [opened, *led, end, undo, again]


def voted(first: Record, entry: Entry) -> Iterator[list[Record]]:
    """One matter voted on twice, seen and not seen; hands and ballots; a vote beside a roll with fewer."""
    opened = replace(first, seq=1)
    for (subject, title), other, seen in product((("resolution", "x"), ("other", "x"), ("other", "y")), (4, 1), (1, 2)):
        one = replace(entry(1, "vote", **vote(subject="resolution" if subject == "resolution" else "other")), seq=2)
        two = replace(entry(2, "vote", **vote(subject, title, other)), device=DEVICES[1], seq=3, seen=seen)
        yield [opened, one, two]
        yield [opened, one, two, entry(3, "undo", of=str(one.id))]
    differ = replace(entry(1, "differ", item=ITEMS[0], member=PERSONS[0], text="khác"), seq=2)
    for other in (4, 1):
        on_it = [vote("differing", "ý kiến", number) | {"of": str(differ.id)} for number in (4, other)]
        apart = replace(entry(3, "vote", **on_it[1]), device=DEVICES[1], seq=4, seen=2)
        yield [opened, differ, replace(entry(2, "vote", **on_it[0]), seq=3), apart]
    ballot = replace(entry(1, "ballot", title="x", names=[], fraction="half", tellers=[]), seq=2)
    for issued, seen in product((4, 3), (2, 4)):
        sums = {
            "issued": issued,
            "returned": issued,
            "invalid": 0,
            "medium": "paper",
            "tellers": [],
            "of": str(ballot.id),
        }
        choices = [{"name": "x", "in_favour": issued, "against": 0, "blank": 0}]
        kept = {
            key: value for key, value in vote().items() if key in ("included", "excluded", "exclusions", "fraction")
        }
        secret = replace(entry(2, "secret", title="x", **kept, **sums, choices=choices), seq=3)
        hands = replace(entry(3, "vote", **vote("other", "x")), device=DEVICES[1], seq=4, seen=seen)
        absent = replace(entry(4, "attend", members=[PERSONS[1]], state="absent"), seq=5)
        yield [opened, ballot, secret, hands, absent]
    for hands, state, who in product((4, 3, 2), ("absent", "present", ""), ([1], [1, 2], [4])):
        absent = replace(entry(2, "attend", members=[PERSONS[n] for n in who], state=state, reason="health"), seq=3)
        yield [opened, replace(entry(1, "vote", **vote("agenda", "x", hands)), seq=2), absent]
        yield [
            opened,
            replace(entry(1, "vote", **vote("agenda", "x", hands)), seq=2),
            absent,
            replace(absent, payload={**absent.payload, "members": [PERSONS[0]]}, id=entry(3, "attend").id, counter=9),
        ]


def covered(first: Record, entry: Entry) -> Iterator[list[Record]]:
    """A draft before its vote; what was typed elsewhere and had been seen or not; edited, withdrawn, taken back; said
    to be covered; with the meeting open and closed."""
    opened = replace(first, seq=1)
    task = {"what": "Lắp gương", "lead": PERSONS[0], "due": "2026-12-20"}
    said = replace(entry(1, "conclude", kind="resolution", parts={"ideology": "một", "direction": "hai"}), seq=2)
    given = replace(entry(2, "task", **task), seq=3)
    ballot = {"seq": 5, "seen": 3}
    changes: list[tuple[str, dict[str, Any]]] = [
        ("conclude", {"parts": {"ideology": "ba"}}),
        ("conclude", {"parts": {"ideology": "một"}}),
        ("conclude", {"parts": {"praise": "", "direction": "bốn"}}),
        ("task", task),
        ("task-edit", {**task, "what": "Cắt cây", "of": str(given.id)}),
        ("task-edit", {**task, "of": str(given.id)}),
        ("task-withdraw", {"of": str(given.id)}),
        ("undo", {"of": str(given.id)}),
        ("undo", {"of": str(said.id), "about": "ideology"}),
        ("undo", {"of": str(said.id)}),
    ]
    for (kind, payload), (counter, seen, device), end in product(
        changes, ((3, 3, 1), (3, 4, 1), (9, 3, 1), (9, 5, 1), (9, 5, 0)), (False, True)
    ):
        change = replace(entry(3, kind, **payload), counter=counter, device=DEVICES[device], seq=4, seen=2)
        vote_ = replace(entry(4, "vote", **vote()), **ballot)
        change = replace(change, seq=6 if seen == 5 else 4, seen=seen if seen == 5 else 3)
        vote_ = replace(vote_, seen=4) if seen == 4 else vote_
        closed = [replace(entry(20, "close"), seq=7, seen=5)] if end else []
        log = [opened, said, given, change, vote_, *closed]
        yield log
        if (counter, seen) == (9, 3):
            for more in (
                replace(entry(21, "vote-covers", of=str(vote_.id), entries=[str(change.id)]), seq=8),
                replace(entry(21, "undo", of=str(change.id)), seq=8),
                replace(entry(21, "vote", **vote()), seq=8, seen=7),
            ):
                yield [*log, more]


def vote(subject: str = "resolution", title: str = "x", in_favour: int = 4) -> dict[str, Any]:
    """A show of hands of four."""
    base = [[one, "present"] for one in PERSONS[:4]]
    counts = {"in_favour": in_favour, "against": 0, "abstained": 0}
    return {
        "subject": subject,
        "title": title,
        "included": base,
        "excluded": [],
        "exclusions": [],
        "fraction": "half",
        **counts,
    }


def _person(number: int) -> UUID:
    return UUID(PERSONS[number])
