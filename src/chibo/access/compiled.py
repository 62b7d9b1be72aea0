"""Queries that every request asks: the ORM builds each once in a process, and it is run again with other values.

Building the statement of a guarded query costs several times as much as running it (decision 0039). The statement
itself, the terms of the matrix in it, and the policies of the database stay what they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from chibo.access.standing import Standing
from chibo.lib.dates import today

Row = TypeVar("Row")

# What of a standing is an id, or some ids, and stands in a statement as values.
_ONE = ("person_id", "account_id", "staff")
_SEVERAL = tuple(one.name for one in fields(Standing) if one.type == tuple[UUID, ...])
_PATHS = ("commune_paths", "province_paths")
MOST_KEPT = 200  # statements of one query: as many as there are shapes of standings in a day


def shape_of(who: Standing) -> tuple[Any, ...]:
    """What of a standing decides how a statement reads: which ids there are, and how many."""
    one = (getattr(who, name) is not None for name in _ONE)
    return (who.system, *one, *(len(getattr(who, name)) for name in _SEVERAL))


def _values_of(who: Standing, keys: tuple[UUID, ...]) -> list[UUID]:
    """Every id that a statement may hold, in one order."""
    one = [found for name in _ONE if (found := getattr(who, name)) is not None]
    return [*keys, *one, *(id_ for name in _SEVERAL for id_ in getattr(who, name))]


def _numbered(who: Standing, count: int) -> tuple[Standing, list[UUID]]:
    """A standing of the same shape and as many keys, with numbers for ids, in the order of `_values_of`."""
    numbers = (UUID(int=number) for number in range(1, 1_000_000))
    keys = [next(numbers) for _ in range(count)]
    one = {name: next(numbers) for name in _ONE if getattr(who, name) is not None}
    several = {name: tuple(next(numbers) for _ in getattr(who, name)) for name in _SEVERAL}
    return replace(who, **one, **several), keys  # type: ignore[arg-type]


def _place_of(value: Any) -> Any:
    """The place of a numbered id; any other value as it is.

    Raises:
        TypeError: the value holds several, among which an id would be overlooked.
    """
    if isinstance(value, list | tuple | set | dict):
        raise TypeError("a value of several cannot be filled in again")
    return _Place(value.int - 1) if isinstance(value, UUID) and 0 < value.int < 1_000_000 else value


@dataclass(frozen=True)
class _Place:
    """Where in `_values_of` a value stands."""

    number: int


class _Statement:
    """A statement as the ORM built it, and how its rows are read."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self.text, params = compiler.as_sql()
        self.params = [_place_of(one) for one in params]
        self.converters = list(compiler.get_converters([one[0] for one in compiler.select]).items())
        self.reads_models = issubclass(rows._iterable_class, ModelIterable)
        if self.reads_models:
            self._note_columns(compiler)

    def _note_columns(self, compiler: Any) -> None:
        info, select = compiler.klass_info, compiler.select
        self.model, self.start, self.end = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [one[0].target.attname for one in select[self.start : self.end]]
        self.related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self.annotated = list((compiler.annotation_col_map or {}).items())

    def run(self, values: list[UUID]) -> list[Any]:
        """The rows with these values."""
        params = [values[one.number] if isinstance(one, _Place) else one for one in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.text, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self._converted(row) for row in rows]
        return [self._read(row) for row in rows] if self.reads_models else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        found = list(row)
        for place, (converters, expression) in self.converters:
            for convert in converters:
                found[place] = convert(found[place], expression, connection)
        return tuple(found)

    def _read(self, row: tuple[Any, ...]) -> Any:
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.start : self.end])
        for related in self.related:
            related.populate(row, found)
        for name, place in self.annotated:
            setattr(found, name, row[place])
        return found


class Compiled(Generic[Row]):
    """A query for objects of one model, or for a list of values of each, by a standing and some keys.

    build: gives the queryset. It may use the ids of the standing and the keys as values of conditions, and today's
    date; nothing else may differ from call to call. Whoever holds an office above the cells is read by paths: for them
    it is built each time.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self._kept: dict[tuple[Any, ...], _Statement | None] = {}

    def rows(self, who: Standing, *keys: UUID) -> list[Row]:
        """The rows that this standing finds with these keys."""
        if any(getattr(who, name) for name in _PATHS):
            return list(self.build(who, *keys))
        shape = (today(), *shape_of(who))
        kept = self._kept
        if shape in kept:
            statement = kept[shape]
        else:
            statement = self._built(who, len(keys))
            if len(self._kept) >= MOST_KEPT:
                self._kept = {}  # another thread may be reading the old one
            self._kept[shape] = statement
        return [] if statement is None else statement.run(_values_of(who, keys))

    def first(self, who: Standing, *keys: UUID) -> Row | None:
        """The first of them."""
        return next(iter(self.rows(who, *keys)), None)

    def _built(self, who: Standing, count: int) -> _Statement | None:
        """The statement for standings of this shape; None where such a standing finds nothing, whatever there is."""
        numbered, keys = _numbered(who, count)
        try:
            return _Statement(self.build(numbered, *keys))
        except EmptyResultSet:
            return None
