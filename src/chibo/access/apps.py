"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the access app under its short label."""

    name = "chibo.access"
    label = "access"
