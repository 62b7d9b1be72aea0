"""The request as Chibo's views see it: with the standing of whoever asks."""

from django.http import HttpRequest

from chibo.access.standing import Standing
from chibo.accounts.models import User


class Request(HttpRequest):
    """Set by the middleware; views of signed-in people take this type."""

    user: User
    standing: Standing
