"""New migrations may run on the live tables of a province: nothing rewrites one, or reads it whole under a lock.

What a migration does to a table that came after the last release is safe: it is empty there. Released migrations are
not looked at again; a release adds its own to RELEASED.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

APPS = ("access", "accounts", "audit", "documents", "meetings", "members", "orgs", "resolutions", "rules")
RELEASED = {(app, "0001_initial") for app in APPS}

ALWAYS = {
    r"ALTER COLUMN \S+ TYPE ": "changes the type of a column: the table is rewritten under a lock",
    r"ALTER COLUMN \S+ SET NOT NULL": "SET NOT NULL reads the table under a lock: add a checked constraint first",
    r"ADD COLUMN (?!.*DEFAULT).*NOT NULL": "a NOT NULL column without db_default: rows of the program before fail",
    r"ADD COLUMN .*DEFAULT (now\(\)|gen_random_uuid\(\)|clock_timestamp\(\))": "a default that rewrites every row",
    r"^DROP TABLE|DROP COLUMN": "the program before still reads it: take it out of use one release earlier",
    r"RENAME (TO|COLUMN)": "the program before knows the old name",
}
ON_BIG = {
    r"^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "an index holds up every write: AddIndexConcurrently",
    r"ADD CONSTRAINT .* (EXCLUDE|UNIQUE|PRIMARY KEY) ?": "a constraint that builds its index under a lock",
    r"ADD CONSTRAINT .* (CHECK|FOREIGN KEY) (?!.*NOT VALID)": "not NOT VALID: the table is read under a lock",
    r"ADD COLUMN .* CHECK ": "a checked column reads the table under a lock: SmallIntegerField, not Positive…",
    r"^(UPDATE|DELETE) ": "changes many rows in one transaction: in pieces, in a job",
}
# Millions of rows in the largest tenants; all other tables are read in well under a second.
BIG = re.compile(r'"?(meetings_|resolutions_|documents_|audit_event|audit_reading|members_membership)')
# What was looked at and taken, with the reason.
_SERIES = "a few rows a cell and term, read in well under a second in the largest tenant"
_CORRECTIONS = "corrections are few, and their files are found by the index of their meeting"
TAKEN = {
    ("meetings", "0014_corrections_of_the_class_they_correct", "changes many rows"): _CORRECTIONS,
    ("documents", "0004_papers_without_a_term", "not NOT VALID"): _SERIES,
    ("documents", "0004_papers_without_a_term", "an index"): _SERIES,
    ("audit", "0002_readings_and_sealed_heads", "a checked column"): "reads ten million events in about two seconds",
}


def new_statements() -> Iterator[tuple[tuple[str, str], str]]:
    """Every statement of the migrations that no release had, on tables that one had."""
    loader = MigrationLoader(connection, replace_migrations=False)
    keys = [
        key
        for key in sorted(loader.graph.nodes)
        if loader.get_migration(*key).__module__.startswith("chibo.") and key not in RELEASED
    ]
    written = [(key, one) for key in keys for one in loader.collect_sql([(loader.graph.nodes[key], False)])]  # type: ignore[attr-defined]
    created = {found[1] for _, one in written if (found := re.match(r'CREATE TABLE "(\w+)"', one))}
    for key, one in written:
        table = re.search(r'(?:TABLE|ON|UPDATE|FROM) "?(\w+)"?', one)
        if not one.startswith("--") and not (table and table[1] in created):
            yield key, one


def troubles(key: tuple[str, str], statement: str) -> list[str]:
    """What is unsafe about a statement."""
    rules = ALWAYS | (ON_BIG if BIG.search(statement) else {})
    found = [why for pattern, why in rules.items() if re.search(pattern, statement)]
    return [why for why in found if not any(key == taken[:2] and why.startswith(taken[2]) for taken in TAKEN)]


@pytest.mark.django_db(transaction=True)
def test_no_new_migration_holds_up_a_live_table() -> None:
    wrong = [f"{'.'.join(key)}: {why}\n  {one}" for key, one in new_statements() for why in troubles(key, one)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "members_person" ALTER COLUMN "code" TYPE varchar(90) USING "code"::varchar(90);',
        'ALTER TABLE "meetings_meeting" ALTER COLUMN "place" SET NOT NULL;',
        'ALTER TABLE "members_person" ADD COLUMN "x" varchar(9) NOT NULL;',
        'ALTER TABLE "members_person" ADD COLUMN "at" timestamptz DEFAULT clock_timestamp() NOT NULL;',
        'ALTER TABLE "members_person" DROP COLUMN "code" CASCADE;',
        'DROP TABLE "orgs_term" CASCADE;',
        'ALTER TABLE "orgs_term" RENAME COLUMN "name" TO "title";',
        'CREATE INDEX "i" ON "meetings_attendance" ("person_id");',
        'ALTER TABLE "meetings_attendance" ADD CONSTRAINT "c" UNIQUE ("meeting_id");',
        'ALTER TABLE "meetings_meeting" ADD CONSTRAINT "c" FOREIGN KEY ("a_id") REFERENCES "orgs_term" ("id");',
        'ALTER TABLE "audit_event" ADD COLUMN "n" smallint DEFAULT 1 NOT NULL CHECK ("n" >= 0);',
        'UPDATE "resolutions_task" SET "state" = 1;',
    ],
)
def test_what_is_unsafe_is_found(statement: str) -> None:
    assert troubles(("meetings", "0099_later"), statement)


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "members_person" ADD COLUMN "x" varchar(9) DEFAULT \'\' NOT NULL;',
        'ALTER TABLE "meetings_meeting" ADD COLUMN "x" date NULL;',
        'CREATE INDEX CONCURRENTLY "i" ON "audit_event" ("about_id");',
        'CREATE INDEX "i" ON "orgs_organisation" ("kind");',
        'ALTER TABLE "meetings_meeting" ADD CONSTRAINT "c" CHECK ("a" > 0) NOT VALID;',
    ],
)
def test_what_is_safe_is_let_through(statement: str) -> None:
    assert not troubles(("meetings", "0099_later"), statement)
