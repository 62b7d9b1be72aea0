"""Signing, sending up, correcting: what is done to minutes after the meeting."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from chibo.access.models import MeetingDuty
from chibo.access.standing import Standing, found, require
from chibo.audit.events import record
from chibo.documents.kinds import Body as PaperBody
from chibo.documents.kinds import DocumentType
from chibo.documents.models import DataClass, IssuedDocument, NumberSeries
from chibo.lib.dates import now, today
from chibo.lib.vietnamese import normalise
from chibo.meetings import registries
from chibo.meetings.device.waiting import waiting_for
from chibo.meetings.documents import annotation_document, annotation_kind, minutes_document, minutes_kind
from chibo.meetings.minutes import sealing
from chibo.meetings.minutes.correctable import correctable
from chibo.meetings.minutes.freeze import Tampered, check_frozen, freeze, thaw
from chibo.meetings.models import Annotation, Meeting, Minutes, MinutesSection, Signature, State
from chibo.meetings.prepare.checks import book_of
from chibo.meetings.room.log import room_of
from chibo.meetings.room.project import fit
from chibo.meetings.room.rubric import points_words
from chibo.meetings.scoring.facts import is_by_another_table
from chibo.meetings.scoring.ratings import keep_rating

Role = Signature.Role
# The clerk keeps the rights of the clerk for this long, to sign a correction.
DAYS_OF_CLERK_AFTER_SIGNING = 30


class NotNow(ValidationError):
    """The act is not possible at this point; the message says why and what to do, in Vietnamese."""


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it now stands, its row held until the transaction ends.

    Raises Http404 for whoever may read it and not write: the database does not let them hold the row.
    """
    meetings = Meeting.objects.select_related("cell__parent", "chair", "clerk")
    return found(meetings.select_for_update(no_key=True, of=("self",)).filter(pk=meeting.pk).first())


def role_of(meeting: Meeting, by: Standing) -> str:
    """Which signature is this person's: clerk, chair, or none."""
    if by.person_id is None:
        return ""
    if by.person_id == meeting.clerk_id:
        return Role.CLERK
    return Role.CHAIR if by.person_id == meeting.chair_id else ""


def sign(*, meeting: Meeting, by: Standing, asked: bool = False) -> Minutes:
    """Sign the minutes in one's own role; the clerk first, then the chair. The chair's signature completes them.

    asked: whoever signs has asked after the devices that may still hold something of the meeting.

    Raises Http404 for whoever is neither, NotNow when it is not this person's turn or something bars signing.
    """
    require(bool(role_of(meeting, by)))
    with transaction.atomic():
        meeting = locked(meeting)
        role = role_of(meeting, by)
        _refuse_unready(meeting)
        if (devices := len(waiting_for(meeting))) and not asked:
            raise NotNow("Còn máy trong phòng họp có thể chưa gửi hết. Hỏi lại từng máy, rồi đánh dấu đã hỏi.")
        minutes, _ = Minutes.objects.get_or_create(meeting=meeting, defaults=meeting.keys)
        signed = set(minutes.signatures.filter(annotation=None).values_list("role", flat=True))
        if role in signed and meeting.chair_id == meeting.clerk_id:
            role = Role.CHAIR
        if role in signed:
            raise NotNow("Đồng chí đã ký biên bản này.")
        if role == Role.CHAIR and Role.CLERK not in signed:
            raise NotNow("Thư ký ký trước, chủ trì ký sau. Nhắc thư ký ký biên bản.")
        if minutes.frozen_at is None:
            minutes.read_at = room_of(meeting).read_at
            minutes.save(update_fields=["read_at"])
            freeze(meeting, minutes)
        _refuse_changed(minutes)
        Signature.objects.create(
            **meeting.keys, minutes=minutes, role=role, person_id=by.me, root=minutes.root, signed_at=now()
        )
        after = {"devices": devices} if devices else {}
        record("minutes.signed", chain=meeting.cell_id, by=by.person_id, obj=meeting, role=role, **after)
        if role == Role.CHAIR:
            _complete(meeting, minutes, by)
    return minutes


def _refuse_unready(meeting: Meeting) -> None:
    """Signing waits for the end of the meeting, a clerk, a chair, and for what needs a look (design.md 3, rule 4)."""
    if meeting.state == State.SIGNED:
        raise NotNow("Biên bản đã ký đủ. Cần sửa thì thêm đính chính.")
    if meeting.state != State.CLOSED:
        raise NotNow("Buổi họp chưa kết thúc. Kết thúc buổi họp rồi ký biên bản.")
    if meeting.clerk_id is None or meeting.chair_id is None:
        raise NotNow("Chưa ghi ai chủ trì, ai là thư ký. Mở phòng họp, cử thư ký rồi ký.")
    if room_of(meeting).needs_look:
        raise NotNow("Còn chỗ cần xem lại. Bấm “Xem lại” ở phần ký, chọn từng chỗ rồi ký.")


