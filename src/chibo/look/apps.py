"""The look as a Django app; it has no models."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Registers the base templates, the tags and the static files."""

    name = "chibo.look"
    label = "look"
