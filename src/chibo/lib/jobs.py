"""Work that is done by the clock or a little later, outside a request. docs/developers/jobs.md says how to add some.

An app declares its jobs in `tasks.py`; the ops app finds and runs them. The queue stands in the database, so a job
asked for in a transaction exists only if that transaction is kept.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction

from chibo.lib.schedules import Schedule

# What came of a run, for the IT officer: numbers alone, never names or text.
Figures = Mapping[str, int]
Work = Callable[..., Figures | None]

JOBS: dict[str, "Job"] = {}
_report: ContextVar[Callable[[str], None] | None] = ContextVar("report", default=None)


@dataclass(frozen=True)
class Job:
    """One kind of work. At most one of a name runs at a time.

    `work` does it here and now; the job itself cannot be called, as a template would call whatever it is to show.
    title: Vietnamese, for the IT officer. every: when it falls due; None: only when asked for. at_start: also when the
    machine starts. retries: how often it is tried again after an error. alone: it manages its own transactions and
    scope; otherwise it runs in one transaction as the system.
    """

    name: str
    title: str
    work: Work
    every: Schedule | None = None
    at_start: bool = False
    retries: int = 3
    alone: bool = False

    def later(self, **arguments: int | str) -> None:
        """Have it done soon, once the present transaction is kept. Arguments are ids, days (ISO) and numbers.

        Without arguments, one that waits already is enough.
        """
        from procrastinate.contrib.django import app
        from procrastinate.exceptions import AlreadyEnqueued

        waiting = None if arguments else self.name
        try:
            # A savepoint: a refusal by the queue must not spoil the transaction of whoever asks.
            with transaction.atomic():
                app.configure_task(self.name, lock=self.name, queueing_lock=waiting).defer(**arguments)
        except AlreadyEnqueued:
            return


def job(
    name: str,
    *,
    title: str,
    every: Schedule | None = None,
    at_start: bool = False,
    retries: int = 3,
    alone: bool = False,
) -> Callable[[Work], Job]:
    """Declare a function as a job; what it gives back are figures for the IT officer.

    Raises ValueError when the name is taken.
    """

    def declare(work: Work) -> Job:
        if name in JOBS:
            raise ValueError(f"two jobs are named {name}")
        JOBS[name] = Job(name, title, work, every, at_start, retries, alone)
        return JOBS[name]

    return declare


def progress(step: str) -> None:
    """Say in Vietnamese what a long job is doing now; outside a job nobody listens. A fixed phrase, no names."""
    if report := _report.get():
        report(step)


@contextmanager
def reporting(report: Callable[[str], None]) -> Iterator[None]:
    """Whom `progress` tells for the length of the block."""
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)
