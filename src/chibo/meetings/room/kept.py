"""How an item is kept: in full, the conclusion alone, or in the paper book (M13)."""

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from chibo.access.standing import require
from chibo.meetings.models import AgendaItem, Entry, Meeting
from chibo.meetings.registries import ClosingBar
from chibo.meetings.room.fold import Room

if TYPE_CHECKING:
    from chibo.meetings.room.commands import Pen

FULL, CONCLUSION, PAPER = "full", "conclusion", "paper"
WAYS = (
    (FULL, "Ghi đầy đủ"),
    (CONCLUSION, "Chỉ ghi kết luận của chủ trì"),
    (PAPER, "Ghi sổ giấy"),
)


class Kept(Protocol):
    """An item of the programme, as a row or as the minutes know it."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def closed_paper(self) -> str: ...


def way_of(room: Room, item: Kept) -> str:
    """How an item is kept: an ordinary one in full, or as the programme says; self-criticism "" until it is chosen."""
    if item.closed_paper:
        return PAPER
    if item.kind != AgendaItem.Kind.SELF_CRITICISM:
        return FULL
    state = room.items.get(item.id)
    return state.how if state else ""


def page_of(room: Room, item: Kept) -> str:
    """Where in the paper book a closed item stands."""
    state = room.items.get(item.id)
    return item.closed_paper or (state.page if state else "")


def keep_as(*, pen: "Pen", item: AgendaItem, how: str, page: str = "") -> Entry:
    """Record how the cell keeps its self-criticism.

    Raises:
        Http404: another item, or one that the programme has already given to the paper book.
    """
    require(item.meeting_id == pen.meeting.pk and item.kind == AgendaItem.Kind.SELF_CRITICISM and not item.closed_paper)
    return pen.write("keep-as", item=item.pk, how=how, page=page or None)


def bars_of_choice(meeting: Meeting, room: Room) -> list[ClosingBar]:
    """A self-criticism that was begun and whose keeping the cell has not chosen bars the closing."""
    items = AgendaItem.objects.filter(meeting=meeting, kind=AgendaItem.Kind.SELF_CRITICISM)
    begun = [one for one in items if (state := room.items.get(one.pk)) and state.state in ("open", "done")]
    return [
        ClosingBar(
            f"Chưa chọn cách ghi mục “{one.title}”.", f"/cuoc-hop/{meeting.pk}/phong/muc/{one.pk}/", "Chọn cách ghi"
        )
        for one in begun
        if way_of(room, one) == ""
    ]
