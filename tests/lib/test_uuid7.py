"""Rules of identifiers."""

import time
import uuid

from chibo.lib.uuid7 import uuid7


def test_it_is_a_version_7_uuid_of_the_present_moment() -> None:
    before = time.time_ns() // 1_000_000
    identifier = uuid7()
    assert identifier.version == 7
    assert identifier.variant == uuid.RFC_4122
    assert before <= identifier.int >> 80 <= time.time_ns() // 1_000_000


def test_later_ones_sort_after_earlier_ones() -> None:
    first = uuid7()
    time.sleep(0.002)
    assert first < uuid7()


def test_none_is_made_twice() -> None:
    assert len({uuid7() for _ in range(2000)}) == 2000
