"""A seal finds what a chain alone does not show: a tail cut with its head, a chain taken away, a forged history."""

import threading

import pytest
from django.db import connection

from chibo.access.scope import system_scope
from chibo.audit import chains, events, sealing
from chibo.audit.models import ChainHead, Checkpoint, Event
from chibo.audit.note import Note
from tests.audit.conftest import CELL, LAN, OTHER, Behind, found, write


def seal() -> Checkpoint:
    with system_scope():
        return sealing.seal()


def cut(behind: Behind, to: int) -> None:
    """The tail of the cell's chain taken off, and the head put back to where it then ends."""
    behind.execute("DELETE FROM audit_event WHERE chain = %s AND seq > %s", [CELL, to])
    behind.execute(
        "UPDATE audit_chainhead h SET seq = e.seq, hash = e.hash FROM audit_event e"
        " WHERE e.chain = h.chain AND e.seq = %s AND h.chain = %s",
        [to, CELL],
    )


def test_a_tail_cut_together_with_its_head_is_found(behind: Behind) -> None:
    write(5)
    seal()
    assert not found()
    cut(behind, 3)
    assert [(one.chain, one.seq) for one in found()] == [(CELL, 5)]


def test_a_whole_chain_taken_away_is_found(behind: Behind) -> None:
    write(2)
    write(2, OTHER)
    seal()
    for table in ("audit_event", "audit_chainhead", "audit_sealedplace"):
        behind.execute(f"DELETE FROM {table} WHERE chain = %s", [OTHER])  # type: ignore[arg-type]
    assert [(one.chain, one.why) for one in found()] == [(OTHER, "mắt xích đã niêm phong (số 1) không còn")]


def test_a_history_written_anew_with_right_hashes_is_found(behind: Behind) -> None:
    write(3)
    seal()
    previous = chains.GENESIS
    with system_scope():
        forged = list(Event.objects.order_by("seq"))
    for event in forged:
        event.kind, event.previous = "test.other", previous
        previous = event.hash = chains.link(previous, events.header_of(event), bytes(event.digest))
        row = [event.kind, event.previous, event.hash, event.pk]
        behind.execute("UPDATE audit_event SET kind = %s, previous = %s, hash = %s WHERE id = %s", row)
    behind.execute("UPDATE audit_chainhead SET hash = %s", [previous])
    assert [(one.chain, one.why) for one in found()] == [(CELL, "mắt xích khác với lúc niêm phong (số 1)")]


def test_a_seal_lists_only_the_chains_that_moved(transactional_db: None) -> None:
    write(2)
    write(2, OTHER)
    first = seal()
    write(1)
    second = seal()
    with system_scope():
        head = ChainHead.objects.get(chain=CELL)
        assert [one.number for one in Checkpoint.objects.order_by("number")] == [1, 2]
    assert (first.chains, second.chains) == (2, 1)
    assert list(sealing.unpack(second)) == [(CELL, 3, bytes(head.hash))]
    assert seal().pk == second.pk  # nothing has moved


def test_a_first_seal_of_very_many_chains_is_several(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "TOGETHER", 1)
    write(1)
    write(1, OTHER)
    assert seal().number == 2
    assert not found()


@pytest.mark.parametrize(
    ("done", "why"),
    [
        ("DELETE FROM audit_checkpoint WHERE number = 1", "niêm phong số 1 không còn"),
        ("UPDATE audit_checkpoint SET number = number + 9", "niêm phong số 1 không còn"),
        ("UPDATE audit_checkpoint SET at = at + interval '1 microsecond' WHERE number = 2", "niêm phong số 2 bị đổi"),
        ("UPDATE audit_checkpoint SET chains = 9 WHERE number = 2", "niêm phong số 2 bị đổi"),
        ("UPDATE audit_checkpoint SET id = gen_random_uuid() WHERE number = 2", "niêm phong số 2 bị đổi"),
        ("UPDATE audit_checkpoint SET heads = set_byte(heads, 3, 7) WHERE number = 2", "niêm phong số 2 bị đổi"),
        ("UPDATE audit_checkpoint SET heads = heads || '\\x00' WHERE number = 2", "niêm phong số 2 bị đổi"),
        ("UPDATE audit_checkpoint SET previous = set_byte(previous, 3, 7) WHERE number = 2", "niêm phong số 2 bị đổi"),
        ("UPDATE audit_checkpoint SET root = set_byte(root, 3, 7) WHERE number = 1", "niêm phong số 1 bị đổi"),
    ],
)
def test_a_changed_seal_is_found(behind: Behind, done: str, why: str) -> None:
    for _ in range(3):
        write(1)
        seal()
    behind.execute(done)  # type: ignore[arg-type]
    assert [one.why for one in found()] == [why]


def test_a_seal_kept_outside_finds_that_everything_was_made_anew(behind: Behind) -> None:
    write(3)
    kept = Note.read(sealing.letter(seal()))
    assert kept is not None and not found(against=kept)
    for table in ("audit_event", "audit_chainhead", "audit_sealedplace", "audit_checkpoint"):
        behind.execute(f"DELETE FROM {table}")  # type: ignore[arg-type]
    assert [one.why for one in found(against=kept)] == ["niêm phong số 1 không còn, mà bản cất bên ngoài có"]
    write(3)
    seal()
    assert not found()
    assert [one.why for one in found(against=kept)] == ["niêm phong số 1 khác với bản cất bên ngoài"]


def test_from_a_seal_on_only_what_came_after_is_walked(behind: Behind) -> None:
    write(4)
    write(2, OTHER)
    first = seal()
    write(4)
    walked: list[tuple[int, int]] = []
    assert not found(since=first.number, progress=lambda done, of: walked.append((done, of)))
    assert walked[-1] == (4, 4)
    behind.execute("UPDATE audit_event SET kind = 'x' WHERE chain = %s AND seq = 6", [CELL])
    assert [(one.chain, one.seq) for one in found(since=first.number)] == [(CELL, 6)]


def test_from_a_seal_on_a_cut_tail_is_found_too(behind: Behind) -> None:
    write(4)
    seal()
    write(2)
    second = seal()
    cut(behind, 3)
    assert CELL in {one.chain for one in found(since=second.number)}
    assert CELL in {one.chain for one in found(since=1)}


def test_a_seal_that_is_not_there_is_said_to_be_missing(transactional_db: None) -> None:
    write(1)
    assert [one.why for one in found(since=7)] == ["niêm phong số 7 không còn"]


def test_what_stands_around_a_note_does_not_matter(transactional_db: None) -> None:
    write(1)
    note = sealing.note_of(seal())
    assert Note.read(f"Kính gửi văn phòng,\r\n  {note} \r\n") == note
    assert Note.read("Chibo-niem-phong 3 12ab") is None


def test_sealing_does_not_wait_for_whoever_is_recording(transactional_db: None) -> None:
    write(1)
    with system_scope():
        events.record("test.done", chain=CELL, by=LAN)  # its head stays locked until this block ends
        thread = threading.Thread(target=lambda: sealed.append(_seal_elsewhere()))
        sealed: list[int] = []
        thread.start()
        thread.join(20)
        assert sealed == [1]
    assert seal().number == 2 and not found()


def _seal_elsewhere() -> int:
    try:
        return seal().chains
    finally:
        connection.close()
