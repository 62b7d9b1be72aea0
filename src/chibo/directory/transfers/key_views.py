"""The tenant's own key to give to others, and the keys of others, for offices above the cells."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.hats import organisation_for
from chibo.access.models import ABOVE_CELLS
from chibo.access.request import Request
from chibo.access.standing import found
from chibo.directory.commands.days import NotPossible
from chibo.directory.transfers.forms import KeyForm
from chibo.directory.transfers.keys import forget_tenant, note_tenant, own_key, tenant_body
from chibo.look import notices
from chibo.members.models import KnownTenant
from chibo.orgs.models import Organisation

PAGE = "/khoa-don-vi/"


def _organisation(request: Request) -> Organisation:
    """The body that the person acts for, above the cells.

    Raises:
        Http404: the person has no such hat.
    """
    return organisation_for(request, lambda hat: hat.role in ABOVE_CELLS)


@login_required
@require_http_methods(["GET", "POST"])
def keys(request: Request) -> HttpResponse:
    """Own key and fingerprint; known tenants; noting one."""
    organisation = _organisation(request)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, key = form.cleaned_data["name"], form.cleaned_data["public_key"]
        try:
            row = note_tenant(by=request.standing, organisation=organisation, name=name, public_key=key)
        except NotPossible as reason:
            form.add_error(reason.field or "public_key", str(reason))
        else:
            notices.done(request, f"Đã ghi khóa của {row.name}.")
            return redirect(PAGE)
    context = {
        "own": own_key(),
        "body": tenant_body(),
        "known": KnownTenant.objects.order_by("name"),
        "form": form,
    }
    return render(request, "directory/transfers/keys.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def forget(request: Request, tenant_id: UUID) -> HttpResponse:
    """Trust a key no more."""
    _organisation(request)
    row = found(KnownTenant.objects.select_related("organisation").filter(pk=tenant_id).first())
    name = row.name
    forget_tenant(by=request.standing, tenant=row)
    notices.done(request, f"Đã bỏ khóa của {name}. Gói do đơn vị ấy ký sẽ không được nhận nữa.")
    return redirect(PAGE)
