"""The package: what of a member crosses to another tenant, and the other's answer; sealed for it, signed by us.

One JSON file: `{"chibo": kind, "version": 1, "key": …, "to": …, "sealed": …, "signature": …}`. The body is sealed for
the key of the tenant `to`, so that a file gone astray tells nothing, and all of it is signed. The body holds what
mission.md allows of a person and nothing else: a field that is not expected is refused, so that no later version can
carry more through this one. Checked in this order, each refusal with its sentence: readable, known sender, signature,
addressed to this tenant, what is inside, not expired; and, where it is used, not loaded before.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chibo.audit.chains import canonical
from chibo.directory.commands.days import NotPossible
from chibo.directory.transfers.keys import fingerprint_of, is_signed, own_key, seal_for, tenant_body
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import KnownTenant, Membership, Person, Transfer

VERSION = 1
INTRODUCTION, ANSWER = "introduction", "answer"
MOST_BYTES = 32 * 1024
ANSWER_LASTS = timedelta(days=180)
_OUTSIDE = {"chibo", "version", "key", "to", "sealed", "signature"}
_LENGTHS = {"full_name": 120, "code": 40, "sex": 10, "note": 300}
FIELDS: dict[str, frozenset[str]] = {
    INTRODUCTION: frozenset(
        {
            "id", "issued_on", "expires_on", "from_tenant", "from_place", "to_tenant", "to_place", "kind", "purpose",
            "first_day", "last_day", "decision", "full_name", "birth_year", "sex", "code", "standing", "admitted_on",
        }
    ),
    ANSWER: frozenset({"id", "issued_on", "expires_on", "from_tenant", "to_tenant", "outcome", "first_day", "note"}),
}  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """A package that passed every check."""

    kind: str
    sender: KnownTenant
    body: dict[str, Any]

    @property
    def transfer_id(self) -> UUID:
        """The transfer that it is about, the same on both sides."""
        return UUID(self.body["id"])

    def day(self, name: str) -> date | None:
        """A day of the body."""
        return date.fromisoformat(self.body[name]) if self.body[name] else None


def introduction_of(transfer: Transfer, to: KnownTenant) -> bytes:
    """The package by which a member is introduced to another tenant."""
    person = transfer.person
    cell = transfer.from_cell
    if person is None or cell is None:
        raise ValueError("an introduction is of a member of a cell here")
    home = Membership.objects.filter(person=person, cell=cell, validity__contains=today()).first()
    above = cell.parent.name if cell.parent else ""
    top = tenant_body()
    places = dict.fromkeys([cell.name, above, top.name if top else ""])
    body = {
        "id": str(transfer.pk),
        "issued_on": _iso(today()),
        "expires_on": _iso(transfer.due),
        "from_tenant": own_key().fingerprint,
        "from_place": ", ".join(place for place in places if place)[:200],
        "to_tenant": to.fingerprint,
        "to_place": transfer.to_place,
        "kind": transfer.kind,
        "purpose": transfer.purpose,
        "first_day": _iso(transfer.first_day),
        "last_day": _iso(transfer.last_day),
        "decision": transfer.decision,
        "full_name": person.full_name,
        "birth_year": person.birth_year,
        "sex": person.sex,
        "code": person.code,
        "standing": home.kind if home else transfer.standing,
        "admitted_on": _iso(home.admitted_on if home else None),
    }
    return seal(INTRODUCTION, body, to.public_key)


def answer_to(transfer: Transfer, to: KnownTenant) -> bytes:
    """The package by which the receiving tenant says what became of an introduction."""
    body = {
        "id": str(transfer.pk),
        "issued_on": _iso(today()),
        "expires_on": _iso(today() + ANSWER_LASTS),
        "from_tenant": own_key().fingerprint,
        "to_tenant": to.fingerprint,
        "outcome": transfer.outcome,
        "first_day": _iso(transfer.first_day),
        "note": transfer.note,
    }
    return seal(ANSWER, body, to.public_key)


def seal(kind: str, body: dict[str, Any], public_key: str) -> bytes:
    """Seal a body for another tenant's key and sign it with the own one."""
    key = own_key()
    content = {
        "chibo": kind,
        "version": VERSION,
        "key": key.public,
        "to": fingerprint_of(public_key),
        "sealed": seal_for(public_key, canonical(body).encode()),
    }
    return json.dumps(content | {"signature": key.sign(_message(content))}, ensure_ascii=False, indent=1).encode()


