"""Chains that are committed, and a hand that reaches behind the application: the database's administrator."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from chibo.access.scope import system_scope
from chibo.audit import events, verify
from chibo.audit.chains import Break
from tests.conftest import TENANT, TestDatabase

Behind = psycopg.Connection[Any]
CELL, OTHER = UUID("0190b3a0-0000-7000-8000-0000000000c1"), UUID("0190b3a0-0000-7000-8000-0000000000c2")
LAN, BINH = UUID("0190b3a0-0000-7000-8000-0000000000a1"), UUID("0190b3a0-0000-7000-8000-0000000000a2")


@pytest.fixture
def behind(transactional_db: None, test_database: TestDatabase) -> Iterator[Behind]:
    """A connection that no grant, policy or trigger stops, as of somebody who holds the server."""
    with test_database.administrator(test_database.name) as connection:
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(TENANT)))
        connection.execute("SET session_replication_role = replica")
        yield connection


def write(times: int = 4, chain: UUID = CELL) -> None:
    """Some events in a chain, each with every column filled."""
    with system_scope():
        for number in range(times):
            events.record("test.done", chain=chain, by=LAN, obj=None, person=str(BINH), number=number)


def found(**options: Any) -> list[Break]:
    """What verify finds."""
    with system_scope():
        return list(verify.breaks(**options))
