"""One member: what is known, what changes the member's part, posts, leaving; each change is dated."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from psycopg.types.range import DateRange

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.access.visible import visible
from chibo.accounts.models import Invitation, User
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import CHANGES, correct_person, end_fact
from chibo.directory.course import course_of, probation_of
from chibo.directory.forms import LastDayForm, OwnPhoneForm, PersonForm
from chibo.directory.views.cell import led_cell, own_cell
from chibo.directory.views.member_acts import ACTS
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import Contact, Membership, Person, Transfer, UnitPost
from chibo.orgs.models import Organisation

FACTS: dict[str, Any] = {**CHANGES, "chuc-danh": UnitPost}


def _membership(cell: Organisation, person_id: UUID) -> Membership:
    """Today's membership of a person in the cell.

    Raises:
        Http404: there is none.
    """
    rows = Membership.objects.filter(cell=cell, person_id=person_id, validity__contains=today())
    membership: Membership = found(rows.select_related("person").first())
    return membership


@login_required
@require_GET
def member(request: Request, person_id: UUID) -> HttpResponse:
    """What the book holds of one member; for the committee and for oneself."""
    cell = own_cell(request)
    leads, own = request.standing.leads(cell.pk), request.standing.person_id == person_id
    require(leads or own)
    membership = _membership(cell, person_id)
    user = User.objects.filter(person_id=person_id).first()
    facts = [
        {"change": change, "title": ACTS[change].title, "row": row}
        for change, model in FACTS.items()
        if leads or change != "dinh-chi"
        for row in _lasting(model, cell, person_id)
    ]
    transfer = visible(Transfer.objects.pending().filter(person_id=person_id), request.standing).first()
    acts = _acts(membership) if leads else []
    context = {
        "cell": cell,
        "membership": membership,
        "person": membership.person,
        "course": course_of(membership.person, request.standing),
        "transfer": transfer,
        "probation": probation_of(membership),
        "contact": Contact.objects.filter(person_id=person_id).first(),
        "offices": membership.person.offices.filter(organisation=cell, validity__contains=today()),
        "facts": facts,
        "acts": [one for one in acts if one[0] not in RARELY],
        "rare_acts": [one for one in acts if one[0] in RARELY],
        "leads": leads,
        "own": own,
        "user": user,
        "has_password": user is not None and user.has_usable_password(),
        "invited": user is not None and Invitation.objects.open().filter(user=user).exists(),
    }
    return render(request, "directory/member.html", context)


OF_PROBATION = ("chinh-thuc", "ngay-ket-nap")
RARELY = ("dinh-chi", "ra-khoi-dang", "tu-ngay", "loai")
OF_ARRIVALS = ("loai", "chuyen-di")  # of whoever belongs elsewhere the home cell records the rest


def _acts(membership: Membership) -> list[tuple[str, str]]:
    """What may be recorded, as address and title: of probation only for who is on it."""
    if membership.kind == Membership.Kind.TEMPORARY:
        return [(name, ACTS[name].title) for name in OF_ARRIVALS]
    on_probation = membership.kind == Membership.Kind.PROBATIONARY
    return [(name, act.title) for name, act in ACTS.items() if on_probation or name not in OF_PROBATION]


def _lasting(model: Any, cell: Organisation, person_id: UUID) -> Any:
    """Dated rows that hold today or later; what is over stands in the course."""
    rows = model.objects.filter(cell=cell, person_id=person_id)
    return rows.exclude(validity__fully_lt=DateRange(today(), None)).order_by("validity")


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: Request, person_id: UUID) -> HttpResponse:
    """Put right what is known of a member."""
    cell = led_cell(request)
    person = _membership(cell, person_id).person
    contact = Contact.objects.filter(person=person).first()
    names = ("full_name", "birth_year", "sex", "code")
    known = {name: getattr(person, name) for name in names}
    known |= {"phone": contact.phone if contact else "", "shared": contact is not None and contact.shared_with_cell}
    form = PersonForm(request.POST or None, initial=known)

    def save(fields: dict[str, Any]) -> str:
        correct_person(by=request.standing, cell=cell, person=person, **fields)
        return f"Đã sửa thông tin đồng chí {fields['full_name']}."

    return _page(request, person, form, save, title=f"Sửa thông tin {person.full_name}", button="Lưu thông tin")


@login_required
@require_http_methods(["GET", "POST"])
def own_phone(request: Request) -> HttpResponse:
    """One's own phone, and whether the other members see it."""
    cell = own_cell(request)
    person = Person.objects.get(pk=found(request.standing.person_id))
    contact = Contact.objects.filter(person=person).first()
    known = {"phone": contact.phone, "shared": contact.shared_with_cell} if contact else {}
    form = OwnPhoneForm(request.POST or None, initial=known)

    def save(fields: dict[str, Any]) -> str:
        new = {"phone": fields["phone"], "shared_with_cell": fields["shared"]}
        Contact.objects.update_or_create(person=person, defaults=new)
        events.record("member.own_phone", chain=cell.pk, by=person.pk, obj=person)
        return "Đã lưu số điện thoại của đồng chí."

    return _page(request, person, form, save, title="Điện thoại của đồng chí", button="Lưu số điện thoại")


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, person_id: UUID, change: str) -> HttpResponse:
    """Record one dated change."""
    act = found(ACTS.get(change))
    cell = led_cell(request)
    membership = _membership(cell, person_id)
    form = act.form(request.POST or None)

    def save(fields: dict[str, Any]) -> str:
        act.save(by=request.standing, cell=cell, membership=membership, **fields)
        return f"Đã ghi: {act.title[0].lower()}{act.title[1:]}, đồng chí {membership.person.full_name}."

    return _page(
        request,
        membership.person,
        form,
        save,
        title=f"{act.title}: {membership.person.full_name}",
        button="Ghi vào sổ",
        explanation=act.explanation(membership),
    )


@login_required
@require_http_methods(["GET", "POST"])
def finish(request: Request, person_id: UUID, change: str, row_id: UUID) -> HttpResponse:
    """End a dated fact after its last day."""
    require(change in FACTS)
    cell = led_cell(request)
    person = _membership(cell, person_id).person
    row = found(FACTS[change].objects.filter(pk=row_id, cell=cell, person=person).first())
    form = LastDayForm(request.POST or None)
    words = ACTS[change].title[0].lower() + ACTS[change].title[1:]

    def save(fields: dict[str, Any]) -> str:
        end_fact(by=request.standing, row=row, last_day=fields["last_day"])
        return f"Đã ghi ngày kết thúc: {words}, đồng chí {person.full_name}."

    title = f"Kết thúc: {words}, {person.full_name}"
    return _page(request, person, form, save, title=title, button="Ghi ngày kết thúc")


def _page(
    request: Request,
    person: Person,
    form: forms.Form,
    save: Callable[[dict[str, Any]], str],
    *,
    title: str,
    button: str,
    explanation: str = "",
) -> HttpResponse:
    """One form on one page; what cannot be is said above the first field, with what was typed still there."""
    if request.method == "POST" and form.is_valid():
        try:
            words = save(form.cleaned_data)
        except NotPossible as reason:
            form.add_error(reason.field if reason.field in form.fields else next(iter(form.fields)), str(reason))
        else:
            notices.done(request, words)
            stays = Membership.objects.filter(person=person, validity__contains=today()).exists()
            return redirect(f"/so-chi-bo/dang-vien/{person.pk}/" if stays else "/so-chi-bo/dang-vien/")
    context = {"person": person, "form": form, "title": title, "button": button, "explanation": explanation}
    return render(request, "directory/member_form.html", context, status=422 if form.is_bound else 200)
