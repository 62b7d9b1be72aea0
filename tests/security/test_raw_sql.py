"""Whoever runs SQL under the application's login, with a member's scope or with none, gets no further than that member.

The list is the attack: each statement is tried as nobody and as the member Bình, and answers as it says here.
"""

from typing import Any, NamedTuple

import pytest
from django.db import DatabaseError, connection, transaction

from chibo.access.models import StaffSession
from chibo.access.scope import scope
from chibo.access.standing import Standing
from chibo.api.models import AccessToken
from chibo.documents.models import NumberSeries
from chibo.lib.dates import now, today
from chibo.ops.connection import role_name
from tests import make
from tests.access.world import build
from tests.conftest import TENANT
from tests.people import People

REFUSED, NOTHING, IN_VAIN, HARMLESS = "refused", "no row", "in vain", "harmless"


class Attack(NamedTuple):
    """A statement, and how it is answered to nobody and to the member.

    IN_VAIN: it is taken, and no more is readable after it. HARMLESS: it is done; why that is no harm stands beside it.
    """

    sql: str
    nobody: str = REFUSED
    member: str = REFUSED


def vain(sql: str) -> Attack:
    """Taken from both, and in vain."""
    return Attack(sql, IN_VAIN, IN_VAIN)


def empty(sql: str, member: str = NOTHING) -> Attack:
    """Finds no row that is theirs."""
    return Attack(sql, NOTHING, member)


def own(sql: str) -> Attack:
    """Refused to nobody; a member's own doing."""
    return Attack(sql, REFUSED, HARMLESS)


def insert(table: str, values: dict[str, str]) -> str:
    """An INSERT of these values, as they stand in SQL."""
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


# What a login that broke out would see more of.
THEN = (
    "SELECT (SELECT count(*) FROM members_person) + (SELECT count(*) FROM meetings_entry)"
    " + (SELECT count(*) FROM orgs_treerecord) + (SELECT count(*) FROM members_membership)"
    " + (SELECT count(*) FROM audit_event)"
)
ID, SCOPE = "gen_random_uuid()", "current_setting('app.scope', true)"
FORGED = "'" + "0" * 64 + "|{lan}|on" + "|" * 12 + "'"
HASHES = dict.fromkeys(("payload", "salt", "digest", "previous", "hash"), "''")


def event(actor: str) -> str:
    at = {"chain": "'{cell}'", "seq": "9999", "at": "now()", "kind": "'x'", "object_type": "''", "form": "2"}
    return insert("audit_event", {"id": ID, "actor_id": actor, **at, **HASHES})


def entry(author: str) -> str:
    where = {"meeting_id": "'{held}'", "cell_id": "'{cell}'", "body": "'cell'", "device": ID, "counter": "9999"}
    what = {"kind": "'ask'", "kind_version": "1", "seq": "9999", "seen": "0", "at": "now()", "received_at": "now()"}
    return insert("meetings_entry", {"id": ID, "author_id": f"'{author}'", **where, **what, **HASHES})


def duty(meeting: str, cell: str, what: str) -> str:
    names = {"meeting_id": f"'{meeting}'", "cell_id": f"'{cell}'", "person_id": "'{binh}'", "duty": f"'{what}'"}
    return insert("access_meetingduty", {"id": ID, **names})


