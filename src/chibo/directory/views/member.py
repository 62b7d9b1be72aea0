"""One member: what is known, what changes the member's part, posts, leaving; each change is dated."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.accounts.models import Invitation, User
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import (
    CHANGES,
    change_kind,
    change_part,
    correct_person,
    end_fact,
    end_membership,
    hold_post,
)
from chibo.directory.forms import ChangeForm, KindForm, LastDayForm, OwnPhoneForm, PersonForm, PostForm
from chibo.directory.views.cell import led_cell, own_cell
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import Contact, Membership, Person, UnitPost
from chibo.orgs.models import Organisation

TITLES = {
    "loai": "Đổi loại đảng viên",
    "mien": "Miễn công tác và sinh hoạt đảng",
    "tam-di": "Tạm đi sinh hoạt nơi khác",
    "dinh-chi": "Đình chỉ sinh hoạt",
    "chuc-danh": "Chức danh ở đơn vị",
    "chuyen-di": "Chuyển đi, thôi sinh hoạt ở chi bộ",
}
EXPLANATIONS = {
    "loai": "Đảng viên dự bị được công nhận chính thức thì ghi từ ngày công nhận. Loại trước vẫn còn trong sổ.",
    "mien": "Chi bộ quyết định bằng nghị quyết. Đồng chí được miễn vẫn xem được như mọi đảng viên, không tính vắng.",
    "tam-di": "Đồng chí vẫn thuộc đảng số của chi bộ. Hết hạn thì ghi ngày về.",
    "dinh-chi": "Từ ngày này đồng chí không xem được gì trong Chibo cho đến khi hết đình chỉ.",
    "chuc-danh": "Chức danh của thôn, trường, cơ quan; không phải chức vụ trong Đảng.",
    "chuyen-di": "Sau ngày này đồng chí không xem được việc của chi bộ; biên bản các buổi đã dự còn xem trong 30 ngày.",
}
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
        {"change": change, "title": TITLES[change], "rows": list(_rows(model, cell, person_id))}
        for change, model in FACTS.items()
        if leads or change != "dinh-chi"
    ]
    context = {
        "cell": cell,
        "membership": membership,
        "person": membership.person,
        "history": Membership.objects.filter(cell=cell, person_id=person_id).order_by("validity"),
        "contact": Contact.objects.filter(person_id=person_id).first(),
        "offices": membership.person.offices.filter(organisation=cell, validity__contains=today()),
        "facts": facts,
        "leads": leads,
        "own": own,
        "user": user,
        "has_password": user is not None and user.has_usable_password(),
        "invited": user is not None and Invitation.objects.open().filter(user=user).exists(),
    }
    return render(request, "directory/member.html", context)


def _rows(model: Any, cell: Organisation, person_id: UUID) -> Any:
    return model.objects.filter(cell=cell, person_id=person_id).order_by("-validity")


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
    require(change in TITLES)
    cell = led_cell(request)
    membership = _membership(cell, person_id)
    person, by = membership.person, request.standing
    form = _change_form(request, change)

    def save(fields: dict[str, Any]) -> str:
        if change == "loai":
            change_kind(by=by, membership=membership, **fields)
        elif change == "chuyen-di":
            end_membership(by=by, membership=membership, **fields)
        elif change == "chuc-danh":
            hold_post(by=by, cell=cell, person=person, **fields)
        else:
            change_part(by=by, cell=cell, person=person, change=change, **fields)
        return f"Đã ghi: {TITLES[change].lower()}, đồng chí {person.full_name}."

    title = f"{TITLES[change]}: {person.full_name}"
    return _page(request, person, form, save, title=title, button="Ghi vào sổ", explanation=EXPLANATIONS[change])


def _change_form(request: Request, change: str) -> forms.Form:
    """The form of a change; only an absence has a destination."""
    kinds: dict[str, type[forms.Form]] = {"loai": KindForm, "chuc-danh": PostForm, "chuyen-di": LastDayForm}
    form = kinds.get(change, ChangeForm)(request.POST or None)
    if change in CHANGES and change != "tam-di":
        del form.fields["destination"]
    return form


@login_required
@require_http_methods(["GET", "POST"])
def finish(request: Request, person_id: UUID, change: str, row_id: UUID) -> HttpResponse:
    """End a dated fact after its last day."""
    require(change in FACTS)
    cell = led_cell(request)
    person = _membership(cell, person_id).person
    row = found(FACTS[change].objects.filter(pk=row_id, cell=cell, person=person).first())
    form = LastDayForm(request.POST or None)

    def save(fields: dict[str, Any]) -> str:
        end_fact(by=request.standing, row=row, last_day=fields["last_day"])
        return f"Đã ghi ngày kết thúc: {TITLES[change].lower()}, đồng chí {person.full_name}."

    title = f"Kết thúc: {TITLES[change].lower()}, {person.full_name}"
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
            form.add_error(next(iter(form.fields)), str(reason))
        else:
            notices.done(request, words)
            stays = Membership.objects.filter(person=person, validity__contains=today()).exists()
            return redirect(f"/so-chi-bo/dang-vien/{person.pk}/" if stays else "/so-chi-bo/dang-vien/")
    context = {"person": person, "form": form, "title": title, "button": button, "explanation": explanation}
    return render(request, "directory/member_form.html", context, status=422 if form.is_bound else 200)
