"""The page of a meeting's openings: confirm one, void one, and read what was set aside with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.lib.vietnamese import number_word
from chibo.look import notices
from chibo.look.forms import Form
from chibo.meetings.device import late_words
from chibo.meetings.models import Entry, Meeting, State
from chibo.meetings.room import log, openings
from chibo.meetings.room.fold import fold
from chibo.meetings.room.openings import Opening
from chibo.meetings.room.screens import elsewhere, meeting_of
from chibo.members.models import Person

KEEP, ASIDE = "keep", "aside"


class VoidForm(Form):
    """Why an opening does not count, and what becomes of what its device wrote."""

    why = forms.CharField(label="Vì sao bỏ lần mở này", help_text="Máy đã mở hiện lý do này.", max_length=300)
    notes = forms.ChoiceField(
        label="Phần máy ấy đã ghi",
        choices=[(KEEP, "Đưa vào buổi họp mở ở máy khác"), (ASIDE, "Để riêng, không vào biên bản")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{opening.record.id}-%s", **kwargs)
        if not (opening.others and opening.own):
            del self.fields["notes"]


@login_required
def page(request: Request, id: UUID) -> HttpResponse:
    """The openings of a meeting that is not signed; for whoever opens by right."""
    meeting = meeting_of(request, id)
    require(openings.may_judge(meeting, request.standing))
    if meeting.state == State.SIGNED:
        return elsewhere(request, meeting)
    records = log.records_of(meeting)
    found_ = openings.openings_of(records, fold(records))
    if request.method != "POST":
        return _page(request, meeting, found_)
    opening = _chosen(request, found_)
    if request.POST.get("act") == "confirm":
        return _confirm(request, meeting, opening)
    form = VoidForm(request.POST, opening=opening)
    if not form.is_valid():
        return _page(request, meeting, found_, wrong=(opening, form))
    return _void(request, meeting, opening, form)


def _chosen(request: Request, rows: Sequence[Opening]) -> Opening:
    """The opening that a form is about.

    Raises:
        Http404: it is not there.
    """
    try:
        wanted = UUID(request.POST.get("opening", ""))
    except ValueError:
        raise Http404 from None
    return found(next((one for one in rows if one.record.id == wanted), None))


def _confirm(request: Request, meeting: Meeting, opening: Opening) -> HttpResponse:
    openings.confirm(meeting=meeting, opening=opening.record.id, by=request.standing, device=log.device_of(request))
    notices.done(request, f"Đã xác nhận: đồng chí {_name(opening.record.author)} mở cuộc họp, lần mở ấy được tính.")
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/lan-mo/")


def _void(request: Request, meeting: Meeting, opening: Opening, form: VoidForm) -> HttpResponse:
    number = openings.void(
        meeting=meeting,
        opening=opening.record.id,
        why=form.cleaned_data["why"],
        keep=form.cleaned_data.get("notes") == KEEP,
        by=request.standing,
        device=log.device_of(request),
    )
    aside = f" {number} dòng để riêng, không mất." if number else ""
    notices.done(request, f"Đã bỏ lần mở của đồng chí {_name(opening.record.author)}.{aside}")
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/lan-mo/")


def _name(person: UUID) -> str:
    return Person.objects.filter(pk=person).values_list("full_name", flat=True).first() or "không còn trong sổ"


def _page(
    request: Request, meeting: Meeting, rows: Sequence[Opening], wrong: tuple[Opening, VoidForm] | None = None
) -> HttpResponse:
    names = _names(rows)
    kept = Entry.objects.visible_to(request.standing).in_bulk([one.id for row in rows for one in row.aside])
    context = {
        "meeting": meeting,
        "title": _title(rows, names),
        "doubted": any(row.doubted and row.stands for row in rows),
        "form": wrong[1] if wrong else None,
        "rows": [
            {
                "row": row,
                "who": names.get(row.record.author, ""),
                "judge": names.get(row.verdict.author, "") if row.verdict else "",
                "chair": names.get(UUID(row.record.payload["chair"]), ""),
                "form": wrong[1] if wrong and wrong[0].record.id == row.record.id else VoidForm(opening=row),
                "aside": [_line(kept[one.id], names) for one in row.aside if one.id in kept],
            }
            for row in rows
        ],
    }
    return render(request, "meetings/room/openings.html", context, status=422 if wrong else 200)


def _title(rows: Sequence[Opening], names: dict[UUID, str]) -> str:
    """How it stands, in a sentence."""
    standing = next((row for row in rows if row.stands), None)
    if standing is None:
        return "Cuộc họp chưa mở, lần mở trước đã bỏ" if rows else "Cuộc họp chưa mở lần nào"
    who = names.get(standing.record.author, "")
    if standing.doubted:
        return f"Đồng chí {who} mở cuộc họp, cần đồng chí xác nhận"
    return f"Đồng chí {who} mở cuộc họp" if len(rows) == 1 else f"{number_word(len(rows)).capitalize()} lần mở cuộc họp"


def _names(rows: Sequence[Opening]) -> dict[UUID, str]:
    """The names of those who opened, preside, decided, or wrote what was set aside."""
    wanted = {one.author for row in rows for one in (row.record, *row.aside)}
    wanted |= {row.verdict.author for row in rows if row.verdict}
    wanted |= {UUID(row.record.payload["chair"]) for row in rows}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "full_name"))


def _line(entry: Entry, names: dict[UUID, str]) -> dict[str, Any]:
    """One entry that was set aside, in words."""
    return {
        "kind": late_words.kind_of(entry),
        "words": late_words.words_of(entry),
        "who": names.get(entry.author_id, ""),
        "at": entry.at,
    }
