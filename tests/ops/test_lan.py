"""`bin/start --lan`: HTTPS inside a local network, by a certificate authority of the machine's own."""

import os
import ssl
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from chibo.ops.connection import PROJECT
from chibo.ops.lan.addresses import addresses, choose_address, is_local, local_name
from chibo.ops.lan.authority import Served, fingerprint, serve_with, trusting
from chibo.ops.lan.place import code
from chibo.ops.lan.trust_page import answer
from chibo.ops.terminal import CommandError

HOME = IPv4Address("192.168.1.10")
TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def served(data: Path, address: IPv4Address = HOME, *, days: int = 0) -> Served:
    """What `bin/start --lan` would serve with, so many days from today."""
    return serve_with(data, address=address, names=["may.local"], at=TODAY + timedelta(days=days))


class TestAddress:
    def test_the_first_of_a_local_network_is_taken(self) -> None:
        found = [IPv4Address("127.0.0.1"), IPv4Address("203.0.113.7"), HOME, IPv4Address("10.0.0.2")]
        assert choose_address("", found) == HOME

    def test_a_machine_in_no_network_is_told_what_to_do(self) -> None:
        with pytest.raises(CommandError, match="Nối Wi-Fi"):
            choose_address("", [IPv4Address("127.0.0.1")])

    def test_a_machine_on_the_internet_alone_is_refused(self) -> None:
        with pytest.raises(CommandError, match=r"203\.0\.113\.7, không thuộc mạng nội bộ"):
            choose_address("", [IPv4Address("127.0.0.1"), IPv4Address("203.0.113.7")])

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("0.0.0.0", "không thuộc mạng nội bộ"),
            ("8.8.8.8", "không thuộc mạng nội bộ"),
            ("172.32.0.1", "không thuộc mạng nội bộ"),
            ("192.168.255.254", "không có địa chỉ"),
            ("nha-van-hoa", "không phải địa chỉ"),
        ],
    )
    def test_no_other_address_is_served_on(self, typed: str, why: str) -> None:
        with pytest.raises(CommandError, match=why):
            choose_address(typed)

    def test_the_system_knows_this_machine(self) -> None:
        assert IPv4Address("127.0.0.1") in addresses()

    @pytest.mark.parametrize(
        ("address", "local"),
        [
            ("10.1.2.3", True),
            ("172.16.0.1", True),
            ("172.31.255.1", True),
            ("172.32.0.1", False),
            ("100.64.0.1", False),
        ],
    )
    def test_local_networks_are_those_of_rfc_1918(self, address: str, local: bool) -> None:
        assert is_local(IPv4Address(address)) is local

    @pytest.mark.parametrize(
        ("host", "name"), [("May-Xa", "may-xa.local"), ("may.xa.vn", "may.local"), ("máy xã", None), ("-", None)]
    )
    def test_a_name_is_used_where_it_can_be_one(self, host: str, name: str | None) -> None:
        assert local_name(host) == name


class TestAuthority:
    def test_a_restart_keeps_everything(self, tmp_path: Path) -> None:
        first = served(tmp_path)
        before = (fingerprint(first.root), first.certificate.read_bytes())
        again = served(tmp_path, days=300)
        assert (fingerprint(again.root), again.certificate.read_bytes()) == before
        assert not again.replaces

    @pytest.mark.parametrize(("address", "days"), [(IPv4Address("10.0.0.5"), 0), (HOME, 366), (HOME, 500)])
    def test_another_address_or_a_year_makes_a_new_certificate_under_the_same_root(
        self, tmp_path: Path, address: IPv4Address, days: int
    ) -> None:
        first = served(tmp_path)
        root, certificate = fingerprint(first.root), first.certificate.read_bytes()
        again = served(tmp_path, address, days=days)
        assert (fingerprint(again.root), again.replaces) == (root, False)
        assert again.certificate.read_bytes() != certificate

    def test_at_the_end_of_the_root_a_new_one_says_so(self, tmp_path: Path) -> None:
        first = fingerprint(served(tmp_path).root)
        again = served(tmp_path, days=366 * 9)
        assert again.replaces
        assert fingerprint(again.root) != first

    def test_only_the_owner_reads_what_is_kept(self, tmp_path: Path) -> None:
        os.umask(before := os.umask(0))
        served(tmp_path)
        kept = [tmp_path / "lan", *(tmp_path / "lan").rglob("*")]
        assert {stat.S_IMODE(one.stat().st_mode) for one in kept if one.is_file()} == {0o600}
        assert {stat.S_IMODE(one.stat().st_mode) for one in kept if one.is_dir()} == {0o700}
        assert os.umask(before) == before

    def test_no_key_of_the_root_is_kept(self, tmp_path: Path) -> None:
        root = x509.load_pem_x509_certificate(served(tmp_path).root.read_bytes()).public_key()
        keys = [one for one in tmp_path.rglob("*") if one.is_file() and b"PRIVATE KEY" in one.read_bytes()]
        public = [serialization.load_pem_private_key(one.read_bytes(), None).public_key() for one in keys]
        assert len(public) == 2  # issuer and server
        assert root not in public

    @pytest.mark.parametrize("damage", ["", "không phải chứng chỉ"])
    @pytest.mark.parametrize("name", ["authority/root.crt", "authority/issuer.crt", "authority/issuer-key.pem"])
    def test_damaged_files_are_named(self, tmp_path: Path, name: str, damage: str) -> None:
        served(tmp_path)
        (tmp_path / "lan" / name).write_text(damage)
        with pytest.raises(CommandError, match="Xóa thư mục đó"):
            served(tmp_path, days=400)


