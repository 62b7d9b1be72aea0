"""Secrets of the second factor, encrypted before they reach the database: a stolen backup does not hold them."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def encrypt(text: str) -> str:
    """The text, readable again only with this machine's key."""
    return _fernet(settings.FACTOR_KEY).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """What `encrypt` was given.

    Raises ValueError: encrypted with another key, or changed on the way.
    """
    try:
        return _fernet(settings.FACTOR_KEY).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise ValueError("not encrypted with this machine's key") from error


@cache
def _fernet(key: str) -> Fernet:
    """Fernet wants 32 bytes; the key kept in a file may be any text."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
