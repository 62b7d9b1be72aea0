"""Meetings: the gathering and its parts, agenda, announcement, log, record, minutes."""

from chibo.meetings.models.agenda import AgendaItem, Paper, Question
from chibo.meetings.models.announcement import Announcement, Consultation, Invitee, Opinion, Posting
from chibo.meetings.models.device import RoomDevice, SetAside
from chibo.meetings.models.gathering import (
    HELD,
    Body,
    Meeting,
    MeetingRow,
    Part,
    Postponement,
    State,
    groups_held,
)
from chibo.meetings.models.hall import CheckIn
from chibo.meetings.models.log import Entry
from chibo.meetings.models.minutes import Annotation, DigestList, Minutes, MinutesSection, Signature
from chibo.meetings.models.node import Node
from chibo.meetings.models.rating import Rating, grade_words
from chibo.meetings.models.record import Attendance, Guest, Reason, Remark, Vote

__all__ = [
    "HELD",
    "AgendaItem",
    "Annotation",
    "Announcement",
    "Attendance",
    "Body",
    "CheckIn",
    "Consultation",
    "DigestList",
    "Entry",
    "Guest",
    "Invitee",
    "Meeting",
    "MeetingRow",
    "Minutes",
    "MinutesSection",
    "Node",
    "Opinion",
    "Paper",
    "Part",
    "Posting",
    "Postponement",
    "Question",
    "Rating",
    "Reason",
    "Remark",
    "RoomDevice",
    "SetAside",
    "Signature",
    "State",
    "Vote",
    "grade_words",
    "groups_held",
]
