"""The device that a session runs on: entries of a meeting's log name it (design.md section 3); its owner can end it."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest

from chibo.accounts.models import Device, User
from chibo.accounts.sessions import digest_of
from chibo.lib.dates import now

SESSION_KEY = "device"
SEEN = "seen"
# How coarse "last used" is: a write at most this often.
TOUCH_EVERY = timedelta(hours=1)

# In this order: Edge and Samsung call themselves Chrome too, and Chrome calls itself Safari.
_BROWSERS = (
    (r"Zalo", "Zalo"),
    (r"coc_coc", "Cốc Cốc"),
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android.*Mobile", "điện thoại Android"),
    (r"Android", "máy tính bảng Android"),
    (r"Windows", "máy tính Windows"),
    (r"Macintosh", "máy tính Mac"),
    (r"Linux|X11|CrOS", "máy tính Linux"),
)


def device_of(request: HttpRequest) -> UUID:
    """The id of this session's device; made at the first question."""
    if (known := request.session.get(SESSION_KEY)) is None:
        known = request.session[SESSION_KEY] = str(uuid4())
    return UUID(known)


def name_of(request: HttpRequest) -> str:
    """A name that its owner knows again: "Chrome trên điện thoại Android"."""
    said = request.headers.get("User-Agent", "")[:400]
    browser = next((name for pattern, name in _BROWSERS if re.search(pattern, said)), "Trình duyệt")
    system = next((name for pattern, name in _SYSTEMS if re.search(pattern, said)), "máy không rõ loại")
    return f"{browser} trên {system}"


def note(request: HttpRequest, user: User) -> None:
    """Write down that this session's device is in use; a session from before devices were kept gets its row here."""
    key = digest_of(request.session.session_key or "")
    here = {"user": user, "session_key": key, "name": name_of(request), "last_used_at": now()}
    Device.objects.update_or_create(pk=device_of(request), defaults=here)
    request.session[SEEN] = now().timestamp()


def is_due(request: HttpRequest) -> bool:
    """Whether "last used" is older than it may be."""
    seen: float = request.session.get(SEEN, 0)
    return now() - datetime.fromtimestamp(seen, now().tzinfo) >= TOUCH_EVERY
