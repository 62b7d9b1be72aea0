"""The meeting of the script, held on the server: its minutes and papers say all that was recorded, once, in order."""

from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine

from chibo.access.standing import standing_of
from chibo.audit.verify import breaks
from chibo.documents.models import IssuedDocument
from chibo.documents.plain import plain_text
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import Entry, Meeting, Rating, State
from chibo.meetings.room import log
from chibo.meetings.scoring.sheet import sheet_of
from tests.script import acts as script
from tests.script.people import LAN, TAM, Cast, build, clock
from tests.script.played import play

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Iterator[Cast]:
    with time_machine.travel(clock(-5), tick=True):
        yield build()


@pytest.fixture
def held(cast: Cast) -> Meeting:
    return play(cast)


def test_the_script_is_as_long_as_a_meeting_and_nothing_bars_its_signing(held: Meeting) -> None:
    room = log.room_of(held)
    assert held.state == State.CLOSED and held.length_minutes == 110
    assert len(room.roll) == 25 and room.needs_look == []
    assert len(script.remarks()) >= 17 and Entry.objects.filter(meeting=held).count() > 50


def test_every_word_that_was_said_stands_in_the_minutes_once(held: Meeting) -> None:
    text = plain_text(minutes_document(held, None))
    for act in script.remarks():
        assert text.count(act.text) == 1, act.text
    for once in (script.DIFFERING, script.CORRECTION, script.FEES):
        assert text.count(once) == 1, once
    for task in script.TASKS:
        assert task["what"] in text


def test_what_is_said_stands_in_the_order_in_which_it_was_said(held: Meeting) -> None:
    text = plain_text(minutes_document(held, None))
    for item in ("news", "topic", "self"):
        places = [text.index(act.text) for act in script.remarks() if act.item == item and act.how != "presenting"]
        assert places == sorted(places)


def test_it_scores_itself_with_the_evidence_of_the_record(held: Meeting) -> None:
    """What posting will bring decides between two words: neither is said before."""
    sheet = sheet_of(log.room_of(held))
    assert sheet is not None
    lines = {one.code: one for one in sheet.lines}
    assert (sheet.total, sheet.due, sheet.grade) == (8800, 9500, "")
    assert (sheet.lowest, sheet.highest) == ("Khá", "Tốt")
    assert lines["1"].status == "computed" and lines["7"].status == "not_due"
    assert {code: lines[code].note for code in script.SCORES} == {code: why for code, (_, why) in script.SCORES.items()}
    assert not any(one.lacks_reason for one in sheet.lines)
    assert lines["2"].evidence and lines["4.2"].evidence and lines["6"].evidence


def test_who_has_gone_home_raises_no_hand_and_still_counts(held: Meeting) -> None:
    votes = {vote.subject: vote for vote in log.room_of(held).votes.values()}
    standing = Counter(why for _, why in votes["resolution"].included)
    assert standing == {"present": 19, "exempt_present": 1, "left": 1, "absent": 1}
    assert (votes["resolution"].in_favour, votes["resolution"].size, votes["resolution"].needed) == (20, 22, 12)
    assert votes["differing"].in_favour + votes["differing"].against + votes["differing"].abstained == 21


def test_signed_it_is_numbered_erased_and_sealed(held: Meeting, cast: Cast) -> None:
    minutes.sign(meeting=held, by=standing_of(cast[TAM].pk))
    minutes.sign(meeting=held, by=standing_of(cast[LAN].pk))
    held.refresh_from_db()
    assert held.state == State.SIGNED
    assert not Entry.objects.filter(meeting=held, payload__isnull=False).exists()
    assert list(breaks()) == []
    given = set(held.tasks.values_list("what", "lead__full_name"))
    assert given == {(task["what"], task["lead"]) for task in script.TASKS}


def test_signed_minutes_and_resolution_hold_the_score_as_entered(held: Meeting, cast: Cast) -> None:
    minutes.sign(meeting=held, by=standing_of(cast[TAM].pk))
    minutes.sign(meeting=held, by=standing_of(cast[LAN].pk))
    rating = Rating.objects.get(meeting=held)
    judged = {one["code"]: (one["points"], one["note"]) for one in rating.lines if one["status"] == "judged"}
    assert judged == script.SCORES and (rating.total, rating.due) == (8800, 9500)
    texts = {one.kind: plain_text(one.document) for one in IssuedDocument.objects.filter(meeting_id=held.pk)}
    said = "88/95 điểm, xếp loại Khá hoặc Tốt. Chưa đến hạn, chưa tính: tiêu chí 7 (5 điểm)."
    for kind in ("bien-ban", "nghi-quyet"):
        assert texts[kind].count(said) == 1, kind
        for _, note in script.SCORES.values():
            assert not note or texts[kind].count(note) == 1, (kind, note)
    assert "III- Tự đánh giá chất lượng kỳ sinh hoạt" in texts["nghi-quyet"]  # nobody wrote the part before it
