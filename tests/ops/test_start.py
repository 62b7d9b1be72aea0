"""bin/start as a person uses it: a process at a terminal."""

import argparse
import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from chibo.ops.commands import prepare, start
from chibo.ops.connection import PROJECT
from chibo.ops.postgres import Cluster
from tests.ops.conftest import Run
from tests.ops.starting import press_ctrl_c, started

pytestmark = pytest.mark.process


def health(port: int) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/suc-khoe/")
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in descendants(int(child)))]


def test_it_starts_stops_and_recovers(data: Path, port: int, chibo: Run) -> None:
    unchanged = prepare.source_stamp()
    with started(data, port) as (process, _):
        assert health(port)[0] == 200
        second = chibo("start", "--port", str(port))
        assert second.returncode == 0
        assert f"Chibo đang chạy rồi: http://127.0.0.1:{port}" in second.stdout
        press_ctrl_c(process)
        assert process.wait(30) == 0
    assert not Cluster(data).is_running(), "Ctrl-C must stop the database too"

    with started(data, port) as (process, said):
        assert unchanged != prepare.source_stamp() or "Chuẩn bị" not in said, "nothing was left to prepare"
        for pid in descendants(process.pid):
            with contextlib.suppress(ProcessLookupError):  # some end with the first that is killed
                os.kill(pid, signal.SIGKILL)
        process.wait(30)

    with started(data, port):
        assert health(port)[0] == 200


def test_a_port_that_is_taken_is_refused_with_what_to_do(data: Path, chibo: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = chibo("start", "--port", str(port))
    assert answer.returncode == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in answer.stderr


def test_the_launcher_finds_its_environment_from_any_folder(tmp_path: Path) -> None:
    answer = subprocess.run([PROJECT / "bin" / "chibo", "--help"], cwd=tmp_path, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert "sao lưu" in answer.stdout


def test_whoever_waits_for_a_server_that_stops_takes_its_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other one holds the lock while it stops, and says nowhere that it serves (as one of an older version)."""
    options = argparse.Namespace(port=None, lan=None, demo=False)
    with (tmp_path / "server.lock").open("a+") as theirs, (tmp_path / "server.lock").open("a+") as ours:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        threading.Timer(1.5, fcntl.flock, [theirs, fcntl.LOCK_UN]).start()
        assert start.take_turn(ours, tmp_path, options)
        with pytest.raises(BlockingIOError):
            fcntl.flock(theirs, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert "Đang chờ" in capsys.readouterr().out
