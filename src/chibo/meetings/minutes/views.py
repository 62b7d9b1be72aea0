"""Reading, signing, sending up and correcting minutes; and every paper of a meeting as a file."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.accounts.confirmation import ConfirmationForm
from chibo.directory.gatherings import open_doors
from chibo.directory.history import readings
from chibo.documents import docx, pdf
from chibo.documents.blocks import Document
from chibo.documents.flow import number_line
from chibo.documents.layout import layout_on
from chibo.documents.models import IssuedDocument
from chibo.lib.dates import now, today
from chibo.look import notices
from chibo.meetings.device import late
from chibo.meetings.device.waiting import waiting_for
from chibo.meetings.documents import (
    ANNOTATION,
    KINDS,
    NoSuchPaper,
    build,
    minutes_document,
    minutes_frame,
    minutes_kind,
)
from chibo.meetings.minutes import commands, figures
from chibo.meetings.minutes.correctable import correctable
from chibo.meetings.minutes.draft import Draft, title_of
from chibo.meetings.minutes.left_out import left_out, off_programme
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.minutes.readers import may_read
from chibo.meetings.minutes.signed_sheet import in_sheet, signed_sheet
from chibo.meetings.models import AgendaItem, Annotation, Meeting, Minutes, MinutesSection, Signature, State
from chibo.meetings.prepare.checks import book_of
from chibo.meetings.registries import Correctable
from chibo.meetings.scoring.facts import is_by_another_table


class SignForm(ConfirmationForm):
    """Oneself once more: a signature is not given by an unlocked phone alone."""

    asked = forms.BooleanField(label="Đã hỏi, máy ấy không còn gì cần gửi")

    def __init__(self, *args: Any, waiting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["asked"]


class AnnotationForm(ConfirmationForm):
    """A correction: which section, what is right; and oneself once more, since writing it signs it."""

    section_key = forms.ChoiceField(label="Đính chính mục", required=False)
    fact = forms.ChoiceField(label="Sửa đúng một số liệu", required=False)
    new_value = forms.CharField(label="Đúng là", max_length=300, required=False)
    text = forms.CharField(label="Nội dung đính chính", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, outline: list[dict[str, str]], facts: Sequence[Correctable] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Cả biên bản"), *((part["key"], part["title"]) for part in outline)]
        self.fields["section_key"].choices = choices  # type: ignore[attr-defined]
        named = [
            (name, [(one.key, f"{one.words} (đang ghi: {one.value or 'trống'})") for one in group])
            for name, group in groupby(facts, lambda one: one.name)
        ]
        self.fields["fact"].choices = [("", "Không, chỉ ghi lời"), *named]  # type: ignore[attr-defined]
        if not facts:
            del self.fields["fact"], self.fields["new_value"]

    @property
    def correction(self) -> dict[str, str]:
        """What is corrected, and how."""
        return {
            name: self.cleaned_data[name]
            for name in ("section_key", "text", "fact", "new_value")
            if name in self.fields
        }


def _meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting that the person may see, or 404."""
    meetings = Meeting.objects.visible_to(request.standing).select_related("cell__parent", "chair", "clerk")
    return get_object_or_404(meetings, pk=meeting_id)


def _document_for(request: Request, meeting: Meeting) -> Document:
    """The minutes as this person may read them: a closed section that is not theirs leaves its place only."""
    if meeting.state != State.SIGNED:
        return minutes_document(meeting, None)
    return minutes_document(meeting, None, with_closed=_may_read_closed(request, meeting))


def _sheet_for(request: Request, meeting: Meeting, minutes: Minutes | None) -> dict[str, Any]:
    """The same as a page shows it; of signed minutes only what is not known already is made."""
    layout = layout_on(today())
    if meeting.state != State.SIGNED:
        return in_sheet(_document_for(request, meeting), layout)
    frame = minutes_frame(meeting, minutes)
    sheet = signed_sheet(meeting, frame, layout, with_closed=_may_read_closed(request, meeting))
    return {"document": frame, "number": number_line(frame, layout), "sheet": sheet}


def _may_read_closed(request: Request, meeting: Meeting) -> bool:
    closed = MinutesSection.DataClass.SELF_CRITICISM
    sections = MinutesSection.objects.filter(meeting=meeting, data_class=closed)
    return sections.visible_to(request.standing).exists()


@login_required
@require_GET
def page(request: Request, meeting_id: UUID) -> HttpResponse:
    """The minutes as the paper that will be filed, and what is still to be done with them."""
    meeting = _meeting(request, meeting_id)
    if not may_read(meeting, request.standing):
        raise Http404
    readings.note(request.standing, readings.What.MINUTES, meeting, cell_id=meeting.cell_id, meeting_id=meeting.pk)
    return render(request, "meetings/minutes/page.html", _context(request, meeting))


