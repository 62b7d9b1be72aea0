"""Deciding an act on the tree, taking it back before its day, undoing it, and applying what has fallen due."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from chibo.access.models import Office
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory import clock
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree import due, journal, labels, merging, places, recorded, splitting
from chibo.directory.tree.work import OF_THE_ACT, Consequence, Role, Work
from chibo.directory.two_people.rule import NeedsSecond, with_records
from chibo.lib.dates import format_date, now, today
from chibo.lib.vietnamese import normalise
from chibo.orgs.models import Kind, Organisation, TreeAct, TreeActBody, TreeRecord

log = logging.getLogger("chibo.directory")

Plan = dict[str, Any]
APPLY: dict[str, Callable[[Work, Plan], None]] = {
    TreeAct.Kind.CREATE: places.create,
    TreeAct.Kind.RENAME: labels.rename,
    TreeAct.Kind.RECODE: labels.recode,
    TreeAct.Kind.RECLASSIFY: labels.reclassify,
    TreeAct.Kind.MOVE: places.move,
    TreeAct.Kind.MERGE: merging.merge,
    TreeAct.Kind.SPLIT: splitting.split,
    TreeAct.Kind.DISSOLVE: places.dissolve,
}
KEEPS_A_COMMUNE = (Office.UPPER_SECRETARY.value, Office.UPPER_STAFF.value)


@dataclass(frozen=True)
class Intent:
    """What is asked for: which act, about which body, above which stands `place`, from which day, by which paper."""

    kind: str
    organisation: Organisation | None
    place: Organisation
    effective: date
    plan: Plan
    authority: str = ""


class _NotKept(Exception):
    """Ends a trial: nothing that it wrote stays."""


def may_shape(by: Standing, place: Organisation) -> bool:
    """Whether the person keeps the tree under a body: staff or secretary of its commune, staff of the province.

    A commune's committee decides about what stands under it, the province about its communes and departments.
    """
    return may_shape_at(by, places.ids_of(place.path))


def may_shape_at(by: Standing, path: Sequence[UUID]) -> bool:
    """The same for the path of a body from the root down."""
    of_commune = {hat.organisation_id for hat in by.hats if hat.role in KEEPS_A_COMMUNE}
    of_province = {hat.organisation_id for hat in by.hats if hat.role == Office.PROVINCE_STAFF}
    return by.system or not of_commune.isdisjoint(path) or path[-1] in of_province


def path_of_place(one: Organisation, target: Organisation | None = None) -> list[UUID]:
    """The path of the body above one, for the root of itself; of the nearest above it and a new parent."""
    above = places.ids_of(one.path)[:-1] or [one.pk]
    if target is None:
        return above
    both = zip(above, places.ids_of(target.path), strict=False)
    return [mine for mine, other in both if mine == other] or [one.pk]


def place_of(one: Organisation, target: Organisation | None = None) -> Organisation:
    """That body itself: whose staff may decide about one."""
    return Organisation.objects.get(pk=path_of_place(one, target)[-1])


@transaction.atomic
def decide(*, by: Standing, intent: Intent, second: UUID | None = None) -> TreeAct:
    """Record an act on the tree; applied at once when its day has come, else it waits for it.

    Raises:
        Http404: `by` does not keep the tree there.
        NeedsSecond: an existing cell would come to keep the records of another, and nobody has agreed.
        NotPossible: it cannot be; the message says why and what to do.
    """
    require(may_shape(by, intent.place))
    into = intent.plan.get("into") if intent.kind == TreeAct.Kind.MERGE else None
    alone = into is not None and second is None and not by.system
    if alone and with_records(UUID(one) for one in intent.plan["bodies"] if one != into):
        raise NeedsSecond
    return _decide(by, intent)


@transaction.atomic
def name_own_cell(*, by: Standing, cell: Organisation, name: str) -> TreeAct:
    """The cell's committee writes its cell's name anew, from today; what it is called above is its name too.

    Raises:
        Http404: `by` neither leads the cell nor keeps the tree above it.
        NotPossible: the name is taken.
    """
    place = place_of(cell)
    require(by.leads(cell.pk) or may_shape(by, place))
    return _decide(by, Intent(TreeAct.Kind.RENAME, cell, place, today(), {"name": name}))


def _decide(by: Standing, intent: Intent) -> TreeAct:
    """Write the act under the person's own scope, so that the database asks for the right too; then act on it."""
    act = _new(by, intent)
    act.save(force_insert=True)
    with system_scope():
        TreeRecord.objects.create(act=act, plan=intent.plan)
        if intent.effective <= today():
            _apply(act, by.person_id)
        else:
            trial(act)
            _name_known(act, intent)
            due.look_again()
            for chain in _chains(act):
                events.record("tree.decided", chain=chain, by=by.person_id, obj=act, **_details(act))
    return act


