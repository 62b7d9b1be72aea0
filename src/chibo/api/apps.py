"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the API under its short label."""

    name = "chibo.api"
    label = "api"

    def ready(self) -> None:
        """Say what its events say, and what it holds about a person."""
        from chibo.api import events, held
        from chibo.lib import held_about

        events.add_sentences()
        held_about.register(held.GROUP)
