"""Papers of a meeting: taken in, given out, removed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from chibo.access.request import Request
from chibo.directory.history import readings
from chibo.look import gate, notices
from chibo.meetings.models import AgendaItem, Paper
from chibo.meetings.prepare import agenda_commands, commands
from chibo.meetings.prepare.forms import PaperForm
from chibo.meetings.prepare.papers import SHOWN, BadPaper, ClassifiedPaper, clean_paper
from chibo.meetings.prepare.views.agenda import render_with_paper_errors
from chibo.meetings.prepare.views.finding import GONE, item_for, known_meeting, led_meeting


@login_required
@require_POST
def add(request: Request, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Take a paper in: its size, its kind by its bytes, a photo without what the camera wrote."""
    meeting = led_meeting(request, meeting_id)
    one = item_for(request, meeting, item_id)
    if request.POST.get(gate.BUTTON) == "file":
        return _add_closed(request, one)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_with_paper_errors(request, meeting, one, form)
    try:
        paper = agenda_commands.add_paper(item=one, paper=clean_paper(form.cleaned_data["file"]), by=request.standing)
    except BadPaper as bad:
        code = gate.CODE if isinstance(bad, ClassifiedPaper) else None
        form.add_error("file", ValidationError(str(bad), code=code))
        return render_with_paper_errors(request, meeting, one, form)
    except commands.TooLate:
        notices.warn(request, GONE)
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    base = f"/cuoc-hop/{meeting.pk}/"
    notices.done(request, f"Đã thêm “{paper.name}”.", undo_url=f"{base}tai-lieu/{paper.pk}/bo/")
    return redirect(f"{base}noi-dung/{one.pk}/#tai-lieu")


def _add_closed(request: Request, one: AgendaItem) -> HttpResponse:
    """The placeholder instead of a refused paper, open so that the page of the paper book can be written."""
    base = f"/cuoc-hop/{one.meeting_id}/"
    try:
        new = agenda_commands.add_closed_item(item=one, by=request.standing)
    except commands.TooLate:
        notices.warn(request, GONE)
        return redirect(base)
    notices.done(request, "Đã thêm mục họp kín. Ghi trang sổ giấy vào ô “Mục họp kín”.")
    return redirect(f"{base}noi-dung/{new.pk}/#dang-sua")


@login_required
@require_GET
def read(request: Request, meeting_id: UUID, paper_id: UUID) -> HttpResponse:
    """Give a paper to who may read the programme: shown where the browser is safe to show it, else downloaded."""
    meeting = known_meeting(request, meeting_id)
    paper = get_object_or_404(Paper.objects.visible_to(request.standing), pk=paper_id, meeting=meeting)
    readings.note(request.standing, readings.What.PAPER, paper, cell_id=meeting.cell_id, meeting_id=meeting.pk)
    response = HttpResponse(bytes(paper.content), content_type=paper.media_type)
    attached = paper.media_type not in SHOWN or "tai-ve" in request.GET
    response["Content-Disposition"] = content_disposition_header(attached, paper.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_POST
def remove(request: Request, meeting_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a paper away, with a way back."""
    meeting = led_meeting(request, meeting_id)
    paper = get_object_or_404(
        Paper.objects.visible_to(request.standing).without_content(), pk=paper_id, meeting=meeting
    )
    paper.meeting = meeting
    base = f"/cuoc-hop/{meeting.pk}/"
    try:
        agenda_commands.remove_paper(paper=paper, by=request.standing)
    except commands.TooLate:
        notices.warn(request, GONE)
        return redirect(base)
    notices.done(request, f"Đã bỏ “{paper.name}”.", undo_url=f"{base}tai-lieu/{paper.pk}/khoi-phuc/")
    return redirect(f"{base}noi-dung/{paper.item_id}/#tai-lieu" if paper.item_id else f"{base}chuan-bi/")


@login_required
@require_POST
def restore(request: Request, meeting_id: UUID, paper_id: UUID) -> HttpResponse:
    """Put a removed paper back."""
    meeting = led_meeting(request, meeting_id)
    removed = Paper.with_removed.visible_to(request.standing).without_content()
    paper = get_object_or_404(removed, pk=paper_id, meeting=meeting)
    paper.meeting = meeting
    base = f"/cuoc-hop/{meeting.pk}/"
    try:
        agenda_commands.restore_paper(paper=paper, by=request.standing)
    except commands.TooLate:
        notices.warn(request, GONE)
        return redirect(base)
    return redirect(f"{base}noi-dung/{paper.item_id}/#tai-lieu" if paper.item_id else f"{base}chuan-bi/")
