"""What may I see, in the largest tenant: lists of meetings and figures for five kinds of person, with plan and time.

Each list is read under its person's own scope, beside the same rows by a list of their keys in the system's scope.
Nothing is asserted by time; a plan that reads a big table without an index is a failure. `--cells N` builds a smaller
tenant; each size keeps its data beside var/bench.
"""

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bench.harness import DATA, Row, site
from bench.largest_tenant import Asked, asked, build
from chibo.ops import machine
from chibo.ops.connection import PROJECT

CASE = "access"
ROUNDS = 15
AIM_MS = 20
# Reading one of these from end to end is what an index is for.
BIG = {
    "meetings_meeting", "meetings_part", "meetings_minutes", "resolutions_meetingfigures", "members_person",
    "members_membership", "access_termofoffice", "access_meetingduty", "meetings_attendance",
}  # fmt: skip


def run() -> Iterator[Row]:
    """In a process and a data directory of its own: this tenant is not the other cases'."""
    cells = os.environ.get("CHIBO_BENCH_CELLS", "25000")
    environment = {**os.environ, "CHIBO_DATA": str(DATA.parent / f"bench-access-{cells}"), "CHIBO_BENCH_CELLS": cells}
    environment["PYTHONPATH"] = f"{PROJECT / 'src'}:{PROJECT}"
    command = [sys.executable, "-m", "bench.access"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Row(**json.loads(line))
    if process.returncode:
        raise RuntimeError("the measurement broke off")


def measure() -> None:
    """Build the tenant unless it stands, then print a row a line."""
    machine.choose(data=os.environ["CHIBO_DATA"])
    cells = int(os.environ["CHIBO_BENCH_CELLS"])
    with site():
        from chibo.access.scope import system_scope
        from chibo.orgs.models import Organisation

        with system_scope():
            standing_already = Organisation.objects.cells().count() > cells
        if not standing_already:
            begun = time.perf_counter()
            build(cells)
            print(f"  dựng xong sau {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
        with system_scope():
            who = asked(cells)
        print(json.dumps(dataclasses.asdict(_standing(who))), flush=True)
        for name, row in _lists(who):
            print(json.dumps(dataclasses.asdict(row(name))), flush=True)


def _standing(who: Asked) -> Row:
    """The standing itself, of the secretary; its floor is one empty round trip."""
    from django.db import connection, transaction

    from chibo.access.standing import standing_of

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with transaction.atomic():
        value, floor = _taking_turns(lambda: standing_of(who.secretary), empty)
    return _row("tư cách của bí thư", value, floor, True)


def _lists(who: Asked) -> Iterator[tuple[str, Callable[[str], Row]]]:
    """Each list by its name, and what measures it."""
    from chibo.access.standing import Standing
    from chibo.lib.dates import month_start, today
    from chibo.meetings.models import Meeting, Minutes
    from chibo.resolutions.models import MeetingFigures

    month, year = month_start(today()), today().year

    def of_the_year(standing: Standing) -> Any:
        months = [date(year, number, 1) for number in range(1, 13)]
        meetings = Meeting.objects.visible_to(standing).filter(cell=who.cell, period__in=months)
        return meetings.order_by("-starts_at", "-id")

    def all_of_mine(standing: Standing) -> Any:
        return Meeting.objects.visible_to(standing).order_by("-starts_at", "-id")[:50]

    def of_the_month(standing: Standing) -> Any:
        return Meeting.objects.visible_to(standing).filter(period=month).order_by("starts_at", "id")

    def minutes(standing: Standing) -> Any:
        return Minutes.objects.visible_to(standing).filter(cell=who.cell)

    def figures(standing: Standing) -> Any:
        return MeetingFigures.objects.visible_to(standing).filter(period=month, cell__parent=who.commune)

    people = {
        "đảng viên": (who.member, [of_the_year, all_of_mine, minutes]),
        "bí thư": (who.secretary, [of_the_year, all_of_mine, minutes]),
        "cấp ủy viên phụ trách": (who.follower, [of_the_year, all_of_mine, minutes]),
        "cán bộ xã": (who.officer, [of_the_month, all_of_mine, figures]),
        "cán bộ tỉnh": (who.province_officer, [figures]),
    }
    words = {
        of_the_year: "cuộc họp cả năm của chi bộ",
        all_of_mine: "50 cuộc họp mới nhất",
        of_the_month: "cuộc họp tháng này",
        minutes: "biên bản của chi bộ",
        figures: "số liệu tháng của một xã",
    }
    for name, (person, queries) in people.items():
        for query in queries:
            yield f"{name}: {words[query]}", lambda title, p=person, q=query: _one(title, p, q)  # type: ignore[misc]
    yield "cán bộ tỉnh: trang đầu, cả tỉnh", lambda title: _province(title, who, month)


def _one(title: str, person: Any, query: Callable[[Any], Any]) -> Row:
    """One list under a person's scope beside the same rows by key."""
    from chibo.access.scope import scope, system_scope
    from chibo.access.standing import standing_of

    with system_scope():
        standing = standing_of(person)
    with scope(standing):
        keys = list(query(standing).values_list("pk", flat=True))
        model = query(standing).model
        plan = _explained(query(standing))

    def real() -> None:
        list(query(standing).values_list())

    def by_key() -> None:
        list(model._default_manager.filter(pk__in=keys).values_list())

    with scope(standing):
        value = _median(real)
    with system_scope():
        floor = _median(by_key)
    unindexed = _read_whole(plan)
    print(f"\n── {title}: {len(keys)} dòng\n{_drawn(plan)}", file=sys.stderr, flush=True)
    return _row(f"{title} ({len(keys)} dòng)", value, floor, not unindexed)


def _province(title: str, who: Asked, month: date) -> Row:
    """The first page of the province: one figure a commune, over all cells; its floor, the same sum without guards."""
    from chibo.access.scope import scope, system_scope
    from chibo.access.standing import standing_of
    from chibo.orgs.models import Organisation
    from chibo.resolutions.figures import held_by_commune

    with system_scope():
        standing, province = standing_of(who.province_officer), Organisation.objects.get(pk=who.province)
        floor = _median(lambda: held_by_commune(province, month))
    with scope(standing):
        value = _median(lambda: held_by_commune(province, month))
    return _row(title, value, floor, True)


def _row(name: str, value: float, floor: float, indexed: bool) -> Row:
    """A row whose only budget is that an index is used; the aim by time is said, not held."""
    words = f"dùng chỉ mục; mong ≤ {AIM_MS} ms"
    return Row(f"{CASE}: {name}", round(value, 2), "ms", round(floor, 2), round(value / floor, 2), words, indexed)


def _median(function: Callable[[], object]) -> float:
    """Milliseconds of a call, once its connection has prepared the query (its sixth use)."""
    times = []
    for _ in range(ROUNDS + 6):
        begun = time.perf_counter()
        function()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[6:])


def _taking_turns(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    return _median(one), _median(other)


def _explained(query: Any) -> dict[str, Any]:
    """The plan with what it really took."""
    found = json.loads(query.explain(format="json", analyze=True, buffers=True))
    plan: dict[str, Any] = found[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any], depth: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    yield depth, plan
    for part in plan.get("Plans", []):
        yield from _nodes(part, depth + 1)


def _read_whole(plan: dict[str, Any]) -> set[str]:
    """Big tables that were really read from end to end."""
    scans = [node for _, node in _nodes(plan) if node["Node Type"] == "Seq Scan" and node["Actual Loops"]]
    return {node["Relation Name"] for node in scans} & BIG


def _drawn(plan: dict[str, Any]) -> str:
    """The plan as indented lines: node, table, index, time and rows."""
    lines = []
    for depth, node in _nodes(plan):
        if not node["Actual Loops"]:
            continue  # a policy's branch that nobody of this standing needed
        where = " ".join(node[key] for key in ("Relation Name", "Index Name") if key in node)
        took = node["Actual Total Time"] * node["Actual Loops"]
        lines.append(f"{'  ' * depth}{node['Node Type']} {where} {took:.2f} ms, {node['Actual Rows']} dòng")
    return "\n".join(lines)


if __name__ == "__main__":
    measure()
