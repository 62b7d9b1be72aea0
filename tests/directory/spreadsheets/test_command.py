"""`bin/chibo import people`: what it reports, what it writes, and that it can be run again."""

import argparse
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chibo.access.models import TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import Standing
from chibo.audit import chains
from chibo.audit.bulk import Draft, record_many
from chibo.audit.events import record
from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.cli import parser
from chibo.directory.spreadsheets.importing import Import, plan_import, read_file
from chibo.directory.spreadsheets.problems import Problems
from chibo.directory.spreadsheets.workbook import AT_THE_TERMINAL
from chibo.directory.spreadsheets.write import write_people
from chibo.lib.dates import today
from chibo.members.models import Membership, Person
from chibo.ops.commands import import_people
from chibo.ops.terminal import CommandError
from chibo.orgs.models import Kind, Organisation
from tests import make
from tests.directory.spreadsheets.sheets import xlsx

BODIES = [
    ("Mã", "Tên tổ chức", "Loại tổ chức", "Cấp trên", "Loại hình"),
    ("68.01.002", "Chi bộ thôn Hai", "", "68.01", "thôn"),
    ("68.01.001", "Chi bộ thôn Một", "", "68.01", "thôn"),
    ("68.01", "Đảng ủy xã Hàm Thạnh", "", "68", ""),
    ("68", "Tỉnh ủy Lâm Đồng", "", "", ""),
]
PEOPLE = [
    ("Mã chi bộ", "Họ và tên", "Mã đảng viên", "Năm sinh", "Diện", "Chức vụ", "Điện thoại"),
    ("68.01.001", "Nguyễn Thị Lan", "1", 1975, "CT", "Bí thư", "0912345678"),
    ("68.01.002", "Trần Văn Hùng", "2", 1968, "CT", "", ""),
    ("68.01.002", "Võ Thị Mai", "3", 2001, "DB", "", ""),
]


def options(tmp_path: Path, people: Any = PEOPLE, *words: str, bodies: Any = BODIES) -> argparse.Namespace:
    """The command line for two files."""
    files = tmp_path / "dang-vien.xlsx", tmp_path / "to-chuc.xlsx"
    files[0].write_bytes(xlsx(people))
    files[1].write_bytes(xlsx(bodies))
    return parser().parse_args(["import", "people", str(files[0]), "--organisations", str(files[1]), *words])


def run(given: argparse.Namespace) -> Import:
    """As the command does, inside the transaction of the test."""
    found = import_people.look(given)
    if import_people.may_write(found, given):
        import_people.write(found, given)
    return found


@pytest.mark.django_db
def test_it_works(tmp_path: Path) -> None:
    found = run(options(tmp_path))
    assert not found.problems.errors
    commune = Organisation.objects.get(code="68.01")
    assert (commune.kind, commune.parent.code if commune.parent else "") == (Kind.COMMITTEE, "68")
    assert sorted(commune.children.values_list("code", flat=True)) == ["68.01.001", "68.01.002"]
    assert Membership.objects.filter(cell__code="68.01.002").count() == 2
    assert Person.objects.get(code="1").contact.phone == "0912345678"
    assert list(breaks()) == []


@pytest.mark.django_db
def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    run(options(tmp_path))
    events = Event.objects.count()
    found = run(options(tmp_path))
    assert (found.writes, found.people.same, found.organisations.same) == (0, 3, 4)
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_a_run_that_was_broken_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    found = import_people.look(options(tmp_path))
    import_people.write(Import([], Problems(), organisations=found.organisations), options(tmp_path))
    write_people(by=Standing.for_system(), entries=found.people.entries[:1])
    again = run(options(tmp_path))
    assert (len(again.people.added), again.people.same) == (2, 1)
    assert Person.objects.count() == 3


@pytest.mark.django_db
def test_one_wrong_row_stops_all_unless_the_good_rows_are_wanted(tmp_path: Path) -> None:
    wrong = ("68.01.001", "Lê Văn Tám", "4", "12/3/58", "CT", "", "")
    found = run(options(tmp_path, [*PEOPLE, wrong]))
    assert [(one.address, one.code) for one in found.problems.errors] == [("dang-vien.xlsx!D5", "year_of_two_digits")]
    assert not Person.objects.exists() and not Organisation.objects.exists()
    run(options(tmp_path, [*PEOPLE, wrong], "--dry-run", "--good-rows"))
    assert not Person.objects.exists()
    run(options(tmp_path, [*PEOPLE, wrong], "--good-rows"))
    assert Person.objects.count() == 3


