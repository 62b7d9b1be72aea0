"""The tenant's own key, made once and kept with the secrets, and the keys of others that people have compared.

Ed25519: 32 bytes of public key, small enough for people to compare as a fingerprint of eight groups.
"""

import base64
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
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


@dataclass(frozen=True)
class OwnKey:
    """The key with which this tenant signs."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key in base64, 44 letters: what is given to others."""
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    @property
    def fingerprint(self) -> str:
        """What people compare."""
        return fingerprint_of(self.public)

    def sign(self, message: bytes) -> str:
        """The signature in base64."""
        return base64.b64encode(self.private.sign(message)).decode()


def own_key() -> OwnKey:
    """The key of this tenant, from its file; made at the first use."""
    return _key_at(Path(settings.TRANSFER_KEY_FILE))


@lru_cache(maxsize=4)
def _key_at(path: Path) -> OwnKey:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        _write_once(path, base64.b64encode(raw))
    return OwnKey(Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes())))


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


def fingerprint_of(public: str) -> str:
    """The first half of the SHA-256 of a public key, in eight groups of four: "3F2A 91C0 …".

    Raises:
        ValueError: it is no public key.
    """
    raw = base64.b64decode(public, validate=True)
    Ed25519PublicKey.from_public_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest().upper()
    return " ".join(digest[4 * group : 4 * group + 4] for group in range(GROUPS))


def is_signed(public: str, signature: str, message: bytes) -> bool:
    """Whether a message was signed with the private half of a key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, ValueError):
        return False
    return True


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
        raise NotPossible("Đây không phải khóa của Chibo. Chép lại cả dòng, 44 ký tự.", "public_key") from error
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
