"""WebKit as in Safari 16, through WebDriver: the oldest that is to be had. That of iOS 13.4 runs on no other system.

It is Debian's libwpewebkit-1.1-0, without a screen, with wpewebkit-driver, which does not bring it along. What it keeps
goes when its session ends.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

PROGRAM = "/usr/lib/x86_64-linux-gnu/wpe-webkit-1.1/MiniBrowser"
WANTED = {"wpe:browserOptions": {"binary": PROGRAM, "args": ["--automation", "--headless"]}}
ANSWERS_WITHIN = 30


class WebKit:
    """One window of it, 1280 points wide: it knows no other."""

    name = "WebKit 16"

    def __init__(self, disk: Path) -> None:
        driver = shutil.which("WPEWebDriver")
        if driver is None or not Path(PROGRAM).exists():
            pytest.skip("Máy thiếu WebKit: apt install wpewebkit-driver libwpewebkit-1.1-0")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [driver, f"--port={self._port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "Asia/Ho_Chi_Minh", "HOME": str(disk)},
        )
        self._session = ""
        self.complaints: list[str] = []
        self._session = "/session/" + self._begin()["sessionId"]

    def _begin(self) -> dict[str, Any]:
        until = time.monotonic() + ANSWERS_WITHIN
        while True:
            try:
                return dict(self._call("POST", "/session", {"capabilities": {"alwaysMatch": WANTED}}))
            except ConnectionError:
                assert time.monotonic() < until, "WPEWebDriver does not answer"
                time.sleep(0.1)

    # ---------- acts ----------
    def goto(self, address: str) -> None:
        """Type an address."""
        self._call("POST", "/url", {"url": address})

    def reload(self) -> None:
        """Load the page again."""
        self._call("POST", "/refresh", {})

    def evaluate(self, expression: str) -> Any:
        """What a script of the page finds, once it is there; None while the page is going."""
        script = f"const [done] = arguments; Promise.resolve({expression}).then(done)"
        try:
            return self._call("POST", "/execute/async", {"script": script, "args": []})
        except Gone:
            return None

    def press(self, x: float, y: float) -> None:
        """Press where the page shows something."""
        moved = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        acts = [moved, *({"type": what, "button": 0} for what in ("pointerDown", "pointerUp"))]
        self._act({"type": "pointer", "id": "hand", "parameters": {"pointerType": "mouse"}, "actions": acts})

    def write(self, text: str) -> None:
        """Write where the cursor stands."""
        active = self._call("GET", "/element/active")
        (element,) = active.values()
        self._call("POST", f"/element/{element}/value", {"text": text})

    def picture(self, path: Path) -> None:
        """What stands on the screen."""
        path.write_bytes(base64.b64decode(self._call("GET", "/screenshot")))

    def close(self) -> None:
        """End it."""
        with suppress(OSError, AssertionError):
            self._call("DELETE", "")
        self._process.terminate()
        self._process.wait(10)

    # ---------- the wire ----------
    def _act(self, source: dict[str, Any]) -> None:
        self._call("POST", "/actions", {"actions": [source]})

    def _call(self, method: str, path: str, body: object = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=ANSWERS_WITHIN)
        connection.request(method, self._session + path, None if body is None else json.dumps(body))
        answer = connection.getresponse()
        said = json.loads(answer.read())["value"]
        connection.close()
        if answer.status != 200 and method == "POST" and path == "/execute/async":
            raise Gone(said)
        assert answer.status == 200, said
        return said


class Gone(Exception):
    """The page went while it was asked."""
