"""Minutes of the version before, seals of the system over them, and what law erases under a seal."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chibo.access.scope import scope
from chibo.audit.chains import canonical, digest_of, new_salt
from chibo.audit.events import record
from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.documents.kinds import Body, DocumentType
from chibo.documents.models import DataClass, IssuedDocument
from chibo.lib.dates import now
from chibo.meetings.documents import annotation_document, minutes_document
from chibo.meetings.minutes import commands, sealing
from chibo.meetings.minutes.freeze import root_of
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.minutes.verify import coverage
from chibo.meetings.models import Annotation, Attendance, Guest, Meeting, Minutes, MinutesSection, Signature, State
from chibo.privacy.retention.classes import BY_KEY
from tests.meetings import signed_world
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(people: People) -> Meeting:
    return signed_world.held(people)


def frozen_before(meeting: Meeting) -> Minutes:
    """Minutes as the version before froze them: form 1, a root over the digests of the sections' text alone."""
    minutes = Minutes.objects.create(**meeting.keys, read_at=None)
    rows = []
    for place, section in enumerate(sections_of(meeting), 1):
        salt, content = new_salt(), section.content()
        digest = digest_of(salt, canonical(content))
        fields = {"key": section.key, "title": section.title, "data_class": section.data_class, "content": content}
        rows.append(MinutesSection(**meeting.keys, minutes=minutes, position=place, salt=salt, digest=digest, **fields))
    MinutesSection.objects.bulk_create(rows)
    minutes.outline = [{"key": row.key, "title": row.title, "data_class": row.data_class} for row in rows]
    minutes.root, minutes.frozen_at = root_of([row.digest for row in rows]), now()
    minutes.save()
    return minutes


def signature_before(minutes: Minutes, people: People, role: str, annotation: Annotation | None = None) -> None:
    keys = minutes.meeting.keys
    who = people.tam if role == "clerk" else people.lan
    Signature.objects.create(
        **keys, minutes=minutes, annotation=annotation, role=role, person=who, root=bytes(minutes.root or b"")
    )


