"""What each may read: the same as on the pages, in pages, known again by their ETag."""

import base64
from datetime import date, timedelta
from typing import Any

import pytest

from chibo.audit.models import Reading
from chibo.lib.dates import add_months, month_start, now, today
from chibo.meetings.models import State
from chibo.resolutions.models import MeetingFigures
from tests import make
from tests.access.expected import COMMITTEE, COMMUNE, FOLLOWER, MEMBERS, PROVINCE
from tests.api.conftest import As
from tests.directory.tree.place import merge
from tests.people import People

READERS = sorted(MEMBERS | FOLLOWER | COMMUNE | PROVINCE | {"phuc", "left", "suspended", "inspector", "operator"})
# ["\u0000", "00000000-0000-0000-0000-000000000000"], which PostgreSQL would not take
WITH_NUL = base64.urlsafe_b64encode(b'["\\u0000", "00000000-0000-0000-0000-000000000000"]').decode()


def ids(answer: Any) -> set[str]:
    return {one["id"] for one in answer.json()["items"]}


class TestMe:
    def test_it_works(self, people: People, calling: As) -> None:
        task = make.task(make.signed(people.cell), people.binh, due=today() - timedelta(days=1))
        found = calling("binh").get("me").json()
        assert found["person"] == {"id": str(people.binh.pk), "name": "Đặng Văn Bình"}
        assert [hat["role"] for hat in found["hats"]] == ["member"]
        waiting = found["waiting"]
        assert (waiting["open_tasks"], waiting["overdue_tasks"], waiting["next_meeting"]) == (1, 1, None)
        assert task.lead_id == people.binh.pk

    def test_the_next_meeting_once_its_notice_is_out(self, people: People, calling: As) -> None:
        soon = make.meeting(people.cell, state=State.ANNOUNCED, announced_at=now(), starts_at=make.at(today()))
        found = calling("binh").get("me").json()["waiting"]["next_meeting"]
        assert found["id"] == str(soon.pk)
        assert found["starts_at"].endswith("+07:00")

    def test_whoever_is_nobody_is_asked_for_a_token(self, people: People, calling: As) -> None:
        answer = calling().get("me")
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_lists_hold_what_is_visible_and_nothing_else(people: People, calling: As) -> None:
    """Every list × every person, against `visible_to`; what of the tree, against the pages."""
    signed = make.signed(people.cell, submitted_at=now(), reported_at=now())
    unreported = make.signed(people.cell, months_ago=2)
    tasks = [make.task(signed, people.binh, reported_at=now()), make.task(unreported, people.mai)]
    resolutions = [
        make.resolution(signed, signed_at=now(), reported_at=now()),
        make.resolution(unreported, signed_at=now()),
        make.resolution(make.signed(people.cell, months_ago=3)),  # not signed: no text of it is final
    ]
    committee = make.meeting(people.cell, body="committee")
    for name in READERS:
        caller, who = calling(name), people.standing(name)
        for path, rows in (("tasks", tasks), ("resolutions", resolutions[:2])):
            visible = set(type(rows[0]).objects.visible_to(who).filter(pk__in=[one.pk for one in rows]))
            assert ids(caller.get(path)) == {str(one.pk) for one in visible}, (name, path)
        meetings = ids(caller.get("meetings", {"cell": str(people.cell.pk)}))
        assert (str(committee.pk) in meetings) == (name in COMMITTEE), name
        assert (str(signed.pk) in meetings) == (name in MEMBERS | FOLLOWER | COMMUNE), name
        tree = ids(caller.get("organisations"))
        assert (str(people.cell.pk) in tree) == (name in MEMBERS | FOLLOWER | COMMUNE | PROVINCE), name
        assert (str(people.province.pk) in tree) == (name in PROVINCE), name


