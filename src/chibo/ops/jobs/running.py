"""One run of a job: its scope, its record, its connection."""

import logging
from typing import Any

from django.db import connection

from chibo.access.scope import system_scope
from chibo.lib.dates import now
from chibo.lib.jobs import Figures, Job, reporting
from chibo.ops.models import JobRun
from chibo.ops.terminal import CommandError

log = logging.getLogger("chibo.jobs")

# What stands as the error of a run whose process was killed.
KILLED = "killed"


def perform(job: Job, *, queued_id: int | None = None, **arguments: Any) -> Figures:
    """Run a job as the system and keep what came of it. Whatever it raises is kept by its kind, and raised again."""
    record = JobRun.objects.create(name=job.name, queued_id=queued_id)
    try:
        with reporting(lambda step: note(record, step=step)):
            figures = job.work(**arguments) if job.alone else within_scope(job, arguments)
    except CommandError as error:
        log.error("job %s: %s", job.name, error)  # our own words on the machine, which the log else leaves out
        note(record, ended_at=now(), error="CommandError")
        raise
    except BaseException as error:
        log.warning("job %s failed", job.name, exc_info=True)
        connection.close()  # it may be in a broken transaction, or lost
        note(record, ended_at=now(), error=f"{type(error).__module__}.{type(error).__qualname__}"[:120])
        raise
    note(record, ended_at=now(), step="", figures=dict(figures or {}))
    return figures or {}


def within_scope(job: Job, arguments: dict[str, Any]) -> Figures | None:
    """The work in one transaction as the system."""
    with system_scope():
        return job.work(**arguments)


def note(record: JobRun, **values: Any) -> None:
    """Write down how a run stands, whatever else became of it."""
    JobRun.objects.filter(pk=record.pk).update(**values)
