"""Jobs of privacy."""

from datetime import time

from chibo.lib.dates import today
from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily


@job("privacy.retention", title="Xóa dữ liệu hết hạn lưu", every=Daily(time(1, 15)))
def retention() -> Figures:
    """Erase every night what is past its time (Luật 91/2025/QH15: kept only as long as needed)."""
    from chibo.directory import clock
    from chibo.privacy.retention.run import apply_retention

    if clock.contradicted():
        return {}
    return {"dòng": sum(apply_retention(today()).values())}
