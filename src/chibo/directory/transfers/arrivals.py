"""A package from another tenant: loaded, looked at, then taken or sent back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.directory.commands.days import NotPossible
from chibo.directory.transfers import crossing
from chibo.directory.transfers.forms import ArrivalForm, PackageForm, RefusalForm
from chibo.directory.transfers.package import Loaded
from chibo.directory.transfers.views import PAGE
from chibo.directory.views.cell import led_cell
from chibo.look import notices
from chibo.members.models import Membership, Transfer
from chibo.orgs.models import Organisation


@login_required
@require_http_methods(["GET", "POST"])
def arrival(request: Request) -> HttpResponse:
    """Load a package; nothing is written until one takes the member or sends back."""
    cell = led_cell(request)
    if "content" in request.POST:
        return _answer(request, cell, request.POST["content"])
    form = PackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            loaded = crossing.read_introduction(content)
        except NotPossible as reason:
            form.add_error("file", str(reason))
        else:
            text = content.decode()
            taking = ArrivalForm(initial={"content": text, "first_day": loaded.day("first_day")})
            return _look(request, cell, loaded, taking, RefusalForm(initial={"content": text}))
    context = {"cell": cell, "form": form}
    return render(request, "directory/transfers/arrival.html", context, status=422 if form.is_bound else 200)


def _answer(request: Request, cell: Organisation, content: str) -> HttpResponse:
    """Take the member or send back; the package is checked again, as if it were new."""
    refuses = "refuse" in request.POST
    taking = ArrivalForm(None if refuses else request.POST, initial={"content": content})
    refusing = RefusalForm(request.POST if refuses else None, initial={"content": content})
    form = refusing if refuses else taking
    loaded = None
    try:
        loaded = crossing.read_introduction(content.encode())
        if form.is_valid():
            row_id = _settle(request, cell, content.encode(), form.cleaned_data)
            return redirect(f"{PAGE}{row_id}/")
    except NotPossible as reason:
        if loaded is None:
            again = PackageForm({})
            again.is_valid()
            again.errors.clear()
            again.add_error("file", str(reason))
            return render(request, "directory/transfers/arrival.html", {"cell": cell, "form": again}, status=422)
        form.is_valid()
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    if not refuses:
        refusing = RefusalForm(initial={"content": content})
    else:
        taking = ArrivalForm(initial={"content": content, "first_day": loaded.day("first_day")})
    return _look(request, cell, loaded, taking, refusing, status=422)


def _settle(request: Request, cell: Organisation, content: bytes, fields: dict[str, object]) -> UUID:
    by = request.standing
    if "note" in fields:
        row = crossing.refuse_introduction(by=by, cell=cell, content=content, note=str(fields["note"]))
        notices.done(request, f"Đã trả lại đồng chí {row.full_name}. Tải gói trả lời và gửi cho nơi đi.")
    else:
        day = fields["first_day"]
        row = crossing.accept_introduction(by=by, cell=cell, content=content, first_day=day)  # type: ignore[arg-type]
        notices.done(request, f"Đã tiếp nhận đồng chí {row.full_name}. Tải gói trả lời và gửi cho nơi đi.")
    return row.pk


def _look(
    request: Request, cell: Organisation, loaded: Loaded, taking: ArrivalForm, refusing: RefusalForm, status: int = 200
) -> HttpResponse:
    """What the package says, and the two answers."""
    body = loaded.body
    context = {
        "cell": cell,
        "loaded": loaded,
        "body": body,
        "kind": Transfer.Kind(body["kind"]).label,
        "standing": Membership.Kind(body["standing"]).label,
        "first_day": loaded.day("first_day"),
        "last_day": loaded.day("last_day"),
        "taking": taking,
        "refusing": refusing,
    }
    return render(request, "directory/transfers/look.html", context, status=status)
