"""The terms of the matrix as row-level security; applied by the owner after every migration.

ENABLE without FORCE: the application's role owns no table, and FORCE would make data migrations update nothing,
silently (design.md section 4). Policies are code, not migrations: they are dropped and made again each time.
"""

import logging
from collections.abc import Iterator
from time import sleep

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chibo.access import (
    account_functions,
    audit_functions,
    decision_functions,
    device_functions,
    functions,
    hall_functions,
    key_functions,
    keys,
    member_functions,
    privacy_functions,
    seal,
    tree_functions,
)
from chibo.access.matrix import GUARDED, OPEN, TABLES, TableRule, Term
from chibo.access.models import ABOVE_CELLS
from chibo.access.seal import claim

log = logging.getLogger("chibo.access")
LOCK_SECONDS = 2
MOST_ATTEMPTS = 75


def setting(name: str, kind: str) -> str:
    """A claim of the session, computed once a query; after a transaction it is '', not NULL."""
    return f"(SELECT nullif({claim(name)}, '')::{kind})"


def among(column: str, name: str) -> str:
    """Whether a column's id stands in a list of the session."""
    return f"{column} = ANY ({setting(name, 'uuid[]')}::uuid[])"


PERSON = setting("person", "uuid")
SEALED = "(SELECT access_sealed())"
SYSTEM = f"(SELECT {claim('system')}) = 'on'"
STAFF = f"(SELECT {claim('staff')}) = 'on'"
ACCOUNT = setting("account", "uuid")


def under(paths: str, cell: str) -> str:
    """Whether an organisation stands today under one of the session's paths."""
    return (
        "EXISTS (SELECT 1 FROM orgs_organisation o,"
        f" unnest(string_to_array(nullif({claim(paths)}, ''), ',')) p"
        f" WHERE o.id = {cell} AND o.path >= p AND o.path < p || '~')"
    )


def paths(name: str) -> str:
    """The session's paths as rows."""
    return f"unnest(string_to_array(nullif({claim(name)}, ''), ','))"


