"""Telling the owner of an account that a way into it changed: by whom and when, or on which machine.

Whoever got in by the changed way must not be able to read the news away: each device is told for itself, at its next
sign-in or, where one stays signed in, within the hour; for a week.
"""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest

from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.accounts import province
from chibo.accounts.device import device_of, name_of
from chibo.accounts.models import AccountReset, User
from chibo.lib.dates import format_date, format_time_sentence, now
from chibo.look import notices
from chibo.members.models import Person

AT_THE_MACHINE = "người quản trị máy"
TOLD_FOR = timedelta(days=7)
_TOLD = "told"  # the newest that this session was told
_NOT_YOU = "Đồng chí không nhờ, không làm việc này thì báo ngay Văn phòng Đảng ủy."
_WORDS = {
    AccountReset.What.PASSWORD: "{who} đã in tờ mời mới để đồng chí đặt lại mật khẩu",
    AccountReset.What.SECOND_FACTOR: "{who} đã bỏ lớp bảo vệ thứ hai của đồng chí để đặt lại",
    AccountReset.What.PASSWORD_SET: "mật khẩu mới đã được đặt bằng tờ mời{where}",
    AccountReset.What.PASSWORD_CHANGED: "mật khẩu của đồng chí đã được đổi{where}",
    AccountReset.What.FACTOR_ADDED: "tài khoản được thêm một cách xác nhận{where}",
    AccountReset.What.FACTOR_REMOVED: "tài khoản bị bỏ một cách xác nhận{where}",
    AccountReset.What.CODES_MADE: "mười mã dự phòng mới đã được lấy{where}",
    AccountReset.What.PROVINCE_BOUND: "một tài khoản của tỉnh đã được gắn với tài khoản này{where}",
    AccountReset.What.PROVINCE_UNBOUND: "số hiệu đảng viên của đồng chí đổi, nên tài khoản của tỉnh đã gỡ khỏi đây",
}


def tell_of_resets(request: HttpRequest, user: User) -> None:
    """Say to this session what it was not told; the page of one's own security goes on showing it."""
    province.lapse_all(user)
    lately = Q(told_at=None) | Q(at__gt=now() - TOLD_FOR)
    told = user.resets.filter(lately, pk__gt=request.session.get(_TOLD, 0)).order_by("pk")
    for reset in told.exclude(device=device_of(request)):
        at = f"{format_time_sentence(reset.at)} ngày {format_date(reset.at)}"
        words = words_of(user, reset)
        notices.warn(
            request, f"Lúc {at}, {words}. Đồng chí không nhờ, không làm việc này thì báo ngay Văn phòng Đảng ủy."
        )
        request.session[_TOLD] = reset.pk
        if reset.told_at is None:
            reset.told_at = now()
            reset.save(update_fields=["told_at"])


def words_of(user: User, reset: AccountReset) -> str:
    """What happened, as a sentence without its time."""
    where = f" trên {reset.where}" if reset.where else ""
    return _WORDS[AccountReset.What(reset.what)].format(who=named(user, reset), where=where)


def note_change(request: HttpRequest, user: User, what: AccountReset.What) -> None:
    """Remember to tell the owner's other devices what was changed on this one."""
    AccountReset.objects.create(
        user=user, what=what, by=user.person_id, device=device_of(request), where=name_of(request)
    )


def named(user: User, reset: AccountReset) -> str:
    """Who did it, as the account's owner may know them."""
    if reset.by is None or user.person_id is None:
        return AT_THE_MACHINE
    with scope(standing_of(user.person_id)):
        person = Person.objects.filter(pk=reset.by).first()
    return f"đồng chí {person.full_name}" if person is not None else "một đồng chí không còn trong danh sách"
