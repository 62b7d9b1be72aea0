"""The list of members: reading, searching, entering one, pasting many."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.models import TermOfOffice
from chibo.access.request import Request
from chibo.access.visible import visible
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import enter_list, enter_member
from chibo.directory.course import Probation, probation_of
from chibo.directory.forms import MemberForm, PasteForm
from chibo.directory.paste import Paste, PastedMember, parse_members
from chibo.directory.views.cell import led_cell, own_cell
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold, same_word
from chibo.look import notices, searching
from chibo.members.models import Contact, Membership, UnitPost
from chibo.members.roster import RosterLine, count, roster
from chibo.orgs.models import Organisation


@dataclass
class MemberRow:
    """One line of the list."""

    line: RosterLine
    phone: str = ""
    probation: Probation | None = None
    offices: list[str] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """What changes the member's part today, in words."""
        words = [
            ("miễn sinh hoạt", self.line.exempt),
            ("tạm đi nơi khác", self.line.away),
            ("đình chỉ sinh hoạt", self.line.suspended),
        ]
        return ", ".join(word for word, is_so in words if is_so)

    @property
    def kind(self) -> str:
        """Official, probationary, or from elsewhere."""
        return str(Membership.Kind(self.line.kind).label)


def start_of_year() -> date:
    """From when a member belongs here where nobody says it; the form says that it will be so."""
    return today().replace(month=1, day=1)


@login_required
@require_GET
def members(request: Request) -> HttpResponse:
    """The list, in the order of names; "dang" finds Đảng."""
    cell = own_cell(request)
    sought = searching.sought(request)
    lines = roster(cell, today())
    rows = _rows(request, cell, [line for line in lines if fold(sought) in fold(line.full_name)])
    context = {
        "cell": cell,
        "rows": rows,
        "counts": count(lines),
        "total": len(lines),
        "sought": sought,
        "leads": request.standing.leads(cell.pk),
    }
    return render(request, "directory/members.html", context)


def _rows(request: Request, cell: Organisation, lines: list[RosterLine]) -> list[MemberRow]:
    """The lines with what stands beside them: the phone as far as it may be seen, offices and posts."""
    ids = [line.person_id for line in lines]
    phones = dict(visible(Contact.objects.filter(person__in=ids), request.standing).values_list("person_id", "phone"))
    offices: dict[UUID, list[str]] = {}
    for term in TermOfOffice.objects.on(today()).committee_of(cell).filter(person__in=ids):
        offices.setdefault(term.person_id, []).append(term.get_office_display())
    posts = visible(UnitPost.objects.filter(cell=cell, person__in=ids, validity__contains=today()), request.standing)
    for person_id, title in posts.values_list("person_id", "title"):
        offices.setdefault(person_id, []).append(title)
    on_probation = {
        one.person_id: probation_of(one)
        for one in Membership.objects.filter(
            cell=cell, person__in=ids, kind=Membership.Kind.PROBATIONARY, validity__contains=today()
        )
    }
    return [
        MemberRow(one, phones.get(one.person_id, ""), on_probation.get(one.person_id), offices.get(one.person_id, []))
        for one in lines
    ]


@login_required
@require_http_methods(["GET", "POST"])
def new_member(request: Request) -> HttpResponse:
    """Enter one member."""
    cell = led_cell(request)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"since": form.cleaned_data["since"] or start_of_year()}
        try:
            person = enter_member(by=request.standing, cell=cell, **fields)
        except NotPossible as reason:
            form.add_error("code", str(reason))
        else:
            notices.done(request, f"Đã thêm đồng chí {person.full_name} vào sổ.")
            return redirect("/so-chi-bo/dang-vien/")
    status = 422 if form.is_bound else 200
    return render(request, "directory/new_member.html", {"cell": cell, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def paste(request: Request) -> HttpResponse:
    """Enter many members from a list: look at what was read, then record what is right; the rest stays to be mended."""
    cell = led_cell(request)
    form = PasteForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _paste_page(request, cell, form, None, status=422 if form.is_bound else 200)
    text, kind = form.cleaned_data["text"], form.cleaned_data["kind_for_all"]
    read = parse_members(text, kind)
    new, known = _apart(read, roster(cell, today()))
    if "confirm" not in request.POST or not new:
        return _paste_page(request, cell, form, read, new, known)
    since = form.cleaned_data["since"] or start_of_year()
    try:
        office_since = form.cleaned_data["office_since"]
        people = enter_list(by=request.standing, cell=cell, members=new, since=since, office_since=office_since)
    except NotPossible as reason:
        form.add_error("text", str(reason))
        return _paste_page(request, cell, form, read, new, known, status=422)
    notices.done(request, f"Đã ghi {len(people)} đồng chí vào sổ.")
    if not read.errors:
        return redirect("/so-chi-bo/dang-vien/")
    # What was wrong stays in the field, as it was typed, to be mended and sent again.
    lines = text.splitlines()
    left = "\n".join(lines[error.line - 1] for error in read.errors)
    days = {name: request.POST.get(name, "") for name in ("since", "office_since")}
    rest = {"text": left, "kind_for_all": kind, **days}
    form = PasteForm(rest)
    form.is_valid()
    return _paste_page(request, cell, form, parse_members(left, kind))


def _apart(read: Paste, lines: list[RosterLine]) -> tuple[list[PastedMember], list[PastedMember]]:
    """Who is new, and who stands in the book already under the same name and is left out."""
    new: list[PastedMember] = []
    known: list[PastedMember] = []
    for one in read.members:
        same = any(same_word(line.full_name, one.full_name) for line in lines)
        (known if same else new).append(one)
    return new, known


def _paste_page(
    request: Request,
    cell: Organisation,
    form: PasteForm,
    read: Paste | None,
    new: list[PastedMember] | None = None,
    known: list[PastedMember] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"cell": cell, "form": form, "read": read, "new": new or [], "known": known or []}
    return render(request, "directory/paste.html", context, status=status)
