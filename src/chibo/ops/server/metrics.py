"""Figures for a watcher, in the text format of Prometheus; off until a token is given (CHIBO_METRICS_TOKEN_FILE)."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chibo import __version__
from chibo.accounts.models import User
from chibo.ops import backup_store, disk, health
from chibo.ops.server import figures

SHORTEST_TOKEN = 20
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[str, str, float]


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer `Authorization: Bearer <token>`; to anything else the page does not exist.

    Raises Http404: no token is set, or another one came.
    """
    wanted, given = token(), request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not wanted or not secrets.compare_digest(wanted.encode(), given.encode()):
        raise Http404
    lines = [f"{name}{labels} {value:.0f}" for name, labels, value in samples()]
    return HttpResponse("\n".join(lines) + "\n", content_type=CONTENT_TYPE)


def token() -> str:
    """The words of CHIBO_METRICS_TOKEN_FILE; "" when none is set, or it is too short to protect anything."""
    path = os.environ.get("CHIBO_METRICS_TOKEN_FILE")
    try:
        found = Path(path).read_text(encoding="utf-8").strip() if path else ""
    except OSError:
        return ""
    return found if len(found) >= SHORTEST_TOKEN else ""


def samples() -> Iterator[Sample]:
    """Name, labels and value of each figure: sizes in bytes, moments in seconds since 1970."""
    yield "chibo_info", f'{{version="{__version__}"}}', 1
    for one in [*health.findings(), *health.warnings()]:
        yield "chibo_check_ok", f'{{check="{one.name}"}}', not one.trouble
    room, memory = disk.room(), figures.memory()
    yield "chibo_disk_free_bytes", "", room.free
    yield "chibo_disk_total_bytes", "", room.total
    yield "chibo_memory_available_bytes", "", memory.free
    for tenant in figures.tenants()[:1]:
        yield "chibo_database_bytes", f'{{tenant="{tenant.name}"}}', tenant.bytes
    yield "chibo_accounts", "", User.objects.count()
    yield "chibo_sessions", "", figures.sessions()
    for state, number in figures.jobs_by_state().items():
        yield "chibo_jobs", f'{{state="{state}"}}', number
    for name, moment in figures.last_successes().items():
        yield "chibo_job_last_success_seconds", f'{{job="{name}"}}', moment.timestamp()
    yield from of_backups()
    if (days := figures.certificate_days()) is not None:
        yield "chibo_certificate_days", "", days


def of_backups() -> Iterator[Sample]:
    """The newest backup, and the newest that was restored on trial."""
    known = backup_store.backups()
    yield "chibo_backups", "", len(known)
    if known:
        yield "chibo_backup_last_seconds", "", known[0].made_at.timestamp()
        yield "chibo_backup_last_bytes", "", known[0].record.bytes
    restored = next((one for one in known if one.record.verified == backup_store.RESTORED), None)
    if restored:
        yield "chibo_backup_last_restored_seconds", "", restored.made_at.timestamp()
