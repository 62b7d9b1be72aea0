"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the documents app under its short label."""

    name = "chibo.documents"
    label = "documents"
