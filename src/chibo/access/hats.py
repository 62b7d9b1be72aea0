"""Which hat is on: a person may hold several offices, and the top of each page says which one acts."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404

from chibo.access.request import Request
from chibo.access.standing import Hat, Standing
from chibo.lib.vietnamese import sort_key
from chibo.orgs.models import Kind, Organisation

SESSION_KEY = "hat"

# The hat that is on when none was chosen: the office with the most to do first.
ORDER = (
    "secretary",
    "deputy",
    "committee_member",
    "upper_staff",
    "upper_secretary",
    "upper_member",
    "province_staff",
    "follower",
    "member",
)

NAMES = {
    "secretary": "bí thư",
    "deputy": "phó bí thư",
    "committee_member": "chi ủy viên",
    "upper_staff": "cán bộ cấp ủy",
    "upper_secretary": "bí thư Đảng ủy",
    "upper_member": "đảng ủy viên",
    "province_staff": "cán bộ Ban Tổ chức Tỉnh ủy",
    "follower": "cấp ủy viên phụ trách",
    "member": "đảng viên",
}


def hats_in_order(standing: Standing) -> list[Hat]:
    """All hats of a person, the busiest first; membership is not listed beside an office in the same cell."""
    in_office = {hat.organisation_id for hat in standing.hats if hat.role != "member"}
    offered = [hat for hat in standing.hats if hat.role != "member" or hat.organisation_id not in in_office]
    return sorted(offered, key=lambda hat: (ORDER.index(hat.role), sort_key(hat.organisation_name), hat.key))


def hat_of(request: Request) -> Hat | None:
    """The hat that is on: the one chosen in this session, else the busiest; None without any."""
    hats = hats_in_order(request.standing)
    chosen = request.session.get(SESSION_KEY)
    return next((hat for hat in hats if hat.key == chosen), hats[0] if hats else None)


def followed_by(standing: Standing) -> list[UUID]:
    """The cells that a person follows for the committee above, in Vietnamese order of their names."""
    return [hat.organisation_id for hat in hats_in_order(standing) if hat.role == "follower"]


def is_cell_hat(hat: Hat | None) -> bool:
    """Whether the hat belongs to a cell from inside (its committee or a member)."""
    return hat is not None and hat.organisation_kind == Kind.CELL and hat.role != "follower"


def hat_for(request: Request, fits: Callable[[Hat], bool]) -> Hat:
    """The hat for a page: the one that is on where it fits, else the busiest that does, which is put on.

    So no link stops a person because of the hat that happens to be on; what the page shows is still asked of all
    that the person holds.

    Raises Http404 when the person has no such hat.
    """
    on = hat_of(request)
    if on is not None and fits(on):
        return on
    for hat in hats_in_order(request.standing):
        if fits(hat):
            request.session[SESSION_KEY] = hat.key
            return hat
    raise Http404


def organisation_for(request: Request, fits: Callable[[Hat], bool]) -> Organisation:
    """The organisation of the hat for a page; raises as `hat_for`."""
    return Organisation.objects.get(pk=hat_for(request, fits).organisation_id)


def cell_of(request: Request) -> Organisation:
    """The cell that a page is about, from inside or as its follower.

    Raises Http404 for whoever has no hat of a cell.
    """
    return organisation_for(request, lambda hat: hat.organisation_kind == Kind.CELL)
