"""Jobs of meetings."""

from datetime import time

from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily


@job("meetings.forget_keys", title="Xóa khóa của máy đã xong việc trong phòng họp", every=Daily(time(1, 30)))
def forget_keys() -> Figures:
    """A device's keys are kept until its meeting is signed and nothing waits (decision 0031)."""
    from chibo.meetings.device.registering import erase_keys

    return {"máy": erase_keys()}
