"""The API itself: its routes, who may call, how it refuses, its document."""

from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

import chibo
from chibo.api import schemas
from chibo.api.auth import Session, Token
from chibo.api.problems import Refusal, field_problems, of_status
from chibo.api.routes import cells, figures, me, meetings, organisations, resolutions, tasks
from chibo.api.routes.asking import answers

DESCRIPTION = (
    "Phần mềm khác đọc được gì của Chibo: đúng những gì người có mã truy cập đọc được hôm nay, không hơn. "
    "Mã truy cập gửi ở đầu mục Authorization: Bearer; tạo và cắt ở trang Mã truy cập. "
    "Ngày giờ theo ISO 8601. Lỗi có “code” không đổi và câu tiếng Việt nói phải làm gì."
)


class Plain(JSONRenderer):
    """Vietnamese letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Chibo",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    renderer=Plain(),
    auth=[Token(), Session()],
    urls_namespace="api",
)
for module in (me, organisations, cells, figures, meetings, resolutions, tasks):
    api.add_router("", module.router)


@api.get(
    "health",
    auth=None,
    response=answers(schemas.Health, frozenset({400, 401, 429})),
    operation_id="health",
    summary="Máy có phục vụ không",
    tags=["Máy chủ"],
)
def health(request: HttpRequest) -> schemas.Health:
    """Open to whatever watches the machine; the database answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return schemas.Health(status="ok", version=chibo.__version__)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    return error.response()


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return Refusal("not_found").response()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return Refusal("invalid", field_problems(error.errors)).response()


@api.exception_handler(HttpError)
def _of_the_framework(request: HttpRequest, error: HttpError) -> HttpResponse:
    return of_status(error.status_code).response()


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema())
