"""The tenant's own key, made once and kept with the secrets, and the keys of others that people have compared.

One secret of 32 bytes; from it an Ed25519 key that signs and an X25519 key that opens what was sealed for this tenant.
Given to others: both public halves in one line of base64, with a fingerprint of eight groups that people compare.
"""

import base64
import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.lib.dates import now
from chibo.lib.vietnamese import normalise
from chibo.members.models import KnownTenant
from chibo.orgs.models import Kind, Organisation

GROUPS = 8
BYTES = 32
# Each message has a key of its own, so its nonce may be the same.
NONCE = bytes(12)


@dataclass(frozen=True)
class OwnKey:
    """The key with which this tenant signs, and opens what was sealed for it."""

    signing: Ed25519PrivateKey
    opening: X25519PrivateKey

    @property
    def public(self) -> str:
        """Both public halves in base64, 88 letters: what is given to others."""
        halves = self.signing.public_key().public_bytes_raw() + self.opening.public_key().public_bytes_raw()
        return base64.b64encode(halves).decode()

    @property
    def fingerprint(self) -> str:
        """What people compare."""
        return fingerprint_of(self.public)

    def sign(self, message: bytes) -> str:
        """The signature in base64."""
        return base64.b64encode(self.signing.sign(message)).decode()

    def open(self, sealed: str) -> bytes:
        """What was sealed for this tenant.

        Raises:
            ValueError: it was sealed for another, or is damaged.
        """
        raw = base64.b64decode(sealed, validate=True)
        ephemeral, own = raw[:BYTES], self.opening.public_key().public_bytes_raw()
        try:
            shared = self.opening.exchange(X25519PublicKey.from_public_bytes(ephemeral))
            return ChaCha20Poly1305(_derived(shared, ephemeral + own)).decrypt(NONCE, raw[BYTES:], None)
        except InvalidTag as error:
            raise ValueError("sealed for another") from error


def own_key() -> OwnKey:
    """The key of this tenant, from its file; made at the first use."""
    return _key_at(Path(settings.TRANSFER_KEY_FILE))


@lru_cache(maxsize=4)
def _key_at(path: Path) -> OwnKey:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, base64.b64encode(secrets.token_bytes(BYTES)))
    secret = base64.b64decode(path.read_bytes())
    signing = Ed25519PrivateKey.from_private_bytes(_derived(secret, b"sign"))
    return OwnKey(signing, X25519PrivateKey.from_private_bytes(_derived(secret, b"open")))


def _derived(secret: bytes, salt: bytes) -> bytes:
    """A key made of a secret for one use."""
    return HKDF(algorithm=SHA256(), length=BYTES, salt=salt, info=b"chibo transfer 1").derive(secret)


def _write_once(path: Path, content: bytes) -> None:
    """Write whole and then name it: of two processes that make a key at once, both use the one that came first."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _halves(public: str) -> tuple[Ed25519PublicKey, bytes]:
    """The two public halves of a line.

    Raises:
        ValueError: it is no such line.
    """
    raw = base64.b64decode(public, validate=True)
    if len(raw) != 2 * BYTES:
        raise ValueError("two halves of 32 bytes")
    return Ed25519PublicKey.from_public_bytes(raw[:BYTES]), raw[BYTES:]


def fingerprint_of(public: str) -> str:
    """The first half of the SHA-256 of a public key, in eight groups of four: "3F2A 91C0 …".

    Raises:
        ValueError: it is no public key.
    """
    _halves(public)
    digest = hashlib.sha256(base64.b64decode(public)).hexdigest().upper()
    return " ".join(digest[4 * group : 4 * group + 4] for group in range(GROUPS))


def is_signed(public: str, signature: str, message: bytes) -> bool:
    """Whether a message was signed with the private half of a key."""
    try:
        _halves(public)[0].verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_for(public: str, message: bytes) -> str:
    """A message that only the holder of a key can open, in base64."""
    theirs = _halves(public)[1]
    mine = X25519PrivateKey.generate()
    ephemeral = mine.public_key().public_bytes_raw()
    shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
    sealed = ChaCha20Poly1305(_derived(shared, ephemeral + theirs)).encrypt(NONCE, message, None)
    return base64.b64encode(ephemeral + sealed).decode()


def may_note(by: Standing, organisation: Organisation) -> bool:
    """Offices above the cells note the keys of others, for their tenant."""
    paths = (*by.commune_paths, *by.province_paths)
    return by.system or any(organisation.path.startswith(path) for path in paths)


@transaction.atomic
def note_tenant(*, by: Standing, organisation: Organisation, name: str, public_key: str) -> KnownTenant:
    """Note another tenant's key, after people have compared its fingerprint by another way (phone, paper).

    Raises:
        Http404: `by` has no office above the cells that covers the organisation.
        NotPossible: it is no key, it is one's own, or it is noted already.
    """
    require(may_note(by, organisation))
    public_key = "".join(public_key.split())
    try:
        fingerprint = fingerprint_of(public_key)
    except ValueError as error:
        raise NotPossible("Đây không phải khóa của Chibo. Chép lại cả dòng, 88 ký tự.", "public_key") from error
    if public_key == own_key().public:
        raise NotPossible("Đây là khóa của chính đơn vị mình. Nhập khóa của đơn vị bạn.", "public_key")
    if known := KnownTenant.objects.filter(fingerprint=fingerprint).first():
        raise NotPossible(f"Khóa này đã ghi, của {known.name}.", "public_key")
    row = KnownTenant.objects.create(
        organisation=organisation,
        name=normalise(name),
        public_key=public_key,
        fingerprint=fingerprint,
        noted_at=now(),
        noted_by=by.person_id,
    )
    events.record("tenant.noted", chain=organisation.pk, by=by.person_id, obj=row)
    return row


@transaction.atomic
def forget_tenant(*, by: Standing, tenant: KnownTenant) -> None:
    """Trust a key no more; packages signed with it are refused from now on.

    Raises:
        Http404: `by` may not note keys here.
    """
    require(may_note(by, tenant.organisation))
    events.record("tenant.forgotten", chain=tenant.organisation_id, by=by.person_id, obj=tenant)
    tenant.delete()


def tenant_body() -> Organisation | None:
    """The committee that this tenant is: its province, or the one that stands at the top of the tree."""
    top = Organisation.objects.filter(parent=None).order_by("path").first()
    return Organisation.objects.filter(kind=Kind.PROVINCE, parent=None).first() or top
