"""An inspection in the demo: a door of ten days into the last signed meeting of Phú Hòa."""

from chibo.access.scope import person_scope
from chibo.directory.commands.inspection import open_door
from chibo.meetings.models import Body, Meeting
from chibo.ops.demo.place import Place

CELL, OFFICER, SECOND, INSPECTOR = "phu-hoa", "dung", "hoa", "thu"


def inspect(place: Place) -> None:
    """Dũng of the commune lets Thu of the province read the minutes of one meeting; Hòa has agreed."""
    cell = next((one for one in place.cells if one.key == CELL), None)
    if cell is None or not {OFFICER, SECOND, INSPECTOR} <= place.above.keys():
        return
    with person_scope(place.above[OFFICER].pk) as by:
        signed = Meeting.objects.visible_to(by).filter(cell=cell.organisation, body=Body.CELL, signed_at__isnull=False)
        meeting = signed.order_by("-starts_at").first()
        if meeting is None:
            return
        open_door(
            by=by,
            cell=cell.organisation,
            meeting_id=meeting.pk,
            login=INSPECTOR,
            full_name=place.above[INSPECTOR].full_name,
            document="KH 07-KH/UBKT, ngày 20/11/2026",
            days=10,
            second=place.above[SECOND].pk,
        )
