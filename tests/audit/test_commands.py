"""`bin/chibo seal` and `verify` as a person runs them."""

import argparse
import json
import threading
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from chibo.access.scope import system_scope
from chibo.audit import events, verify
from chibo.ops.commands import verify as command
from chibo.ops.postgres import Cluster
from tests.audit.conftest import CELL, LAN, OTHER, write
from tests.ops.conftest import Run, chibo, data, folder, shared, shared_chibo  # noqa: F401 - fixtures

RECORD = """
from chibo.access.scope import system_scope
from chibo.audit.events import record
from chibo.orgs.models import Kind, Organisation
from datetime import date
with system_scope():
    founded = date(2010, 1, 1)
    one = Organisation.objects.filter(name="Chi bộ thôn Phú Hòa").first()
    if one is None:
        root = Organisation.objects.plant(name="Tỉnh ủy", kind=Kind.PROVINCE, parent=None, founded=founded)
        one = Organisation.objects.plant(name="Chi bộ thôn Phú Hòa", kind=Kind.CELL, parent=root, founded=founded)
    record("test.done", chain=one.pk, by=None)
"""


@pytest.mark.process
def test_a_seal_kept_outside_finds_a_cut_tail_and_names_the_cell(
    shared: Path,  # noqa: F811
    shared_chibo: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    kept, printed = tmp_path / "niem-phong.txt", tmp_path / "niem-phong.svg"
    for _ in range(2):
        assert shared_chibo("manage", "shell", "-c", RECORD).returncode == 0
    sealed = shared_chibo("seal", "--to", str(kept), "--qr", str(printed))
    assert sealed.returncode == 0, sealed.stderr
    assert "Chibo-niem-phong 1 " in kept.read_text() and printed.read_text().startswith("<svg")
    assert shared_chibo("verify", "--against", str(kept)).returncode == 0
    with Cluster(shared).use() as cluster, psycopg.connect(**cluster.address(dbname="chibo")) as connection:
        connection.execute("SET search_path = chibo")
        connection.execute("DELETE FROM audit_event WHERE seq = 2")
        connection.execute("UPDATE audit_chainhead h SET seq = 1, hash = e.hash FROM audit_event e WHERE e.seq = 1")
    broken = shared_chibo("verify")
    assert broken.returncode == 1
    assert "nhật ký của Chi bộ thôn Phú Hòa, mắt xích 2" in broken.stderr
    found = json.loads(shared_chibo("verify", "--json").stdout)
    assert found["intact"] is False and found["breaks"][0]["seq"] == 2


def test_a_file_without_a_seal_is_refused_with_what_to_do(chibo: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "a.txt").write_text("không có gì")
    for path in ("a.txt", "khong-co.txt"):
        answer = chibo("verify", "--against", str(tmp_path / path))
        assert answer.returncode == 1 and "Traceback" not in answer.stderr
        assert path in answer.stderr


class WhileCounting(command.Line):
    """The line of the command; with each count the server records something more in both chains."""

    def __call__(self, done: int, of: int) -> None:
        thread = threading.Thread(target=self.record)
        thread.start()
        thread.join()

    @staticmethod
    def record() -> None:
        with system_scope():
            for chain in (CELL, OTHER):
                events.record("test.done", chain=chain, by=LAN)
        connection.close()


def test_what_the_server_writes_while_the_chains_are_walked_is_no_tampering(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(2, CELL)
    write(2, OTHER)
    monkeypatch.setenv("DATABASE_URL", "postgresql://of-the-tests/chibo")  # the command starts no server of its own
    monkeypatch.setattr(verify, "TOGETHER", 1)  # one chain at a time
    monkeypatch.setattr(command, "Line", WhileCounting)
    assert command.run(argparse.Namespace(since=0, against=None, json=False)) == 0
    assert "Nguyên vẹn" in capsys.readouterr().out
