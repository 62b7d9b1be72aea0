"""The orgs app."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Registers the orgs app under its short label."""

    name = "chibo.orgs"
    label = "orgs"
