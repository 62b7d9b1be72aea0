"""One's own account: password, second factor, devices. Each act leaves an event in one's own chain.

They take the account, not a standing: they are open to a suspended person and to the IT officer as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from chibo.access.scope import scope
from chibo.access.standing import Standing, require
from chibo.accounts import device, passkeys, province, second_factor
from chibo.accounts.models import AccountReset, Invitation, User
from chibo.accounts.province import Vouched
from chibo.audit import events
from chibo.directory.account.telling import note_change
from chibo.lib.dates import now


@transaction.atomic
def change_password(*, request: HttpRequest, user: User, password: str) -> None:
    """Set another password; every other device is signed out."""
    user.set_password(password)
    with leaving_traces(user) as trace:
        user.save(update_fields=["password"])
        events.record("account.password_changed", **trace)
    update_session_auth_hash(request, user)
    device.note(request, user)  # the session has a new key
    _cut_off_others(request, user)
    note_change(request, user, AccountReset.What.PASSWORD_CHANGED)


@transaction.atomic
def set_up_app(*, request: HttpRequest, user: User, code: str) -> bool:
    """Take an app of codes into use once it shows a right one; tells whether it did."""
    first = not second_factor.is_on(user)
    if not second_factor.set_up_app(request, user, code):
        return False
    _turned_on(request, user, first=first)
    return True


@transaction.atomic
def add_passkey(*, request: HttpRequest, user: User, answer: str) -> None:
    """Keep a passkey of this browser.

    Raises:
        NotProved: the browser's answer does not fit.
    """
    first = not second_factor.is_on(user)
    passkeys.add(request, user, answer)
    _turned_on(request, user, first=first)
    with leaving_traces(user) as trace:
        events.record("account.passkey_added", **trace)


def _turned_on(request: HttpRequest, user: User, *, first: bool) -> None:
    """This session has proved what it set up; others, opened with the password alone, end."""
    second_factor.mark_passed(request)
    note_change(request, user, AccountReset.What.FACTOR_ADDED)
    if not first:
        return
    _cut_off_others(request, user)
    with leaving_traces(user) as trace:
        events.record("account.second_factor_on", **trace)


@transaction.atomic
def make_recovery_codes(*, request: HttpRequest, user: User) -> list[str]:
    """Ten new codes; those before stop working."""
    codes = second_factor.new_recovery_codes(user)
    note_change(request, user, AccountReset.What.CODES_MADE)
    with leaving_traces(user) as trace:
        events.record("account.codes_made", **trace)
    return codes


@transaction.atomic
def remove_factor(*, request: HttpRequest, user: User, passkey: int | None) -> None:
    """Take away a passkey, or (None) the app of codes.

    Raises:
        Http404: there is no such passkey.
    """
    if passkey is None:
        second_factor.remove_app(user)
    else:
        require(second_factor.remove_passkey(user, passkey))
    note_change(request, user, AccountReset.What.FACTOR_REMOVED)
    off = not second_factor.is_on(user)
    with leaving_traces(user) as trace:
        if passkey is not None:
            events.record("account.passkey_removed", **trace)
        if off:
            events.record("account.second_factor_off", **trace)


@transaction.atomic
def bind_province(*, request: HttpRequest, user: User, vouched: Vouched, invitation: Invitation | None) -> None:
    """Bind an account of the province to this one, whose owner typed the password or the code of an invitation."""
    if invitation is not None:
        invitation.used_at = now()
        invitation.save(update_fields=["used_at"])
    province.bind(user, vouched)
    note_change(request, user, AccountReset.What.PROVINCE_BOUND)
    with leaving_traces(user) as trace:
        events.record("account.province_bound", **trace)


@transaction.atomic
def cut_off(*, request: HttpRequest, user: User, one: UUID | None) -> int:
    """Sign one device out at once, or (None) all but this one; gives how many were still signed in."""
    others = user.devices.exclude(pk=device.device_of(request))
    number = (others if one is None else others.filter(pk=one)).cut_off()
    if number:
        with leaving_traces(user) as trace:
            events.record("account.devices_cut_off", number=number, **trace)
    return number


def _cut_off_others(request: HttpRequest, user: User) -> None:
    """Every device but this one."""
    user.devices.exclude(pk=device.device_of(request)).cut_off()


@contextmanager
def leaving_traces(user: User) -> Iterator[dict[str, Any]]:
    """The fields of an event on one's own account, in one's own chain, with no right but to write it.

    A suspended person has no standing, and the IT officer no person: what they do here is written down too.
    """
    person = user.person_id
    with scope(Standing(person_id=person) if person else Standing(account_id=user.pk)):
        yield {"chain": person or user.pk, "by": person, "obj": user}
