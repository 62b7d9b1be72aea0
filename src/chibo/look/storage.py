"""Static files under names that hold their digest, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's, and two things more.

    It follows the imports of JavaScript modules: else a new keep.js could meet an old elements.js. Where no file has
    been collected yet (tests, development) it gives plain names instead of failing every page.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The name with its digest, or the plain one before the first collection."""
        return str(super().stored_name(name)) if self.hashed_files else name
