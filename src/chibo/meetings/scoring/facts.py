"""What an opening freezes for the scoring: the rubric in force, and what the record knows of the preparation."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from chibo.lib.dates import format_date, format_time_sentence
from chibo.meetings import registries
from chibo.meetings.models import Body, Consultation, Meeting, Part, Posting
from chibo.meetings.prepare.checks import committee_meeting_of, minimum_minutes
from chibo.meetings.prepare.receipts import Receipts
from chibo.meetings.room.rubric import HUNDREDTHS, Rubric, rubric_in
from chibo.members.base_of_vote import hundredths
from chibo.rules.book import RuleBook

SCORED = (Part.Kind.REGULAR, Part.Kind.THEMATIC)
Known = dict[str, Any]


def scoring_of(meeting: Meeting, book: RuleBook) -> dict[str, Any]:
    """The keys `rubric` and `facts` of an opening; none for a meeting that is not scored, or where no rule has a table.

    Scored are regular and thematic meetings of the whole cell, also combined ones; chi ủy, an extraordinary meeting
    and the gathering of one group are not.
    """
    kinds = set(meeting.parts.values_list("kind", flat=True))
    rubric = _table_for(meeting, kinds, book)
    return {} if rubric is None else {"rubric": rubric, "facts": _facts(meeting, kinds, book)}


def is_by_another_table(meeting: Meeting, rubric: Rubric | None, book: RuleBook) -> bool:
    """Whether a meeting is scored by another table than the book has for it.

    A device brings the table along with its opening: it may be an older one, or of somebody's own making. It counts,
    since what happened is not refused; whoever signs is told.
    """
    if rubric is None:
        return False
    kinds = set(meeting.parts.values_list("kind", flat=True))
    wanted = _table_for(meeting, kinds, book)
    return wanted is None or rubric != Rubric.frozen(wanted)


def _table_for(meeting: Meeting, kinds: Collection[str], book: RuleBook) -> dict[str, Any] | None:
    if meeting.body != Body.CELL or meeting.group_id is not None or not set(kinds).intersection(SCORED):
        return None
    return rubric_in(book, thematic_alone=Part.Kind.REGULAR not in kinds)


def _facts(meeting: Meeting, kinds: Collection[str], book: RuleBook) -> dict[str, Any]:
    known = [*_committee(meeting), *_notice(meeting), *_papers(meeting, book)]
    found = {
        "thematic": Part.Kind.THEMATIC in kinds,
        "planned": meeting.starts_at.isoformat(),
        "old_tasks": sum(count(meeting) for count in registries.old_work),
        "known": known,
    }
    least = minimum_minutes(kinds, book)
    return found if least is None else {**found, "minimum_minutes": int(least.value)}


def _known(measure: str, value: int | None, words: str) -> Known:
    found: Known = {"measure": measure, "words": words}
    return found if value is None else {**found, "value": value}


def _committee(meeting: Meeting) -> list[Known]:
    """Whether chi ủy met before, or secretary and deputy conferred; not when, since whoever reads the sheet need not
    know of a meeting of chi ủy more than that (design.md 4). What is not recorded is not known."""
    met = committee_meeting_of(meeting)
    if met is not None and met.opened_at is not None:
        return [_known("committee_met", HUNDREDTHS, "Chi ủy đã họp trước buổi này.")]
    if Consultation.objects.filter(meeting=meeting, held_at__lt=meeting.starts_at).exists():
        return [_known("committee_met", HUNDREDTHS, "Bí thư, phó bí thư đã hội ý trước buổi này.")]
    return [_known("committee_met", None, "Chưa ghi buổi họp chi ủy hoặc lần hội ý nào trước buổi này.")]


def _notice(meeting: Meeting) -> list[Known]:
    """How many of those invited knew of the meeting: members, and the follower from above (rule `notice_reaches`)."""
    receipts = Receipts.of(meeting)
    everyone = len(receipts.invited)
    if not receipts.notices or not everyone:
        return [_known("notice_percent", None, "Chưa ghi thông báo nào đã gửi.")]
    know = sum(bool(one.seen_at or one.told_at) for one in receipts.invited)
    words = f"{know} trên {everyone} người được mời đã biết thông báo."
    return [_known("notice_percent", hundredths(know, everyone), words)]


def _papers(meeting: Meeting, book: RuleBook) -> list[Known]:
    """Whether papers were posted to the national handbook in time (rule `papers_hours_before`)."""
    rule = book.get("papers_hours_before")
    posted = Posting.objects.filter(meeting=meeting, what=Posting.What.BEFORE).order_by("posted_at").first()
    if rule is None or posted is None:
        return [_known("papers_before", None, "Chưa ghi lần đăng tài liệu nào lên Sổ tay đảng viên điện tử.")]
    early = posted.posted_at <= meeting.starts_at - timedelta(hours=int(rule.value))
    when = f"{format_time_sentence(posted.posted_at)} ngày {format_date(posted.posted_at)}"
    enough = "đủ" if early else "chưa đủ"
    words = f"Đăng tài liệu lên Sổ tay đảng viên điện tử lúc {when}, {enough} {rule.value} giờ trước giờ họp."
    return [_known("papers_before", HUNDREDTHS if early else 0, words)]
