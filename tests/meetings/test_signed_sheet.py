"""Signed minutes are made once for each kind of reader; what changed, was erased or is another's is made anew."""

import pytest
from django.template import loader
from django.test import Client

from chibo.lib.recent import Recent
from chibo.meetings.minutes import commands, signed_sheet
from chibo.meetings.models import Meeting, MinutesSection
from tests.meetings.test_minutes import held, sign_both
from tests.people import People, sign_in

__all__ = ["held"]
pytestmark = pytest.mark.django_db
CRITICISM = "Tôi nhận khuyết điểm chậm báo cáo."


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a sheet was made."""
    kept = {closed: Recent(signed_sheet.MOST_SHEETS, signed_sheet.SECONDS) for closed in (False, True)}
    monkeypatch.setattr(signed_sheet, "_kept", kept)
    found: list[str] = []

    def counted(name: str, context: dict[str, object]) -> str:
        found.append(name)
        return loader.render_to_string(name, context)

    monkeypatch.setattr(signed_sheet, "render_to_string", counted)
    return found


def page(people: People, name: str, meeting: Meeting) -> str:
    answer = sign_in(Client(), people.all()[name]).get(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_each_reader_gets_what_is_theirs_and_it_is_made_once(held: Meeting, people: People, made: list[str]) -> None:
    sign_both(held, people)
    commands.submit(meeting=held, by=people.standing("lan"))
    for _ in range(2):
        for name, reads in (("lan", True), ("khanh", False), ("mai", True)):
            assert (CRITICISM in page(people, name, held)) == reads, name
    assert len(made) == 2
    assert sign_in(Client(), people.phuc).get(f"/cuoc-hop/{held.pk}/bien-ban/").status_code == 404


def test_a_section_that_changed_or_is_gone_is_never_taken_from_what_is_kept(
    held: Meeting, people: People, made: list[str]
) -> None:
    minutes = sign_both(held, people)
    assert "Lắp gương cầu lồi trước" in page(people, "lan", held)
    section = minutes.sections.get(key="discussion")
    section.content["blocks"][1]["content"] = "Câu khác."
    section.save()
    assert "Câu khác." in page(people, "lan", held) and len(made) == 2
    MinutesSection.objects.filter(pk=section.pk).delete()
    assert "Câu khác." not in page(people, "lan", held) and len(made) == 3


def test_a_correction_stands_beside_the_sheet_at_once(held: Meeting, people: People, made: list[str]) -> None:
    sign_both(held, people)
    page(people, "lan", held)
    commands.annotate(
        meeting=held, section_key="discussion", text="Gương lắp ở ngã ba Bàu Sen.", by=people.standing("lan")
    )
    assert "Gương lắp ở ngã ba Bàu Sen." in page(people, "lan", held) and len(made) == 1
