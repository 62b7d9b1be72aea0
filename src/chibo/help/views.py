"""The users' guide at the point of need (M18): the files of docs/users, a job a page. Open to all: it holds no data."""

import re
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from chibo.help import markdown

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "users"
NAME = re.compile(r"[a-z0-9-]+")
FRONT = "README"


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """All jobs, in the order of the month."""
    return show(request, FRONT)


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One job.

    Raises Http404: there is none of that name.
    """
    if name == FRONT:
        raise Http404
    return show(request, name)


def show(request: HttpRequest, name: str) -> HttpResponse:
    """A page of the guide.

    Raises Http404: there is none of that name.
    """
    text = read(name)
    content = markdown.html_of(text, link=address, picture=picture)
    return render(
        request, "help/page.html", {"title": markdown.title_of(text), "text": content, "front": name == FRONT}
    )


@lru_cache(maxsize=64)
def read(name: str) -> str:
    """The text of a page.

    Raises Http404: there is none of that name.
    """
    path = GUIDE / f"{name}.md"
    if not (name == FRONT or NAME.fullmatch(name)) or not path.is_file():
        raise Http404
    return path.read_text(encoding="utf-8")


def address(written: str) -> str:
    """Where a link of the guide leads: `bien-ban.md` is a page beside it."""
    if "/" in written or not written.endswith(".md"):
        return written
    name = written.removesuffix(".md")
    return "/huong-dan/" if name == FRONT else f"/huong-dan/{name}/"


def picture(written: str) -> str:
    """Where a picture of the guide stands; empty when it was not collected, so that the text stands without it."""
    try:
        return static(f"guide/{written.removeprefix('images/')}")
    except ValueError:
        return ""
