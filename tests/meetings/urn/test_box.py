"""The urn itself: sums and marks and nothing else; no ballot is lost or counted twice, whatever is killed."""

import os
import random
import signal
import stat
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chibo.meetings.urn import box

KILLS = 240
VOTERS = 60


def an_urn(urns: Path, voters: Sequence[UUID], lines: int = 1) -> Path:
    path = urns / "cuoc-hop" / "phieu"
    assert box.make(path, root=urns, voters=voters, lines=lines)
    return path


def counted(path: Path) -> box.Sums:
    return box.shut(path, agreed=lambda marks: None)


def test_ballots_are_summed(urns: Path) -> None:
    voters = [uuid4() for _ in range(4)]
    path = an_urn(urns, voters, lines=2)
    for voter, boxes in zip(voters, [[0, 1], [0, 2], [1, 1]], strict=False):
        assert box.cast(path, voter=voter, boxes=boxes)
    assert box.look(path).cast == 3
    assert counted(path) == box.Sums([(2, 1, 0), (0, 2, 1)], cast=3, papers=0)


def test_the_file_depends_on_who_and_on_the_sums_alone(urns: Path) -> None:
    """Not on which came together, nor on the order: the same bytes, in whatever order, whoever chose what."""
    voters = [uuid4() for _ in range(8)]
    boxes, seen = [0, 0, 0, 1, 1, 2], set()
    for _ in range(30):
        path = an_urn(urns, voters)
        casting, chosen = voters[:6], list(boxes)
        random.shuffle(casting)
        random.shuffle(chosen)
        for voter, one in zip(casting, chosen, strict=True):
            box.cast(path, voter=voter, boxes=[one])
        seen.add(path.read_bytes())
        box.destroy(path)
    assert len(seen) == 1


