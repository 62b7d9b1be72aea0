"""A certificate authority of this machine alone, and the server's certificate under it.

The root's key is thrown away as soon as it has signed the issuer; the issuer, whose key stays on this machine, can
by its own certificate vouch for addresses of local networks and names under .local, and for nothing else. Whoever
steals the key cannot pass for a bank before the phones that trust it (docs/decisions/0036).
"""

import os
import shutil
import ssl
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chibo.ops.lan.addresses import LOCAL_NETWORKS
from chibo.ops.terminal import CommandError

Key = ec.EllipticCurvePrivateKey
PEM = serialization.Encoding.PEM
YEARS_OF_ROOT = 10
# Apple refuses longer ones; it is made anew a month before its end.
DAYS_OF_SERVER = 397
RENEWED_BEFORE = timedelta(days=32)
# A clock that is behind by a day must not refuse a certificate of today.
BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class Served:
    """What a TLS server is started with. `replaces` says that phones trust a root that no longer serves."""

    certificate: Path
    key: Path
    root: Path
    replaces: bool


def serve_with(data: Path, *, address: IPv4Address, names: Iterable[str], at: datetime) -> Served:
    """The certificate for an address and names, with the authority behind it; what is missing or old is made.

    Arguments:
        data: the data folder; files stand in `lan` under it, for its owner alone.
        at: today's moment.
    Raises CommandError: the files there cannot be read.
    """
    folder = data / "lan"
    folder.mkdir(mode=0o700, exist_ok=True)
    authority = folder / "authority"
    known = authority.exists()
    try:
        is_new = not _lasts(authority / "root.crt", at, timedelta(days=DAYS_OF_SERVER))
        if is_new:
            _found(authority, at)
        served = Served(folder / "server.crt", folder / "server-key.pem", authority / "root.crt", is_new and known)
        if is_new or not _serves(served, {str(address), *names}, at):
            _certify(served, authority, address, names, at)
    except (ValueError, FileNotFoundError) as error:
        raise CommandError(
            f"Không đọc được chứng chỉ trong {folder}. Xóa thư mục đó rồi chạy lại; mọi điện thoại phải cài lại."
        ) from error
    return served


def fingerprint(root: Path) -> str:
    """SHA-256 of the root's certificate, as phones show it: pairs of capital digits parted by colons."""
    digest = _read(root).fingerprint(hashes.SHA256()).hex().upper()
    return ":".join(digest[place : place + 2] for place in range(0, len(digest), 2))


def as_downloaded(root: Path) -> bytes:
    """The root's certificate as the file that phones install (DER)."""
    return _read(root).public_bytes(serialization.Encoding.DER)


def trusting(data: Path) -> ssl.SSLContext:
    """What a client of this machine's own uses: nothing but the root of this data folder is trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(data / "lan" / "authority" / "root.crt")
    return context


def _found(authority: Path, at: datetime) -> None:
    """Make root and issuer. They appear together or not at all."""
    root_key, issuer_key = _new_key(), _new_key()
    end = at + timedelta(days=366 * YEARS_OF_ROOT)
    host = os.uname().nodename[:40]
    root_name = _name(f"Chibo, máy {host}, {at:%d/%m/%Y}")
    root = _authority(root_name, root_name, root_key, root_key, length=1, begin=at, end=end)
    issuer = _authority(_name(f"Chibo, máy {host}, cấp"), root_name, issuer_key, root_key, length=0, begin=at, end=end)
    new = Path(tempfile.mkdtemp(dir=authority.parent))  # 0700
    _write(new / "issuer-key.pem", _private(issuer_key))
    _write(new / "issuer.crt", issuer.public_bytes(PEM))
    _write(new / "root.crt", root.public_bytes(PEM))
    shutil.rmtree(authority, ignore_errors=True)
    new.rename(authority)


def _certify(served: Served, authority: Path, address: IPv4Address, names: Iterable[str], at: datetime) -> None:
    """Make the server's key and certificate; the file holds the issuer's too, which phones do not know."""
    issuer = _read(authority / "issuer.crt")
    issuer_key = serialization.load_pem_private_key((authority / "issuer-key.pem").read_bytes(), None)
    if not isinstance(issuer_key, Key):
        raise ValueError("not a key of an elliptic curve")
    key = _new_key()
    known = [x509.IPAddress(address), *(x509.DNSName(name) for name in names)]
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    made = (
        _begun(_name("Chibo, máy chủ trong mạng nội bộ"), issuer.subject, key, at, at + timedelta(days=DAYS_OF_SERVER))
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(usage, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    _write(served.key, _private(key))
    _write(served.certificate, made.public_bytes(PEM) + issuer.public_bytes(PEM))


def _authority(
    name: x509.Name, by: x509.Name, key: Key, by_key: Key, *, length: int, begin: datetime, end: datetime
) -> x509.Certificate:
    """A certificate that signs others, for local networks alone."""
    places = [*(x509.IPAddress(network) for network in LOCAL_NETWORKS), x509.DNSName("local")]
    return (
        _begun(name, by, key, begin, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=length), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=places, excluded_subtrees=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False)
        .sign(by_key, hashes.SHA256())
    )


def _begun(name: x509.Name, by: x509.Name, key: Key, begin: datetime, end: datetime) -> x509.CertificateBuilder:
    """What every certificate says."""
    return (
        x509.CertificateBuilder(by, name, key.public_key(), x509.random_serial_number(), begin - BEFORE, end)
    ).add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """Signing certificates, or the handshake of TLS alone."""
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _lasts(certificate: Path, at: datetime, length: timedelta) -> bool:
    """Whether a certificate is there, has begun, and does not end within a length of time."""
    if not certificate.exists():
        return False
    found = _read(certificate)
    return found.not_valid_before_utc <= at and at + length < found.not_valid_after_utc


def _serves(served: Served, names: set[str], at: datetime) -> bool:
    """Whether the server's certificate is there with its key, lasts, and is for exactly these names."""
    return served.key.exists() and _lasts(served.certificate, at, RENEWED_BEFORE) and _names(served) == names


def _names(served: Served) -> set[str]:
    """Addresses and names that the server's certificate is for."""
    found = _read(served.certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {*map(str, found.get_values_for_type(x509.IPAddress)), *found.get_values_for_type(x509.DNSName)}


def _read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def _private(key: Key) -> bytes:
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _write(file: Path, content: bytes) -> None:
    """Write a file for its owner alone; it appears whole."""
    handle, new = tempfile.mkstemp(dir=file.parent)  # 0600
    with os.fdopen(handle, "wb") as writing:
        writing.write(content)
    os.replace(new, file)
