"""A real server as a process that can be killed, and people who sign in to it by the form."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from chibo.ops.connection import PROJECT
from tests.conftest import TestDatabase

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@dataclass
class Served:
    """granian with Chibo on the database of this test, on a port that it keeps when it is started again."""

    database: TestDatabase
    data: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Until it takes connections."""
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "error"]
        command = [sys.executable, "-m", "granian", *options, "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.data / "server.log").open("ab") as said:
            self.process = subprocess.Popen(
                [*command, "chibo.wsgi:application"],
                cwd=PROJECT,
                env={**os.environ, **self.environment()},
                start_new_session=True,  # its workers die with it
                stdout=said,
                stderr=said,
            )
        for _ in range(400):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
                return
            assert self.process.poll() is None, (self.data / "server.log").read_text()[-2000:]
            time.sleep(0.05)
        raise AssertionError("the server took too long to come up")

    def environment(self) -> dict[str, str]:
        keys = self.database.settings(self.database.name, "app")
        query = urllib.parse.urlencode({"host": keys["HOST"], "port": keys["PORT"]})
        address = f"postgresql://{keys['USER']}:{keys['PASSWORD']}@/{keys['NAME']}?{query}"
        return {
            "DATABASE_URL": address,
            "CHIBO_DATA": str(self.data),
            "CHIBO_SECRET_KEY": settings.SECRET_KEY,  # the database knows the seals of this key alone
            "CHIBO_SECOND_FACTOR": "optional",
        }

    def kill(self) -> None:
        """As a power cut would: all of its processes at once, whatever they are at."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        self.process = None


@dataclass
class Visitor:
    """A person with cookies."""

    base: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    @property
    def cookies(self) -> dict[str, str]:
        return {one.name: one.value or "" for one in self.jar}

    @property
    def header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sign_in(self, name: str, password: str) -> "Visitor":
        page = self.opener.open(f"{self.base}/dang-nhap/").read().decode()
        token = TOKEN.search(page)
        assert token is not None
        form = {"name": name, "password": password, "csrfmiddlewaretoken": token[1]}
        self.opener.open(f"{self.base}/dang-nhap/", urllib.parse.urlencode(form).encode())
        assert "sessionid" in self.cookies, "signed in"
        return self

    def post(self, path: str, body: Any) -> Any:
        request = urllib.request.Request(f"{self.base}{path}", json.dumps(body).encode(), method="POST")
        request.add_header("Content-Type", "application/json")
        request.add_header("X-CSRFToken", self.cookies["csrftoken"])
        return json.loads(self.opener.open(request).read())
