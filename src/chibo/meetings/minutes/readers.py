"""Who may read the minutes of a meeting, and what is said to those who may not, or not yet."""

from chibo.access.standing import Standing
from chibo.meetings.models import Meeting, MinutesSection, State


def may_read(meeting: Meeting, who: Standing) -> bool:
    """Whether any of the minutes may be read: the record by its keepers, signed sections by their readers."""
    if who.keeps(meeting.pk, meeting.cell_id):
        return True
    return MinutesSection.objects.visible_to(who).filter(meeting=meeting).exists()


def standing_of_minutes(meeting: Meeting, who: Standing) -> str:
    """How the minutes of a meeting that is over stand, for one who may know of it."""
    if meeting.state == State.SIGNED:
        return "Biên bản đã ký." if may_read(meeting, who) else _signed_for_others(meeting, who)
    if who.belongs(meeting.cell_id):
        return "Biên bản đang chờ ký. Thư ký và chủ trì ký xong thì đọc được ở đây."
    if meeting.cell_id in who.followed_cells:
        return "Biên bản đang chờ ký. Chi bộ gửi lên thì đọc được ở đây."
    return "Biên bản đang chờ ký."


def _signed_for_others(meeting: Meeting, who: Standing) -> str:
    if meeting.cell_id in who.followed_cells:
        return "Biên bản đã ký, chi bộ chưa gửi lên."
    return "Biên bản đã ký; ai là đảng viên chi bộ lúc họp thì đọc được."
