"""The help app."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """Registers the users' guide under its short label."""

    name = "chibo.help"
    label = "help"
