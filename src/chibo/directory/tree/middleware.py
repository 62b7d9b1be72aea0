"""Before anyone's standing is read on a new day, the acts of that day take effect."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chibo.directory.tree import due
from chibo.directory.tree.commands import apply_due
from chibo.lib.dates import today

log = logging.getLogger("chibo.directory")


class DueActsMiddleware:
    """Applies the acts on the tree that have fallen due, once a day and process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with due.first_of(today()) as first:
                if first:
                    apply_due()
        except Exception:
            # Nobody is kept from their page by an act that fails; the next who asks, or the job, tries again.
            log.exception("acts that fall due could not be applied")
        return self.get_response(request)
