"""The end of a site's certificate, read from a real TLS server that made its own."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chibo.ops.certificate import days_left


def certificate(folder: Path, *, days: int) -> ssl.SSLContext:
    """A server's side with a certificate of its own that ends in so many days."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    end = datetime.now(UTC) + timedelta(days=days, hours=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, end - timedelta(days=400), end)
    signed = made.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as one:
        yield one


@pytest.mark.parametrize("days", [90, 3, -2])
def test_the_days_that_are_left_are_read_even_when_they_are_over(
    tmp_path: Path, listener: socket.socket, days: int
) -> None:
    context = certificate(tmp_path, days=days)

    def answer() -> None:
        taken, _ = listener.accept()
        with context.wrap_socket(taken, server_side=True):
            pass

    thread = threading.Thread(target=answer)
    thread.start()
    assert days_left("127.0.0.1", listener.getsockname()[1]) == days
    thread.join()


def test_a_site_that_does_not_answer_is_an_error(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(OSError, match="refused"):
        days_left("127.0.0.1", port)
