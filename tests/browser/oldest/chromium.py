"""Chromium 80, the oldest that the room promises, by its own protocol: Playwright of today speaks to none so old.

It comes with a package of npm (package.json beside this file), whole and for Linux on x86-64 alone. Nothing of it is
served, and it sees no page but those under test.
"""

import base64
import json
import os
import platform
import select
import subprocess
import time
from itertools import count
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.javascript.tools import javascript

HERE = Path(__file__).parent
PACKED = HERE / "node_modules" / "chrome-aws-lambda" / "bin" / "chromium.br"
PROGRAM = PACKED.with_suffix("")
ANSWERS_WITHIN = 30
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-sync", "--hide-scrollbars", "--lang=vi"),
    "--remote-debugging-pipe",
]
# What a person reads, not the browser: a refusal, or that there is no network.
ANSWERS = ("the server responded with a status of 4", "net::ERR_")


def program() -> Path:
    """Where it lies; fetched and unpacked the first time. The test is skipped where it cannot be had."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("Chromium 80 chỉ có cho Linux x86-64")
    if not javascript.install(HERE):
        pytest.skip("Chromium 80: npm không lấy được chrome-aws-lambda")
    if not PROGRAM.exists():
        fresh = PROGRAM.with_suffix(".new")
        fresh.write_bytes(brotli.decompress(PACKED.read_bytes()))
        fresh.chmod(0o755)
        fresh.rename(PROGRAM)
    return PROGRAM


class Chromium:
    """One window of it, as wide as a phone."""

    name = "Chromium 80"

    def __init__(self, disk: Path) -> None:
        heard, self._says = os.pipe()
        self._hears, said = os.pipe()
        command = [str(program()), *ARGUMENTS, f"--user-data-dir={disk}"]
        # It reads from 3 and writes to 4.
        self._process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3</dev/fd/{heard} 4>/dev/fd/{said}', "sh", *command],
            pass_fds=(heard, said),
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "Asia/Ho_Chi_Minh"},
        )
        os.close(heard)
        os.close(said)
        self._numbers, self._rest, self._window = count(1), b"", ""
        self.complaints: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._window = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")
        self._call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)

    # ---------- acts ----------
    def goto(self, address: str) -> None:
        """Type an address; whether it has come is told by what the page says."""
        self._call("Page.navigate", url=address)

    def reload(self) -> None:
        """Load the page again."""
        self._call("Page.reload")

    def evaluate(self, expression: str) -> Any:
        """What a script of the page finds, once it is there; None while the page is going."""
        answer = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer.get("result", {}).get("value")

    def press(self, x: float, y: float) -> None:
        """Press where the page shows something."""
        for what in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=what, x=x, y=y, button="left", clickCount=1)

    def write(self, text: str) -> None:
        """Write where the cursor stands."""
        self._call("Input.insertText", text=text)

    def picture(self, path: Path) -> None:
        """What stands on the screen."""
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)
        os.close(self._says)
        os.close(self._hears)

    # ---------- the wire ----------
    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        said = {"id": number, "method": method, "params": parameters}
        if self._window:
            said["sessionId"] = self._window
        os.write(self._says, json.dumps(said).encode() + b"\0")
        until = time.monotonic() + ANSWERS_WITHIN
        while (answer := self._next(until)).get("id") != number:
            self._note(answer)
        # A page that is going answers so.
        gone = answer.get("error", {}).get("message", "")
        assert not gone or "context" in gone or "navigated" in gone, f"{method}: {answer['error']}"
        return dict(answer.get("result", {}))

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select.select([self._hears], [], [], max(0, until - time.monotonic()))[0], "Chromium 80 says nothing"
            came = os.read(self._hears, 1 << 20)
            assert came, "Chromium 80 has ended"
            self._rest += came
        said, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(said))

    def _note(self, said: dict[str, Any]) -> None:
        """Keep what the console complains of."""
        found = said.get("params", {})
        if said.get("method") == "Runtime.exceptionThrown":
            details = found["exceptionDetails"]
            self.complaints.append(str(details.get("exception", details).get("description", details["text"])))
        elif said.get("method") == "Log.entryAdded" and found["entry"]["level"] == "error":
            text = f"{found['entry']['text']} {found['entry'].get('url', '')}"
            if not any(one in text for one in ANSWERS):
                self.complaints.append(text)
