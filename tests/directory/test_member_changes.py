"""What changes a member is a dated event, never an overwrite: probation, corrections, leaving the Party."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chibo.access.standing import standing_of
from chibo.audit.models import Event
from chibo.directory.course import course_of
from chibo.lib.dates import add_months, format_date, today
from chibo.members.models import Departure, FormerDetails, GroupMember, Membership, Person, ProbationDecision
from chibo.members.roster import roster
from tests import make
from tests.people import People, sign_in

LIST = "/so-chi-bo/dang-vien/"
ADMITTED = add_months(today(), -13)
TWELVE_MONTHS_END = add_months(ADMITTED, 12)


def page(who: Person) -> str:
    return f"{LIST}{who.pk}/"


def words_of(who: Person, people: People, reader: str = "lan") -> list[str]:
    return [step.words for step in course_of(who, people.standing(reader))]


class TestProbation:
    """Official from the day on which twelve months end, even where the cell met later (domain.md 1.2)."""

    RESOLVED = {"outcome": "official", "decided_on": today().isoformat(), "decision": "NQ 05"}

    @pytest.fixture(autouse=True)
    def admitted(self, people: People) -> None:
        people.mai.memberships.update(admitted_on=ADMITTED, probation_ends=TWELVE_MONTHS_END)

    def decide(self, client: Client, people: People, **changes: str):
        return sign_in(client, people.lan).post(f"{page(people.mai)}chinh-thuc/", self.RESOLVED | changes)

    def test_a_late_resolution_counts_from_the_day_twelve_months_ended(self, client: Client, people: People) -> None:
        assert self.decide(client, people).status_code == 302
        kinds = list(people.mai.memberships.order_by("validity").values_list("kind", "validity"))
        assert [kind for kind, _ in kinds] == ["probationary", "official"]
        assert kinds[0][1].upper == kinds[1][1].lower == TWELVE_MONTHS_END
        row = ProbationDecision.objects.get()
        assert (row.decided_on, row.effective_on, row.decision) == (today(), TWELVE_MONTHS_END, "NQ 05")

    def test_whoever_entered_the_cell_after_the_twelve_months_is_official_there_throughout(
        self, client: Client, people: People
    ) -> None:
        since = TWELVE_MONTHS_END + timedelta(days=5)
        people.mai.memberships.update(validity=make.days(since))
        self.decide(client, people)
        membership = people.mai.memberships.get()
        assert (membership.kind, membership.validity.lower) == ("official", since)

    def test_not_recognised_is_recorded_with_the_day_of_considering_again(self, client: Client, people: People) -> None:
        again = today() + timedelta(days=60)
        self.decide(client, people, outcome="extended", again_by=again.isoformat())
        membership = people.mai.memberships.get()
        assert (membership.kind, membership.probation_ends) == ("probationary", again)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"outcome": "extended"}, "Ghi ngày xét lại, sau ngày"),
            ({"decision": ""}, "Chưa ghi"),
            ({"outcome": ""}, "Chưa chọn"),
            ({"decided_on": (today() + timedelta(days=1)).isoformat()}, "muộn quá"),
        ],
    )
    def test_it_validates(self, client: Client, people: People, changes: dict[str, str], words: str) -> None:
        answer = self.decide(client, people, **changes)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not ProbationDecision.objects.exists()

    def test_without_the_day_of_admission_nothing_is_reckoned(self, client: Client, people: People) -> None:
        people.mai.memberships.update(admitted_on=None, probation_ends=None)
        answer = self.decide(client, people)
        assert "Ghi ngày kết nạp trước" in answer.content.decode()
        client.post(f"{page(people.mai)}ngay-ket-nap/", {"admitted_on": ADMITTED.isoformat()})
        assert people.mai.memberships.get().probation_ends == TWELVE_MONTHS_END

    def test_an_official_member_is_not_considered(self, client: Client, people: People) -> None:
        answer = sign_in(client, people.lan).post(f"{page(people.binh)}chinh-thuc/", self.RESOLVED)
        assert "không phải dự bị" in answer.content.decode()

    def test_the_list_shows_who_waits_and_until_when(self, client: Client, people: People) -> None:
        text = sign_in(client, people.lan).get(LIST).content.decode()
        assert f"đủ 12 tháng ngày {format_date(TWELVE_MONTHS_END)}" in text
        assert "Chờ xét chính thức" in text

    def test_the_book_says_beforehand_that_one_is_to_be_considered(self, client: Client, people: People) -> None:
        for days, is_said in ((40, True), (60, False)):
            people.mai.memberships.update(probation_ends=today() + timedelta(days=days))
            page = sign_in(client, people.lan).get("/so-chi-bo/").content.decode()
            assert ("Sắp xét chính thức" in page) is is_said
        assert "Sắp xét" not in sign_in(client, people.binh).get("/so-chi-bo/").content.decode()

    def test_a_new_probationary_member_gets_the_day(self, client: Client, people: People) -> None:
        fields = {"full_name": "Trương Văn Bảy", "kind": "probationary", "admitted_on": "01/10/2026"}
        sign_in(client, people.lan).post(f"{LIST}moi/", fields)
        membership = Membership.objects.get(person__full_name="Trương Văn Bảy")
        assert membership.probation_ends == date(2027, 10, 1)


class TestCorrection:
    """What the book said before stays readable; the event holds no name; signed minutes keep the old one."""

    FIELDS = {"full_name": "Đặng Văn Bính", "birth_year": "1970", "sex": "male", "code": "45.001205"}

    def test_the_former_name_is_read_in_the_course_by_committee_and_person(
        self, client: Client, people: People
    ) -> None:
        sign_in(client, people.lan).post(f"{page(people.binh)}sua/", self.FIELDS)
        former = FormerDetails.objects.get()
        assert (former.full_name, former.code, former.corrected_by) == ("Đặng Văn Bình", "", people.lan.pk)
        for reader in ("lan", "binh"):
            assert any("họ tên ghi là Đặng Văn Bình" in words for words in words_of(people.binh, people, reader))
        assert not any("Đặng Văn Bình" in words for words in words_of(people.binh, people, "mai"))
        event = Event.objects.get(kind="member.corrected")
        assert "Bình" not in (event.payload or "")

    def test_nothing_changed_leaves_nothing_behind(self, client: Client, people: People) -> None:
        same = {"full_name": "Đặng Văn Bình", "birth_year": "", "sex": "", "code": "45.001205"}
        sign_in(client, people.lan).post(f"{page(people.binh)}sua/", same)
        assert not FormerDetails.objects.exists()


class TestDeparture:
    """The category, the day, the paper's number; no reason; from the next day the person sees nothing."""

    def leave(self, client: Client, who: Person, people: People, **changes: str):
        fields = {"kind": "expelled", "last_day": (today() - timedelta(days=1)).isoformat(), "decision": "QĐ 12"}
        return sign_in(client, people.lan).post(f"{page(who)}ra-khoi-dang/", fields | changes)

    def test_everything_held_in_the_cell_ends(self, client: Client, people: People) -> None:
        make.group_member(make.group(people.cell), people.hung)
        make.post(people.hung, people.cell)
        assert self.leave(client, people.hung, people).headers["Location"] == LIST
        row = Departure.objects.get()
        assert (row.kind, row.decision) == ("expelled", "QĐ 12")
        assert not people.hung.offices.filter(validity__contains=today()).exists()
        assert not GroupMember.objects.filter(person=people.hung, validity__contains=today()).exists()
        assert not people.hung.posts.filter(validity__contains=today()).exists()
        assert people.hung.pk not in {line.person_id for line in roster(people.cell, today())}

    def test_from_the_next_day_the_person_sees_nothing_not_even_minutes_attended(
        self, client: Client, people: People
    ) -> None:
        self.leave(client, people.binh, people)
        assert standing_of(people.binh.pk).person_id is None
        assert standing_of(people.binh.pk, today() - timedelta(days=1)).belongs(people.cell.pk)
        assert sign_in(client, people.binh).get("/so-chi-bo/").status_code == 404

    def test_whoever_is_admitted_again_sees_again(self, client: Client, people: People) -> None:
        self.leave(client, people.binh, people)
        make.membership(people.binh, people.cell, "probationary", since=today())
        assert standing_of(people.binh.pk).belongs(people.cell.pk)

    def test_a_transfer_under_way_is_withdrawn(self, client: Client, people: People) -> None:
        transfer = make.transfer(people.binh, people.cell, people.sibling)
        self.leave(client, people.binh, people, kind="died", decision="")
        transfer.refresh_from_db()
        assert transfer.outcome == "withdrawn"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"decision": ""}, "Ghi số và ngày của quyết định"),
            ({"kind": ""}, "Chưa chọn"),
            ({"last_day": (today() + timedelta(days=1)).isoformat()}, "muộn quá"),
            ({"last_day": "01/01/2000"}, "Nhập ngày từ ngày ấy"),
        ],
    )
    def test_it_validates(self, client: Client, people: People, changes: dict[str, str], words: str) -> None:
        answer = self.leave(client, people.binh, people, **changes)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Departure.objects.exists()

    def test_no_category_is_in_the_log(self, client: Client, people: People) -> None:
        self.leave(client, people.binh, people)
        assert "expelled" not in (Event.objects.get(kind="member.departed").payload or "")

    @pytest.mark.parametrize("who", ["binh", "khanh", "dung", "hoa", "phuc"])
    def test_it_checks_access(self, client: Client, people: People, who: str) -> None:
        sign_in(client, people.all()[who])
        for path in ("ra-khoi-dang/", "chinh-thuc/", "ngay-ket-nap/"):
            assert client.get(f"{page(people.mai)}{path}").status_code == 404


def test_the_course_tells_what_happened_in_plain_words(client: Client, people: People) -> None:
    told = words_of(people.tu, people)
    assert "Được miễn công tác và sinh hoạt đảng" in told
    assert f"Sinh hoạt ở {people.cell.name}, đảng viên chính thức" in told
    assert "Giữ chức bí thư, Chi bộ thôn Phú Hòa" in words_of(people.lan, people)
    text = sign_in(client, people.binh).get(page(people.binh)).content.decode()
    assert "Quá trình" in text


def test_a_committee_reads_no_steps_of_another_cell(people: People) -> None:
    assert any("Dân Hiệp" in words for words in words_of(people.left, people, "left"))
    assert not any("Dân Hiệp" in words for words in words_of(people.left, people, "lan"))


def test_a_suspension_bars_from_its_first_day_and_ends_with_its_last(client: Client, people: People) -> None:
    until = today() + timedelta(days=30)
    sign_in(client, people.lan).post(
        f"{page(people.binh)}dinh-chi/",
        {"since": today().isoformat(), "until": until.isoformat(), "decision": "QĐ 7"},
    )
    assert standing_of(people.binh.pk, until).person_id is None
    assert standing_of(people.binh.pk, until + timedelta(days=1)).belongs(people.cell.pk)