def test_the_copy_of_before_is_gone_as_soon_as_a_ballot_is_cast(urns: Path) -> None:
    """The difference of the two copies would be the last ballot with its voter."""
    voters = [uuid4() for _ in range(6)]
    path = an_urn(urns, voters)
    for voter in voters:
        box.cast(path, voter=voter, boxes=[1])
        copies = path.read_bytes()[6 + 16 * len(voters) :]
        assert copies[: len(copies) // 2] == copies[len(copies) // 2 :]


def test_two_ballots_of_one_person_count_once(urns: Path) -> None:
    voter = uuid4()
    path = an_urn(urns, [voter])
    assert box.cast(path, voter=voter, boxes=[0])
    assert not box.cast(path, voter=voter, boxes=[1])
    assert counted(path).lines == [(1, 0, 0)]


def test_ballots_cast_at_once_count_once(urns: Path) -> None:
    voters = [uuid4() for _ in range(20)]
    path = an_urn(urns, voters)
    threads = [
        threading.Thread(target=box.cast, args=[path], kwargs={"voter": voter, "boxes": [number % 3]})
        for number, voter in enumerate(voters)
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sums = counted(path)
    assert sums.cast == 20 and sums.lines == [(7, 7, 6)]


def test_wrong_boxes_change_nothing(urns: Path) -> None:
    voter = uuid4()
    path = an_urn(urns, [voter], lines=2)
    before = path.read_bytes()
    for boxes in ([], [0], [0, 3], [0, -1], [0, 0, 0]):
        with pytest.raises(ValueError):
            box.cast(path, voter=voter, boxes=boxes)
    with pytest.raises(box.NoVoter):
        box.cast(path, voter=uuid4(), boxes=[0, 0])
    assert path.read_bytes() == before


def test_paper_or_device_never_both(urns: Path) -> None:
    on_device, on_paper = uuid4(), uuid4()
    path = an_urn(urns, [on_device, on_paper])
    box.cast(path, voter=on_device, boxes=[0])
    assert box.give_paper(path, voters=[on_device, on_paper]) == [on_device]
    with pytest.raises(box.NoVoter):
        box.cast(path, voter=on_paper, boxes=[0])
    assert box.give_paper(path, voters=[]) == []
    assert box.cast(path, voter=on_paper, boxes=[0])
    assert counted(path).papers == 0


def test_what_is_closed_takes_nothing_and_tells_the_same_again(urns: Path) -> None:
    voters = [uuid4(), uuid4()]
    path = an_urn(urns, voters)
    box.cast(path, voter=voters[0], boxes=[2])
    first = counted(path)
    for act in (
        lambda: box.cast(path, voter=voters[1], boxes=[0]),
        lambda: box.give_paper(path, voters=[voters[1]]),
    ):
        with pytest.raises(box.Shut):
            act()
    assert counted(path) == first


def test_one_that_may_not_be_closed_stays_open(urns: Path) -> None:
    voter = uuid4()
    path = an_urn(urns, [voter])

    def refuse(marks: box.Marks) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        box.shut(path, agreed=refuse)
    assert box.cast(path, voter=voter, boxes=[0])


def test_it_is_for_this_account_alone(urns: Path) -> None:
    path = an_urn(urns, [uuid4()])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not box.make(path, root=urns, voters=[uuid4()], lines=1)  # it stands already
    assert [one.name for one in path.parent.iterdir()] == ["phieu"]
    urns.chmod(0o755)
    with pytest.raises(PermissionError):
        box.make(urns / "khac" / "phieu", root=urns, voters=[uuid4()], lines=1)
    urns.chmod(0o700)
    (urns / "loi").symlink_to(path.parent)
    with pytest.raises(PermissionError):
        box.make(urns / "loi" / "phieu-2", root=urns, voters=[uuid4()], lines=1)


def test_it_is_overwritten_before_it_goes(urns: Path) -> None:
    voters = [uuid4() for _ in range(3)]
    path = an_urn(urns, voters)
    box.cast(path, voter=voters[0], boxes=[0])
    with path.open("rb") as held:
        box.destroy(path)
        assert set(held.read()) == {0}
    assert not path.exists()
    box.destroy(path)  # gone already: nothing happens
    for act in (lambda: box.look(path), lambda: box.cast(path, voter=voters[1], boxes=[0])):
        with pytest.raises(box.Lost):
            act()


def test_whoever_waits_for_an_urn_that_is_destroyed_finds_it_lost(urns: Path) -> None:
    voter = uuid4()
    path = an_urn(urns, [voter])
    outcomes: list[str] = []

    def wait() -> None:
        try:
            box.cast(path, voter=voter, boxes=[0])
        except box.Lost:
            outcomes.append("lost")

    def slow(marks: box.Marks) -> None:
        thread.start()
        time.sleep(0.1)  # the other has opened the file and waits for the lock
        path.unlink()

    thread = threading.Thread(target=wait)
    box.shut(path, agreed=slow)
    thread.join()
    assert outcomes == ["lost"]


def in_a_process(work: Callable[[], None]) -> None:
    """Do it in a process of its own and wait for its end, however it comes."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def test_several_processes_at_once_lose_and_double_nothing(urns: Path) -> None:
    voters = [uuid4() for _ in range(300)]
    path, begun = an_urn(urns, voters), time.monotonic() + 0.2
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            random.seed()
            while time.monotonic() < begun:
                pass
            try:
                for number, voter in random.sample(list(enumerate(voters)), len(voters)):
                    box.cast(path, voter=voter, boxes=[number % 3])
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    assert counted(path) == box.Sums([(100, 100, 100)], cast=300, papers=0)


def dies_at(number: int, part: float) -> Callable[[], None]:
    """From now on this process is killed in its write of this number, with a part of the bytes written."""
    real, done = os.pwrite, iter(range(1000))

    def write(handle: int, data: bytes, place: int) -> int:
        if next(done) == number:
            real(handle, data[: int(len(data) * part)], place)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(handle, data, place)

    def arm() -> None:
        os.pwrite = write

    return arm


@pytest.mark.parametrize("part", [0, 0.3, 0.7, 1])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_write_torn_anywhere_leaves_the_state_before_or_after(urns: Path, number: int, part: float) -> None:
    voters = [uuid4() for _ in range(6)]
    path = an_urn(urns, voters, lines=3)
    for voter in voters[:4]:
        box.cast(path, voter=voter, boxes=[0, 1, 2])

    def work() -> None:
        dies_at(number, part)()
        box.cast(path, voter=voters[4], boxes=[0, 0, 0])

    in_a_process(work)
    is_in = box.look(path).by_voter[voters[4]] == box.Mark.CAST
    assert is_in == (number == 2 or (number == 1 and part == 1))
    copies = path.read_bytes()[6 + 16 * len(voters) :]
    assert copies[: len(copies) // 2] == copies[len(copies) // 2 :]  # whoever looks next mends it
    assert box.cast(path, voter=voters[4], boxes=[0, 0, 0]) != is_in
    assert counted(path) == box.Sums([(5, 0, 0), (1, 4, 0), (1, 0, 4)], cast=5, papers=0)


def vote_until_killed(path: Path, choices: dict[UUID, int], told: int) -> None:
    """What a worker does: everybody's ballot again and again, each confirmed by one byte once it is in."""
    everyone = list(enumerate(choices.items()))
    while True:
        random.shuffle(everyone)
        for number, (voter, choice) in everyone:
            box.cast(path, voter=voter, boxes=[choice, 2 - choice])
            os.write(told, bytes([number]))


def test_workers_killed_at_any_moment_lose_and_double_nothing(urns: Path) -> None:
    """Killed inside the writing too: each round begins with an empty urn, so that there is something to write."""
    killed = 0
    while killed < KILLS:
        choices = {uuid4(): random.randrange(3) for _ in range(VOTERS)}
        path = an_urn(urns, list(choices), lines=2)
        confirmed: set[int] = set()
        for _ in range(8):
            reading, telling = os.pipe()
            worker = os.fork()
            if worker == 0:
                random.seed()
                vote_until_killed(path, choices, telling)
            os.close(telling)
            time.sleep(random.random() * 0.002)
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            killed += 1
            confirmed |= set(os.read(reading, 65536))
            os.close(reading)
            # What was confirmed is in, and each mark has its ballot: neither without the other.
            marks = box.look(path)
            voters = list(choices)
            assert all(marks.by_voter[voters[number]] == box.Mark.CAST for number in confirmed)
            in_force = box.look(path).cast
            sums = sums_of(path)
            assert sum(sums[0]) == sum(sums[1]) == in_force
        for voter, choice in choices.items():
            box.cast(path, voter=voter, boxes=[choice, 2 - choice])
        expected = tuple(sum(one == number for one in choices.values()) for number in range(3))
        assert counted(path).lines == [expected, expected[::-1]]
        box.destroy(path)


def sums_of(path: Path) -> list[tuple[int, ...]]:
    """What stands in an open urn, read as its own code would at closing, without closing it."""
    found: list[tuple[int, ...]] = []
    with box._locked(path) as urn:
        for line in range(urn.lines):
            found.append(tuple(urn.sum_at(line, number) for number in range(3)))
    return found
