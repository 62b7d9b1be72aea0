"""Import of members and organisations from XLSX, beside reading the same files and COPY of the same rows.

A tenth of a province by default (13,000 people, 600 organisations); CHIBO_BENCH_FULL=1 takes all of it
(130,000 and 6,000). The rows are written twice: by `bin/chibo import people` into an empty tenant, then, as the floor,
by COPY as the owner of the same tables, with the same indexes and foreign keys.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.harness import Row, absolute, beside
from chibo.ops.connection import PROJECT

CASE = "import"
BUDGET = 5
BUDGET_MB = 500
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
MIDDLES = ["Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quang", "Xuân", "Hồng", "Thu", "Bá", "Công", "Kim"]
GIVENS = [
    "Lan",
    "Hùng",
    "Tâm",
    "Bình",
    "Mai",
    "Tư",
    "Sơn",
    "Khánh",
    "Dũng",
    "Hòa",
    "Thu",
    "Phúc",
    "Nga",
    "Vinh",
    "Quyên",
    "Lợi",
    "Yến",
    "Bảy",
    "Hà",
    "Đạt",
    "Thủy",
    "Nghĩa",
]
TABLES = (
    "orgs_organisation",
    "orgs_organisationname",
    "orgs_organisationcode",
    "orgs_organcestor",
    "members_person",
    "members_membership",
    "members_contact",
    "members_exemption",
    "access_termofoffice",
    "audit_chainhead",
    "audit_event",
)


def sizes() -> tuple[int, int]:
    """How many people and organisations."""
    return (130_000, 6_000) if os.environ.get("CHIBO_BENCH_FULL") else (13_000, 600)


def run() -> Iterator[Row]:
    """Import once in a process of its own, for its memory; then the floor."""
    people, organisations = sizes()
    with tempfile.TemporaryDirectory(prefix="chibo-import-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        files = [folder / "to-chuc.xlsx", folder / "dang-vien.xlsx"]
        write_organisations(files[0], organisations)
        write_people(files[1], people, organisations)
        seconds, megabytes, floor = measure(folder, files, people)
    yield beside(
        f"{CASE} ({people} + {organisations})", value=seconds, floor=floor, unit="s", budget=BUDGET, better="less"
    )
    yield absolute(f"{CASE}-memory", value=megabytes, unit="MB", budget=BUDGET_MB)


def measure(folder: Path, files: list[Path], people: int) -> tuple[float, float, float]:
    """Seconds and memory of the import, seconds of the floor; one server for both."""
    from chibo.ops.connection import database_settings
    from chibo.ops.postgres import Cluster

    data = folder / "data"
    before = os.environ.get("CHIBO_DATA")
    os.environ["CHIBO_DATA"] = str(data)
    try:
        command(data, "tenant", "create", "chibo")
        with Cluster(data).use():
            begun = time.perf_counter()
            command(data, "import", "people", str(files[1]), "--organisations", str(files[0]))
            seconds = time.perf_counter() - begun
            megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            keys = database_settings("owner")
            names = {"NAME": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
            with psycopg.connect(**{names[key]: keys[key] for key in names}) as owner:
                floor = reading(files) + copying(owner, people)
    finally:
        os.environ.pop("CHIBO_DATA") if before is None else os.environ.update(CHIBO_DATA=before)
    return seconds, megabytes, floor


def command(data: Path, *words: str) -> None:
    """bin/chibo in a process of its own."""
    environment = {**os.environ, "CHIBO_DATA": str(data), "PYTHONPATH": str(PROJECT / "src")}
    subprocess.run([sys.executable, "-m", "chibo.cli", *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def reading(files: list[Path]) -> float:
    """Seconds to read every cell and do nothing with it."""
    begun = time.perf_counter()
    for path in files:
        book = CalamineWorkbook.from_path(str(path))
        for sheet in book.sheet_names:
            for _ in book.get_sheet_by_name(sheet).iter_rows():
                pass
    return time.perf_counter() - begun


def copying(owner: "psycopg.Connection[Any]", people: int) -> float:
    """Seconds to put the very rows that the import wrote back into the emptied tables, by COPY, with their commit."""
    kept: dict[str, list[bytes]] = {}
    for table in TABLES:
        with owner.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:  # type: ignore[call-overload]
            kept[table] = [bytes(piece) for piece in rows]
    count = owner.execute("SELECT count(*) FROM members_person").fetchone()
    assert count is not None and count[0] == people, count
    owner.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")  # type: ignore[arg-type]
    owner.commit()
    begun = time.perf_counter()
    for table in TABLES:
        with owner.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)") as sink:  # type: ignore[call-overload]
            for piece in kept[table]:
                sink.write(piece)
    owner.commit()
    return time.perf_counter() - begun


def write_organisations(path: Path, number: int) -> None:
    """A province with a commune to every forty organisations, the rest cells."""
    sheet = new_sheet(path)
    sheet.row("Mã", "Tên tổ chức đảng", "Cấp trên", "Loại hình", "Ngày họp", "Giờ họp", "Nơi họp", "Địa danh")
    sheet.row("68", "Tỉnh ủy Thử Nghiệm", "", "", "", "", "", "")
    communes = [f"68.{one:03}" for one in range(1, number // 40 + 1)]
    for code in communes:
        sheet.row(code, f"Đảng ủy xã {code}", "68", "", "", "", "", f"Xã {code}")
    for one in range(number - len(communes) - 1):
        commune = communes[one % len(communes)]
        code = f"{commune}.{one:04}"
        sheet.row(code, f"Chi bộ thôn {code}", commune, "thôn", one % 28 + 1, "19:30", "Nhà văn hóa", f"Xã {commune}")
    sheet.close()


def write_people(path: Path, number: int, organisations: int) -> None:
    """Members with all that a list usually holds, some of which is not taken."""
    chance = random.Random(2014)
    communes = organisations // 40
    cells = [f"68.{one % communes + 1:03}.{one:04}" for one in range(organisations - communes - 1)]
    sheet = new_sheet(path)
    sheet.row(
        "STT", "Họ và tên", "Mã đảng viên", "Mã chi bộ", "Ngày sinh", "Giới tính", "Chính thức/dự bị", "Ngày vào Đảng",
        "Điện thoại", "Chức vụ", "Miễn sinh hoạt", "Dân tộc",
    )  # fmt: skip
    for one in range(number):
        cell, place = cells[one % len(cells)], one // len(cells)
        kind = "dự bị" if place == 9 else "chính thức"
        name = (
            f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVENS)} {GIVENS[place % len(GIVENS)]}"
        )
        office = ("Bí thư", "Phó bí thư", "Chi ủy viên")[place] if place < 3 else ""
        sheet.row(
            one + 1, name, f"68.{one:06}", cell, f"{chance.randint(1, 28):02}/03/{chance.randint(1940, 2003)}",
            chance.choice(("Nam", "Nữ")), kind, f"03/02/{chance.randint(2004, 2024)}",
            f"09{chance.randint(10**7, 10**8 - 1)}", office, "x" if place == 11 else "", "Kinh",
        )  # fmt: skip
    sheet.close()


class new_sheet:  # noqa: N801 (reads as a function that makes one)
    """A sheet that is written row by row."""

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self.sheet, self.number = self.book.add_worksheet(), 0

    def row(self, *cells: str | int) -> None:
        self.sheet.write_row(self.number, 0, cells)
        self.number += 1

    def close(self) -> None:
        self.book.close()
