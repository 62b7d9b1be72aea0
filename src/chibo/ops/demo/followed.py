"""The follower of Phú Hòa reads what the cell sent up: the cell's committee finds it in its log."""

from datetime import timedelta

from chibo.access.models import Office, TermOfOffice
from chibo.access.scope import person_scope, system_scope
from chibo.directory.history import readings
from chibo.lib import dates
from chibo.lib.dates import now, today
from chibo.meetings.models import Body, Meeting
from chibo.ops.demo.place import Place

CELL, MEETINGS = "phu-hoa", 3


def follow(place: Place) -> None:
    """The last minutes, each read the day after they were sent up."""
    cell = next((one.organisation for one in place.cells if one.key == CELL), None)
    if cell is None:
        return
    with system_scope():
        holders = TermOfOffice.objects.on(today()).filter(organisation=cell, office=Office.FOLLOWER)
        follower = holders.values_list("person_id", flat=True).first()
        sent = Meeting.objects.filter(cell=cell, body=Body.CELL, submitted_at__isnull=False).order_by("-starts_at")
        meetings = list(sent[:MEETINGS])
    if follower is None:
        return
    for meeting in meetings:
        moment = (meeting.submitted_at or now()) + timedelta(hours=13)
        if moment < now():
            with dates.at(moment), person_scope(follower) as by:
                readings.note(by, readings.What.MINUTES, meeting, cell_id=cell.pk, meeting_id=meeting.pk)
