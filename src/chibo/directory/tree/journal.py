"""Writing rows so that the opposite act restores them exactly: each is noted with what it was."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import DateRangeField
from django.db.models import Field, Model
from psycopg.types.range import DateRange, Range

from chibo.directory.commands.days import NotPossible
from chibo.orgs.models import Organisation

Change = dict[str, Any]
M = TypeVar("M", bound=Model)

# A row that somebody wrote to after the act is not put back over their words.
TOUCHED = "Có phần do việc này ghi đã được sửa sau đó, nên không hoàn tác được. Ghi một việc mới cho đúng."


class Journal:
    """The rows that one act creates, changes and removes, in order."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def create(self, row: M) -> M:
        """Insert a row."""
        row.save(force_insert=True)
        self._note(row, None, values(row))
        return row

    def created(self, row: Model) -> None:
        """Note a row that something else has inserted."""
        self._note(row, None, values(row))

    def change(self, row: Model, **fields: Any) -> None:
        """Give fields new values."""
        before = values(row, fields)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        self._note(row, before, values(row, fields))

    def remove(self, row: Model) -> None:
        """Delete a row."""
        before, key = values(row), row.pk
        row.delete()
        row.pk = key
        self._note(row, before, None)

    def copy(self, row: M, **fields: Any) -> M:
        """Insert a copy of a row under a key of its own, with other values in some fields."""
        kept = {field.attname: getattr(row, field.attname) for field in concrete(row) if not field.primary_key}
        return self.create(type(row)(**(kept | fields)))

    def end(self, row: Any, day: date) -> None:
        """A dated row does not hold from a day on; one that begins later is removed."""
        if row.validity.lower is not None and row.validity.lower >= day:
            self.remove(row)
        else:
            self.change(row, validity=DateRange(row.validity.lower, day))

    def pass_on(self, row: Any, day: date, **fields: Any) -> None:
        """A dated row goes on under other values from a day."""
        first, after = row.validity.lower, row.validity.upper
        if first >= day:
            self.change(row, **fields)
        else:
            self.end(row, day)
            self.copy(row, **fields, validity=DateRange(day, after))

    def _note(self, row: Model, before: Change | None, after: Change | None) -> None:
        label = row._meta.label_lower
        self.changes.append({"table": label, "key": plain(row.pk), "before": before, "after": after})


def undo(changes: list[Change]) -> None:
    """Write every row as it was, the last first. A body that was created stays, closed on the day it began.

    Raises:
        NotPossible: a row is no longer what the act made of it.
    """
    for change in reversed(changes):
        model = apps.get_model(change["table"])
        row = model._default_manager.select_for_update().filter(pk=change["key"]).first()
        before, after = change["before"], change["after"]
        if (row is None) != (after is None) or (row is not None and values(row, after) != after):
            raise NotPossible(TOUCHED)
        if row is None:
            model(**_read(model, {"id": change["key"], **before})).save(force_insert=True)
        elif before is not None:
            for name, value in _read(model, before).items():
                setattr(row, name, value)
            row.save(update_fields=list(before))
        elif isinstance(row, Organisation):
            row.dissolved = row.founded
            row.save(update_fields=["dissolved"])
        else:
            row.delete()


def concrete(row: "Model | type[Model]") -> "list[Field[Any, Any]]":
    """The fields that are columns."""
    return list(row._meta.concrete_fields)


# Follows from the parent, or is the day's own: written by the tree itself, never put back from a note.
DERIVED = {"path"}


def values(row: Model, names: Any = None) -> Change:
    """The values of a row's columns in a form that JSON keeps; of some fields alone when they are named."""
    return {
        field.attname: plain(getattr(row, field.attname))
        for field in concrete(row)
        if field.attname not in DERIVED and (names is None or field.attname in names or field.name in names)
    }


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Range):
        return [value.lower and value.lower.isoformat(), value.upper and value.upper.isoformat()]
    if isinstance(value, bool | int | str | None):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _read(model: type[Model], noted: Change) -> Change:
    """The values again, from what JSON kept."""
    fields = {field.attname: field for field in concrete(model)}
    return {name: _value(fields[name], value) for name, value in noted.items()}


def _value(field: "Field[Any, Any]", value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, DateRangeField):
        lower, upper = (date.fromisoformat(day) if day else None for day in value)
        return DateRange(lower, upper)
    return field.to_python(value) if field.remote_field is None else UUID(value)
