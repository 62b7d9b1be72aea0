"""Requests as the answering side sees them: what waits, what is late, the answer."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.access.standing import Standing, found, require
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import Person
from chibo.members.roster import roster
from chibo.orgs.models import Organisation
from chibo.privacy.models import DataRequest
from chibo.privacy.requests import commands
from chibo.privacy.requests.forms import AnswerForm, RequestForm
from chibo.privacy.requests.refusals import offered_refusal, on_acceptance

PATH = "/yeu-cau-du-lieu/"


def answers_somewhere(standing: Standing) -> bool:
    """Whether a person acts for a body that answers requests."""
    return bool(standing.committee_cells or standing.commune_paths or standing.province_paths)


def to_answer(standing: Standing) -> list[DataRequest]:
    """The requests that wait for one's answer, the most pressing first."""
    rows = DataRequest.objects.visible_to(standing).waiting().exclude(person=standing.person_id)
    return list(rows.select_related("person", "answerer").in_order())


def waiting_notice(standing: Standing) -> dict[str, int | date | None]:
    """For the home pages: how many wait, how many of them are late, the first last day, how many are late below."""
    rows = DataRequest.objects.visible_to(standing).waiting().exclude(person=standing.person_id)
    late = Count("pk", filter=Q(answer_by__lt=today()) | Q(acknowledged_at=None, acknowledge_by__lt=today()))
    found = rows.aggregate(waiting=Count("pk"), late=late, first=Min("answer_by"))
    above = standing.commune_paths or standing.province_paths
    below = sum(commands.overdue_below().values()) - found["late"] if above else 0
    return {**found, "below": max(0, below)}


@login_required
@require_GET
def inbox(request: Request) -> HttpResponse:
    """What waits for an answer, what was answered, and how many are late below."""
    require(answers_somewhere(request.standing))
    answered = DataRequest.objects.visible_to(request.standing).exclude(person=request.standing.person_id)
    late = commands.overdue_below()
    bodies = {one.pk: one for one in Organisation.objects.filter(pk__in=late).in_order()}
    context = {
        "waiting": to_answer(request.standing),
        "answered": answered.filter(answered_at__isnull=False)
        .select_related("person", "answerer")
        .order_by("-answered_at")[:30],
        "late_below": [(one, late[key]) for key, one in bodies.items()],
        "today": today(),
        "leads": bool(request.standing.committee_cells),
    }
    return render(request, "privacy/requests.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: Request, request_id: UUID) -> HttpResponse:
    """One request: say that it came, answer it."""
    rows = DataRequest.objects.visible_to(request.standing).select_related("person", "answerer")
    asked = found(rows.filter(pk=request_id).first())
    require(commands.may_answer(request.standing, asked))
    answering = request.method == "POST" and not {"acknowledge", "offer"} & request.POST.keys()
    offered = {"outcome": DataRequest.Outcome.REFUSED, "answer": offered_refusal(asked)}
    form = AnswerForm(request.POST if answering else None, initial=offered if "offer" in request.POST else None)
    try:
        if "acknowledge" in request.POST:
            commands.acknowledge(by=request.standing, request=asked)
            notices.done(request, "Đã báo là đã nhận yêu cầu.")
            return redirect(f"{PATH}{asked.pk}/")
        if answering and form.is_valid():
            data = form.cleaned_data
            commands.answer(by=request.standing, request=asked, outcome=data["outcome"], text=data["answer"])
            notices.done(request, "Đã trả lời yêu cầu.")
            return redirect(PATH)
    except commands.Settled:
        notices.tell(request, "Yêu cầu này đã được trả lời hoặc đã rút trước đó.")
        return redirect(PATH)
    context = {
        "asked": asked,
        "form": form,
        "refusal": offered_refusal(asked),
        "acceptance": on_acceptance(asked),
        "source": commands.book_of(asked.answerer).get(f"data_request_{asked.kind}_days"),
    }
    return render(request, "privacy/request.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def for_member(request: Request, person_id: UUID) -> HttpResponse:
    """The committee writes down what a member without a device asks."""
    cells = request.standing.committee_cells
    here = {line.person_id for cell in cells for line in roster(cell, today())}
    require(person_id in here)
    person = found(Person.objects.filter(pk=person_id).first())
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.make_request(by=request.standing, person=person, **form.cleaned_data)
        notices.done(request, f"Đã ghi yêu cầu của đồng chí {person.full_name}.")
        return redirect(PATH)
    context = {"form": form, "person": person, "book": commands.book_of(commands.answerer_for(person.pk))}
    return render(request, "privacy/ask.html", context, status=422 if form.is_bound else 200)
