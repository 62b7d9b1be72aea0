"""The resolutions app."""

from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Registers the resolutions app under its short label."""

    name = "chibo.resolutions"
    label = "resolutions"

    def ready(self) -> None:
        """Join the meetings: kinds of entries, their rows, and what bars a closing."""
        from chibo.meetings import registries
        from chibo.meetings.room.kinds import register
        from chibo.resolutions.room import kinds, project

        register(*kinds.KINDS)
        registries.projectors.append(project.rows)
