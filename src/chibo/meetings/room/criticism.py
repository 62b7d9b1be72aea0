"""The screen on which the cell chooses how its self-criticism is kept (M13).

The cell chooses, nothing is preset; until it has, nothing is written there and the item is not done.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.lib.vietnamese import normalise
from chibo.look import notices
from chibo.look.forms import Form
from chibo.meetings.models import AgendaItem
from chibo.meetings.room.fold import Room
from chibo.meetings.room.kept import CONCLUSION, FULL, PAPER, WAYS, keep_as, way_of
from chibo.meetings.room.screens import K, Screen, found_or_404, screen_of, undo_url

SAID = {FULL: "Mục này ghi đầy đủ.", CONCLUSION: "Mục này chỉ ghi kết luận.", PAPER: "Mục này ghi sổ giấy."}


class KeepAsForm(Form):
    """The cell's choice; for the paper book also where in it."""

    how = forms.ChoiceField(label="Chi bộ chọn cách ghi mục này", choices=WAYS, widget=forms.RadioSelect)
    page = forms.CharField(
        label="Trang của sổ giấy", help_text="Ví dụ trang 12. Chỉ ghi khi chọn sổ giấy.", max_length=80, required=False
    )

    def clean(self) -> dict[str, Any]:
        """The paper book is of use only to whoever finds the page."""
        data = super().clean() or {}
        data["page"] = normalise(data.get("page") or "")
        if data.get("how") == PAPER and not data["page"]:
            self.add_error("page", "Chưa ghi trang nào của sổ giấy. Ghi số trang, ví dụ trang 12.")
        return data


def form_of(room: Room, item: AgendaItem, data: Any = None) -> KeepAsForm | None:
    """The form, for an item that has this choice; filled with what was chosen, empty before."""
    if item.kind != K.SELF_CRITICISM or item.closed_paper:
        return None
    state = room.items.get(item.pk)
    return KeepAsForm(data, initial={"how": state.how, "page": state.page} if state else {})


@login_required
@require_POST
def choose(request: Request, id: UUID, item: UUID) -> HttpResponse:
    """The cell has chosen; it may choose again until the item's minutes are read."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    found = found_or_404(next((one for one in screen.items if one.pk == item), None))
    form = found_or_404(form_of(screen.room, found, request.POST))
    if not form.is_valid():
        context = screen.context("item", found, guided=False, keep_as=form, way="", form=None)
        return render(request, "meetings/room/item.html", context, status=422)
    how, page = form.cleaned_data["how"], form.cleaned_data["page"] if form.cleaned_data["how"] == PAPER else ""
    entry = keep_as(pen=screen.pen, item=found, how=how, page=page)
    notices.done(request, SAID[how], undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}muc/{found.pk}/")


def unchosen(screen: Screen, item: AgendaItem) -> bool:
    """Whether the cell still has to choose before this item is done."""
    return way_of(screen.room, item) == ""
