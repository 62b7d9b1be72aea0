"""Holding a printed page against the record: a random token in the QR at its foot, two plain words a page.

The words follow from the page's frozen text, so a page of another version, or of another paper, has others. Equal words
do not prove a page: whoever forges one can copy them. What proves it is the record's own text, read beside it by
somebody who may read it (docs/decisions/0029-checking-a-printed-page.md).
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection

from chibo.accounts.models import FailedSignIn
from chibo.documents.blocks import Document
from chibo.documents.check_words import WORDS
from chibo.documents.layout import Layout
from chibo.documents.pdf import Foot, page_texts

TOKEN_BYTES = 16
_BITS = len(WORDS).bit_length() - 1


@dataclass(frozen=True)
class Page:
    """One page of an issued paper as it was printed: its text, a paragraph or a table's row a line, and its words."""

    text: str
    words: str


@dataclass(frozen=True)
class Bare:
    """All that a token says to somebody without the right: that there is such a number, of such a day."""

    number: int | None
    symbol: str
    day: date | None


def new_token() -> str:
    """128 random bits, as they stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def check_words(token: str, place: int, text: str) -> str:
    """Return the two words of a page: from its text, its place, and the token of its paper.

    Arguments:
        place: which page it is, from 1.
    """
    said = "\n".join((token, str(place), unicodedata.normalize("NFC", text)))
    bits = int.from_bytes(hashlib.sha256(said.encode()).digest()[:4], "big")
    return f"{WORDS[bits % len(WORDS)]} {WORDS[(bits >> _BITS) % len(WORDS)]}"


def address_of(token: str) -> str:
    """The address in the QR: on the first address that the site is reached by (CHIBO_ORIGINS)."""
    sites = settings.CSRF_TRUSTED_ORIGINS or [f"http://{settings.ALLOWED_HOSTS[0]}"]
    return f"{sites[0].rstrip('/')}/van-ban/{token}/"


def pages_of(document: Document, token: str, *, made_at: datetime, layout: Layout) -> tuple[Foot, list[Page]]:
    """Return the foot of a paper about to be frozen, and its pages."""
    bare = Foot(address_of(token))
    texts = page_texts(document, made_at=made_at, layout=layout, foot=bare)
    pages = [Page(text, check_words(token, place, text)) for place, text in enumerate(texts, 1)]
    return Foot(bare.address, tuple(page.words for page in pages)), pages


def named_by(token: str) -> Bare | None:
    """What anyone may know of the paper with this token; no row of it is read, a checked function answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, symbol, day FROM documents_with_token(%s)", [token])
        row = cursor.fetchone()
    return Bare(*row) if row else None


def note_guess(address: str | None) -> None:
    """Count one token that names nothing; apart from wrong sign-ins, which share only the table."""
    FailedSignIn.objects.note(_guesser(address), None)


def wait_of(address: str | None) -> timedelta:
    """How long an address must wait that has tried several tokens which name nothing."""
    return FailedSignIn.objects.wait(_guesser(address), None)


def _guesser(address: str | None) -> str:
    return f"van-ban {address or ''}"
