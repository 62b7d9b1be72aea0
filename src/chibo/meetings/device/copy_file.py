"""A copy of what a device holds, as a file: carried by hand where no network comes, and taken in by any keeper.

The file is sealed under a key that only the device and the server have, so it needs no trust in whoever carries it: it
can be neither read nor changed on the way (AES-256-GCM, the key by HKDF-SHA256 from the device's seal).
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ValidationError

from chibo.access.request import Request
from chibo.audit import events
from chibo.meetings.device import late, registering
from chibo.meetings.device.answers import Refused
from chibo.meetings.device.exchange import Answer, head_of, take
from chibo.meetings.device.incoming import MOST_ENTRIES, read_batch, read_json
from chibo.meetings.models import Meeting, RoomDevice
from chibo.meetings.room.kinds import identifier

KIND, VERSION = "ban-sao", 1
INFO = b"chibo ban sao"
MOST_WORDS = 12
MOST_BYTES = 20 * 1024 * 1024


class NotACopy(ValidationError):
    """The file is no copy of this meeting, or was changed; the message says what to do, in Vietnamese."""


@dataclass(frozen=True)
class Taken:
    """What came of a file: how many entries were new, known already, set aside, not taken."""

    device: RoomDevice
    new: int
    known: int
    aside: int
    refused: int


def key_of(seal: bytes) -> bytes:
    """The key of a device's copies."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"", info=INFO).derive(seal)


def additional(meeting: object, device: object) -> bytes:
    """What is bound to the sealed content without being secret: which meeting, which device."""
    return f"{meeting}{device}".encode()


def load(*, request: Request, meeting: Meeting, content: bytes) -> Taken:
    """Take the entries of a copy into the log, by the same rules as from the device itself.

    Raises:
        NotACopy: no file of a device of this meeting, or one that was changed.
    """
    device, body = _opened(meeting, content)
    if body.get("author") != str(device.person_id):
        raise NotACopy("Bản sao này không phải của người đã chuẩn bị máy. Chọn đúng tệp của máy ấy.")
    entries = body.get("entries")
    if not isinstance(entries, list):
        raise NotACopy("Tệp này không đọc được. Lưu lại bản sao trên máy rồi nạp lại.")
    before = head_of(meeting)
    answers: list[Answer] = []
    with registering.writing_for(request, device) as by:
        for start in range(0, len(entries), MOST_ENTRIES):
            part = {"entries": entries[start : start + MOST_ENTRIES]}
            batch = read_batch(part, device, meeting, before)
            if device.removed_at is None:
                answers += take(meeting=meeting, device=device, batch=batch, by=by).answers
            else:
                answers += late.take(meeting=meeting, device=device, batch=batch, by=by)
        taken = _counted(device, answers, before)
        whose = str(device.person_id)
        events.record(
            "meeting.copy_loaded", chain=meeting.cell_id, by=by.me, obj=meeting, number=taken.new, person=whose
        )
    return taken


def _counted(device: RoomDevice, answers: list[Answer], before: int) -> Taken:
    numbers = [one["seq"] for one in answers if "seq" in one]
    new, aside = sum(one > before for one in numbers), sum(one.get("why") == "signed" for one in answers)
    return Taken(device, new, len(numbers) - new, aside, len(answers) - len(numbers) - aside)


def _opened(meeting: Meeting, content: bytes) -> tuple[RoomDevice, dict[str, Any]]:
    """The device of a file, and what is inside."""
    broken = NotACopy(
        "Tệp này không phải bản sao của máy nào trong buổi họp. Chọn tệp tên bắt đầu bằng “chibo-ban-sao”."
    )
    # Outside it is a few words and two long ones, for the server and for devices; to read millions of pieces would hold
    # up everybody.
    if b"[" in content or content.count(b"{") > 2 or content.count(b",") > MOST_WORDS:
        raise broken
    try:
        outside = read_json(content)
    except Refused as error:
        raise broken from error
    if outside.get("chibo") != KIND or outside.get("version") != VERSION or not identifier(outside.get("device")):
        raise broken
    if outside.get("meeting") != str(meeting.pk):
        raise NotACopy("Bản sao này của buổi họp khác. Mở đúng buổi họp ấy rồi nạp.")
    device = RoomDevice.objects.filter(meeting=meeting, pk=UUID(outside["device"])).select_related("person").first()
    if device is None:
        raise broken
    if device.seal is None:
        raise NotACopy("Bản sao đã quá hạn, máy chủ không còn khóa để mở.")
    try:
        iv, data = (b64decode(outside[name], validate=True) for name in ("iv", "data"))
        clear = AESGCM(key_of(bytes(device.seal))).decrypt(iv, data, additional(meeting.pk, device.pk))
        return device, read_json(clear)
    except (InvalidTag, KeyError, ValueError, TypeError, Refused) as error:
        raise NotACopy("Tệp đã bị đổi hoặc hỏng. Lưu lại bản sao trên máy ấy rồi nạp lại.") from error


def sealed(device: RoomDevice, entries: list[Any], iv: bytes) -> bytes:
    """A copy as its device would write it."""
    clear = json.dumps({"author": str(device.person_id), "entries": entries}).encode()
    data = AESGCM(key_of(bytes(device.seal or b""))).encrypt(iv, clear, additional(device.meeting_id, device.pk))
    outside = {"chibo": KIND, "version": VERSION, "meeting": str(device.meeting_id), "device": str(device.pk)}
    return json.dumps({**outside, "iv": b64encode(iv).decode(), "data": b64encode(data).decode()}).encode()
