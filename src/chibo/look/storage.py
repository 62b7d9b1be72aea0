"""Static files under names that hold their digest, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also follows the imports of JavaScript modules; else a new keep.js could meet an old elements.js."""

    support_js_module_import_aggregation = True
