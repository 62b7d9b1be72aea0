"""Inserting or changing very many rows at once: one array a column, so that a statement stays small with any number.

Under row-level security COPY is refused, and one long list of VALUES costs several times as much. The arrays are
written out here: the driver would ask for each element anew how it is to be written, a fifth of an import.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, models
from psycopg import sql
from psycopg.types.range import DateRange

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
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    names = sql.SQL(", ").join([sql.Identifier(one.column) for one in columns])
    statement = sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({}) {}").format(
        sql.Identifier(model._meta.db_table), names, _arrays(columns), sql.SQL(more)
    )
    _execute(statement, rows)


def update(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Change rows of a model, each by its key. Nothing of the model's own is done.

    Args:
        model: whose table.
        fields: names of the fields that are set.
        rows: the key of each row, and its values in the order of the fields.
    """
    key: Any = model._meta.pk
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    setting = sql.SQL(", ").join([sql.SQL("{0} = new.{0}").format(sql.Identifier(one.column)) for one in columns])
    names = sql.SQL(", ").join([sql.Identifier(one.column) for one in (key, *columns)])
    statement = sql.SQL("UPDATE {0} SET {1} FROM unnest({2}) AS new ({3}) WHERE {0}.{4} = new.{4}").format(
        sql.Identifier(model._meta.db_table), setting, _arrays([key, *columns]), names, sql.Identifier(key.column)
    )
    _execute(statement, rows)


def _arrays(columns: Sequence[Any]) -> sql.Composed:
    """A parameter for each column."""
    return sql.SQL(", ").join([sql.SQL("%s::{}[]").format(sql.SQL(_type(one))) for one in columns])


def _execute(statement: sql.Composed, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement for parts of the rows, so that its parameters stay small."""
    kept = list(rows)
    connection.ensure_connection()
    # Django's own cursor would write the values into the text of the statement.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        for start in range(0, len(kept), ROWS):
            part = kept[start : start + ROWS]
            cursor.execute(statement, [array(column) for column in zip(*part, strict=True)])


def array(values: Iterable[Any]) -> str:
    """Values as an array of PostgreSQL in text.

    Raises:
        TypeError: a value is of a type that is not known here.
    """
    return "{" + ",".join([(_WRITERS.get(type(one)) or _writer_of(one))(one) for one in values]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _range(days: DateRange) -> str:
    if days.isempty:
        return "empty"
    lower, upper = days.lower.isoformat() if days.lower else "", days.upper.isoformat() if days.upper else ""
    return f'"{days.bounds[0]}{lower},{upper}{days.bounds[1]}"'


_WRITERS: dict[type[Any], Callable[[Any], str]] = {
    type(None): lambda _: "NULL",
    str: _quoted,
    bool: lambda one: "t" if one else "f",
    int: str,
    UUID: str,
    bytes: lambda one: f'"\\\\x{one.hex()}"',
    datetime: datetime.isoformat,  # before date, from which it is derived
    date: date.isoformat,
    time: time.isoformat,
    DateRange: _range,
}


def _writer_of(one: Any) -> Callable[[Any], str]:
    """How a value of a derived type is written: a choice is a text."""
    for kind, writer in _WRITERS.items():
        if kind is not bool and isinstance(one, kind):
            return (lambda text: _quoted(str.__str__(text))) if kind is str else writer
    raise TypeError(f"no array of {type(one).__name__} can be written")


def _type(field: Any) -> Any:
    """The type of a column, without the length: a cast to it would cut a text short without a word."""
    return _SIZE.sub("", field.db_type(connection))
