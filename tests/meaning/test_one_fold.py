"""A fold that goes on entry by entry means what the whole log means, whatever comes late, undone or out of order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.meetings.room.fold import Record, fold
from chibo.meetings.room.known import Known
from chibo.meetings.room.one_fold import LOOKS_BACK
from chibo.meetings.room.state import state_of
from tests.meaning.logs import logs

NO_LOG = Known(0, b"", ())


@settings(max_examples=200, deadline=None)
@given(log=logs(), cuts=st.sets(st.integers(1, 36)), read=st.sets(st.integers(0, 36)))
def test_a_fold_that_goes_on_means_what_the_whole_log_means(log: list[Record], cuts: set[int], read: set[int]) -> None:
    found, start, copies = NO_LOG, 0, []
    for end in [*sorted(one for one in cuts if one < len(log)), len(log)]:
        found = found.followed_by(log[start:end], end, b"x")
        if end in read:
            copies.append((found.room, fold(log[:end])))
        start = end
    assert state_of(found.room) == state_of(fold(log))
    for kept, wanted in copies:
        assert state_of(kept) == state_of(wanted), "what somebody holds does not change any more"


@settings(max_examples=60, deadline=None)
@given(log=logs(), end=st.integers(1, 30))
def test_two_who_go_on_from_one_log_do_not_disturb_each_other(log: list[Record], end: int) -> None:
    """What is rolled back goes another way than what is kept."""
    shared = NO_LOG.followed_by(log[:end], end, b"x")
    for more in (log[end : end + 1], log[end:], log[end + 2 :]):
        assert state_of(shared.followed_by(more, 99, b"y").room) == state_of(fold([*log[:end], *more]))


def test_of_a_long_log_what_comes_last_alone_is_taken() -> None:
    from chibo.meetings.room import one_fold
    from tests.meaning.long import said

    taken: list[str] = []

    def counted(room: object, record: Record) -> None:
        taken.append(record.kind)
        take(room, record)  # type: ignore[arg-type]

    take, one_fold.take = one_fold.take, counted
    try:
        for many in (10, 1000):
            found = NO_LOG.followed_by(said(many), many, b"x")
            assert found.room.remarks
            taken.clear()
            found = found.followed_by(said(many + 1)[many:], many + 1, b"y")
            assert len(found.room.remarks) == many - 1 and taken == ["remark"]
    finally:
        one_fold.take = take
    assert "remark" not in LOOKS_BACK
