"""The rules app."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Registers the rules app under its short label."""

    name = "chibo.rules"
    label = "rules"