def _context(request: Request, meeting: Meeting, form: SignForm | None = None) -> dict[str, Any]:
    """Everything on the page of minutes. form: one that was refused."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    signatures = list(minutes.signatures.filter(annotation=None).select_related("person")) if minutes else []
    role = commands.role_of(meeting, request.standing)
    keeps = request.standing.keeps(meeting.pk, meeting.cell_id)
    unsigned = keeps and meeting.state in (State.OPEN, State.CLOSED)
    draft = draft_of(meeting) if unsigned else None
    waiting = waiting_for(meeting) if keeps and meeting.state == State.CLOSED else []
    my_turn = _my_turn(meeting, role, signatures)
    if form is None and my_turn:
        form = SignForm(request=request, waiting=bool(waiting))
    return {
        "meeting": meeting,
        **(_before_signing(meeting, draft, correctable=not signatures) if draft else {}),
        "minutes": minutes,
        **_sheet_for(request, meeting, minutes),
        "title": _title(meeting, signatures),
        "signed_by": {one.role: one for one in signatures},
        "role": role,
        "my_turn": my_turn,
        "may_give_back": bool(signatures) and meeting.state == State.CLOSED and bool(role),
        "keeps": keeps,
        "leads": request.standing.leads(meeting.cell_id),
        "form": form,
        "annotations": _annotations(request, meeting),
        "files": _files(request, meeting),
        "file_kind": minutes_kind(meeting),
        "posting_due": meeting.posting_due,
        "waiting": waiting,
        "late": len(late.waiting(meeting, request.standing)),
        "doors": open_doors(request.standing, meeting_id=meeting.pk) if keeps and meeting.is_over else [],
    }


def _title(meeting: Meeting, signatures: list[Signature]) -> str:
    """How the minutes stand, in a sentence."""
    if meeting.state == State.SIGNED:
        return f"Biên bản {meeting.title.lower()} đã ký"
    if meeting.state != State.CLOSED:
        return "Biên bản đang được ghi, buổi họp chưa kết thúc"
    if signatures:
        return "Thư ký đã ký, còn chữ ký của chủ trì"
    return "Biên bản chờ thư ký ký"


def _my_turn(meeting: Meeting, role: str, signatures: list[Signature]) -> bool:
    """Whether this person's signature is the next one."""
    if meeting.state != State.CLOSED or not role:
        return False
    signed = {one.role for one in signatures}
    if meeting.chair_id == meeting.clerk_id:
        return True
    return role not in signed and (role == Signature.Role.CLERK or Signature.Role.CLERK in signed)


def _before_signing(meeting: Meeting, draft: Draft, *, correctable: bool) -> dict[str, Any]:
    """What chair and clerk see beside the draft until both have signed. correctable: no signature stands yet."""
    room, titles = draft.room, {one.id: title_of(one) for one in draft.items}
    return {
        "read_at": room.read_at,
        "looks": len(room.needs_look),
        "other_table": is_by_another_table(meeting, room.rubric, book_of(meeting.cell, meeting)),
        "left_out": left_out(draft),
        "figures": figures.in_words(meeting, draft),
        "off_programme": off_programme(draft),
        "corrections": draft.corrections,
        "remarks": [
            {"id": one.id, "who": capfirst(draft.speaker(one)), "title": titles[one.item], "text": one.text}
            for one in (room.remarks.values() if correctable else ())
        ],
    }


def _annotations(request: Request, meeting: Meeting) -> list[dict[str, Any]]:
    """Corrections with who has signed them; an unsigned one is shown to clerk and chair alone."""
    role = commands.role_of(meeting, request.standing)
    found = (
        Annotation.objects.visible_to(request.standing).filter(meeting=meeting).prefetch_related("signatures__person")
    )
    rows = [
        {
            "annotation": one,
            "signatures": list(one.signatures.all()),
            "complete": len(one.signatures.all()) == 2,
            "my_turn": bool(role) and role not in {s.role for s in one.signatures.all()},
        }
        for one in found
    ]
    return [row for row in rows if row["complete"] or role]


def _files(request: Request, meeting: Meeting) -> list[IssuedDocument]:
    """The frozen files that this person may open."""
    return list(
        IssuedDocument.objects.visible_to(request.standing).filter(meeting_id=meeting.pk).light().order_by("made_at")
    )


@sensitive_post_parameters("password")
@login_required
@require_POST
def sign(request: Request, meeting_id: UUID) -> HttpResponse:
    """Sign in one's own role."""
    meeting = _meeting(request, meeting_id)
    if not commands.role_of(meeting, request.standing):
        raise Http404
    form = SignForm(request.POST, request=request, waiting=bool(waiting_for(meeting)))
    if form.is_valid():
        try:
            commands.sign(meeting=meeting, by=request.standing, asked=form.cleaned_data.get("asked", False))
        except commands.NotNow as reason:
            form.add_error(None, reason)
        else:
            return _signed(request, meeting)
    meeting.refresh_from_db()
    return render(request, "meetings/minutes/page.html", _context(request, meeting, form), status=422)


def _signed(request: Request, meeting: Meeting) -> HttpResponse:
    """Say what the signature has done."""
    meeting.refresh_from_db()
    if meeting.state == State.SIGNED:
        notices.done(request, "Biên bản đã đủ hai chữ ký. Nghị quyết, biên bản đã có số và tệp để đăng, gửi.")
    else:
        notices.done(request, "Đồng chí đã ký. Chủ trì ký tiếp trên tài khoản của mình.")
    return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")


