"""`bin/start --lan` as a person uses it: a process on an address of this machine, and a browser that visits it."""

import base64
import hashlib
import http.client
import re
import shutil
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Error, sync_playwright

from chibo.ops.lan.authority import fingerprint, trusting
from tests.ops.conftest import Run, folder
from tests.ops.starting import press_ctrl_c, started

pytestmark = pytest.mark.process
HOST = "127.0.0.2"  # an address of its own, which every Linux has


@pytest.fixture(scope="module")
def serving() -> Iterator[tuple[Path, int, str]]:
    """Data folder, port and all that was said of a server that runs for the tests of this file."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    with folder() as data, started(data, port, "--lan", HOST, address=f"https://{HOST}") as (_, said):
        yield data, port, said


def ask(data: Path, port: int, path: str, *, host: str = HOST) -> http.client.HTTPResponse:
    """The answer of the server to one who trusts its root and asks for `host`."""
    connection = http.client.HTTPSConnection(HOST, port, timeout=10, context=trusting(data))
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    return connection.getresponse()


def test_it_serves_https_to_one_who_trusts_its_root(serving: tuple[Path, int, str]) -> None:
    data, port, _ = serving
    answer = ask(data, port, "/dang-nhap/")
    assert answer.status == 200
    assert "Secure" in answer.headers["Set-Cookie"]


def test_it_promises_no_https_for_ever(serving: tuple[Path, int, str]) -> None:
    """The same address is another machine's tomorrow: HSTS would lock phones out of it."""
    data, port, _ = serving
    assert ask(data, port, "/dang-nhap/").headers["Strict-Transport-Security"] is None


def test_no_other_host_is_answered(serving: tuple[Path, int, str]) -> None:
    data, port, _ = serving
    assert ask(data, port, "/dang-nhap/", host="example.vn").status == 400


def test_one_who_does_not_trust_the_root_is_warned(serving: tuple[Path, int, str]) -> None:
    _, port, _ = serving
    with pytest.raises(ssl.SSLCertVerificationError):
        http.client.HTTPSConnection(HOST, port, context=ssl.create_default_context()).request("GET", "/")


def test_it_listens_on_that_address_alone(serving: tuple[Path, int, str]) -> None:
    _, port, _ = serving
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_it_says_how_a_phone_comes_to_trust_it(serving: tuple[Path, int, str]) -> None:
    data, _, said = serving
    assert f"Dấu vân tay: {fingerprint(data / 'lan' / 'authority' / 'root.crt')}" in said
    found = re.search(rf"http://{re.escape(HOST)}:(\d+)/tin-cay/", said)
    assert found
    door = http.client.HTTPConnection(HOST, int(found[1]), timeout=10)
    statuses = {}
    for path in ("/", "/tin-cay/", "/tin-cay/chibo.crt", "/tin-cay/kieu.css", "/dang-nhap/", "/tin-cay/issuer-key.pem"):
        door.request("GET", path)
        answer = door.getresponse()
        statuses[path] = answer.status
        body = answer.read()
        assert b"PRIVATE KEY" not in body
        door.close()
    assert statuses == {
        "/": 302,
        "/tin-cay/": 200,
        "/tin-cay/chibo.crt": 200,
        "/tin-cay/kieu.css": 200,
        "/dang-nhap/": 404,
        "/tin-cay/issuer-key.pem": 404,
    }


def test_a_second_start_says_where_the_first_serves(serving: tuple[Path, int, str]) -> None:
    from tests.ops.conftest import run_chibo

    data, port, _ = serving
    again = run_chibo(data, "start", "--lan", HOST)
    assert f"Chibo đang chạy rồi: https://{HOST}:{port}" in again.stdout
    plain = run_chibo(data, "start")
    assert "Muốn đổi cách phục vụ" in plain.stderr


def test_ctrl_c_ends_it_with_its_page_of_trust_and_a_restart_keeps_the_root(data: Path, port: int, chibo: Run) -> None:
    with started(data, port, "--lan", HOST, address=f"https://{HOST}") as (process, said):
        press_ctrl_c(process)
        assert process.wait(30) == 0
    door = int(re.findall(r"http://[\d.]+:(\d+)/tin-cay/", said)[0])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, door), timeout=5)
    with started(data, port, "--lan", HOST, address=f"https://{HOST}") as (_, again):
        pass
    said_of_the_root = [line for line in (said + again).splitlines() if line.startswith("Dấu vân tay:")]
    assert len(said_of_the_root) == 2
    assert len(set(said_of_the_root)) == 1


def test_an_address_of_the_internet_is_refused(chibo: Run) -> None:
    answer = chibo("start", "--lan", "0.0.0.0")
    assert answer.returncode == 1
    assert "không thuộc mạng nội bộ" in answer.stderr


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="apt install chromium")
def test_a_browser_that_trusts_it_keeps_the_room_for_when_there_is_no_network(
    serving: tuple[Path, int, str], tmp_path: Path
) -> None:
    """This certificate alone is taken for trusted; a browser that does not know it shows nothing but its warning."""
    data, port, _ = serving
    key = x509.load_pem_x509_certificate((data / "lan" / "server.crt").read_bytes()).public_key()
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    room = f"https://{HOST}:{port}/phong-hop/"
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        visit(room, tmp_path / "doubting", [])
    assert visit(room, tmp_path / "trusting", [f"--ignore-certificate-errors-spki-list={digest}"]) == (room, 200)


def visit(room: str, profile: Path, flags: list[str]) -> tuple[str, int]:
    """The scope of the worker that a browser registers for the room, and how the room answers without a network."""
    scope = "navigator.serviceWorker.ready.then(one => one.scope)"
    ready = f"Promise.race([{scope}, new Promise(done => setTimeout(done, 60000, 'none'))])"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            str(profile), executable_path="/usr/bin/chromium", args=["--no-sandbox", *flags]
        )
        page = browser.new_page()
        page.goto(room)
        found = str(page.evaluate(ready))
        browser.set_offline(True)
        again = page.reload()
        browser.close()
    assert again is not None
    return found, again.status
