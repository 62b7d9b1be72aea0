"""Whole meetings as chance has them: a programme, people, devices that do not always hear of each other, and what a
cell does in an evening. Every text is its own, so that it can be found again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID, uuid5

from chibo.meetings.minutes.facts import ItemFacts, MeetingFacts, TaskFacts
from chibo.meetings.room.fold import Record, fold
from tests.meaning.logs import BASE, DEVICES, RUBRICS
from tests.meaning.network import Device, Server

BEGUN = 1_764_763_200_000
PEOPLE = 8
REASONS = ("health", "work", "family", "away", "unknown", "none", "")
RESULTS = ("done", "partly", "not_done", "put_off")
PARTS = ("ideology", "political_tasks", "praise", "shortcomings", "direction", "implementation", "conclusion")
REGULAR = ("opening", "information", "review", "discussion", "self_criticism", "new_tasks", "conclusion", "closing")
# Kinds of meetings: who, words, the kinds of items of each part.
MEETINGS: tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("cell", "thường kỳ", (("thường kỳ", REGULAR),)),
    ("cell", "chuyên đề", (("chuyên đề", ("opening", "discussion", "discussion", "conclusion")),)),
    (
        "cell",
        "thường kỳ kết hợp chuyên đề",
        (("thường kỳ", REGULAR), ("chuyên đề", ("discussion", "conclusion", "closing"))),
    ),
    ("cell", "bất thường", (("bất thường", ("opening", "membership", "conclusion")),)),
    ("committee", "", (("chi ủy", ("opening", "review", "discussion", "new_tasks", "conclusion")),)),
)


def moment(minute: int) -> datetime:
    return datetime.fromtimestamp((BEGUN + 60_000 * minute) / 1000, UTC)


@dataclass
class World:
    """What is there before the meeting begins. roll: as the opening holds it; lost: items of which nothing is left."""

    facts: MeetingFacts
    people: list[UUID]
    roll: list[dict[str, Any]]
    tasks: list[UUID]
    lost: list[ItemFacts] = field(default_factory=list)

    @property
    def items(self) -> list[ItemFacts]:
        return [*self.facts.items, *self.facts.removed, *self.lost]


NOBODY_KNOWN = tuple(uuid5(BASE, f"person {n}") for n in range(PEOPLE))


def drawn_world(chance: Random, people: Sequence[UUID] = NOBODY_KNOWN, name: str = "") -> World:
    """A cell, a programme, some of it removed on the server meanwhile, old tasks. name: of the meeting, where there are
    several."""
    body, kinds, parts = chance.choice(MEETINGS)
    rows = [
        ItemFacts(
            uuid5(BASE, f"{name} programme {part} {n}"),
            kind,
            f"Mục {part} {n}",
            chance.choice(("", "", "đồng chí Người 1", "đại diện xã")),
            ("Kế hoạch 15",) if chance.random() < 0.2 else (),
            f"trang {n}" if kind != "self_criticism" and chance.random() < 0.05 else "",
            part,
        )
        for part, items in parts
        for n, kind in enumerate(items)
        if kind in ("discussion", "membership") or chance.random() < 0.9
    ]
    gone = [row for row in rows if chance.random() < 0.06]
    lost = [row for row in gone if row.kind != "self_criticism" and chance.random() < 0.2]
    tasks = [uuid5(BASE, f"{name} task {n}") for n in range(chance.randint(0, 3))]
    known = tasks[1:] if chance.random() < 0.1 else tasks
    facts = MeetingFacts(
        who="Chi ủy" if body == "committee" else chance.choice(("Chi bộ thôn Phú Hòa", "Tổ đảng số 2 của Chi bộ")),
        body=body,
        kinds=kinds,
        period="tháng 12/2026",
        starts_at=moment(-2),
        place="Nhà văn hóa thôn",
        now=moment(300),
        reasons=("Họp trực tuyến.",) if chance.random() < 0.1 else (),
        held_on_paper=chance.random() < 0.15,
        clerk=people[1] if chance.random() < 0.5 else None,
        items=tuple(row for row in rows if row not in gone),
        removed=tuple(replace(row, papers=()) for row in gone if row not in lost),
        names={one: f"Người {n}" for n, one in enumerate(people)},
        offices={people[1]: "chi ủy viên"},
        tasks={one: TaskFacts(f"Việc cũ {n}", f"Người {n}") for n, one in enumerate(known)},
    )
    return World(facts, list(people), [_line(chance, n, one) for n, one in enumerate(people)], tasks, lost)


def _line(chance: Random, number: int, person: UUID) -> dict[str, Any]:
    kind, odd = "official", ""
    if number > 2:
        kind = chance.choice(("official", "official", "official", "probationary", "temporary"))
        odd = chance.choice(("exempt", "away", "suspended", "", "", "", "", ""))
    return {"person": str(person), "kind": kind, **({odd: True} if odd else {})}


@dataclass
class Evening:
    """One meeting, held on three devices. Only who opens is sure to be first; the others hear of it when they do."""

    chance: Random
    world: World
    devices: list[Device] = field(default_factory=list)
    server: Server = field(default_factory=Server)
    written: list[Record] = field(default_factory=list)
    texts: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        own = [uuid5(one, self.name) for one in DEVICES] if self.name else DEVICES
        self.devices = [Device(n, id_, self.world.people[n]) for n, id_ in enumerate(own)]

    # ---------- what is said ----------
    def text(self) -> str:
        """Words that stand nowhere else."""
        self.texts += 1
        return f"lời ⟦{self.texts}⟧ ghi"

    def person(self) -> str:
        return str(self.chance.choice(self.world.people))

    def item(self) -> str:
        if not self.world.items:
            return str(UUID(int=7))  # one that only the log knows
        return str(self.chance.choice(self.world.items).id)

    def some(self, *values: Any) -> Any:
        return self.chance.choice(values)

    def of(self, device: Device, *kinds: str) -> str | None:
        """An entry of some kind that the device knows."""
        found = [str(one.id) for one in device.entries.values() if one.kind in kinds]
        return self.chance.choice(found) if found else None

    def say(self, device: Device, kind: str, /, **payload: Any) -> None:
        clean = {key: value for key, value in payload.items() if value is not None}
        number = len(self.written)
        at = BEGUN + number * 100_000
        id_ = uuid5(BASE, f"{self.name} entry {number}")
        self.written.append(device.write(id_, kind, clean, at))

    # ---------- who hears what ----------
    def join(self, device: Device) -> None:
        """A device sends all and hears all."""
        for _ in range(len(self.written) + 2):
            if not device.unsent and device.head == self.server.head:
                return
            device.hear(self.server.answer(device.request(50)))

    def hold(self) -> "Evening":
        """The whole meeting, until all have joined up."""
        first, *others = self.devices
        self.open(first)
        if self.chance.random() < 0.7:
            self.elect(first)
        for one in others:
            if self.chance.random() < 0.8:
                self.join(first)
                self.join(one)
        for _ in range(self.chance.randint(5, 45)):
            device = self.chance.choice(self.devices)
            self.chance.choice(ACTS)(self, device)
            if self.chance.random() < 0.35:
                self.join(device)
        if self.chance.random() < 0.5:
            self.close(first)
        self.join_all()
        return self

    def join_all(self) -> None:
        for one in (*self.devices, *self.devices):
            self.join(one)

    def settle(self) -> None:
        """The meeting ends, and what needs a look is taken back, until nothing does."""
        self.take_back()
        if fold(self.server.log).closed_by is None:
            self.close(self.devices[0])
            self.join_all()
            self.take_back()

    def take_back(self) -> None:
        for _ in range(len(self.written)):
            looks = fold(self.server.log).needs_look
            # To take back what a vote had not seen would change the voted text once more.
            for vote in {one.against[0][0] for one in looks if one.why == "vote_not_seen"}:
                unseen = {str(one.entry) for one in looks if one.why == "vote_not_seen" and one.against[0][0] == vote}
                self.say(self.devices[0], "vote-covers", of=str(vote), entries=sorted(unseen))
            for entry in dict.fromkeys(one.entry for one in looks if one.why != "vote_not_seen"):
                self.say(self.devices[0], "undo", of=str(entry))
            self.join_all()
            if not looks:
                return

    def open(self, device: Device) -> None:
        scored = self.chance.random() < 0.4
        facts = {"thematic": False, "planned": "2025-12-03T19:00:00+07:00", "old_tasks": 0, "known": []}
        self.say(
            device,
            "open",
            chair=str(self.world.people[0]),
            keepers=[str(one) for one in self.world.people],
            roll=self.world.roll,
            started="2025-12-03T19:00:00+07:00" if self.world.facts.held_on_paper else None,
            ended=self.some(None, "2025-12-04T00:20:00+07:00") if self.world.facts.held_on_paper else None,
            on_paper=self.world.facts.held_on_paper or None,
            rubric=RUBRICS[1] if scored else None,
            facts=facts if scored else None,
        )

    def close(self, device: Device) -> None:
        if self.chance.random() < 0.8:
            self.say(device, "close")
        else:
            self.say(device, "abort", why=self.text())

    # ---------- what a cell does ----------
    def call(self, device: Device) -> None:
        members = self.chance.sample([str(one) for one in self.world.people], self.chance.randint(1, PEOPLE))
        if self.chance.random() < 0.6:
            late = self.some(None, None, None, 15)
            self.say(device, "attend", members=members, state="present", late_minutes=late, left_early=late and True)
        else:
            text = self.text() if self.chance.random() < 0.3 else None
            reason = self.chance.choice(REASONS) or None
            self.say(device, "attend", members=members[:1], state="absent", reason=reason, reason_text=text)

    def elect(self, device: Device) -> None:
        self.say(device, "clerk", member=self.person())

    def welcome(self, device: Device) -> None:
        self.say(device, "guest", name=self.text(), office=self.some(None, self.text()))

    def turn(self, device: Device) -> None:
        state = self.some("open", "open", "done", "put_off")
        why = self.some(self.text(), None) if state == "put_off" else None
        self.say(device, "item", item=self.item(), state=state, why=why)

    def keep(self, device: Device) -> None:
        closed = [one.id for one in self.world.items if one.kind == "self_criticism"]
        if closed:
            how = self.some("full", "conclusion", "paper")
            page = self.text() if how == "paper" else None
            self.say(device, "keep-as", item=str(self.chance.choice(closed)), how=how, page=page)

    def remark(self, device: Device) -> None:
        guest = self.chance.random() < 0.1
        self.say(
            device,
            "remark",
            item=self.item(),
            text=self.text(),
            member=None if guest else self.person(),
            guest="Ông Khách" if guest else None,
            presenting=self.some(True, None, None),
            is_answer=self.some(True, None, None, None),
        )

    def agree(self, device: Device) -> None:
        self.say(device, "agree", item=self.item(), member=self.person())

    def speak_unnamed(self, device: Device) -> None:
        self.say(device, "spoke", item=self.item(), count=self.chance.randint(0, 4))

    def watch(self, device: Device) -> None:
        self.say(device, "observers", count=self.chance.randint(0, 4))

    def edit(self, device: Device) -> None:
        if of := self.of(device, "remark"):
            self.say(device, "remark-edit", of=of, text=self.text())

    def withdraw(self, device: Device) -> None:
        if of := self.of(device, "remark"):
            self.say(device, "remark-withdraw", of=of)

    def note(self, device: Device) -> None:
        self.say(device, "note", about=self.some("fees", "fees", "book"), text=self.text())

    def unsay(self, device: Device) -> None:
        """What a paper book does not say; where there was none, seldom."""
        if not self.world.facts.held_on_paper and self.chance.random() < 0.9:
            return
        match self.some("roll", "reading", "vote", "remark"):
            case "roll":
                self.say(device, "unsaid-roll", present=self.some(None, 3))
            case "reading":
                self.say(device, "unsaid-reading")
            case "vote":
                subject = self.some("agenda", "other", "resolution", "conclusion")
                matters = self.some(None, [self.text(), self.text()])
                item = self.some(None, self.item())
                self.say(device, "unsaid-vote", subject=subject, title=self.text(), item=item, matters=matters)
            case _:
                self.say(device, "remark", item=self.item(), text=self.text(), unsaid=True)

    def read(self, device: Device) -> None:
        self.say(device, "read")

    def correct(self, device: Device) -> None:
        self.say(device, "correct", text=self.text(), remark=self.some(None, self.of(device, "remark")))

    def differ(self, device: Device) -> None:
        self.say(device, "differ", item=self.item(), member=self.person(), text=self.text())

    def answer(self, device: Device) -> None:
        if of := self.of(device, "differ"):
            act = self.chance.randint(0, 3)
            if act == 0:
                self.say(device, "differ-support", of=of, number=self.chance.randint(0, 3))
            elif act == 1:
                self.say(device, "differ-reserve", of=of)
            else:
                outcome = self.some("adopted", "not_adopted", "withdrawn")
                self.say(device, "differ-outcome", of=of, outcome=outcome, why=self.some(None, self.text()))

    def _base(self) -> dict[str, Any]:
        people = [[str(one), "present"] for one in self.world.people[:5]]
        return {"included": people, "excluded": [], "exclusions": [], "fraction": self.some("half", "two_thirds")}

    def vote(self, device: Device) -> None:
        subject = self.some("agenda", "other", "other", "differing", "resolution", "conclusion")
        of = self.of(device, "differ") if subject == "differing" else None
        counts = {"in_favour": self.chance.randint(0, 5), "against": 0, "abstained": 0}
        matters = [self.text(), self.text()] if self.chance.random() < 0.2 else None
        title, item = self.text(), self.some(None, self.item())
        self.say(
            device, "vote", subject=subject, title=title, item=item, of=of, matters=matters, **counts, **self._base()
        )

    def ballot(self, device: Device) -> None:
        self.say(
            device,
            "ballot",
            title=self.text(),
            item=self.some(None, self.item()),
            names=[self.text(), self.text()] if self.chance.random() < 0.5 else [],
            fraction="half",
            tellers=[self.person()],
            medium="paper",
        )

    def count(self, device: Device) -> None:
        if (of := self.of(device, "ballot")) is None:
            return
        put = device.entries[UUID(of)].payload
        lines = put["names"] or [put["title"]]
        self.say(
            device,
            "secret",
            of=of,
            title=put["title"],
            item=put.get("item"),
            issued=5,
            returned=5,
            invalid=1,
            choices=[{"name": one, "in_favour": self.chance.randint(0, 4), "against": 0, "blank": 0} for one in lines],
            medium=self.some("paper", "device", "both"),
            tellers=put["tellers"],
            **self._base(),
        )

    def review(self, device: Device) -> None:
        if self.world.tasks:
            task, result = str(self.chance.choice(self.world.tasks)), self.chance.choice(RESULTS)
            due = self.some(None, "2027-01-05") if result != "done" else None
            cause = self.some(None, self.text())
            self.say(device, "review", task=task, result=result, cause=cause, new_due=due, due_then="2026-11-30")

    def _task(self) -> dict[str, Any]:
        return {
            "what": self.text(),
            "lead": self.person(),
            "due": "2026-12-31",
            "helpers": self.some(None, [self.person(), self.person()]),
            "helpers_text": self.some(None, self.text()),
            "how_checked": self.some(None, self.text()),
            "milestones": self.some(None, [{"what": self.text(), "due": "2026-12-20"}]),
        }

    def give(self, device: Device) -> None:
        self.say(device, "task", **self._task())

    def rewrite(self, device: Device) -> None:
        if of := self.of(device, "task"):
            self.say(device, "task-edit", of=of, **self._task())

    def take_off(self, device: Device) -> None:
        if of := self.of(device, "task"):
            self.say(device, "task-withdraw", of=of)

    def conclude(self, device: Device) -> None:
        names = self.chance.sample(PARTS, self.chance.randint(0, 3))
        kind = self.some(None, "resolution", "conclusion")
        self.say(device, "conclude", kind=kind, parts={name: self.text() for name in names} or None)

    def score(self, device: Device) -> None:
        code, note = self.some("1", "3.1"), self.some(None, self.text())
        self.say(device, "score", rubric="a", code=code, points=self.some(0, 100, 400), note=note)

    def undo(self, device: Device) -> None:
        own = [str(one.id) for one in device.entries.values() if one.kind not in ("open", "close", "abort")]
        if own:
            self.say(device, "undo", of=self.chance.choice(own))


Act = Callable[[Evening, Device], None]
E_ = Evening
ACTS: tuple[Act, ...] = (
    *(E_.remark, E_.remark, E_.remark, E_.remark, E_.remark, E_.edit, E_.withdraw, E_.correct, E_.read, E_.note),
    *(E_.call, E_.call, E_.elect, E_.welcome, E_.turn, E_.turn, E_.turn, E_.keep, E_.keep, E_.undo, E_.undo),
    *(E_.differ, E_.differ, E_.answer, E_.answer, E_.vote, E_.vote, E_.ballot, E_.count, E_.review, E_.review),
    *(E_.agree, E_.agree, E_.agree, E_.speak_unnamed, E_.watch),
    *(E_.unsay, E_.unsay, E_.give, E_.rewrite, E_.take_off, E_.conclude, E_.conclude, E_.score),
)


def held(chance: Random) -> Evening:
    """A meeting drawn and held."""
    evening = Evening(chance, drawn_world(chance)).hold()
    if chance.random() < 0.5:
        evening.settle()
    return evening
