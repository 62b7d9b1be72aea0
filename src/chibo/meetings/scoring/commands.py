"""The meeting gives points for a criterion (M21)."""

from chibo.access.standing import found, require
from chibo.meetings.models import Entry
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Room


def score(*, pen: Pen, room: Room, code: str, points: int, note: str = "") -> Entry:
    """Record the points, in hundredths, that the meeting gives for a criterion; the later score counts.

    note: why not all of them, or why others than the record shows. The device asks for it; the log does not.

    Raises:
        Http404: the meeting is not scored, or its rubric does not allow such a score.
        NotOpen: the meeting is not going on.
    """
    rubric = found(room.rubric)
    require(not rubric.refuses({"rubric": rubric.key, "code": code, "points": points}))
    return pen.write("score", rubric=rubric.key, code=code, points=points, note=note or None)
