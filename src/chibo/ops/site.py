"""Where `bin/start` serves: address, port, and whether over TLS."""

import contextlib
import http.client
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from chibo.ops.terminal import CommandError

PORTS_TRIED = 20


@dataclass(frozen=True)
class Site:
    """One place to serve at."""

    host: str = "127.0.0.1"
    port: int = 8000
    secure: bool = False

    @property
    def address(self) -> str:
        """As it is typed into a browser."""
        return f"{'https' if self.secure else 'http'}://{self.host}:{self.port}"

    @classmethod
    def read(cls, file: Path) -> "Site | None":
        """The place that a running server wrote down; None when there is none."""
        with contextlib.suppress(OSError, ValueError):
            parts = urlsplit(file.read_text(encoding="ascii"))
            if parts.hostname and parts.port:
                return cls(parts.hostname, parts.port, parts.scheme == "https")
        return None

    def answers(self, data: Path) -> bool:
        """Whether Chibo answers here; over TLS, whether it is the one of this data folder."""
        try:
            connection = self._connection(data)
        except OSError:  # an ssl.SSLError too: no certificate yet
            return False
        try:
            connection.request("GET", "/suc-khoe/")
            return connection.getresponse().status < 600
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _connection(self, data: Path) -> http.client.HTTPConnection:
        if not self.secure:
            return http.client.HTTPConnection(self.host, self.port, timeout=5)
        from chibo.ops.lan.authority import trusting

        context: ssl.SSLContext = trusting(data)
        return http.client.HTTPSConnection(self.host, self.port, timeout=5, context=context)


def choose_port(wanted: int | None, *, host: str, first: int) -> int:
    """The wanted port, or the first free one from `first` on.

    Raises CommandError when the wanted one is taken.
    """
    if wanted is not None:
        if not is_free(host, wanted):
            raise CommandError(f"Cổng {wanted} đang có chương trình khác dùng. Hãy chọn cổng khác: --port N")
        return wanted
    for port in range(first, first + PORTS_TRIED):
        if is_free(host, port):
            return port
    raise CommandError(f"Các cổng {first}–{first + PORTS_TRIED - 1} đều bận. Hãy chọn cổng: --port N")


def is_free(host: str, port: int) -> bool:
    """Whether a server may listen here; connections that are still closing do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
