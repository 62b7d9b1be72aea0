"""The meetings of a cell: their list, a new one, and the page of one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.compiled import Compiled
from chibo.access.hats import cell_of
from chibo.access.request import Request
from chibo.access.standing import Standing, require
from chibo.directory.gatherings import open_doors
from chibo.lib.dates import period_name, today
from chibo.lib.vietnamese import normalise
from chibo.look import notices
from chibo.look.fields import YEARS
from chibo.meetings.models import Body, Meeting, Opinion, Posting, State
from chibo.meetings.months import drawn, months_of_year
from chibo.meetings.prepare import answering, commands
from chibo.meetings.prepare.by_groups import NotByGroups, plan_by_groups, split, why_taken
from chibo.meetings.prepare.checks import prepared_of
from chibo.meetings.prepare.forms import PlanForm
from chibo.meetings.prepare.next_step import next_step
from chibo.meetings.prepare.planning import MeetingKind, Proposal, propose
from chibo.meetings.prepare.programme import programme
from chibo.meetings.prepare.receipts import Receipts
from chibo.meetings.prepare.views.finding import meeting_for
from chibo.meetings.prepare.views.member import member_page
from chibo.members.roster import RosterLine
from chibo.orgs.models import Organisation

PHASE_WORDS = {
    State.DRAFT: ("plan", "Đang chuẩn bị"),
    State.ANNOUNCED: ("info", "Đã thông báo"),
    State.OPEN: ("late", "Đang họp"),
    State.CLOSED: ("missing", "Chưa ký biên bản"),
    State.SIGNED: ("ok", "Đã ký biên bản"),
    State.CANCELLED: ("plan", "Đã hủy"),
}


@login_required
@require_GET
def index(request: Request) -> HttpResponse:
    """The cell's meetings of a year, the coming ones first; the committee's own for the committee alone."""
    cell = cell_of(request)
    kept = _kept_for(request, cell)
    leads = request.standing.leads(cell.pk) and kept is None
    shown = kept or cell
    visible = Meeting.objects.visible_to(request.standing).filter(cell=shown).prefetch_related("parts")
    years = sorted({day.year for day in visible.dates("period", "year")}, reverse=True)
    year = _year(request, years)
    # Named one by one: as a range, a plan made for any year reads those months of the whole tenant.
    months = [date(year, month, 1) for month in range(1, 13)]
    rows = list(visible.filter(period__in=months).in_turn().reverse())
    states, _ = months_of_year(shown, year, request.standing)
    late = {one.meeting_id: one.lateness for one in states if one.state == "late"}
    for row in rows:
        row.status = _status(row, late.get(row.pk, ""))  # type: ignore[attr-defined]
    own = [row for row in rows if row.body == Body.CELL]
    coming = sorted((row for row in own if _is_coming(row)), key=lambda row: (row.begins_at, row.group_name))
    context = {
        "cell": cell,
        "leads": leads,
        "year": year,
        "years": [one for one in years if one != year],
        "months": drawn(states),
        "by_groups": [f"tháng {one.period.month}: {one.groups}" for one in states if one.groups],
        "kept": kept,
        "archives": archives_of(cell, request.standing),
        "coming": coming,
        "open_now": any(row.state == State.OPEN for row in coming),
        "past": [row for row in own if row not in coming],
        "committee": [row for row in rows if row.body == Body.COMMITTEE],
        "draft": next((row for row in coming if row.state == State.DRAFT), None),
        "any": bool(years),
    }
    return render(request, "meetings/prepare/index.html", context)


def _is_coming(row: Meeting) -> bool:
    """Whether it stands under "Sắp họp": one that goes on just now has not been held either."""
    return row.state == State.OPEN or (row.is_before and not row.held_on_paper)


def _status(row: Meeting, lateness: str) -> tuple[str, str]:
    """How a meeting stands; one whose day has gone by says so, whatever had been prepared.

    lateness: of its month, where it stands for one that is late.
    """
    if row.is_before and not row.held_on_paper and (lateness or row.days_to_go < 0):
        return "late", capfirst(lateness or f"quá {-row.days_to_go} ngày, chưa họp")
    return PHASE_WORDS[State(row.state)]


def _kept_for(request: Request, cell: Organisation) -> Organisation | None:
    """The former cell asked for, whose records the person's cell keeps or whose member the person was."""
    asked = request.GET.get("chi-bo", "")
    return next((one for one in archives_of(cell, request.standing) if str(one.pk) == asked), None) if asked else None


def archives_of(cell: Organisation, standing: Standing) -> list[Organisation]:
    """Former cells that this one came after, as far as the person has a right in them."""
    mine = {*standing.member_cells, *standing.committee_cells, *standing.followed_cells} - {cell.pk}
    if not mine:
        return []
    found = Organisation.objects.filter(pk__in=mine, successions__successor=cell).distinct()
    return list(found.in_order())


