"""`bin/start`: database, tenant, tables, static files, server; ends all of them together."""

import argparse
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from chibo.ops import machine, recovery_key
from chibo.ops.commands import demo_users, prepare
from chibo.ops.connection import data_directory, is_embedded
from chibo.ops.postgres import Cluster
from chibo.ops.site import Site, choose_port
from chibo.ops.terminal import CommandError, complain, say
from chibo.ops.watch import Watch

if TYPE_CHECKING:
    from chibo.ops.lan.place import Lan

HELP = "khởi động Chibo trên máy này"
FIRST_PORT = 8000
FIRST_LAN_PORT = 8443
PATIENCE_SECONDS = 180


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, the demo and the number of workers."""
    parser.add_argument("--demo", action="store_true", help="nạp số liệu hư cấu để dùng thử")
    parser.add_argument("--port", type=int, metavar="N", help=f"cổng (mặc định: {FIRST_PORT} hoặc cổng trống kế tiếp)")
    parser.add_argument(
        "--lan",
        nargs="?",
        const="",
        metavar="ĐỊA_CHỈ",
        help=f"phục vụ https cho mạng nội bộ, cổng {FIRST_LAN_PORT} (mặc định: địa chỉ nội bộ đầu tiên của máy)",
    )
    # One worker keeps a small site within 250 MB with its database; a commune's server takes one for each core.
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="số tiến trình web (mặc định: 1)")


def run(options: argparse.Namespace) -> int:
    """Start everything and stay until Ctrl-C; a second call says where the first one serves."""
    data = data_directory()
    data.mkdir(parents=True, exist_ok=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A shell's `&` leaves SIGINT ignored: set it, so that whoever ends us ends the database too.
        signal.signal(number, interrupt)
    with (data / "server.lock").open("a+") as lock:
        if not take_turn(lock, data, options):
            return 0
        site = choose_site(options)
        try:
            with database(data):
                if not prepare.is_prepared(demo=options.demo):
                    run_prepare(demo=options.demo)
                with opened(site, data) as place:
                    address_path(data).write_text(site.address)
                    serve(site, options.workers, place)
        except KeyboardInterrupt:
            pass
        finally:
            address_path(data).unlink(missing_ok=True)
    say("Đã dừng.")
    return 0


def interrupt(*_: Any) -> None:
    """A signal to end, as Ctrl-C."""
    raise KeyboardInterrupt


@contextlib.contextmanager
def database(data: Path) -> Iterator[None]:
    """The embedded server for the length of the block, if this machine runs one.

    Raises CommandError when it died and cannot be brought back.
    """
    if not is_embedded():
        yield
        return
    cluster = Cluster(data)
    if not cluster.exists():
        say(f"Tạo cơ sở dữ liệu trong {data}…")
    with cluster.supervise(), Watch(cluster) as watch:
        try:
            yield
        finally:
            if watch.lost:  # whatever runs this service is to notice
                raise CommandError(f"Dừng, vì cơ sở dữ liệu không chạy lại được. {watch.lost}")


def run_prepare(*, demo: bool) -> None:
    """Prepare in a process of its own, so that what serves stays small.

    Raises CommandError when it failed; it has said why.
    """
    command = [sys.executable, "-m", "chibo.cli", "prepare", *(["--demo"] if demo else [])]
    say("Chuẩn bị…")
    if subprocess.run(command).returncode:
        raise CommandError("Chưa chuẩn bị được cơ sở dữ liệu; lý do ở trên.")


def choose_site(options: argparse.Namespace) -> Site:
    """This machine alone, or with `--lan` an address in a local network; and a free port there."""
    if options.lan is None:
        host = Site.host
        return Site(host, choose_port(options.port, host=host, first=FIRST_PORT))
    from chibo.ops.lan.addresses import choose_address

    host = str(choose_address(options.lan))
    return Site(host, choose_port(options.port, host=host, first=FIRST_LAN_PORT), secure=True)


@contextlib.contextmanager
def opened(site: Site, data: Path) -> Iterator["Lan | None"]:
    """With `--lan` certificate, settings and page of trust for the length of the block."""
    if not site.secure:
        yield None
        return
    from chibo.ops.lan.place import Lan

    with Lan.opened(site, data) as place:
        yield place


def serve(site: Site, workers: int, place: "Lan | None") -> None:
    """Serve until a signal; the first worker that has loaded the application announces the address."""
    import multiprocessing

    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.pop("CHIBO_DB_ROLE", None)
    if machine.demo_mark().exists():
        os.environ["CHIBO_FICTITIOUS"] = "1"
        os.environ.setdefault("CHIBO_SECOND_FACTOR", "optional")
    announced = multiprocessing.Value("b", 0)

    def load(*_: Any) -> Any:
        """Runs in each worker."""
        leave_signals_to_parent()
        from chibo.wsgi import application

        if trouble := unfit():
            complain(trouble)
            os.kill(os.getppid(), signal.SIGTERM)
        with announced.get_lock():
            first, announced.value = not announced.value, 1
        if first:
            # The worker listens a moment after this returns.
            threading.Thread(target=announce, args=[site, place], daemon=True).start()
        if os.environ.get("CHIBO_JOBS", "1") != "0":
            begin_jobs()
        return application

    server = Server(
        "chibo.wsgi:application",
        address=site.host,
        port=site.port,
        ssl_cert=place.served.certificate if place else None,
        ssl_key=place.served.key if place else None,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    # granian reloads on HUP; a closed terminal means the end here.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=load, wrap_loader=False)


def unfit() -> str:
    """What bars this login from serving; a database that is just restarting is waited for."""
    from django.db import OperationalError

    from chibo.ops.health import login_trouble

    while True:
        try:
            return login_trouble()
        except OperationalError:
            time.sleep(1)


def begin_jobs() -> None:
    """Do the machine's own work beside serving; of several workers the first to hold the lock does it."""
    from chibo.ops.jobs import worker

    worker.in_thread()


