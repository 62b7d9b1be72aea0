"""The members app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Registers the members app under its short label."""

    name = "chibo.members"
    label = "members"
