"""Commands that are killed at a step, and what then stands in database and folder."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import psycopg
from psycopg import sql

from chibo.ops.connection import DATABASE, PROJECT
from chibo.ops.postgres import Cluster
from tests.ops.conftest import environment

SIGKILL = -9


class Killed:
    """Runs one command again and again, each time killed at another step."""

    def __init__(self, data: Path, *words: str) -> None:
        self.data, self.words = data, words
        self.file = data.parent / "steps"

    def run(self, number: int = 0) -> subprocess.CompletedProcess[str]:
        """Killed at this step; 0: whole."""
        known = environment(self.data) | {"STEPS": str(self.file)}
        known["PYTHONPATH"] += f"{os.pathsep}{PROJECT}"
        command = [sys.executable, "-m", "tests.ops.killed_at", str(number), *self.words]
        return subprocess.run(command, env=known, capture_output=True, text=True, timeout=600)

    @property
    def steps(self) -> list[str]:
        """What the last run did, step by step."""
        return self.file.read_text().splitlines()

    def at(self, words: str) -> int:
        """The number of the last step that holds these words."""
        return max(number for number, step in enumerate(self.steps, 1) if words in step)

    def worth_trying(self, more: int) -> Sequence[int]:
        """The first and the last of each kind of step, and some more drawn from all."""
        steps = self.steps
        kinds = [" ".join(step.split()[:2]) for step in steps]
        first = {kind: number for number, kind in reversed(list(enumerate(kinds, 1)))}
        last = {kind: number for number, kind in enumerate(kinds, 1)}
        drawn = Random(1).sample(range(1, len(steps) + 1), min(more, len(steps)))
        return sorted({*first.values(), *last.values(), *drawn})


def schemas(cluster: Cluster) -> dict[str, str]:
    """Each schema with a digest of all its rows."""
    with psycopg.connect(**cluster.address(dbname=DATABASE)) as connection:
        query = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|public|ext)'"
        return {name: digest(connection, name) for (name,) in connection.execute(query).fetchall()}


def digest(connection: psycopg.Connection[tuple[str]], schema: str) -> str:
    """One digest over the rows of all tables of a schema."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1"
    tables = [name for (name,) in connection.execute(query, [schema]).fetchall()]
    parts = [
        sql.SQL("SELECT {}, md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t").format(
            sql.Literal(table), sql.Identifier(schema, table)
        )
        for table in tables
    ]
    rows = connection.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall() if parts else []
    return str(sorted(rows, key=str)) if rows else ""
