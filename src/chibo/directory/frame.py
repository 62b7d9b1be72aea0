"""What stands around every page: where one is, the parts one may go to, whether the figures are fictitious."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from chibo.access.hats import NAMES, hat_of, hats_in_order, is_cell_hat
from chibo.access.models import Office
from chibo.access.standing import Hat, Standing
from chibo.directory.guide import guide_of


@dataclass(frozen=True)
class NavItem:
    """One part of the site in the navigation."""

    label: str
    url: str
    icon: str
    current: bool


_CELL = (
    ("Trang đầu", "/", "house"),
    ("Cuộc họp", "/cuoc-hop/", "calendar"),
    ("Công việc", "/cong-viec/", "list-checks"),
    ("Sổ chi bộ", "/so-chi-bo/", "book-open"),
)
_ABOVE = (
    ("Trang đầu", "/", "house"),
    ("Lịch họp", "/lich-hop/", "calendar"),
    ("Chi bộ", "/chi-bo/", "users"),
    ("Tổ chức", "/to-chuc/", "building-2"),
)
_MACHINE = (
    ("Máy chủ", "/may-chu/", "settings"),
    ("Tài khoản", "/may-chu/tai-khoan/", "key-round"),
    ("Việc nền", "/may-chu/viec-nen/", "refresh-cw"),
    ("Sao lưu", "/may-chu/sao-luu/", "archive"),
)


# A follower reads the meetings and tasks of the cell, and has no book of it.
_FOLLOWER = _CELL[:3]


def navigation(hat: Hat | None, path: str) -> list[NavItem]:
    """The navigation of a hat, with the part that a path belongs to marked."""
    if hat is None:
        return []
    # The province sees figures and the tree alone (design.md section 4).
    of_province = [part for part in _ABOVE if part[1] in ("/", "/to-chuc/")]
    if is_cell_hat(hat):
        parts: Sequence[tuple[str, str, str]] = _CELL
    elif hat.role == Office.FOLLOWER:
        parts = _FOLLOWER
    else:
        parts = of_province if hat.role == Office.PROVINCE_STAFF else _ABOVE
    return [NavItem(label, url, icon, _is_part(url, path)) for label, url, icon in parts]


def _is_part(url: str, path: str) -> bool:
    """Whether a page belongs to a part; from above, a meeting is found through the schedule."""
    if url == "/":
        return path == url or path.startswith("/phu-trach/")
    return path.startswith((url, "/cuoc-hop/") if url == "/lich-hop/" else url)


def _inspections(standing: Standing | None, path: str) -> list[NavItem]:
    """The way to what one is to inspect, while a door is open."""
    if standing is None or not standing.inspected_meetings:
        return []
    return [NavItem("Kiểm tra", "/cua-kiem-tra/", "search", path.startswith("/cua-kiem-tra/"))]


def _machine(standing: Standing | None, path: str) -> list[NavItem]:
    """The pages of the machine; of them one alone beside the parts of a hat, as a phone has room for five."""
    if standing is None or standing.account_id is None:
        return []
    parts = _MACHINE[:1] if standing.hats else _MACHINE
    return [
        NavItem(label, url, icon, path == url or (url != "/may-chu/" and path.startswith(url)))
        for label, url, icon in parts
    ]


def keep_secret(person: UUID | None) -> str:
    """The key with which the browser of a person encrypts what is typed and not sent; nothing for a stranger.

    The same at each sign-in, so that a draft outlives a crash; and with no page of anybody else.
    """
    if person is None:
        return ""
    return b64encode(salted_hmac("chibo.directory.frame.drafts", str(person), algorithm="sha256").digest()).decode()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `frame.nav`, `frame.hat`, `frame.role`, `frame.person`, `frame.fictitious`."""
    standing = getattr(request, "standing", None)  # there is none on an error before the middleware
    user = getattr(request, "user", None)
    hat = hat_of(request) if standing is not None and standing.person_id is not None else None  # type: ignore[arg-type]
    path = request.path
    nav = navigation(hat, path) + _inspections(standing, path) + _machine(standing, path)
    return {
        "frame": {
            "nav": nav,
            "in_a_part": any(item.current for item in nav),
            "hat": hat,
            "role": NAMES[hat.role] if hat else "",
            "person": standing.person if standing is not None else None,
            "keep_secret": keep_secret(standing.person_id) if standing is not None else "",
            "several_hats": standing is not None and len(hats_in_order(standing)) > 1,
            "signed_in": bool(user is not None and user.is_authenticated),
            "fictitious": settings.FICTITIOUS,
            "staff_until": standing.staff_until if standing is not None else None,
            "help_url": guide_of(path),
            "help_contact": settings.HELP_CONTACT,
        }
    }
