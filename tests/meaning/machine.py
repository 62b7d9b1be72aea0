"""Three devices, one server and a bad network, as a state machine of hypothesis."""

import gzip
import json
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chibo.meetings import registries
from chibo.meetings.room.fold import Record, fold
from tests.meaning.logs import DEVICES, LATE, NAMES, OFTEN, PERSONS, entry_id
from tests.meaning.network import Answer, Device, Fold, Request, Server, state
from tests.meaning.vectors import FILE

Step = list[Any]
BEGUN = 1_764_763_200_000
KINDS = [
    name for name, kind in sorted(registries.entry_kinds.items()) if name not in ("open", *LATE) and not kind.by_server
]
# What is said is drawn from the vectors by a number: to draw each payload anew would cost the most of a run.
SAID = st.integers(0, 2**20)
SEVERAL = st.lists(SAID, min_size=1, max_size=6)
ONE_OF_THREE = st.integers(0, 2)
RECENT = 6


def payloads_by_kind() -> dict[str, list[dict[str, Any]]]:
    """The payloads of the vectors that a device would write."""
    found: dict[str, list[dict[str, Any]]] = {}
    for vector in json.loads(gzip.decompress(FILE.read_bytes())):
        for entry in vector["log"]:
            kind = registries.entry_kinds.get(entry["kind"])
            if kind is not None and not kind.by_server and kind.fits(entry["payload"]):
                clean = {key: value for key, value in entry["payload"].items() if value is not None}
                found.setdefault(entry["kind"], []).append(clean)
    return found


PAYLOADS = payloads_by_kind()


