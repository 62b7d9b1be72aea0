"""A secret vote on devices from its beginning to its sums: who has a ballot, what is told, when it may be closed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.test import Client

from chibo.lib.dates import now
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import Entry, Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen, call, closing_bars
from chibo.meetings.room.deciding import Secret, secrets_of
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.urn import box, places, sweeping
from chibo.meetings.urn.allowing import allow
from chibo.meetings.urn.commands import NotAllowed, put_on_devices, too_few
from chibo.members.models import Person
from chibo.rules.book import RuleBook
from tests.people import People, sign_in

Phone = Callable[[Person], Client]
Put = Callable[..., UUID]
Committed = Any  # pytest-django's django_capture_on_commit_callbacks


def own(pen: Pen, ballot: UUID) -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/dang-hop/bo-phieu/{ballot}/"


def cast(phone: Phone, pen: Pen, ballot: UUID, who: Person, *boxes: str) -> Any:
    return phone(who).post(own(pen, ballot), {f"kin_{n}": one for n, one in enumerate(boxes)})


def all_cast(phone: Phone, pen: Pen, ballot: UUID, voters: list[Person], boxes: str = "111123") -> None:
    for who, one in zip(voters, boxes, strict=True):
        assert cast(phone, pen, ballot, who, one).status_code == 302


def close(lan: Client, room: str, ballot: UUID, committed: Committed, **more: object) -> Any:
    with committed(execute=True):
        return lan.post(f"{room}{ballot}/", {"act": "close", "tellers_agree": "on", **more})


def the_sums(pen: Pen) -> Secret:
    (found,) = secrets_of(log.room_of(pen.meeting)).values()
    return found


def test_it_works(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    people: People,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    ballot = put()
    hall = f"/cuoc-hop/{pen.meeting.pk}/dang-hop/"
    page = phone(people.binh).get(hall).content.decode()
    assert "Bỏ phiếu kín: Giới thiệu nhân sự" in page and own(pen, ballot) in page
    page = phone(people.binh).get(own(pen, ballot)).content.decode()
    assert "Không tán thành" in page and "checked" not in page
    all_cast(phone, pen, ballot, voters)
    assert "Phiếu đã bỏ" in phone(people.binh).get(own(pen, ballot)).content.decode()
    assert "Phiếu đã bỏ" in phone(people.binh).get(hall).content.decode()
    page = lan.get(f"{room}{ballot}/").content.decode()
    assert "<b>6/6</b> đồng chí đã bỏ phiếu" in page
    answer = close(lan, room, ballot, django_capture_on_commit_callbacks)
    assert answer.url == f"{room}{ballot}/"
    sums = the_sums(pen)
    assert (sums.issued, sums.returned, sums.invalid, sums.medium) == (6, 6, 0, "device")
    assert [(one.in_favour, one.against, one.blank) for one in sums.choices] == [(4, 1, 1)]
    assert not places.path_of(pen.meeting, ballot).exists()
    page = lan.get(f"{room}{ballot}/").content.decode()
    assert "4 tán thành, 1 không tán thành, 1 phiếu trắng" in page and "Ghi kết quả đếm lại" not in page
    assert "4/" in phone(people.binh).get(hall).content.decode()
    said = " ".join(str(block) for one in sections_of(pen.meeting) for block in one.blocks)
    assert "Bỏ phiếu kín trên máy: Giới thiệu nhân sự. Kiểm phiếu: Võ Thị Mai. Phát ra 6 phiếu, thu về 6" in said


def test_paper_alone_unless_the_committee_above_says_otherwise(
    lan: Client, room: str, put: Put, pen: Pen, people: People
) -> None:
    assert "Trên điện thoại" in lan.get(room).content.decode()
    allow(by=people.standing("dung"), organisation=people.commune, allowed=False, source="Kết luận 13-KL/ĐU")
    assert "Trên điện thoại" not in lan.get(room).content.decode()
    lan.post(room, {"title": "Việc khác", "fraction": "half", "tellers": [people.mai.pk], "medium": "device"})
    (entry,) = Entry.objects.filter(meeting=pen.meeting, kind="ballot")
    assert '"medium":"paper"' in (entry.payload or "")


def test_without_a_rule_of_ones_own_it_is_off(meeting: Meeting) -> None:
    from chibo.meetings.urn.commands import is_allowed
    from chibo.rules.models import Rule

    assert not is_allowed(Rule.objects.book(meeting.day)) and not is_allowed(RuleBook({}))


def test_an_election_is_on_paper(lan: Client, room: str, pen: Pen, people: People) -> None:
    values = {"title": "Bầu phó bí thư", "fraction": "half", "tellers": [people.mai.pk], "names": "Lê Thị Quyên"}
    answer = lan.post(room, {**values, "election": "yes", "medium": "device"})
    assert answer.status_code == 422 and "Bầu cử thì bỏ phiếu giấy" in answer.content.decode()
    answer = lan.post(room, {**values, "election": "", "medium": "device"})
    assert answer.status_code == 422  # asked, and not preset
    assert not Entry.objects.filter(meeting=pen.meeting, kind="ballot").exists()
    from chibo.meetings.room.screens import rules_of

    with pytest.raises(NotAllowed):
        put_on_devices(
            pen=pen, room=log.room_of(pen.meeting), book=rules_of(pen.meeting), title="x", names=[], fraction="half",
            tellers=[], election=True,
        )  # fmt: skip


def test_an_election_on_devices_that_a_device_recorded_is_marked_and_opens_no_urn() -> None:
    payload = {"title": "x", "names": [], "fraction": "half", "tellers": [], "medium": "device", "election": True}
    ballot = Record(uuid4(), UUID(int=5), 1, "ballot", uuid4(), payload)
    room = fold([ballot])
    assert [look.why for look in room.needs_look] == ["election_on_devices"]
    from chibo.meetings.urn.commands import open_on_devices

    assert not open_on_devices(room)


@pytest.mark.parametrize("who", ["mai", "son", "vinh", "khanh", "dung", "phuc", "left", "suspended", "inspector"])
def test_whoever_has_no_vote_or_is_not_there_has_no_ballot(
    put: Put, phone: Phone, pen: Pen, people: People, who: str
) -> None:
    ballot = put()
    client = phone(people.all()[who])
    assert client.get(own(pen, ballot)).status_code == 404
    assert client.post(own(pen, ballot), {"kin_0": "1"}).status_code == 404
    assert box.look(places.path_of(pen.meeting, ballot)).cast == 0
    hall = client.get(f"/cuoc-hop/{pen.meeting.pk}/dang-hop/")
    assert hall.status_code == 404 or "bo-phieu/" not in hall.content.decode()


def test_whoever_comes_late_votes_once_they_are_called(put: Put, phone: Phone, pen: Pen, people: People) -> None:
    ballot = put()
    assert phone(people.vinh).get(own(pen, ballot)).status_code == 404
    call(pen=pen, members=[people.vinh.pk], state="present")
    assert cast(phone, pen, ballot, people.vinh, "1").status_code == 302
    assert box.look(places.path_of(pen.meeting, ballot)).cast == 1


def test_another_meetings_ballot_and_one_taken_back_are_not_found(
    put: Put, phone: Phone, pen: Pen, people: People
) -> None:
    ballot = put()
    commands.undo(pen=pen, entry=Entry.objects.get(pk=ballot))
    answer = cast(phone, pen, ballot, people.binh, "1")
    assert answer.url == f"/cuoc-hop/{pen.meeting.pk}/dang-hop/"
    assert box.look(places.path_of(pen.meeting, ballot)).cast == 0


def test_a_second_ballot_of_one_person_is_answered_as_the_first(
    put: Put, phone: Phone, pen: Pen, people: People
) -> None:
    ballot = put()
    first, second = (cast(phone, pen, ballot, people.binh, one) for one in "12")
    assert (first.status_code, first.url, first.content) == (second.status_code, second.url, second.content)
    sums = box.shut(places.path_of(pen.meeting, ballot), agreed=lambda marks: None)
    assert sums.lines == [(1, 0, 0)]


@pytest.mark.parametrize("typed", [{}, {"kin_0": "1"}, {"kin_0": "1", "kin_1": "4"}, {"kin_0": "1", "kin_1": "'"}])
def test_it_validates_without_telling_what_was_chosen(
    put: Put, phone: Phone, pen: Pen, people: People, typed: dict[str, str]
) -> None:
    ballot = put(names="Trần Văn A\nTrần Văn B")
    client = phone(people.binh)
    answer = client.post(own(pen, ballot), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Phiếu chưa bỏ." in page and "checked" not in page
    assert box.look(places.path_of(pen.meeting, ballot)).cast == 0


def test_a_lost_sign_in_carries_no_box_along(put: Put, pen: Pen) -> None:
    answer = Client().post(own(pen, put()), {"kin_0": "2"})
    assert answer.status_code == 401 and "kin_0" not in answer.content.decode()
    carried = answer.context["carried"]
    assert not carried.fields and "bo-phieu" in carried.path


def test_the_room_is_told_how_many_and_nothing_else(
    lan: Client, room: str, put: Put, phone: Phone, pen: Pen, people: People
) -> None:
    """Neither who, nor what: whoever cast and whatever they chose, the page is the same."""
    ballot, seen = put(), []
    for who, one in ((people.binh, "1"), (people.tu, "3")):
        cast(phone, pen, ballot, who, one)
        page = lan.get(f"{room}{ballot}/").content.decode()
        assert page.count("Đặng Văn Bình") == page.count("Huỳnh Văn Tư") == 1  # in the list of those who may get paper
        seen.append(box.look(places.path_of(pen.meeting, ballot)).cast)
    assert seen == [1, 2]


def test_fewer_than_five_are_not_counted_unless_they_are_all(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    ballot = put()
    all_cast(phone, pen, ballot, voters[:4], "1111")
    answer = close(lan, room, ballot, django_capture_on_commit_callbacks)
    assert answer.status_code == 422 and "Mới có 4 phiếu trên máy" in answer.content.decode()
    assert not secrets_of(log.room_of(pen.meeting))
    cast(phone, pen, ballot, voters[4], "2")  # refused, it is still open
    assert close(lan, room, ballot, django_capture_on_commit_callbacks).status_code == 302
    assert the_sums(pen).issued == 5


def test_marking_the_others_absent_does_not_count_one_ballot_by_itself(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    ballot = put()
    cast(phone, pen, ballot, voters[4], "2")
    commands.call(pen=pen, members=[one.pk for one in voters if one != voters[4]], state="absent")
    answer = close(lan, room, ballot, django_capture_on_commit_callbacks)
    assert answer.status_code == 422 and "Mới có 1 phiếu trên máy" in answer.content.decode()
    assert not secrets_of(log.room_of(pen.meeting))


def test_how_many_are_too_few() -> None:
    fine = [(3, 0, 3), (5, 0, 8), (5, 5, 10), (12, 6, 20), (0, 3, 3), (0, 8, 9)]
    bad = [(0, 0, 8), (4, 0, 8), (4, 5, 9), (1, 9, 10), (8, 1, 9), (5, 4, 9), (3, 1, 4)]
    assert not any(too_few(*one) for one in fine)
    assert all(too_few(*one) for one in bad)


def test_it_is_closed_by_the_tellers(
    lan: Client, room: str, put: Put, phone: Phone, pen: Pen, voters: list[Person]
) -> None:
    ballot = put()
    all_cast(phone, pen, ballot, voters)
    answer = lan.post(f"{room}{ballot}/", {"act": "close"})
    assert answer.status_code == 422 and not secrets_of(log.room_of(pen.meeting))
    assert not box.look(places.path_of(pen.meeting, ballot)).shut


def test_paper_beside_it_is_counted_into_the_same_sums(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    people: People,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    from tests import make

    more = [make.member(f"Nguyễn Văn {letter}", people.cell) for letter in "ABCDE"]
    meeting = pen.meeting
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    # A second meeting, opened with the larger roll.
    second = make.meeting(people.cell, starts_at=now())
    make.item(second)
    pen = Pen(second, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    call(pen=pen, members=[one.pk for one in (*voters, *more, people.mai)], state="present")
    room = f"/cuoc-hop/{second.pk}/phong/bo-phieu-kin/"
    values = {"title": "x", "fraction": "half", "tellers": [people.mai.pk], "election": "no", "medium": "device"}
    answer = lan.post(room, values)
    ballot = UUID(answer.url.split("/")[-2])  # type: ignore[attr-defined]
    all_cast(phone, pen, ballot, voters)
    lan.post(f"{room}{ballot}/", {"act": "papers", "paper": [str(one.pk) for one in (*more, people.binh)]})
    page = lan.get(f"{room}{ballot}/").content.decode()
    assert "Năm đồng chí nhận phiếu giấy" in page and "đã bỏ phiếu trên máy, không phát phiếu giấy" in page
    counts = {"returned": "5", "invalid": "1", "in_favour_0": "1", "against_0": "3", "blank_0": "0"}
    wrong = close(lan, room, ballot, django_capture_on_commit_callbacks, **{**counts, "against_0": "4"})
    assert wrong.status_code == 422 and "Đếm lại" in wrong.content.decode()
    few = {**counts, "returned": "4", "invalid": "0"}
    assert close(lan, room, ballot, django_capture_on_commit_callbacks, **few).status_code == 422
    assert close(lan, room, ballot, django_capture_on_commit_callbacks, **counts).status_code == 302
    sums = the_sums(pen)
    assert (sums.issued, sums.returned, sums.invalid, sums.medium) == (11, 11, 1, "both")
    assert [(one.in_favour, one.against, one.blank) for one in sums.choices] == [(5, 4, 1)]
    stored = Entry.objects.get(meeting=second, kind="secret").payload or ""
    assert '"in_favour":4' not in stored and '"in_favour":1' not in stored  # neither medium by itself


def test_a_paper_ballot_is_no_second_one(
    lan: Client, room: str, put: Put, phone: Phone, pen: Pen, people: People
) -> None:
    ballot = put()
    lan.post(f"{room}{ballot}/", {"act": "papers", "paper": [str(people.binh.pk)]})
    assert "Đồng chí nhận phiếu giấy" in phone(people.binh).get(own(pen, ballot)).content.decode()
    cast(phone, pen, ballot, people.binh, "1")
    assert box.look(places.path_of(pen.meeting, ballot)).cast == 0


def test_a_device_goes_from_hand_to_hand(
    lan: Client, room: str, put: Put, phone: Phone, pen: Pen, people: People
) -> None:
    ballot = put()
    there = f"{room}{ballot}/chuyen-may/"
    page = lan.get(there).content.decode()
    assert "Huỳnh Văn Tư" in page and "Võ Thị Mai" not in page  # she has no vote
    page = lan.post(there, {"person": str(people.tu.pk)}).content.decode()
    assert "Phiếu của đồng chí <b>Huỳnh Văn Tư</b>" in page and "checked" not in page
    unfinished = lan.post(there, {"person": str(people.tu.pk), "cast": "1"})
    assert unfinished.status_code == 422 and "Phiếu chưa bỏ." in unfinished.content.decode()
    first, second = (
        lan.post(there, {"person": str(people.tu.pk), "cast": "1", "kin_0": one}) for one in "21"
    )  # fmt: skip
    assert first.url == second.url == f"{there}?da-bo"  # type: ignore[attr-defined]
    assert first.headers["Cache-Control"] == "no-store"
    marks = box.look(places.path_of(pen.meeting, ballot))
    assert marks.by_voter[people.tu.pk] == box.Mark.PASSED and marks.cast == 1
    assert "Một phiếu trên máy chuyền tay" in lan.get(f"{room}{ballot}/").content.decode()
    assert lan.post(there, {"person": str(people.mai.pk), "cast": "1", "kin_0": "1"}).status_code == 404
    assert phone(people.binh).get(there).status_code == 404


def test_a_lost_urn_is_said_and_everybody_votes_again(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    people: People,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    ballot = put()
    all_cast(phone, pen, ballot, voters, "222222")
    lan.post(f"{room}{ballot}/", {"act": "again"})  # not while it stands: nobody votes anew until it suits
    assert box.look(places.path_of(pen.meeting, ballot)).cast == 6
    places.path_of(pen.meeting, ballot).unlink()  # the machine has started anew
    assert "Hòm phiếu đã mất" in lan.get(f"{room}{ballot}/").content.decode()
    assert "Hòm phiếu đã mất" in phone(people.binh).get(own(pen, ballot)).content.decode()
    assert cast(phone, pen, ballot, people.binh, "1").status_code == 302
    assert close(lan, room, ballot, django_capture_on_commit_callbacks).status_code == 302
    assert not secrets_of(log.room_of(pen.meeting))
    lan.post(f"{room}{ballot}/", {"act": "again"})
    assert "0/6" in lan.get(f"{room}{ballot}/").content.decode()
    all_cast(phone, pen, ballot, voters)
    close(lan, room, ballot, django_capture_on_commit_callbacks)
    assert the_sums(pen).choices[0].in_favour == 4


def test_it_can_be_given_up_for_paper(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    people: People,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    ballot = put()
    cast(phone, pen, ballot, people.binh, "1")
    with django_capture_on_commit_callbacks(execute=True):
        answer = lan.post(f"{room}{ballot}/", {"act": "give_up"})
    assert not places.path_of(pen.meeting, ballot).exists()
    page = lan.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "In 6 phiếu" in page and "Giới thiệu nhân sự" in page
    assert own(pen, ballot) not in phone(people.binh).get(f"/cuoc-hop/{pen.meeting.pk}/dang-hop/").content.decode()


def test_an_open_urn_bars_the_closing_of_the_meeting(put: Put, pen: Pen) -> None:
    put()
    assert any("phiếu kín" in bar.reason for bar in closing_bars(pen.meeting))


def test_a_process_that_ends_before_the_urn_is_gone_harms_nothing(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    people: People,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    """Closed and recorded, the urn still there: nothing more is cast, and it is taken away at the next look."""
    ballot = put()
    all_cast(phone, pen, ballot, voters[:5], "11111")
    with django_capture_on_commit_callbacks():  # kept, and killed
        lan.post(f"{room}{ballot}/", {"act": "close", "tellers_agree": "on"})
    path = places.path_of(pen.meeting, ballot)
    with pytest.raises(box.Shut):
        box.cast(path, voter=voters[5].pk, boxes=[0])
    cast(phone, pen, ballot, voters[5], "1")
    lan.get(room)
    assert not path.exists() and the_sums(pen).issued == 5


def test_closed_but_not_recorded_it_tells_the_same_again(
    lan: Client,
    room: str,
    put: Put,
    phone: Phone,
    pen: Pen,
    people: People,
    voters: list[Person],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    ballot = put()
    all_cast(phone, pen, ballot, voters)
    box.shut(places.path_of(pen.meeting, ballot), agreed=lambda marks: None)
    page = lan.get(f"{room}{ballot}/").content.decode()
    assert "Hòm phiếu đã đóng, chưa ghi được kết quả" in page
    assert close(lan, room, ballot, django_capture_on_commit_callbacks).status_code == 302
    assert the_sums(pen).choices[0].in_favour == 4


def test_left_over_urns_are_swept_away_and_no_young_one(
    put: Put, pen: Pen, monkeypatch: pytest.MonkeyPatch, urns: Path
) -> None:
    kept, undone = put(), put(title="Việc khác")
    commands.undo(pen=pen, entry=Entry.objects.get(pk=undone))
    stranger = urns / str(uuid4()) / str(uuid4())
    box.make(stranger, root=urns, voters=[uuid4()], lines=1)
    assert sweeping.sweep() == 0
    monkeypatch.setattr(sweeping, "YOUNG_SECONDS", -1)
    assert sweeping.sweep() == 2
    assert places.path_of(pen.meeting, kept).exists() and not stranger.parent.exists()
    Meeting.objects.filter(pk=pen.meeting.pk).update(state="closed", closed_at=now())
    assert sweeping.sweep() == 1 and list(urns.iterdir()) == []


def test_a_phone_that_polls_learns_that_its_ballot_is_in(put: Put, phone: Phone, pen: Pen, people: People) -> None:
    ballot, binh = put(), phone(people.binh)
    hall = f"/cuoc-hop/{pen.meeting.pk}/dang-hop/"
    tag = binh.get(hall).headers["ETag"]
    assert binh.get(hall, HTTP_IF_NONE_MATCH=tag).status_code == 304
    cast(phone, pen, ballot, people.hung, "1")
    assert binh.get(hall, HTTP_IF_NONE_MATCH=tag).status_code == 304  # another's ballot is nothing new to me
    cast(phone, pen, ballot, people.binh, "1")
    assert binh.get(hall, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_where_the_urns_stand_on_a_disk_the_room_is_told(
    lan: Client, room: str, put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ballot = put()
    assert "nằm trên đĩa" not in lan.get(f"{room}{ballot}/").content.decode()
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    assert "nằm trên đĩa" in lan.get(f"{room}{ballot}/").content.decode()


def test_only_an_office_above_the_cells_allows_it(people: People, client: Client) -> None:
    for who in ("lan", "binh", "khanh", "operator"):
        assert (
            sign_in(Client(), people.all().get(who) or people.operator).get("/phieu-kin-tren-may/").status_code == 404
        )
    with pytest.raises(Http404):
        allow(by=people.standing("dung"), organisation=people.province, allowed=True, source="x")
    dung = sign_in(client, people.dung)
    assert "Bỏ phiếu kín chỉ trên giấy" in dung.get("/phieu-kin-tren-may/").content.decode()
    assert dung.post("/phieu-kin-tren-may/", {"allowed": "yes", "source": ""}).status_code == 422
    dung.post("/phieu-kin-tren-may/", {"allowed": "yes", "source": "Kết luận 12-KL/ĐU"})
    page = dung.get("/phieu-kin-tren-may/").content.decode()
    assert "Các chi bộ được chọn bỏ phiếu kín trên máy" in page and "Kết luận 12-KL/ĐU" in page
