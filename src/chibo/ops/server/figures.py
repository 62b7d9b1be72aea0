"""Figures of the machine and of the tenant, for its page and for a watcher: sizes, counts, times."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Max
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from chibo.accounts.models import User
from chibo.lib.dates import now
from chibo.ops.connection import is_embedded
from chibo.ops.disk import Room
from chibo.ops.models import JobRun

STATES = ("todo", "doing", "failed")
WORKER_SILENT = timedelta(minutes=2)


@dataclass(frozen=True)
class Tenant:
    """One tenant of this database. `accounts` is known of this process's own alone: no query crosses tenants."""

    name: str
    bytes: int
    accounts: int | None = None


def memory() -> Room:
    """The machine's memory, as the kernel reckons what a new program could have."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    found = {name: int(value.split()[0]) * 1024 for name, _, value in (line.partition(":") for line in lines)}
    return Room(found.get("MemTotal", 0), found.get("MemAvailable", 0))


def tenants() -> list[Tenant]:
    """This process's tenant with its accounts; beside it, on a machine's private database, the others by size."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, sum(pg_total_relation_size(c.oid)), n.nspname = current_schema() FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname IN"
            " (SELECT schemaname FROM pg_tables WHERE tablename = 'django_migrations')"
            " AND (%s OR n.nspname = current_schema()) GROUP BY 1 ORDER BY 3 DESC, 1",
            [is_embedded()],
        )
        rows = cursor.fetchall()
    return [Tenant(name, int(size), User.objects.count() if own else None) for name, size, own in rows]


def sessions() -> int:
    """Sign-ins that still last."""
    return Session.objects.filter(expire_date__gt=now()).count()


def jobs_by_state() -> dict[str, int]:
    """How many wait, run and failed, in the queue's own words."""
    counted = ProcrastinateJob.objects.values_list("status").annotate(number=Count("pk"))
    return dict.fromkeys(STATES, 0) | dict(counted.filter(status__in=STATES))


def worker_is_alive() -> bool:
    """Whether some worker gave a sign lately."""
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gt=now() - WORKER_SILENT).exists())


def last_successes() -> dict[str, datetime]:
    """When each job last ended well."""
    return dict(JobRun.objects.succeeded().values_list("name").annotate(last=Max("ended_at")))


def certificate_days() -> int | None:
    """Days until the certificate ends, as the daily look at it found; None when it is not looked at or not found."""
    run = JobRun.objects.succeeded().filter(name="ops.look_at_certificate").order_by("-ended_at").first()
    if run is None or run.ended_at is None or "ngày còn lại" not in run.figures:
        return None
    return int(run.figures["ngày còn lại"]) - (now() - run.ended_at).days
