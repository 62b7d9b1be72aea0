"""A restore that is killed at any step, and run again: one whole copy of the data exists at every moment."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import pytest

from chibo.ops.connection import DATABASE
from chibo.ops.postgres import Cluster
from tests.ops.conftest import folder, run_chibo
from tests.ops.killing import SIGKILL, Killed, schemas

pytestmark = pytest.mark.process
PASSWORD = "dong-lua-chin-vang-7\n"
SERVED, ASIDE, NEIGHBOUR = "chibo", "chibo-before", "chibo_before"
RECORD = """
from uuid import UUID
from chibo.access.scope import system_scope
from chibo.audit.events import record
with system_scope():
    record("account.opened", chain=UUID(int=9), by=None)
"""


class Restored:
    """A tenant with an account Lan in its backup, and an account Hùng that came later."""

    def __init__(self, data: Path, cluster: Cluster) -> None:
        self.data, self.cluster, self.file = data, cluster, data.parent / "one.chibo"
        self.chibo("user", "create", "lan", stdin=PASSWORD)
        with psycopg.connect(**cluster.address(dbname=DATABASE)) as connection:
            connection.execute(f"CREATE SCHEMA {NEIGHBOUR}")
            connection.execute(f"CREATE TABLE {NEIGHBOUR}.note AS SELECT 'còn đây' AS text")
        self.chibo("backup", str(self.file))
        self.new = schemas(cluster)[SERVED]
        self.neighbour = schemas(cluster)[NEIGHBOUR]
        self.restore = Killed(data, "restore", str(self.file), "--force")
        self.restore.run()  # has its steps written down
        self.begin()

    def begin(self) -> None:
        """Have data that are newer than the backup."""
        self.chibo("user", "create", "hung", stdin=PASSWORD)
        self.old = schemas(self.cluster)[SERVED]

    def chibo(self, *words: str, stdin: str = "") -> str:
        done = run_chibo(self.data, *words, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def is_whole(self) -> bool:
        """The old data stand somewhere, or the new ones in their place; no other tenant was touched."""
        found = schemas(self.cluster)
        assert found[NEIGHBOUR] == self.neighbour
        return self.old in (found.get(SERVED), found.get(ASIDE)) or found[SERVED] == self.new

    def kill_at(self, numbers: Iterable[int]) -> None:
        """Kill it at one step after the other; each run begins with what the one before has left."""
        for number in numbers:
            done = self.restore.run(number)
            assert self.is_whole(), f"killed at {self.restore.steps[-1]}"
            if done.returncode != SIGKILL:
                assert done.returncode == 0, done.stderr
                return

    def finish(self) -> None:
        """Run it to its end: the data of the backup are served, and nothing is left beside them."""
        done = self.restore.run()
        assert done.returncode == 0, done.stderr
        found = schemas(self.cluster)
        assert found.keys() == {SERVED, NEIGHBOUR} and found[SERVED] == self.new
        assert "hung" not in self.chibo("user", "list")
        assert not list((self.data / "backups").glob(".chibo-work-*"))


@pytest.fixture(scope="module")
def restored() -> Iterator[Restored]:
    with folder() as data, Cluster(data).use() as cluster:
        made = run_chibo(data, "prepare")
        assert made.returncode == 0, made.stderr
        yield Restored(data, cluster)


def test_a_restore_killed_at_its_worst_moments_loses_nothing(restored: Restored) -> None:
    before_the_end = restored.restore.at(f'DROP SCHEMA "{ASIDE}"')
    loading = restored.restore.at("communicate")  # the dump goes on to be loaded
    restored.kill_at([loading, before_the_end])
    cut_off = run_chibo(restored.data, "user", "list")
    assert cut_off.returncode == 1 and "số liệu trước đó vẫn còn nguyên" in cut_off.stderr
    restored.chibo("prepare")  # as the next bin/start does
    assert "hung" in restored.chibo("user", "list")
    assert schemas(restored.cluster).keys() == {SERVED, NEIGHBOUR}
    restored.finish()


@pytest.mark.longest
def test_a_restore_killed_at_every_kind_of_step_loses_nothing(restored: Restored) -> None:
    restored.begin()
    restored.kill_at(restored.restore.worth_trying(more=20))
    restored.finish()


@pytest.mark.long
def test_a_broken_chain_puts_everything_back_unless_it_is_accepted(restored: Restored) -> None:
    record = (
        "from uuid import UUID\nfrom chibo.access.scope import system_scope\nfrom chibo.audit.events import record\n"
    )
    record += "with system_scope():\n    record('account.opened', chain=UUID(int=9), by=None)\n"
    restored.chibo("manage", "shell", "-c", record)
    with psycopg.connect(**restored.cluster.address(dbname=DATABASE)) as connection:
        connection.execute("UPDATE chibo.audit_event SET kind = 'account.closed'")
    broken = restored.data.parent / "broken.chibo"
    restored.chibo("backup", str(broken))
    before = schemas(restored.cluster)
    refused = run_chibo(restored.data, "restore", str(broken), "--force")
    assert refused.returncode == 1 and "--broken-chains" in refused.stderr
    assert schemas(restored.cluster) == before
    restored.chibo("restore", str(broken), "--force", "--broken-chains")