def _refuse_changed(minutes: Minutes) -> None:
    """Whoever signs second signs what the first has signed."""
    try:
        check_frozen(minutes)
    except Tampered as found:
        raise NotNow("Bản ghi đã khác với lúc thư ký ký. Bỏ chữ ký ấy, xem lại biên bản rồi ký lại từ đầu.") from found


def _complete(meeting: Meeting, minutes: Minutes, by: Standing) -> None:
    """Number, freeze the files, erase what was not minuted (mission.md, never hold 1)."""
    moment = now()
    series = number_series(meeting, DocumentType.MINUTES)
    minutes.number = series.take()
    minutes.save(update_fields=["number"])
    meeting.state, meeting.signed_at = State.SIGNED, moment
    meeting.save(update_fields=["state", "signed_at"])
    closed = minutes.sections.filter(data_class=MinutesSection.DataClass.SELF_CRITICISM).exists()
    IssuedDocument.objects.freeze(
        minutes_document(meeting, minutes.number),
        cell=meeting.cell,
        body=PaperBody(meeting.body),
        meeting_id=meeting.pk,
        kind=minutes_kind(meeting),
        document_type=DocumentType.MINUTES,
        data_class="self_criticism" if closed else "discussion",  # type: ignore[arg-type]
        made_at=moment,
        made_by=by.me,
        series=series,
    )
    for act in registries.signing_acts:
        act(meeting, by.me, moment)
    rating = keep_rating(meeting)
    other = rating is not None and is_by_another_table(meeting, room_of(meeting).rubric, book_of(meeting.cell, meeting))
    until = today() + timedelta(days=DAYS_OF_CLERK_AFTER_SIGNING)
    MeetingDuty.objects.filter(meeting_id=meeting.pk).update(until=until)
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_erase(%s)", [meeting.pk])
    record("minutes.completed", chain=meeting.cell_id, by=by.person_id, obj=meeting, **sealing.seal(minutes))
    if rating is not None:
        points = {"total": points_words(rating.total), "due": points_words(rating.due)}
        table = {"table": "other"} if other else {}
        record("minutes.rated", chain=meeting.cell_id, by=by.person_id, obj=meeting, **points, **table)


def number_series(meeting: Meeting, document_type: DocumentType) -> NumberSeries:
    """Where a paper of the meeting takes its number, locked: signing needs no term to be entered (decision 0042)."""
    return NumberSeries.objects.locked(
        organisation=meeting.cell,
        body=PaperBody(meeting.body),
        document_type=document_type,
        term=meeting.cell.term_of_numbers(meeting.day),
    )


def give_back(*, meeting: Meeting, by: Standing) -> None:
    """The chair, or the clerk, takes the first signature back to correct something.

    Raises Http404 for others, NotNow once both have signed.
    """
    require(bool(role_of(meeting, by)))
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state == State.SIGNED:
            raise NotNow("Biên bản đã ký đủ. Cần sửa thì thêm đính chính.")
        minutes = Minutes.objects.filter(meeting=meeting).first()
        if minutes is not None:
            thaw(minutes)
            record("minutes.given_back", chain=meeting.cell_id, by=by.person_id, obj=meeting)


def submit(*, meeting: Meeting, by: Standing) -> None:
    """Open the signed minutes, without closed sections, to the follower, and the resolution to the committee above.

    Raises Http404 for whoever does not lead the cell, NotNow before both signatures.
    """
    require(by.leads(meeting.cell_id))
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state != State.SIGNED:
            raise NotNow("Biên bản chưa ký đủ. Ký xong rồi gửi.")
        if meeting.submitted_at is None:
            moment = now()
            meeting.submitted_at = meeting.reported_at = moment
            meeting.save(update_fields=["submitted_at", "reported_at"])
            for model in registries.reported_models:
                model._default_manager.filter(meeting=meeting).update(reported_at=moment)
            record("minutes.submitted", chain=meeting.cell_id, by=by.person_id, obj=meeting)