def signed_before(meeting: Meeting, people: People) -> Minutes:
    """Minutes as the version before completed them: number, file, erasure, the root alone in the cell's chain."""
    minutes = frozen_before(meeting)
    for role in ("clerk", "chair"):
        signature_before(minutes, people, role)
    series = commands.number_series(meeting, DocumentType.MINUTES)
    minutes.number = series.take()
    minutes.save()
    meeting.state, meeting.signed_at = State.SIGNED, now()
    meeting.save()
    IssuedDocument.objects.freeze(
        minutes_document(meeting, minutes.number),
        cell=meeting.cell,
        body=Body(meeting.body),
        meeting_id=meeting.pk,
        kind="bien-ban",
        document_type=DocumentType.MINUTES,
        data_class=DataClass.SELF_CRITICISM,
        made_at=now(),
        made_by=people.lan.pk,
        series=series,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_erase(%s)", [meeting.pk])
    root = bytes(minutes.root or b"").hex()
    record("minutes.completed", chain=meeting.cell_id, by=people.lan.pk, obj=meeting, root=root)
    return minutes


def corrected_before(minutes: Minutes, people: People, *, complete: bool) -> Annotation:
    """A correction as the version before wrote it: its signatures sign the root of the minutes."""
    meeting = minutes.meeting
    note = Annotation.objects.create(
        **meeting.keys, minutes=minutes, number=minutes.annotations.count() + 1, text="Sửa.", written_by=people.tam.pk
    )
    signature_before(minutes, people, "clerk", note)
    if complete:
        signature_before(minutes, people, "chair", note)
        IssuedDocument.objects.freeze(
            annotation_document(meeting, note),
            cell=meeting.cell,
            body=Body(meeting.body),
            meeting_id=meeting.pk,
            kind=f"dinh-chinh-{note.number}",
            document_type=DocumentType.MINUTES,
            data_class=DataClass.DISCUSSION,
            made_at=now(),
            made_by=people.lan.pk,
        )
    return note


def why() -> list[str]:
    return [one.why for one in breaks()]


def test_minutes_of_the_version_before_verify_by_their_own_rules(held: Meeting, people: People) -> None:
    minutes = signed_before(held, people)
    assert why() == [] and coverage() == {"signed": 0, "sealed_later": 0, "text_alone": 1}
    section = minutes.sections.get(key="discussion")
    MinutesSection.objects.filter(pk=section.pk).update(title="Tên khác")
    assert why() == []  # the old root does not cover it, and nothing says that it does
    MinutesSection.objects.filter(pk=section.pk).update(content={"blocks": []})
    assert why() == ["biên bản đã ký bị đổi (chữ ký theo dạng cũ)"]


def test_a_later_seal_of_the_system_covers_the_rest_of_them(held: Meeting, people: People) -> None:
    minutes = signed_before(held, people)
    corrected_before(minutes, people, complete=True)
    waiting = corrected_before(minutes, people, complete=False)
    root = bytes(minutes.root or b"")
    assert sealing.seal_earlier() == 1
    assert sealing.seal_earlier() == 0
    assert coverage() == {"signed": 0, "sealed_later": 1, "text_alone": 0}
    minutes.refresh_from_db()
    assert (minutes.form, bytes(minutes.root or b"")) == (1, root)
    sealed = Event.objects.get(kind="minutes.sealed")
    assert (sealed.object_id, sealed.actor_id) == (held.pk, None)
    assert why() == []
    commands.sign_annotation(annotation=waiting, by=people.standing("lan"))  # it goes on after the upgrade
    assert why() == []
    MinutesSection.objects.filter(minutes=minutes, key="discussion").update(title="Tên khác")
    Minutes.objects.filter(pk=minutes.pk).update(number=7)
    IssuedDocument.objects.filter(meeting_id=held.pk, kind="bien-ban").update(pdf=b"%PDF-")
    later = "theo niêm phong của hệ thống sau khi nâng cấp"
    assert why() == [
        f"mục của biên bản số 3 bị đổi (tên); {later}",
        f"biên bản số 1 bị đổi (số); {later}",
        f"văn bản đã ban hành số 1 bị đổi (tệp PDF); {later}",
    ]


def test_minutes_of_which_one_signature_is_of_the_version_before_are_sealed_whole(
    held: Meeting, people: People
) -> None:
    signature_before(frozen_before(held), people, "clerk")
    commands.sign(meeting=held, by=people.standing("lan"))
    assert why() == [] and coverage() == {"signed": 0, "sealed_later": 1, "text_alone": 0}
    Attendance.objects.filter(meeting=held, person=people.mai).update(state="absent")
    assert len(why()) == 1 and why()[0].startswith("dòng điểm danh số ") and "bị đổi (trạng thái); theo" in why()[0]


def test_minutes_that_were_changed_before_the_upgrade_are_not_sealed(held: Meeting, people: People) -> None:
    minutes = signed_before(held, people)
    MinutesSection.objects.filter(minutes=minutes, key="discussion").update(content={"blocks": []})
    assert sealing.seal_earlier() == 0
    assert why() == ["biên bản đã ký bị đổi (chữ ký theo dạng cũ)"]


def test_words_of_an_absence_are_erased_under_the_root_and_changed_ones_are_found(
    held: Meeting, people: People
) -> None:
    signed_world.sign(held, people)
    line = Attendance.objects.get(meeting=held, person=people.binh)
    assert line.reason_text == signed_world.WHY_ABSENT and line.reason_salt
    for gone in ({"reason_text": ""}, {"reason_text": "đi chơi"}, {"reason_salt": None}):
        point = transaction.savepoint()
        Attendance.objects.filter(pk=line.pk).update(**gone)
        assert len(why()) == 1 and why()[0].endswith("bị đổi (lời về lý do vắng)"), gone
        transaction.savepoint_rollback(point)
    words = BY_KEY["retention_absence_words"]
    assert words.erase is not None
    words.erase(words.due[0](held.day + timedelta(days=365 * 11)))
    line.refresh_from_db()
    assert (line.reason_text, line.reason_salt) == ("", None) and line.reason_digest
    assert why() == []


def test_a_row_and_its_salt_can_go_and_the_root_still_comes_to_itself(held: Meeting, people: People) -> None:
    """What no law asks today: the row of a person goes; the root is still that of the signatures, and is said to lack
    just this row."""
    signed_world.sign(held, people)
    Guest.objects.filter(meeting=held).delete()
    root = held.minutes_rows.get().digest_lists.get(covers="root")
    root.rows = [[*line[:2], "", *line[3:]] if line[0] == "meetings_guest" else line for line in root.rows]
    root.save()
    assert why() == ["khách dự số 1 không còn; theo chữ ký"]


def test_what_was_changed_between_two_signatures_is_not_signed_by_the_second(held: Meeting, people: People) -> None:
    commands.sign(meeting=held, by=people.standing("tam"))
    Attendance.objects.filter(meeting=held, person=people.mai).update(state="absent")
    with pytest.raises(commands.NotNow, match="Bỏ chữ ký"):
        commands.sign(meeting=held, by=people.standing("lan"))
    commands.give_back(meeting=held, by=people.standing("lan"))
    signed_world.sign(held, people)
    assert why() == []


def test_a_correction_that_waits_for_its_second_signature_is_held_too(held: Meeting, people: People) -> None:
    signed_world.sign(held, people)
    note = commands.annotate(meeting=held, text="Hạn là 20/12.", section_key="conclusion", by=people.standing("tam"))
    assert why() == []
    Annotation.objects.filter(pk=note.pk).update(text="Hạn là 30/12.")
    assert why() == ["đính chính số 1 bị đổi (nội dung); theo chữ ký"]


def test_digests_are_read_by_the_keepers_alone(held: Meeting, people: People) -> None:
    from chibo.meetings.models import DigestList

    signed_world.sign(held, people)
    commands.submit(meeting=held, by=people.standing("lan"))
    seen = {}
    for name in ("lan", "tam", "mai", "khanh", "dung", "thu", "phuc"):
        with scope(people.standing(name)):
            seen[name] = DigestList.objects.exists()
    assert {name for name, there in seen.items() if there} == {"lan", "tam"}
    with scope(people.standing("mai")), pytest.raises(DatabaseError), transaction.atomic():
        DigestList.objects.create(**held.keys, minutes=held.minutes_rows.get(), covers="whole", form=2, rows=[])
