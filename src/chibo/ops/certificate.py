"""When a site's certificate ends, asked of the site itself."""

import socket
import ssl

from cryptography import x509

from chibo.lib.dates import now

PATIENCE = 10.0


def days_left(host: str, port: int) -> int:
    """Whole days until the certificate ends, negative once it has; raises OSError when nobody answers.

    It is read, not judged: an expired or home-made one must be told of too.
    """
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, port), timeout=PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        found = secure.getpeercert(binary_form=True)
    if found is None:
        raise ConnectionError("no certificate")
    return (x509.load_der_x509_certificate(found).not_valid_after_utc - now()).days
