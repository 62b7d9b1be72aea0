"""Jobs of the machine itself."""

import subprocess
import sys
from datetime import time, timedelta

from chibo.lib.dates import now
from chibo.lib.jobs import Figures, job, progress
from chibo.lib.schedules import Daily, Weekly

DAYS_OF_JOBS = 30
DAYS_OF_RUNS = 400


@job("ops.clear_jobs", title="Dọn dòng việc nền cũ", every=Daily(time(3, 40)))
def clear_jobs() -> Figures:
    """Clear ended rows of the queue after a month, records of runs after a year; the newest success of each stays."""
    from django.db import connection
    from django.db.models import Max

    from chibo.directory import clock
    from chibo.ops.models import JobRun

    if clock.contradicted():
        return {}
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


@job("ops.backup", title="Sao lưu", every=Daily(time(2, 0)), alone=True)
def back_up() -> Figures:
    """A backup every night, and the old ones go (CHIBO_BACKUPS, CHIBO_BACKUPS_KEPT)."""
    from chibo.ops import backup

    return {"byte": backup.make(report=progress).record.bytes}


@job(
    "ops.verify_backup", title="Khôi phục thử bản sao lưu mới nhất", every=Weekly(6, time(3, 0)), retries=0, alone=True
)
def verify_backup() -> Figures:
    """A backup that was never restored is a hope; every week one is, into a database of its own.

    Raises CalledProcessError when it cannot be; the command's own words are in the log.
    """
    from chibo.ops import backup_store

    progress("Khôi phục thử…")
    if not backup_store.backups():
        return {}
    # A process of its own: it turns Django's connection elsewhere, which this one's other threads share.
    subprocess.run([sys.executable, "-m", "chibo.cli", "backup", "--verify"], check=True, stdin=subprocess.DEVNULL)
    return {"bản": 1}


@job("ops.look_at_certificate", title="Xem hạn chứng chỉ HTTPS", every=Daily(time(6, 0)), at_start=True, alone=True)
def look_at_certificate() -> Figures:
    """Days until the certificate of the site's first https address ends; nothing where there is none."""
    from urllib.parse import urlsplit

    from django.conf import settings

    from chibo.ops.certificate import days_left

    addresses = [urlsplit(one) for one in settings.CSRF_TRUSTED_ORIGINS]
    secure = [one for one in addresses if one.scheme == "https" and one.hostname]
    if not (settings.HTTPS and secure):
        return {}
    return {"ngày còn lại": days_left(str(secure[0].hostname), secure[0].port or 443)}
