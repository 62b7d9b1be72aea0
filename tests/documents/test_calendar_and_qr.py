"""What leaves the cell says little: the calendar file holds title, time and place; the code holds its text."""

import re
import uuid
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from chibo.documents.calendar import meeting_calendar
from chibo.documents.qr import qr_svg
from chibo.lib.dates import ZONE

MEETING = uuid.UUID("0193a000-0000-7000-8000-000000000001")
STARTS = datetime(2026, 12, 3, 19, 30, tzinfo=ZONE)


def calendar(**changes: object) -> bytes:
    arguments: dict[str, object] = {
        "meeting_id": MEETING, "starts": STARTS, "minutes": 90, "place": "Nhà văn hóa thôn Phú Hòa; gian lớn",
        "made_at": datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
    }  # fmt: skip
    return meeting_calendar(**(arguments | changes))  # type: ignore[arg-type]


def test_it_holds_title_time_and_place_and_nothing_else() -> None:
    event = Calendar.from_ical(calendar()).events[0]
    assert str(event["summary"]) == "Họp chi bộ"
    assert str(event["location"]) == "Nhà văn hóa thôn Phú Hòa; gian lớn"
    assert event.decoded("dtstart") == STARTS
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
    assert set(event) == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "SEQUENCE", "STATUS", "CLASS",
    }  # fmt: skip


def test_the_time_stands_in_vietnamese_time_whatever_zone_it_came_in() -> None:
    for data in (calendar(), calendar(starts=STARTS.astimezone(UTC))):
        assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T193000" in data
        assert b"BEGIN:VTIMEZONE" in data


def test_a_correction_replaces_and_a_cancelled_meeting_is_taken_out() -> None:
    corrected = Calendar.from_ical(calendar(revision=2)).events[0]
    assert (str(corrected["uid"]), corrected["sequence"]) == (f"{MEETING}@chibo", 2)
    cancelled = Calendar.from_ical(calendar(revision=3, cancelled=True))
    assert str(cancelled["method"]) == "CANCEL"
    assert str(cancelled.events[0]["status"]) == "CANCELLED"


def test_the_code_has_no_inline_style_and_says_what_it_is() -> None:
    svg = qr_svg("https://vi-du.vn/hop/1", 'Mã "QR" của buổi họp')
    assert "style" not in svg
    assert "<script" not in svg
    assert 'aria-label="Mã &quot;QR&quot; của buổi họp"' in svg


def test_the_code_is_drawn_module_by_module() -> None:
    """The modules drawn are the modules of the code, with four of margin."""
    import segno

    code = segno.make("https://vi-du.vn/hop/1", micro=False, error="m")
    stretches = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr_svg("https://vi-du.vn/hop/1", "x"))
    drawn = {(int(x) - 4 + one, int(y) - 4) for x, y, length in stretches for one in range(int(length))}
    dark = {(x, y) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}
    assert drawn == dark
