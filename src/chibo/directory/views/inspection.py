"""The inspection door: opened from above for a named person and one meeting, seen by both sides, closed early."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.models import MOST_DOOR_DAYS, InspectionDoor
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.access.visible import visible
from chibo.audit.models import Reading
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.inspection import close_door, inspector_of, open_door
from chibo.directory.gatherings import days_of, held_meetings
from chibo.directory.models import TwoPersonAct
from chibo.directory.two_people.rule import NeedsSecond
from chibo.directory.two_people.views import sent
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import fold
from chibo.look import notices, searching
from chibo.look.forms import Form
from chibo.members.models import Person
from chibo.orgs.models import Organisation

ONE_PAGE = 30


class DoorForm(Form):
    """Who is let in, to which meeting, by which document, for how many days."""

    about_people = ("full_name", "document")

    meeting = forms.ChoiceField(label="Cuộc họp được kiểm tra")
    document = forms.CharField(
        label="Theo văn bản số, ngày nào",
        max_length=200,
        help_text="Ví dụ QĐ 12-QĐ/UBKT, ngày 01/11/2026",
    )
    full_name = forms.CharField(label="Họ tên người kiểm tra", max_length=120)
    login = forms.CharField(
        label="Tên đăng nhập hoặc mã đảng viên của người ấy",
        max_length=60,
        help_text="Người kiểm tra dùng tài khoản của chính mình, không dùng chung mật khẩu",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label="Mở trong bao nhiêu ngày, kể cả hôm nay",
        min_value=1,
        max_value=MOST_DOOR_DAYS,
        help_text=f"Nhiều nhất {MOST_DOOR_DAYS} ngày",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", "Chọn một cuộc họp"), *meetings]  # type: ignore[attr-defined]


@login_required
@require_GET
def doors(request: Request) -> HttpResponse:
    """The doors that one sees: opened to oneself, on one's own cell, under one's office."""
    standing = request.standing
    require(standing.person_id is not None)
    rows = _rows(request, visible(InspectionDoor.objects.all(), standing).order_by("-opened_at")[:200])
    above = bool(standing.commune_paths or standing.province_paths)
    sought = searching.sought(request)
    cells = Organisation.objects.cells().under((*standing.commune_paths, *standing.province_paths))
    context = {
        "mine": [row for row in rows if row["door"].person_id == standing.person_id],
        "others": [row for row in rows if row["door"].person_id != standing.person_id],
        "above": above,
        "sought": sought,
        "cells": cells.filter(dissolved=None, folded__contains=fold(sought)).in_order()[:ONE_PAGE] if sought else [],
    }
    return render(request, "directory/inspection/doors.html", context)


def _rows(request: Request, found_doors: Any) -> list[dict[str, Any]]:
    """Doors with the day of their meeting and the names of inspector and officer."""
    doors = list(found_doors.select_related("cell"))
    days = days_of({door.meeting_id for door in doors}, request.standing)
    ids = {door.person_id for door in doors} | {door.opened_by for door in doors}
    ids |= {door.closed_by for door in doors if door.closed_by}
    names = dict(visible(Person.objects.filter(pk__in=ids), request.standing).values_list("pk", "full_name"))
    return [
        {
            "door": door,
            "day": days.get(door.meeting_id),
            "inspector": names.get(door.person_id, ""),
            "officer": names.get(door.opened_by, ""),
            "closer": names.get(door.closed_by, ""),
            "last_day": door.validity.upper - timedelta(days=1),
            "state": _state(door),
        }
        for door in doors
    ]


def _state(door: InspectionDoor) -> tuple[str, str]:
    """How a door stands, as a status and its words."""
    last: date = door.validity.upper - timedelta(days=1)
    if door.closed_at is not None:
        return "plan", f"Đã đóng sớm ngày {format_date(door.closed_at)}"
    if today() > last:
        return "plan", f"Đã hết hạn ngày {format_date(last)}"
    return "info", f"Đang mở đến hết ngày {format_date(last)}"


@login_required
@require_http_methods(["GET", "POST"])
def open_one(request: Request, cell_id: UUID) -> HttpResponse:
    """Open a door on one meeting of a cell."""
    cell = found(Organisation.objects.cells().filter(pk=cell_id).first())
    require(request.standing.oversees(cell.path) and request.standing.person_id is not None)
    held = held_meetings(cell.pk, request.standing)
    meetings = [(str(one.meeting_id), f"Họp ngày {format_date(one.day)}") for one in held]
    form = DoorForm(request.POST or None, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            door = open_door(
                by=request.standing,
                cell=cell,
                meeting_id=UUID(data["meeting"]),
                login=data["login"],
                full_name=data["full_name"],
                document=data["document"],
                days=data["days"],
            )
        except NeedsSecond:
            person = Person(pk=inspector_of(request.standing, cell, data["login"]))
            if sent(request, TwoPersonAct.Kind.DOOR, cell, person, **data):
                return redirect("/hai-nguoi/")
        except NotPossible as reason:
            form.add_error("login", str(reason))
        else:
            notices.done(request, "Đã mở cửa kiểm tra. Chi ủy thấy ngay cửa này trong sổ chi bộ.")
            return redirect(f"/cua-kiem-tra/{door.pk}/")
    context = {"cell": cell, "form": form, "any": bool(meetings)}
    return render(request, "directory/inspection/open.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def door(request: Request, door_id: UUID) -> HttpResponse:
    """One door: whom it lets in, to what, by which document, and each reading through it."""
    rows = _rows(request, visible(InspectionDoor.objects.filter(pk=door_id), request.standing))
    require(bool(rows))
    row = rows[0]
    one: InspectionDoor = row["door"]
    context = row | {
        "may_close": one.is_open and _may_close(request, one),
        "is_mine": one.person_id == request.standing.person_id,
        "readings": _readings(request, one),
    }
    return render(request, "directory/inspection/door.html", context)


def _readings(request: Request, one: InspectionDoor) -> list[Reading]:
    """What was read through a door, by the hour; for the cell's committee and the inspector."""
    rows = visible(Reading.objects.filter(person_id=one.person_id, cell_id=one.cell_id), request.standing)
    since = one.opened_at.replace(minute=0, second=0, microsecond=0)
    return list(rows.filter(capacity=Reading.Capacity.INSPECTOR, hour__gte=since).order_by("-hour")[:100])


def _may_close(request: Request, one: InspectionDoor) -> bool:
    return request.standing.oversees(one.cell.path) and one.person_id != request.standing.person_id


@login_required
@require_POST
def close(request: Request, door_id: UUID) -> HttpResponse:
    """Close a door before its last day."""
    doors = visible(InspectionDoor.objects.filter(pk=door_id), request.standing).select_related("cell")
    one = found(doors.first())
    try:
        close_door(by=request.standing, door=one)
    except NotPossible as reason:
        notices.fail(request, str(reason))
    else:
        notices.done(request, "Đã đóng cửa kiểm tra. Từ lúc này không ai đọc qua cửa này nữa.")
    return redirect(f"/cua-kiem-tra/{one.pk}/")
