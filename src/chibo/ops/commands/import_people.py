"""`bin/chibo import people|organisations|offices FILE`: lists from XLSX, from one cell to a whole province."""

import argparse
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chibo.ops import machine, tenants
from chibo.ops.terminal import CommandError, complain, say

if TYPE_CHECKING:
    from chibo.directory.spreadsheets.columns import Matching
    from chibo.directory.spreadsheets.importing import Import
    from chibo.directory.spreadsheets.problems import Problem
    from chibo.directory.spreadsheets.tables import Table

HELP = "nhập danh sách đảng viên, tổ chức, chức vụ từ tệp .xlsx"
WHAT = {"people": "đảng viên", "organisations": "tổ chức", "offices": "chức vụ"}
MOST_ERRORS, MOST_WARNINGS = 1000, 50
# What a large import leaves without figures for the planner of queries.
ANALYSED = (
    "orgs_organisation",
    "orgs_organcestor",
    "members_person",
    "members_membership",
    "members_contact",
    "access_termofoffice",
    "audit_event",
    "audit_chainhead",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what the file lists, the file, and how to go about it."""
    words = ", ".join(f"{name}: {word}" for name, word in WHAT.items())
    parser.add_argument("what", choices=list(WHAT), metavar="|".join(WHAT), help=f"tệp là danh sách gì ({words})")
    parser.add_argument("file", type=Path, metavar="TỆP", help="danh sách, .xlsx")
    parser.add_argument("--organisations", type=Path, metavar="TỆP", help="danh sách tổ chức, .xlsx; đọc trước")
    parser.add_argument("--since", type=day, metavar="NGÀY", help="sinh hoạt ở chi bộ từ ngày (mặc định: đầu năm nay)")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="TIÊU ĐỀ=CỘT",
        help='cột có tiêu đề lạ là gì, ví dụ --column "Số máy=phone"; để trống sau dấu = thì bỏ qua cột',
    )
    parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
    parser.add_argument("--good-rows", action="store_true", help="nhập các hàng đúng dù có hàng sai")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")


def day(text: str) -> date:
    """A day as people write it."""
    from chibo.lib.dates import UnreadableDate, parse_vietnamese_date

    try:
        return parse_vietnamese_date(text)
    except UnreadableDate as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(options: argparse.Namespace) -> int:
    """Read, look, and write unless a row is wrong; the exit code is 1 when one is.

    Raises CommandError: a file cannot be opened.
    """
    with machine.application(), nothing_thrown_away():
        found = look(options)
        written = 0
        if may_write(found, options):
            written = write(found, options)
            analyse()
    report(found, options, written)
    return 1 if found.problems.errors else 0


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """All rows are needed to the end: to look for garbage among so many costs a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def may_write(found: "Import", options: argparse.Namespace) -> bool:
    """Whether there is something to write, and nothing against it."""
    barred = found.problems.errors and not options.good_rows
    return bool(found.writes and not barred and not options.dry_run)


def look(options: argparse.Namespace) -> "Import":
    """What the files hold and what they would change; nothing is written."""
    from chibo.access.scope import system_scope
    from chibo.directory.spreadsheets.importing import plan_import
    from chibo.directory.spreadsheets.problems import Problems

    problems = Problems()
    tables: list[Table] = []
    several = options.organisations is not None
    if several:
        tables += read(options.organisations, problems, "organisations", options, several=True)
    tables += read(options.file, problems, options.what, options, several=several)
    with system_scope() as system:
        return plan_import(tables, problems, by=system, root=None, since=since_of(options))


def read(path: Path, problems: Any, what: str, options: argparse.Namespace, *, several: bool) -> "list[Table]":
    """The tables of one file; raises CommandError when it cannot be opened."""
    from chibo.directory.spreadsheets.importing import read_file
    from chibo.directory.spreadsheets.problems import Unreadable
    from chibo.directory.spreadsheets.workbook import AT_THE_TERMINAL

    # A file of members may hold its cells and offices in sheets of their own.
    only = "" if what == "people" else what
    try:
        with path.open("rb") as file:
            tables = read_file(file, AT_THE_TERMINAL, problems, matching(options, what), only=only)
    except OSError as error:
        raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error
    except Unreadable as error:
        raise CommandError(f"{path}: {error}") from error
    for table in tables:
        if table.lacks_names:
            unknown = "; ".join(table.unknown)
            raise CommandError(
                f'{path}: chưa rõ cột nào là họ tên. Thêm --column "TIÊU ĐỀ=full_name". Cột chưa hiểu: {unknown}.'
            )
    if several:
        for table in tables:
            table.sheet = f"{path.name}/{table.sheet}" if table.sheet else path.name
    return tables


def matching(options: argparse.Namespace, what: str) -> "Matching":
    """What the command line says that headings mean; raises CommandError when a column has no such name."""
    from chibo.directory.spreadsheets.columns import LABELS, Matching, words_of

    found: dict[str, str] = {}
    for given in options.column if what == options.what else []:
        heading, _, key = given.rpartition("=")
        if not heading or (key and key not in LABELS[what]):
            known = ", ".join(f"{name} ({label})" for name, label in LABELS[what].items())
            raise CommandError(f"--column {given}: ghi TIÊU ĐỀ=CỘT, cột là một trong: {known}.")
        found[words_of("", heading)] = key
    return Matching({what: found})


def since_of(options: argparse.Namespace) -> date:
    """From when people belong to their cell where no row says it."""
    from chibo.lib.dates import today

    given: date | None = options.since
    return given or today().replace(month=1, day=1)


def write(found: "Import", options: argparse.Namespace) -> int:
    """Write in parts, each a transaction: the same command goes on where it was broken off."""
    from chibo.access.scope import system_scope
    from chibo.directory.spreadsheets.offices import write_offices
    from chibo.directory.spreadsheets.write import chunks, write_organisations, write_people

    done = len(found.organisations.entries)
    with system_scope() as system:
        write_organisations(by=system, entries=found.organisations.entries, since=since_of(options))
    with progress(found.writes, quiet=options.json) as tell:
        tell(done)
        for part in chunks(found.people.entries):
            with system_scope() as system:
                refused = write_people(by=system, entries=part)
            found.problems.errors.extend(refused)
            done += len(part)
            tell(done)
        with system_scope() as system:
            found.problems.errors.extend(write_offices(by=system, entries=found.offices.entries))
        done += len(found.offices.entries)
        tell(done)
    return done - len(found.problems.errors)


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Any]:
    """How far the writing is, on one line of a terminal; in a pipe nothing until the end."""
    shows = sys.stderr.isatty() and not quiet

    def tell(done: int) -> None:
        if shows:
            percent = 100 * done // total if total else 100
            print(f"\r  Đang ghi: {done}/{total} ({percent} %)", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if shows:
            print(file=sys.stderr)


def analyse() -> None:
    """Let the database count anew; only the owner of the tables may."""
    from django.db import connection

    from chibo.ops.connection import ConfigurationError

    try:
        with tenants.as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(ANALYSED)}")
    except ConfigurationError:
        complain("Chưa có DATABASE_OWNER_URL, nên chưa chạy ANALYZE. PostgreSQL tự làm sau ít phút.")


