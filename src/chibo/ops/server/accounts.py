"""What the IT officer does with accounts: switch one off or on, end its devices. Never a name, never a way in."""

from django.db import transaction

from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.accounts.models import User
from chibo.api.models import AccessToken
from chibo.audit import events
from chibo.directory.commands.accounts import place_of
from chibo.directory.commands.staff_session import chain_of_tenant


@transaction.atomic
def switch_off(*, by: Standing, user: User) -> None:
    """Let an account sign in no more, and end its devices at once. The person stays a complete member.

    Raises Http404: `by` is no administrator, or the account is one's own.
    """
    require(user.pk != by.administrator)
    _set_active(by, user, active=False)


@transaction.atomic
def switch_on(*, by: Standing, user: User) -> None:
    """Let an account sign in again, with the password of before.

    Raises Http404: `by` is no administrator.
    """
    _set_active(by, user, active=True)


@transaction.atomic
def end_devices(*, by: Standing, user: User) -> int:
    """Sign an account out everywhere at once; give how many devices it was.

    Raises Http404: `by` is no administrator.
    """
    require(by.account_id is not None)
    ended = _end_ways_in(user)
    _record(by, "account.signed_out", user, number=ended)
    return ended


def _end_ways_in(user: User) -> int:
    """End the sessions, and the tokens of programs with them; gives how many devices it was."""
    AccessToken.objects.filter(user=user).delete()
    return user.devices.all().cut_off()


def _set_active(by: Standing, user: User, *, active: bool) -> None:
    require(by.account_id is not None)
    user.is_active = active
    with system_scope():  # the database lets nobody else switch an account on or off
        user.save(update_fields=["is_active"])
    if not active:
        _end_ways_in(user)
    _record(by, "account.switched_on" if active else "account.switched_off", user)


def _record(by: Standing, kind: str, user: User, **details: int) -> None:
    """The event stands in the life of the cell that the account's person belongs to: its committee reads it.

    As the system: the IT officer may not even know which cell that is.
    """
    account = by.administrator
    with system_scope():
        person = user.person
        chain = place_of(person) if person else chain_of_tenant(account)
        about = {"person": person.pk} if person else {}
        events.record(kind, chain=chain, by=by.person_id, obj=user, account=account, **about, **details)
