"""The ops app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Registers the ops app under its short label."""

    name = "chibo.ops"
    label = "ops"