class TestMeetings:
    def test_the_programme_is_for_whoever_may_read_it_now(self, people: People, calling: As) -> None:
        item = make.item(people.meeting, "Gương cầu", text="Nội dung riêng")
        path = f"meetings/{people.meeting.pk}"
        found = calling("lan").get(path).json()
        assert item.title in [one["title"] for part in found["programme"] for one in part["items"]]
        for name in ("binh", "dung"):  # the notice is not out; the commune learns when and where alone
            answer = calling(name).get(path)
            assert answer.json()["programme"] is None
            assert "riêng" not in answer.content.decode()

    def test_a_closed_item_has_no_text(self, people: People, calling: As) -> None:
        make.item(people.meeting, "Mục kín", text="Không được thấy", closed_paper="trang 12")
        answer = calling("lan").get(f"meetings/{people.meeting.pk}")
        assert "Mục kín" in answer.content.decode()
        assert "Không được thấy" not in answer.content.decode()

    def test_reading_from_outside_is_noted_for_the_committee(self, people: People, calling: As) -> None:
        meeting = make.meeting(people.cell, state=State.ANNOUNCED, announced_at=now())
        calling("binh").get(f"meetings/{meeting.pk}")
        assert not Reading.objects.exists()
        calling("khanh").get(f"meetings/{meeting.pk}")
        assert list(Reading.objects.values_list("person_id", "what")) == [(people.khanh.pk, "programme")]

    def test_between_two_days(self, people: People, calling: As) -> None:
        day = people.meeting.day
        caller = calling("lan")
        assert ids(caller.get("meetings", {"since": day.isoformat(), "until": day.isoformat()}))
        assert not ids(caller.get("meetings", {"since": (day + timedelta(days=1)).isoformat()}))
        for no_day in ("2.04e-273", "0", "1700000000", "hôm nay"):
            answer = caller.get("meetings", {"until": no_day})
            assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "until")
        for far in ("0001-01-01", "9999-12-31"):
            assert caller.get("meetings", {"since": far, "until": far}).status_code == 200


class TestMonths:
    def test_a_cells_year_as_home_reckons_it(self, people: People, calling: As) -> None:
        make.signed(people.cell, months_ago=1)
        path = f"cells/{people.cell.pk}/months"
        months = calling("binh").get(path, {"year": today().year}).json()["months"]
        assert len(months) == 12
        assert {one["state"] for one in months} <= {"held", "held_late", "late", "coming", "none"}
        assert calling("thu").get(path).status_code == 404

    def test_a_communes_month_is_for_the_commune(self, people: People, calling: As) -> None:
        path = f"organisations/{people.commune.pk}/months"
        cells = calling("dung").get(path).json()["cells"]
        assert str(people.cell.pk) in {one["cell"]["id"] for one in cells}
        for name in ("thu", "lan", "khanh"):
            assert calling(name).get(path).status_code == 404

    @pytest.mark.parametrize("period", ["2026-13", "2026", "0000-01", "thang-1", "2026-01-01"])
    def test_it_validates_the_month(self, people: People, calling: As, period: str) -> None:
        answer = calling("dung").get(f"organisations/{people.commune.pk}/months", {"period": period})
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "period")


def test_the_province_has_figures_and_names_nobody(people: People, calling: As) -> None:
    meeting = make.signed(people.cell, months_ago=0)
    numbers = {
        "expected": 8,
        "present": 7,
        "length_minutes": 90,
        "tasks_reviewed": 1,
        "tasks_done": 1,
        "tasks_given": 2,
    }
    MeetingFigures.objects.create(**meeting.keys, period=month_start(today()), held_on=today(), **numbers)
    thu = calling("thu")
    answer = thu.get(f"organisations/{people.province.pk}/figures")
    (line,) = answer.json()["committees"]
    assert (line["held"], line["expected"], line["present"]) == (1, 8, 7)
    counts = thu.get(f"organisations/{people.province.pk}/counts")
    assert counts.json()["party_number"] > 5
    names = [person.full_name for person in people.all().values()]
    assert not [name for name in names if name in answer.content.decode() + counts.content.decode()]


def test_figures_of_a_day_or_a_month_count_the_cells_that_stood_then(people: People, calling: As) -> None:
    since = (today() - timedelta(days=40)).replace(day=1)
    merge(people.cell, people.sibling, new={"name": "Chi bộ thôn Hòa Hiệp"}, day=since)
    caller, where = calling("dung"), f"organisations/{people.commune.pk}/"
    for day, cells in ((make.FOUNDED - timedelta(1), 0), (since - timedelta(1), 3), (since, 3), (today(), 2)):
        assert caller.get(f"{where}counts", {"day": day.isoformat()}).json()["cells"] == cells, day
    for month, cells in ((date(2009, 12, 1), 0), (add_months(since, -1), 3), (today(), 2)):
        period = {"period": f"{month:%Y-%m}"}
        assert caller.get(f"{where}figures", period).json()["cells"] == cells, month
        assert len(caller.get(f"{where}months", period).json()["cells"]) == cells, month


