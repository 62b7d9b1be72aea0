"""Offices of a committee or department: who holds which, giving one, ending one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.models import Office
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.commands.days import NotPossible
from chibo.directory.forms import LastDayForm
from chibo.directory.models import TwoPersonAct
from chibo.directory.tree import offices as keeping
from chibo.directory.tree.forms import UpperOfficeForm
from chibo.directory.tree.views.finding import body_of
from chibo.directory.two_people.rule import NeedsSecond
from chibo.directory.two_people.views import sent
from chibo.look import notices


@login_required
@require_http_methods(["GET", "POST"])
def offices(request: Request, body_id: UUID) -> HttpResponse:
    """Who holds an office of the body, and giving one."""
    body = body_of(request, body_id)
    require(keeping.may_staff(request.standing, body))
    form = UpperOfficeForm(request.POST or None, offices=keeping.offices_in(body))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"office": Office(form.cleaned_data["office"])}
        try:
            person = keeping.give_office(by=request.standing, body=body, **data)
        except NeedsSecond:
            person = keeping.named_by(request.standing, data["full_name"], data["code"])
            said = {"office": data["office"].value, "since": data["since"].isoformat(), "decision": data["decision"]}
            if sent(request, TwoPersonAct.Kind.OFFICE, body, person, **said):
                return redirect(request.path)
        except NotPossible as reason:
            form.add_error("full_name", str(reason))
        else:
            notices.done(request, f"Đã ghi: đồng chí {person.full_name}, {data['office'].label.lower()}.")
            return redirect(request.path)
    context = {"body": body, "form": form, "offices": keeping.held_today(body)}
    return render(request, "directory/tree/offices.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: Request, body_id: UUID, term_id: UUID) -> HttpResponse:
    """End an office after its last day."""
    body = body_of(request, body_id)
    require(keeping.may_staff(request.standing, body))
    term = found(next((one for one in keeping.held_today(body) if one.pk == term_id), None))
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.take_office(by=request.standing, term=term, last_day=form.cleaned_data["last_day"])
        except NotPossible as reason:
            form.add_error("last_day", str(reason))
        else:
            notices.done(request, f"Đã ghi ngày thôi giữ chức vụ của đồng chí {term.person.full_name}.")
            return redirect(f"/to-chuc/{body.pk}/chuc-vu/")
    context = {"body": body, "term": term, "form": form}
    return render(request, "directory/tree/office_end.html", context, status=422 if form.is_bound else 200)
