"""`verify` against whoever holds the owner's login: each column of each signed table, each range of each file."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from chibo.access.scope import enter, system_scope
from chibo.access.standing import Standing
from chibo.audit.models import Event
from chibo.documents.models import IssuedDocument
from chibo.lib.uuid7 import uuid7
from chibo.meetings import registries
from chibo.meetings.minutes.column_words import in_words
from chibo.meetings.minutes.signed_tables import NOT_SIGNED
from chibo.meetings.minutes.verify import minutes_breaks
from chibo.meetings.models import DigestList, Meeting, Signature
from chibo.meetings.models.gathering import MeetingRow
from chibo.meetings.registries import SignedTable
from chibo.ops.connection import PROJECT
from chibo.resolutions.models import TaskRow
from tests import people as cast
from tests.conftest import TestDatabase
from tests.meetings import signed_world

RANGES = 8


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, test_database: TestDatabase) -> Iterator[Meeting]:
    """A signed meeting, made once and read by the owner of the tables, whom no policy binds; then undone."""
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(test_database.settings(test_database.name, "owner"))
        try:
            with system_scope():
                people = cast.gather()
                meeting = signed_world.held(people)
                signed_world.sign(meeting, people)
                signed_world.correct(meeting, people)
                enter(Standing.for_system())
                yield meeting
                transaction.set_rollback(True)
        finally:
            test_database.point_django()


@pytest.fixture
def signed(world: Meeting) -> Iterator[Meeting]:
    """The same meeting for each test, which leaves nothing behind."""
    point = transaction.savepoint()
    yield world
    transaction.savepoint_rollback(point)


def found(meeting: Meeting) -> list[str]:
    """What `verify` says of the meeting's minutes."""
    return [one.why for one in minutes_breaks([meeting.pk])]


def _other(column: Any) -> tuple[str, Any]:
    """Another value of a column, as SQL over the one that it has."""
    name = connection.ops.quote_name(column.column)
    match column:
        case models.BooleanField():
            return f"NOT coalesce({name}, false)", None
        case models.JSONField():
            return "%s::jsonb", '{"other": 1}'
        case models.DateTimeField():
            return f"coalesce({name}, now()) + interval '1 second'", None
        case models.DateField():
            return f"coalesce({name}, current_date) + 1", None
        case models.BinaryField():
            return f"coalesce({name}, '') || '\\x00'::bytea", None
        case models.ForeignKey() | models.UUIDField():
            return "%s", uuid7()
        case models.IntegerField() | models.DecimalField():
            return f"coalesce({name}, 0) + 50", None
        case _:
            return "%s", "khác"


def _change(model: type[models.Model], row: Any, column: Any) -> None:
    value, given = _other(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {model._meta.db_table} SET "{column.column}" = {value} WHERE id = %s',
            [*([given] if given is not None else []), row],
        )
        assert cursor.rowcount == 1


def _after(meeting: Meeting, model: type[models.Model], row: Any, column: Any) -> list[str]:
    """What is found after one change, which is then undone."""
    point = transaction.savepoint()
    _change(model, row, column)
    said = found(meeting)
    transaction.savepoint_rollback(point)
    return said


def _rows(table: SignedTable, meeting: Meeting) -> list[Any]:
    """One row of a table; of those that stand under corrections too, one of the minutes and one of a correction."""
    own = {"pk": meeting.pk} if table.model is Meeting else {"meeting_id": meeting.pk}
    rows = list(table.model._base_manager.filter(**own).order_by("pk").values_list("pk", flat=True))
    both = table.model in (Signature, IssuedDocument)
    return [rows[0], rows[-1]] if both else rows[:1]


def _columns(model: type[models.Model]) -> dict[str, Any]:
    return {one.attname: one for one in model._meta.concrete_fields}


def test_each_changed_column_of_a_signed_table_is_found_and_named(signed: Meeting, record_property: Any) -> None:
    assert found(signed) == []
    seen: Counter[str] = Counter()
    for table in registries.signed_tables:
        rows = _rows(table, signed)
        assert rows, f"the world has no {table.name}"
        for row in rows:
            for name, column in _columns(table.model).items():
                said = _after(signed, table.model, row, column)
                named = [one for one in said if one.startswith(table.title)]
                if name in table.not_covered and table.not_covered[name].startswith("held by"):
                    assert named, f"{table.name}.{name}"
                elif name in table.not_covered:
                    assert said == [], f"{table.name}.{name}: {said}"
                    seen["not covered"] += 1
                    continue
                elif name in ("id", "meeting_id", "removed_at"):  # the row stands elsewhere: its place is empty
                    assert any("không còn" in one or "khác với" in one for one in said), f"{table.name}.{name}: {said}"
                else:
                    assert any(f"({in_words(name)})" in one for one in named), f"{table.name}.{name}: {said}"
                seen[table.title] += 1
        record_property("figures", f"verify: {table.title}: {seen[table.title]} changes, {seen[table.title]} found")
    record_property("figures", f"verify: columns that no signature covers: {seen['not covered']}, each with its reason")