def _new(by: Standing, intent: Intent) -> TreeAct:
    return TreeAct(
        kind=intent.kind,
        organisation=intent.organisation,
        place=intent.place,
        effective=intent.effective,
        authority=normalise(intent.authority),
        entered_at=now(),
        entered_by=by.person_id,
    )


def _name_known(act: TreeAct, intent: Intent) -> None:
    """An act that waits stands in the history of the bodies that it will concern."""
    plan = intent.plan
    subjects = {UUID(one) for one in plan.get("bodies", [])}
    if act.organisation_id is not None:
        subjects.add(act.organisation_id)
    above = [(UUID(plan["parent"]), Role.NEW_PARENT)] if "parent" in plan else []
    TreeActBody.objects.bulk_create(
        TreeActBody(act=act, organisation_id=one, role=role)
        for one, role in [*((one, Role.SUBJECT) for one in subjects), *above]
    )
    act.became = _becoming(plan)
    act.save(update_fields=["became"])


def _becoming(plan: Plan) -> str:
    """The name or code that an act which waits will give, as far as it gives one."""
    if into := plan.get("into"):
        return Organisation.objects.get(pk=into).name
    new = plan.get("new", {})
    names = [one["name"] for one in new] if isinstance(new, list) else [new["name"]] if new else []
    return ", ".join(names)[:200] or normalise(plan.get("name", "") or plan.get("code", ""))


def preview(*, by: Standing, intent: Intent) -> list[Consequence]:
    """What the act would bring with it, found by doing it and keeping nothing.

    Raises:
        Http404: `by` does not keep the tree there.
        NotPossible: it cannot be.
    """
    require(may_shape(by, intent.place))
    act = _new(by, intent)
    with transaction.atomic(), system_scope():
        return trial(act, intent.plan).consequences


def trial(act: TreeAct, plan: Plan | None = None) -> Work:
    """Apply an act and take everything back.

    Raises:
        NotPossible: it cannot be.
    """
    work = Work(TreeAct.objects.get(pk=act.pk) if plan is None else act)
    try:
        with transaction.atomic():
            if plan is not None:
                act.save(force_insert=True)
            _shape(work, act.record.plan if plan is None else plan)
            raise _NotKept
    except _NotKept:
        return work


