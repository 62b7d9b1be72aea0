"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home pages gather from every other app; it has no models."""

    name = "chibo.home"
    label = "home"
