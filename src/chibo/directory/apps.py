"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the directory app under its short label."""

    name = "chibo.directory"
    label = "directory"
