"""The programme: read, checked and edited in place, item by item, with its papers."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import format_time, now
from chibo.look import gate, notices
from chibo.meetings import registries
from chibo.meetings.models import AgendaItem, Meeting, Part
from chibo.meetings.prepare import agenda_commands, commands
from chibo.meetings.prepare.agenda_commands import ItemText, Stale, text_of
from chibo.meetings.prepare.checks import book_of, checks_of, old_lines, prepared_of, title_of
from chibo.meetings.prepare.forms import ItemForm, PaperForm, ThemeForm, item_initial
from chibo.meetings.prepare.planning import guidance_of, optional_items
from chibo.meetings.prepare.programme import Line, programme
from chibo.meetings.prepare.views.finding import GONE, is_autosave, item_for, led_meeting, typed_by_other, version_in
from chibo.members.roster import roster


@login_required
@require_GET
def agenda(request: Request, meeting_id: UUID) -> HttpResponse:
    """The programme with its advice."""
    meeting = led_meeting(request, meeting_id)
    if not meeting.is_before:
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    return _render(request, meeting)


def _render(
    request: Request,
    meeting: Meeting,
    *,
    item: AgendaItem | None = None,
    form: ItemForm | None = None,
    paper_form: PaperForm | None = None,
    theirs: ItemText | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the programme; with an item it is open for editing in its place."""
    whole = programme(meeting)
    checks = checks_of(whole, book_of(meeting.cell, meeting))
    served = dict(_served(request, meeting))
    parts = [(part, [_row(meeting, line, served) for line in part.lines]) for part in whole.parts]
    context = {
        "meeting": meeting,
        "programme": whole,
        "parts": parts,
        "checks": checks,
        "checks_title": title_of(checks),
        "open_checks": [check for check in checks if check.state == "late"],
        "item": item,
        "form": form or (_item_form(request, item) if item else None),
        "paper_form": paper_form or PaperForm(),
        "guidance": guidance_of(meeting.cell, item, meeting.day) if item else "",
        "theirs": theirs,
        "offers": _offers(meeting, whole.parts[0].kind, {line.item.template_key for line in whole.lines}),
        "prepared": prepared_of(meeting),
        "may_separate": len(whole.parts) > 1 and meeting.state == "draft",
    }
    return render(request, "meetings/prepare/agenda.html", context, status=status)


def _row(meeting: Meeting, line: Line, served: dict[str, str]) -> tuple[Line, list[registries.AgendaLine], str]:
    """An item, what later apps put under it, and what it serves in words."""
    serves = "; ".join(filter(None, (served.get(str(line.item.serves_resolution_id)), line.item.serves)))
    return line, old_lines(meeting, line.item), serves


def _served(request: Request, meeting: Meeting) -> list[tuple[str, str]]:
    """The resolutions that an item may serve."""
    return [one for source in registries.served_sources for one in source(meeting.cell, request.standing)]


def _offers(meeting: Meeting, part: str, there: set[str]) -> list[tuple[str, str]]:
    """Items of the template that are not on the programme, by key and title."""
    found = optional_items(meeting.cell, part, meeting.day)
    return [(one.key, one.title_for(meeting.period)) for one in found if one.key not in there]


def _item_form(request: Request, item: AgendaItem, data: Any = None) -> ItemForm:
    people = roster(item.cell_id, item.meeting.day)
    served = _served(request, item.meeting)
    return ItemForm(data, people=people, resolutions=served, initial=item_initial(text_of(item)))


