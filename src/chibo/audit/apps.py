"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the audit app and the chains that it keeps."""

    name = "chibo.audit"
    label = "audit"

    def ready(self) -> None:
        """Add the events' chains to what `verify` walks."""
        from chibo.audit import chains, erasing, events
        from chibo.audit.models import Event

        erasing.add_sentences()
        chains.register_keeper("events", chains.Keeper(Event, "chain", events.read_link))
