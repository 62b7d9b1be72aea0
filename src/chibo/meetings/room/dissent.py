"""What is done with a differing opinion: raised, held by others too, settled, kept by its author (M14)."""

from uuid import UUID

from chibo.access.standing import require
from chibo.meetings.models import AgendaItem, Entry
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Differing


def raise_differing(*, pen: Pen, item: AgendaItem, text: str, member: UUID) -> Entry:
    """Record a differing opinion as such: it stays open until the cell says what becomes of it (M14).

    Raises:
        Http404: the item is kept in the paper book, or is another meeting's.
    """
    require(item.meeting_id == pen.meeting.pk and not item.closed_paper)
    return pen.write("differ", item=item.pk, member=member, text=text)


def support(*, pen: Pen, differing: Differing, number: int) -> Entry:
    """How many hold it too: a number, never names."""
    return pen.write("differ-support", of=differing.id, number=number)


def settle_differing(*, pen: Pen, differing: Differing, outcome: str, why: str = "") -> Entry:
    """What becomes of it without a vote: adopted, not adopted and why, withdrawn by whoever raised it."""
    return pen.write_closed("differ-outcome", of=differing.id, outcome=outcome, why=why or None)


def reserve(*, pen: Pen, differing: Differing) -> Entry:
    """Bảo lưu: its author keeps it, at their own word (Điều lệ Đảng, Điều 9, khoản 5)."""
    return pen.write_closed("differ-reserve", of=differing.id)
