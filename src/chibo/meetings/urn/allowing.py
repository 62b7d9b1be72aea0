"""A committee above the cells allows ballots on devices for all under it, by a paper; or takes that back."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.hats import organisation_for
from chibo.access.models import ABOVE_CELLS
from chibo.access.request import Request
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import today
from chibo.look import notices
from chibo.look.fields import TextField
from chibo.look.forms import Form
from chibo.meetings.urn import nodes
from chibo.meetings.urn.commands import RULE, is_allowed
from chibo.meetings.urn.secrecy import keeper
from chibo.orgs.models import Organisation
from chibo.rules.models import Rule

PATH = "/phieu-kin-tren-may/"


class AllowForm(Form):
    """Whether, and by which paper."""

    allowed = forms.ChoiceField(
        label="Từ hôm nay các chi bộ bỏ phiếu kín",
        choices=[("no", "Chỉ bằng phiếu giấy"), ("yes", "Bằng phiếu giấy hoặc trên điện thoại, chi bộ tự chọn")],
        widget=forms.RadioSelect,
    )
    source = TextField(
        label="Theo văn bản nào",
        help_text="Ví dụ: Kết luận số 12-KL/ĐU ngày 20/11/2026 của Đảng ủy xã.",
        rows=2,
        max_length=300,
    )


def may_allow(by: Standing, organisation: Organisation) -> bool:
    """The staff and committee of just this body above the cells."""
    return by.system or organisation.path in (*by.commune_paths, *by.province_paths)


@transaction.atomic
def allow(*, by: Standing, organisation: Organisation, allowed: bool, source: str) -> None:
    """Allow ballots on devices under a body, or paper alone, from today on; the nearest body over a cell decides.

    Raises:
        Http404: `by` holds no office in this body.
    """
    require(may_allow(by, organisation))
    own = Rule.objects.filter(key=RULE, scope_organisation_id=organisation.pk)
    own.filter(valid_from__gte=today()).delete()
    own.filter(valid_to=None).update(valid_to=today())
    Rule.objects.create(
        key=RULE,
        value=allowed,
        statement="Bỏ phiếu kín trên giấy, hoặc trên máy, trừ bầu cử." if allowed else "Bỏ phiếu kín trên giấy.",
        source=source,
        confidence=Rule.Confidence.VERIFIED,
        valid_from=today(),
        scope_organisation_id=organisation.pk,
    )
    kind = "meeting.device_ballots_allowed" if allowed else "meeting.device_ballots_ended"
    events.record(kind, chain=organisation.pk, by=by.person_id)


@login_required
@require_http_methods(["GET", "POST"])
def allowing(request: Request) -> HttpResponse:
    """What holds now for the cells under the body above them that the person acts for, and changing it."""
    body = organisation_for(request, lambda hat: hat.role in ABOVE_CELLS)
    require(may_allow(request.standing, body))
    form = AllowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        allowed = form.cleaned_data["allowed"] == "yes"
        allow(by=request.standing, organisation=body, allowed=allowed, source=form.cleaned_data["source"])
        medium = "bằng phiếu giấy hoặc trên điện thoại" if allowed else "chỉ bằng phiếu giấy"
        said = f"Đã ghi. Từ nay các chi bộ bỏ phiếu kín {medium}."
        notices.done(request, said)
        return redirect(PATH)
    book = Rule.objects.book(today(), body.path_ids)
    rule = book.get(RULE)
    # The general rule is the program's own; only a body's paper is one that a reader can look up.
    decided = rule.source if rule is not None and not rule.caveat else ""
    context = {"body": body, "form": form, "is_on": is_allowed(book), "decided": decided, "keeper": keeper()}
    context["several_nodes"] = nodes.others()
    return render(request, "meetings/urn/allowing.html", context, status=422 if form.is_bound else 200)
