"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the directory app under its short label."""

    name = "chibo.directory"
    label = "directory"

    def ready(self) -> None:
        """Say what the app's events say, and who is told of a reset at signing in."""
        from chibo.accounts import sign_in
        from chibo.directory import events
        from chibo.directory.account import events as account_events
        from chibo.directory.account import telling
        from chibo.directory.groups import events as group_events
        from chibo.directory.history import objects
        from chibo.directory.transfers import events as transfer_events
        from chibo.directory.tree import events as tree_events
        from chibo.directory.two_people import events as two_people_events

        objects.add_objects()
        events.add_sentences()
        account_events.add_sentences()
        group_events.add_sentences()
        transfer_events.add_sentences()
        tree_events.add_sentences()
        two_people_events.add_sentences()
        sign_in.TELLING.append(telling.tell_of_resets)
