"""What Chibo will never hold: numbers 1 to 6 and 8 of the promise, for what exists so far."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import get_resolver

import chibo
from chibo.access.scope import enter
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.api.site import document
from chibo.audit.chains import KEEPERS
from chibo.audit.verify import breaks
from chibo.lib.dates import now
from chibo.meetings.minutes.commands import sign
from chibo.meetings.models import AgendaItem, Attendance, Entry, Meeting, Opinion, Reason, Remark, State
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import THE_SERVER
from chibo.resolutions.models import MeetingFigures
from tests import make
from tests.access.test_routes import all_routes
from tests.people import People

SAID = "Lắp gương cầu lồi trước, ba tháng sau xem lại."
WITHDRAWN = "Câu này nói rồi xin rút lại."
SUPERSEDED = "Câu này bị câu khác thay."
UNREAD = "Ý kiến chuẩn bị mà không đọc ra."
WHY_ABSENT = "nằm viện tỉnh từ hôm kia"


@pytest.fixture
def signed(people: People) -> Meeting:
    """A meeting held in the room, with text that may not outlive the signing, and signed by both."""
    meeting = make.meeting(people.cell, starts_at=now().replace(microsecond=0), state=State.ANNOUNCED)
    talk = make.item(meeting)
    make.item(meeting, "Tự phê bình và phê bình", kind=AgendaItem.Kind.SELF_CRITICISM)
    Opinion.objects.create(**meeting.keys, item=talk, author=people.binh, text=UNREAD, handed_in_at=now())
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    meeting.refresh_from_db()
    room.elect_clerk(pen=pen, member=people.tam.pk)
    meeting.refresh_from_db()
    present = [people.all()[name].pk for name in ("lan", "hung", "quyen", "tam", "mai", "son")]
    room.call(pen=pen, members=present, state="present")
    room.call(pen=pen, members=[people.binh.pk], state="absent", reason=Reason.HEALTH, reason_text=WHY_ABSENT)
    room.record_remark(pen=pen, item=talk, text=SAID, member=people.hung.pk)
    withdrawn = room.record_remark(pen=pen, item=talk, text=WITHDRAWN, member=people.quyen.pk)
    pen.write("remark-withdraw", of=withdrawn.pk)
    edited = room.record_remark(pen=pen, item=talk, text=SUPERSEDED, member=people.mai.pk)
    pen.write("remark-edit", of=edited.pk, text="Tôi đồng ý.")
    pen._append("close", None, {})
    meeting.refresh_from_db()
    assert everywhere(WITHDRAWN, SUPERSEDED, UNREAD, WHY_ABSENT) == {WITHDRAWN, SUPERSEDED, UNREAD, WHY_ABSENT}
    sign(meeting=meeting, by=people.standing("tam"))
    sign(meeting=meeting, by=people.standing("lan"))
    meeting.refresh_from_db()
    assert meeting.state == State.SIGNED
    return meeting


def tables() -> list[str]:
    """Every table but the key of the seal, which not even the system reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [name for (name,) in cursor.fetchall() if name != "access_sealkey"]


