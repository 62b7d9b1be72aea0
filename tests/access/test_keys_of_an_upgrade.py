"""A database of the version before gets its keys of several columns with the rows that are in it."""

import pytest
from django.db import connection

from chibo.access import keys, policies
from chibo.access.scope import system_scope
from chibo.ops.tenants import as_owner
from tests import make
from tests.conftest import TestDatabase


def checked() -> dict[str, bool]:
    """The keys that stand, and whether every row was found to hold them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) > 1"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_keys_are_put_on_rows_that_are_there_and_the_log_says_which_point_elsewhere(
    test_database: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    with system_scope():
        cell = make.cell(make.commune(make.province()))
        question = make.question(make.item(make.meeting(cell)))
        far = make.item(make.meeting(cell))
    wanted = {key.name for key in keys.composite()}
    wrong = "meetings_question_item_meeting"
    with as_owner(test_database.settings(test_database.name, "owner")), connection.cursor() as cursor:
        for key in keys.composite():
            cursor.execute(f"ALTER TABLE {key.table} DROP CONSTRAINT {key.name}")
        cursor.execute("DROP INDEX meetings_agendaitem_meeting_key")
        cursor.execute("UPDATE meetings_question SET item_id = %s WHERE id = %s", [far.pk, question.pk])
        policies.apply(connection)
        assert checked() == {name: name != wrong for name in wanted}
        assert wrong in caplog.text and str(question.pk) not in caplog.text
        cursor.execute("UPDATE meetings_question SET meeting_id = %s WHERE id = %s", [far.meeting_id, question.pk])
        policies.apply(connection)
        assert checked() == dict.fromkeys(wanted, True)
