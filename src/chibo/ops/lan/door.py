"""A second, plain HTTP port beside `bin/start --lan` with the page of trust and nothing else: a process of its own.

It reads three files, keeps nothing, and ends with the process that started it.
"""

import argparse
import ctypes
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from chibo.ops.lan import trust_page

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD of the page's paths; the front leads there, all else is not found."""

    server_version, sys_version = "Chibo", ""
    timeout = 10  # seconds for a phone that opens a connection and says nothing
    root: Path
    address: str

    def do_GET(self) -> None:
        """Answer with the body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without it."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        found = trust_page.answer(path, root=self.root, address=self.address)
        if path == "/":
            self.send_response(302)
            self.send_header("Location", trust_page.PATH)
            found = trust_page.Answer("text/plain", b"")
        elif found is None:
            self.send_response(404)
            found = trust_page.Answer("text/plain; charset=utf-8", "Không có trang này\n".encode())
        else:
            self.send_response(200)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: who asks is nobody's business."""


class Server(ThreadingHTTPServer):
    """Threads that do not keep the process from ending."""

    daemon_threads = True


def main(arguments: list[str]) -> int:
    """Serve until the parent ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the parent's business
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--address", required=True)
    given = parser.parse_args(arguments)
    Handler.root, Handler.address = given.root, given.address
    Server((given.host, given.port), Handler).serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
