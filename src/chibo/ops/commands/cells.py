"""`bin/chibo cells [--json]`: the cells of a tenant, and the months of which `document` can write papers."""

import argparse
import json
from typing import TypedDict

from chibo.ops import machine
from chibo.ops.terminal import say, table

HELP = "liệt kê các chi bộ và các tháng có văn bản"


class CellLine(TypedDict):
    """One cell. `months` are those with a meeting held or announced, as YYYY-MM."""

    code: str
    name: str
    category: str
    months: list[str]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--json`."""
    parser.add_argument("--json", action="store_true", help="in dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the table, or the same rows as JSON."""
    with machine.application():
        from chibo.access.scope import system_scope

        with system_scope():
            lines = cell_lines()
    if options.json:
        say(json.dumps(lines, ensure_ascii=False, indent=2))
        return 0
    rows = [[line["code"], line["name"], line["category"], spell(line["months"])] for line in lines]
    say(table(["Mã", "Chi bộ", "Loại", "Các tháng có văn bản"], rows))
    return 0


def spell(months: list[str]) -> str:
    """First and last of the months, and how many."""
    return f"{months[0]} … {months[-1]} ({len(months)})" if months else "–"


def cell_lines() -> list[CellLine]:
    """All cells in Vietnamese order."""
    from chibo.meetings.models import Meeting
    from chibo.meetings.models.gathering import State
    from chibo.orgs.models import Organisation

    months: dict[object, list[str]] = {}
    gathered = Meeting.objects.exclude(state__in=[State.DRAFT, State.CANCELLED])
    for cell_id, period in gathered.order_by("period").values_list("cell_id", "period").distinct():
        months.setdefault(cell_id, []).append(f"{period:%Y-%m}")
    return [
        CellLine(code=cell.code, name=cell.name, category=cell.category, months=months.get(cell.pk, []))
        for cell in Organisation.objects.cells().in_order()
    ]
