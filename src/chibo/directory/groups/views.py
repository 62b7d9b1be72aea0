"""The groups of a cell: who is in which, who leads; for the committee, making and ending them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.access.visible import visible
from chibo.directory.commands.days import NotPossible
from chibo.directory.forms import LastDayForm
from chibo.directory.groups.commands import create_group, dissolve_group, place_members, remove_member
from chibo.directory.groups.forms import GroupForm, PlaceForm
from chibo.directory.views.cell import led_cell, own_cell
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import GroupMember, PartyGroup
from chibo.members.roster import roster
from chibo.orgs.models import Organisation

PAGE = "/so-chi-bo/to-dang/"
ORDER = list(GroupMember.Role)


def groups_of(request: Request, cell: Organisation) -> list[PartyGroup]:
    """Groups that hold today or later, each with `members_today`: the leader first, then by name."""
    rows = visible(PartyGroup.objects.filter(cell=cell), request.standing)
    lasting = rows.exclude(validity__fully_lt=(today(), None)).order_by("name", "id")
    members = visible(GroupMember.objects.filter(validity__contains=today()), request.standing)
    found = list(lasting.prefetch_related(Prefetch("members", members.select_related("person"))))
    for group in found:
        group.members_today = sorted(  # type: ignore[attr-defined]
            group.members.all(), key=lambda row: (ORDER.index(GroupMember.Role(row.role)), row.person.sort_key)
        )
    return found


@login_required
@require_http_methods(["GET", "POST"])
def groups(request: Request) -> HttpResponse:
    """All groups; a form for a new one."""
    cell = own_cell(request)
    leads = request.standing.leads(cell.pk)
    if request.method == "POST":
        led_cell(request)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = create_group(by=request.standing, cell=cell, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(reason.field or "name", str(reason))
        else:
            notices.done(request, f"Đã lập {group.name}. Chọn các đồng chí trong tổ.")
            return redirect(f"{PAGE}{group.pk}/")
    found = groups_of(request, cell)
    placed = {row.person_id for group in found for row in group.members_today}  # type: ignore[attr-defined]
    lines = roster(cell, today())
    context = {
        "cell": cell,
        "groups": found,
        "form": form,
        "leads": leads,
        "unplaced": [line for line in lines if line.person_id not in placed] if found else [],
    }
    return render(request, "directory/groups/groups.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def group(request: Request, group_id: UUID) -> HttpResponse:
    """One group: who is in it, placing members, dissolving."""
    cell = led_cell(request)
    row = found(next((one for one in groups_of(request, cell) if one.pk == group_id), None))
    choices = [(str(line.person_id), line.full_name) for line in roster(cell, today())]
    place = PlaceForm(request.POST if "place" in request.POST else None, people=choices, prefix="place")
    end = LastDayForm(request.POST if "dissolve" in request.POST else None, prefix="end")
    if request.method == "POST" and (place if "place" in request.POST else end).is_valid():
        try:
            return redirect(_save(request, row, place, end))
        except NotPossible as reason:
            form: forms.Form = place if place.is_bound else end
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    context = {"cell": cell, "group": row, "place": place, "end": end}
    return render(request, "directory/groups/group.html", context, status=422 if request.method == "POST" else 200)


def _save(request: Request, row: PartyGroup, place: PlaceForm, end: LastDayForm) -> str:
    """Do what was sent, say it, and give where to go."""
    if place.is_bound:
        placed = place_members(by=request.standing, group=row, **place.cleaned_data)
        notices.done(request, f"Đã ghi {len(placed)} đồng chí vào {row.name}.")
        return f"{PAGE}{row.pk}/"
    fields: dict[str, Any] = end.cleaned_data
    dissolve_group(by=request.standing, group=row, **fields)
    notices.done(request, f"Đã ghi ngày giải thể {row.name}.")
    return PAGE


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: Request, group_id: UUID, row_id: UUID) -> HttpResponse:
    """A member leaves the group after a day."""
    cell = led_cell(request)
    rows = GroupMember.objects.filter(pk=row_id, group_id=group_id, cell=cell, validity__contains=today())
    row = found(rows.select_related("person", "group").first())
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, group_name = row.person.full_name, row.group.name
        try:
            remove_member(by=request.standing, row=row, last_day=form.cleaned_data["last_day"])
        except NotPossible as reason:
            form.add_error("last_day", str(reason))
        else:
            notices.done(request, f"Đã ghi đồng chí {name} thôi ở {group_name}.")
            return redirect(f"{PAGE}{group_id}/")
    context = {"cell": cell, "row": row, "form": form}
    return render(request, "directory/groups/leave.html", context, status=422 if form.is_bound else 200)
