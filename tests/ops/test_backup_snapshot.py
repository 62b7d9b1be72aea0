"""What a backup says of itself is of the moment that its dump shows."""

import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from chibo.access.scope import system_scope
from chibo.meetings.models import Opinion
from chibo.ops import backup, backup_store
from chibo.ops.binaries import candidate_binaries, major_version
from tests import make
from tests.conftest import TENANT, TestDatabase

WRAPPER = """#!/bin/sh
# The real one, after somebody else has written.
touch "{folder}/begun"
until [ -e "{folder}/written" ]; do sleep 0.05; done
exec "{programs}/pg_dump" "$@"
"""


@pytest.fixture
def programs(tmp_path: Path, test_database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PostgreSQL's programs on the database under test, of which pg_dump waits to be let go on."""
    monkeypatch.setenv("CHIBO_DATA", str(tmp_path))
    monkeypatch.setenv("CHIBO_TENANT", TENANT)
    for variable, role in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner")):
        keys = test_database.settings(test_database.name, role)
        place = f"{keys['NAME']}?host={quote(keys['HOST'])}&port={keys['PORT']}"
        monkeypatch.setenv(variable, f"postgresql://{keys['USER']}:{keys['PASSWORD']}@/{place}")
    with test_database.administrator() as administrator:
        major = administrator.info.server_version // 10000
    found = next(place for place in candidate_binaries() if major_version(place) == major)
    wrapper = tmp_path / "pg_dump"
    wrapper.write_text(WRAPPER.format(folder=tmp_path, programs=found))
    wrapper.chmod(0o755)
    (tmp_path / "pg_restore").symlink_to(found / "pg_restore")
    monkeypatch.setattr(backup, "binaries", lambda: tmp_path)
    return tmp_path


def test_what_is_written_after_the_dump_began_is_neither_counted_nor_in_it(
    transactional_db: None, programs: Path
) -> None:
    with system_scope():
        cell = make.cell(make.commune(make.province()))
        binh = make.member("Đặng Văn Bình", cell)
        meeting = make.meeting(cell)
        item = make.item(meeting)

    def write_meanwhile() -> None:
        while not (programs / "begun").exists():
            threading.Event().wait(0.05)
        with system_scope():
            Opinion.objects.create(**meeting.keys, item=item, author=binh, text="Đề nghị sửa đường thôn")
        connection.close()
        (programs / "written").touch()

    thread = threading.Thread(target=write_meanwhile)
    thread.start()
    record = backup.make(report=lambda _: None).record
    thread.join()
    assert record.erasable == 0
    (known,) = backup_store.backups()
    backup.unpack(known.file, programs)
    dump = str(programs / backup.DUMP)
    inside = backup.run("pg_restore", "--data-only", "--table=meetings_opinion", "--file=-", dump, connect=False)
    assert "Đề nghị sửa đường thôn" not in inside
    assert backup.make(report=lambda _: None).record.erasable == 1
