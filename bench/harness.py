"""Run benchmarks, each beside its floor in the same run: on a shared machine only the ratio means something.

A case is a module of this package with CASE (its name) and run() -> Iterator[Row]. The budgets are those of
design.md, section 6.
"""

import argparse
import contextlib
import dataclasses
import importlib
import json
import math
import os
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Literal

import bench
from chibo.ops import machine, tenants
from chibo.ops.commands import prepare
from chibo.ops.connection import PROJECT, tenant_name
from chibo.ops.terminal import table

DATA = PROJECT / "var" / "bench"


@dataclasses.dataclass(frozen=True)
class Row:
    """One measured figure. `ratio` is value over floor; `budget` is in words; `ok` compares the two."""

    case: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    budget: str
    ok: bool


def beside(case: str, *, value: float, floor: float, unit: str, budget: float, better: Literal["more", "less"]) -> Row:
    """A row whose budget is a ratio to its floor: at least `budget` when more is better, else at most."""
    ratio = value / floor
    ok = ratio >= budget if better == "more" else ratio <= budget
    return Row(case, round(value, 3), unit, round(floor, 3), round(ratio, 3), f"{sign(better)} {budget:g} × sàn", ok)


def absolute(case: str, *, value: float, unit: str, budget: float) -> Row:
    """A row without a floor (bytes, memory): at most `budget`."""
    return Row(case, round(value, 3), unit, None, None, f"≤ {budget:g} {unit}", value <= budget)


def sign(better: Literal["more", "less"]) -> str:
    """The sign of a budget."""
    return "≥" if better == "more" else "≤"


def seconds_of(*functions: Callable[[], object], rounds: int = 7, each: int = 20) -> list[float]:
    """Seconds of one call of each function: median of rounds in which they take turns, so that noise hits all."""
    for function in functions:
        function()
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for index, function in enumerate(functions):
            begun = time.perf_counter()
            for _ in range(each):
                function()
            times[index].append((time.perf_counter() - begun) / each)
    return [statistics.median(one) for one in times]


def percentile(values: list[float], percent: float) -> float:
    """The smallest value that at least `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(len(ordered) * percent / 100) - 1))]


@contextlib.contextmanager
def site() -> Iterator[None]:
    """The database of the benchmarks, and Django set up as the application role, for a case that needs them."""
    with machine.database():
        tenants.create_tenant(tenant_name())
        if not prepare.is_prepared(demo=False):
            prepare.prepare(lambda step: print(f"  {step}", file=sys.stderr, flush=True), demo=False)
        else:
            machine.set_up_django()
        try:
            yield
        finally:  # the database may end with this case, and the next one must not meet a dead connection
            from django.db import connections

            connections.close_all()


def modules() -> dict[str, ModuleType]:
    """Every case by its name."""
    found = [importlib.import_module(f"bench.{info.name}") for info in pkgutil.iter_modules(bench.__path__)]
    return {module.CASE: module for module in found if hasattr(module, "CASE")}


def drawn(rows: list[Row]) -> str:
    """The rows for a person."""
    return table(
        ["Phép đo", "Giá trị", "Sàn", "Tỷ lệ", "Ngưỡng", ""],
        [
            [
                row.case,
                f"{row.value:g} {row.unit}",
                "–" if row.floor is None else f"{row.floor:g} {row.unit}",
                "–" if row.ratio is None else f"{row.ratio:.2f}",
                row.budget,
                "đạt" if row.ok else "KHÔNG ĐẠT",
            ]
            for row in rows
        ],
    )


def main() -> int:
    """Run the cases asked for, all by default; the exit code is 1 when one misses its budget."""
    known = modules()
    parser = argparse.ArgumentParser(prog="bin/bench", description="Đo từng việc bên cạnh sàn của nó.")
    parser.add_argument("cases", nargs="*", metavar="VIỆC", help=", ".join(sorted(known)))
    parser.add_argument("--cells", type=int, help="số chi bộ của phép đo access (25000 nếu không ghi)")
    parser.add_argument("--json", action="store_true", help="mỗi dòng một kết quả JSON")
    options = parser.parse_args()
    if unknown := sorted(set(options.cases) - set(known)):
        parser.error(f"không có phép đo “{unknown[0]}”; có: {', '.join(sorted(known))}")
    if options.cells:
        os.environ["CHIBO_BENCH_CELLS"] = str(options.cells)
    Path(DATA).mkdir(parents=True, exist_ok=True)
    machine.choose(data=str(DATA))
    rows: list[Row] = []
    for name in options.cases or sorted(known):
        for row in known[name].run():
            rows.append(row)
            if options.json:
                print(json.dumps(dataclasses.asdict(row), ensure_ascii=False), flush=True)
    if not options.json:
        print(drawn(rows))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
