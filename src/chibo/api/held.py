"""Held about a person: the access tokens of the account."""

from collections.abc import Iterator
from uuid import UUID

from chibo.api.models import AccessToken
from chibo.lib.dates import format_date
from chibo.lib.held_about import HeldGroup, HeldLine


def _tokens(person: UUID) -> Iterator[HeldLine]:
    for one in AccessToken.objects.filter(user__person_id=person).order_by("-made_at"):
        used = f"dùng lần cuối {format_date(one.last_used_on)}" if one.last_used_on else "chưa dùng"
        yield HeldLine(f"Mã truy cập “{one.name}”", f"hết hạn {format_date(one.last_day)}, {used}")


GROUP = HeldGroup(
    "access_tokens",
    "Mã truy cập",
    "Để một phần mềm do đồng chí chọn đọc được những gì đồng chí đọc được; chỉ giữ bản băm của mã.",
    ("api_accesstoken",),
    "retention_sessions",
    _tokens,
)
