"""A clock that jumped ahead is not believed: nothing is erased, and nothing that waits for a day takes effect.

A dead battery or a mistyped year puts a machine years ahead, and what was erased does not come back with the right
time. Every night's erasing leaves an event. A day too long after the newest of these contradicts it, also when people
have worked on under the wrong date, until somebody at the machine says that the day is right (decision 0044).
"""

import logging
from datetime import date, timedelta

from chibo.access.scope import system_scope
from chibo.audit import events
from chibo.audit.models import Event
from chibo.lib.dates import format_date, local_date, today
from chibo.orgs.models import Organisation

log = logging.getLogger("chibo.directory")

# A machine may well be off over a Tết and a summer.
LONGEST_OFF = timedelta(days=92)
BELIEVED = ("retention.applied", "clock.confirmed")


def contradicted(day: date | None = None) -> str:
    """Why a day, today where none is given, is not believed, and what to do; empty when it is."""
    day, known = day or today(), _last_believed()
    if known is None or day - known <= LONGEST_OFF:
        return ""
    log.warning("the clock stands at %s, after %s: nothing is erased, nothing takes effect", day, known)
    return (
        f"Đồng hồ máy chỉ ngày {format_date(day)}, mà ngày {format_date(known)} mới là lần cuối Chibo chạy đúng. "
        "Việc xóa dữ liệu hết hạn và việc hẹn ngày đang dừng. Chỉnh đồng hồ máy; nếu ngày ấy đúng thì chạy: "
        "bin/chibo retention --clock-is-right"
    )


def _last_believed() -> date | None:
    """The newest day that was believed; on a new site, that of the newest event. None before anything happened."""
    with system_scope():
        of_root = Event.objects.filter(chain__in=Organisation.objects.filter(parent=None).values("pk"))
        moment = of_root.filter(kind__in=BELIEVED).order_by("-seq").values_list("at", flat=True).first()
        moment = moment or Event.objects.order_by("-at").values_list("at", flat=True).first()
    return None if moment is None else local_date(moment)


def confirm() -> None:
    """Somebody at the machine has looked: its day is right."""
    with system_scope():
        top = Organisation.objects.filter(parent=None).order_by("founded", "id").first()
        if top is not None:
            events.record("clock.confirmed", chain=top.pk, by=None)
