"""A browser that keeps its disk when it is killed, and a wire to the server that can be cut."""

import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error

from tests.browser.device import LAPTOP, Device, settings_of


def processes(disk: Path) -> list[int]:
    """The processes of the browser whose profile lies in a folder."""
    found = []
    for one in Path("/proc").iterdir():
        with suppress(OSError):
            if one.name.isdecimal() and f"--user-data-dir={disk}" in (one / "cmdline").read_text(errors="replace"):
                found.append(int(one.name))
    return found


def kill(disk: Path) -> None:
    """Kill every process of a browser at once, as when the battery goes; nothing is said to it."""
    until = time.monotonic() + 5
    while (found := processes(disk)) and time.monotonic() < until:
        for one in found:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        time.sleep(0.05)


class Laptop(Device):
    """A laptop with a browser of its own, that can be killed and started again on what lies on its disk."""

    def __init__(self, browser: Browser, address: str, disk: Path) -> None:
        self.kind, self.address, self.disk = browser.browser_type, address, disk
        self.start()

    def start(self) -> None:
        """Start the browser."""
        context = self.kind.launch_persistent_context(
            str(self.disk),
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"],
            **settings_of(self.address, LAPTOP),
        )
        self.watch(context, LAPTOP)

    def kill(self) -> None:
        """Kill it."""
        kill(self.disk)
        with suppress(Error):
            self.page.context.close()
        for lock in self.disk.glob("Singleton*"):
            lock.unlink(missing_ok=True)


class Reach:
    """The way to the server: it is there, then is not, then is there again at its old address.

    A server that is stopped would still answer on the connections that it has; a wire that is cut carries nothing.
    """

    def __init__(self, server: str) -> None:
        self.server = ("127.0.0.1", int(urlsplit(server).port or 0))
        self.wires: set[socket.socket] = set()
        self.carried: list[int] = []
        self.port = 0
        self.come()

    @property
    def address(self) -> str:
        """Where the server is found, when it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def answered(self) -> int:
        """How many bytes the server has sent, heads and bodies."""
        return sum(self.carried)

    def come(self) -> None:
        """In reach."""
        self.listening = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
        self.port = self.listening.getsockname()[1]
        Thread(target=self._listen, args=(self.listening,), daemon=True).start()

    def go(self) -> None:
        """Out of reach: nobody listens, and every wire is cut."""
        for one in (self.listening, *self.wires):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.wires.clear()

    def _listen(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(self.server)
                self.wires |= {near, far}
                for here, there, counted in ((near, far, []), (far, near, self.carried)):
                    Thread(target=_carry, args=(here, there, counted), daemon=True).start()


def _carry(here: socket.socket, there: socket.socket, counted: list[int]) -> None:
    with suppress(OSError):
        while said := here.recv(65536):
            there.sendall(said)
            counted.append(len(said))
    for one in (here, there):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