def report(found: "Import", options: argparse.Namespace, written: int) -> None:
    """Say what was read, what is wrong and what was done."""
    if options.json:
        say(json.dumps(as_json(found, options, written), ensure_ascii=False, indent=2))
        return
    plans: tuple[tuple[str, Any], ...] = (
        ("Tổ chức", found.organisations), ("Đảng viên", found.people), ("Chức vụ", found.offices),
    )  # fmt: skip
    for name, plan in plans:
        if plan.read:
            say(
                f"{name}: đọc {plan.read} hàng; thêm {len(plan.added)}, đổi {len(plan.changed)}, "
                f"đã có {plan.same} hàng không đổi."
            )
    never = [heading for table in found.tables for heading in table.never]
    if never:
        say(f"Không nhập, vì Chibo không giữ: {', '.join(never)}.")
    listed("Sai", found.problems.errors, MOST_ERRORS)
    listed("Nên xem", found.problems.warnings, MOST_WARNINGS)
    say(conclusion(found, options, written))


def listed(title: str, problems: "list[Problem]", most: int) -> None:
    """Problems, each with its place; of very many the first."""
    for one in problems[:most]:
        say(f"  {title}: {one.address}: {one.reason}")
    if len(problems) > most:
        say(f"  … và {len(problems) - most} chỗ nữa; xem đủ bằng --json.")


def conclusion(found: "Import", options: argparse.Namespace, written: int) -> str:
    """What was done, in one sentence."""
    errors = len(found.problems.errors)
    if options.dry_run:
        return f"Xem trước, chưa ghi gì. {errors} chỗ sai." if errors else "Xem trước, chưa ghi gì."
    if errors and not written:
        return f"Có {errors} chỗ sai, chưa ghi gì. Sửa tệp rồi chạy lại, hoặc thêm --good-rows để nhập các hàng đúng."
    return f"Đã ghi {written} hàng." if written else "Không có gì mới để ghi."


def as_json(found: "Import", options: argparse.Namespace, written: int) -> dict[str, Any]:
    """The same for programs; keys are stable."""
    return {
        "dry_run": options.dry_run,
        "rows_written": written,
        "organisations": counts(found.organisations),
        "people": counts(found.people),
        "offices": counts(found.offices),
        "ignored_columns": [heading for table in found.tables for heading in table.never],
        "unknown_columns": [heading for table in found.tables for heading in table.unknown],
        "errors": [place(one) for one in found.problems.errors],
        "warnings": [place(one) for one in found.problems.warnings],
    }


def counts(plan: Any) -> dict[str, int]:
    """Rows read, and what they would do."""
    return {
        "rows_read": plan.read,
        "would_add": len(plan.added),
        "would_change": len(plan.changed),
        "unchanged": plan.same,
    }


def place(one: "Problem") -> dict[str, Any]:
    """A problem with its place."""
    return {"sheet": one.sheet, "row": one.row, "column": one.column, "code": one.code, "reason": one.reason}
