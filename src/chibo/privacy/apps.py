"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the privacy app under its short label."""

    name = "chibo.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Say what its events say, and what the apps below hold about a person."""
        from chibo.lib import held_about
        from chibo.privacy import events
        from chibo.privacy.holdings import meetings, people

        events.add_sentences()
        held_about.register(*people.GROUPS, *meetings.GROUPS)
