"""Differing opinions: raised, held by others too, put to the cell, settled; no resolution before that (M14)."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import AgendaItem, Entry, Vote
from chibo.meetings.room import commands, dissent, log
from chibo.meetings.room.commands import Pen, call, closing_bars, take_vote
from chibo.meetings.room.fold import Differing, Record, fold
from chibo.meetings.room.screens import rules_of
from chibo.members.base_of_vote import base_of_vote
from tests.people import People, sign_in

A, B = UUID(int=1), UUID(int=2)


@pytest.fixture
def item(pen: Pen, people: People) -> AgendaItem:
    """The item that the hall speaks of; five official members are present."""
    call(pen=pen, members=[one.pk for one in (people.lan, people.hung, people.quyen, people.tam)], state="present")
    call(pen=pen, members=[people.binh.pk], state="present")
    found = AgendaItem.objects.filter(meeting=pen.meeting).first()
    assert found is not None
    return found


def path(pen: Pen, rest: str = "") -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/{rest}"


def raised(pen: Pen, item: AgendaItem, people: People, text: str = "Chưa lắp gương, phát quang trước") -> Differing:
    """Bình's differing opinion, as the room now holds it."""
    entry = dissent.raise_differing(pen=pen, item=item, text=text, member=people.binh.pk)
    return log.room_of(pen.meeting).differing[entry.pk]


def state_of(pen: Pen, one: Differing) -> Differing:
    return log.room_of(pen.meeting).differing[one.id]


def settle(client: Client, pen: Pen, one: Differing, act: str, **more: str) -> Any:
    return client.post(path(pen, f"y-kien-khac/{one.id}/"), {"act": act, **more})


def test_it_works_raised_from_the_item_held_by_three_and_adopted(
    lan: Client, pen: Pen, item: AgendaItem, people: People
) -> None:
    words = {"speaker": f"person:{people.binh.pk}", "text": "Phát quang trước", "as": "differing"}
    assert lan.post(path(pen, f"muc/{item.pk}/"), words).url.endswith("#khac")  # type: ignore[attr-defined]
    (one,) = log.room_of(pen.meeting).differing.values()
    assert one.is_open and "Phát quang trước" in lan.get(path(pen, f"muc/{item.pk}/")).content.decode()
    settle(lan, pen, one, "support", number="3")
    settle(lan, pen, one, "adopted")
    one = state_of(pen, one)
    assert (one.support, one.outcome, one.is_open) == (3, "adopted", False)
    assert "Chi bộ tiếp thu" in lan.get(path(pen, "y-kien-khac/")).content.decode()


