"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the meetings app, the kinds of entries that it knows, and the check of its chains."""

    name = "chibo.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Add the meeting's own kinds of entries, and the check of its chains to what `verify` walks."""
        from chibo.audit import chains
        from chibo.meetings.room import kinds, log, recorded

        kinds.register(*recorded.KINDS)
        chains.register_checker("meetings", log.chain_breaks)
