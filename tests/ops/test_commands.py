"""The commands at the terminal: wrong calls end with what to do, never with a traceback."""

import json
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from chibo import cli
from chibo.ops.postgres import Cluster
from tests.ops.conftest import Run


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.parser().parse_args([name, "--help"])
    assert end.value.code == 0
    assert "--tenant" in capsys.readouterr().out


def test_data_and_tenant_may_stand_before_or_after_the_command() -> None:
    before = cli.parser().parse_args(["--data", "a", "--tenant", "b", "verify"])
    after = cli.parser().parse_args(["verify", "--data", "a", "--tenant", "b"])
    assert (before.data, before.tenant) == (after.data, after.tenant) == ("a", "b")


@pytest.mark.process
def test_a_tenant_that_does_not_exist_is_named(shared_chibo: Run) -> None:
    answer = shared_chibo("verify", "--tenant", "khongco")
    assert answer.returncode == 1
    assert "Chưa có đơn vị “khongco”" in answer.stderr


def test_a_wrong_tenant_name_is_refused(chibo: Run) -> None:
    answer = chibo("tenant", "create", "Lâm Đồng")
    assert answer.returncode == 1
    assert "không dùng được" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.process
def test_accounts_are_created_once_and_weak_passwords_refused(shared_chibo: Run) -> None:
    chibo = shared_chibo
    weak = chibo("user", "create", "lan", stdin="12345678\n")
    assert weak.returncode == 1
    assert "Traceback" not in weak.stderr
    assert chibo("user", "create", "Lan", "--generate").returncode == 0
    again = chibo("user", "create", "lan", "--generate")
    assert again.returncode == 1
    assert "đã có" in again.stderr
    assert chibo("user", "password", "khong", "--generate").returncode == 1


@pytest.mark.process
def test_a_command_with_another_secret_says_so_and_does_not_find_every_table_empty(shared_chibo: Run) -> None:
    answer = shared_chibo("verify", CHIBO_SECRET_KEY="another")
    assert answer.returncode == 1
    assert "CHIBO_SECRET_KEY" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.process
def test_retention_counts_before_it_erases(shared_chibo: Run) -> None:
    dry = shared_chibo("retention", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "Chưa xóa gì." in dry.stdout
    done = shared_chibo("retention", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["classes"]["retention_minutes"] == 0


RECORD = """
from uuid import UUID
from chibo.access.scope import system_scope
from chibo.audit.events import record
with system_scope():
    record("test.happened", chain=UUID(int=7), by=None, count=1)
"""


@pytest.mark.process
def test_verify_names_the_first_break_and_fails(shared: Path, shared_chibo: Run) -> None:
    chibo = shared_chibo
    assert chibo("manage", "shell", "-c", RECORD).returncode == 0
    whole = chibo("verify")
    assert whole.returncode == 0, whole.stderr
    with Cluster(shared).use() as cluster, psycopg.connect(**cluster.address(dbname="chibo")) as connection:
        connection.execute("""UPDATE chibo.audit_event SET payload = '{"count":2}'""")
    broken = chibo("verify")
    assert broken.returncode == 1
    assert f"{UUID(int=7)}, mắt xích 1: nội dung không khớp" in broken.stderr
