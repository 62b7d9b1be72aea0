"""Static files under names that hold their digest, so that browsers may keep them for ever."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# Django's own pattern of `import("./x.js")` also finds the types that a comment names by it; two modules that name
# each other's types would then wait for each other's digest, and nothing could be collected. Comments are passed over.
_GLOB, (*_STATIC_IMPORTS, _) = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns
_DYNAMIC_IMPORT = (
    r"""(?m)(?P<matched>^(?P<before>(?!\s*/?\*).*?\b)import\(["'](?P<url>[./].*?)["']\))""",
    """%(before)simport("%(url)s")""",
)
# What stands in a script for whoever reads it: types and reasons, a fifth of what a phone would load.
_COMMENTS = re.compile(r"/\*\*(?s:.*?)\*/|^[ \t]*//.*$", re.MULTILINE)
_AS_PUBLISHED = ("look/preact", "look/htm")
_STYLE_COMMENTS = re.compile(r"/\*(?s:.*?)\*/\s*")


def without_comments(script: str) -> str:
    """A script of ours without its comments; each line stays on its place, so that an error still names it."""
    return _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), script)


def without_style_comments(style: str) -> str:
    """A style sheet of ours without its comments, an eighth of what a phone would load of it."""
    return _STYLE_COMMENTS.sub("", style)


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's, and three things more.

    What it collects of our scripts and styles is without comments. It follows the imports of JavaScript modules: else
    a new keep.js could meet an old elements.js. Where no file has been collected yet (tests, development) it gives
    plain names instead of failing every page.
    """

    support_js_module_import_aggregation = True
    # A file's name depends on the names of what it imports: one pass for each level. Ours stand eight deep; Django's
    # five are for styles. A cycle of imports, which no number of passes resolves, still ends here.
    max_post_process_passes = 25
    _js_module_import_aggregation_patterns = (_GLOB, (*_STATIC_IMPORTS, _DYNAMIC_IMPORT))

    def stored_name(self, name: str) -> str:
        """The name with its digest, or the plain one before the first collection."""
        return str(super().stored_name(name)) if self.hashed_files else name

    def _save(self, name: str, content: Any) -> str:
        """Keep a collected file."""
        if name.endswith(".js") and not name.startswith(_AS_PUBLISHED):
            content.seek(0)
            content = ContentFile(without_comments(content.read().decode()).encode())
        if name.endswith(".css"):
            content.seek(0)
            content = ContentFile(without_style_comments(content.read().decode()).encode())
        return str(super()._save(name, content))
