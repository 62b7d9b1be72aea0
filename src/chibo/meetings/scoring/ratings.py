"""The score as signed: written with the second signature, so that it can be read without the minutes (M21)."""

from dataclasses import asdict

from chibo.meetings.models import Meeting, Rating
from chibo.meetings.room.log import room_of
from chibo.meetings.room.project import fit
from chibo.meetings.scoring.papers import scored


def keep_rating(meeting: Meeting) -> Rating | None:
    """Write the score of a meeting that is being signed; None where it has not scored itself in full.

    The log is erased with the signature, so this is the last moment at which the sheet can be drawn from it.
    """
    room = room_of(meeting)
    found = scored(room)
    sheet = found.sheet if found else None
    if sheet is None or sheet.total is None or room.rubric is None:
        return None
    rating = Rating(
        **meeting.keys,
        period=meeting.period,
        rubric=room.rubric.key,
        title=sheet.title,
        source=sheet.source,
        total=sheet.total,
        due=sheet.due,
        lowest=sheet.lowest,
        highest=sheet.highest,
        lines=[asdict(one) for one in sheet.lines],
    )
    fit(rating)  # a table that an opening brought along may have any title, and any number of points
    rating.save(force_insert=True)
    return rating