def columns() -> dict[str, set[str]]:
    """The columns of every table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        )
        found: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
        return found


def everywhere(*sentences: str, but: str = "") -> set[str]:
    """Which of these sentences stand anywhere in the database, escaped or within a file. but: a table left out."""
    found = set()
    with connection.cursor() as cursor:
        for table in set(tables()) - {but}:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            whole = "\n".join(row for (row,) in cursor.fetchall())
            whole += whole.encode().decode("unicode_escape", "ignore")
            found |= {one for one in sentences if one in whole}
        cursor.execute("SELECT docx FROM documents_issueddocument")
        for (docx,) in cursor.fetchall():
            text = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
            found |= {one for one in sentences if one in text}
    return found


class TestAfterSigning:
    """1. No text that is not in the signed minutes; digests stay, so the log still verifies."""

    def test_only_what_was_minuted_is_left(self, signed: Meeting) -> None:
        assert everywhere(SAID, WITHDRAWN, SUPERSEDED, UNREAD) == {SAID}

    def test_the_words_of_an_absence_stay_with_the_committee_alone(self, signed: Meeting, people: People) -> None:
        assert everywhere(WHY_ABSENT, but="meetings_attendance") == set()
        readers = [
            name
            for name in ("lan", "hung", "tam", "mai", "khanh", "dung", "thu")
            if visible(Attendance.objects.filter(reason_text=WHY_ABSENT), people.standing(name)).exists()
        ]
        enter(Standing.for_system())
        assert readers == ["lan", "hung", "tam"]  # Tâm keeps the minutes of this meeting

    def test_the_chains_still_verify(self, signed: Meeting) -> None:
        assert {"events"} < set(KEEPERS)
        assert list(breaks()) == []

    def test_order_and_times_of_speaking_are_gone(self, signed: Meeting) -> None:
        entries = Entry.objects.filter(meeting=signed)
        assert entries.exists()
        assert not entries.exclude(at=None, received_at=None, payload=None, salt=None).exists()
        assert not Remark.objects.filter(meeting=signed).exists()
        assert not Opinion.objects.filter(meeting=signed).exists()

    def test_nothing_is_erased_before_both_have_signed(self, people: People) -> None:
        held = make.opened(people.cell)
        refused = pytest.raises(DatabaseError, match="is not signed")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT meetings_erase(%s)", [held.pk])


class TestSilence:
    """2. No stored register of silence: reckoned for the chair, kept nowhere."""

    def test_no_table_keeps_it(self, db: None) -> None:
        words = re.compile(r"silen|spoke|speak|speech|quiet|im_lang|phat_bieu")
        assert not [f"{table}.{one}" for table, names in columns().items() for one in names if words.search(one)]

    def test_only_the_room_reckons_it(self) -> None:
        root = Path(chibo.__file__).parent
        users = {path.relative_to(root).parts[:2] for path in root.rglob("*.py") if "long_silent" in path.read_text()}
        assert users == {("meetings", "room")}


class TestDossier:
    """3. No dossier by search or export."""

    def test_no_index_finds_what_a_person_said(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()"
                " AND tablename IN ('meetings_minutessection', 'documents_issueddocument')"
            )
            definitions = " ".join(definition for (definition,) in cursor.fetchall())
        assert "content" not in definitions
        assert "gin" not in definitions.lower()

    def test_no_path_of_minutes_or_remarks_asks_for_a_person(self) -> None:
        routes = [route for route in all_routes(get_resolver()) if "bien-ban" in route or "van-ban" in route]
        assert routes
        assert not [route for route in routes if "person" in route or "member" in route]

    def test_no_path_of_the_api_asks_for_a_person_or_gives_minutes(self) -> None:
        paths = document()["paths"]
        asked = {one["name"] for verbs in paths.values() for verb in verbs.values() for one in verb["parameters"]}
        assert asked
        assert not [name for name in asked if re.search(r"person|member|lead|speaker|by$|name", name)]
        assert not [path for path in paths if re.search(r"minutes|remark|opinion|entr|attendance|vote|event", path)]

    def test_a_query_by_speaker_changes_nothing_on_the_list_of_meetings(self, client, people: People, signed) -> None:
        client.force_login(people.binh.user)
        answers = {client.get("/cuoc-hop/", {name: "Hùng"}).content for name in ("tim", "q", "nguoi", "person")}
        assert all(SAID.encode() not in answer for answer in answers)


def test_no_score_rank_rate_or_removal_list_of_persons(db: None) -> None:
    """4."""
    words = re.compile(r"score|rank|rating|point|grade|removal|expel|rate$|diem|xep_loai|xoa_ten")
    assert not [f"{table}.{one}" for table, names in columns().items() for one in names if words.search(one)]


def test_figures_that_go_up_count_no_differing_opinion_and_name_nobody(db: None) -> None:
    """5."""
    assert columns()[MeetingFigures._meta.db_table] == {
        "id",
        "meeting_id",
        "cell_id",
        "body",
        "period",
        "held_on",
        "expected",
        "present",
        "length_minutes",
        "tasks_reviewed",
        "tasks_done",
        "tasks_given",
        "gatherings",
    }


class TestReasonsOfAbsence:
    """6. One of a few categories in the minutes; the words stay with the committee; none is assumed."""

    def test_the_minutes_say_the_category_and_not_the_words(self, signed: Meeting) -> None:
        from chibo.documents.models import IssuedDocument

        content = str(IssuedDocument.objects.get(meeting_id=signed.pk, kind="bien-ban").content)
        assert "sức khỏe" in content
        assert WHY_ABSENT not in content

    def test_nobody_is_present_or_without_reason_unless_someone_says_so(self, people: People) -> None:
        roll = make.opened(people.cell)
        assert set(Attendance.objects.filter(meeting=roll).values_list("state", "reason")) == {("", "")}

    def test_not_known_is_a_state_of_its_own(self) -> None:
        assert Reason.UNKNOWN != Reason.NONE
        assert "chi bộ đã kết luận" in Reason.NONE.label


class TestPerson:
    """8. No citizen number, ethnicity, religion, address or family of a person."""

    def test_a_person_has_these_columns_and_no_other(self, db: None) -> None:
        found = columns()
        assert found["members_person"] == {"id", "full_name", "folded", "sort_key", "birth_year", "sex", "code"}
        assert found["members_contact"] == {"person_id", "phone", "shared_with_cell"}

    def test_no_table_has_a_column_for_them(self, db: None) -> None:
        words = re.compile(r"citizen|cccd|cmnd|ethnic|dan_toc|relig|ton_giao|address|dia_chi|famil|spouse|household")
        found = {f"{table}.{one}" for table, names in columns().items() for one in names if words.search(one)}
        of_a_machine, never_written = "accounts_failedsignin.address", "account_emailconfirmation.email_address_id"
        assert found == {of_a_machine, never_written}  # the second is a library's; no e-mail is kept
