"""The page of the room on a device, its worker and its manifest: the same for everyone, with nothing of any meeting.

A page that can be opened without a network must be kept by the browser, so it may hold no content and ask no sign-in:
what is behind a sign-in would be kept as the redirect to it, and fail offline.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_GET

SHELL = "/phong-hop/"
WORKER = "meetings/device/worker.js"
MAIN = "meetings/device/main.js"
STYLES = ("look/chibo.css", "meetings/room.css", "meetings/device.css")
PICTURES = ("look/icons.svg", "look/ring.svg")
ICONS = {192: "meetings/device/icon-192.png", 512: "meetings/device/icon-512.png"}
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?["'](\.[^"']+)["'];""", re.MULTILINE)


@dataclass(frozen=True)
class Shell:
    """What is sent, and the version of all of it together."""

    page: str
    worker: str
    files: tuple[str, ...]
    version: str


def source(name: str) -> bytes:
    """A static file as it stands in the source.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(str(found)).read_bytes()


def modules(name: str = MAIN) -> list[str]:
    """A module and all that it imports, by their names below /static/."""
    found, waiting = {name}, [name]
    while waiting:
        one = waiting.pop()
        for address in _IMPORT.findall(source(one).decode()):
            imported = normpath(join(dirname(one), address))
            if imported not in found:
                found.add(imported)
                waiting.append(imported)
    return sorted(found)


def build() -> Shell:
    """Put the page and its worker together."""
    names = [*STYLES, *PICTURES, *modules()]
    page = render_to_string("meetings/device/shell.html", {"fictitious": settings.FICTITIOUS})
    digest = sha256(page.encode() + source(WORKER))
    for name in names:
        digest.update(name.encode() + b"\0" + source(name))
    files = tuple(static(name) for name in names)
    version = digest.hexdigest()[:16]
    given = json.dumps({"VERSION": version, "SHELL": SHELL, "FILES": files}, separators=(",", ":"))
    return Shell(page, f"self.CHIBO = {given};\n{source(WORKER).decode()}", files, version)


@cache
def _collected() -> Shell:
    return build()


def shell() -> Shell:
    """What is sent: made once where the static files were collected for this start, anew where they may change."""
    return _collected() if getattr(staticfiles_storage, "hashed_files", None) else build()


def _version(request: HttpRequest) -> str:
    return f'"{shell().version}"'


def _public(content: str, kind: str) -> HttpResponse:
    """An answer that may lie in any cache, and is asked for again each time."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_GET
@gzip_page
@condition(etag_func=_version)
def page(request: HttpRequest) -> HttpResponse:
    """The page: which meeting is meant stands behind # in its address, and never reaches the server."""
    return _public(shell().page, "text/html; charset=utf-8")


@require_GET
@gzip_page
@condition(etag_func=_version)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps the page."""
    return _public(shell().worker, "text/javascript; charset=utf-8")


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page one that can be put on the home screen."""
    content = {
        "id": SHELL,
        "start_url": SHELL,
        "scope": SHELL,
        "name": "Chibo: phòng họp",
        "short_name": "Phòng họp",
        "lang": "vi",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#1e1a17",
        "icons": [
            {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
            for size, name in ICONS.items()
        ],
    }
    return _public(json.dumps(content, ensure_ascii=False), "application/manifest+json")
