"""Jobs of the machine itself."""

from datetime import time, timedelta

from chibo.lib.dates import now
from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily

DAYS_OF_JOBS = 30
DAYS_OF_RUNS = 400


@job("ops.clear_jobs", title="Dọn dòng việc nền cũ", every=Daily(time(3, 40)))
def clear_jobs() -> Figures:
    """Clear ended rows of the queue after a month, records of runs after a year; the newest success of each stays."""
    from django.db import connection
    from django.db.models import Max

    from chibo.ops.models import JobRun

    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE status NOT IN ('todo', 'doing') AND NOT EXISTS (SELECT 1"
            " FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(days => %s))",
            [DAYS_OF_JOBS],
        )
        cleared = cursor.rowcount
    newest = JobRun.objects.succeeded().values("name").annotate(last=Max("pk")).values("last")
    old = JobRun.objects.exclude(pk__in=newest).filter(started_at__lt=now() - timedelta(days=DAYS_OF_RUNS))
    return {"việc": cleared, "lần chạy": old.delete()[0]}


@job("ops.clear_sessions", title="Dọn phiên đăng nhập đã hết hạn", every=Daily(time(3, 45)))
def clear_sessions() -> Figures:
    """Delete sessions past their days; Django deletes none by itself."""
    from django.contrib.sessions.models import Session

    return {"phiên": Session.objects.filter(expire_date__lt=now()).delete()[0]}
