"""Which hat is on: choosing among offices, and signing out."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.hats import NAMES, SESSION_KEY, hat_of, hats_in_order
from chibo.access.request import Request
from chibo.access.standing import found
from chibo.look import notices


@login_required
@require_http_methods(["GET", "POST"])
def hats(request: Request) -> HttpResponse:
    """Show every office that a person holds; put one on."""
    offered = hats_in_order(request.standing)
    if request.method == "POST":
        chosen = found(next((hat for hat in offered if hat.key == request.POST.get("hat")), None))
        request.session[SESSION_KEY] = chosen.key
        notices.done(request, f"Đồng chí đang làm việc với vai {NAMES[chosen.role]}, {chosen.organisation_name}.")
        return redirect("/")
    current = hat_of(request)
    rows = [{"hat": hat, "role": NAMES[hat.role], "on": hat == current} for hat in offered]
    return render(
        request,
        "directory/hats.html",
        {
            "rows": rows,
            "login": request.user.login,
            "rights": request.standing.person_id is not None,
            "above": bool(request.standing.commune_paths or request.standing.province_paths),
        },
    )
