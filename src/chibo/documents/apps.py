"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the documents app under its short label."""

    name = "chibo.documents"
    label = "documents"

    def ready(self) -> None:
        """Say what the app's events say; write the page of contents of an exported cell."""
        from chibo.directory.exports import parts
        from chibo.documents import events, whole_cell

        events.add_sentences()
        parts.CONTENTS_PAGE.append(whole_cell.contents_page)
