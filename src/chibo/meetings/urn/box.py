"""The urn of a ballot on devices: a file in memory that holds sums and marks, never a pair of the two (decision 0035).

It knows how many crossed which box, and who has cast or was given a paper ballot. Which of the two came together stands
nowhere: no order, no time, no number of a ballot. Nothing of it goes into the database before the urn is closed, and
then sums alone.

The file, of one length from its making on:
    0       version
    1       which of the two copies counts; writing this one byte is the moment at which a ballot is cast
    2       1 once the urn is closed: nothing is cast any more
    3       how many lines the ballot has
    4..5    how many voters
    6..     the voters, sixteen bytes each, sorted
    …       two copies: three sums of each line, two bytes each; one mark of each voter

A process that is killed leaves either the copy before or the copy after. Then the other copy is made equal, as the
difference of the two would be the last ballot with its voter.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from stat import S_ISDIR
from uuid import UUID, uuid4

VERSION = 1
_HEAD = 6
_SIDE, _SHUT = 1, 2
BOXES = 3  # in favour, against, blank
MOST = 2**16 - 1


class Lost(Exception):
    """There is no urn: the machine has started anew, or the ballot is over. Everybody votes again, or it is counted."""


class Shut(Exception):
    """The urn is closed; nothing is cast any more."""


class NoVoter(Exception):
    """This person has no ballot in this urn."""


class Mark(IntEnum):
    """What a voter was given; of those who cast, only that they did."""

    NONE = 0
    CAST = 1
    PAPER = 2
    PASSED = 3  # cast on a device that is passed round


@dataclass(frozen=True)
class Marks:
    """What may be seen of an urn before it is closed: who was given what, no sums."""

    by_voter: dict[UUID, Mark]
    shut: bool

    def count(self, *marks: Mark) -> int:
        """How many voters have one of these marks."""
        return sum(mark in marks for mark in self.by_voter.values())

    @property
    def cast(self) -> int:
        """How many have cast on a device."""
        return self.count(Mark.CAST, Mark.PASSED)

    @property
    def voted(self) -> frozenset[UUID]:
        """Who has cast or was given a ballot."""
        return frozenset(one for one, mark in self.by_voter.items() if mark != Mark.NONE)

    @property
    def on_paper(self) -> list[UUID]:
        """Who was given a paper ballot."""
        return [one for one, mark in self.by_voter.items() if mark == Mark.PAPER]


@dataclass(frozen=True)
class Sums:
    """What stands in the urn when it is closed: for each line how many in favour, against, blank; and how many cast."""

    lines: list[tuple[int, int, int]]
    cast: int
    papers: int


@dataclass
class _Open:
    """An urn whose lock is held."""

    handle: int
    side: int
    shut: bool
    lines: int
    voters: list[UUID]
    copy: bytearray

    @property
    def _first_mark(self) -> int:
        return self.lines * BOXES * 2

    def _place(self, side: int) -> int:
        return _HEAD + 16 * len(self.voters) + side * len(self.copy)

    def mark(self, voter: UUID) -> Mark:
        return Mark(self.copy[self._first_mark + self._number(voter)])

    def set_mark(self, voter: UUID, mark: Mark) -> None:
        self.copy[self._first_mark + self._number(voter)] = mark

    def _number(self, voter: UUID) -> int:
        try:
            return self.voters.index(voter)
        except ValueError:
            raise NoVoter from None

    def sum_at(self, line: int, box: int) -> int:
        place = 2 * (line * BOXES + box)
        return int.from_bytes(self.copy[place : place + 2], "big")

    def add(self, line: int, box: int) -> None:
        place = 2 * (line * BOXES + box)
        self.copy[place : place + 2] = (self.sum_at(line, box) + 1).to_bytes(2, "big")

    def write(self) -> None:
        """The new state beside the old one, then the byte that makes it count, then the old one gone."""
        other = 1 - self.side
        os.pwrite(self.handle, self.copy, self._place(other))
        os.pwrite(self.handle, bytes([other]), _SIDE)
        os.pwrite(self.handle, self.copy, self._place(self.side))
        self.side = other

    def mend(self) -> None:
        """Make the copy that does not count equal: a process was killed between the two."""
        other = self._place(1 - self.side)
        if os.pread(self.handle, len(self.copy), other) != self.copy:
            os.pwrite(self.handle, self.copy, other)

    def shut_it(self) -> None:
        os.pwrite(self.handle, b"\1", _SHUT)

    def marks(self) -> Marks:
        return Marks({voter: self.mark(voter) for voter in self.voters}, self.shut)


@contextmanager
def _locked(path: Path) -> Iterator[_Open]:
    """The urn, for one process and thread at a time.

    Raises:
        Lost: there is none, or it was taken away while this one waited.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Lost from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink == 0:
            raise Lost
        urn = _read(handle)
        urn.mend()
        yield urn
    finally:
        os.close(handle)  # gives the lock back, as the end of a killed process does


