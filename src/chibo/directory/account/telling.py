"""Telling the owner of an account, at the next sign-in, who gave it another way in and when."""

from django.http import HttpRequest

from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.accounts.models import AccountReset, User
from chibo.lib.dates import format_date, format_time_sentence, now
from chibo.look import notices
from chibo.members.models import Person

AT_THE_MACHINE = "người quản trị máy"
_WORDS = {
    AccountReset.What.PASSWORD: "in tờ mời mới để đồng chí đặt lại mật khẩu",
    AccountReset.What.SECOND_FACTOR: "bỏ lớp bảo vệ thứ hai của đồng chí để đặt lại",
}


def tell_of_resets(request: HttpRequest, user: User) -> None:
    """Say each reset once; the page of one's own security goes on showing them."""
    for reset in user.resets.filter(told_at=None).order_by("at"):
        who = named(user, reset)
        at = f"{format_time_sentence(reset.at)} ngày {format_date(reset.at)}"
        words = _WORDS[AccountReset.What(reset.what)]
        notices.warn(
            request,
            f"Lúc {at}, {who} đã {words}. Đồng chí không nhờ việc này thì báo ngay Văn phòng Đảng ủy.",
        )
        reset.told_at = now()
        reset.save(update_fields=["told_at"])


def named(user: User, reset: AccountReset) -> str:
    """Who did it, as the account's owner may know them."""
    if reset.by is None or user.person_id is None:
        return AT_THE_MACHINE
    with scope(standing_of(user.person_id)):
        person = Person.objects.filter(pk=reset.by).first()
    return f"đồng chí {person.full_name}" if person is not None else "một đồng chí không còn trong danh sách"
