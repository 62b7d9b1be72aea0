"""The ops app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Registers the ops app under its short label."""

    name = "chibo.ops"
    label = "ops"

    def ready(self) -> None:
        """Let every app declare its jobs."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("tasks")
