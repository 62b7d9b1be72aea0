"""The WSGI entry point, served by granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
application = get_wsgi_application()
from chibo.meetings.urn import nodes  # noqa: E402 - its models need what stands above

# What a process begins with stays to its end. Walked again by each full collection of garbage, it would stop whoever is
# asking just then for up to a tenth of a second.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
nodes.keep_noting()
