"""Inserting very many rows at once: one array a column, so that a statement stays small however many rows it takes.

Under row-level security COPY is refused, and one long list of VALUES costs several times as much.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.db import connection, models
from psycopg import sql

ROWS = 5_000
_SIZE = re.compile(r"\(\d+\)")


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]], more: str = "") -> None:
    """Insert rows of a model. Nothing of the model's own is done: every field without a default is to be given.

    Args:
        model: whose table.
        fields: names of its fields, such as "person" or "person_id".
        rows: the values of each row, in the order of the fields.
        more: the end of the statement, such as an ON CONFLICT.
    """
    kept = list(rows)
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    names = sql.SQL(", ").join([sql.Identifier(one.column) for one in columns])
    arrays = sql.SQL(", ").join([sql.SQL("%s::{}[]").format(sql.SQL(_type(one))) for one in columns])
    statement = sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({}) {}").format(
        sql.Identifier(model._meta.db_table), names, arrays, sql.SQL(more)
    )
    connection.ensure_connection()
    # Django's own cursor would write the values into the text of the statement.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        for start in range(0, len(kept), ROWS):
            part = kept[start : start + ROWS]
            cursor.execute(statement, [list(column) for column in zip(*part, strict=True)])


def _type(field: Any) -> Any:
    """The type of a column, without the length: a cast to it would cut a text short without a word."""
    return _SIZE.sub("", field.db_type(connection))