def test_it_validates(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    guest = commands.Pen(pen.meeting, pen.by).write("guest", name="Ông Ba")
    assert guest.kind == "guest"
    words = {"speaker": "guest:Ông Ba", "text": "Ý kiến của khách", "as": "differing"}
    answer = lan.post(path(pen, f"muc/{item.pk}/"), words)
    assert answer.status_code == 422 and "phải của một đảng viên" in answer.content.decode()
    one = raised(pen, item, people)
    answer = settle(lan, pen, one, "not_adopted", why="")
    assert answer.status_code == 422 and "Vì sao không tiếp thu" in answer.content.decode()
    assert settle(lan, pen, one, "support", number="-1").status_code == 422
    assert settle(lan, pen, one, "nonsense").status_code == 404
    assert lan.post(path(pen, f"y-kien-khac/{uuid4()}/"), {"act": "adopted"}).status_code == 404
    assert state_of(pen, one).is_open


def test_it_checks_access(client: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    one = raised(pen, item, people)
    for who in (people.binh, people.khanh, people.phuc):
        sign_in(client, who)
        assert client.get(path(pen, "y-kien-khac/")).status_code == 404
        assert settle(client, pen, one, "adopted").status_code == 404
    assert state_of(pen, one).is_open


def test_no_resolution_is_voted_while_one_is_open(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    one = raised(pen, item, people)
    for subject in ("resolution", "conclusion"):
        page = lan.get(path(pen, "bieu-quyet/"), {"noi-dung": subject}).content.decode()
        assert "Còn một ý kiến khác chưa kết luận" in page and "tán thành</button>" not in page
        assert lan.post(path(pen, "bieu-quyet/"), {"noi-dung": subject, "all": "5"}).status_code == 409
    assert not Vote.objects.exists()
    room = log.room_of(pen.meeting)
    base = base_of_vote(room.voters(), rules_of(pen.meeting).words("vote_base_exclusions"))
    with pytest.raises(commands.DifferingOpen):
        take_vote(pen=pen, base=base, exclusions=(), subject="resolution", title="Nghị quyết", in_favour=5)
    settle(lan, pen, one, "reserve")
    assert lan.post(path(pen, "bieu-quyet/"), {"noi-dung": "resolution", "all": "5"}).status_code == 302


def test_the_agenda_and_other_matters_are_voted_all_the_same(
    lan: Client, pen: Pen, item: AgendaItem, people: People
) -> None:
    raised(pen, item, people)
    assert lan.post(path(pen, "bieu-quyet/"), {"noi-dung": "agenda", "all": "5"}).status_code == 302


@pytest.mark.parametrize(("hands", "outcome"), [("3", "adopted"), ("2", "not_adopted")])
def test_the_vote_settles_it(lan: Client, pen: Pen, item: AgendaItem, people: People, hands: str, outcome: str) -> None:
    one = raised(pen, item, people)
    ask = {"noi-dung": "differing", "y-kien": str(one.id)}
    assert one.text in lan.get(path(pen, "bieu-quyet/"), ask).content.decode()
    counts = {"in_favour": hands, "against": str(5 - int(hands)), "abstained": "0"}
    assert lan.post(path(pen, "bieu-quyet/"), {**ask, **counts}).status_code == 302
    assert state_of(pen, one).outcome == outcome
    vote = Vote.objects.get()
    # A closed section has fewer readers than the votes: no word of the opinion stands with its vote.
    assert one.text not in vote.title and vote.title.startswith("ý kiến khác thứ nhất, mục")
    assert lan.get(path(pen, "bieu-quyet/"), ask).status_code == 404


def test_undoing_the_vote_opens_it_again(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    one = raised(pen, item, people)
    lan.post(path(pen, "bieu-quyet/"), {"noi-dung": "differing", "y-kien": str(one.id), "all": "5"})
    commands.undo(pen=pen, entry=Entry.objects.get(kind="vote"))
    assert state_of(pen, one).is_open


def test_it_bars_the_closing(pen: Pen, item: AgendaItem, people: People) -> None:
    one = raised(pen, item, people)
    assert any("ý kiến khác" in bar.reason for bar in closing_bars(pen.meeting))
    dissent.reserve(pen=pen, differing=one)
    assert not any("ý kiến khác" in bar.reason for bar in closing_bars(pen.meeting))


def text_of(pen: Pen, key: str) -> str:
    sections = {one.key: one for one in sections_of(pen.meeting)}
    return " ".join(str(block) for block in sections[key].blocks) if key in sections else ""


def test_the_minutes_tell_who_raised_it_and_what_became_of_it(pen: Pen, item: AgendaItem, people: People) -> None:
    one = raised(pen, item, people)
    dissent.support(pen=pen, differing=one, number=2)
    dissent.settle_differing(pen=pen, differing=one, outcome="not_adopted", why="Chưa có kinh phí")
    dissent.reserve(pen=pen, differing=one)
    gone = raised(pen, item, people, "Câu này rút lại")
    dissent.settle_differing(pen=pen, differing=gone, outcome="withdrawn")
    said = text_of(pen, "discussion")
    assert (
        "Ý kiến khác của đồng chí Đặng Văn Bình: Chưa lắp gương, phát quang trước. Có 2 đồng chí cùng ý kiến. "
        "Chi bộ không tiếp thu: Chưa có kinh phí. Đồng chí Đặng Văn Bình bảo lưu ý kiến."
    ) in said
    assert "Câu này rút lại" not in said
    speakers = next(one.speakers for one in sections_of(pen.meeting) if one.key == "discussion")
    assert people.binh.pk in speakers


def test_one_raised_in_self_criticism_stays_in_the_closed_section(pen: Pen, item: AgendaItem, people: People) -> None:
    item.kind = AgendaItem.Kind.SELF_CRITICISM
    item.save()
    one = raised(pen, item, people)
    dissent.settle_differing(pen=pen, differing=one, outcome="adopted")
    assert one.text in text_of(pen, "self_criticism")
    assert not any(one.text in text_of(pen, key) for key in ("opening", "content", "discussion", "conclusion"))


# ---------- What only joining up brings about ----------
def record(kind: str, counter: int, device: UUID = A, id: UUID | None = None, **payload: Any) -> Record:
    return Record(id or uuid4(), device, counter, kind, uuid4(), payload)


def the_vote(counter: int) -> Record:
    person = [str(uuid4()), "counts"]
    return record(
        "vote", counter, subject="resolution", title="Nghị quyết", included=[person], excluded=[],
        exclusions=[], fraction="half", in_favour=1, against=0, abstained=0,
    )  # fmt: skip


def reasons(*records: Record) -> set[str]:
    return {look.why for look in fold(records).needs_look}


def test_a_resolution_voted_here_while_one_was_opened_there_is_kept_and_marked() -> None:
    differ = record("differ", 3, B, item=str(uuid4()), member=str(uuid4()), text="Khác")
    vote = the_vote(4)
    room = fold([vote, differ])
    assert vote.id in room.votes and "differing_open" in reasons(differ, vote)
    settled_before = record("differ-outcome", 4, B, of=str(differ.id), outcome="adopted")
    assert "differing_open" not in reasons(differ, settled_before, the_vote(5))
    assert "differing_open" in reasons(differ, the_vote(4), record("differ-reserve", 5, B, of=str(differ.id)))
    again = the_vote(7)
    assert "differing_open" not in reasons(differ, vote, record("differ-reserve", 5, B, of=str(differ.id)), again)


def test_one_that_joins_up_after_the_closing_is_marked_until_it_is_settled() -> None:
    differ = record("differ", 3, B, item=str(uuid4()), member=str(uuid4()), text="Khác")
    close = record("close", 9)
    assert "differing_left" in reasons(differ, close)
    assert "differing_left" not in reasons(differ, close, record("differ-reserve", 10, B, of=str(differ.id)))
    assert "unknown_differing" in reasons(record("differ-support", 4, B, of=str(differ.id), number=2))
