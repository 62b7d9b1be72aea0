"""Jobs: asked for in a transaction, worked off as the system, once at a time, again after a kill."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import time as clock
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from chibo.access.scope import current
from chibo.lib import jobs
from chibo.lib.dates import at, now
from chibo.lib.jobs import JOBS, Job, job
from chibo.lib.schedules import Daily
from chibo.ops.jobs import worker
from chibo.ops.jobs.running import perform
from chibo.ops.models import JobRun
from chibo.ops.postgres import Cluster
from tests.ops.conftest import environment, run_chibo


@pytest.fixture(autouse=True)
def own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of a test do not outlive it."""
    monkeypatch.setattr(jobs, "JOBS", dict(JOBS))
    monkeypatch.setattr(worker, "JOBS", jobs.JOBS)


def waiting() -> list[str]:
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))


# ---------- asking ----------
@pytest.mark.django_db(transaction=True)
def test_a_job_exists_only_if_the_transaction_is_kept() -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        JOBS["ops.clear_jobs"].later()
        raise ZeroDivisionError
    assert waiting() == []
    with transaction.atomic():
        JOBS["ops.clear_jobs"].later()
    assert waiting() == ["ops.clear_jobs"]


@pytest.mark.django_db
def test_one_that_waits_already_is_enough_and_spoils_no_transaction() -> None:
    for _ in range(2):
        JOBS["ops.clear_jobs"].later()
    assert waiting() == ["ops.clear_jobs"]


def test_two_jobs_of_a_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"ops\.backup"):
        job("ops.backup", title="Khác")(lambda: None)


@pytest.mark.parametrize("one", JOBS.values(), ids=lambda one: one.name)
def test_every_job_has_its_app_in_its_name_and_a_vietnamese_title(one: Job) -> None:
    module = one.work.__module__.split(".")
    assert one.name.startswith(f"{module[1]}.")
    assert one.title[0].isupper()
    assert one.work.__doc__


# ---------- a run ----------
@pytest.mark.django_db(transaction=True)
def test_a_job_runs_as_the_system_and_leaves_figures() -> None:
    seen = []
    one = job("test.look", title="Xem")(lambda: seen.append(current().system) or {"dòng": 3})
    perform(one)
    assert seen == [True]
    run = JobRun.objects.get()
    assert (run.figures, run.error, run.ended_at is not None) == ({"dòng": 3}, "", True)


@pytest.mark.django_db(transaction=True)
def test_a_failed_run_keeps_the_kind_of_its_error_and_nothing_of_its_message_or_work() -> None:
    def fail() -> None:
        JOBS["ops.clear_jobs"].later()
        raise ValueError("Đặng Văn Bình")

    with pytest.raises(ValueError, match="Bình"):
        perform(job("test.fail", title="Hỏng")(fail))
    run = JobRun.objects.get()
    assert run.error == "builtins.ValueError"
    assert waiting() == [], "what a failed job did is rolled back"


@pytest.mark.django_db(transaction=True)
def test_a_long_job_says_what_it_is_doing() -> None:
    seen = []

    def work() -> None:
        jobs.progress("Đang nén…")
        seen.append(JobRun.objects.get().step)

    perform(job("test.long", title="Lâu", alone=True)(work))
    assert seen == ["Đang nén…"]
    assert JobRun.objects.get().step == ""


