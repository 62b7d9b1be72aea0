"""The private PostgreSQL, as a real server."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from chibo.ops import binaries, postgres
from chibo.ops.binaries import DatabaseError
from chibo.ops.postgres import Cluster

pytestmark = pytest.mark.skipif(not binaries.candidate_binaries(), reason="no PostgreSQL: apt install postgresql-15")


def server_pid(cluster: Cluster) -> int:
    return int((cluster.files / "postmaster.pid").read_text().split("\n")[0])


def write_row(cluster: Cluster) -> None:
    with psycopg.connect(**cluster.address()) as connection:
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES ('còn đây')")


def read_row(cluster: Cluster) -> str:
    with psycopg.connect(**cluster.address()) as connection:
        row = connection.execute("SELECT text FROM note").fetchone()
    assert row is not None
    return str(row[0])


def test_a_new_cluster_keeps_its_rows_over_a_restart(data: Path) -> None:
    with Cluster(data).use() as cluster:
        write_row(cluster)
    assert not cluster.is_running()
    with Cluster(data).use() as again:
        assert read_row(again) == "còn đây"


def test_nobody_listens_on_the_network_and_the_socket_is_closed_to_others(data: Path) -> None:
    with Cluster(data).use() as cluster, psycopg.connect(**cluster.address()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert cluster.socket.stat().st_mode & 0o077 == 0


def test_the_last_of_two_users_stops_the_server(data: Path) -> None:
    first, second = Cluster(data), Cluster(data)
    with first.use():
        with second.use():
            assert second.child is None, "the second user must find the first one's server"
        assert first.is_running()
    assert not first.is_running()


def test_a_supervised_server_ends_with_its_process(data: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from chibo.ops.postgres import Cluster\n"
        "with Cluster(Path(sys.argv[1])).supervise(): print('up', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "up\n"
    cluster = Cluster(data)
    pid = server_pid(cluster)
    process.kill()
    process.wait()
    assert gone(pid), "the server must end when the process that started it is killed"


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_a_start_after_kill_9_recovers_at_once(data: Path) -> None:
    cluster = Cluster(data)
    cluster.start()
    write_row(cluster)
    os.kill(server_pid(cluster), signal.SIGKILL)  # not reaped: a zombie holds its number, as under a bare PID 1
    begun = time.monotonic()
    with Cluster(data).use() as again:
        assert read_row(again) == "còn đây"
    assert time.monotonic() - begun < 10


def test_a_lock_file_that_names_a_stranger_does_not_stop_the_start(data: Path) -> None:
    cluster = Cluster(data)
    cluster.start()
    os.kill(server_pid(cluster), signal.SIGKILL)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        for lock in (cluster.files / "postmaster.pid", cluster.socket / ".s.PGSQL.5432.lock"):
            lines = lock.read_text().split("\n")
            lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        with Cluster(data).use() as again:
            assert again.is_running()
        assert stranger.poll() is None, "a stranger's process must be left alone"
    finally:
        stranger.kill()
        stranger.wait()


def test_a_killed_creation_is_begun_again(data: Path) -> None:
    half = Cluster(data).files.with_name(f"{Cluster(data).files.name}.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("15\n")
    with Cluster(data).use() as cluster:
        assert cluster.is_running()


def test_existing_data_decide_the_version(data: Path) -> None:
    (data / "pg14").mkdir()
    with pytest.raises(DatabaseError, match="PostgreSQL 14"):
        Cluster(data)


def test_a_socket_folder_of_somebody_else_is_refused(data: Path) -> None:
    cluster = Cluster(data)
    cluster.socket.mkdir(mode=0o755)
    cluster.socket.chmod(0o755)
    try:
        with pytest.raises(DatabaseError, match="không phải của ta"):
            cluster.start()
    finally:
        cluster.socket.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_root_in_a_private_folder_keeps_the_data_where_the_account_may_go(data: Path) -> None:
    data.parent.chmod(0o700)
    with Cluster(data).use() as cluster:
        write_row(cluster)
    assert cluster.files.is_relative_to(postgres.SHARED_HOME)
    with Cluster(data).use() as again:
        assert read_row(again) == "còn đây"
    shutil.rmtree(cluster.files.parent)
