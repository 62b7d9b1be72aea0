"""Making and cutting off the access tokens of one's own account."""

from uuid import UUID

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.accounts.models import User
from chibo.api.models import MOST_TOKENS, AccessToken, Made, last_day_after, shown
from chibo.audit import events


class TooMany(Exception):
    """The account has as many tokens as it may; the message says in Vietnamese what to do."""


@transaction.atomic
def make_token(*, by: Standing, user: User, name: str, scope: str, days: int, proved: bool) -> Made:
    """Make a token for a program.

    proved: whether the second factor was proved in the session that makes it.

    Raises:
        Http404: the account belongs to nobody with a standing.
        TooMany: cut one off first.
    """
    require(by.person_id is not None and by.person_id == user.person_id)
    User.objects.select_for_update().get(pk=user.pk)
    if shown(user).count() >= MOST_TOKENS:
        raise TooMany(f"Đồng chí đã có {MOST_TOKENS} mã. Cắt một mã không dùng nữa rồi tạo mã mới.")
    made = AccessToken.objects.make(user, name=name, scope=scope, last_day=last_day_after(days), proved=proved)
    events.record("account.token_made", chain=by.me, by=by.me, obj=made.token, last_day=made.token.last_day)
    return made


@transaction.atomic
def cut_off_token(*, by: Standing, user: User, token_id: UUID) -> bool:
    """End a token at once; tells whether there was one.

    Raises:
        Http404: the account belongs to nobody with a standing.
    """
    require(by.person_id is not None and by.person_id == user.person_id)
    token = AccessToken.objects.filter(user=user, pk=token_id).first()
    if token is None:
        return False
    events.record("account.token_cut_off", chain=by.me, by=by.me, obj=token)
    AccessToken.objects.filter(pk=token.pk).delete()
    return True
