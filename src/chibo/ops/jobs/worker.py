"""The worker: takes jobs from the queue in the database, and puts those in that fall due.

It runs as a thread of `bin/start`, or as `bin/chibo jobs`; on one machine one of them at a time, held by a file lock.
procrastinate keeps the queue, its locks and retries. What falls due is reckoned here: in Vietnamese time, and once more
for a machine that was off at the hour.
"""

import asyncio
import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import procrastinate
from procrastinate import exceptions
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import Job as Queued
from procrastinate.jobs import Status

from chibo.lib.dates import now
from chibo.lib.jobs import JOBS, Job
from chibo.ops.connection import data_directory, is_embedded, tenant_name
from chibo.ops.jobs.running import KILLED, perform

log = logging.getLogger("chibo.jobs")

AT_ONCE = 2  # a long backup does not hold up the rest
TICK = 20.0  # seconds between looks at the clock
HEARTBEAT = 10.0
DEAD_AFTER = 30.0  # without a heartbeat
AGAIN_AFTER = 10.0  # seconds from a lost database to the next try
_PERIODIC = "due"


def in_thread() -> threading.Thread:
    """Work in the background of this process, once no other on this machine does; ends with the process."""
    thread = threading.Thread(target=work_when_free, name="jobs", daemon=True)
    thread.start()
    return thread


def work_when_free() -> None:
    """Wait until no other process of this machine works, then work for ever."""
    with only_worker(wait=True):
        work()


@contextmanager
def only_worker(*, wait: bool) -> Iterator[None]:
    """Hold this machine's lock on working; raises BlockingIOError when it is taken and `wait` is false."""
    with lock_path().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def lock_path() -> Path:
    """The file whose lock the working process holds."""
    return data_directory() / f"jobs-{tenant_name()}.lock"


def work() -> None:
    """Work until the process ends; a database that went away is waited for."""
    fresh = True
    while True:
        try:
            asyncio.run(serve(fresh=fresh))
        except Exception:
            log.exception("the worker of jobs broke off; again in %s seconds", AGAIN_AFTER)
        fresh = False
        threading.Event().wait(AGAIN_AFTER)


async def serve(*, fresh: bool) -> None:
    """One life of the worker: until its database fails it. fresh: the machine has just started."""
    app = queue_app()
    async with app.open_async():
        await free_killed(app, seconds=0 if fresh and is_embedded() else DEAD_AFTER)
        if fresh:
            await put_in([job for job in JOBS.values() if job.at_start])
        tasks = {
            asyncio.create_task(
                app.run_worker_async(
                    concurrency=AT_ONCE,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=60.0,
                    abort_job_polling_interval=60.0,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=DEAD_AFTER,
                )
            ),
            asyncio.create_task(keep_time(app)),
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        finally:
            for one in tasks:
                one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def queue_app() -> procrastinate.App:
    """The queue with every job of JOBS, on connections of its own (two at most, and one that listens)."""
    connector = procrastinate.PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    app = procrastinate.App(connector=connector)
    for job in JOBS.values():
        retry = procrastinate.RetryStrategy(max_attempts=job.retries, wait=30, exponential_wait=4)
        app.task(name=job.name, lock=job.name, retry=retry, pass_context=True)(partial(run_queued, job))
    return app


def run_queued(job: Job, context: procrastinate.JobContext, **arguments: str | int) -> None:
    """What procrastinate calls, in a thread of its own."""
    from django.db import connection

    arguments.pop("timestamp", None)
    try:
        perform(job, queued_id=context.job.id, **arguments)
    finally:
        connection.close()  # an idle connection costs memory; the next job may come tomorrow


async def keep_time(app: procrastinate.App) -> None:
    """Put in what falls due, and free what a dead worker held.

    Raises RuntimeError when this worker's own heartbeat has stopped: its connection was lost.
    """
    known: dict[str, datetime] = {}
    while True:
        for job in JOBS.values():
            if job.every and known.get(job.name) != (due := job.every.last(now())):
                await put_in_due(app, job, due)
                known[job.name] = due
        await free_killed(app, seconds=DEAD_AFTER)
        await asyncio.sleep(TICK)
        if await app.connector.execute_query_all_async(_SILENT, seconds=2 * DEAD_AFTER):
            raise RuntimeError("no heartbeat")


_SILENT = (
    "SELECT 1 FROM procrastinate_workers HAVING max(last_heartbeat) < now() - make_interval(secs => %(seconds)s)"
    " OR count(*) = 0"
)
_BEGUN = (
    "SELECT 1 AS begun FROM procrastinate_periodic_defers WHERE task_name = %(name)s AND periodic_id = %(id)s LIMIT 1"
)
_BEGIN = (
    "INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)"
    " VALUES (%(name)s, %(id)s, %(due)s) ON CONFLICT DO NOTHING"
)


async def put_in_due(app: procrastinate.App, job: Job, due: datetime) -> None:
    """Put a job in for the moment at which it fell due; the database does so once, whoever asks.

    A job that was never reckoned before begins with the next moment: a new machine does not back up nothing.
    """
    stamp = int(due.timestamp())
    if not await app.connector.execute_query_all_async(_BEGUN, name=job.name, id=_PERIODIC):
        await app.connector.execute_query_async(_BEGIN, name=job.name, id=_PERIODIC, due=stamp)
        return
    queued = Queued(
        queue="default", lock=job.name, queueing_lock=job.name, task_name=job.name, task_kwargs={"timestamp": stamp}
    )
    try:
        await app.job_manager.defer_periodic_job(job=queued, periodic_id=_PERIODIC, defer_timestamp=stamp)
    except exceptions.AlreadyEnqueued:
        return


async def put_in(wanted: list[Job]) -> None:
    """Put jobs in for now, from a thread that may use Django's connection."""
    from django.db import connection

    def ask() -> None:
        try:
            for job in wanted:
                job.later()
        finally:
            connection.close()

    await asyncio.to_thread(ask)


async def free_killed(app: procrastinate.App, *, seconds: float) -> None:
    """Put back the jobs whose worker died without a word (kill -9, power), or give them up after their retries."""
    for queued in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
        await asyncio.to_thread(end_killed, queued.id)
        job = JOBS.get(queued.task_name)
        if job is None or queued.attempts >= job.retries:
            await app.job_manager.finish_job(queued, Status.FAILED, delete_job=False)
        else:
            await app.job_manager.retry_job(queued)
        log.warning("job %s was cut off by the end of its worker (attempt %s)", queued.id, queued.attempts + 1)


def end_killed(queued_id: int | None) -> None:
    """Close the record of a run that could not close it itself."""
    from django.db import connection

    from chibo.ops.models import JobRun

    JobRun.objects.under_way().filter(queued_id=queued_id).update(ended_at=now(), error=KILLED)
    connection.close()
