"""The register of breaches: numbered, never changed, 72 hours by the clock, read by two kinds of people alone."""

import io
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.http import Http404
from django.test import Client

from chibo.access.scope import scope
from chibo.audit.models import Event
from chibo.lib.dates import ZONE, now
from chibo.privacy.breaches.clock import clock_of
from chibo.privacy.breaches.commands import Known, correct_breach, enter_breach
from chibo.privacy.models import BreachEntry
from chibo.privacy.requests.commands import book_of
from tests.documents.reading import docx_paragraphs
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
# The Friday evening before Tết Đinh Mùi.
FOUND = datetime(2027, 2, 5, 22, 0, tzinfo=ZONE)


def known(**fields: object) -> Known:
    return Known(**({"detected_at": FOUND, "what": "Mất máy tính của thư ký"} | fields))  # type: ignore[arg-type]


def entered(people: People, **fields: object) -> BreachEntry:
    thu = people.standing("thu")
    with scope(thu):
        return enter_breach(by=thu, known=known(**fields))


@pytest.mark.parametrize(
    ("hours", "kind", "words"),
    [
        (0, "info", "Còn 72 giờ để báo A05"),
        (71.5, "info", "Còn 0 giờ để báo A05"),
        (72, "info", "Còn 0 giờ để báo A05"),
        (72.5, "late", "Quá hạn báo A05 1 giờ"),
        (100, "late", "Quá hạn báo A05 28 giờ"),
    ],
)
def test_the_clock_runs_from_the_finding_through_nights_and_tet(
    people: People, hours: float, kind: str, words: str
) -> None:
    entry = entered(people)
    with time_machine.travel(FOUND + timedelta(hours=hours), tick=False):
        clock = clock_of(entry, book_of(people.province))
    assert (clock.kind, clock.words) == (kind, words)
    assert clock.deadline == datetime(2027, 2, 8, 22, 0, tzinfo=ZONE)


def test_it_stops_when_the_authority_was_told_and_says_how_late(people: People) -> None:
    book = book_of(people.province)
    in_time = entered(people, authority_told_at=FOUND + timedelta(hours=72))
    late = entered(people, authority_told_at=FOUND + timedelta(hours=73))
    assert clock_of(in_time, book).kind == "ok"
    assert clock_of(late, book).words.endswith("muộn 1 giờ")


def test_a_correction_is_a_new_version_and_the_first_stays(people: People) -> None:
    entry, thu = entered(people), people.standing("thu")
    with scope(thu):
        new = correct_breach(by=thu, before=entry, known=known(people_about=31), why="Đã đếm")
    assert (new.breach, new.number, new.version) == (entry.breach, 1, 2)
    entry.refresh_from_db()
    assert entry.people_about is None
    assert list(BreachEntry.objects.newest()) == [new]
    assert entered(people).number == 2


@pytest.mark.parametrize("act", ["update", "delete"])
def test_no_line_is_changed_or_removed_by_anyone(people: People, act: str) -> None:
    entered(people)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows = BreachEntry.objects.all()
        rows.update(what="Không có gì") if act == "update" else rows.delete()


def test_nobody_else_writes_or_reads_it(people: People) -> None:
    entry = entered(people)
    for who in ("lan", "binh", "dung", "hoa", "khanh"):
        standing = people.standing(who)
        with scope(standing), pytest.raises(Http404):
            enter_breach(by=standing, known=known())
        client = sign_in(Client(), people.all()[who])
        for path in ("", "moi/", f"{entry.breach}/", f"{entry.breach}/thong-bao.docx"):
            assert client.get(f"/su-co-du-lieu/{path}").status_code == 404, (who, path)


def test_its_events_hold_numbers_alone(people: People) -> None:
    entered(people)
    payload = str(Event.objects.filter(kind="breach.entered").latest("seq").payload)
    assert payload == '{"number":1}'


def form_of(**fields: object) -> dict[str, object]:
    moment = now() - timedelta(hours=2)
    return {
        "detected_day": f"{moment:%d/%m/%Y}",
        "detected_clock": f"{moment:%H:%M}",
        "what": "Gửi nhầm danh sách",
    } | fields


def test_it_works_for_the_administrator_from_entering_to_the_notice(people: People) -> None:
    client = sign_in(Client(), people.operator)
    with time_machine.travel(datetime(2026, 12, 3, 15, 0, tzinfo=ZONE), tick=False):
        answer = client.post("/su-co-du-lieu/moi/", form_of(data_kinds=["members"], people_about="31"))
        assert answer.status_code == 302, answer.content.decode()
        entry = BreachEntry.objects.get()
        assert entry.written_by_account == people.operator.pk
        assert "Còn 70 giờ" in client.get(f"/su-co-du-lieu/{entry.breach}/").content.decode()
        assert "Còn 70 giờ" in client.get("/su-co-du-lieu/").content.decode()
        notice = client.get(f"/su-co-du-lieu/{entry.breach}/thong-bao.docx")
        words = "\n".join(docx_paragraphs(notice.content))
        for part in ("Gửi nhầm danh sách", "khoảng 31 người", "13:00 ngày 06/12/2026", "A05", "……"):
            assert part in words, part
        assert client.get(f"/su-co-du-lieu/{entry.breach}/thong-bao.pdf").content.startswith(b"%PDF")
    assert io.BytesIO(notice.content).read(2) == b"PK"


def test_it_validates(people: People) -> None:
    client = sign_in(Client(), people.thu)
    with time_machine.travel(datetime(2026, 12, 3, 15, 0, tzinfo=ZONE), tick=False):
        page = client.post("/su-co-du-lieu/moi/", form_of(what="")).content.decode()
        assert "Chưa ghi “Chuyện gì đã xảy ra”." in page
        page = client.post("/su-co-du-lieu/moi/", form_of(authority_day="03/12/2026")).content.decode()
        assert "Cần cả ngày và giờ" in page
        early = form_of(authority_day="02/12/2026", authority_clock="08:00")
        assert "Không thể báo trước khi phát hiện" in client.post("/su-co-du-lieu/moi/", early).content.decode()
    assert not BreachEntry.objects.exists()
