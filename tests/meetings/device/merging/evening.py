"""A client of its own: three browsers hold one meeting by chance, mostly out of reach of each other, over HTTP.

Each does what its screen would let it do, by what it knows; in the end all join up, and the chair decides each mark by
taking one side, as the screen does.
"""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from chibo.meetings.models import AgendaItem
from chibo.meetings.room.fold import Record, Room, fold
from chibo.meetings.room.judging import Look
from chibo.members.base_of_vote import EXCLUSIONS, base_of_vote
from chibo.resolutions.models import Task
from chibo.resolutions.room.kinds import PARTS, decisions
from tests.meaning.reading import as_record
from tests.meetings.device.joining.conftest import Browser, opening
from tests.people import People

MOST_DECISIONS = 150


@dataclass
class Evening:
    """One meeting. browsers: the chair's first, then the clerk's, then the deputy's."""

    people: People
    browsers: list[Browser]
    chance: Random
    rounds: int = 0
    written: int = 0
    names: dict[str, str] = field(default_factory=dict)

    def records(self, of: Browser) -> list[Record]:
        """What a browser knows, as entries."""
        own = {"device": of.device, "author": self.names[of.device], "seq": None}
        known = [*of.entries.values(), *of.outbox]
        return [as_record({**own, **one}) for one in known]

    def room(self, of: Browser) -> Room:
        return fold(self.records(of))

    # ---------- before the network goes ----------
    def begin(self) -> None:
        """Opened, a clerk elected, all called; a draft; everyone has heard of it."""
        chair = self.browsers[0]
        who = [str(one.pk) for one in (self.people.lan, self.people.tam, self.people.hung)]
        self.names = dict(zip((one.device for one in self.browsers), who, strict=True))
        keepers = [str(self.people.all()[name].pk) for name in ("lan", "hung", "tam")]
        chair.write("open", **{**opening(self.people), "keepers": keepers, "ended_by": "presiding"})
        chair.write("clerk", member=who[1])
        chair.write("attend", members=self.everyone, state="present")
        for task in Task.objects.exclude(meeting=chair.meeting):
            chair.write("review", task=str(task.pk), result="done", due_then=str(task.due))
        chair.write("conclude", kind="resolution", parts={"direction": "Giữ an toàn ngã ba.", "ideology": "Ổn định."})
        for one in self.browsers:
            self.exchange(one)

    @property
    def everyone(self) -> list[str]:
        return [line["person"] for line in opening(self.people)["roll"]]

    def exchange(self, of: Browser) -> None:
        """Send and hear, once."""
        self.rounds += 1
        of.send()

    # ---------- out of reach ----------
    def go_on(self, acts: int) -> None:
        """Something is done on some machine; seldom does it reach the server."""
        for _ in range(acts):
            of = self.chance.choice(self.browsers)
            self.act(of)
            if self.chance.random() < 0.25:
                self.exchange(self.chance.choice(self.browsers))

    def act(self, of: Browser) -> None:
        room = self.room(of)
        if room.closing is not None:
            return
        acts = [self.call, self.call, self.remark, self.give, self.give, self.change, self.conclude, self.undo]
        acts += [self.vote, self.vote, self.vote_on_another, self.lead]
        self.chance.choice(acts)(of, room)
        if self.chance.random() < 0.05:
            self.end(of, room)

    def call(self, of: Browser, room: Room) -> None:
        state = self.chance.choice(["absent", "present", "present"])
        reason = {"reason": "health"} if state == "absent" else {}
        of.write("attend", members=[self.chance.choice(self.everyone)], state=state, **reason)

    def remark(self, of: Browser, room: Room) -> None:
        item = AgendaItem.objects.filter(meeting=of.meeting).values_list("pk", flat=True)[0]
        of.write("remark", item=str(item), member=self.chance.choice(self.everyone), text=self.words("Ý kiến"))

    def words(self, kind: str) -> str:
        """A text that nobody else writes."""
        self.written += 1
        return f"{kind} số {self.written}"

    def task(self) -> dict[str, str]:
        return {"what": self.words("Việc"), "lead": self.everyone[0], "due": "2026-12-20"}

    def give(self, of: Browser, room: Room) -> None:
        of.write("task", **self.task())

    def change(self, of: Browser, room: Room) -> None:
        tasks = [str(one) for one in decisions(room).tasks]
        if tasks and self.chance.random() < 0.7:
            of.write("task-edit", of=self.chance.choice(tasks), **self.task())
        elif tasks:
            of.write("task-withdraw", of=self.chance.choice(tasks))

    def conclude(self, of: Browser, room: Room) -> None:
        parts = self.chance.sample(PARTS[:6], self.chance.randint(1, 2))
        of.write("conclude", parts={name: self.words("Đoạn") for name in parts})

    def undo(self, of: Browser, room: Room) -> None:
        mine = [one for one in self.records(of) if one.device == UUID(of.device) and one.kind in UNDOABLE]
        mine = [one for one in mine if one.id not in room.undone]
        if len(mine) > 3:
            of.write("undo", of=str(mine[-1].id))

    def vote(self, of: Browser, room: Room, subject: str = "resolution", title: str = "Nghị quyết tháng này") -> None:
        """A show of hands, by the roll as it stands here."""
        if self.room_has(room, subject) and not decisions(room).not_voted:
            return
        exclusions = [str(one) for one in EXCLUSIONS]
        base = base_of_vote(room.voters(), exclusions)
        against = self.chance.choice([0, 0, 0, min(1, base.present)])
        places = {"included": base.included, "excluded": base.excluded}
        held = {name: [[str(one.person_id), one.standing] for one in all_] for name, all_ in places.items()}
        counts = {"in_favour": base.present - against, "against": against, "abstained": 0}
        if base.present:
            rule = {"exclusions": exclusions, "fraction": "half"}
            of.write("vote", subject=subject, title=title, **held, **counts, **rule)

    def room_has(self, room: Room, subject: str) -> bool:
        return any(vote.subject == subject for vote in room.votes.values())

    def vote_on_another(self, of: Browser, room: Room) -> None:
        subject, title = self.chance.choice([("agenda", "Chương trình họp"), ("other", "Thu quỹ xây dựng")])
        if not any(vote.title == title for vote in room.votes.values()):
            self.vote(of, room, subject, title)

    def lead(self, of: Browser, room: Room) -> None:
        if self.chance.random() < 0.2:
            of.write("lead")

    def end(self, of: Browser, room: Room) -> None:
        if self.chance.random() < 0.5:
            of.write("abort", why=self.words("Mất điện"))
        else:
            of.write("close")

    # ---------- together again ----------
    def join_up(self) -> None:
        for _ in range(2):
            for one in self.browsers:
                self.exchange(one)

    def decide(self) -> None:
        """The chair decides each mark, ends the meeting if it is on, and votes anew where nothing else helps."""
        chair = self.browsers[0]
        for _ in range(MOST_DECISIONS):
            room = self.room(chair)
            looks = [look for look in room.needs_look if self.sides(look)]
            if looks:
                self.choose(chair, room, self.chance.choice(looks))
            elif room.closing is None:
                chair.write("close")
            else:
                assert not room.needs_look, room.needs_look
                break
            self.exchange(chair)
        else:
            raise AssertionError(self.room(chair).needs_look)
        self.join_up()

    def sides(self, look: Look) -> list[tuple[UUID, str]]:
        return [*look.against, (look.entry, look.about)]

    def choose(self, chair: Browser, room: Room, look: Look) -> None:
        """Keep one side of a mark, as choose_entry.js does; what has but one is taken back."""
        sides = self.sides(look)
        kept = self.chance.choice(sides)[0] if len(sides) > 1 else None
        if look.why == "ended_beside" and kept == look.entry:
            kept = None
        if look.why == "vote_not_seen" and kept == look.entry:
            chair.write("vote-covers", of=str(look.against[0][0]), entries=[str(kept)])
            return
        if look.why == "vote_roll" and kept != look.entry:
            sides = [(look.entry, "")]
        if look.why == "ended_beside":
            sides = [(look.entry, "")]
        for of, about in sides:
            if of != kept:
                chair.write("undo", of=str(of), **({"about": about} if about else {}))


UNDOABLE = ("attend", "remark", "task", "task-edit", "conclude", "vote")
