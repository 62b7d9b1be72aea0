"""The table of holidays as a body above the cells sees and keeps it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.hats import organisation_for
from chibo.access.models import ABOVE_CELLS
from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import normalise
from chibo.look import notices
from chibo.look.fields import DateField, TextField
from chibo.look.forms import Form
from chibo.orgs.models import Organisation
from chibo.privacy.holidays.commands import enter_holiday, may_enter
from chibo.rules.models import Holiday


class HolidayForm(Form):
    """A day with what it is and who says so."""

    day = DateField(label="Ngày", help_text="Ví dụ 31/08/2027")
    kind = forms.ChoiceField(label="Ngày ấy", choices=Holiday.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Vì sao", max_length=120, help_text="Ví dụ: nghỉ bão số 9; làm bù ngày 30/4.")
    source = TextField(label="Theo văn bản nào", help_text="Số, ngày, cơ quan ra thông báo.", rows=2, max_length=300)

    def clean_name(self) -> str:
        """In one Unicode form."""
        return normalise(self.cleaned_data["name"])


def _body(request: Request) -> Organisation:
    """The body above the cells that the person acts for.

    Raises Http404 when there is none.
    """
    body = organisation_for(request, lambda hat: hat.role in ABOVE_CELLS)
    require(may_enter(request.standing, body))
    return body


def _year(request: Request) -> int:
    """The year asked for, this one when none is."""
    asked = request.GET.get("nam", "")
    years = {str(year): year for year in range(2020, 2101)}
    return years.get(asked, today().year)


def _spans(rows: list[Holiday]) -> list[tuple[Holiday, Holiday]]:
    """First and last of the days that follow one another under one name, as people speak of Tết."""
    spans: list[tuple[Holiday, Holiday]] = []
    for row in rows:
        first, last = spans[-1] if spans else (None, None)
        same = first and (first.kind, first.name, first.source) == (row.kind, row.name, row.source)
        if first and last and same and row.day - last.day == timedelta(days=1):
            spans[-1] = (first, row)
        else:
            spans.append((row, row))
    return spans


@login_required
@require_http_methods(["GET", "POST"])
def holidays(request: Request) -> HttpResponse:
    """The days of a year, and entering one."""
    body = _body(request)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = enter_holiday(by=request.standing, organisation=body, **form.cleaned_data)
        notices.done(request, f"Đã ghi ngày {format_date(one.day)}. Hạn của việc gửi từ nay tính theo bảng này.")
        return redirect(f"/ngay-nghi/?nam={one.day.year}")
    year = _year(request)
    rows = Holiday.objects.of(body.path_ids).filter(day__year=year).order_by("day", "scope_organisation_id")
    spans = _spans(list(rows))
    context: dict[str, Any] = {"body": body, "form": form, "year": year, "years": (year - 1, year + 1), "spans": spans}
    return render(request, "privacy/holidays.html", context, status=422 if form.is_bound else 200)
