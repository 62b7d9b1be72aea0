"""Posting to the national handbook app: what to post, in one file, and when it was posted."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.lib.dates import format_date, format_time_sentence, now
from chibo.look import notices
from chibo.meetings.models import Meeting, Posting
from chibo.meetings.prepare import commands
from chibo.meetings.prepare.forms import PostingForm
from chibo.meetings.prepare.package import kinds_for, package
from chibo.meetings.prepare.programme import programme
from chibo.meetings.prepare.views.finding import kept_meeting


def _phase(meeting: Meeting) -> str:
    """Whether it is papers for the meeting that are posted, or what came of it."""
    return Posting.What.AFTER if meeting.is_over else Posting.What.BEFORE


@login_required
@require_http_methods(["GET", "POST"])
def handbook(request: Request, meeting_id: UUID) -> HttpResponse:
    """What goes into the handbook app, and "Đã đăng lúc …"."""
    meeting = kept_meeting(request, meeting_id)
    form = PostingForm(request.POST if "day" in request.POST else None)
    if request.method == "POST" and ("now" in request.POST or form.is_valid()):
        at = now() if "now" in request.POST else form.posted_at
        one = commands.record_posting(meeting=meeting, what=_phase(meeting), posted_at=at, by=request.standing)
        text = f"Đã ghi: đăng lúc {format_time_sentence(at)} ngày {format_date(at)}."
        notices.done(request, text, undo_url=f"/cuoc-hop/{meeting.pk}/so-tay/{one.pk}/bo/")
        return redirect(f"/cuoc-hop/{meeting.pk}/so-tay/")
    rows = Posting.objects.visible_to(request.standing).filter(meeting=meeting).order_by("posted_at")
    context = {
        "meeting": meeting,
        "form": form,
        "rows": list(rows),
        "kinds": kinds_for(meeting),
        "papers": programme(meeting).papers if not meeting.is_over else (),
        "due": meeting.posting_due if meeting.is_over else None,
        "is_after": meeting.is_over,
    }
    return render(request, "meetings/prepare/handbook.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def package_file(request: Request, meeting_id: UUID) -> HttpResponse:
    """The package in one file."""
    meeting = kept_meeting(request, meeting_id)
    response = HttpResponse(package(meeting), content_type="application/zip")
    name = f"{meeting.title.replace('/', '-')}.zip".replace("\u00a0", " ")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@login_required
@require_POST
def withdraw(request: Request, meeting_id: UUID, posting_id: UUID) -> HttpResponse:
    """Take back "Đã đăng" recorded by mistake."""
    meeting = kept_meeting(request, meeting_id)
    posting = get_object_or_404(Posting.objects.visible_to(request.standing), pk=posting_id, meeting=meeting)
    commands.withdraw_posting(posting=posting, by=request.standing)
    notices.done(request, "Đã xóa dấu đã đăng.")
    return redirect(f"/cuoc-hop/{meeting.pk}/so-tay/")