def _read(handle: int) -> _Open:
    whole = os.pread(handle, os.fstat(handle).st_size, 0)
    if len(whole) < _HEAD or whole[0] != VERSION:
        raise Lost
    side, shut, lines, number = whole[_SIDE], whole[_SHUT], whole[3], int.from_bytes(whole[4:6], "big")
    voters = [UUID(bytes=whole[_HEAD + 16 * n : _HEAD + 16 * (n + 1)]) for n in range(number)]
    length = lines * BOXES * 2 + number
    begin = _HEAD + 16 * number + side * length
    return _Open(handle, side, bool(shut), lines, voters, bytearray(whole[begin : begin + length]))


def make(path: Path, *, root: Path, voters: Sequence[UUID], lines: int) -> bool:
    """Put up an empty urn; False when one stands there already. Every folder from `root` on is for this account alone.

    Raises:
        PermissionError: one of the folders belongs to somebody else.
        ValueError: more lines or voters than fit.
    """
    if not (0 < lines < 256 and 0 < len(voters) < MOST):
        raise ValueError(f"{lines} lines, {len(voters)} voters")
    _own_folders(path.parent, root)
    everyone = sorted(set(voters), key=lambda one: one.bytes)
    copy = bytes(lines * BOXES * 2 + len(everyone))
    head = bytes([VERSION, 0, 0, lines]) + len(everyone).to_bytes(2, "big")
    # Written whole under a name of its own first: nobody ever finds half an urn.
    fresh = path.with_name(f".{uuid4().hex}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.write(handle, head + b"".join(one.bytes for one in everyone) + copy + copy)
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        os.close(handle)
        os.unlink(fresh)
    return True


def _own_folders(folder: Path, root: Path) -> None:
    """Make the folders from `root` to `folder`; each must be ours alone, as /dev/shm is open to every account."""
    for one in reversed([folder, *folder.parents][: len(folder.relative_to(root).parts) + 1]):
        one.mkdir(mode=0o700, exist_ok=True)
        found = one.lstat()
        if not S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise PermissionError(f"{one} is not for this account alone")


def cast(path: Path, *, voter: UUID, boxes: Sequence[int], passed: bool = False) -> bool:
    """Cast a ballot: for each line the number of a box. Once a voter: whoever has cast changes nothing, and gets False.

    Raises:
        Lost, Shut, NoVoter: no such urn; it is closed; this person has no ballot, or was given one of paper.
        ValueError: not one box for each line.
    """
    with _locked(path) as urn:
        if urn.shut:
            raise Shut
        was = urn.mark(voter)
        if was == Mark.PAPER:
            raise NoVoter
        if len(boxes) != urn.lines or not all(0 <= box < BOXES for box in boxes):
            raise ValueError("not one box a line")
        if was != Mark.NONE:
            return False
        for line, box in enumerate(boxes):
            urn.add(line, box)
        urn.set_mark(voter, Mark.PASSED if passed else Mark.CAST)
        urn.write()
        return True


def give_paper(path: Path, *, voters: Sequence[UUID]) -> list[UUID]:
    """Note who is given a paper ballot, and nobody else; returns those who have cast on a device already.

    Raises:
        Lost, Shut, NoVoter: no such urn; it is closed; one of them has no ballot.
    """
    with _locked(path) as urn:
        if urn.shut:
            raise Shut
        have_cast = [one for one in voters if urn.mark(one) in (Mark.CAST, Mark.PASSED)]
        for one in urn.voters:
            if urn.mark(one) in (Mark.NONE, Mark.PAPER):
                urn.set_mark(one, Mark.PAPER if one in voters else Mark.NONE)
        urn.write()
        return have_cast


def look(path: Path) -> Marks:
    """Who was given what; no sum is told before the urn is closed.

    Raises:
        Lost: there is no urn.
    """
    with _locked(path) as urn:
        return urn.marks()


def shut(path: Path, *, agreed: Callable[[Marks], None]) -> Sums:
    """Close the urn and tell the sums. Closed twice it tells the same again, until it is destroyed.

    agreed: raises when the urn may not be closed as it stands; then it stays open.

    Raises:
        Lost: there is no urn.
    """
    with _locked(path) as urn:
        marks = urn.marks()
        agreed(marks)
        urn.shut_it()
        lines = [(urn.sum_at(n, 0), urn.sum_at(n, 1), urn.sum_at(n, 2)) for n in range(urn.lines)]
        return Sums(lines, marks.cast, marks.count(Mark.PAPER))


def destroy(path: Path) -> None:
    """Overwrite the urn and take it away; nothing happens where there is none."""
    try:
        with _locked(path) as urn:
            os.pwrite(urn.handle, bytes(os.fstat(urn.handle).st_size), 0)
            os.unlink(path)
    except Lost:
        path.unlink(missing_ok=True)
