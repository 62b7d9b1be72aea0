"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the audit app and the check of its own chains."""

    name = "chibo.audit"
    label = "audit"

    def ready(self) -> None:
        """Add the events' chains to what `verify` walks."""
        from chibo.audit import chains, events

        chains.register_checker("events", events.event_breaks)
