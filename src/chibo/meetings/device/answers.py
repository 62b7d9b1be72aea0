"""How devices are answered: JSON always, whatever goes wrong, so that a program never reads a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import RawPostDataException

from chibo.access.request import Request

View = Callable[..., HttpResponse]


class Refused(Exception):
    """The whole question is answered by one word; `status` is its HTTP status."""

    def __init__(self, error: str, status: int) -> None:
        super().__init__(error)
        self.error, self.status = error, status


def answer(content: Any, status: int = 200) -> JsonResponse:
    """JSON that no cache keeps: what a device holds of a meeting is encrypted, a browser's cache is not."""
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response.headers["Cache-Control"] = "no-store"
    return response


def for_devices(view: View) -> View:
    """Answer in JSON: 401 signed_out, 404 not_found, 410 removed, 413 too_big, and what the view itself refuses."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return answer({"error": "signed_out"}, 401)
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return answer({"error": refused.error}, refused.status)
        except Http404:
            return answer({"error": "not_found"}, 404)
        except RequestDataTooBig:
            return answer({"error": "too_big"}, 413)
        except RawPostDataException:  # sent as a form with parts, whose body the check of its token has read
            return answer({"error": "not_json"}, 400)

    return answered
