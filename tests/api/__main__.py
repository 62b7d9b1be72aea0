"""Write the document anew: `bin/openapi`."""

import django

django.setup()

from tests.api.document import PLACE, now  # noqa: E402 (after the apps are there)

PLACE.write_text(now(), encoding="utf-8")