@login_required
@require_POST
def give_back(request: Request, meeting_id: UUID) -> HttpResponse:
    """Take the first signature back to correct something."""
    return _act(request, meeting_id, commands.give_back, "Đã bỏ chữ ký. Sửa trong bản ghi rồi ký lại.")


@login_required
@require_POST
def submit(request: Request, meeting_id: UUID) -> HttpResponse:
    """Send minutes and resolution up."""
    return _act(
        request,
        meeting_id,
        commands.submit,
        "Đã gửi biên bản cho cấp ủy viên phụ trách và báo cáo nghị quyết lên cấp trên.",
    )


def _act(request: Request, meeting_id: UUID, command: Any, said: str) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    try:
        command(meeting=meeting, by=request.standing)
    except commands.NotNow as reason:
        notices.fail(request, reason.messages[0])
    else:
        notices.done(request, said)
    return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
def annotate(request: Request, meeting_id: UUID) -> HttpResponse:
    """Write a correction under signed minutes."""
    meeting = _meeting(request, meeting_id)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if not commands.role_of(meeting, request.standing) or minutes is None or meeting.state != State.SIGNED:
        raise Http404
    facts = correctable(meeting)
    form = AnnotationForm(request.POST or None, request=request, outline=minutes.outline, facts=facts)
    if request.method == "POST" and form.is_valid():
        try:
            commands.annotate(meeting=meeting, by=request.standing, **form.correction)
        except commands.NotNow as reason:
            form.add_error("new_value" if reason.code == "fact" else "text", reason)
        else:
            notices.done(request, "Đã ghi đính chính và chữ ký của đồng chí. Có hiệu lực khi người kia cùng ký.")
            return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/minutes/annotate.html", {"meeting": meeting, "form": form}, status=status)


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
def sign_annotation(request: Request, meeting_id: UUID, annotation_id: UUID) -> HttpResponse:
    """Read a correction that the other one wrote, and sign it."""
    meeting = _meeting(request, meeting_id)
    found = Annotation.objects.visible_to(request.standing).filter(meeting=meeting).select_related("minutes", "meeting")
    annotation = get_object_or_404(found, pk=annotation_id)
    if not commands.role_of(meeting, request.standing):
        raise Http404
    form = SignForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        try:
            commands.sign_annotation(annotation=annotation, by=request.standing)
        except commands.NotNow as reason:
            form.add_error(None, reason)
        else:
            notices.done(request, "Đã ký đính chính.")
            return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    titles = {part["key"]: part["title"] for part in annotation.minutes.outline}
    about = titles.get(annotation.section_key, "Cả biên bản")
    context = {"meeting": meeting, "annotation": annotation, "about": about, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/minutes/sign_annotation.html", context, status=status)


MEDIA = {"docx": docx.MEDIA_TYPE, "pdf": pdf.MEDIA_TYPE}


@login_required
@require_GET
def paper(request: Request, meeting_id: UUID, kind: str, extension: str) -> HttpResponse:
    """A paper of a meeting as DOCX or PDF: the frozen file once it is signed, else as it would be printed now."""
    meeting = _meeting(request, meeting_id)
    if (kind not in KINDS and not kind.startswith(ANNOTATION)) or extension not in MEDIA:
        raise Http404
    issued = IssuedDocument.objects.filter(meeting_id=meeting.pk, kind=kind)
    frozen = issued.visible_to(request.standing).first()
    if frozen is not None:
        content = bytes(frozen.docx if extension == "docx" else frozen.pdf)
    else:
        content = _render(_draft(request, meeting, kind), extension)
    readings.note(request.standing, readings.What.DOCUMENT, meeting, cell_id=meeting.cell_id, meeting_id=meeting.pk)
    name = f"{kind}-{meeting.period:%Y-%m}.{extension}"
    response = HttpResponse(content, content_type=MEDIA[extension])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _draft(request: Request, meeting: Meeting, kind: str) -> Document:
    """The paper rendered for this person, or 404: programme for whoever reads the agenda, the rest by its class."""
    keeps = request.standing.keeps(meeting.pk, meeting.cell_id)
    agenda = kind in ("giay-moi", "chuong-trinh")
    if agenda and not keeps and meeting.announced_at is None:
        raise Http404
    if agenda and not keeps and not _reads_agenda(request, meeting):
        raise Http404
    if kind == minutes_kind(meeting) and not keeps:
        if not may_read(meeting, request.standing):
            raise Http404
        return _document_for(request, meeting)
    if not agenda and not keeps:
        raise Http404
    if kind not in KINDS:  # a correction is a paper once both have signed it, and not before
        raise Http404
    try:
        return build(kind, meeting)
    except NoSuchPaper as reason:
        raise Http404 from reason


def _reads_agenda(request: Request, meeting: Meeting) -> bool:
    return bool(AgendaItem.objects.visible_to(request.standing).filter(meeting=meeting).exists())


def _render(document: Document, extension: str) -> bytes:
    moment, layout = now(), layout_on(today())
    render_as = docx.render_docx if extension == "docx" else pdf.render_pdf
    return render_as(document, made_at=moment, layout=layout)
