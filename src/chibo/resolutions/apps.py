"""The resolutions app."""

from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Registers the resolutions app under its short label."""

    name = "chibo.resolutions"
    label = "resolutions"
