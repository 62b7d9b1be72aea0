"""The kinds of entries by which a meeting decides: differing opinions, hands, secret votes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chibo.meetings.models import Vote
from chibo.meetings.room import project
from chibo.meetings.room.bases import fold_recount
from chibo.meetings.room.doubles import Text
from chibo.meetings.room.fold import About, Differing, Record, Room
from chibo.meetings.room.fold import Vote as VoteState
from chibo.meetings.room.judging import EACH_ITS_OWN, MATTER
from chibo.meetings.room.kinds import Kind, flag, identifier, listed, one_of, optional, shaped, text, whole, words
from chibo.meetings.room.roll import has_strangers, of_the_roll
from chibo.members.base_of_vote import EXCLUSIONS, Fraction, needed


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _differ(room: Room, record: Record) -> None:
    payload = record.payload
    item, person = UUID(payload["item"]), UUID(payload["member"])
    room.differing[record.id] = Differing(record.id, item, person, payload["text"], order=record.counter)


def _differing(room: Room, record: Record) -> Differing | None:
    """The differing opinion that an entry is about; one that was undone elsewhere is marked."""
    found = room.differing.get(UUID(record.payload["of"]))
    if found is None:
        room.look(record, "unknown_differing")
    return found


def _differ_support(room: Room, record: Record) -> None:
    if (found := _differing(room, record)) is not None:
        room.settle(record, record.payload["of"], record.payload["number"])
        found.support = record.payload["number"]


def _differ_outcome(room: Room, record: Record) -> None:
    if (found := _differing(room, record)) is not None:
        room.settle(record, record.payload["of"], record.payload)
        found.outcome, found.why = record.payload["outcome"], record.payload.get("why") or ""
        found.vote, found.settled = None, record.counter


def _differ_reserve(room: Room, record: Record) -> None:
    if (found := _differing(room, record)) is not None:
        found.settled = found.settled if found.outcome else record.counter
        found.reserved = True


def _vote(room: Room, record: Record) -> None:
    payload = record.payload
    differing = _id(payload.get("of"))
    room.votes[record.id] = vote = VoteState(
        id=record.id,
        subject=payload["subject"],
        title=payload["title"],
        item=_id(payload.get("item")),
        included=of_the_roll(room, payload["included"]),
        excluded=of_the_roll(room, payload["excluded"]),
        exclusions=payload["exclusions"],
        fraction=payload["fraction"],
        in_favour=payload["in_favour"],
        against=payload["against"],
        abstained=payload["abstained"],
        order=record.counter,
        differing=differing,
        about=_about(payload["about"]) if payload.get("about") else None,
        matters=list(payload.get("matters") or []),
    )
    vote.strangers = has_strangers(vote, record)
    room.settle(record, _matter(vote), str(record.id), kind=MATTER)
    if differing is not None and (put := _differing(room, record)) is not None:
        room.settle(record, str(put.id), vote.passed, kind="differ-outcome")
        put.outcome, put.why = ("adopted" if vote.passed else "not_adopted"), ""
        put.vote, put.settled = vote.id, record.counter


def _about(chosen: dict[str, Any]) -> About:
    return About(chosen["kind"], _id(chosen.get("id")), chosen.get("text") or "")


def _matter(vote: VoteState) -> str:
    """What was voted on; hands and ballots on one title are on one matter."""
    if vote.differing:
        return f"differing {vote.differing}"
    return _titled(vote.title) if vote.subject in EACH_ITS_OWN else vote.subject


def _titled(title: str) -> str:
    return f"other {title}"


def _vote_covers(room: Room, record: Record) -> None:
    """The cell voted on this too, though the machine that recorded the vote did not have it yet."""
    covered = room.covered.setdefault(UUID(record.payload["of"]), set())
    covered |= {UUID(one) for one in record.payload["entries"]}


@dataclass
class Ballot:
    """What is put to a secret vote: a question, or names; and who counts."""

    id: UUID
    title: str
    item: UUID | None
    names: list[str]
    fraction: Fraction
    tellers: list[UUID]
    medium: str = "paper"
    election: bool = False

    @property
    def on_devices(self) -> bool:
        """Whether the cell votes on phones; an election never does, whatever an entry says."""
        return self.medium == "device" and not self.election

    @property
    def lines(self) -> list[str]:
        """The lines of the ballot: the names, or the question itself."""
        return self.names or [self.title]


@dataclass
class Choice:
    """One line of a ballot: a question, or a name."""

    name: str
    in_favour: int
    against: int
    blank: int


@dataclass
class Secret:
    """A secret vote, as the tellers counted it: sums alone. `medium` says on what the cell voted."""

    id: UUID
    title: str
    item: UUID | None
    included: list[list[str]]
    excluded: list[list[str]]
    exclusions: list[str]
    fraction: Fraction
    issued: int
    returned: int
    invalid: int
    choices: list[Choice]
    medium: str
    tellers: list[UUID]
    order: int
    taken: list[list[str]] | None = None  # as of a show of hands
    strangers: bool = False

    @property
    def size(self) -> int:
        """How many the base holds."""
        return len(self.included)

    @property
    def needed(self) -> int:
        """The fewest votes that pass: of the base, never of those who voted (Điều lệ Đảng, Điều 9, khoản 5)."""
        return needed(self.size, self.fraction)

    @property
    def used(self) -> int:
        """How many got a ballot."""
        return self.issued

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.invalid

    @property
    def adds_up(self) -> bool:
        """Whether the counts can be: no more back than given out, each line as many as the valid ballots."""
        lines = all(one.in_favour + one.against + one.blank == self.valid for one in self.choices)
        return self.invalid <= self.returned <= self.issued and lines


@dataclass
class Secrets:
    """The secret votes of a meeting: what was put, and by its ballot what was counted last."""

    ballots: dict[UUID, Ballot] = field(default_factory=dict)
    votes: dict[UUID, Secret] = field(default_factory=dict)


def ballots_of(room: Room) -> dict[UUID, Ballot]:
    """The ballots of a meeting, in order."""
    return room.part(Secrets).ballots


def secrets_of(room: Room) -> dict[UUID, Secret]:
    """The counted votes, by ballot: a recount takes the place of the count before."""
    return room.part(Secrets).votes


def is_all_that_is_left(room: Room, entry: UUID) -> bool:
    """Whether an entry is a vote on devices that is counted: its urn is destroyed, the sums alone tell of it. One that
    does not fit the rest of the log can still be taken back."""
    ballots, votes = ballots_of(room), secrets_of(room)
    counted = {one for of in votes if of in ballots and ballots[of].on_devices for one in (of, votes[of].id)}
    return entry in counted and entry not in {one.entry for one in room.needs_look}


def _ballot(room: Room, record: Record) -> None:
    payload = record.payload
    ballots_of(room)[record.id] = Ballot(
        id=record.id,
        title=payload["title"],
        item=_id(payload.get("item")),
        names=payload["names"],
        fraction=payload["fraction"],
        tellers=[UUID(one) for one in payload["tellers"]],
        medium=payload.get("medium") or "paper",
        election=bool(payload.get("election")),
    )
    if payload.get("medium") == "device" and payload.get("election"):
        room.look(record, "election_on_devices")


def _secret(room: Room, record: Record) -> None:
    payload = record.payload
    found = Secret(
        id=record.id,
        title=payload["title"],
        item=_id(payload.get("item")),
        included=of_the_roll(room, payload["included"]),
        excluded=of_the_roll(room, payload["excluded"]),
        exclusions=payload["exclusions"],
        fraction=payload["fraction"],
        issued=payload["issued"],
        returned=payload["returned"],
        invalid=payload["invalid"],
        choices=[Choice(one["name"], one["in_favour"], one["against"], one["blank"]) for one in payload["choices"]],
        medium=payload["medium"],
        tellers=[UUID(one) for one in payload["tellers"]],
        order=record.counter,
    )
    ballot = UUID(payload["of"])
    if ballot not in ballots_of(room):
        room.look(record, "unknown_ballot")
    room.settle(record, payload["of"], {key: payload[key] for key in ("issued", "returned", "invalid", "choices")})
    room.settle(record, _titled(found.title), payload["of"], kind=MATTER)
    found.strangers = has_strangers(found, record)
    secrets_of(room)[ballot] = found
    if not found.adds_up:
        room.look(record, "ballots_do_not_add_up")


def _differing_texts(room: Room) -> Iterable[Text]:
    return (Text(one.id, f"{one.item} {one.person}", one.text) for one in room.differing.values())


_place = listed(text)
# What one chooses to put to the vote; an item and an opinion by id, what has none in words.
ABOUT = ("item", "resolution", "conclusion", "candidate", "programme", "differing", "task", "other")

KINDS = (
    Kind(
        "differ",
        {"item": identifier, "member": identifier, "text": words},
        _differ,
        apply=project.nothing,
        texts=_differing_texts,
    ),
    Kind("differ-support", {"of": identifier, "number": whole}, _differ_support, apply=project.nothing),
    Kind(
        "differ-outcome",
        {"of": identifier, "outcome": one_of("adopted", "not_adopted", "withdrawn"), "why": optional(text)},
        _differ_outcome,
        apply=project.nothing,
    ),
    Kind("differ-reserve", {"of": identifier}, _differ_reserve, apply=project.nothing),
    Kind(
        "vote",
        {
            "of": optional(identifier),
            "subject": one_of(*Vote.Subject.values),
            "title": words,
            "item": optional(identifier),
            "included": listed(_place),
            "excluded": listed(_place),
            "exclusions": listed(one_of(*EXCLUSIONS)),
            "fraction": one_of("half", "two_thirds"),
            "in_favour": whole,
            "against": whole,
            "abstained": whole,
            "matters": optional(listed(words)),
            "about": optional(shaped(kind=one_of(*ABOUT), id=optional(identifier), text=optional(text))),
        },
        _vote,
        spares_remarks=True,
    ),
    Kind("vote-covers", {"of": identifier, "entries": listed(identifier)}, _vote_covers, apply=project.nothing),
    Kind(
        "ballot",
        {
            "title": words,
            "item": optional(identifier),
            "names": listed(words),
            "fraction": one_of("half", "two_thirds"),
            "tellers": listed(identifier),
            "medium": optional(one_of("paper", "device")),
            "election": optional(flag),
        },
        _ballot,
        apply=project.nothing,
    ),
    Kind(
        "secret",
        {
            "of": identifier,
            "title": words,
            "item": optional(identifier),
            "included": listed(_place),
            "excluded": listed(_place),
            "exclusions": listed(one_of(*EXCLUSIONS)),
            "fraction": one_of("half", "two_thirds"),
            "issued": whole,
            "returned": whole,
            "invalid": whole,
            "choices": listed(shaped(name=words, in_favour=whole, against=whole, blank=whole)),
            "medium": one_of("paper", "device", "both"),
            "tellers": listed(identifier),
        },
        _secret,
        apply=project.nothing,
    ),
    Kind(
        "recount",
        {"of": identifier, "included": listed(_place), "excluded": listed(_place)},
        fold_recount,
        spares_remarks=True,
    ),
)
