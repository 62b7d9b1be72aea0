"""From the end of a meeting to signed minutes: order, digests, numbers, erasure, who reads what."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from chibo.access.scope import scope
from chibo.audit.chains import canonical, digest_of
from chibo.audit.verify import breaks
from chibo.documents.models import IssuedDocument
from chibo.documents.plain import plain_text
from chibo.lib.dates import format_date, format_date_long, now, today
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands, digests
from chibo.meetings.minutes.freeze import Tampered, check_frozen
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import AgendaItem, Entry, Meeting, Minutes, MinutesSection, Opinion, Remark, State
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import THE_SERVER
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(people: People) -> Meeting:
    """A meeting held now through the room, closed, chaired by Lan, minuted by Tâm."""
    meeting = make.meeting(people.cell, starts_at=now().replace(microsecond=0), state=State.ANNOUNCED)
    talk = make.item(meeting)
    criticism = make.item(meeting, "Tự phê bình và phê bình", kind=AgendaItem.Kind.SELF_CRITICISM)
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    meeting.refresh_from_db()
    room.elect_clerk(pen=pen, member=people.tam.pk)
    meeting.refresh_from_db()
    present = [people.lan.pk, people.hung.pk, people.quyen.pk, people.tam.pk, people.mai.pk, people.son.pk]
    room.call(pen=pen, members=present, state="present")
    room.call(pen=pen, members=[people.binh.pk], state="absent", reason="health", reason_text="nằm viện tỉnh")
    room.record_remark(pen=pen, item=talk, text="Lắp gương cầu lồi trước, ba tháng sau xem lại.", member=people.hung.pk)
    withdrawn = room.record_remark(pen=pen, item=talk, text="Câu nói rồi xin rút lại.", member=people.quyen.pk)
    pen.write("remark-withdraw", of=withdrawn.pk)
    room.record_remark(pen=pen, item=criticism, text="Tôi nhận khuyết điểm chậm báo cáo.", member=people.quyen.pk)
    Opinion.objects.create(
        **meeting.keys, item=talk, author=people.binh, text="Ý kiến không đọc ra.", handed_in_at=now()
    )
    pen._append("close", None, {})
    meeting.refresh_from_db()
    assert meeting.state == State.CLOSED
    return meeting


def sign_both(meeting: Meeting, people: People) -> Minutes:
    commands.sign(meeting=meeting, by=people.standing("tam"))
    minutes = commands.sign(meeting=meeting, by=people.standing("lan"))
    meeting.refresh_from_db()
    minutes.refresh_from_db()
    return minutes


def test_the_minutes_say_what_was_recorded_and_nothing_else(held: Meeting) -> None:
    text = plain_text(minutes_document(held, None))
    assert "Đồng chí Trần Văn Hùng: Lắp gương cầu lồi trước, ba tháng sau xem lại." in text
    assert "Vắng có lý do: 1 (Đặng Văn Bình, sức khỏe)." in text
    assert "nằm viện" not in text  # the words of a reason stay with the committee
    assert "xin rút lại" not in text
    assert "Ý kiến không đọc ra" not in text
    assert text.index("NỘI DUNG".capitalize()) < text.index("Lắp gương")


def test_minutes_say_the_day_on_which_it_was_held_and_not_the_planned_one(held: Meeting) -> None:
    held.starts_at += timedelta(days=2)  # opened two days before its day, since the hall was free
    document = minutes_document(held, None)
    assert document.date == today()
    assert format_date_long(today()) in plain_text(document)
    assert format_date_long(held.planned_day) not in plain_text(document)


def test_the_clerk_signs_first_and_the_chair_completes(held: Meeting, people: People) -> None:
    with pytest.raises(commands.NotNow, match="Thư ký ký trước"):
        commands.sign(meeting=held, by=people.standing("lan"))
    minutes = sign_both(held, people)
    assert held.state == State.SIGNED
    assert minutes.number == 1
    assert minutes.signatures.count() == 2
    issued = IssuedDocument.objects.get(meeting_id=held.pk, kind="bien-ban")
    assert issued.is_intact()
    assert issued.number == 1


def test_whoever_both_presides_and_minutes_signs_in_both_roles(people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=now().replace(microsecond=0), state=State.ANNOUNCED)
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    room.elect_clerk(pen=pen, member=people.lan.pk)
    pen._append("close", None, {})
    for _ in range(2):
        minutes = commands.sign(meeting=meeting, by=people.standing("lan"))
    meeting.refresh_from_db()
    assert meeting.state == State.SIGNED and minutes.signatures.count() == 2


def test_nobody_else_signs(held: Meeting, people: People) -> None:
    from django.http import Http404

    with pytest.raises(Http404):
        commands.sign(meeting=held, by=people.standing("hung"))


def test_after_signing_only_the_signed_text_is_left(held: Meeting, people: People) -> None:
    sign_both(held, people)
    assert not Entry.objects.filter(meeting=held, payload__isnull=False).exists()
    assert not Entry.objects.filter(meeting=held, at__isnull=False).exists()
    assert not Opinion.objects.filter(meeting=held).exists()
    assert not Remark.objects.filter(meeting=held).exists()
    kept = str(list(MinutesSection.objects.filter(meeting=held).values_list("content", flat=True)))
    assert "xin rút lại" not in kept
    assert "Lắp gương cầu lồi trước" in kept


def test_the_log_still_verifies_after_erasure(held: Meeting, people: People) -> None:
    sign_both(held, people)
    assert list(breaks()) == []


def test_one_changed_word_in_a_signed_section_is_found(held: Meeting, people: People) -> None:
    minutes = sign_both(held, people)
    check_frozen(minutes)
    section = minutes.sections.get(key="discussion")
    section.content["blocks"][1]["content"] = "Câu khác."
    section.save()
    with pytest.raises(Tampered):
        check_frozen(minutes)
    why = "mục của biên bản số 3 bị đổi (nội dung); theo chữ ký"
    assert [(one.chain, one.why) for one in breaks()] == [(held.pk, why)]


def test_signed_minutes_written_anew_with_right_digests_are_found(held: Meeting, people: People) -> None:
    minutes = sign_both(held, people)
    section = minutes.sections.get(key="discussion")
    section.content["blocks"][1]["content"] = "Câu khác."
    section.digest = digest_of(bytes(section.salt), canonical(section.content))
    section.save()
    minutes.digest_lists.get(covers="root").delete()
    minutes.root = digests.make(minutes, "root").digest
    minutes.save()
    check_frozen(minutes)
    assert "biên bản số 1 bị đổi (dấu kiểm đã ký); theo niêm phong khi đủ chữ ký" in [one.why for one in breaks()]
    minutes.digest_lists.get(covers="seal").delete()
    digests.make(minutes, "seal")
    assert [one.why for one in breaks()] == ["niêm phong khác với nhật ký của chi bộ"]


def test_the_chair_can_give_the_minutes_back_before_completing(held: Meeting, people: People) -> None:
    commands.sign(meeting=held, by=people.standing("tam"))
    commands.give_back(meeting=held, by=people.standing("lan"))
    minutes = Minutes.objects.get(meeting=held)
    assert minutes.frozen_at is None
    assert minutes.sections.count() == 0
    sign_both(held, people)
    with pytest.raises(commands.NotNow, match="đính chính"):
        commands.give_back(meeting=held, by=people.standing("lan"))


def test_a_closed_section_is_read_by_those_who_were_present(held: Meeting, people: People) -> None:
    sign_both(held, people)
    commands.submit(meeting=held, by=people.standing("lan"))

    def keys(name: str) -> set[str]:
        with scope(people.standing(name)):
            return set(MinutesSection.objects.filter(meeting=held).values_list("key", flat=True))

    assert "self_criticism" in keys("mai")
    assert keys("binh") == {"opening", "content", "discussion", "conclusion"}
    assert keys("khanh") == {"opening", "content", "discussion", "conclusion"}
    assert keys("dung") == set()
    assert keys("phuc") == set()


def test_the_follower_reads_nothing_before_it_is_submitted(held: Meeting, people: People) -> None:
    sign_both(held, people)
    with scope(people.standing("khanh")):
        assert not MinutesSection.objects.filter(meeting=held).exists()


def test_an_annotation_counts_once_both_have_signed_it(held: Meeting, people: People) -> None:
    sign_both(held, people)
    before = [bytes(one.digest) for one in MinutesSection.objects.filter(meeting=held).order_by("position")]
    note = commands.annotate(
        meeting=held, text="Hạn lắp gương là 20/12.", section_key="conclusion", by=people.standing("tam")
    )
    assert note.signatures.count() == 1
    commands.sign_annotation(annotation=note, by=people.standing("lan"))
    assert note.signatures.count() == 2
    after = [bytes(one.digest) for one in MinutesSection.objects.filter(meeting=held).order_by("position")]
    assert before == after


def test_an_annotation_is_a_file_of_its_own_once_both_have_signed_it(
    client: Client, held: Meeting, people: People
) -> None:
    sign_both(held, people)
    before = IssuedDocument.objects.get(meeting_id=held.pk, kind="bien-ban").pdf_sha256
    first, closed = (
        commands.annotate(meeting=held, text=text, section_key=key, by=people.standing("tam"))
        for text, key in (("Hạn lắp gương là 20/12.", "conclusion"), ("Chậm hai ngày.", "self_criticism"))
    )
    path = f"/cuoc-hop/{held.pk}/van-ban/dinh-chinh-1.pdf"
    assert sign_in(client, people.lan).get(path).status_code == 404
    for note in (first, closed):
        commands.sign_annotation(annotation=note, by=people.standing("lan"))
    issued = IssuedDocument.objects.get(meeting_id=held.pk, kind="dinh-chinh-1")
    said = plain_text(issued.document)
    assert "Đính chính số 1 của biên bản số 01-BB/CB" in said and "Hạn lắp gương là 20/12." in said
    assert said.count("Đã ký lúc") == 2
    assert issued.token and issued.printed_pages
    assert client.get(path).content == bytes(issued.pdf)
    assert IssuedDocument.objects.get(meeting_id=held.pk, kind="dinh-chinh-2").data_class == "self_criticism"
    assert IssuedDocument.objects.get(meeting_id=held.pk, kind="bien-ban").pdf_sha256 == before


def test_it_works(client: Client, people: People, held: Meeting) -> None:
    sign_in(client, people.tam)
    answer = client.get(f"/cuoc-hop/{held.pk}/bien-ban/")
    assert answer.status_code == 200
    assert "Lắp gương cầu lồi trước" in answer.content.decode()
    assert "Ký biên bản" in answer.content.decode()


def test_it_validates_the_password(client: Client, people: People, held: Meeting) -> None:
    people.tam.user.set_password("mat-khau-cua-tam")
    people.tam.user.save()
    sign_in(client, people.tam)
    wrong = client.post(f"/cuoc-hop/{held.pk}/bien-ban/ky/", {"password": "sai"})
    assert wrong.status_code == 422
    assert "Mật khẩu chưa đúng" in wrong.content.decode()
    right = client.post(f"/cuoc-hop/{held.pk}/bien-ban/ky/", {"password": "mat-khau-cua-tam"})
    assert right.status_code == 302


def test_it_checks_access(client: Client, people: People, held: Meeting) -> None:
    for name in ("binh", "mai", "khanh", "dung", "thu", "phuc", "former"):
        sign_in(client, people.all()[name])
        assert client.get(f"/cuoc-hop/{held.pk}/bien-ban/").status_code == 404, name
        assert client.get(f"/cuoc-hop/{held.pk}/van-ban/bien-ban.docx").status_code == 404, name
    sign_both(held, people)
    sign_in(client, people.binh)
    page = client.get(f"/cuoc-hop/{held.pk}/bien-ban/")
    assert page.status_code == 200
    assert "nhận khuyết điểm" not in page.content.decode()
    file = client.get(f"/cuoc-hop/{held.pk}/van-ban/bien-ban.docx")
    assert file.status_code == 200


def test_the_frozen_file_is_served_unchanged(client: Client, people: People, held: Meeting) -> None:
    sign_both(held, people)
    issued = IssuedDocument.objects.get(meeting_id=held.pk, kind="bien-ban")
    sign_in(client, people.mai)
    file = client.get(f"/cuoc-hop/{held.pk}/van-ban/bien-ban.pdf")
    assert file.content == bytes(issued.pdf)


def test_an_item_removed_from_the_programme_leaves_no_text_after_signing(held: Meeting, people: People) -> None:
    removed = make.item(held, "Nội dung đã bỏ khỏi chương trình", text="Chữ đã bỏ", removed_at=now())
    make.question(removed, "Câu hỏi đã bỏ?")
    sign_both(held, people)
    kept = AgendaItem.with_removed.filter(pk=removed.pk).values_list("title", "text")
    assert list(kept) in ([], [("", "")])
    assert not removed.questions.exists()


def test_what_was_asked_to_be_corrected_stands_in_the_minutes_a_closed_item_apart(
    held: Meeting, people: People
) -> None:
    pen = room.Pen(held, people.standing("lan"), THE_SERVER)
    closed = Remark.objects.get(meeting=held, text__startswith="Tôi nhận khuyết điểm")
    room.correct(pen=pen, text="Sửa “ba tháng” thành “hai tháng”.")
    room.correct(pen=pen, text="Sửa “chậm báo cáo” thành “báo cáo chậm hai ngày”.", remark=closed.pk)
    texts = {one.key: str(one.blocks) for one in sections_of(held)}
    assert "hai tháng" in texts["conclusion"] and "báo cáo chậm hai ngày" in texts["self_criticism"]
    assert "báo cáo chậm hai ngày" not in texts["conclusion"] + texts["discussion"]


# ---------- What one is offered is what one may read ----------
def pages_offered(client: Client, meeting: Meeting, start: str) -> dict[str, int]:
    """Every way that leads from a page to something of a meeting, and what it answers."""
    page = client.get(start).content.decode()
    ways = set(re.findall(rf'href="(/cuoc-hop/{meeting.pk}/[^"#?]*)', page))
    return {way: client.get(way, follow=True).status_code for way in ways}


@pytest.mark.parametrize("state", [State.CLOSED, State.SIGNED])
@pytest.mark.parametrize("who", ["binh", "mai", "tu", "son", "lan", "hung", "tam", "khanh"])
def test_nobody_is_offered_minutes_that_are_not_theirs_to_read(
    held: Meeting, people: People, client: Client, who: str, state: str
) -> None:
    Meeting.objects.filter(pk=people.meeting.pk).update(state=State.CANCELLED, cancelled_at=now())
    if state == State.SIGNED:
        sign_both(held, people)
    sign_in(client, getattr(people, who))
    home = pages_offered(client, held, "/")
    assert home or who == "son", "what happened tonight stands where one begins"  # Sơn begins in the cell of his home
    ways = home | pages_offered(client, held, f"/cuoc-hop/{held.pk}/") | pages_offered(client, held, "/cuoc-hop/")
    assert {way for way, status in ways.items() if status >= 400} == set()


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("binh", "Biên bản đang chờ ký. Thư ký và chủ trì ký xong thì đọc được ở đây."),
        ("khanh", "Biên bản đang chờ ký. Chi bộ gửi lên thì đọc được ở đây."),
        ("lan", "Thư ký và chủ trì đọc lại rồi ký."),
        ("hung", "Thư ký và chủ trì đọc lại rồi ký."),
    ],
)
def test_home_says_that_the_meeting_was_held_and_waits_for_signatures(
    held: Meeting, people: People, client: Client, who: str, said: str
) -> None:
    Meeting.objects.filter(pk=people.meeting.pk).update(state=State.CANCELLED, cancelled_at=now())
    sign_in(client, getattr(people, who))
    page = html.unescape(client.get("/").content.decode()).replace("\u00a0", " ")
    assert said in page and "Đã họp từ" in page and format_date(held.opened_at) in page
    if who in ("binh", "khanh"):
        page = html.unescape(client.get(f"/cuoc-hop/{held.pk}/").content.decode()).replace("\u00a0", " ")
        assert said in page and "Xem biên bản" not in page
