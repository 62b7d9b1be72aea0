"""Values that are kept for some minutes."""

from uuid import uuid4

import pytest

from chibo.lib import recent
from chibo.lib.recent import Recent


def test_it_works() -> None:
    kept, key = Recent[str](2, 60), uuid4()
    assert kept.get(key) is None
    kept.set(key, "một")
    assert kept.get(key) == "một"
    kept.drop(key)
    kept.drop(key)
    assert kept.get(key) is None


def test_the_least_recently_used_leaves_first() -> None:
    kept, (one, two, three) = Recent[int](2, 60), (uuid4(), uuid4(), uuid4())
    kept.set(one, 1)
    kept.set(two, 2)
    assert kept.get(one) == 1
    kept.set(three, 3)
    assert (kept.get(one), kept.get(two), kept.get(three)) == (1, None, 3)


def test_what_nobody_asks_for_leaves_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(recent.time, "monotonic", lambda: clock[0])
    kept, (asked, left) = Recent[int](9, 60), (uuid4(), uuid4())
    kept.set(asked, 1)
    kept.set(left, 2)
    clock[0] = 50
    assert kept.get(asked) == 1
    clock[0] = 100
    kept.set(uuid4(), 3)
    assert kept.get(asked) == 1 and len(kept) == 2