ACCOUNT = {"id": ID, "password": "'!'", "login": "'x'", "is_active": "true"}
INVITATION = {
    "user_id": "'{account}'",
    "token_digest": "'x'",
    "code_digest": "'x'",
    "made_at": "now()",
    "expires_at": "now()",
    "wrong_codes": "0",
}
TOKEN = {
    "id": ID,
    "user_id": "'{account}'",
    "name": "'x'",
    "beginning": "'x'",
    "digest": "'x'",
    "scope": "'read'",
    "proved": "true",
    "sign_in_hash": "'x'",
    "made_at": "now()",
    "last_day": "'2099-01-01'",
}
OFFICE = {"id": ID, "person_id": "'{binh}'", "organisation_id": "'{cell}'", "office": "'secretary'"}
MEMBERSHIP = {"id": ID, "person_id": "'{binh}'", "cell_id": "'{sibling}'", "kind": "'temporary'"}
LATER = {"validity": "'[2030-01-01,2030-01-02)'"}
DOOR = {
    "id": ID,
    "cell_id": "'{sibling}'",
    "meeting_id": "'{far}'",
    "body": "'cell'",
    "person_id": "'{binh}'",
    "document": "'x'",
    "opened_by": "'{lan}'",
    "opened_at": "now()",
}
STAFF = {"id": ID, "account_id": "'{operator}'", "reason": "'x'", "begun_at": "now()", "until": "now()"}
RULE = {"id": ID, "key": "'x'", "value": "'0'", "valid_from": "now()", "scope_organisation_id": "'{cell}'"}
READING = {
    "id": ID,
    "cell_id": "'{cell}'",
    "person_id": "'{lan}'",
    "capacity": "'above'",
    "what": "'minutes'",
    "object_type": "''",
    "object_id": "'{meeting}'",
    "hour": "now()",
}
ATTACKS = {
    "the scope": [
        vain(f"SELECT set_config('app.scope', {FORGED}, true)"),
        vain("SET LOCAL app.system = 'on'"),
        vain("SET LOCAL app.person = '{lan}'"),
        vain(f"SELECT set_config('app.scope', replace({SCOPE}, '{{binh}}', '{{lan}}'), true)"),
        vain(f"SELECT set_config('app.scope', replace({SCOPE}, '{{binh}}|', '{{binh}}|on'), true)"),
        vain(f"SELECT set_config('app.scope', replace({SCOPE}, '{{cell}}', '{{sibling}}'), true)"),
        vain("RESET app.scope"),
        Attack("ALTER ROLE {app} SET app.scope = 'on'"),
        Attack("SELECT * FROM access_sealkey"),
        Attack("UPDATE access_sealkey SET inner_key = '', outer_key = ''"),
        Attack("GRANT SELECT ON access_sealkey TO {app}"),
        Attack("CREATE OR REPLACE FUNCTION access_sealed() RETURNS boolean LANGUAGE sql AS 'SELECT true'"),
        Attack("ALTER FUNCTION access_sealed() SECURITY INVOKER"),
    ],
    "roles": [
        Attack("SET ROLE {owner}"),
        Attack("SET LOCAL ROLE postgres"),
        Attack("SET SESSION AUTHORIZATION {owner}"),
        vain("RESET ROLE"),
        vain("RESET SESSION AUTHORIZATION"),
        Attack("ALTER ROLE {app} BYPASSRLS"),
        Attack("ALTER ROLE {app} SUPERUSER"),
        Attack("ALTER ROLE {owner} PASSWORD 'x'"),
        Attack("GRANT {owner} TO {app}"),
        Attack("CREATE ROLE chibo_other LOGIN"),
        Attack("SET LOCAL session_replication_role = replica"),
        Attack("COPY members_person TO PROGRAM 'cat'"),
        Attack("SELECT pg_read_file('/etc/passwd')"),
    ],
    "tables and policies": [
        Attack("SET LOCAL row_security = off"),  # what is asked then is refused as a whole
        Attack("ALTER TABLE members_person DISABLE ROW LEVEL SECURITY"),
        Attack("DROP POLICY chibo_read ON members_person"),
        Attack("CREATE POLICY mine ON members_person USING (true)"),
        Attack("ALTER TABLE accounts_user DISABLE TRIGGER accounts_guard"),
        Attack("DROP TRIGGER accounts_guard ON accounts_user"),
        Attack("TRUNCATE audit_event"),
        Attack("CREATE TABLE mine (id int)"),
        Attack("CREATE SCHEMA mine"),
        Attack("CREATE EXTENSION dblink"),
    ],
    "temporary tables and search_path": [
        vain("CREATE TEMPORARY TABLE access_sealkey (inner_key bytea, outer_key bytea)"),
        vain("CREATE TEMPORARY TABLE access_termofoffice (person_id uuid, office text)"),
        vain("CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'"),
        vain("SET LOCAL search_path = pg_temp, {tenant}, ext, pg_catalog"),
    ],
    "operators and accounts": [
        Attack("UPDATE accounts_user SET is_operator = true WHERE person_id = '{binh}'"),
        Attack(insert("accounts_user", ACCOUNT | {"is_operator": "true"})),
        Attack(insert("accounts_user", ACCOUNT | {"is_operator": "false"})),
        Attack("UPDATE accounts_user SET password = 'known' WHERE person_id = '{lan}'"),
        Attack("UPDATE accounts_user SET person_id = NULL WHERE person_id = '{lan}'"),
        Attack("UPDATE accounts_user SET is_active = false WHERE person_id = '{lan}'"),
        Attack(insert("accounts_invitation", INVITATION)),
        Attack(insert("api_accesstoken", TOKEN)),
        Attack("UPDATE api_accesstoken SET user_id = '{account}'"),
        Attack("UPDATE api_accesstoken SET last_day = '2099-01-01'"),
        Attack(insert("access_staffsession", STAFF)),
    ],
    "offices and duties": [
        Attack(insert("access_termofoffice", OFFICE | LATER)),
        empty("UPDATE access_termofoffice SET person_id = '{binh}'"),
        Attack(duty("{meeting}", "{cell}", "chair")),
        Attack(duty("{far}", "{sibling}", "clerk")),
        Attack(duty("{far}", "{cell}", "clerk")),
        empty("UPDATE access_meetingduty SET person_id = '{binh}'"),
        empty("DELETE FROM access_meetingduty"),
        Attack(insert("members_membership", MEMBERSHIP | LATER)),
        Attack(insert("access_inspectiondoor", DOOR | LATER)),
    ],
    "rules and chains": [
        Attack(insert("rules_rule", RULE)),
        empty("UPDATE rules_rule SET value = '0'"),
        empty("DELETE FROM rules_holiday"),
        empty("UPDATE audit_chainhead SET hash = ''", HARMLESS),  # who may write moves heads: `verify` names it
        Attack("DELETE FROM audit_chainhead"),
        Attack("UPDATE audit_event SET actor_id = '{lan}'"),
        Attack("DELETE FROM meetings_entry"),
        Attack("UPDATE audit_checkpoint SET root = ''"),
        empty("UPDATE documents_numberseries SET next_number = 1", HARMLESS),  # a number that a paper has stays its own
    ],
    "another's authorship": [
        Attack(event("'{lan}'")),
        Attack(event("NULL")),
        own(event("'{binh}'")),
        Attack(entry("{lan}")),
        Attack(entry("00000000-0000-7000-8000-000000000001")),  # the server's own word
        own(entry("{binh}")),  # of a roll that one stands on
        Attack(insert("audit_reading", READING)),
        empty("UPDATE meetings_opinion SET text = 'x' WHERE author_id <> '{binh}'"),
        empty("UPDATE members_person SET full_name = 'x' WHERE id <> '{binh}'"),
    ],
    "functions with hostile arguments": [
        Attack("SELECT meetings_erase('{signed}')"),
        Attack("SELECT audit_erase(ARRAY['x'], '2000-01-01')"),
        Attack("SELECT audit_forget_readings('2000-01-01')"),
        Attack(
            "SELECT members_settle_transfer('{transfer}', 'confirmed', '2026-01-01', '', '2026-01-01', ARRAY[]::uuid[])"
        ),
        Attack("SELECT members_set_stay('{transfer}', '2099-01-01')"),
        Attack("SELECT members_set_stay(NULL, NULL)"),
        empty("SELECT 1 FROM members_leave_cell('{lan}', '{cell}', '2000-01-01') WHERE false"),
        empty("SELECT * FROM members_figures('2026-06-01')"),
        empty("SELECT * FROM orgs_party_numbers('', '2026-06-01')"),
        empty("SELECT * FROM privacy_overdue('2099-01-01')"),
        empty("SELECT * FROM meetings_hall_log('{far}', 0, '')"),
        empty("SELECT * FROM meetings_hall_mark('{far}')"),
        empty("SELECT 1 WHERE meetings_try_code('{far}', '0000') <> 'closed'"),
        own("SELECT * FROM meetings_next_place('{far}')"),  # as with a head: `verify` names it
        empty("SELECT 1 WHERE access_staff_session('{staff}', '{binh}', now()) IS NOT NULL"),
        empty("SELECT * FROM documents_with_token('')"),
        empty("SELECT * FROM accounts_with_code('')"),
    ],
}


