"""A small client for HTTP/1.1 on this machine: it costs little, so that both cores are the server's."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from itertools import cycle

HEADERS = "Host: 127.0.0.1\r\nConnection: keep-alive\r\nAccept: text/html\r\n"


def get(path: str, cookie: str = "") -> bytes:
    """A request for a page, ready to send."""
    return f"GET {path} HTTP/1.1\r\n{HEADERS}Cookie: sessionid={cookie}\r\n\r\n".encode()


def post(path: str, body: str, cookie: str) -> bytes:
    """A form, ready to send, with the token that the site asks for."""
    token = "a" * 32
    return (
        f"POST {path} HTTP/1.1\r\n{HEADERS}Cookie: sessionid={cookie}; csrftoken={token}\r\nX-CSRFToken: {token}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def post_json(path: str, body: str, cookie: str) -> bytes:
    """What a device sends, ready to send."""
    token, content = "a" * 32, body.encode()
    return (
        f"POST {path} HTTP/1.1\r\n{HEADERS}Cookie: sessionid={cookie}; csrftoken={token}\r\nX-CSRFToken: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode() + content


def tagged(request: bytes, tag: str) -> bytes:
    """The same question again, by one who holds the answer with this ETag."""
    return request[:-2] + f"If-None-Match: {tag}\r\n\r\n".encode()


def tag_of(head: bytes) -> str:
    """The ETag of an answer; "" when it has none."""
    lines = head.split(b"\r\n")
    return next((line[5:].strip().decode() for line in lines if line.lower().startswith(b"etag:")), "")


class Line:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes, wanted: tuple[bytes, ...]) -> bytes:
        """The body of the answer; raises RuntimeError unless its status is one of those wanted."""
        return self.ask(request, wanted)[1]

    def ask(self, request: bytes, wanted: tuple[bytes, ...]) -> tuple[bytes, bytes]:
        """Head and body of the answer, as they came; raises RuntimeError unless its status is one of those wanted."""
        self.socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        if head[9:12] not in wanted:
            raise RuntimeError(f"{request[:80]!r} → {head[:200]!r} {body[:400]!r}")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length:
            body += self._more()
        return head, body

    def _more(self) -> bytes:
        piece = self.socket.recv(262_144)
        if not piece:
            raise RuntimeError("the server closed the connection")
        return piece


def throughput(port: int, requests: Sequence[bytes], wanted: tuple[bytes, ...], *, seconds: float, lines: int) -> float:
    """Answers a second while several connections ask without a pause."""
    done = [0] * lines
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        line, own = Line(port), cycle(requests[number::lines])
        while time.perf_counter() < until:
            line.send(next(own), wanted)
            done[number] += 1

    together([lambda number=number: ask(number) for number in range(lines)])  # type: ignore[misc]
    return sum(done) / seconds


def each_once(port: int, requests: Sequence[bytes], wanted: tuple[bytes, ...], *, lines: int) -> float:
    """Answers a second while several connections send each request once."""

    def ask(number: int) -> None:
        line = Line(port)
        for one in requests[number::lines]:
            line.send(one, wanted)

    begun = time.perf_counter()
    together([lambda number=number: ask(number) for number in range(lines)])  # type: ignore[misc]
    return len(requests) / (time.perf_counter() - begun)


def latencies(
    port: int, requests: Sequence[bytes], wanted: tuple[bytes, ...], *, rate: float, seconds: float, lines: int
) -> list[float]:
    """Seconds of each answer when requests come at a steady rate, whether or not the earlier ones are answered.

    Counted from the moment when a request was due, so that a stop of the server is not overlooked.
    """
    times: list[list[float]] = [[] for _ in range(lines)]
    begun = time.perf_counter() + 0.05
    total = int(rate * seconds)

    def ask(number: int) -> None:
        line = Line(port)
        for place in range(number, total, lines):
            due = begun + place / rate
            if (pause := due - time.perf_counter()) > 0:
                time.sleep(pause)
            line.send(requests[place % len(requests)], wanted)
            times[number].append(time.perf_counter() - due)

    together([lambda number=number: ask(number) for number in range(lines)])  # type: ignore[misc]
    return [one for own in times for one in own]


def together(tasks: Sequence[Callable[[], None]]) -> None:
    """Run all at once; raise the first error of any."""
    errors: list[BaseException] = []

    def guarded(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
