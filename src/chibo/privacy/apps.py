"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the privacy app under its short label."""

    name = "chibo.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Say what its events say."""
        from chibo.privacy import events

        events.add_sentences()
