"""Whoever asks: offices of today, and what waits."""

from django.db.models import Q
from django.utils.timezone import localtime
from ninja import Router

from chibo.access.hats import NAMES, hats_in_order
from chibo.access.request import Request
from chibo.access.standing import Standing
from chibo.api import schemas
from chibo.api.routes.asking import ASKING, answers
from chibo.lib.dates import now, today
from chibo.meetings.models import Body, Invitee, Meeting, State
from chibo.resolutions.models import Task

router = Router(tags=["Tôi"])


@router.get("me", response=answers(schemas.Me, ASKING), operation_id="me", summary="Tôi là ai, việc gì đang chờ")
def me(request: Request) -> schemas.Me:
    """Offices and memberships of today, own tasks, invitations to answer, the next meeting."""
    standing = request.standing
    person = standing.person
    hats = [
        schemas.Hat(
            role=hat.role,
            role_name=NAMES[hat.role],
            organisation=schemas.Named(id=hat.organisation_id, name=hat.organisation_name),
            organisation_kind=hat.organisation_kind,
        )
        for hat in hats_in_order(standing)
    ]
    return schemas.Me(
        login=request.user.login,
        person=schemas.Named(id=person.pk, name=person.full_name) if person else None,
        hats=hats,
        waiting=_waiting(standing),
    )


def _waiting(standing: Standing) -> schemas.Waiting:
    if standing.person_id is None:
        return schemas.Waiting(open_tasks=0, overdue_tasks=0, invitations_to_answer=0, next_meeting=None)
    own = Task.objects.visible_to(standing).open().filter(lead_id=standing.person_id)
    asked = Invitee.objects.visible_to(standing).filter(
        person_id=standing.person_id, answer="", meeting__state=State.ANNOUNCED, meeting__announced_at__lte=now()
    )
    return schemas.Waiting(
        open_tasks=own.count(),
        overdue_tasks=own.filter(due__lt=today()).count(),
        invitations_to_answer=asked.count(),
        next_meeting=_next_meeting(standing),
    )


def _next_meeting(standing: Standing) -> schemas.NextMeeting | None:
    """The one of which the notice is out."""
    known = Meeting.objects.visible_to(standing).filter(
        Q(group=None) | Q(invitee_rows__person_id=standing.me),
        cell_id__in=standing.member_cells,
        body=Body.CELL,
        state__in=(State.ANNOUNCED, State.OPEN),
        announced_at__lte=now(),
    )
    one = known.in_turn().first()
    if one is None:
        return None
    return schemas.NextMeeting(
        id=one.pk, title=one.title, day=one.day, starts_at=localtime(one.starts_at), place=one.place
    )
