"""A correction has the class of what it corrects, on the page, in its file and in the database; it may name a fact."""

from itertools import product

import pytest
from django.test import Client

from chibo.access.scope import scope
from chibo.documents.models import IssuedDocument
from chibo.documents.plain import plain_text
from chibo.meetings.minutes import commands
from chibo.meetings.minutes.correctable import correctable
from chibo.meetings.models import Annotation, Attendance, Meeting, Vote
from chibo.resolutions.models import Task
from tests.meetings import signed_world
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

# Bình was absent, Nga has left, Khánh follows the cell; the others stand above it or beside it.
PRESENT = {"lan", "hung", "quyen", "tam", "mai", "son"}
OPEN = PRESENT | {"binh", "khanh", "tu", "vinh"}  # on the roll; the follower, once it is sent up
EVERYONE = ("lan", "hung", "quyen", "tam", "mai", "son", "binh", "tu", "vinh", "khanh", "dung", "hoa", "thu", "phuc")
TEXTS = {"conclusion": "Hạn lắp gương là 20/12.", "self_criticism": "Chậm hai ngày.", "": "Sửa cả biên bản."}


@pytest.fixture
def meeting(people: People) -> Meeting:
    """Signed, corrected three times, sent up."""
    one = signed_world.held(people)
    signed_world.sign(one, people)
    for key, text in TEXTS.items():
        signed_world.correct(one, people, text, key)
    commands.submit(meeting=one, by=people.standing("lan"))
    return one


def test_a_correction_and_its_file_have_the_class_of_what_they_correct(people: People, meeting: Meeting) -> None:
    classes = {"conclusion": "discussion", "self_criticism": "self_criticism", "": "self_criticism"}
    for note in Annotation.objects.filter(meeting=meeting):
        file = IssuedDocument.objects.get(meeting_id=meeting.pk, kind=f"dinh-chinh-{note.number}")
        assert note.data_class == file.data_class == classes[note.section_key]
        readers = OPEN if note.data_class == "discussion" else PRESENT
        for name in EVERYONE:
            by = people.standing(name)
            with scope(by):
                rows = (
                    Annotation.objects.filter(pk=note.pk).exists(),
                    IssuedDocument.objects.filter(pk=file.pk).exists(),
                )
            seen = Annotation.objects.visible_to(by).filter(pk=note.pk).exists()
            assert (*rows, seen) == (name in readers,) * 3, (name, note.section_key)


def test_no_page_and_no_file_shows_a_closed_correction_to_others(people: People, meeting: Meeting) -> None:
    files = {note.section_key: note.number for note in Annotation.objects.filter(meeting=meeting)}
    for name, (key, text) in product(("khanh", "binh", "mai", "dung"), TEXTS.items()):
        client = sign_in(Client(), people.all()[name])
        page = client.get(f"/cuoc-hop/{meeting.pk}/bien-ban/")
        file = client.get(f"/cuoc-hop/{meeting.pk}/van-ban/dinh-chinh-{files[key]}.pdf")
        may = name in (OPEN if key == "conclusion" else PRESENT)
        assert (text in page.content.decode()) is may and (file.status_code == 200) is may, (name, key)


def test_a_correction_of_a_fact_names_field_old_and_new_value(people: People, meeting: Meeting) -> None:
    vote, task = Vote.objects.get(meeting=meeting), Task.objects.get(meeting=meeting)
    line = Attendance.objects.get(meeting=meeting, person=people.binh)
    wanted = {
        f"vote:{vote.pk}.in_favour": ("5", "Biểu quyết “thông qua nghị quyết”, số tán thành"),
        f"attendance:{line.pk}.state": ("có mặt", "Điểm danh, đồng chí Đặng Văn Bình, có mặt hay vắng"),
        f"task:{task.pk}.first_due": ("20/12/2026", f"Việc “{task.what}”, hạn"),
    }
    facts = {one.key: one for one in correctable(meeting)}
    for key, (new, name) in wanted.items():
        note = commands.annotate(
            meeting=meeting, text="Đếm lại.", section_key="", by=people.standing("tam"), fact=key, new_value=new
        )
        commands.sign_annotation(annotation=note, by=people.standing("lan"))
        assert (f"{note.fact}.{note.field}", note.fact_name) == (key, name)
        assert (note.old_value, note.new_value, note.data_class) == (facts[key].value, new, "discussion")
        said = plain_text(IssuedDocument.objects.get(meeting_id=meeting.pk, kind=f"dinh-chinh-{note.number}").document)
        assert f"{name}: từ “{facts[key].value}” thành “{new}”" in said
    vote.refresh_from_db()
    assert str(vote.in_favour) == facts[f"vote:{vote.pk}.in_favour"].value  # the first record is never changed
    assert {one.key: one.value for one in correctable(meeting)}[f"vote:{vote.pk}.in_favour"] == "5"


def test_a_correction_that_changes_nothing_is_refused_beside_its_field(people: People, meeting: Meeting) -> None:
    vote = Vote.objects.get(meeting=meeting)
    key, count = f"vote:{vote.pk}.in_favour", Annotation.objects.count()
    for fact, new in ((key, ""), (key, str(vote.in_favour)), ("", "5"), ("vote:nothing.title", "5")):
        with pytest.raises(commands.NotNow) as refused:
            commands.annotate(
                meeting=meeting, text="Đếm.", section_key="", by=people.standing("tam"), fact=fact, new_value=new
            )
        assert refused.value.code == "fact"
    assert Annotation.objects.count() == count


def test_the_form_offers_every_fact_with_what_stands_there(people: People, meeting: Meeting) -> None:
    page = sign_in(Client(), people.tam).get(f"/cuoc-hop/{meeting.pk}/bien-ban/dinh-chinh/").content.decode()
    assert f"số tán thành (đang ghi: {Vote.objects.get(meeting=meeting).in_favour})" in page
    assert "Điểm danh, đồng chí Đặng Văn Bình" in page and "Đúng là" in page