class TestMembers:
    def test_phones_as_each_allows(self, people: People, calling: As) -> None:
        make.contact(people.binh, "0911111111")
        make.contact(people.hung, "0922222222", shared=True)
        path = f"cells/{people.cell.pk}/members"
        phones = {
            name: {one["phone"] for one in calling(name).get(path).json()["items"]} - {""} for name in ("lan", "mai")
        }
        assert phones == {"lan": {"0911111111", "0922222222"}, "mai": {"0922222222"}}

    def test_nobody_from_outside_reads_it(self, people: People, calling: As) -> None:
        for name in ("khanh", "dung", "hoa", "thu", "phuc", "left", "former"):
            assert calling(name).get(f"cells/{people.cell.pk}/members").status_code == 404


class TestTree:
    def test_search_without_marks(self, people: People, calling: As) -> None:
        found = calling("thu").get("organisations", {"search": "phu hoa"}).json()["items"]
        assert [one["id"] for one in found] == [str(people.cell.pk)]
        assert calling("thu").get("organisations", {"search": "phu\0hoa"}).status_code == 422

    def test_counts_are_for_whoever_stands_over_it(self, people: People, calling: As) -> None:
        path = f"organisations/{people.cell.pk}"
        assert calling("dung").get(path).json()["members"] > 0
        assert calling("binh").get(path).json()["members"] is None
        assert [one["id"] for one in calling("binh").get(path).json()["above"]] == [
            str(people.province.pk),
            str(people.commune.pk),
        ]

    def test_history(self, people: People, calling: As) -> None:
        assert calling("binh").get(f"organisations/{people.cell.pk}/history").json() == {"items": []}


class TestPages:
    def test_each_row_stands_on_one_page(self, people: People, calling: As) -> None:
        meeting = make.signed(people.cell)
        due = today() + timedelta(days=3)
        for number in range(7):
            make.task(meeting, people.binh, f"Việc {number}", due=due if number % 2 else due + timedelta(days=1))
        caller = calling("binh")
        whole = [one["id"] for one in caller.get("tasks").json()["items"]]
        seen, cursor = [], ""
        while cursor is not None:
            page = caller.get("tasks", {"limit": 2, "cursor": cursor}).json()
            seen += [one["id"] for one in page["items"]]
            cursor = page["next_cursor"]
        assert seen == whole
        assert len(set(seen)) == 7

    @pytest.mark.parametrize("path", ["tasks", "meetings", "resolutions", "organisations"])
    @pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMl0", "bnVsbA", WITH_NUL, "é"])
    def test_a_cursor_that_is_none_of_ours_is_refused(
        self, people: People, calling: As, path: str, cursor: str
    ) -> None:
        answer = calling("lan").get(path, {"cursor": cursor})
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "cursor")

    def test_what_is_known_already_is_not_sent_again(self, people: People, calling: As) -> None:
        caller = calling("lan")
        first = caller.get("meetings")
        again = caller.get("meetings", **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        make.meeting(people.cell)
        assert caller.get("meetings", **{"If-None-Match": first.headers["ETag"]}).status_code == 200
        assert "Authorization" in first.headers["Vary"]
        assert first.headers["Cache-Control"] == "no-store"


def test_no_list_is_narrowed_to_another_person(people: People, calling: As) -> None:
    """mission.md, never hold 3: one filters for oneself alone; what else is asked for changes nothing."""
    meeting = make.signed(people.cell)
    make.task(meeting, people.binh), make.task(meeting, people.mai)
    caller = calling("lan")
    for path in ("tasks", "meetings", "resolutions"):
        plain = caller.get(path).content
        for name in ("person", "lead", "speaker", "search", "nguoi"):
            assert caller.get(path, {name: str(people.binh.pk)}).content == plain
    assert not ids(caller.get("tasks", {"mine": "true"}))


def test_an_address_that_is_not_there_is_told_in_json(people: People, calling: As) -> None:
    for path in ("khong-co", "tasks/1", "tasks/"):
        answer = calling("lan").get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    answer = calling("lan").post("me", {})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