def test_each_changed_range_of_an_issued_file_is_found_and_named(signed: Meeting, record_property: Any) -> None:
    changes = 0
    for paper in IssuedDocument.objects.filter(meeting_id=signed.pk).order_by("pk"):
        for name in ("docx", "pdf"):
            size = len(bytes(getattr(paper, name)))
            for place in range(size // (2 * RANGES), size, size // RANGES):
                point = transaction.savepoint()
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"UPDATE documents_issueddocument SET {name} ="
                        f" set_byte({name}, %s, (get_byte({name}, %s) + 1) %% 256) WHERE id = %s",
                        [place, place, paper.pk],
                    )
                said = found(signed)
                transaction.savepoint_rollback(point)
                assert any(f"({in_words(name)})" in one for one in said), f"{paper.kind}.{name} at {place}: {said}"
                changes += 1
    record_property("figures", f"verify: ranges of issued files: {changes} changes, {changes} found")


def test_a_row_that_is_added_is_found(signed: Meeting) -> None:
    added = 0
    for table in registries.signed_tables:
        point = transaction.savepoint()
        row = table.model._base_manager.get(pk=_rows(table, signed)[0])
        row.pk = uuid7()
        if _made_another(row):
            row.save(force_insert=True)
            assert f"{table.title} thêm vào sau khi ký" in found(signed), table.name
            added += 1
        transaction.savepoint_rollback(point)
    assert added == len(registries.signed_tables) - 5  # of the others a meeting has one


def _made_another(row: models.Model) -> bool:
    """Give what may stand only once another value; False where a meeting has one such row."""
    if isinstance(row, Meeting):
        return False
    for constraint in row._meta.constraints:
        names = [one for one in getattr(constraint, "fields", ()) if one not in ("meeting", "minutes", "annotation")]
        if not names and not getattr(constraint, "condition", None):
            return False
        column = row._meta.get_field(names[-1])
        setattr(row, column.attname, 99 if isinstance(column, models.IntegerField) else uuid7().hex[:10])
        if isinstance(column, models.ForeignKey):
            setattr(row, column.attname, uuid7())
    return True


def test_the_digests_themselves_are_held_by_the_signatures_and_the_log(signed: Meeting) -> None:
    for one in DigestList.objects.filter(meeting=signed).order_by("pk"):
        for name in ("rows", "digest", "form", "covers", "annotation_id", "minutes_id"):
            said = _after(signed, DigestList, one.pk, _columns(DigestList)[name])
            assert said, f"{one.covers}.{name}"
        point = transaction.savepoint()
        DigestList.objects.filter(pk=one.pk).delete()
        assert found(signed), one.covers
        transaction.savepoint_rollback(point)


def test_the_seal_in_the_log_outlives_the_details_of_other_events(signed: Meeting) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET at = at - interval '60 days'")
        cursor.execute("SELECT audit_erase(array_agg(DISTINCT kind), now() - interval '31 days') FROM audit_event")
    kept = Event.objects.filter(chain=signed.cell_id, payload__isnull=False)
    assert set(kept.values_list("kind", flat=True)) == {"minutes.completed", "minutes.corrected"}
    assert found(signed) == []


def test_every_table_under_a_meeting_is_signed_or_says_why_not() -> None:
    rows = {one for one in apps.get_models() if issubclass(one, MeetingRow | TaskRow)}
    signed = {one.model for one in registries.signed_tables}
    assert {one._meta.db_table for one in rows - signed} == NOT_SIGNED.keys()
    for table in registries.signed_tables:
        covered = {*table.root, *table.seal, *table.not_covered, "id", "meeting_id"}
        assert covered >= _columns(table.model).keys(), table.name


def test_the_guides_for_operators_list_just_what_no_signature_covers() -> None:
    tables = registries.signed_tables
    reasons = {f"{one.name}.{column}": why for one in tables for column, why in one.not_covered.items()} | NOT_SIGNED
    line = re.compile(r"^\| `([a-z_]+_[a-z_.]+)` \| (.+) \|$", re.MULTILINE)
    guides = [(PROJECT / "docs" / "operators" / name).read_text("utf-8") for name in ("README.md", "README.vi.md")]
    english, vietnamese = (dict(line.findall(guide)) for guide in guides)
    assert english == reasons
    assert vietnamese.keys() == reasons.keys()