def _year(request: Request, years: list[int]) -> int:
    """The year asked for, where the cell has meetings; else this one."""
    asked = request.GET.get("nam", "")
    return next((year for year in years if str(year) == asked), today().year)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Plan a meeting: what the registered schedule proposes is confirmed by one tap."""
    return _plan(request, on_paper=False)


@login_required
@require_http_methods(["GET", "POST"])
def record_past(request: Request) -> HttpResponse:
    """Enter a meeting that was held on paper, through the same screens, marked as such."""
    return _plan(request, on_paper=True)


def _plan(request: Request, *, on_paper: bool) -> HttpResponse:
    cell = cell_of(request)
    require(request.standing.leads(cell.pk))
    proposal = _proposal(request, cell, on_paper)
    form = PlanForm(request.POST or None, proposal=proposal, on_paper=on_paper)
    existing: list[Meeting] = []
    unplaced: list[RosterLine] = []
    if request.method == "POST" and form.is_valid():
        plan = _plan_groups if form.cleaned_data["by_groups"] else _plan_one
        try:
            return redirect(plan(request, cell, form))
        except commands.AlreadyPlanned as found:
            existing = _existing(found.meeting)
            form.add_error("period", _taken(existing))
        except NotByGroups as found:
            unplaced = found.unplaced
            form.add_error("by_groups", str(found))
    context = {
        "form": form,
        "proposal": proposal,
        "on_paper": on_paper,
        "existing": existing,
        "unplaced": unplaced,
        "open": form.is_bound or on_paper or not proposal.is_complete,
        "kinds": [kind for kind in MeetingKind if kind != proposal.kind],
    }
    return render(request, "meetings/prepare/new.html", context, status=422 if form.errors else 200)


def _plan_one(request: Request, cell: Organisation, form: PlanForm) -> str:
    """Plan the meeting, and give where it is prepared."""
    data = form.cleaned_data
    meeting = commands.plan_meeting(
        cell=cell,
        kind=data["kind"],
        period=data["period"],
        starts_at=form.starts_at,
        place=data["place"],
        purpose=data["purpose"],
        online_reason=data["online_reason"],
        online_document=normalise(data["online_document"]),
        on_paper=form.on_paper,
        by=request.standing,
    )
    return f"/cuoc-hop/{meeting.pk}/chuan-bi/"


def _plan_groups(request: Request, cell: Organisation, form: PlanForm) -> str:
    """Plan a gathering a group; each has its own programme, day and place, so the list of meetings comes next."""
    data = form.cleaned_data
    planned = plan_by_groups(
        cell=cell,
        kind=data["kind"],
        period=data["period"],
        starts_at=form.starts_at,
        place=data["place"],
        reason=data["groups_reason"],
        document=normalise(data["groups_document"]),
        online=(data["online_reason"], normalise(data["online_document"])),
        on_paper=form.on_paper,
        by=request.standing,
    )
    notices.done(
        request, f"Đã lập {len(planned)} buổi, mỗi tổ một buổi. Mở từng buổi để soạn chương trình, đổi giờ, nơi họp."
    )
    return "/cuoc-hop/"


def _existing(found: Meeting) -> list[Meeting]:
    """The regular meeting that a period has, or its gatherings of groups."""
    if found.group_id is None:
        return [found]
    return list(split(found.cell, found.period).exclude(state=State.CANCELLED))


def _taken(existing: list[Meeting]) -> str:
    first = existing[0]
    if first.group_id is not None:
        return why_taken(existing)
    return (
        f"{period_name(first.period).capitalize()} đã có buổi họp thường kỳ ngày {first.day:%d/%m}. "
        "Mở buổi ấy để soạn tiếp, hoặc chọn tháng khác."
    )


def _proposal(request: Request, cell: Organisation, on_paper: bool) -> Proposal:
    """The proposal for the kind and period that a link asks for; a regular meeting else."""
    asked = request.GET.get("loai", "")
    kind = MeetingKind(asked) if asked in MeetingKind.values else MeetingKind.REGULAR
    proposal = propose(cell, kind, on_paper)
    try:
        year, month = request.GET.get("ky", "").split("-")
        period = date(int(year), int(month), 1)
        if period.year not in YEARS:
            return proposal
    except (ValueError, OverflowError):
        return proposal
    return propose(cell, kind, on_paper, period)


@login_required
@require_GET
def page(request: Request, meeting_id: UUID) -> HttpResponse:
    """One meeting: by its phase for who prepares or records it, the member's page for the others."""
    meeting = meeting_for(request, meeting_id)
    if not request.standing.keeps(meeting.pk, meeting.cell_id):
        return member_page(request, meeting)
    return render(request, "meetings/prepare/meeting.html", _committee_context(request, meeting))


def _committee_context(request: Request, meeting: Meeting) -> dict[str, Any]:
    """Everything on the page of a meeting for its committee, chair and clerk."""
    standing = request.standing
    receipts = Receipts.of(meeting) if meeting.announced_at else None
    if receipts is not None:
        receipts = answering.mark_keeper_seen(meeting=meeting, receipts=receipts, by=standing)
    return {
        "meeting": meeting,
        "step": next_step(meeting, receipts),
        "programme": programme(meeting),
        "leads": standing.leads(meeting.cell_id),
        "prepared": prepared_of(meeting) if standing.leads(meeting.cell_id) else [],
        "belongs": meeting.cell_id in standing.member_cells,
        "told": receipts,
        "opinions": _opinions(request, meeting) if meeting.is_before else [],
        "posted": list(Posting.objects.filter(meeting=meeting).order_by("posted_at")) if meeting.is_over else [],
        "is_committee": meeting.body == Body.COMMITTEE,
        "doors": open_doors(standing, meeting_id=meeting.pk) if meeting.is_over else [],
    }


def _opinions(request: Request, meeting: Meeting) -> list[Opinion]:
    """What members handed in, to be read by the committee before the meeting."""
    return _HANDED_IN.rows(request.standing, meeting.pk)


def _handed_in(who: Standing, meeting: UUID) -> QuerySet[Opinion]:
    found = Opinion.objects.visible_to(who).filter(meeting=meeting, handed_in_at__isnull=False)
    return found.select_related("author", "item").order_by("item__position", "handed_in_at")


_HANDED_IN = Compiled(_handed_in)
