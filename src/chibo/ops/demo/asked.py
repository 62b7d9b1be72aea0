"""What is asked about personal data in the demo: one request that waits for the secretary, one answered."""

from uuid import UUID

from chibo.access.scope import person_scope
from chibo.ops.demo.place import DemoCell, Place
from chibo.privacy.models import DataRequest
from chibo.privacy.requests.commands import answer, make_request
from chibo.privacy.requests.refusals import offered_refusal

CELL = "phu-hoa"
Kind, Subject = DataRequest.Kind, DataRequest.Subject


def ask(place: Place) -> None:
    """A member of Phú Hòa asks for a correction, which waits; another's request about signed minutes was refused."""
    cell = next((one for one in place.cells if one.key == CELL), None)
    if cell is None:
        return
    first, second = _ordinary(cell)[:2]
    with person_scope(first) as by:
        make_request(by=by, kind=Kind.CORRECTION, subject=Subject.DETAILS, text="Năm sinh trong sổ ghi chưa đúng.")
    with person_scope(second) as by:
        asked = make_request(by=by, kind=Kind.DELETION, subject=Subject.MINUTES, text="")
    with person_scope(cell.people[cell.named("secretary")].pk) as by:
        asked = DataRequest.objects.select_related("answerer").get(pk=asked.pk)
        answer(by=by, request=asked, outcome=DataRequest.Outcome.REFUSED, text=offered_refusal(asked))


def _ordinary(cell: DemoCell) -> list[UUID]:
    """Official members without an office, in the order of the story."""
    return [cell.people[one["key"]].pk for one in cell.tale["members"] if one["official"] and not one.get("offices")]
