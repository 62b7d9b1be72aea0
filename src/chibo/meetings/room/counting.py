"""A secret vote: what is put to it, and what the tellers counted on paper (on devices: chibo.meetings.urn); the base of
a vote reckoned anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chibo.access.standing import require
from chibo.meetings.models import Entry
from chibo.meetings.room.bases import base_again, fits_again, taken_as
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.deciding import Ballot
from chibo.meetings.room.fold import Room
from chibo.members.base_of_vote import Base, Fraction, Miscount


@dataclass(frozen=True)
class Sums:
    """What tellers count: ballots given out, come back, invalid among them; and each line's counts, `{name, in_favour,
    against, blank}`."""

    issued: int
    returned: int
    invalid: int
    choices: Sequence[dict[str, Any]]


def put_to_ballot(
    *,
    pen: Pen,
    title: str,
    names: Sequence[str],
    fraction: Fraction,
    tellers: Sequence[UUID],
    item: UUID | None,
    medium: str = "paper",
    election: bool = False,
) -> Entry:
    """Put something to a secret vote: a question, or names; the cell has elected who counts.

    medium: "device" only through chibo.meetings.urn, which asks whether it may be and puts up the urn.
    """
    return pen.write(
        "ballot",
        title=title,
        names=list(names),
        fraction=fraction,
        tellers=list(tellers),
        item=item,
        medium=medium,
        election=election or None,
    )


def count_ballots(
    *,
    pen: Pen,
    ballot: Ballot,
    base: Base,
    exclusions: Sequence[str],
    sums: Sums,
) -> Entry:
    """Record what the tellers counted: sums alone, with the base frozen (domain.md 2.4). A recount replaces it.

    Raises:
        Miscount: the sums cannot be, or nobody may vote.
    """
    if base.size == 0:
        raise Miscount("Chưa có ai trong cơ sở tính. Điểm danh trước rồi bỏ phiếu.")
    valid = sums.returned - sums.invalid
    lines = all(one["in_favour"] + one["against"] + one["blank"] == valid for one in sums.choices)
    if not (0 <= sums.invalid <= sums.returned <= sums.issued <= base.most and lines):
        raise Miscount("Số phiếu cộng lại không khớp. Đếm lại.")
    return write_count(pen=pen, ballot=ballot, base=base, exclusions=exclusions, sums=sums, medium="paper")


def write_count(
    *,
    pen: Pen,
    ballot: Ballot,
    base: Base,
    exclusions: Sequence[str],
    sums: Sums,
    medium: str,
) -> Entry:
    """Write the sums of a secret vote that were checked, with the base frozen."""
    return pen.write(
        "secret",
        of=ballot.id,
        title=ballot.title,
        item=ballot.item,
        **_places(base),
        exclusions=list(exclusions),
        fraction=ballot.fraction,
        issued=sums.issued,
        returned=sums.returned,
        invalid=sums.invalid,
        choices=list(sums.choices),
        medium=medium,
        tellers=ballot.tellers,
    )


def recount(*, pen: Pen, room: Room, vote: UUID) -> Entry:
    """Reckon the base of a vote anew by the roll as it now stands; hands and ballots stay as they were counted.

    Raises:
        Http404: there is no such vote, or more voted than that base holds.
        NotOpen, Sealed: as `Pen.write_closed`.
    """
    taken = taken_as(room, vote)
    require(taken is not None and fits_again(room, vote))
    assert taken is not None  # noqa: S101 - asked above
    return pen.write_closed("recount", of=vote, **_places(base_again(room, taken)))


def _places(base: Base) -> dict[str, Any]:
    """A base as entries hold it."""
    parts = {"included": base.included, "excluded": base.excluded}
    return {name: [(one.person_id, one.standing) for one in places] for name, places in parts.items()}