@pytest.mark.django_db
def test_json_names_row_column_code_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = options(tmp_path, [*PEOPLE, ("68.99", "Lê Văn Tám", "3", 1958, "CT", "", "")], "--dry-run", "--json")
    import_people.report(import_people.look(given), given, 0)
    answer = json.loads(capsys.readouterr().out)
    assert answer["people"] == {"rows_read": 4, "would_add": 3, "would_change": 0, "unchanged": 0}
    assert answer["organisations"]["would_add"] == 4
    assert answer["errors"] == [
        {
            "sheet": "dang-vien.xlsx",
            "row": 5,
            "column": "A",
            "code": "cell_unknown",
            "reason": "Không có chi bộ mã 68.99. Xem lại, hoặc lập chi bộ trước.",
        }
    ]


@pytest.mark.django_db
def test_two_cells_of_one_name_need_the_code() -> None:
    province = make.province()
    for name in ("Đảng ủy xã Một", "Đảng ủy xã Hai"):
        make.cell(make.commune(province, name), "Chi bộ thôn 1")
    rows = [("Tên chi bộ", "Họ và tên", "Diện"), ("Chi bộ thôn 1", "Nguyễn Thị Lan", "CT")]
    problems = Problems()
    with system_scope() as system:
        tables = read_file(BytesIO(xlsx(rows)), AT_THE_TERMINAL, problems)
        plan_import(tables, problems, by=system, root=None, since=today())
    assert [one.code for one in problems.errors] == ["cell_ambiguous"]


@pytest.mark.django_db
def test_many_events_make_the_same_chains_as_single_ones() -> None:
    cell = make.cell(make.commune(make.province()))
    record("one", chain=cell.pk, by=None)
    record_many([Draft("two", cell.pk, details={"day": today()}), Draft("three", cell.pk)], by=None)
    record("four", chain=cell.pk, by=None)
    rows = Event.objects.filter(chain=cell.pk).order_by("seq")
    assert [(event.seq, event.kind) for event in rows] == [(1, "one"), (2, "two"), (3, "three"), (4, "four")]
    assert list(breaks()) == []
    two = rows[1]
    assert two.payload is not None and chains.digest_of(bytes(two.salt or b""), two.payload) == bytes(two.digest)


@pytest.mark.django_db
def test_bodies_and_offices_have_commands_of_their_own(tmp_path: Path) -> None:
    bodies, offices = tmp_path / "to-chuc.xlsx", tmp_path / "chuc-vu.xlsx"
    bodies.write_bytes(xlsx(BODIES))
    offices.write_bytes(
        xlsx(
            [
                ("Mã tổ chức", "Họ và tên", "Chức vụ"),
                ("68.01", "Nguyễn Thị Lan", "Phó Bí thư Đảng ủy"),
                ("68", "Trần Văn Hùng", "Cán bộ"),
            ]
        )
    )
    found = run(parser().parse_args(["import", "organisations", str(bodies)]))
    assert len(found.organisations.added) == 4
    run(options(tmp_path))
    found = run(parser().parse_args(["import", "offices", str(offices)]))
    assert [one.code for one in found.problems.warnings] == ["office_as_member"]
    held = TermOfOffice.objects.exclude(office="secretary").values_list("office", "organisation__code")
    assert set(held) == {("upper_member", "68.01"), ("province_staff", "68")}
    assert run(parser().parse_args(["import", "offices", str(offices)])).offices.same == 2


@pytest.mark.django_db
def test_a_strange_heading_is_matched_on_the_command_line(tmp_path: Path) -> None:
    people = [("Mã chi bộ", "Thành viên", "Diện", "Số máy"), ("68.01.001", "Nguyễn Thị Lan", "CT", "0912345678")]
    with pytest.raises(CommandError, match="chưa rõ cột nào là họ tên"):
        run(options(tmp_path, people))
    run(options(tmp_path, people, "--column", "Thành viên=full_name", "--column", "Số máy=phone"))
    assert Person.objects.get().contact.phone == "0912345678"
    with pytest.raises(CommandError, match="full_name"):
        run(options(tmp_path, people, "--column", "Số máy=cccd"))


@pytest.mark.django_db
def test_what_chibo_does_not_hold_is_named_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [(*PEOPLE[0], "Số CCCD", "Dân tộc"), (*PEOPLE[1], "068175001234", "Kinh")]
    given = options(tmp_path, people)
    found = run(given)
    import_people.report(found, given, 1)
    said = capsys.readouterr().out
    assert "Không nhập, vì Chibo không giữ: Số CCCD (H), Dân tộc (I)" in said
    assert "068175001234" not in said and "068175001234" not in str([table.lines for table in found.tables])
