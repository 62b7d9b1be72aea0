"""The document of the API as it is kept in git."""

import json
from typing import Any

from chibo.api.site import document
from chibo.ops.connection import PROJECT

PLACE = PROJECT / "docs" / "developers" / "openapi.json"


def as_text(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n"


def now() -> str:
    """As the program makes it."""
    return as_text(document())
