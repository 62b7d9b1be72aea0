"""The largest tenant there is: 25,000 cells, 500,000 members, 300,000 meetings a year, offices in proportion.

One of each thing is made by the models, then multiplied inside the database, so that a column added later needs no
change here. The rows come with the same indexes, keys and constraints as any.
"""

import sys
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

CELLS_OF_A_COMMUNE = 60
MEMBERS_OF_A_CELL = 20
OFFICERS_OF_A_COMMUNE = 9
MONTHS = 12


@dataclass(frozen=True)
class Asked:
    """One of each kind of person, in the middle of the tenant, who asks what he may see."""

    cell: UUID
    commune: UUID
    province: UUID
    member: UUID
    secretary: UUID
    follower: UUID
    officer: UUID
    province_officer: UUID


def with_rolls(cells: int) -> int:
    """How many cells have their rolls too: six million lines for all would tell nothing more."""
    return max(1, cells // 25)


def build(cells: int) -> None:
    """Fill an empty tenant, as the owner of its tables."""
    from django.db import connection, transaction

    from chibo.access.scope import system_scope
    from chibo.ops.tenants import as_owner

    with system_scope():
        models = _one_of_each()
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for words, statement in _statements(models, cells):
            begun = time.perf_counter()
            cursor.execute(statement)
            print(f"  {words}: {cursor.rowcount} ({time.perf_counter() - begun:.1f} s)", file=sys.stderr, flush=True)
        cursor.execute("DROP TABLE commune, cell, member, gathering")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _one_of_each() -> dict[str, Any]:
    """The rows that are multiplied."""
    from chibo.access.models import MeetingDuty, Office
    from chibo.meetings.models import Minutes
    from chibo.resolutions.figures import record_figures
    from tests import make

    province = make.province("Tỉnh ủy lớn nhất")
    commune = make.commune(province)
    cell = make.cell(commune)
    person = make.member("Nguyễn Văn An", cell)
    make.office(make.person("Cao Thị Thu"), province, Office.PROVINCE_STAFF)
    meeting = make.signed(cell)
    make.duty(meeting, person, MeetingDuty.Duty.CHAIR)
    Minutes.objects.create(**meeting.keys, number=1)
    record_figures(meeting)
    return {"province": province, "commune": commune, "cell": cell, "person": person, "meeting": meeting}


def _statements(one: dict[str, Any], cells: int) -> Any:
    """What is made, in words, and the statement that makes it."""
    communes = -(-cells // CELLS_OF_A_COMMUNE)
    year = f"date_trunc('year', '{one['meeting'].starts_at:%Y-%m-%d}'::date)"
    yield (
        "các đảng ủy",
        f"""CREATE TEMP TABLE commune AS
            SELECT id, n, '{one["province"].path}' || replace(id::text, '-', '') || '/' AS path
            FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, {communes}) n) x""",
    )
    yield (
        "các chi bộ",
        f"""CREATE TEMP TABLE cell AS SELECT x.id, x.n, c.id AS parent, c.n AS commune,
             c.path || replace(x.id::text, '-', '') || '/' AS path
            FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, {cells}) n) x
            JOIN commune c ON c.n = (x.n - 1) / {CELLS_OF_A_COMMUNE} + 1""",
    )
    yield (
        "người",
        f"""CREATE TEMP TABLE member AS
            SELECT gen_random_uuid() AS id, c.id AS cell, c.n AS cell_n, k AS place, 0 AS commune
            FROM cell c, generate_series(1, {MEMBERS_OF_A_CELL}) k
            UNION ALL SELECT gen_random_uuid(), NULL, NULL, k, c.n FROM commune c,
             generate_series(1, {OFFICERS_OF_A_COMMUNE}) k""",
    )
    yield (
        "cuộc họp",
        f"""CREATE TEMP TABLE gathering AS SELECT gen_random_uuid() AS id, c.id AS cell, c.n AS cell_n,
             ({year} + (m - 1) * interval '1 month')::date AS period
            FROM cell c, generate_series(1, {MONTHS}) m""",
    )
    yield "mục lục", "CREATE INDEX ON member (cell_n, place); CREATE INDEX ON member (commune, place); ANALYZE member"
    organisation, meeting = one["cell"].pk, one["meeting"].pk
    yield (
        "tổ chức: đảng ủy",
        _times("orgs_organisation", one["commune"].pk, "commune s", id="s.id", path="s.path", code="'X' || s.n"),
    )
    yield (
        "tổ chức: chi bộ",
        _times(
            "orgs_organisation",
            organisation,
            "cell s",
            id="s.id",
            path="s.path",
            parent_id="s.parent",
            code="'C' || s.n",
        ),
    )
    yield (
        "cấp trên",
        f"""INSERT INTO orgs_organcestor (ancestor_id, descendant_id, validity)
            SELECT a, s.id, daterange('2010-01-01', NULL) FROM cell s,
             unnest(ARRAY[s.id, s.parent, '{one["province"].pk}'::uuid]) a""",
    )
    yield "đảng viên", _times("members_person", one["person"].pk, "member s", id="s.id", code="'M' || s.id")
    yield (
        "sinh hoạt ở chi bộ",
        _times(
            "members_membership",
            _first("members_membership", "cell_id", organisation),
            "member s WHERE s.cell IS NOT NULL",
            id="gen_random_uuid()",
            person_id="s.id",
            cell_id="s.cell",
        ),
    )
    yield (
        "chức vụ trong chi ủy",
        _offices(one, "member s WHERE s.place <= 3 AND s.cell IS NOT NULL", "s.cell", _IN_A_CELL),
    )
    yield "chức vụ ở đảng ủy", _offices(one, "member s JOIN commune c ON c.n = s.commune", "c.id", _IN_A_COMMUNE)
    followed = f"cell c JOIN member s ON s.commune = c.commune AND s.place = c.n % {OFFICERS_OF_A_COMMUNE} + 1"
    yield "cấp ủy viên phụ trách", _offices(one, followed, "c.id", "'follower'")
    yield (
        "các buổi họp",
        _times(
            "meetings_meeting",
            meeting,
            "gathering s",
            id="s.id",
            cell_id="s.cell",
            period="s.period",
            starts_at="s.period + interval '2 days 12 hours 30 minutes'",
            submitted_at="now()",
        ),
    )
    for words, table in (
        ("các phần", "meetings_part"),
        ("biên bản", "meetings_minutes"),
        ("số liệu", "resolutions_meetingfigures"),
    ):
        fields = {"period": "s.period", "held_on": "s.period + 2"} if table.endswith("figures") else {}
        first = _first(table, "meeting_id", meeting)
        yield (
            words,
            _times(table, first, "gathering s", id="gen_random_uuid()", meeting_id="s.id", cell_id="s.cell", **fields),
        )
    yield (
        "điểm danh, ở một phần các chi bộ",
        _times(
            "meetings_attendance",
            _first("meetings_attendance", "meeting_id", meeting),
            f"gathering s JOIN member m ON m.cell_n = s.cell_n WHERE s.cell_n <= {with_rolls(cells)}",
            id="gen_random_uuid()",
            meeting_id="s.id",
            cell_id="s.cell",
            person_id="m.id",
            state="'present'",
        ),
    )
    for place, duty in ((1, "chair"), (4, "clerk")):
        yield (
            f"nhiệm vụ: {duty}",
            f"""INSERT INTO access_meetingduty (id, meeting_id, cell_id, person_id, duty, until)
                SELECT gen_random_uuid(), s.id, s.cell, m.id, '{duty}', NULL FROM gathering s
                JOIN member m ON m.cell_n = s.cell_n AND m.place = {place}
                WHERE '{duty}' = 'chair' OR s.period >= current_date""",
        )


_IN_A_CELL = "CASE s.place WHEN 1 THEN 'secretary' WHEN 2 THEN 'deputy' ELSE 'committee_member' END"
_IN_A_COMMUNE = "CASE s.place WHEN 1 THEN 'upper_secretary' WHEN 2 THEN 'upper_staff' ELSE 'upper_member' END"


def _offices(one: dict[str, Any], source: str, organisation: str, office: str) -> str:
    template = _first("access_termofoffice", "organisation_id", one["province"].pk)
    return _times(
        "access_termofoffice",
        template,
        source,
        id="gen_random_uuid()",
        person_id="s.id",
        organisation_id=organisation,
        office=office,
    )


def _first(table: str, column: str, value: UUID) -> str:
    return f"(SELECT id FROM {table} WHERE {column} = '{value}' LIMIT 1)"


def _times(table: str, template: "UUID | str", source: str, **fields: str) -> str:
    """Insert a copy of a row for each row of a source, with some columns set."""
    where = template if isinstance(template, str) else f"'{template}'"
    pairs = ", ".join(f"'{name}', {value}" for name, value in fields.items())
    tables, _, condition = source.partition(" WHERE ")
    return (
        f"INSERT INTO {table} SELECT r.* FROM {tables}"
        f" CROSS JOIN (SELECT * FROM {table} WHERE id = {where}) t"
        f" CROSS JOIN LATERAL jsonb_populate_record(t::{table}, jsonb_build_object({pairs})) r"
        + (f" WHERE {condition}" if condition else "")
    )


def asked(cells: int) -> Asked:
    """Somebody of each kind, in a cell that has its rolls."""
    from chibo.access.models import Office, TermOfOffice
    from chibo.members.models import Membership
    from chibo.orgs.models import Kind, Organisation

    cell = Organisation.objects.get(code=f"C{(with_rolls(cells) + 1) // 2}")

    def holder(organisation: UUID, office: str) -> UUID:
        found: UUID = TermOfOffice.objects.filter(organisation=organisation, office=office).values_list(
            "person_id", flat=True
        )[0]
        return found

    province = Organisation.objects.get(kind=Kind.PROVINCE)
    secretary = holder(cell.pk, Office.SECRETARY)
    officers = TermOfOffice.objects.filter(organisation=cell, office__in=("secretary", "deputy", "committee_member"))
    member = Membership.objects.filter(cell=cell).exclude(person__in=officers.values("person_id")).first()
    assert member is not None and cell.parent_id is not None
    return Asked(
        cell=cell.pk,
        commune=cell.parent_id,
        province=province.pk,
        member=member.person_id,
        secretary=secretary,
        follower=holder(cell.pk, Office.FOLLOWER),
        officer=holder(cell.parent_id, Office.UPPER_STAFF),
        province_officer=holder(province.pk, Office.PROVINCE_STAFF),
    )