class Render:
    """Renders each term for one table."""

    def __init__(self, table: str, rule: TableRule) -> None:
        self.table, self.rule = table, rule
        self.cell, self.meeting = f"{table}.{rule.cell}", f"{table}.{rule.meeting}"
        self.public = f"{table}.body = 'cell'" if rule.body else "true"

    def any_of(self, terms: tuple[Term, ...]) -> str:
        """The condition that any one of these terms, or the system, satisfies."""
        if Term.ANYONE in terms:
            return "true"  # costs the planner nothing
        any_of = " OR ".join([SYSTEM, *(f"({getattr(self, term.value)()})" for term in terms)])
        return f"{SEALED} AND ({any_of})"

    def also(self, written: str, conditions: list[str]) -> str:
        """The condition with what holds of a row beside who writes it; the system is not asked."""
        return f"({written}) AND ({SYSTEM} OR ({' AND '.join(conditions)}))" if conditions else written

    def author(self) -> str:
        """The condition that whoever writes the row is whom it names."""
        column = f"{self.table}.{self.rule.own}"
        own = [f"{column} = {PERSON}", f"({ACCOUNT} IS NOT NULL AND coalesce({column}, {ACCOUNT}) = {ACCOUNT})"]
        if self.table == "meetings_entry":  # what a device recorded may come by another keeper, in a file
            device = f"d.id = {self.table}.device AND d.meeting_id = {self.meeting} AND d.person_id = {column}"
            own.append(f"EXISTS (SELECT 1 FROM meetings_roomdevice d WHERE {device})")
        return f"({' OR '.join(own)})"

    def roll(self, state: str = "") -> str:
        wanted = f" AND a.state = '{state}'" if state else ""
        return (
            f"EXISTS (SELECT 1 FROM meetings_attendance a WHERE a.meeting_id = {self.meeting}"
            f" AND a.person_id = {PERSON}{wanted})"
        )

    def gathering(self, column: str) -> str:
        return f"EXISTS (SELECT 1 FROM meetings_meeting g WHERE g.id = {self.meeting} AND g.{column} IS NOT NULL)"

    def membership(self, person: str, *lists: str) -> str:
        where = " OR ".join(among("m.cell_id", one) for one in lists)
        return f"EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = {person} AND ({where}))"

    def membership_today(self, person: str, one_list: str) -> str:
        where = f"{among('m.cell_id', one_list)} AND m.validity @> {setting('day', 'date')}"
        return f"EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = {person} AND {where})"

    def own(self) -> str:
        return f"{self.table}.{self.rule.own} = {PERSON}"

    def own_here(self) -> str:
        lists = ("member_cells", "committee_cells", "followed_cells")
        cells = " OR ".join(among(self.cell, one) for one in lists)
        return f"{self.public} AND {self.own()} AND ({cells} OR {among(self.meeting, 'guest_meetings')})"

    def member(self) -> str:
        return f"{self.public} AND {among(self.cell, 'member_cells')}"

    def on_roll(self) -> str:
        here = f"{among(self.cell, 'member_cells')} AND {self.roll()}"
        left = f"{among(self.cell, 'left_cells')} AND {self.roll('present')}"
        return f"{self.public} AND (({here}) OR ({left}))"

    def on_roll_signed(self) -> str:
        return f"{self.on_roll()} AND {self.gathering('signed_at')}"

    def present(self) -> str:
        cells = f"({among(self.cell, 'member_cells')} OR {among(self.cell, 'left_cells')})"
        return f"{self.public} AND {cells} AND {self.roll('present')}"

    def left_present(self) -> str:
        return f"{self.public} AND {among(self.cell, 'left_cells')} AND {self.roll('present')}"

    def committee(self) -> str:
        return among(self.cell, "committee_cells")

    def receiving(self) -> str:
        return among(f"{self.table}.to_cell_id", "committee_cells")

    def receiving_from_outside(self) -> str:
        return f"{self.table}.from_cell_id IS NULL AND {self.receiving()}"

    def duty(self) -> str:
        return among(self.meeting, "duty_meetings")

    def guest(self) -> str:
        return f"{self.public} AND {among(self.meeting, 'guest_meetings')}"

    def follower(self) -> str:
        return f"{self.public} AND {among(self.cell, 'followed_cells')}"

    def follower_submitted(self) -> str:
        return f"{self.follower()} AND {self.gathering('submitted_at')}"

    def commune(self) -> str:
        return f"{self.public} AND {under('commune_paths', self.cell)}"

    def province(self) -> str:
        return f"{self.public} AND {under('province_paths', self.cell)}"

    def commune_reported(self) -> str:
        return f"{self.table}.reported_at IS NOT NULL AND {self.commune()}"

    def handed_in(self) -> str:
        return f"{self.table}.handed_in_at IS NOT NULL AND ({self.committee()} OR {self.duty()})"

    def section_reader(self) -> str:
        closed, discussed = (f"{self.table}.data_class = '{one}'" for one in ("self_criticism", "discussion"))
        open_ = f"{discussed} AND (({self.on_roll()}) OR ({self.follower_submitted()}))"
        signed = f"{self.gathering('signed_at')} AND (({closed} AND {self.present()}) OR ({open_}))"
        return f"({signed}) OR ({discussed} AND {self.inspector()})"

    def document_reader(self) -> str:
        kind = f"{self.table}.data_class"
        agenda = f"{kind} = 'agenda' AND (({self.member()}) OR ({self.guest()}) OR ({self.follower()}))"
        reported = f"{self.commune()} AND {self.gathering('reported_at')}"
        resolution = f"{kind} = 'resolution' AND (({self.member()}) OR ({self.follower()}) OR ({reported}))"
        minutes = f"{kind} = 'discussion' AND (({self.on_roll()}) OR ({self.follower_submitted()}))"
        closed = f"{kind} = 'self_criticism' AND {self.present()}"
        inspected = f"{kind} <> 'self_criticism' AND {self.inspector()}"
        return f"({agenda}) OR ({resolution}) OR ({minutes}) OR ({closed}) OR ({inspected})"

    def person_reader(self) -> str:
        holds = f"EXISTS (SELECT 1 FROM access_termofoffice t WHERE t.person_id = {self.table}.id)"
        office = f"({self.signed_in()} AND {holds})"
        same = self.membership(f"{self.table}.id", "member_cells", "committee_cells", "followed_cells")
        covered = (
            f"EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = {self.table}.id"
            f" AND {under('commune_paths', 'm.cell_id')})"
        )
        above = ", ".join(f"'{one.value}'" for one in ABOVE_CELLS)
        staff = (
            f"({STAFF} AND EXISTS (SELECT 1 FROM access_termofoffice t WHERE t.person_id = {self.table}.id"
            f" AND t.office IN ({above})))"
        )
        return f"{office} OR {same} OR {covered} OR {staff} OR {self.named_at_a_door()}"

    def named_at_a_door(self) -> str:
        """The inspector of a door that one sees; chair, clerk and guests of a meeting that one inspects."""
        return (
            f"EXISTS (SELECT 1 FROM access_inspectiondoor i WHERE i.person_id = {self.table}.id)"
            f" OR EXISTS (SELECT 1 FROM access_meetingduty d WHERE d.person_id = {self.table}.id"
            f" AND {among('d.meeting_id', 'inspected_meetings')})"
        )

    def person_writer(self) -> str:
        keeper = f"{setting('committee_cells', 'text')} IS NOT NULL OR {setting('commune_paths', 'text')} IS NOT NULL"
        keeper = f"{keeper} OR {STAFF}"
        free = f"members_unplaced({self.table}.id)"
        return f"{self.membership_today(f'{self.table}.id', 'committee_cells')} OR ({free} AND ({keeper}))"

    def contact_reader(self) -> str:
        person = f"{self.table}.person_id"
        shared = f"{self.table}.shared_with_cell AND {self.membership_today(person, 'member_cells')}"
        return f"{self.membership_today(person, 'committee_cells')} OR ({shared})"

    def contact_writer(self) -> str:
        return self.membership_today(f"{self.table}.person_id", "committee_cells")

    def event_reader(self) -> str:
        by_account = f"{self.table}.{self.rule.own} = {ACCOUNT}"
        return f"{among(f'{self.table}.chain', 'committee_cells')} OR {self.own()} OR {by_account}"

    def signed_in(self) -> str:
        return f"{PERSON} IS NOT NULL"

    def tree(self) -> str:
        # A body that is being created cannot be looked up yet: it is asked for its own path.
        own = self.table == "orgs_organisation"
        o, source = (self.table, "") if own else ("o", "orgs_organisation o,")
        here = "true" if own else f"o.id = {self.cell}"
        return (
            f"EXISTS (SELECT 1 FROM {source} {paths('commune_paths')} p"
            f" WHERE {here} AND {o}.path > p AND {o}.path < p || '~')"
            f" OR EXISTS (SELECT 1 FROM {source} {paths('province_paths')} p"
            f" WHERE {here} AND {o}.kind <> 'cell' AND {o}.path >= p AND {o}.path < p || '~')"
        )

    def tree_act(self) -> str:
        of_province = (
            f"EXISTS (SELECT 1 FROM orgs_organisation o, {paths('province_paths')} p"
            f" WHERE o.id = {self.cell} AND o.kind = 'province' AND o.path >= p AND o.path < p || '~')"
        )
        own_name = f"{self.table}.kind = 'rename' AND {among(f'{self.table}.organisation_id', 'committee_cells')}"
        return f"{under('commune_paths', self.cell)} OR {of_province} OR ({own_name})"

    def inspector(self) -> str:
        # The table of meetings cannot ask itself: its policy would call itself without end.
        signed = f"{self.table}.signed_at IS NOT NULL" if self.rule.meeting == "id" else self.gathering("signed_at")
        return f"{self.public} AND {among(self.meeting, 'inspected_meetings')} AND {signed}"

    def door_keeper(self) -> str:
        above = f"{under('commune_paths', self.cell)} OR {under('province_paths', self.cell)}"
        return f"{self.public} AND {self.table}.person_id <> {PERSON} AND ({above})"

    def addressee(self) -> str:
        own = " UNION ALL ".join(f"SELECT p FROM {paths(one)} p" for one in ("commune_paths", "province_paths"))
        above = f"EXISTS (SELECT 1 FROM orgs_organisation o WHERE o.id = {self.cell} AND o.path IN ({own}))"
        return f"{self.committee()} OR {above}"

    def operator(self) -> str:
        return f"{ACCOUNT} IS NOT NULL"

    def operator_own(self) -> str:
        return f"{self.table}.{self.rule.own} = {ACCOUNT}"

    def staff_own(self) -> str:
        return f"{STAFF} AND {self.operator_own()}"

    def staff_office(self) -> str:
        above = ", ".join(f"'{one.value}'" for one in ABOVE_CELLS)
        return f"{STAFF} AND {self.table}.office IN ({above}) AND {self.table}.person_id IS DISTINCT FROM {PERSON}"

    def oversight(self) -> str:
        return f"{setting('commune_paths', 'text')} IS NOT NULL OR {setting('province_paths', 'text')} IS NOT NULL"


