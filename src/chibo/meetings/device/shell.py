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
from typing import cast

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import condition, require_GET

from chibo.lib.compression import compressed, preferred
from chibo.look.storage import StaticStorage, without_comments, without_style_comments

SHELL = "/phong-hop/"
SCRIPTS = f"{SHELL}kich-ban.json"
WORKER = "meetings/device/worker.js"
BOOT = "meetings/device/boot.js"
MAIN = "meetings/device/main.js"
STYLES = ("look/chibo.css", "meetings/room.css", "meetings/device.css", "meetings/ballots.css")
PICTURES = ("look/icons.svg", "look/ring.svg")
ICONS = {192: "meetings/device/icon-192.png", 512: "meetings/device/icon-512.png"}
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?["'](\.[^"']+)["'];""", re.MULTILINE)


@dataclass(frozen=True)
class Shell:
    """What is sent, and the version of all of it together. files: what the worker fetches one by one."""

    page: str
    worker: str
    files: tuple[str, ...]
    scripts: str
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


def script(name: str) -> str:
    """A module as an installation serves it: collected, or as it would be, without comments."""
    if not _is_collected():
        return without_comments(source(name).decode())
    storage = cast(StaticStorage, staticfiles_storage)
    with storage.open(storage.stored_name(name)) as file:
        return str(file.read().decode())


def style(name: str) -> str:
    """A style sheet as an installation serves it."""
    return without_style_comments(source(name).decode())


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
    """Put the page, its worker and its scripts together.

    The modules are sent in one answer: eighty small files, each compressed by itself, are a third more on the wire.
    """
    page = render_to_string("meetings/device/shell.html", {"fictitious": settings.FICTITIOUS})
    scripts = {static(name): _flush(script(name)) for name in modules()}
    singly = [*STYLES, *PICTURES, BOOT]
    digest = sha256(page.encode() + source(WORKER) + json.dumps(scripts).encode())
    for name in singly:
        digest.update(name.encode() + b"\0" + source(name))
    version = digest.hexdigest()[:16]
    files = tuple(static(name) for name in singly)
    given = {"VERSION": version, "SHELL": SHELL, "FILES": files, "SCRIPTS": SCRIPTS}
    worker = f"self.CHIBO = {json.dumps(given)};\n{without_comments(source(WORKER).decode())}"
    return Shell(page, worker, files, json.dumps({"version": version, "files": scripts}, ensure_ascii=False), version)


def _flush(text: str) -> str:
    """A script without the indent of its lines and without empty ones: two thousand bytes less on the wire.

    Our templates of markup may begin a line anywhere, since htm drops the space around a line's end.
    """
    return "\n".join(flush for line in text.split("\n") if (flush := line.lstrip()))


def _is_collected() -> bool:
    return bool(getattr(staticfiles_storage, "hashed_files", None))


@cache
def _collected() -> Shell:
    return build()


def shell() -> Shell:
    """What is sent: made once where the static files were collected for this start, anew where they may change."""
    return _collected() if _is_collected() else build()


def _version(request: HttpRequest) -> str:
    return f'W/"{shell().version}"'  # weak: one version goes out in several encodings


def _public(request: HttpRequest, content: str, kind: str) -> HttpResponse:
    """An answer that may lie in any cache, and is asked for again each time."""
    encoding = preferred(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(compressed(content, encoding), content_type=kind)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_GET
@condition(etag_func=_version)
def page(request: HttpRequest) -> HttpResponse:
    """The page: which meeting is meant stands behind # in its address, and never reaches the server."""
    return _public(request, shell().page, "text/html; charset=utf-8")


@require_GET
@condition(etag_func=_version)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps the page."""
    return _public(request, shell().worker, "text/javascript; charset=utf-8")


@require_GET
@condition(etag_func=_version)
def scripts(request: HttpRequest) -> HttpResponse:
    """All modules of the page in one answer, by their addresses."""
    return _public(request, shell().scripts, "application/json; charset=utf-8")


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
    return _public(request, json.dumps(content, ensure_ascii=False), "application/manifest+json")
