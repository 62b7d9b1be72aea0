"""Pages of what came too late: read it, make a correction of it, or put it away. For chair and clerk."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.look import notices
from chibo.meetings.device import late, late_words
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.minutes.views import AnnotationForm
from chibo.meetings.models import Meeting, Minutes, SetAside, State
from chibo.meetings.room.screens import rules_of
from chibo.members.models import Person


def _meeting(request: Request, id: UUID) -> Meeting:
    """The meeting, for its chair and its clerk.

    Raises:
        Http404: neither of them.
    """
    found = get_object_or_404(Meeting.objects.visible_to(request.standing).select_related("cell"), pk=id)
    require(bool(minutes.role_of(found, request.standing)))
    return found


def _row(request: Request, meeting: Meeting, row: UUID) -> SetAside:
    rows = SetAside.objects.visible_to(request.standing).waiting().filter(meeting=meeting)
    return get_object_or_404(rows.select_related("author", "meeting__cell"), pk=row)


@login_required
@require_GET
def page(request: Request, id: UUID) -> HttpResponse:
    """Everything that came late and waits."""
    meeting = _meeting(request, id)
    waiting = late.waiting(meeting, request.standing)
    names, kept = _names(waiting), timedelta(days=rules_of(meeting).number("retention_late"))
    rows = [
        {
            "row": one,
            "kind": late_words.kind_of(one),
            "words": late_words.words_of(one),
            "about": ", ".join(names[who] for who in late_words.people_of(one) if who in names),
            "until": one.received_at + kept,
        }
        for one in waiting
    ]
    context = {"meeting": meeting, "rows": rows, "full": late.nearly_full(meeting, request.standing)}
    return render(request, "meetings/device/late.html", context)


def _names(rows: list[SetAside]) -> dict[str, str]:
    """The names of those whom some rows are about, by id as text."""
    wanted = {who for one in rows for who in late_words.people_of(one)}
    return {str(one.pk): one.full_name for one in Person.objects.filter(pk__in=wanted)} if wanted else {}


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: Request, id: UUID, row: UUID) -> HttpResponse:
    """Make a correction of it: the text stands there as it came, to be put right and signed."""
    meeting = _meeting(request, id)
    found, record = _row(request, meeting, row), Minutes.objects.filter(meeting=meeting).first()
    require(meeting.state == State.SIGNED and record is not None)
    outline = record.outline if record is not None else []
    form = AnnotationForm(request.POST or None, request=request, outline=outline, initial={"text": _proposed(found)})
    if request.method == "POST" and form.is_valid():
        try:
            late.correct(row=found, by=request.standing, **form.correction)
        except minutes.NotNow as reason:
            form.add_error("text", reason)
        else:
            notices.done(request, "Đã ghi đính chính và chữ ký của đồng chí. Có hiệu lực khi người kia cùng ký.")
            return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    status = 422 if request.method == "POST" else 200
    context = {"meeting": meeting, "form": form, "back": f"/cuoc-hop/{meeting.pk}/ghi-muon/"}
    return render(request, "meetings/minutes/annotate.html", context, status=status)


def _proposed(found: SetAside) -> str:
    """What a correction begins with: what was recorded, and of whom."""
    about = ", ".join(f"đồng chí {name}" for name in _names([found]).values())
    kind, words = late_words.kind_of(found), "; ".join(late_words.words_of(found).splitlines())
    return f"{kind}{f' của {about}' if about else ''}: {words}".strip().removesuffix(":")


@login_required
@require_POST
def put_away(request: Request, id: UUID, row: UUID) -> HttpResponse:
    """Put it away: its text is erased."""
    meeting = _meeting(request, id)
    late.put_away(row=_row(request, meeting, row), by=request.standing)
    notices.done(request, "Đã xóa hẳn dòng ấy.")
    return redirect(f"/cuoc-hop/{meeting.pk}/ghi-muon/")
