"""The register of numbers: which number each type of paper takes next; and holding a printed page to the record."""

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.accounts.attempts import address_of, in_words
from chibo.audit import events
from chibo.directory.history import readings
from chibo.directory.views.cell import led_cell
from chibo.documents import checking
from chibo.documents.forms import NUMBERED, NumbersForm, field_name
from chibo.documents.models import IssuedDocument, NumberSeries
from chibo.documents.numbering import NumberTaken
from chibo.lib.dates import today
from chibo.look import notices
from chibo.orgs.models import Organisation, Term


@login_required
@require_http_methods(["GET", "POST"])
def numbers(request: Request) -> HttpResponse:
    """Show and set the next number of each type in the term that runs."""
    cell = led_cell(request)
    term = cell.term_of_numbers(today())
    known = NumberSeries.objects.filter(organisation=cell, term=term) if term else NumberSeries.objects.none()
    initial = {f"{one.body}-{one.document_type}": one.next_number for one in known}
    form = NumbersForm(request.POST or None, initial=initial)
    if request.method == "POST" and term is not None and form.is_valid() and _save(request, cell, term, form, initial):
        notices.done(request, "Đã lưu số văn bản.")
        return redirect("/so-chi-bo/")
    context = {"cell": cell, "term": term, "form": form}
    return render(request, "documents/numbers.html", context, status=422 if form.is_bound else 200)


def _save(request: Request, cell: Organisation, term: Term, form: NumbersForm, known: dict[str, int]) -> bool:
    """Set what was changed, all of it or nothing; a number already taken is said beside its field."""
    changed = [
        (body, kind, number)
        for body, kind in NUMBERED
        if (number := form.cleaned_data[field_name(body, kind)]) and number != known.get(field_name(body, kind))
    ]
    with transaction.atomic():
        for body, kind, number in changed:
            series = NumberSeries.objects.locked(organisation=cell, body=body, document_type=kind, term=term)
            try:
                series.start_at(number)
            except NumberTaken as reason:
                form.add_error(field_name(body, kind), str(reason))
        if form.errors:
            transaction.set_rollback(True)
            return False
        for body, kind, number in changed:
            details = {"body": body.value, "document_type": kind.key, "number": number}
            events.record("numbers.set", chain=cell.pk, by=request.standing.person_id, obj=term, **details)
    return True


@require_GET
def check_paper(request: Request, token: str) -> HttpResponse:
    """Where the QR of a paper leads: with the right to read it, its own text page by page; else that it exists.

    The one exception to "what is not yours answers 404" (design.md, section 4): no name, no title, no cell.
    """
    paper = IssuedDocument.objects.visible_to(request.standing).light().filter(token=token).first()
    if paper is not None:
        _note_reading(request, paper)
        return render(request, "documents/check.html", {"paper": paper, "pages": paper.printed_pages})
    bare = checking.named_by(token)
    if bare is None:
        return _named_nothing(request)
    return render(request, "documents/check_bare.html", {"bare": bare, "next": request.path})


def _named_nothing(request: Request) -> HttpResponse:
    """404, or to wait: several guesses slow the address down, for what names nothing alone. The guess stays counted."""
    address = address_of(request)
    if wait := checking.wait_of(address):
        return render(request, "documents/check_wait.html", {"wait": in_words(wait)}, status=429)
    checking.note_guess(address)
    return render(request, "404.html", status=404)


def _note_reading(request: Request, paper: IssuedDocument) -> None:
    """Reading from outside is noted of the meeting that the paper is of, as when its file is opened."""
    meeting = apps.get_model("meetings", "Meeting")(pk=paper.meeting_id)
    standing = request.standing
    readings.note(standing, readings.What.DOCUMENT, meeting, cell_id=paper.cell_id, meeting_id=paper.meeting_id)
