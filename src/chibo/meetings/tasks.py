"""Jobs of meetings."""

from datetime import time

from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily


@job("meetings.forget", title="Xóa phần ghi muộn quá hạn, khóa của máy đã xong việc", every=Daily(time(1, 30)))
def forget() -> Figures:
    """What came late is kept for thirty days; a device's keys until its meeting is signed (design.md 3, rule 10)."""
    from chibo.meetings.device.late import erase_old
    from chibo.meetings.device.registering import erase_keys

    return {"dòng": erase_old(), "máy": erase_keys()}
