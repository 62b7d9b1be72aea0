"""What is done with a ballot on devices: put to the cell, cast, given on paper, closed, begun again, given up.

Casting writes nothing into the database, and nothing but the urn: what happens there is told in `box`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from chibo.access.standing import require
from chibo.audit import events
from chibo.meetings.models import Entry, State
from chibo.meetings.room import commands as room_commands
from chibo.meetings.room import counting, log
from chibo.meetings.room.commands import NotOpen, Pen, locked
from chibo.meetings.room.deciding import Ballot, ballots_of, secrets_of
from chibo.meetings.room.fold import Room
from chibo.meetings.urn import box, nodes, places
from chibo.meetings.urn.nodes import SeveralNodes
from chibo.meetings.urn.secrecy import keeper
from chibo.members.base_of_vote import Base, Fraction, Miscount, base_of_vote
from chibo.rules.book import RuleBook

RULE = "ballots_on_devices"
FEWEST = 5  # on each medium, unless all are on one: fewer would tell who they were (decisions 0035, 0066)
LINE = ("in_favour", "against", "blank")


class NotAllowed(Exception):
    """The committee above has not allowed it, or it is an election: paper."""


class AlreadyCounted(Exception):
    """Somebody else has just closed this ballot."""


class StillThere(Exception):
    """The urn stands; only one that is lost is begun again."""


@dataclass(frozen=True)
class Papers:
    """What came back of the paper ballots of a vote that is mostly on devices: sums, never kept by themselves."""

    returned: int = 0
    invalid: int = 0
    lines: tuple[tuple[int, int, int], ...] = ()


def is_allowed(book: RuleBook) -> bool:
    """Whether a committee over the cell has allowed ballots on devices; off unless it says so."""
    rule = book.get(RULE)
    return rule is not None and rule.value is True


def may_be_held(book: RuleBook) -> bool:
    """Whether the cell may vote on devices: it is allowed, and whoever keeps the server is none of its keepers."""
    return is_allowed(book) and bool(keeper())


def open_on_devices(room: Room) -> dict[UUID, Ballot]:
    """The ballots on devices that are not counted yet."""
    counted = secrets_of(room)
    return {key: one for key, one in ballots_of(room).items() if one.on_devices and key not in counted}


def may_ever_vote(room: Room, exclusions: Sequence[str]) -> list[UUID]:
    """Who has a ballot once they are there: also those who have not come yet."""
    everyone = [replace(one, present=True, left=False) for one in room.voters()]
    return [place.person_id for place in base_of_vote(everyone, exclusions).included]


def put_on_devices(
    *,
    pen: Pen,
    room: Room,
    book: RuleBook,
    title: str,
    names: Sequence[str],
    fraction: Fraction,
    tellers: Sequence[UUID],
    election: bool,
) -> Entry:
    """Put something to a secret vote on devices, and put up its urn.

    Raises:
        Http404, NotOpen: as `Pen.write`.
        NotAllowed: no committee over the cell has allowed it, who keeps the server is not known, or it is an election.
        SeveralNodes: more than one machine serves the site.
    """
    if election or not may_be_held(book):
        raise NotAllowed
    if nodes.others():
        raise SeveralNodes
    entry = counting.put_to_ballot(
        pen=pen, title=title, names=names, fraction=fraction, tellers=tellers, item=room.current, medium="device"
    )
    _make(pen, ballots_of(log.room_of(pen.meeting))[entry.pk], room, book)
    return entry


def _make(pen: Pen, ballot: Ballot, room: Room, book: RuleBook) -> bool:
    voters = may_ever_vote(room, book.words("vote_base_exclusions"))
    path = places.path_of(pen.meeting, ballot.id)
    return box.make(path, root=places.root(), voters=voters, lines=len(ballot.lines))


@transaction.atomic
def begin_again(*, pen: Pen, ballot: Ballot, room: Room, book: RuleBook) -> None:
    """Put up a new urn in the place of one that is lost: everybody votes again.

    Raises:
        Http404: not a keeper of this meeting.
        NotOpen: the meeting is not going on.
        SeveralNodes: more than one machine serves the site, so the urn may stand on another.
        StillThere: the urn is not lost.
    """
    meeting = pen.meeting
    require(pen.by.keeps(meeting.pk, meeting.cell_id))
    if meeting.state != State.OPEN:
        raise NotOpen
    if nodes.others():
        raise SeveralNodes
    if not _make(pen, ballot, room, book):
        raise StillThere
    events.record("meeting.ballot_begun_again", chain=meeting.cell_id, by=pen.by.person_id, obj=meeting)


@transaction.atomic
def give_up(*, pen: Pen, ballot: Ballot) -> Entry:
    """Nothing of what was cast on devices counts; the same is put to a vote on paper."""
    room_commands.undo(pen=pen, entry=Entry.objects.get(meeting=pen.meeting, pk=ballot.id))
    entry = counting.put_to_ballot(
        pen=pen,
        title=ballot.title,
        names=ballot.names,
        fraction=ballot.fraction,
        tellers=ballot.tellers,
        item=ballot.item,
    )
    _destroy_after(pen, ballot)
    return entry


@transaction.atomic
def close(
    *, pen: Pen, ballot: Ballot, base: Base, exclusions: Sequence[str], papers: Papers, tellers_agree: bool
) -> Entry:
    """Close the urn and record the sums of both media together, with the base frozen (domain.md 2.4).

    The urn is destroyed once the entry is kept. A process that ends between the two leaves a closed urn behind,
    which tells the same sums again.

    Raises:
        Miscount: the sums cannot be, or too few voted on one medium, or the tellers have not agreed.
        AlreadyCounted, NotOpen: somebody else has closed the ballot, or the meeting.
        box.Lost: there is no urn any more.
    """
    locked(pen.meeting)  # of two who close at once, one waits and then sees what the other recorded
    if ballot.id in secrets_of(log.room_of(pen.meeting)):
        raise AlreadyCounted
    if not tellers_agree:
        raise Miscount("Tổ kiểm phiếu chưa đồng ý đóng hòm phiếu.")

    def agreed(marks: box.Marks) -> None:
        _check(marks, base, papers, len(ballot.lines))

    cast = box.shut(places.path_of(pen.meeting, ballot.id), agreed=agreed)
    sums = counting.Sums(
        issued=cast.cast + cast.papers,
        returned=cast.cast + papers.returned,
        invalid=papers.invalid,
        choices=_together(ballot, cast, papers),
    )
    medium = "device" if not papers.returned else "both" if cast.cast else "paper"
    entry = counting.write_count(pen=pen, ballot=ballot, base=base, exclusions=exclusions, sums=sums, medium=medium)
    _destroy_after(pen, ballot)
    return entry


def _destroy_after(pen: Pen, ballot: Ballot) -> None:
    path = places.path_of(pen.meeting, ballot.id)
    transaction.on_commit(lambda: box.destroy(path), robust=True)


def _together(ballot: Ballot, sums: box.Sums, papers: Papers) -> list[dict[str, Any]]:
    """The sums of each line, of both media in one number."""
    on_paper = papers.lines or ((0, 0, 0),) * len(ballot.lines)
    return [
        {"name": name, **{key: cast[n] + paper[n] for n, key in enumerate(LINE)}}
        for name, cast, paper in zip(ballot.lines, sums.lines, on_paper, strict=True)
    ]


def _check(marks: box.Marks, base: Base, papers: Papers, lines: int) -> None:
    """Hold what was cast and typed against the room, before any sum is told.

    Raises:
        Miscount: with what to do.
    """
    given = len(marks.on_paper)
    if base.size == 0:
        raise Miscount("Chưa có ai trong cơ sở tính. Điểm danh trước rồi đóng hòm phiếu.")
    # Each was there when they voted; one who has gone home since still counts in the base.
    if marks.cast + given > base.size:
        raise Miscount(
            f"Có {marks.cast} phiếu trên máy và {given} phiếu giấy, mà cơ sở tính chỉ có {base.size} đồng chí. Xem lại "
            "điểm danh."
        )
    valid = papers.returned - papers.invalid
    adds_up = len(papers.lines) == lines and all(sum(one) == valid for one in papers.lines)
    if not (0 <= papers.invalid <= papers.returned <= given) or (papers.returned and not adds_up):
        raise Miscount("Số phiếu giấy cộng lại không khớp. Đếm lại.")
    if why := too_few(marks, papers.returned):
        raise Miscount(why)


def too_few(marks: box.Marks, on_paper: int) -> str:
    """Why the urn may not be closed yet: so few on one medium that their ballots would be known; empty when it may.

    Only ballots that voters cast under their own sign-in make up the five. On the device that is passed round a keeper
    could cast under any name: four of their own would leave one voter's ballot by itself. Of all who have a vote, there
    or not: who is there is what a keeper ticks, and marking all others absent would do the same.
    """
    own = marks.count(box.Mark.CAST)
    if not marks.cast and not on_paper:
        return "Chưa có phiếu nào."
    if marks.cast and own < FEWEST and own < len(marks.by_voter):
        return (
            f"Mới có {own} đồng chí bỏ phiếu trên điện thoại của mình, ít hơn {FEWEST} thì lộ ý từng người; phiếu trên "
            "máy chuyền tay không tính vào số ấy. Chờ thêm phiếu, hoặc cả chi bộ bỏ phiếu giấy."
        )
    if 0 < on_paper < FEWEST and marks.cast:
        return (
            f"Chỉ có {on_paper} phiếu giấy, ít hơn {FEWEST} thì lộ ý từng người. Các đồng chí ấy bỏ phiếu trên máy "
            "chuyền tay, hoặc cả chi bộ bỏ phiếu giấy."
        )
    return ""
