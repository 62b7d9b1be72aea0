"""Who may open the pages of the machine."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from chibo.access.request import Request
from chibo.access.standing import require

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def for_operator(view: View[P]) -> View[P]:
    """The IT officer alone; to anyone else the page does not exist."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require(request.standing.account_id is not None)
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(guarded))
