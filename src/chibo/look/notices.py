"""Sentences after an act, shown once on top of the next page, with a way to undo where there is one.

They ride on Django's messages; the address that undoes the act travels as the message's extra tag.
"""

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, undo_url: str | None = None) -> None:
    """Say what was done, in the words of the button; undo_url is a POST address offered as "Hoàn tác"."""
    messages.success(request, text, extra_tags=undo_url or "")


def tell(request: HttpRequest, text: str) -> None:
    """Say something that must be known."""
    messages.info(request, text)


def warn(request: HttpRequest, text: str, undo_url: str | None = None) -> None:
    """Say what is late, missing or only partly done, and the way out."""
    messages.warning(request, text, extra_tags=undo_url or "")


def fail(request: HttpRequest, text: str) -> None:
    """Say what could not be done, and what to do now."""
    messages.error(request, text)
