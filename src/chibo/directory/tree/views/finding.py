"""Fetching a body, an act, a root: with permission, or 404."""

from uuid import UUID

from chibo.access.hats import organisation_for
from chibo.access.models import ABOVE_CELLS
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.tree import browse
from chibo.orgs.models import Organisation, TreeAct


def root_of(request: Request) -> Organisation:
    """The body above the cells that the person acts for.

    Raises:
        Http404: the person has no hat of a committee above the cells.
    """
    return organisation_for(request, lambda hat: hat.role in ABOVE_CELLS)


def body_of(request: Request, body_id: UUID) -> Organisation:
    """A body whose page is open to the person.

    Raises:
        Http404: it is not.
    """
    body = found(Organisation.objects.select_related("parent").filter(pk=body_id).first())
    require(browse.may_look(request.standing, body))
    return body


def act_of(request: Request, act_id: UUID) -> TreeAct:
    """An act whose place, or one of whose bodies, the person may look at.

    Raises:
        Http404: none.
    """
    act = found(TreeAct.objects.select_related("place", "organisation", "undoes").filter(pk=act_id).first())
    bodies = Organisation.objects.filter(pk__in=act.bodies.values("organisation_id"))
    may = request.standing.oversees(act.place.path)
    require(may or any(browse.may_look(request.standing, one) for one in bodies))
    return act
