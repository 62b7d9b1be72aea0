"""The province at a glance: figures by commune, nothing by person and nothing of a cell's content (M19)."""

from typing import Any
from uuid import UUID

from django.db.models import Count

from chibo.lib.dates import month_start, today
from chibo.orgs.models import Kind, Organisation
from chibo.resolutions.figures import held_by_parent
from chibo.resolutions.models import MeetingFigures


def context(province_id: UUID) -> dict[str, Any]:
    """Communes with their cells and how many have held this month's meeting."""
    province = Organisation.objects.get(pk=province_id)
    period = month_start(today())
    communes = list(Organisation.objects.under([province.path]).filter(kind=Kind.COMMITTEE).in_order())
    cells = Organisation.objects.cells().in_month(period).under([province.path])
    of = dict(cells.values("parent_id").annotate(n=Count("id")).values_list("parent_id", "n"))
    held = held_by_parent(MeetingFigures.objects.filter(period=period, cell__in=cells))
    rows = [
        {"commune": commune, "cells": of.get(commune.pk, 0), "held": held.get(commune.pk, 0)} for commune in communes
    ]
    with_cells = [row for row in rows if row["cells"]]
    return {
        "province": province,
        "period": period,
        "rows": with_cells,
        "cells": sum(of.values()),
        "held": sum(held.values()),
        "without": len(rows) - len(with_cells),
    }
