"""A private PostgreSQL for one data directory: create, start, stop. `watch` keeps it running.

Used when no DATABASE_URL is given. Data that exists decides the major version; only a new cluster may choose.
The server listens on a socket alone, in a folder that nobody else may enter, and knows its callers by their
account.
"""

import contextlib
import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg

from chibo.ops.binaries import OLDEST_MAJOR, DatabaseError, candidate_binaries, major_version
from chibo.ops.connection import database_directory, socket_directory

START_TIMEOUT = 30.0
# A server that replays what a crash left says so, and is left to it.
RECOVERY_TIMEOUT = 600.0
RECOVERING = ("starting up", "recovery mode", "shutting down", "not yet accepting")
STOP_TIMEOUT = 30.0
# Where root keeps what the server's account cannot reach inside a private project folder.
SHARED_HOME = Path("/var/lib/chibo")
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
dynamic_shared_memory_type = mmap
shared_buffers = 128MB
max_connections = 60
max_wal_size = 256MB
logging_collector = off
log_timezone = 'Asia/Ho_Chi_Minh'
timezone = 'Asia/Ho_Chi_Minh'
"""


class Cluster:
    """The PostgreSQL of one data directory.

    `settings` are server settings for this start only (`{"fsync": "off"}` for tests).
    """

    def __init__(self, data: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.home = data.absolute()
        self.settings = dict(settings or {})
        self.child: subprocess.Popen[bytes] | None = None
        self.failure = ""
        self.ending = threading.Event()
        self.home.mkdir(parents=True, exist_ok=True)
        self.account = self._unprivileged_account() if os.geteuid() == 0 else None
        self.socket = socket_directory(self.home)
        self.binaries, self.files = self._choose(self._store())
        self.log = self.home / "postgres.log"

    # ── what there is ──

    def address(self, *, user: str = "postgres", dbname: str = "postgres") -> dict[str, Any]:
        """Arguments for psycopg.connect()."""
        return {"host": str(self.socket), "port": 5432, "user": user, "dbname": dbname}

    def environment(self) -> dict[str, str]:
        """The environment for PostgreSQL's programs: nothing that could redirect or translate them."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        return kept | {"LC_ALL": "C.UTF-8", "HOME": "/", "TZ": "UTC"}

    def exists(self) -> bool:
        """Whether the cluster was created."""
        return self.files.exists()

    def is_running(self) -> bool:
        """Whether a server answers and its data is ours; `failure` keeps the reason when not."""
        try:
            with psycopg.connect(**self.address(), connect_timeout=3) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError as error:
            self.failure = str(error).strip()
            return False
        return row is not None and Path(row[0]).resolve() == self.files.resolve()

    def is_alive(self) -> bool:
        """Whether its process lives, even while it does not answer yet."""
        return self._server_pid() is not None

    # ── start and stop ──

    @contextlib.contextmanager
    def use(self) -> Iterator["Cluster"]:
        """A running server for the length of the block; the last of several users stops it."""
        with (self.home / "postgres.users").open("w") as users:
            with self._lock():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start(tied=False)
            try:
                yield self
            finally:
                with self._lock(), contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    @contextlib.contextmanager
    def supervise(self) -> Iterator["Cluster"]:
        """A running server that ends with this block, and with this process if that is killed."""
        with (self.home / "postgres.users").open("w") as users:
            with self._lock():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start(tied=True)
            try:
                yield self
            finally:
                self.ending.set()
                self.stop()

    def revive(self, timeout: float) -> None:
        """Start the server that `supervise` lost; raises DatabaseError when it does not come up within `timeout`."""
        with self._lock():
            self._start(tied=True, timeout=timeout)

    def start(self) -> bool:
        """Start the server unless it runs, and leave it running; give whether it was started now."""
        with self._lock():
            return self._start(tied=False)

    def stop(self) -> None:
        """Stop the server, whoever started it: open transactions are rolled back, nothing is lost."""
        with self._lock():
            self._stop()

    def _start(self, *, tied: bool, timeout: float | None = None) -> bool:
        if self.is_running():
            return False
        self._prepare_socket()
        self._create()
        begun = time.monotonic()
        while not self.is_running():
            if not self.is_alive() and (self.child is None or self.child.poll() is not None):
                self._free_stale_locks()
                self.child = self._spawn(tied=tied)
            recovering = any(words in self.failure for words in RECOVERING)
            patience = RECOVERY_TIMEOUT if recovering else timeout or START_TIMEOUT
            if self.ending.wait(0.2 if recovering else 0.02) or time.monotonic() - begun > patience:
                self._give_up()
            if self.child is not None and self.child.poll() is not None:
                time.sleep(0.3)
        return True

    def _give_up(self) -> None:
        """End the server that this process began to start, never another's. Raises DatabaseError."""
        if self.child is not None and self.child.poll() is None:
            self._end(self.child.pid)
        elif pid := self._server_pid():
            raise DatabaseError(
                f"Cơ sở dữ liệu đang chạy (tiến trình {pid}) nhưng chưa trả lời: {self.failure}\n"
                "Lệnh này để nguyên, không dừng nó. Đợi một lát rồi chạy lại; nếu vẫn vậy, dừng rồi chạy lại bin/start."
            )
        tail = self.log.read_text(errors="replace")[-800:]
        raise DatabaseError(f"Cơ sở dữ liệu không khởi động được: {self.failure}\n{tail}")

    def _spawn(self, *, tied: bool) -> subprocess.Popen[bytes]:
        libc = ctypes.CDLL(None)

        def end_with_parent() -> None:
            # Runs after the rights were dropped, which would clear it. SIGINT is PostgreSQL's fast shutdown.
            libc.prctl(1, signal.SIGINT)

        switches = [
            f"unix_socket_directories={self.socket}",
            *(f"{key}={value}" for key, value in self.settings.items()),
        ]
        command = [str(self.binaries / "postgres"), "-D", str(self.files)]
        for switch in switches:
            command += ["-c", switch]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                cwd="/",
                start_new_session=True,
                preexec_fn=end_with_parent if tied else None,
                **self._as_account(),
            )

    def _stop(self) -> None:
        if pid := self._server_pid():
            self._end(pid)

    def _end(self, pid: int) -> None:
        for request, timeout in ((signal.SIGINT, STOP_TIMEOUT), (signal.SIGQUIT, 10.0)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, request)
            if self._wait_until_gone(pid, timeout):
                with contextlib.suppress(OSError):
                    self.socket.rmdir()
                return
        raise DatabaseError(f"Cơ sở dữ liệu (tiến trình {pid}) không chịu dừng.")

    def _wait_until_gone(self, pid: int, timeout: float) -> bool:
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.child is not None and self.child.pid == pid:
                self.child.poll()
            if not self._is_our_server(pid):
                return True
            time.sleep(0.02)
        return False

    # ── creation ──

    def _choose(self, store: Path) -> tuple[Path, Path]:
        """Binaries and the folder of the data."""
        existing = sorted(store.glob("pg[0-9][0-9]"), reverse=True)
        folders = {folder: major_version(folder) for folder in candidate_binaries()}
        if existing:
            wanted = int(existing[0].name[2:])
            for folder, major in folders.items():
                if major == wanted:
                    return self._reachable(folder), existing[0]
            raise DatabaseError(
                f"Dữ liệu ở {existing[0]} thuộc PostgreSQL {wanted}, nhưng máy không có "
                f"chương trình bản {wanted}. Hãy cài lại: apt install postgresql-{wanted}, "
                "hoặc đặt CHIBO_PG_BIN."
            )
        for folder, major in folders.items():
            if major >= OLDEST_MAJOR:
                return self._reachable(folder), store / f"pg{major}"
        raise DatabaseError(f"Không tìm thấy PostgreSQL từ bản {OLDEST_MAJOR}. Hãy cài: apt install postgresql.")

    def _create(self) -> None:
        if self.files.exists():
            return
        # Built beside and renamed: PG_VERSION is written early, and a killed initdb must not look done.
        new = self.files.with_name(f"{self.files.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if self.account:
            os.chown(new, self.account.pw_uid, self.account.pw_gid)
        major = major_version(self.binaries)
        options = ["-U", "postgres", "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
        done = subprocess.run(
            [self.binaries / "initdb", "-D", new, *options, *builtin],
            env=self.environment(),
            cwd="/",
            capture_output=True,
            text=True,
            **self._as_account(),
        )
        if done.returncode:
            raise DatabaseError(f"Không tạo được cơ sở dữ liệu ở {self.home}:\n{done.stderr.strip()[-800:]}")
        (new / "pg_hba.conf").write_text("local all all peer map=chibo\n")
        # Before 16 the map knows no "all": there admit() lists each role.
        (new / "pg_ident.conf").write_text(self._admission("all" if major >= 16 else "postgres"))
        with (new / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION)
        new.rename(self.files)

    def admit(self, *roles: str) -> None:
        """Let our account sign in as these database roles; the server must be running."""
        if major_version(self.binaries) >= 16:
            return
        path = self.files / "pg_ident.conf"
        known = path.read_text()
        missing = [line for role in roles if (line := self._admission(role)) not in known]
        if missing:
            path.write_text(known + "".join(missing))
            with psycopg.connect(**self.address(), autocommit=True) as connection:
                connection.execute("SELECT pg_reload_conf()")
            time.sleep(0.2)  # the reload is a signal: the server gives no word when it has read the file

    @staticmethod
    def _admission(role: str) -> str:
        return f'chibo "{pwd.getpwuid(os.geteuid()).pw_name}" {role}\n'

    # ── accounts, folders, locks ──

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """One start or stop at a time, over all processes."""
        with (self.home / "postgres.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)  # a worker forked meanwhile holds the file open too

    @staticmethod
    def _unprivileged_account() -> pwd.struct_passwd:
        """PostgreSQL refuses to run as root; no account is created on somebody's machine."""
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        raise DatabaseError("Máy không có tài khoản postgres hay nobody: hãy chạy bằng tài khoản thường.")

    def _as_account(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _may_enter(self, folder: Path) -> bool:
        """Whether the server's account can pass into `folder` (root's home is closed to it)."""
        if self.account is None:
            return True
        return subprocess.run(["/usr/bin/test", "-x", folder], cwd="/", **self._as_account()).returncode == 0

    def _store(self) -> Path:
        """The folder of the data: our own, or one outside of a private tree, which a file here then names."""
        link = self.home / "postgres.home"
        if link.exists():
            return database_directory(self.home)
        if self._may_enter(self.home):
            return self.home
        SHARED_HOME.mkdir(parents=True, exist_ok=True)
        store = Path(tempfile.mkdtemp(prefix="data-", dir=SHARED_HOME))
        store.chmod(0o755)
        link.write_text(f"{store}\n", encoding="utf-8")
        return store

    def _reachable(self, binaries: Path) -> Path:
        """The binaries themselves, or their copy in a readable place."""
        if self._may_enter(binaries / "postgres"):
            return binaries
        install = binaries.parent
        copy = SHARED_HOME / f"postgresql-{major_version(binaries)}-{int((binaries / 'postgres').stat().st_mtime)}"
        if not copy.exists():
            new = copy.with_name(f"{copy.name}.{os.getpid()}.new")
            # The programs find their libraries beside the package, so the layout is kept.
            shutil.copytree(install, new / "package" / install.name, symlinks=True)
            libraries = install.parent.with_name(f"{install.parent.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, new / libraries.name, symlinks=True)
            new.chmod(0o755)
            new.rename(copy)
        return copy / "package" / install.name / "bin"

    def _prepare_socket(self) -> None:
        owner = self.account.pw_uid if self.account else os.geteuid()
        with contextlib.suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
            if self.account:
                os.chown(self.socket, owner, -1)
        found = self.socket.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise DatabaseError(f"Thư mục {self.socket} không phải của ta: hãy xem ai đã tạo nó, rồi xóa đi.")

    def _server_pid(self) -> int | None:
        """The process named by the server's lock file, when it is really our server."""
        try:
            pid = abs(int((self.files / "postmaster.pid").read_text().split("\n", 1)[0]))
        except (OSError, ValueError):
            return None
        return pid if self._is_our_server(pid) else None

    def _is_our_server(self, pid: int) -> bool:
        """A zombie, or a stranger who got the number later, is not our server, which works in its data."""
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            return state != "Z" and os.path.samefile(f"/proc/{pid}/cwd", self.files)
        except OSError:
            return False

    def _free_stale_locks(self) -> None:
        """Cure both lock files after a kill -9, without losing the check of shared memory.

        PostgreSQL refuses for ever while either names a process that lives again. Our number in the first
        line counts as stale (a server takes its parent's so), and the shared memory is still checked.
        """
        for path in (self.files / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
            with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
                lines = path.read_text().splitlines()
                if not self._is_our_server(abs(int(lines[0]))):
                    path.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