class TestHandshake:
    """A real TLS server with what was made, and a client that trusts the root alone."""

    def shake(self, server: Served, client: ssl.SSLContext, name: str) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.certificate, server.key)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        answering = context.wrap_bio(incoming, outgoing, server_side=True)
        asking_in, asking_out = ssl.MemoryBIO(), ssl.MemoryBIO()
        asking = client.wrap_bio(asking_in, asking_out, server_hostname=name)
        done = {asking: False, answering: False}
        for _ in range(6):
            for side in (asking, answering):
                try:
                    side.do_handshake()
                    done[side] = True
                except ssl.SSLWantReadError:
                    pass
                incoming.write(asking_out.read())
                asking_in.write(outgoing.read())
        assert all(done.values())

    @pytest.mark.parametrize("name", [str(HOME), "may.local"])
    def test_the_address_and_the_name_are_known(self, tmp_path: Path, name: str) -> None:
        self.shake(today(tmp_path), trusting(tmp_path), name)

    @pytest.mark.parametrize("name", ["192.168.1.11", "khac.local", "example.vn"])
    def test_another_is_not(self, tmp_path: Path, name: str) -> None:
        server = today(tmp_path)
        with pytest.raises(ssl.SSLCertVerificationError):
            self.shake(server, trusting(tmp_path), name)

    def test_one_who_does_not_trust_the_root_is_warned(self, tmp_path: Path) -> None:
        with pytest.raises(ssl.SSLCertVerificationError):
            self.shake(today(tmp_path), ssl.create_default_context(), str(HOME))

    @pytest.mark.parametrize("name", ["ngan-hang.vn", "203.0.113.7"])
    def test_a_stolen_key_vouches_for_nothing_outside_of_local_networks(self, tmp_path: Path, name: str) -> None:
        server = today(tmp_path)
        forge(tmp_path, server, name)
        with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
            self.shake(server, trusting(tmp_path), name)


def today(data: Path) -> Served:
    """As served at this moment: a handshake looks at the clock."""
    return serve_with(data, address=HOME, names=["may.local"], at=datetime.now(UTC))


def forge(data: Path, server: Served, name: str) -> None:
    """A certificate for somebody else's name, signed with the key that stands on the disk."""
    folder = data / "lan" / "authority"
    issuer = x509.load_pem_x509_certificate((folder / "issuer.crt").read_bytes())
    key = serialization.load_pem_private_key((folder / "issuer-key.pem").read_bytes(), None)
    own = serialization.load_pem_private_key(server.key.read_bytes(), None)
    called = x509.IPAddress(IPv4Address(name)) if name[0].isdigit() else x509.DNSName(name)
    begin, end = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=9)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = x509.CertificateBuilder(issuer.subject, subject, own.public_key(), 1, begin, end).add_extension(
        x509.SubjectAlternativeName([called]), critical=False
    )
    signed = made.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    server.certificate.write_bytes(signed.public_bytes(pem) + issuer.public_bytes(pem))


class TestPageOfTrust:
    ADDRESS = "https://192.168.1.10:8443"

    def test_it_gives_the_certificate_its_fingerprint_and_the_way_in(self, tmp_path: Path) -> None:
        root = served(tmp_path).root
        page = answer("/tin-cay/", root=root, address=self.ADDRESS)
        file = answer("/tin-cay/chibo.crt", root=root, address=self.ADDRESS)
        assert page and file
        text = page.body.decode()
        assert fingerprint(root) in text.replace("<wbr>", "")
        assert f'href="{self.ADDRESS}"' in text
        assert x509.load_der_x509_certificate(file.body).fingerprint(hashes.SHA256()) == bytes.fromhex(
            fingerprint(root).replace(":", "")
        )

    @pytest.mark.parametrize("path", ["/", "/dang-nhap/", "/tin-cay/../server-key.pem", "/tin-cay/issuer-key.pem"])
    def test_there_is_nothing_else(self, tmp_path: Path, path: str) -> None:
        assert answer(path, root=served(tmp_path).root, address=self.ADDRESS) is None


def test_a_code_for_the_terminal_has_its_margin() -> None:
    lines = code("https://192.168.1.10:8443").split("\n")
    assert set(lines[0]) == {"█"}
    assert all(line.startswith("████") and line.endswith("████") for line in lines[:-1])


@pytest.mark.parametrize(
    ("variables", "believed"),
    [({"CHIBO_LAN": "https://192.168.1.10:8443"}, False), ({"CHIBO_HTTPS": "1"}, True), ({}, False)],
)
def test_headers_of_a_proxy_are_believed_only_where_one_stands_in_front(
    tmp_path: Path, variables: dict[str, str], believed: bool
) -> None:
    """A phone could else say that it comes from another address, and try passwords without end."""
    known = {"CHIBO_DATA": str(tmp_path), "PYTHONPATH": str(PROJECT / "src"), **variables}
    script = "from chibo import settings as s; print(s.BEHIND_PROXY, s.SECURE_PROXY_SSL_HEADER is not None)"
    said = subprocess.run([sys.executable, "-c", script], env=known, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(believed)] * 2
