"""Passkeys (WebAuthn): the browser asks for a finger, a face or the screen's lock. The ceremonies are allauth's.

A challenge waits in the session and serves once. What a browser sends is read with suspicion: anything that does not
parse or verify is `NotProved`, never an error of ours.
"""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from chibo.accounts.device import name_of
from chibo.accounts.models import User
from chibo.lib.dates import now

MOST_PASSKEYS = 10
_STATE = "mfa.webauthn.state"  # where allauth keeps the question
_STUMBLES = (
    ValidationError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


class NotProved(Exception):
    """The browser's answer is not that of a passkey of this account for this question."""


def question_for_adding(request: HttpRequest, user: User) -> str:
    """What the browser is asked to make a passkey from, as JSON."""
    with context.request_context(request):
        return json.dumps(_ceremonies().begin_registration(user, passwordless=False))


def add(request: HttpRequest, user: User, answer: str) -> Authenticator:
    """Keep the passkey that a browser made.

    Raises:
        NotProved: the answer does not fit the question, or there are ten already.
    """
    auth = _ceremonies()
    with _suspicion(request), context.request_context(request):
        credential = _read(answer)
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
        if len(auth.get_credentials(user)) >= MOST_PASSKEYS:
            raise NotProved
        made: Authenticator = auth.WebAuthn.add(user, name_of(request), credential).instance
    return made


def question_for_proving(request: HttpRequest, user: User) -> str:
    """What the browser is asked to prove a passkey with, as JSON."""
    with context.request_context(request):
        return json.dumps(_ceremonies().begin_authentication(user))


def prove(request: HttpRequest, user: User, answer: str) -> Authenticator:
    """The passkey that a browser proved.

    Raises:
        NotProved: it is not one of this account, or not an answer to this session's question.
    """
    with _suspicion(request), context.request_context(request):
        passkey: Authenticator = _ceremonies().complete_authentication(user, _read(answer))
    passkey.last_used_at = now()
    passkey.save(update_fields=["last_used_at"])
    return passkey


def _read(answer: str) -> dict[str, Any]:
    """The JSON object that the browser's script sent."""
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise NotProved
    return found


def _ceremonies() -> Any:
    """allauth's. Loaded when the first passkey is asked for: its library takes ten megabytes of every process."""
    from allauth.mfa.webauthn.internal import auth

    return auth


@contextmanager
def _suspicion(request: HttpRequest) -> Iterator[None]:
    """Whatever a malformed answer makes the parsers stumble over is a refusal; the question is used up by it."""
    try:
        yield
    except _STUMBLES as error:
        raise NotProved from error
    finally:
        request.session.pop(_STATE, None)