class ThreeDevices(RuleBasedStateMachine):
    """Each device writes, sends and hears when it can; messages are lost, doubled, late, in any order. In the end all
    join up, and everything is everywhere once, meaning the same."""

    server_class = Server
    device_class = Device
    meaning: Fold = staticmethod(fold)

    def __init__(self) -> None:
        super().__init__()
        self.server = self.server_class()
        people = [UUID(one) for one in PERSONS]
        self.devices = [self.device_class(n, id_, people[n]) for n, id_ in enumerate(DEVICES)]
        self.requests: list[Request] = []
        self.answers: list[Answer] = []
        self.written: list[Record] = []
        self.history: list[Step] = []

    # ---------- what a person does ----------
    @initialize(opened=st.integers(0, 7), first=SEVERAL, second=SEVERAL, third=SEVERAL)
    def begin(self, opened: int, first: list[int], second: list[int], third: list[int]) -> None:
        """The first device opens; the others may hear of it, or write without."""
        if opened:
            self.say(0, "open", opened)
        if opened > 3:
            self.exchange(0)
            self.exchange(1)
        for device, numbers in enumerate((first, second, third)):
            self.write(device, numbers)

    @rule(device=ONE_OF_THREE, numbers=SEVERAL)
    def write(self, device: int, numbers: list[int]) -> None:
        for number in numbers:
            kinds = [*KINDS, *(kind for kind in OFTEN if kind in PAYLOADS)]
            self.say(device, kinds[number % len(kinds)], number)

    @precondition(lambda self: len(self.written) > 15)
    @rule(device=ONE_OF_THREE, kind=st.sampled_from([*LATE, "close", "close", "open"]), number=SAID)
    def close(self, device: int, kind: str, number: int) -> None:
        """Close, or open a second time."""
        self.say(device, kind, number)

    def say(self, device: int, kind: str, number: int) -> None:
        """Write an entry; mostly about something that this device knows."""
        chance, known = Random(number), self.devices[device].entries.values()
        body = dict(chance.choice(PAYLOADS[kind]))
        for key in ("of", "ask"):
            about = "ask" if key == "ask" else NAMES.get(kind)
            ids = [str(one.id) for one in known if one.kind == (about or one.kind)]
            if key in body and ids and chance.random() < 0.8:
                body[key] = chance.choice(ids)
        count = len(self.written)
        at = BEGUN + count * 90_000
        self.written.append(self.devices[device].write(entry_id(count), kind, body, at))
        self.history.append(["write", device, str(entry_id(count)), kind, body, at])

    # ---------- what the network does ----------
    @rule(device=ONE_OF_THREE, size=st.sampled_from([50, 50, 2, 1, 0]))
    def send(self, device: int, size: int) -> None:
        """Send the first of what waits; with none it only asks what is new."""
        self.requests.append(self.devices[device].request(size))
        self.history.append(["send", device, size])

    @precondition(lambda self: self.requests)
    @rule(back=st.integers(0, RECENT))
    def deliver(self, back: int) -> None:
        """A request reaches the server: an old one perhaps, or one that did before."""
        which = max(0, len(self.requests) - 1 - back)
        self.answers.append(self.server.answer(self.requests[which]))
        self.history.append(["deliver", which])

    @precondition(lambda self: self.answers)
    @rule(back=st.integers(0, RECENT))
    def hear(self, back: int) -> None:
        """An answer reaches its device: an old one perhaps, or one that did before."""
        which = max(0, len(self.answers) - 1 - back)
        self.devices[self.answers[which].device].hear(self.answers[which])
        self.history.append(["hear", which])

    @rule(device=ONE_OF_THREE)
    def exchange(self, device: int) -> None:
        """For once all goes well."""
        self.send(device, 50)
        self.deliver(0)
        self.hear(0)

    @rule(device=ONE_OF_THREE)
    def reload(self, device: int) -> None:
        """The page is loaded again, or the browser was killed."""
        self.devices[device].reload()
        self.history.append(["reload", device])

    # ---------- what must hold ----------
    @invariant()
    def a_device_has_all_that_it_says_to_have_seen(self) -> None:
        for device in self.devices:
            known = (one.seq for one in device.entries.values())
            assert {one.seq for one in self.server.log if one.seq and one.seq <= device.head} <= set(known), "seen"

    def teardown(self) -> None:
        """All join up, in turn, until nothing is left."""
        for device in [*self.devices, *self.devices]:
            for _ in self.rounds(device):
                device.hear(self.server.answer(device.request(3)))
        self.judge()

    def rounds(self, device: Device) -> Iterator[int]:
        """Until a device has sent all and heard all; some more than it can need."""
        for round_ in range(len(self.written) + 2):
            if not device.unsent and device.head == self.server.head:
                return
            yield round_
        raise AssertionError("a device does not come to an end")

    def judge(self) -> None:
        log = self.server.log
        ids, wanted = [one.id for one in log], {one.id for one in self.written}
        assert len(ids) == len(set(ids)) and set(ids) == wanted, "every entry once"
        assert len({(one.device, one.counter) for one in log}) == len(log), "no counter twice on a device"
        assert [one.seq for one in log] == list(range(1, len(log) + 1)), "no gap"
        for one in log:
            before = [other for other in log if other.seq and one.seen is not None and other.seq <= one.seen]
            assert all(other.counter < one.counter for other in before), "what was seen comes before"
        means = state(log, self.meaning)
        for device in self.devices:
            assert len(device.entries) == len(log), "every entry once on each device"
            assert all(device.entries[one.id] == one for one in log), "the same entries"
            assert state(device.entries.values(), self.meaning) == means, "the same meeting"


def wandered(seed: int, machine: type[ThreeDevices] = ThreeDevices) -> ThreeDevices:
    """One run as chance has it, without hypothesis: to play thousands."""
    chance, run = Random(seed), machine()

    def numbers() -> list[int]:
        return [chance.getrandbits(20) for _ in range(chance.randint(1, 6))]

    run.begin(chance.randint(0, 7), numbers(), numbers(), numbers())
    for _ in range(chance.randint(5, 50)):
        device, step = chance.randint(0, 2), chance.random()
        if step < 0.25:
            run.write(device, numbers())
        elif step < 0.28 and len(run.written) > 15:
            run.close(device, chance.choice(["close", "abort", "close", "open"]), chance.getrandbits(20))
        elif step < 0.5:
            run.send(device, chance.choice([50, 50, 2, 1, 0]))
        elif step < 0.7 and run.requests:
            run.deliver(chance.randint(0, RECENT))
        elif step < 0.9 and run.answers:
            run.hear(chance.randint(0, RECENT))
        elif step < 0.97:
            run.exchange(device)
        else:
            run.reload(device)
        run.a_device_has_all_that_it_says_to_have_seen()
    run.teardown()
    return run