@pytest.fixture
def names(people: People) -> dict[str, Any]:
    """What the statements name."""
    world = build(people)
    NumberSeries.objects.create(organisation=people.sibling, body="cell", document_type="resolution", next_number=5)
    AccessToken.objects.make(people.binh.user, name="x", scope="read", last_day=today(), proved=True)
    return {
        "lan": people.lan.pk,
        "binh": people.binh.pk,
        "account": people.lan.user.pk,
        "operator": people.operator.pk,
        "cell": people.cell.pk,
        "sibling": people.sibling.pk,
        "meeting": people.meeting.pk,
        "far": make.meeting(people.sibling).pk,
        "held": world["unsigned meeting"].pk,
        "signed": world["signed meeting"].pk,
        "transfer": world["transfer binh"].pk,
        "staff": StaffSession.objects.create(account=people.operator, reason="x", until=now()).pk,
        "app": role_name(TENANT, "app"),
        "owner": role_name(TENANT, "owner"),
        "tenant": TENANT,
    }


def seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute(THEN)
        return int(cursor.fetchone()[0])


def answer(sql: str) -> str:
    """What one statement comes to; all that it did is undone."""
    before = seen()
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)
                touched = cursor.rowcount
            after = seen()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return f"{REFUSED} {error.__cause__.sqlstate}"  # type: ignore[union-attr]
    if after > before + max(touched, 0):
        return f"opens {after - before} rows"
    if touched == -1 or sql.startswith("SELECT set_config"):
        return IN_VAIN
    return f"{touched} rows" if touched else NOTHING


def fits(said: str, expected: str) -> bool:
    """Whether an answer is the one that stands in the list."""
    if expected == HARMLESS:
        return said.endswith(" rows") and not said.startswith("opens")
    return said.startswith(REFUSED) if expected == REFUSED else said == expected


def test_sql_alone_gets_no_further_than_whoever_it_runs_for(
    names: dict[str, Any], people: People, record_property: Any
) -> None:
    standings = {"nobody": Standing.nobody(), "member": people.standing("binh")}
    wrong, lines = [], ["SQL under the application's login: as nobody | as a member"]
    for kind, attacks in ATTACKS.items():
        lines.append(f"{kind}:")
        for attack in attacks:
            sql, answers = attack.sql.format(**names), []
            for who, standing in standings.items():
                with scope(standing):
                    answers.append(answer(sql))
                if not fits(answers[-1], getattr(attack, who)):
                    wrong.append(f"{who}: {answers[-1]}: {attack.sql}")
            lines.append(f"  {answers[0]:<14} | {answers[1]:<14} | {attack.sql[:100]}")
    record_property("figures", "\n".join(lines))
    assert not wrong, "\n".join(wrong)
    assert sum(map(len, ATTACKS.values())) >= 60
