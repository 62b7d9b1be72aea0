"""What is done when the second person agrees, by kind: each by the command that one person alone would use."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chibo.access.models import Office
from chibo.access.standing import Standing, found
from chibo.directory.commands.accounts import reset_second_factor
from chibo.directory.commands.inspection import open_door
from chibo.directory.commands.offices import appoint
from chibo.directory.models import TwoPersonAct
from chibo.directory.tree.commands import Intent, decide
from chibo.directory.tree.following import assign
from chibo.directory.tree.offices import give_office
from chibo.lib.dates import today
from chibo.orgs.models import Kind as Body
from chibo.orgs.models import Organisation

Kind = TwoPersonAct.Kind


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _office(by: Standing, one: TwoPersonAct) -> None:
    said: dict[str, Any] = {"office": Office(one.details["office"]), "since": date.fromisoformat(one.details["since"])}
    said |= {"decision": one.details.get("decision", ""), "second": one.answered_by}
    person = found(one.person)
    if one.place.kind == Body.CELL:
        last_day = _day(one.details.get("last_day"))
        appoint(by=by, person=person, organisation=one.place, last_day=last_day, **said)
    else:
        give_office(by=by, body=one.place, full_name=person.full_name, code=person.code, **said)


def _follow(by: Standing, one: TwoPersonAct) -> None:
    """From tomorrow at the earliest: the cell sees who will follow it, by whom, before anything is read."""
    since = max(date.fromisoformat(one.details["since"]), today() + timedelta(days=1))
    instead = bool(one.details["instead"])
    assign(by=by, cells=[one.place], person=found(one.person), since=since, instead=instead, second=one.answered_by)


def _door(by: Standing, one: TwoPersonAct) -> None:
    said = {name: one.details[name] for name in ("login", "full_name", "document", "days")}
    meeting = UUID(one.details["meeting"])
    open_door(by=by, cell=one.place, meeting_id=meeting, second=one.answered_by, **said)


def _second_factor(by: Standing, one: TwoPersonAct) -> None:
    reset_second_factor(by=by, person=found(one.person), second=one.answered_by)


def _merge(by: Standing, one: TwoPersonAct) -> None:
    place = Organisation.objects.get(pk=one.place_id)
    day, words = date.fromisoformat(one.details["effective"]), one.details["authority"]
    intent = Intent(one.details["act"], None, place, day, one.details["plan"], words)
    decide(by=by, intent=intent, second=one.answered_by)


# A sheet to sign in by is printed afterwards, by whoever asked: it is shown once.
CARRY_OUT: dict[Kind, Callable[[Standing, TwoPersonAct], None]] = {
    Kind.OFFICE: _office,
    Kind.FOLLOW: _follow,
    Kind.DOOR: _door,
    Kind.SECOND_FACTOR: _second_factor,
    Kind.MERGE: _merge,
}
