"""Which cell a page of the book is about: the one of the hat that is on."""

from chibo.access.hats import hat_of, is_cell_hat
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.orgs.models import Organisation


def own_cell(request: Request) -> Organisation:
    """The cell that the person acts in.

    Raises:
        Http404: no hat of a cell is on.
    """
    hat = found(hat_of(request))
    require(is_cell_hat(hat))
    return Organisation.objects.get(pk=hat.organisation_id)


def led_cell(request: Request) -> Organisation:
    """The same, for what only the committee may see or do.

    Raises:
        Http404: the person does not sit on the committee.
    """
    cell = own_cell(request)
    require(request.standing.leads(cell.pk))
    return cell
