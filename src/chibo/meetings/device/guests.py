"""Who may come as a guest, known beforehand: noted in the room by one tap, or not at all."""

from chibo.access.standing import Standing
from chibo.meetings.models import Guest, Meeting, State
from chibo.meetings.prepare.announcing import followers_of

FOLLOWS = "Cấp ủy viên phụ trách chi bộ"


def known_guests(meeting: Meeting, standing: Standing) -> list[dict[str, str]]:
    """Who follows the cell, and the guests of the last meeting like this one that was signed; each name once."""
    held = Meeting.objects.visible_to(standing).filter(cell_id=meeting.cell_id, body=meeting.body, group=meeting.group)
    last = held.filter(state=State.SIGNED, starts_at__lt=meeting.starts_at).order_by("starts_at").last()
    found = {name: FOLLOWS for _, name in followers_of(meeting)}
    for one in Guest.objects.visible_to(standing).filter(meeting=last).order_by("name") if last else ():
        found.setdefault(one.name, one.office)
    return [{"name": name, "office": office} for name, office in found.items()]