# ---------- Items ----------
@login_required
@require_http_methods(["GET", "POST"])
def item(request: Request, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """One item: open in its place, saved while typed, or by its button."""
    meeting = led_meeting(request, meeting_id)
    one = item_for(request, meeting, item_id)
    if request.method == "GET":
        return _render(request, meeting, item=one) if meeting.is_before else redirect(f"/cuoc-hop/{meeting.pk}/")
    form, automatic = _item_form(request, one, request.POST), is_autosave(request)
    if automatic and typed_by_other(request):
        return JsonResponse({}, status=401)
    if not form.is_valid():
        if automatic:
            first = next(iter(form.errors.values()))[0]
            return JsonResponse({"error": str(first), "forget": gate.has_refused(form)}, status=422)
        return _render(request, meeting, item=one, form=form, status=422)
    try:
        saved = agenda_commands.save_item(
            item=one, version=version_in(request), text=form.item_text, final=not automatic, by=request.standing
        )
    except Stale as stale:
        return _apart(request, meeting, stale.current, form, automatic)
    except commands.TooLate:
        return _gone(request, meeting, automatic)
    if automatic:
        return JsonResponse({"version": saved.version, "saved": format_time(now())})
    return _after_save(request, meeting, saved)


def _apart(request: Request, meeting: Meeting, current: AgendaItem, form: ItemForm, automatic: bool) -> HttpResponse:
    """Two people edited one item: show both, replace nothing."""
    current.meeting = meeting
    theirs = text_of(current)
    if automatic:
        return JsonResponse({"theirs": _in_words(current, theirs), "version": current.version}, status=409)
    return _render(request, meeting, item=current, form=form, theirs=theirs, status=409)


def _in_words(item: AgendaItem, text: ItemText) -> str:
    """An item as lines to read beside one's own."""
    minutes = f"{text.minutes} phút" if text.minutes else ""
    lines = [text.title, item.presented_by, minutes, *text.questions, text.text, text.serves, text.closed_paper]
    return "\n".join(line for line in lines if line)


def _gone(request: Request, meeting: Meeting, automatic: bool = False) -> HttpResponse:
    if automatic:
        return JsonResponse({"error": GONE}, status=422)
    notices.warn(request, GONE)
    return redirect(f"/cuoc-hop/{meeting.pk}/")


def _after_save(request: Request, meeting: Meeting, saved: AgendaItem) -> HttpResponse:
    """What the pressed button asks for besides saving."""
    act, base = request.POST.get("act", ""), f"/cuoc-hop/{meeting.pk}/"
    if act in ("up", "down"):
        agenda_commands.move_item(item=saved, up=act == "up", by=request.standing)
        return redirect(f"{base}noi-dung/{saved.pk}/#dang-sua")
    if act == "remove":
        agenda_commands.remove_item(item=saved, by=request.standing)
        notices.done(request, f"Đã bỏ mục “{saved.title}”.", undo_url=f"{base}noi-dung/{saved.pk}/khoi-phuc/")
        return redirect(f"{base}chuan-bi/")
    return redirect(f"{base}chuan-bi/#muc-{saved.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def new_item(request: Request, meeting_id: UUID) -> HttpResponse:
    """Add an item, from the template by its key or one of the cell's own, and open it."""
    meeting = led_meeting(request, meeting_id)
    if request.method == "GET":
        return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/#them-muc")
    key = request.GET.get("mau") or request.POST.get("mau") or ""
    parts, chosen = list(meeting.parts.all()), request.POST.get("phan", "")
    require(bool(parts))
    part = next((one for one in parts if str(one.pk) == chosen), parts[0])
    template = next((one for one in optional_items(meeting.cell, part.kind, meeting.day) if one.key == key), None)
    try:
        one = agenda_commands.add_item(meeting=meeting, part=part, template=template, by=request.standing)
    except commands.TooLate:
        return _gone(request, meeting)
    return redirect(f"/cuoc-hop/{meeting.pk}/noi-dung/{one.pk}/#dang-sua")


@login_required
@require_POST
def restore_item(request: Request, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Put a removed item back."""
    meeting = led_meeting(request, meeting_id)
    one = get_object_or_404(AgendaItem.with_removed.visible_to(request.standing), pk=item_id, meeting=meeting)
    one.meeting = meeting
    try:
        agenda_commands.restore_item(item=one, by=request.standing)
    except commands.TooLate:
        return _gone(request, meeting)
    return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/#muc-{one.pk}")


# ---------- The thematic part ----------
@login_required
@require_POST
def combine(request: Request, meeting_id: UUID) -> HttpResponse:
    """Add a thematic part to the meeting."""
    meeting = led_meeting(request, meeting_id)
    try:
        commands.combine_thematic(meeting=meeting, by=request.standing)
    except commands.TooLate:
        return _gone(request, meeting)
    undo = f"/cuoc-hop/{meeting.pk}/chuan-bi/bo-chuyen-de/"
    notices.done(request, "Đã gộp chuyên đề vào buổi này. Ghi tên chuyên đề và chọn người trình bày.", undo_url=undo)
    return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/#chuyen-de")


@login_required
@require_POST
def separate(request: Request, meeting_id: UUID) -> HttpResponse:
    """Take the thematic part out again."""
    meeting = led_meeting(request, meeting_id)
    try:
        commands.separate_thematic(meeting=meeting, by=request.standing)
    except commands.TooLate:
        return _gone(request, meeting)
    notices.done(request, "Đã bỏ phần chuyên đề khỏi buổi này.")
    return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/")


@login_required
@require_POST
def theme(request: Request, meeting_id: UUID, part_id: UUID) -> HttpResponse:
    """Name the theme of a thematic part."""
    meeting = led_meeting(request, meeting_id)
    part = get_object_or_404(Part.objects.visible_to(request.standing), pk=part_id, meeting=meeting)
    form = ThemeForm(request.POST, part=part)
    if not form.is_valid():
        notices.fail(request, str(next(iter(form.errors.values()))[0]))
        return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/#chuyen-de")
    try:
        commands.name_theme(part=part, theme=form.cleaned_data["theme"], meeting=meeting, by=request.standing)
    except commands.TooLate:
        return _gone(request, meeting)
    return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/#chuyen-de")


def render_with_paper_errors(request: Request, meeting: Meeting, one: AgendaItem, form: PaperForm) -> HttpResponse:
    """The programme with the item open and the reason why its paper was not taken."""
    return _render(request, meeting, item=one, paper_form=form, status=422)
