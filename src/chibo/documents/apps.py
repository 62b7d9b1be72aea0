"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the documents app under its short label."""

    name = "chibo.documents"
    label = "documents"

    def ready(self) -> None:
        """Say what the app's events say."""
        from chibo.documents import events

        events.add_sentences()