def digest_of(consequences: list[Consequence]) -> str:
    """Tells whether what was seen beforehand is still what will happen."""
    text = json.dumps([[one.text, *one.details] for one in consequences], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _shape(work: Work, plan: Plan) -> None:
    """Do what the act says.

    Raises:
        NotPossible: it cannot be, or somebody wrote the like at the same moment.
    """
    try:
        with transaction.atomic():
            APPLY[work.act.kind](work, plan)
    except IntegrityError as error:
        raise NotPossible("Có người vừa ghi một việc khác về các tổ chức này. Tải lại trang rồi xem lại.") from error


def _apply(act: TreeAct, by: UUID | None) -> None:
    work = Work(act)
    _shape(work, act.record.plan)
    TreeActBody.objects.filter(act=act).delete()
    work.keep()
    act.applied_at = now()
    act.save(update_fields=["organisation", "was", "became", "applied_at"])
    for body in {body for body, role in work.roles if role in OF_THE_ACT}:
        events.record("tree.applied", chain=body, by=by, obj=act, **_details(act))


def _chains(act: TreeAct) -> set[UUID]:
    """In whose life an act that waits is recorded: of the body, and of the one above it."""
    return {one for one in (act.organisation_id, act.place_id) if one is not None}


def _details(act: TreeAct) -> dict[str, Any]:
    return {"act": act.kind, "effective": act.effective}


@transaction.atomic
def withdraw(*, by: Standing, act: TreeAct) -> None:
    """Take an act back before its day.

    Raises:
        Http404: `by` does not keep the tree there.
        NotPossible: it is applied, or was taken back already.
    """
    require(may_shape(by, act.place))
    with system_scope():
        act = TreeAct.objects.select_for_update().get(pk=act.pk)
        if act.applied_at is not None:
            raise NotPossible("Việc này đã có hiệu lực. Hoàn tác ở trang của việc ấy.")
        if act.withdrawn_at is not None:
            raise NotPossible("Việc này đã rút rồi.")
        act.withdrawn_at, act.withdrawn_by = now(), by.person_id
        act.save(update_fields=["withdrawn_at", "withdrawn_by"])
        for chain in _chains(act):
            events.record("tree.withdrawn", chain=chain, by=by.person_id, obj=act, **_details(act))


@transaction.atomic
def undo(*, by: Standing, act: TreeAct, authority: str = "") -> TreeAct:
    """The opposite act: every row is as it was before, offices too. The history keeps both.

    Raises:
        Http404: `by` does not keep the tree there.
        NotPossible: it is not the last, or something was recorded under its result.
    """
    require(may_shape(by, act.place))
    intent = Intent(TreeAct.Kind.UNDO, act.organisation, act.place, act.effective, {}, authority)
    opposite = _new(by, intent)
    opposite.undoes = act
    with system_scope():
        act = TreeAct.objects.select_for_update().get(pk=act.pk)
        _require_undoable(act)
    opposite.save(force_insert=True)
    with system_scope():
        changes = act.record.changes
        journal.undo(changes)
        _settle_paths(changes)
        roles = TreeActBody.objects.filter(act=act)
        TreeActBody.objects.bulk_create(
            TreeActBody(act=opposite, organisation_id=one.organisation_id, role=one.role) for one in roles
        )
        opposite.applied_at = now()
        opposite.save(update_fields=["applied_at"])
        for body in {one.organisation_id for one in roles if one.role in OF_THE_ACT}:
            events.record("tree.undone", chain=body, by=by.person_id, obj=opposite, **_details(act))
    return opposite


def why_not_undone(act: TreeAct) -> str:
    """Why an act cannot be undone now, as a sentence; empty when it can."""
    try:
        with system_scope():
            _require_undoable(act)
    except NotPossible as reason:
        return str(reason)
    return ""


def _require_undoable(act: TreeAct) -> None:
    """The act is applied, the last one, and nothing was recorded under its result.

    Raises:
        NotPossible: not so; the message says what stands in the way.
    """
    if act.applied_at is None:
        raise NotPossible("Việc này chưa có hiệu lực. Rút lại thay vì hoàn tác.")
    if act.kind == TreeAct.Kind.UNDO:
        raise NotPossible("Đây là việc hoàn tác. Muốn làm lại thì ghi việc mới.")
    if TreeAct.objects.filter(undoes=act).exists():
        raise NotPossible("Việc này đã được hoàn tác rồi.")
    bodies = [one.organisation_id for one in act.bodies.filter(role__in=OF_THE_ACT)]
    later = (
        TreeAct.objects.filter(bodies__organisation__in=bodies, bodies__role__in=OF_THE_ACT, undone_by=None)
        .filter(applied_at__gt=act.applied_at)
        .exclude(kind=TreeAct.Kind.UNDO)
        .order_by("-applied_at")
        .first()
    )
    if later is not None:
        words = later.get_kind_display().lower()
        raise NotPossible(
            f"Sau việc này đã có việc {words} ngày {format_date(later.effective)}. Hoàn tác việc ấy trước."
        )
    _require_nothing_under(act)
    if found := recorded.since(act.applied_at, _result(act), carried=bodies):
        raise NotPossible(f"Từ khi có hiệu lực đã ghi {found}, nên không hoàn tác được. Ghi một việc mới cho đúng.")


def _require_nothing_under(act: TreeAct) -> None:
    """No body was created under what came of the act.

    Raises:
        NotPossible: one was.
    """
    own = act.bodies.values_list("organisation_id", flat=True)
    new = Organisation.objects.standing().filter(parent__in=_result(act)).exclude(pk__in=own).in_order()
    if (other := new.first()) is not None:
        raise NotPossible(f"Từ khi có hiệu lực đã lập “{other.name}” ở đây, nên không hoàn tác được.")


def _result(act: TreeAct) -> list[UUID]:
    """The bodies under which nothing may have been recorded: what came of the act, not what only moved with it."""
    roles = [Role.SUCCESSOR]
    if act.kind in (TreeAct.Kind.CREATE, TreeAct.Kind.DISSOLVE, TreeAct.Kind.SPLIT):
        roles.append(Role.SUBJECT)
    return list(act.bodies.filter(role__in=roles).values_list("organisation_id", flat=True))


def _settle_paths(changes: list[journal.Change]) -> None:
    """After parents are what they were, paths follow, from the root down."""
    moved = [
        one["key"] for one in changes if one["table"] == "orgs.organisation" and "parent_id" in (one["before"] or {})
    ]
    for body in sorted(Organisation.objects.filter(pk__in=moved), key=lambda one: len(one.path)):
        places.repath(body)


def apply_due(day: date | None = None) -> int:
    """Apply the acts whose day has come, each in a transaction of its own; how many.

    What has become impossible since it was decided is stopped, with its reason, and shown to whoever keeps the tree.
    A clock that jumped ahead applies nothing.
    """
    if day is None and clock.contradicted():
        return 0
    applied, day = 0, day or today()
    with system_scope():
        waiting = list(TreeAct.objects.due(day).values_list("pk", flat=True))
    for key in waiting:
        with system_scope():
            act = TreeAct.objects.waiting().select_for_update().filter(pk=key).first()
            if act is None:
                continue
            try:
                _apply(act, act.entered_by)
                applied += 1
            except NotPossible as reason:
                act.stopped_why = str(reason)[:400]
                act.save(update_fields=["stopped_why"])
                log.warning("act %s on the tree was stopped on its day", act.pk)
    return applied


def cells_of(place: Organisation) -> Any:
    """The cells that stand under a body today."""
    return Organisation.objects.standing().filter(kind=Kind.CELL).under([place.path])
