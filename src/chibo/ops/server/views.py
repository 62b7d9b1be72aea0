"""The machine at a glance, its jobs, its backups."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from chibo import __version__
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.lib.dates import now
from chibo.lib.jobs import JOBS
from chibo.look import notices
from chibo.ops import backup_store, disk, health, recovery_key
from chibo.ops.models import JobRun
from chibo.ops.server import figures
from chibo.ops.server.guard import for_operator

SHOWN = 20


@for_operator
@require_GET
@never_cache
def overview(request: Request) -> HttpResponse:
    """How the machine stands, what to see to, how to upgrade."""
    serving, warned = health.findings(), health.warnings()
    context = {
        "serving": serving,
        "warned": warned,
        "troubles": [one for one in [*serving, *warned] if one.trouble],
        "disk": disk.room(),
        "memory": figures.memory(),
        "tenants": figures.tenants(),
        "sessions": figures.sessions(),
        "backup": next(iter(backup_store.backups()), None),
        "certificate_days": figures.certificate_days(),
        "version": __version__,
    }
    return render(request, "ops/server/overview.html", context)


@for_operator
@require_GET
@never_cache
def jobs(request: Request) -> HttpResponse:
    """What runs and waits, what failed and can be tried again, when each periodic job last ended well."""
    newest = JobRun.objects.succeeded().order_by("name", "-ended_at").distinct("name")
    last = {run.name: run for run in newest}
    failed = list(ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:SHOWN])
    context = {
        "periodic": [
            {"job": job, "last": last.get(job.name)}
            for job in sorted(JOBS.values(), key=lambda job: job.title)
            if job.every or job.at_start
        ],
        "running": [titled(run) for run in JobRun.objects.under_way().order_by("started_at")[:SHOWN]],
        "waiting": ProcrastinateJob.objects.filter(status="todo").count(),
        "failed": [
            {"id": one.pk, "title": title_of(one.task_name), "attempts": one.attempts, "run": run_of(one.pk)}
            for one in failed
        ],
        "alive": figures.worker_is_alive(),
    }
    return render(request, "ops/server/jobs.html", context)


@for_operator
@require_POST
def run_job(request: Request, name: str) -> HttpResponse:
    """Ask for a job of the clock now; others need to be told what they are about."""
    job = found(JOBS.get(name))
    require(job.every is not None or job.at_start)
    job.later()
    notices.done(request, f"Đã giao việc “{job.title}”. Chibo làm ngay khi rảnh; trang này cho biết kết quả.")
    return redirect("/may-chu/sao-luu/" if name.endswith("backup") else "/may-chu/viec-nen/")


@for_operator
@require_POST
def retry_job(request: Request, queued_id: int) -> HttpResponse:
    """Put a failed job in again, as it was asked for."""
    one = found(ProcrastinateJob.objects.filter(pk=queued_id, status="failed").first())
    queue.job_manager.retry_job_by_id(job_id=one.pk, retry_at=now())
    notices.done(request, f"Đã giao lại việc “{title_of(one.task_name)}”.")
    return redirect("/may-chu/viec-nen/")


@for_operator
@require_GET
@never_cache
def backups(request: Request) -> HttpResponse:
    """When the tenant was last backed up, how large, where, whether it was restored on trial; and how to restore."""
    known = backup_store.backups()
    runs = JobRun.objects.filter(name="ops.backup")
    newest = runs.order_by("-started_at").first()
    context = {
        "backups": known[:SHOWN],
        "newest": known[0] if known else None,
        "total": sum(one.record.bytes for one in known),
        "number": len(known),
        "folder": backup_store.folder(),
        "kept": backup_store.kept(),
        "passphrase": bool(backup_store.passphrase()),
        "key_waits": recovery_key.is_waiting(),
        "running": titled(newest) if newest and newest.ended_at is None else None,
        "waiting": ProcrastinateJob.objects.filter(status__in=("todo", "doing"), task_name="ops.backup").exists(),
        "failed": newest if newest and newest.error else None,
        "free": disk.room().free,
    }
    return render(request, "ops/server/backups.html", context)


def title_of(name: str) -> str:
    """A job's title; its name when the program no longer knows it."""
    return JOBS[name].title if name in JOBS else name


def run_of(queued_id: int) -> JobRun | None:
    """The newest try at a job of the queue."""
    return JobRun.objects.filter(queued_id=queued_id).order_by("-started_at").first()


def titled(run: JobRun) -> dict[str, object]:
    """A run with its job's title."""
    return {"title": title_of(run.name), "step": run.step, "started_at": run.started_at}
