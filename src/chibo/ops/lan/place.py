"""`bin/start --lan` for the time that it serves: certificate, settings of the application, page of trust."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

import segno

from chibo.ops.lan import trust_page
from chibo.ops.lan.addresses import local_name
from chibo.ops.lan.authority import Served, fingerprint, serve_with
from chibo.ops.site import Site, choose_port

FIRST_DOOR = 8080
REPLACED = "Chứng chỉ gốc đã được tạo lại: mọi điện thoại, máy tính vào Chibo phải cài lại.\n"
# White on black whatever the window's colours are: a code the other way round is not read by every phone.
_CODE = "\x1b[40;97m{}\x1b[0m"


@dataclass(frozen=True)
class Lan:
    """What is served, and where a phone learns to trust it."""

    site: Site
    served: Served
    door: Site

    @classmethod
    @contextlib.contextmanager
    def opened(cls, site: Site, data: Path) -> "Iterator[Lan]":
        """All of it for the length of the block; the application is to be loaded inside it.

        Raises CommandError: the certificate cannot be read, or no port is free for the page of trust.
        """
        names = [name] if (name := local_name()) else []
        served = serve_with(data, address=IPv4Address(site.host), names=names, at=datetime.now(UTC))
        door = Site(site.host, choose_port(None, host=site.host, first=FIRST_DOOR))
        place = cls(site, served, door)
        place._tell_settings(names)
        command = [sys.executable, "-m", "chibo.ops.lan.door", "--host", door.host, "--port", str(door.port)]
        standing = subprocess.Popen([*command, "--root", str(served.root), "--address", site.address])
        try:
            yield place
        finally:
            standing.terminate()
            standing.wait()

    def printed(self) -> str:
        """Two codes for the terminal: for a phone's first time, and for every other time."""
        first = f"{self.door.address}{trust_page.PATH}"
        anew = REPLACED if self.served.replaces else ""
        return (
            f"{anew}Lần đầu trên mỗi điện thoại: quét mã này, so dấu vân tay, cài chứng chỉ.\n\n"
            f"{code(first)}\n{first}\nDấu vân tay: {fingerprint(self.served.root)}\n\n"
            f"Đã cài rồi: quét mã này để vào Chibo.\n\n{code(self.site.address)}\n"
        )

    def _tell_settings(self, names: list[str]) -> None:
        """Hosts that are answered, secure cookies, and no header of a proxy believed."""
        os.environ["CHIBO_LAN"] = self.site.address
        known = os.environ.get("CHIBO_HOSTS", "")
        os.environ["CHIBO_HOSTS"] = ",".join(filter(None, [known, self.site.host, *names]))


def code(text: str) -> str:
    """A QR code of half blocks, with the margin that readers ask for."""
    drawn = io.StringIO()
    segno.make(text, micro=False, error="m").terminal(drawn, border=4, compact=True)
    lines = drawn.getvalue().rstrip("\n").split("\n")
    return "\n".join(_CODE.format(line) for line in lines) if sys.stdout.isatty() else "\n".join(lines)