# What the database does with the owner's rights.
MODULES = (
    seal,
    functions,
    account_functions,
    member_functions,
    key_functions,
    audit_functions,
    privacy_functions,
    tree_functions,
    decision_functions,
    hall_functions,
    device_functions,
)


def statements() -> list[str]:
    """All statements that bring policies and grants to what the matrix says."""
    found: list[str] = []
    signatures: list[str] = []
    for module in MODULES:
        found += module.STATEMENTS
        signatures += module.SIGNATURES
    for function in signatures:
        found.append(f"REVOKE ALL ON FUNCTION {function} FROM public")
        found.append(f"GRANT EXECUTE ON FUNCTION {function} TO {{app}}")
    for table, rule in (TABLES | GUARDED).items():
        render = Render(table, rule)
        read, write = render.any_of(rule.read), render.any_of(rule.write)
        tied = keys.conditions(table) if table in TABLES else []
        new = render.also(write, [*tied, render.author()] if rule.by_author else tied)
        found.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        found += [f"DROP POLICY IF EXISTS chibo_{one} ON {table}" for one in ("read", "insert", "update", "delete")]
        found.append(f"CREATE POLICY chibo_read ON {table} FOR SELECT USING ({read})")
        found.append(f"CREATE POLICY chibo_insert ON {table} FOR INSERT WITH CHECK ({new})")
        if rule.append_only:
            found.append(f"REVOKE UPDATE, DELETE ON {table} FROM {{app}}")
            continue
        found.append(f"CREATE POLICY chibo_update ON {table} FOR UPDATE USING ({write}) WITH CHECK ({new})")
        found.append(f"CREATE POLICY chibo_delete ON {table} FOR DELETE USING ({write})")
    found.append("REVOKE DELETE ON audit_chainhead FROM {app}")
    found.append("REVOKE ALL ON django_migrations FROM {app}")
    found.append("GRANT SELECT ON django_migrations TO {app}")
    return found


