"""Screens of differing opinions: how many hold one too, put to the cell, what became of it (M14)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.vietnamese import number_word
from chibo.look import notices
from chibo.meetings.models import AgendaItem, State
from chibo.meetings.room import dissent
from chibo.meetings.room.fold import Differing, Vote
from chibo.meetings.room.forms import SupportForm, WhyForm
from chibo.meetings.room.screens import Screen, found_or_404, screen_of, undo_url

DONE = {
    "adopted": "Chi bộ tiếp thu ý kiến này.",
    "not_adopted": "Đã ghi: chi bộ không tiếp thu, kèm lý do.",
    "withdrawn": "Người nêu rút lại. Biên bản không ghi ý kiến này.",
}


@dataclass(frozen=True)
class Shown:
    """A differing opinion as a list shows it. `ordinal` counts within its item, as the vote on it is called."""

    one: Differing
    who: str
    item: AgendaItem
    ordinal: int
    vote: Vote | None
    support: SupportForm
    why: WhyForm

    @property
    def vote_title(self) -> str:
        """What is voted on, without the words: a vote is read by more people than a closed section."""
        return f"ý kiến khác thứ {ordinal_word(self.ordinal)}, mục “{self.item.title}”"[:300]


def ordinal_word(number: int) -> str:
    """ "nhất", "hai", "ba", "tư": as ordinals are said."""
    return {1: "nhất", 4: "tư"}.get(number, number_word(number))


def shown(
    screen: Screen, item: AgendaItem | None = None, wrong: tuple[UUID, SupportForm | WhyForm] | None = None
) -> list[Shown]:
    """The differing opinions of a meeting, or of one item, in the order in which they were raised."""
    found: list[Shown] = []
    counted: dict[UUID, int] = {}
    items = {one.pk: one for one in screen.items}
    for one in screen.room.differing.values():
        counted[one.item] = counted.get(one.item, 0) + 1
        if one.item not in items or (item is not None and one.item != item.pk):
            continue
        support = SupportForm(initial={"number": one.support or None}, auto_id=f"id_{one.id}_%s")
        why = WhyForm(auto_id=f"id_{one.id}_%s")
        if wrong is not None and wrong[0] == one.id:
            support, why = (wrong[1], why) if isinstance(wrong[1], SupportForm) else (support, wrong[1])
        vote = screen.room.votes.get(one.vote) if one.vote else None
        found.append(Shown(one, screen.name_of(one.person), items[one.item], counted[one.item], vote, support, why))
    return found


@login_required
def differing(request: Request, id: UUID) -> HttpResponse:
    """All differing opinions of the meeting: the open ones first."""
    screen = screen_of(request, id, State.CLOSED)
    return screen if isinstance(screen, HttpResponse) else _page(request, screen)


def _page(
    request: Request, screen: Screen, wrong: tuple[UUID, SupportForm | WhyForm] | None = None, status: int = 200
) -> HttpResponse:
    rows = sorted(shown(screen, wrong=wrong), key=lambda row: not row.one.is_open)
    context = screen.context("differing", rows=rows, left=len(screen.room.differing_open))
    return render(request, "meetings/room/differing.html", context, status=status)


@login_required
@require_POST
def settle(request: Request, id: UUID, differing: UUID) -> HttpResponse:
    """How many hold it too; adopted, not adopted and why, withdrawn, reserved."""
    screen = screen_of(request, id, State.CLOSED)
    if isinstance(screen, HttpResponse):
        return screen
    one = found_or_404(screen.room.differing.get(differing))
    act = request.POST.get("act", "")
    if act == "support":
        support = SupportForm(request.POST, auto_id=f"id_{one.id}_%s")
        if not support.is_valid():
            return _page(request, screen, (one.id, support), status=422)
        number = support.cleaned_data["number"]
        entry = dissent.support(pen=screen.pen, differing=one, number=number)
        said = f"Đã ghi: {number_word(number)} đồng chí cùng ý kiến."
    elif act == "reserve":
        entry = dissent.reserve(pen=screen.pen, differing=one)
        said = f"Đã ghi: đồng chí {screen.name_of(one.person)} bảo lưu ý kiến."
    else:
        require(act in DONE)
        why = WhyForm(request.POST, auto_id=f"id_{one.id}_%s")
        if act == "not_adopted" and not why.is_valid():
            return _page(request, screen, (one.id, why), status=422)
        words = why.cleaned_data["why"] if act == "not_adopted" else ""
        entry = dissent.settle_differing(pen=screen.pen, differing=one, outcome=act, why=words)
        said = DONE[act]
    notices.done(request, said, undo_url(screen.meeting, entry))
    if request.POST.get("from") == "item" and screen.meeting.state == State.OPEN:
        return redirect(f"{screen.path}muc/{one.item}/#khac")
    return redirect(f"{screen.path}y-kien-khac/")
