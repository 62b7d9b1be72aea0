"""The screen on which the meeting scores itself: what the record proves is explained, the rest is asked (M21)."""

from itertools import groupby
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chibo.access.request import Request
from chibo.lib.vietnamese import number_word
from chibo.look import notices
from chibo.meetings.models import Entry
from chibo.meetings.room.rubric import Rubric
from chibo.meetings.room.screens import SCORING, Screen, screen_of, undo_url
from chibo.meetings.scoring.commands import score
from chibo.meetings.scoring.forms import Row, SheetForm
from chibo.meetings.scoring.sheet import Sheet


@login_required
def scoring(request: Request, id: UUID) -> HttpResponse:
    """Read the sheet, and give points for any of its lines."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    rubric, sheet = screen.room.rubric, screen.sheet
    if rubric is None or sheet is None:
        return render(request, "meetings/room/not_scored.html", screen.context(guided=False))
    if request.method != "POST":
        return _page(request, screen, rubric, sheet, SheetForm(sheet=sheet, step=rubric.step))
    form = SheetForm(request.POST, sheet=sheet, step=rubric.step)
    if not form.is_valid():
        return _page(request, screen, rubric, sheet, form, status=422)
    written = _write(screen, form)
    if written:
        said = f"Đã chấm {number_word(len(written))} tiêu chí."
        notices.done(request, said, undo_url(screen.meeting, written[0]) if len(written) == 1 else "")
    else:
        notices.tell(request, "Chưa có điểm nào mới để ghi. Chọn điểm cho một tiêu chí, rồi bấm Ghi điểm.")
    return redirect(f"{screen.path}cham-diem/")


@transaction.atomic
def _write(screen: Screen, form: SheetForm) -> list[Entry]:
    return [
        score(pen=screen.pen, room=screen.room, code=code, points=points, note=note)
        for code, points, note in form.changed
    ]


def _page(
    request: Request, screen: Screen, rubric: Rubric, sheet: Sheet, form: SheetForm, status: int = 200
) -> HttpResponse:
    context = screen.context(SCORING, form=form, sheet=sheet, rubric=rubric, sections=_sections(rubric, form.rows()))
    return render(request, "meetings/room/scoring.html", context, status=status)


def _sections(rubric: Rubric, rows: list[Row]) -> list[tuple[str, int, list[Row]]]:
    """The lines under the headings of their groups, each with the most that the group can bring."""
    headings = {one.code: one.words for one in rubric.groups}
    found = []
    for code, lines in groupby(rows, lambda row: row.line.code.partition(".")[0]):
        group = list(lines)
        words = f"{code}. {headings[code]}" if code in headings else ""
        found.append((words, sum(row.line.maximum for row in group), group))
    return found