def annotate(
    *, meeting: Meeting, text: str, section_key: str, by: Standing, fact: str = "", new_value: str = ""
) -> Annotation:
    """Write a correction under signed minutes; it counts once clerk and chair have both signed it.

    fact: the key of one that `correctable` names, where it corrects just that; new_value: what is right, in words.

    Raises Http404 for others than clerk and chair, NotNow before signing, without text, or where nothing is new.
    """
    require(bool(role_of(meeting, by)))
    text, new_value = normalise(text).strip(), normalise(new_value).strip()
    if not text:
        raise NotNow("Chưa ghi nội dung đính chính.")
    with transaction.atomic():
        meeting = locked(meeting)
        minutes = Minutes.objects.filter(meeting=meeting).first()
        if meeting.state != State.SIGNED or minutes is None:
            raise NotNow("Biên bản chưa ký thì sửa thẳng vào ý kiến đã ghi, chưa cần đính chính.")
        annotation = Annotation(
            **meeting.keys,
            minutes=minutes,
            number=minutes.annotations.count() + 1,
            section_key=section_key,
            data_class=class_of(minutes, section_key),
            text=text,
            written_by=by.me,
        )
        if fact or new_value:
            _name_fact(annotation, meeting, fact, new_value)
        annotation.save(force_insert=True)
        _sign_annotation(meeting, annotation, by)
    return annotation


def _name_fact(annotation: Annotation, meeting: Meeting, key: str, new_value: str) -> None:
    """Put down which fact a correction is of, what stood there and what is right; its class is the more closed one."""
    found = next((one for one in correctable(meeting) if one.key == key), None)
    if found is None:
        raise NotNow(
            "Chưa chọn số liệu nào cần sửa. Chọn ở ô “Sửa đúng một số liệu”, hoặc xóa ô “Đúng là”.", code="fact"
        )
    if new_value in ("", found.value):
        raise NotNow(
            f"Chưa ghi giá trị đúng của {found.words}. Ghi ở ô “Đúng là”, khác với “{found.value}”.", code="fact"
        )
    annotation.fact, annotation.field = found.fact, found.field
    annotation.fact_name = f"{found.name}, {found.words}"
    annotation.old_value, annotation.new_value = found.value, new_value
    fit(annotation)
    closed = MinutesSection.DataClass.SELF_CRITICISM
    # A fact has a class of its own: the whole of the minutes is not what is corrected.
    own = annotation.data_class if annotation.section_key else found.data_class
    annotation.data_class = closed if closed in (own, found.data_class) else own


def class_of(minutes: Minutes, section_key: str) -> str:
    """Who may read what is said of a section: whoever reads the section; of the whole, whoever reads all of it."""
    classes = {one["data_class"] for one in minutes.outline if section_key in ("", one["key"])}
    closed = MinutesSection.DataClass.SELF_CRITICISM
    return closed if closed in classes or not classes else MinutesSection.DataClass.DISCUSSION


def sign_annotation(*, annotation: Annotation, by: Standing) -> None:
    """The other one of clerk and chair signs a correction.

    Raises Http404 for others, NotNow when this person has signed it.
    """
    with transaction.atomic():
        meeting = locked(annotation.meeting)
        require(bool(role_of(meeting, by)))
        _sign_annotation(meeting, annotation, by)


def _sign_annotation(meeting: Meeting, annotation: Annotation, by: Standing) -> None:
    role = role_of(meeting, by)
    signed = set(annotation.signatures.values_list("role", flat=True))
    if role in signed and meeting.chair_id == meeting.clerk_id:
        role = Role.CHAIR
    if role in signed:
        raise NotNow("Đồng chí đã ký đính chính này.")
    Signature.objects.create(
        **meeting.keys,
        minutes_id=annotation.minutes_id,
        annotation=annotation,
        role=role,
        person_id=by.me,
        root=sealing.sign_correction(annotation),
        signed_at=now(),
    )
    record("minutes.annotation_signed", chain=meeting.cell_id, by=by.person_id, obj=annotation, role=role)
    if annotation.signatures.count() == len(Role.values):
        _issue_annotation(meeting, annotation, by)


def _issue_annotation(meeting: Meeting, annotation: Annotation, by: Standing) -> None:
    """Both have signed a correction: it is frozen as a file of its own; the minutes stay as they are."""
    IssuedDocument.objects.freeze(
        annotation_document(meeting, annotation),
        cell=meeting.cell,
        body=PaperBody(meeting.body),
        meeting_id=meeting.pk,
        kind=annotation_kind(annotation.number),
        document_type=DocumentType.MINUTES,
        data_class=DataClass(annotation.data_class),
        made_at=now(),
        made_by=by.me,
    )
    sealing.seal_correction(annotation, by.person_id)