def load(content: bytes, kind: str) -> Loaded:
    """Read a package and hold it to every check.

    Raises:
        NotPossible: which check it does not pass, and what to do.
    """
    package = _read(content, kind)
    sender = _sender(package)
    signature = package.pop("signature")
    if not is_signed(sender.public_key, signature, _message(package)):
        raise NotPossible("Gói đã bị sửa sau khi ký, hoặc chữ ký không đúng. Không nhận. Xin nơi gửi xuất lại.")
    if package["to"] != own_key().fingerprint:
        raise NotPossible("Gói này gửi cho đơn vị khác. Trả lại nơi gửi để chọn đúng đơn vị đến.")
    body = _opened(package["sealed"], kind)
    if body["from_tenant"] != sender.fingerprint or body["to_tenant"] != package["to"]:
        raise NotPossible("Gói ghi nơi gửi hoặc nơi đến khác với người ký. Không nhận. Xin nơi gửi xuất lại.")
    _check_values(kind, body)
    expires = date.fromisoformat(body["expires_on"])
    if expires < today():
        raise NotPossible(f"Gói đã hết hạn ngày {format_date(expires)}. Xin nơi gửi xuất gói mới.")
    return Loaded(kind, sender, body)


def _opened(sealed: str, kind: str) -> dict[str, Any]:
    """What was sealed for this tenant.

    Raises:
        NotPossible: it does not open, or there is other than expected inside.
    """
    try:
        body = json.loads(own_key().open(sealed))
    except (ValueError, RecursionError) as error:
        raise NotPossible("Không mở được gói: gói hỏng trên đường gửi. Xin nơi gửi xuất lại.") from error
    if not isinstance(body, dict) or body.keys() != FIELDS[kind]:
        raise NotPossible("Gói có nội dung không hợp lệ. Xin nơi gửi xuất lại.")
    return body


def _read(content: bytes, kind: str) -> dict[str, Any]:
    """The outer form.

    Raises:
        NotPossible: it is no package of this kind and version.
    """
    unreadable = NotPossible("Đây không phải gói chuyển sinh hoạt của Chibo. Chọn đúng tệp nơi gửi đã xuất.")
    if len(content) > MOST_BYTES:
        raise unreadable
    try:
        package = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unreadable from error
    if not isinstance(package, dict) or package.keys() != _OUTSIDE:
        raise unreadable
    if not all(isinstance(package[name], str) for name in _OUTSIDE - {"version"}) or package["chibo"] not in FIELDS:
        raise unreadable
    if package["version"] != VERSION:
        raise NotPossible("Gói của một bản Chibo khác, bản này chưa đọc được. Nâng cấp rồi nhận lại.")
    if package["chibo"] != kind:
        words = {INTRODUCTION: "gói giới thiệu", ANSWER: "gói trả lời"}
        raise NotPossible(f"Đây là {words[package['chibo']]}, ở đây cần {words[kind]}.")
    return package


def _sender(package: dict[str, Any]) -> KnownTenant:
    """The known tenant that signed.

    Raises:
        NotPossible: its key was not noted here; the message gives the fingerprint to compare.
    """
    try:
        fingerprint = fingerprint_of(package["key"])
    except ValueError as error:
        raise NotPossible("Gói không có khóa đọc được. Xin nơi gửi xuất lại.") from error
    sender = KnownTenant.objects.filter(fingerprint=fingerprint).first()
    if sender is None:
        raise NotPossible(
            f"Chưa biết đơn vị ký gói này, khóa {fingerprint}. Nhờ cán bộ cấp trên gọi cho nơi gửi, so đúng dãy này "
            "rồi ghi khóa ấy vào Chibo."
        )
    return sender


def _check_values(kind: str, body: dict[str, Any]) -> None:
    """Hold each value to its form: the signature says who wrote it, not that it is right.

    Raises:
        NotPossible: some value cannot be.
    """
    try:
        UUID(body["id"])
        for name, value in body.items():
            if name in ("first_day", "issued_on", "expires_on") or (name in ("last_day", "admitted_on") and value):
                date.fromisoformat(value)
            elif name == "birth_year":
                _require(value is None or (type(value) is int and 1900 <= value <= today().year))
            elif name not in ("last_day", "admitted_on"):
                _require(isinstance(value, str) and len(value) <= _LENGTHS.get(name, 200))
        if kind == INTRODUCTION:
            _require(body["kind"] in Transfer.Kind.values and body["purpose"] in ("", *Transfer.Purpose.values))
            _require(body["standing"] in (Membership.Kind.OFFICIAL, Membership.Kind.PROBATIONARY))
            _require(body["sex"] in ("", *Person.Sex.values) and " " in normalise(body["full_name"]))
            _require(body["kind"] == Transfer.Kind.OFFICIAL or bool(body["last_day"]))
        else:
            _require(body["outcome"] in (Transfer.Outcome.CONFIRMED, Transfer.Outcome.RETURNED))
    except (TypeError, ValueError, AttributeError) as error:
        raise NotPossible("Gói có nội dung không hợp lệ. Xin nơi gửi xuất lại.") from error


def _require(is_so: bool) -> None:
    if not is_so:
        raise ValueError


def _message(content: dict[str, Any]) -> bytes:
    """The bytes that are signed: all but the signature; the kind too, so that an answer is no introduction."""
    return f"chibo transfer {VERSION}\n{canonical(content)}".encode()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
