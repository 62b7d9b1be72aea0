"""The whole table as it really is: every specimen × every person, through the code and as SQL."""

from collections import defaultdict
from dataclasses import replace
from uuid import uuid4

from django.db import connection

from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing
from chibo.access.visible import visible
from tests.access.world import World
from tests.people import People

Everyone = dict[str, Standing]


def standings(people: People) -> Everyone:
    """The standing of the whole cast, with the administrator in and out of a staff session, and of nobody."""
    with system_scope():
        found = {name: people.standing(name) for name in people.all()}
    operator = Standing(account_id=people.operator.pk)
    return found | {
        "operator": operator,
        "staff": replace(operator, staff=uuid4()),
        "anonymous": Standing.nobody(),
    }


def by_code(world: World, everyone: Everyone) -> dict[str, set[str]]:
    """Who reads each specimen through `visible_to`."""
    found: dict[str, set[str]] = {name: set() for name in world}
    for rows in _by_table(world).values():
        model = type(next(iter(rows.values())))
        for who, standing in everyone.items():
            wanted = model._default_manager.filter(pk__in=[row.pk for row in rows.values()])
            seen = set(visible(wanted, standing).values_list("pk", flat=True))
            for name, row in rows.items():
                if row.pk in seen:
                    found[name].add(who)
    return found


def by_database(world: World, everyone: Everyone) -> dict[str, set[str]]:
    """Who reads each specimen by SQL, under the application's role."""
    found: dict[str, set[str]] = {name: set() for name in world}
    for who, standing in everyone.items():
        with scope(standing), connection.cursor() as cursor:
            for table, rows in _by_table(world).items():
                key = "person_id" if table == "members_contact" else "id"
                keys = [row.pk for row in rows.values()]
                cursor.execute(f'SELECT {key} FROM "{table}" WHERE {key} = ANY (%s)', [keys])
                seen = {pk for (pk,) in cursor.fetchall()}
                for name, row in rows.items():
                    if row.pk in seen:
                        found[name].add(who)
    return found


def _by_table(world: World) -> dict[str, World]:
    """The specimens of each table."""
    tables: dict[str, World] = defaultdict(dict)
    for name, row in world.items():
        tables[row._meta.db_table][name] = row
    return tables
