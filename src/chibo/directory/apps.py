"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the directory app under its short label."""

    name = "chibo.directory"
    label = "directory"

    def ready(self) -> None:
        """Say what the app's events say."""
        from chibo.directory import events

        events.add_sentences()
