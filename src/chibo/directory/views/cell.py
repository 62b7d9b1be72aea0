"""Which cell a page of the book is about."""

from chibo.access.hats import is_cell_hat, organisation_for
from chibo.access.request import Request
from chibo.access.standing import require
from chibo.orgs.models import Organisation


def own_cell(request: Request) -> Organisation:
    """The cell that the person acts in.

    Raises:
        Http404: the person has no hat of a cell.
    """
    return organisation_for(request, is_cell_hat)


def led_cell(request: Request) -> Organisation:
    """The same, for what only the committee may see or do.

    Raises:
        Http404: the person does not sit on the committee.
    """
    cell = own_cell(request)
    require(request.standing.leads(cell.pk))
    return cell
