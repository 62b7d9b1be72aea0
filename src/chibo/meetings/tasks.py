"""Jobs of meetings."""

from datetime import time

from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily


@job("meetings.forget_keys", title="Xóa khóa của máy đã xong việc trong phòng họp", every=Daily(time(1, 30)))
def forget_keys() -> Figures:
    """A device's keys are kept until its meeting is signed and nothing waits (decision 0031)."""
    from chibo.meetings.device.registering import erase_keys

    return {"máy": erase_keys()}


@job("meetings.sweep_urns", title="Hủy hòm phiếu không còn dùng", every=Daily(time(1, 5)), at_start=True)
def sweep_urns() -> Figures:
    """Urns of ballots that are counted or taken back, or of meetings that are over, are destroyed (decision 0035)."""
    from chibo.meetings.urn.sweeping import sweep

    return {"hòm phiếu": sweep()}


@job(
    "meetings.seal_earlier",
    title="Niêm phong biên bản ký từ trước",
    every=Daily(time(0, 15)),
    at_start=True,
    alone=True,
)
def seal_earlier() -> Figures:
    """Minutes that were signed before seals covered the whole record get theirs (decision 0053)."""
    from chibo.meetings.minutes.sealing import seal_earlier

    return {"biên bản": seal_earlier()}
