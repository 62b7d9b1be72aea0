"""The embedded database dies under a running bin/start, and comes back by itself."""

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.test import RequestFactory

from chibo.ops import postgres, watch
from chibo.ops.binaries import DatabaseError
from chibo.ops.connection import DATABASE
from chibo.ops.outage import Outage, failed, outage_of
from chibo.ops.postgres import Cluster
from chibo.ops.watch import Watch
from tests.ops.starting import started

pytestmark = pytest.mark.process
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def server_pid(cluster: Cluster) -> int:
    return int((cluster.files / "postmaster.pid").read_text().split("\n")[0])


def ask(port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        method, path, body.encode(), headers={name.replace("_", "-"): one for name, one in headers.items()}
    )
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until something holds; the limit is only there so that a failure ends."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.1)


def serves(port: int) -> bool:
    return ask(port, "/dang-nhap/")[0] == 200


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A process that does nothing for the length of the block."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_database_that_dies_comes_back_and_meanwhile_the_truth_is_told(data: Path, port: int) -> None:
    with started(data, port) as (process, _):
        cluster = Cluster(data)
        assert serves(port)
        with stopped(process.pid):  # so that it does not come back while it is looked at
            os.kill(server_pid(cluster), signal.SIGKILL)
            until(lambda: not serves(port))
            status, page = ask(port, "/dang-nhap/")
            assert status == 503 and "Cơ sở dữ liệu đang khởi động lại" in page
            assert '<meta http-equiv="refresh"' in page
            told_what_was_typed(port)
            told_programs(port)
        until(lambda: serves(port))
        kill_a_backend(cluster)
        until(lambda: serves(port))
        for _ in range(3):  # again and again, with a pause that grows
            kill_and_see_another(cluster)
            until(lambda: serves(port))
        assert process.poll() is None
    assert not cluster.is_alive(), "ended with bin/start all the same"


def kill_and_see_another(cluster: Cluster) -> None:
    """Its successor may run before anyone saw that none ran."""
    dead = server_pid(cluster)
    os.kill(dead, signal.SIGKILL)
    until(lambda: cluster.is_running() and server_pid(cluster) != dead)


def kill_a_backend(cluster: Cluster) -> None:
    """One that serves the application; the server then ends all of them, and replays."""
    with psycopg.connect(**cluster.address(dbname=DATABASE), autocommit=True) as connection:
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'chibo app'"
        found = connection.execute(query).fetchone()
    assert found is not None
    os.kill(found[0], signal.SIGKILL)


def told_what_was_typed(port: int) -> None:
    """A form that is sent now comes back in the page, with a button to send it again."""
    typed = urlencode({"name": "lan", "password": "bí mật", "note": "Đề nghị sửa đường thôn trước tháng 5"})
    own = {"Origin": f"http://127.0.0.1:{port}"}
    status, page = ask(port, "/dang-nhap/", "POST", typed, **FORM, **own)
    assert status == 503 and "Gửi lại" in page and "Đề nghị sửa đường thôn trước tháng 5" in page
    assert "bí mật" not in page and "http-equiv" not in page
    _, foreign = ask(port, "/dang-nhap/", "POST", typed, **FORM, Origin="http://elsewhere.example")
    assert "Đề nghị sửa" not in foreign


def told_programs(port: int) -> None:
    """Scripts, the API and whoever watches the machine get JSON."""
    status, body = ask(port, "/dang-nhap/", "POST", "text=a", **FORM, HX_Request="true")
    assert status == 503 and "khởi động lại" in json.loads(body)["error"]
    status, body = ask(port, "/api/v1/me")
    assert status == 503 and json.loads(body)["code"] == "unavailable"
    status, body = ask(port, "/suc-khoe/")
    assert status == 503 and "Không nối được" in json.loads(body)["kiem_tra"]["co-so-du-lieu"]
    status, page = ask(port, "/suc-khoe/", Accept="text/html")
    assert status == 503 and "Máy chủ cần xem lại" in page


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PAUSES", (0.0, 0.1, 0.1))
    monkeypatch.setattr(watch, "TRY_FOR", 1.0)
    monkeypatch.setattr(postgres, "START_TIMEOUT", 1.0)


@pytest.fixture
def asked_to_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """What a signal to end did to this process."""
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    yield asked
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("impatient")
def test_a_database_that_cannot_come_back_ends_the_service(data: Path, asked_to_end: list[int]) -> None:
    cluster = Cluster(data)
    with cluster.supervise(), Watch(cluster) as one:
        (cluster.files / "global" / "pg_control").unlink()
        os.kill(server_pid(cluster), signal.SIGKILL)
        until(lambda: bool(asked_to_end))
        assert "pg_control" in one.lost


@pytest.mark.usefixtures("impatient")
def test_no_command_stops_a_database_that_it_did_not_start(data: Path) -> None:
    cluster = Cluster(data)
    with cluster.supervise():
        pid = server_pid(cluster)
        with stopped(pid), pytest.raises(DatabaseError, match="để nguyên, không dừng nó"), Cluster(data).use():
            pass
        assert server_pid(cluster) == pid
        until(cluster.is_running)


@pytest.fixture
def small_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder on a disk of its own, of 160 MB."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", str(data)], text=True)
    if mounted.returncode:
        pytest.skip("a disk that can be filled needs the right to mount one (root)")
    monkeypatch.setenv("CHIBO_DATA", str(data))
    yield data
    subprocess.run(["umount", "-l", str(data)], check=True)


def fill(disk: Path) -> Path:
    """Write until there is no room left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65536)):
                pass
        except OSError:
            return ballast


def test_a_full_disk_is_said_beforehand_and_survived(small_disk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cluster = Cluster(small_disk)
    with cluster.supervise(), Watch(cluster):
        with psycopg.connect(**cluster.address(), autocommit=True) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'còn đây' AS text")
            ballast = fill(small_disk)
            with pytest.raises(psycopg.errors.DiskFull) as failure:
                connection.execute("CREATE TABLE large AS SELECT repeat('x', 900) FROM generate_series(1, 20000)")
        assert outage_of(failure.value) is Outage.DISK_FULL
        lost = end_for_want_of_room(cluster)
        try:
            raise lost
        except psycopg.OperationalError:
            answer = failed(RequestFactory().get("/"))
        assert answer.status_code == 503 and "Đĩa của máy chủ đã đầy" in answer.content.decode()
        ballast.unlink()
        until(cluster.is_running)
        with psycopg.connect(**cluster.address()) as connection:
            assert connection.execute("SELECT text FROM note").fetchone() == ("còn đây",)
        until(lambda: "đã chạy lại" in capfd.readouterr().out)
    assert not cluster.is_alive()


def end_for_want_of_room(cluster: Cluster) -> psycopg.OperationalError:
    """Write until the server needs a segment that there is no room for, and ends; how a client hears of it."""
    while True:
        try:
            with psycopg.connect(**cluster.address(), autocommit=True) as connection:
                connection.execute("SELECT pg_switch_wal()")
                connection.execute("UPDATE note SET text = text")
                connection.execute("CHECKPOINT")
        except psycopg.errors.DiskFull:
            continue
        except psycopg.OperationalError as error:
            if not cluster.is_alive():
                return error
