"""Who follows which cell of a commune: all on one screen, one person to many cells at once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.hats import organisation_for
from chibo.access.models import UPPER
from chibo.access.request import Request
from chibo.directory.commands.days import NotPossible
from chibo.directory.models import TwoPersonAct
from chibo.directory.tree import following
from chibo.directory.tree.forms import FollowForm
from chibo.directory.two_people.views import sent
from chibo.look import notices
from chibo.members.models import Person
from chibo.orgs.models import Organisation


@login_required
@require_http_methods(["GET", "POST"])
def followers(request: Request) -> HttpResponse:
    """Every cell with its followers, how many cells each person follows, and the assigning."""
    committee = organisation_for(request, lambda hat: hat.role in UPPER)
    rows = following.followed_cells(committee)
    loads = following.loads(committee, rows)
    cells = {str(row.cell.pk): row.cell for row in rows}
    people = [(str(one.person.pk), f"{one.person.full_name} (đang phụ trách {one.cells})") for one in loads]
    form = FollowForm(request.POST or None, people=people, cells=[(key, cell.name) for key, cell in cells.items()])
    if request.method == "POST" and form.is_valid() and _assign(request, form, cells):
        return redirect(request.path)
    chosen = set(form.data.getlist("cells")) if form.is_bound else set()  # type: ignore[attr-defined]
    context = {
        "committee": committee,
        "rows": [(row, str(row.cell.pk) in chosen) for row in rows],
        "loads": loads,
        "without": sum(not row.now and not row.later for row in rows),
        "form": form,
    }
    return render(request, "directory/tree/followers.html", context, status=422 if form.is_bound else 200)


def _assign(request: Request, form: FollowForm, cells: dict[str, Organisation]) -> bool:
    data = form.cleaned_data
    person = None if data["person"] == "nobody" else Person.objects.get(pk=data["person"])
    if person is None and data["way"] == "beside":
        form.add_error("way", "“Chưa phân công ai” thì người đang phụ trách thôi. Chọn “Thôi phụ trách từ ngày ấy”.")
        return False
    chosen = [cells[key] for key in data["cells"]]
    try:
        alone, with_second = following.by_who_assigns(request.standing, chosen)
        if person is not None and with_second:
            said = {"since": data["since"].isoformat(), "instead": data["way"] == "instead"}
            if not all(sent(request, TwoPersonAct.Kind.FOLLOW, cell, person, **said) for cell in with_second):
                return False
            chosen = alone
            if not chosen:
                return True
        changed = following.assign(
            by=request.standing, cells=chosen, person=person, since=data["since"], instead=data["way"] == "instead"
        )
    except NotPossible as reason:
        form.add_error("since", str(reason))
        return False
    if not changed:
        notices.tell(request, "Các chi bộ đã chọn đang đúng như vậy rồi, không có gì thay đổi.")
    elif person is None:
        notices.done(request, f"Đã ghi thôi phụ trách {changed} chi bộ.")
    else:
        notices.done(request, f"Đã phân công đồng chí {person.full_name} phụ trách {changed} chi bộ.")
    return True
