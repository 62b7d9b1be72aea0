"""`bin/chibo jobs [work|list|run NAME]`: the machine's own work, apart from the server."""

import argparse
import os
import signal
import threading

from chibo.ops import machine
from chibo.ops.terminal import CommandError, Progress, say, table

HELP = "việc nền: chạy riêng khỏi máy chủ web, xem danh sách, hoặc làm ngay một việc"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the action."""
    actions = parser.add_subparsers(dest="action", metavar="VIỆC")
    actions.add_parser("work", help="chạy các việc nền cho đến khi dừng (khi không gọi gì thêm)")
    actions.add_parser("list", help="liệt kê việc nền, giờ chạy, lần chạy gần nhất")
    run_now = actions.add_parser("run", help="làm ngay một việc rồi thoát")
    run_now.add_argument("name", metavar="TÊN")


def run(options: argparse.Namespace) -> int:
    """Do the action; `work` stays until Ctrl-C or SIGTERM."""
    with machine.application():
        match options.action:
            case "list":
                return show()
            case "run":
                return run_one(options.name)
            case _:
                stay()
    say("Đã dừng.")
    # A job under way is left where it is, and begins again with the next start; waiting for it could take an hour.
    os._exit(0)


def stay() -> None:
    """Work until a signal; raises CommandError when another process of this machine does."""
    from chibo.ops.jobs import worker

    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        with worker.only_worker(wait=False):
            threading.Thread(target=worker.work, daemon=True).start()
            say("Đang chạy việc nền. Dừng bằng Ctrl-C.")
            ended.wait()
    except BlockingIOError as error:
        raise CommandError(
            "Máy này đang có tiến trình khác chạy việc nền (bin/start tự chạy; tắt bằng CHIBO_JOBS=0)."
        ) from error


def show() -> int:
    """Every job with its hours and its newest run."""
    from chibo.lib.dates import format_date, format_time
    from chibo.lib.jobs import JOBS
    from chibo.ops.models import JobRun

    rows = []
    for job in sorted(JOBS.values(), key=lambda job: job.name):
        run = JobRun.objects.filter(name=job.name).order_by("-started_at").first()
        when = f"{format_time(run.started_at)} {format_date(run.started_at)}" if run else "chưa lần nào"
        outcome = "" if run is None else run.error or ("xong" if run.ended_at else "đang chạy")
        rows.append([job.name, job.title, job.every.words if job.every else "khi cần", when, outcome])
    say(table(["Tên", "Việc", "Giờ chạy", "Lần gần nhất", "Kết quả"], rows))
    return 0


def run_one(name: str) -> int:
    """Run a job here; raises CommandError when there is none of this name."""
    from chibo.lib.jobs import JOBS
    from chibo.ops.jobs.running import perform

    if name not in JOBS:
        raise CommandError(f"Không có việc “{name}”. Xem danh sách: bin/chibo jobs list")
    progress = Progress()
    progress(f"{JOBS[name].title}…")
    figures = perform(JOBS[name])
    progress.finish()
    for key, value in figures.items():
        say(f"  {key}: {value}")
    return 0