# ---------- the worker ----------
async def for_a_while(until: float = 3.0) -> None:
    """A life of the worker, cut off from outside."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(worker.serve(fresh=True), until)


@pytest.mark.django_db(transaction=True)
def test_what_falls_due_is_done_once_and_what_was_missed_is_made_up_for_once() -> None:
    done: list[int] = []
    jobs.JOBS.clear()
    job("test.nightly", title="Đêm", every=Daily(clock(2, 0)))(lambda: done.append(1))
    monday = now().replace(hour=12)
    with at(monday):
        asyncio.run(for_a_while())
    assert done == [], "a machine that has just been set up has missed nothing"
    with at(monday + timedelta(days=3)):
        asyncio.run(for_a_while())
        asyncio.run(for_a_while())
    assert done == [1]


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_is_tried_again_later() -> None:
    jobs.JOBS.clear()
    one = job("test.fail", title="Hỏng", at_start=True, retries=2)(lambda: 1 // 0)
    asyncio.run(for_a_while())
    queued = ProcrastinateJob.objects.get(task_name=one.name)
    assert (queued.status, queued.attempts) == ("todo", 1)
    assert queued.scheduled_at > now()


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_held_is_put_back_and_given_up_after_its_retries() -> None:
    jobs.JOBS.clear()
    one = job("test.work", title="Việc", retries=1)(lambda: None)
    one.later()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    record = JobRun.objects.create(name=one.name, queued_id=ProcrastinateJob.objects.get().pk)

    async def free() -> None:
        app = worker.queue_app()
        async with app.open_async():
            await worker.free_killed(app, seconds=30)

    asyncio.run(free())
    record.refresh_from_db()
    assert record.error == "killed"
    assert (ProcrastinateJob.objects.get().status, ProcrastinateJob.objects.get().attempts) == ("todo", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    asyncio.run(free())
    assert ProcrastinateJob.objects.get().status == "failed"


# ---------- as processes ----------
@contextlib.contextmanager
def working(data: Path) -> Iterator[subprocess.Popen[str]]:
    """`bin/chibo jobs` as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chibo.cli", "jobs"],
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert "Đang chạy việc nền" in process.stdout.readline()
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_for(database: psycopg.Connection[tuple[object]], query: str, answer: object) -> None:
    """Until a query answers so."""
    until = time.monotonic() + 40
    while (row := database.execute(query).fetchone()) is None or row[0] != answer:
        assert time.monotonic() < until, f"{query}: {row}"
        time.sleep(0.1)


OUTCOME = "SELECT status::text FROM chibo.procrastinate_jobs WHERE task_name = 'ops.backup'"
ASK = "from chibo.lib.jobs import JOBS; JOBS['ops.backup'].later()"


@pytest.mark.process
def test_a_job_whose_process_is_killed_begins_again(shared: Path) -> None:
    with Cluster(shared).use() as cluster:
        address = cluster.address(dbname="chibo")
        with psycopg.connect(**address, autocommit=True) as watch, psycopg.connect(**address) as holder:
            assert run_chibo(shared, "manage", "shell", "-c", ASK).returncode == 0
            holder.execute("LOCK TABLE chibo.accounts_user IN ACCESS EXCLUSIVE MODE")  # pg_dump waits for it
            with working(shared) as process:
                wait_for(watch, "SELECT step FROM chibo.ops_jobrun WHERE name = 'ops.backup'", "Xuất số liệu…")
                os.kill(process.pid, signal.SIGKILL)
            holder.rollback()
            with working(shared):
                wait_for(watch, OUTCOME, "succeeded")
            tries = watch.execute("SELECT error FROM chibo.ops_jobrun WHERE name = 'ops.backup' ORDER BY id").fetchall()
    assert tries == [("killed",), ("",)]
    left = sorted(path.suffix for path in (shared / "backups").iterdir() if not path.name.endswith(".lock"))
    assert left == [".chibo", ".json"], "nothing half-written stays"


@pytest.mark.process
def test_one_worker_on_a_machine(shared: Path) -> None:
    with working(shared):
        second = run_chibo(shared, "jobs", "work")
    assert second.returncode == 1
    assert "đang có tiến trình khác chạy việc nền" in second.stderr


@pytest.mark.process
def test_jobs_are_listed_and_run_at_the_terminal(shared: Path) -> None:
    assert run_chibo(shared, "jobs", "run", "ops.clear_jobs").returncode == 0
    assert "hằng ngày 03:40" in run_chibo(shared, "jobs", "list").stdout
    wrong = run_chibo(shared, "jobs", "run", "khong.co")
    assert wrong.returncode == 1
    assert "bin/chibo jobs list" in wrong.stderr