def leave_signals_to_parent() -> None:
    """End when the process that started this worker ends, and at its word alone.

    A terminal's Ctrl-C reaches the whole group; the parent's own request just after it blocks a worker for good.
    """
    import ctypes

    os.setpgid(0, 0)
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def announce(site: Site, place: "Lan | None") -> None:
    """Once it answers, say where Chibo is, and who may sign in to the fictitious data."""
    while not site.answers(data_directory()):
        time.sleep(0.02)
    if users := demo_users.read():
        say(f"\nSố liệu hư cấu. Đăng nhập bằng một trong các tài khoản:\n\n{demo_users.drawn(users)}\n")
        say("Bản xem thử: chưa bắt buộc lớp bảo vệ thứ hai.\n")
    if place:
        say(place.printed())
    if recovery_key.is_waiting():
        say("Khóa khôi phục của bản sao lưu chưa cất trên giấy. Xem và chép: bin/chibo backup --key")
    say(f"Sẵn sàng: {site.address}")
    say("Dừng bằng Ctrl-C.")


def take_turn(lock: IO[str], data: Path, options: argparse.Namespace) -> bool:
    """Hold the lock of this data; False where another start serves it already, and it has been said where.

    One that is still starting or is just stopping is waited for, whichever way it ends.

    Raises CommandError when it does neither in three minutes.
    """
    begun, told = time.monotonic(), False
    while (waited := time.monotonic() - begun) < PATIENCE_SECONDS:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        site = Site.read(address_path(data))
        if site and site.answers(data):
            tell_running(site, options)
            return False
        if waited > 1 and not told:
            say("Một lệnh bin/start khác đang khởi động hoặc đang dừng. Đang chờ…")
            told = True
        time.sleep(0.2)
    raise CommandError("Một lệnh bin/start khác đang khởi động và chưa xong. Hãy xem cửa sổ của lệnh đó.")


def tell_running(site: Site, options: argparse.Namespace) -> None:
    """Say where the other start serves, and what to do to have it otherwise."""
    say(f"Chibo đang chạy rồi: {site.address}")
    if options.port and options.port != site.port:
        complain(f"Muốn đổi sang cổng {options.port}: dừng bản đang chạy bằng Ctrl-C rồi khởi động lại.")
    if (options.lan is not None) != site.secure:
        complain("Muốn đổi cách phục vụ (--lan): dừng bản đang chạy bằng Ctrl-C rồi khởi động lại.")
    if options.demo and (users := demo_users.read()):
        say(f"\n{demo_users.drawn(users)}")


def address_path(data: Path) -> Path:
    """The file that holds the address while a server runs."""
    return data / "server.address"
