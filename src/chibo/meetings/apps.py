"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the meetings app under its short label."""

    name = "chibo.meetings"
    label = "meetings"
