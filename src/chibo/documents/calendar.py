"""One meeting as a calendar file. It leaves the cell, so it says that there is a meeting and no more."""

from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from chibo.lib.dates import ZONE

MEDIA_TYPE = "text/calendar; charset=utf-8"
TITLE = "Họp chi bộ"


def meeting_calendar(
    *,
    meeting_id: UUID,
    starts: datetime,
    minutes: int,
    place: str,
    made_at: datetime,
    revision: int = 0,
    cancelled: bool = False,
    title: str = TITLE,
) -> bytes:
    """Return an .ics file of one meeting: title without content, time, place.

    Arguments:
        revision: counts corrections, so that a calendar replaces what it has; a cancelled meeting is taken out.
    """
    event = Event()
    event.add("uid", f"{meeting_id}@chibo")
    event.add("dtstamp", made_at)
    event.add("dtstart", starts.astimezone(ZONE))
    event.add("dtend", (starts + timedelta(minutes=minutes)).astimezone(ZONE))
    event.add("summary", title)
    event.add("location", place)
    event.add("sequence", revision)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Chibo//vi")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_zone())
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Vietnam's time has been UTC+7 without summer time since 1975; RFC 5545 wants the zone in the file."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - a zone definition is in local time
    standard.add("tzname", "+07")
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    zone.add_component(standard)
    return zone
