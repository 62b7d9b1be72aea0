"""A period held by tổ đảng: a gathering a group, each with its own roll, chair, minutes and conclusion."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from chibo.documents.plain import plain_text
from chibo.lib.dates import add_months, at, month_start, now, today
from chibo.meetings.documents import invitation, minutes_document, programme_document
from chibo.meetings.models import Attendance, Invitee, Meeting, State, Vote
from chibo.meetings.months import drawn, months_of_year
from chibo.meetings.prepare.announcing import addressees, announce
from chibo.meetings.prepare.by_groups import plan_by_groups, restate
from chibo.meetings.prepare.commands import AlreadyPlanned, cancel_meeting, plan_meeting, restore_meeting
from chibo.meetings.prepare.planning import MeetingKind
from chibo.meetings.prepare.programme import programme
from chibo.meetings.prepare.texts import notice_text
from chibo.meetings.room.called import may_preside, roll_at_opening
from chibo.meetings.room.screens import draft_title
from chibo.members.models import GroupMember
from tests import make

FIRST = ("lan", "hung", "tam", "son")
SECOND = ("quyen", "binh", "mai")
WHY = {"reason": "Hai xóm cách nhau 12 km", "document": "Công văn 14-CV/ĐU ngày 01/11/2026"}


def fields(day: date, **more: str) -> dict[str, str]:
    typed = {"kind": "regular", "period": f"{day:%Y-%m}", "day": day.isoformat(), "clock": "19:30"}
    said = {"groups_reason": WHY["reason"], "groups_document": WHY["document"]}
    return typed | {"place": "Nhà văn hóa thôn", "by_groups": "on"} | said | more


@pytest.fixture
def next_month() -> date:
    return add_months(month_start(today()), 2).replace(day=3)


@pytest.fixture
def groups(people):
    """Two groups in which everyone who is expected has a place; Bình, of no committee, leads the second."""
    found = [make.group(people.cell, f"Tổ đảng số {number}") for number in (1, 2)]
    for group, names in zip(found, (FIRST, SECOND), strict=True):
        for name in names:
            make.group_member(group, getattr(people, name), "leader" if name in ("tam", "binh") else "member")
    return found


def planned(people, day: date) -> list[Meeting]:
    return plan_by_groups(
        cell=people.cell, kind=MeetingKind.REGULAR, period=month_start(day), starts_at=make.at(day),
        place="Nhà văn hóa", by=people.standing("lan"), **WHY,
    )  # fmt: skip


@pytest.fixture
def gatherings(people, groups, next_month):
    return planned(people, next_month)


def names_of(people, meeting: Meeting) -> set[str]:
    found = {line.person_id for line in roll_at_opening(meeting, day=meeting.day)}
    return {name for name, person in people.all().items() if person.pk in found}


# ---------- Planning ----------
def test_it_works(people, browser, groups, next_month):
    assert "Họp theo tổ đảng" in browser("lan").get("/cuoc-hop/moi/").content.decode()
    answer = browser("lan").post("/cuoc-hop/moi/", fields(next_month))
    assert answer.headers["Location"] == "/cuoc-hop/"
    first, second = Meeting.objects.exclude(group=None).order_by("group_name")
    assert (first.chair, second.chair) == (people.tam, people.binh)
    assert second.title == f"Họp tổ đảng số 2, tháng\u00a0{next_month.month}/{next_month.year}"
    assert second.parts.get().kind == "regular" and second.parts.get().items.exists()
    assert browser("lan").get(f"/cuoc-hop/{second.pk}/").status_code == 200
    page = browser("lan").get("/cuoc-hop/").content.decode()
    assert "0/2 tổ đã họp" in page or next_month.year != today().year


def test_it_validates_reason_paper_and_kind(browser, groups, next_month):
    for name, value in (("groups_reason", ""), ("groups_document", ""), ("kind", "thematic")):
        page = browser("lan").post("/cuoc-hop/moi/", fields(next_month, **{name: value}))
        assert page.status_code == 422, name
        assert {"kind": "by_groups"}.get(name, name) in page.context["form"].errors
    assert not Meeting.objects.exclude(group=None).exists()


def test_whoever_is_in_no_group_is_named_with_the_way_into_one(people, browser, groups, next_month):
    people.mai.groups.all().delete()
    page = browser("lan").post("/cuoc-hop/moi/", fields(next_month))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Chưa ở tổ nào: đồng chí Võ Thị Mai." in text and 'href="/so-chi-bo/to-dang/"' in text
    assert not Meeting.objects.exclude(group=None).exists()


def test_a_cell_with_one_group_meets_as_a_whole(people, browser, next_month):
    group = make.group(people.cell)
    for name in (*FIRST, *SECOND):
        make.group_member(group, getattr(people, name))
    page = browser("lan").post("/cuoc-hop/moi/", fields(next_month))
    assert page.status_code == 422 and "hai tổ đảng" in page.content.decode()


def test_the_groups_are_those_of_the_day(people, groups, next_month):
    row = people.mai.groups.get()
    row.validity = make.days(row.validity.lower, next_month)
    row.save()
    later = {"role": "member", "validity": make.days(next_month)}
    GroupMember.objects.create(group=groups[0], cell=people.cell, person=people.mai, **later)
    first, second = planned(people, next_month)
    assert "mai" in names_of(people, first) and "mai" not in names_of(people, second)


@pytest.mark.parametrize("name", ["binh", "tam", "khanh", "dung", "thu", "former", "operator"])
def test_it_checks_access(browser, groups, next_month, name):
    browser(name).post("/cuoc-hop/moi/", fields(next_month))
    assert not Meeting.objects.exclude(group=None).exists()


def test_a_period_has_its_groups_or_the_whole_cell(people, gatherings, next_month):
    with pytest.raises(AlreadyPlanned):
        planned(people, next_month)
    with pytest.raises(AlreadyPlanned):
        plan_meeting(
            cell=people.cell, kind=MeetingKind.REGULAR, period=month_start(next_month), place="Nhà",
            starts_at=make.at(next_month), by=people.standing("lan"),
        )  # fmt: skip


def test_whoever_plans_a_month_that_is_split_reads_what_can_be_done(people, browser, gatherings, next_month):
    def page(**more):
        answer = browser("lan").post("/cuoc-hop/moi/", {**fields(next_month), "by_groups": "", **more})
        assert answer.status_code == 422
        return answer.content.decode()

    assert "chưa tổ nào họp" in page() and "hủy các buổi dưới đây trước" in page(by_groups="on")
    assert all(f"/cuoc-hop/{one.pk}/" in page() for one in gatherings)
    Meeting.objects.filter(pk=gatherings[0].pk).update(state=State.SIGNED)
    text = page()
    assert f"đã họp: tổ đảng số 1 ngày {next_month:%d/%m}" in text
    assert "không đổi lại họp cả chi bộ được" in text and "chuyên đề hoặc bất thường" in text
    Meeting.objects.filter(pk=gatherings[1].pk).update(state=State.CANCELLED)
    assert f"/cuoc-hop/{gatherings[1].pk}/" not in page(), "what was cancelled is in nobody's way"


def test_reason_and_paper_are_changed_for_all_that_are_still_to_be_held(people, browser, gatherings, next_month):
    path = f"/cuoc-hop/{gatherings[1].pk}/doi-lich/"
    new = {"groups_reason": "Đường ngập", "groups_document": "Công văn 20-CV/ĐU ngày 20/11/2026"}
    typed = {"day": next_month.isoformat(), "clock": "19:30", "place": "Nhà văn hóa"}
    assert "Hai xóm cách nhau 12 km" in browser("lan").get(path).content.decode()
    for missing in new:
        answer = browser("lan").post(path, {**typed, **new, missing: ""})
        assert answer.status_code == 422 and missing in answer.context["form"].errors
    Meeting.objects.filter(pk=gatherings[0].pk).update(state=State.CANCELLED)
    assert browser("lan").post(path, {**typed, **new}).status_code == 302
    found = {one.groups_reason for one in Meeting.objects.exclude(group=None)}
    assert found == {"Đường ngập"}, "what was cancelled may come back"
    Meeting.objects.filter(pk=gatherings[0].pk).update(state=State.SIGNED)
    again = {**new, "groups_reason": "Mưa lớn"}
    browser("lan").post(path, {**typed, **again})
    reasons = dict(Meeting.objects.exclude(group=None).values_list("pk", "groups_reason"))
    assert reasons == {gatherings[0].pk: "Đường ngập", gatherings[1].pk: "Mưa lớn"}, "what was held keeps its own"
    text = browser("lan").get(path).content.decode()
    assert "tổ đảng số 1 đã họp, nên không đổi lại họp cả chi bộ được" in text


@pytest.mark.parametrize("name", ["binh", "tam", "khanh", "dung", "former"])
def test_reason_and_paper_are_the_committees_alone(people, gatherings, name):
    with pytest.raises(Http404):
        restate(meeting=gatherings[0], reason="Khác", document="Khác", by=people.standing(name))


def test_a_gathering_of_the_whole_cell_has_no_such_reason(people, next_month):
    with pytest.raises(ValueError, match="by groups"):
        restate(meeting=make.meeting(people.cell), reason="Khác", document="Khác", by=people.standing("lan"))


def test_a_cancelled_gathering_comes_back_beside_the_others(people, gatherings, next_month):
    lan = people.standing("lan")
    for one in gatherings:
        cancel_meeting(meeting=one, reason="Bão", by=lan)
    restore_meeting(meeting=gatherings[0], by=lan)
    restore_meeting(meeting=gatherings[1], by=lan)
    for one in gatherings:
        cancel_meeting(meeting=one, reason="Bão", by=lan)
    plan_meeting(
        cell=people.cell, kind=MeetingKind.REGULAR, period=month_start(next_month), place="Nhà",
        starts_at=make.at(next_month), by=lan,
    )  # fmt: skip
    with pytest.raises(AlreadyPlanned):
        restore_meeting(meeting=gatherings[0], by=lan)


# ---------- Who is called, who presides ----------
def test_notice_and_roll_are_of_the_groups_people_alone(people, gatherings):
    first, second = gatherings
    assert names_of(people, first) == set(FIRST) and names_of(people, second) == set(SECOND)
    assert {one.person_id for one in addressees(second) if not one.is_follower} == {
        getattr(people, name).pk for name in SECOND
    }
    announce(meeting=second, by=people.standing("lan"))
    assert not Invitee.objects.filter(meeting=second, person=people.tam).exists()


def test_a_member_is_told_at_home_of_their_own_group_alone(people, browser, gatherings):
    Meeting.objects.filter(pk=people.meeting.pk).update(state=State.CANCELLED)
    first, second = gatherings
    with at(now()):
        for one in gatherings:
            announce(meeting=one, by=people.standing("lan"))
    with at(now() + timedelta(minutes=2)):
        for name, own, other in (("mai", second, first), ("tam", first, second)):
            page = browser(name).get("/").content.decode()
            assert f"/cuoc-hop/{own.pk}/" in page and f"/cuoc-hop/{other.pk}/" not in page, name


def test_the_leader_presides_over_this_gathering_and_no_other(people, browser, gatherings):
    first, second = gatherings
    assert people.binh.pk in may_preside(second) and people.binh.pk not in may_preside(first)
    assert people.lan.pk in may_preside(second)
    assert browser("binh").get(f"/cuoc-hop/{second.pk}/phong/").status_code == 200
    assert browser("binh").get(f"/cuoc-hop/{first.pk}/phong/").status_code == 404
    assert browser("mai").get(f"/cuoc-hop/{second.pk}/phong/").status_code == 404


def test_whoever_leads_the_group_by_then_presides(people, gatherings, groups):
    people.binh.groups.update(role="member")
    people.mai.groups.update(role="leader")
    gatherings[1].chair = None
    assert people.mai.pk in may_preside(gatherings[1]) and people.binh.pk not in may_preside(gatherings[1])


def test_a_leader_of_no_committee_opens_the_room_on_the_groups_roll(people, browser, groups):
    Meeting.objects.filter(pk=people.meeting.pk).update(state=State.CANCELLED)
    with at(make.at(today(), "18:00")):
        _, second = planned(people, today())
        announce(meeting=second, by=people.standing("lan"))
    with at(make.at(today(), "19:30")):
        answer = browser("binh").post(f"/cuoc-hop/{second.pk}/phong/mo/", {"chair": str(people.binh.pk)})
        assert answer.status_code == 302, answer.content.decode()
        second.refresh_from_db()
        assert second.state == State.OPEN and second.chair == people.binh
        on_roll = set(Attendance.objects.filter(meeting=second).values_list("person_id", flat=True))
        assert on_roll == {getattr(people, name).pk for name in SECOND}
        assert browser("binh").get(f"/cuoc-hop/{second.pk}/phong/diem-danh/").status_code == 200


# ---------- What papers and screens say ----------
def test_papers_and_notice_name_the_group_its_reason_and_paper(people, gatherings):
    second = Meeting.objects.select_related("cell__parent", "chair", "clerk").get(pk=gatherings[1].pk)
    said = "Họp theo tổ đảng. Lý do: Hai xóm cách nhau 12 km. Văn bản cho phép: Công văn 14-CV/ĐU ngày 01/11/2026."
    notice = notice_text(programme(second))
    assert "dự họp tổ đảng số 2 thường kỳ tháng" in notice and said in notice
    minutes = plain_text(minutes_document(second, None))
    assert "Tổ đảng số 2 của Chi bộ thôn Phú Hòa họp thường kỳ" in minutes and said in minutes
    assert "Họp tổ đảng số 2 thường kỳ, tháng" in minutes
    assert "Các đồng chí đảng viên Tổ đảng số 2 của Chi bộ thôn Phú Hòa" in plain_text(invitation(second))
    assert "Toàn thể đảng viên tổ đảng số 2." in plain_text(programme_document(second))
    assert draft_title(second, "conclusion").startswith("Kết luận tổ đảng số 2, tháng")


def test_the_vote_on_the_programme_names_the_group(people, browser, groups):
    Meeting.objects.update(state=State.CANCELLED)  # that of the cast may be of the same month
    second = planned(people, today())[1]
    with at(make.at(today())):
        room, hands = f"/cuoc-hop/{second.pk}/phong/", {"in_favour": "2", "against": "0", "abstained": "0"}
        browser("binh").post(f"{room}mo/", {"chair": str(people.binh.pk)})
        browser("binh").post(f"{room}diem-danh/", {"rest": "1"})
        browser("binh").post(f"{room}bieu-quyet/", {"noi-dung": "agenda", **hands})
    assert Vote.objects.get(meeting=second).title.startswith("Chương trình họp tổ đảng số 2, tháng")


def test_a_groups_name_stays_as_it_was_when_the_gathering_was_planned(gatherings, groups):
    groups[1].name = "Tổ đảng xóm Đông"
    groups[1].save()
    gatherings[1].refresh_from_db()
    assert "tổ đảng số 2" in gatherings[1].title


def test_the_month_is_held_when_all_gatherings_are(people, gatherings, next_month):
    def month():
        states, _ = months_of_year(people.cell, next_month.year, people.standing("lan"))
        return drawn(states)[next_month.month - 1]

    assert month().word == "0/2 tổ đã họp"
    Meeting.objects.filter(pk=gatherings[0].pk).update(state=State.SIGNED)
    assert (month().state, month().word) == ("plan", "1/2 tổ đã họp"), "this month comes first"
    assert month().url == f"/cuoc-hop/{gatherings[1].pk}/"
    Meeting.objects.filter(pk=gatherings[1].pk).update(state=State.CANCELLED)
    assert month().word == "1/2 tổ đã họp", "a gathering that was cancelled was not held"
    Meeting.objects.filter(pk=gatherings[1].pk).update(state=State.CLOSED)
    assert (month().state, month().word) == ("ok", "")