def apply(connection: BaseDatabaseWrapper) -> None:
    """Apply every policy, grant and key, as the owner of the tables (`<tenant>_owner`, beside `<tenant>_app`).

    Raises RuntimeError when a table stands in neither list of the matrix: a new table needs its line.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        app_role = cursor.fetchone()[0].removesuffix("_owner") + "_app"
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = {row[0] for row in cursor.fetchall()}
        if unknown := tables - TABLES.keys() - OPEN.keys():
            raise RuntimeError(f"no line in chibo.access.matrix for: {', '.join(sorted(unknown))}")
        app = connection.ops.quote_name(app_role)
        for piece in pieces(statements()):
            _apply_piece(connection, [statement.replace("{app}", app) for statement in piece])
    seal.write_key(connection)
    keys.apply(connection, lambda piece: _apply_piece(connection, piece))
    log.info("policies applied to %s tables", len(TABLES))


def pieces(found: list[str]) -> Iterator[list[str]]:
    """The statements of each table together, those before the first table one by one.

    A table's policies are dropped and made again in one transaction: a server that runs meanwhile never reads it
    without them. One table at a time, so that two tables' locks are never held together.
    """
    piece: list[str] = []
    begun = False
    for statement in found:
        begins = statement.endswith("ENABLE ROW LEVEL SECURITY")
        if piece and (begins or not begun):
            yield piece
            piece = []
        begun = begun or begins
        piece.append(statement)
    yield piece


def _apply_piece(connection: BaseDatabaseWrapper, piece: list[str]) -> None:
    """Do the statements in one transaction; whoever uses the table is waited for, a moment at a time.

    A lock that is waited for holds up all who come after; so the wait is short, and begun again.

    Raises OperationalError when the table was in use for five minutes.
    """
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
                # Functions keep the path of this moment. Unnamed, the temporary tables of whoever calls come first in
                # it, and one of them could stand in for a table that a function reads with the owner's rights.
                cursor.execute("SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)")
                for statement in piece:
                    cursor.execute(statement)
            return
        except OperationalError:
            if connection.in_atomic_block or attempt == MOST_ATTEMPTS:
                raise
            sleep(LOCK_SECONDS)
