"""/chuan-bi/, items edited in place, papers."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from chibo.access.scope import scope
from chibo.audit.models import Event
from chibo.meetings.models import AgendaItem, Meeting, Paper, Part, State
from chibo.meetings.prepare.papers import BadPaper, clean_paper
from chibo.meetings.prepare.programme import programme
from tests import make
from tests.files.making import office, pdf

KEEP = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ACCEPT": "application/json"}


def fields(**more: str) -> dict[str, str]:
    return {
        "title": "An toàn giao thông",
        "presenter": "",
        "minutes": "25",
        "work": "party",
        "questions": "1. Vì sao còn va chạm?\n- Mỗi đồng chí nhận việc gì?\n",
        "presenter_text": "",
        "serves": "",
        "text": "",
        "closed_paper": "",
        "version": "1",
    } | more


@pytest.fixture
def item(people):
    return make.item(people.meeting)


@pytest.fixture
def url(people, item):
    return f"/cuoc-hop/{people.meeting.pk}/noi-dung/{item.pk}/"


def test_it_works(people, browser, item):
    make.task(make.signed(people.cell), people.binh, "Phát quang hàng rào ở ngã ba")
    make.item(people.meeting, "Kiểm điểm nghị quyết tháng trước", kind="review")
    page = browser("lan").get(f"/cuoc-hop/{people.meeting.pk}/chuan-bi/").content.decode()
    assert item.title in page
    assert "Phát quang hàng rào ở ngã ba" in page
    assert "Hướng dẫn 42-HD/BTCTW" in page


def test_an_item_is_saved_with_its_questions_in_order(browser, item, url, people):
    answer = browser("lan").post(url, fields(presenter=str(people.hung.pk)))
    assert answer.status_code == 302
    item.refresh_from_db()
    assert [question.text for question in item.questions.all()] == ["Vì sao còn va chạm?", "Mỗi đồng chí nhận việc gì?"]
    assert (item.presenter, item.minutes, item.version) == (people.hung, 25, 2)
    assert Event.objects.filter(kind="agenda.changed", object_id=item.pk).exists()


def test_a_question_keeps_its_row_when_its_words_change(browser, item, url):
    first = make.question(item, "Câu cũ?")
    browser("lan").post(url, fields(questions="Câu mới?\nCâu hai?"))
    assert item.questions.get(pk=first.pk).text == "Câu mới?"


def test_autosave_answers_with_the_new_version(browser, url):
    answer = browser("lan").post(url, fields(), **KEEP)
    assert answer.json()["version"] == 2
    again = browser("lan").post(url, fields(), **KEEP)
    assert again.json()["version"] == 2, "the same text is saved, whatever the version"


def test_an_item_serves_a_resolution_of_the_cell_or_a_task_of_the_year(people, browser, item, url):
    signed = make.signed(people.cell)
    resolution = make.resolution(signed, signed_at=signed.signed_at)
    browser("lan").post(url, fields(serves_resolution=str(resolution.pk), serves="Thôn không tai nạn"))
    item.refresh_from_db()
    assert item.serves_resolution_id == resolution.pk
    page = browser("lan").get(f"/cuoc-hop/{people.meeting.pk}/chuan-bi/").content.decode()
    assert f"Phục vụ: Nghị quyết tháng {signed.period.month}/{signed.period.year}; Thôn không tai nạn" in page


def test_two_people_on_one_item_overwrite_nothing(browser, item, url):
    browser("lan").post(url, fields(title="Bản của Lan"))
    answer = browser("hung").post(url, fields(title="Bản của Hùng"), **KEEP)
    assert answer.status_code == 409
    assert "Bản của Lan" in answer.json()["theirs"]
    page = browser("hung").post(url, fields(title="Bản của Hùng"))
    assert page.status_code == 409
    assert "Bản của Lan" in page.content.decode()
    assert "Bản của Hùng" in page.content.decode()
    item.refresh_from_db()
    assert item.title == "Bản của Lan"
    browser("hung").post(url, fields(title="Bản của Hùng", version=str(page.context["item"].version)))
    item.refresh_from_db()
    assert item.title == "Bản của Hùng"


def test_it_validates_and_keeps_what_was_typed(browser, item, url):
    page = browser("lan").post(url, fields(title="", minutes="nửa giờ", questions="Còn nguyên?"))
    assert page.status_code == 422
    assert "Còn nguyên?" in page.content.decode()
    assert set(page.context["form"].errors) == {"title", "minutes"}


def test_ten_megabytes_of_text_are_refused_with_a_sentence_and_kept(browser, url):
    text = "a" * (10 * 1024 * 1024)
    page = browser("lan").post(url, fields(text=text))
    assert page.status_code == 422
    assert "Rút ngắn lại" in page.content.decode()
    assert page.context["form"]["text"].value() == text
    assert browser("lan").post(url, fields(text=text), **KEEP).status_code == 422


def test_a_closed_item_keeps_no_text(browser, item, url):
    page = browser("lan").post(url, fields(closed_paper="sổ 2, trang 14"))
    assert page.status_code == 422
    answer = browser("lan").post(url, fields(closed_paper="sổ 2, trang 14", questions=""))
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.text, item.questions.count()) == ("", 0)


def test_items_move_and_a_removed_one_comes_back_in_its_place(people, browser, item, url):
    second = make.item(people.meeting, "Giới thiệu quần chúng")
    browser("lan").post(url, fields(act="down"))
    assert [line.item.pk for line in programme(people.meeting).lines] == [second.pk, item.pk]
    browser("lan").post(url, fields(act="remove", version="2"))
    assert [line.item.pk for line in programme(people.meeting).lines] == [second.pk]
    browser("lan").post(f"{url}khoi-phuc/")
    assert [line.item.pk for line in programme(people.meeting).lines] == [second.pk, item.pk]


def test_the_text_of_a_removed_item_is_erased_by_the_next_removal(people, browser, item, url):
    second = make.item(people.meeting, "Giới thiệu quần chúng")
    browser("lan").post(url, fields(act="remove", text="Chuyện riêng"))
    browser("lan").post(f"/cuoc-hop/{people.meeting.pk}/noi-dung/{second.pk}/", fields(act="remove"))
    left = AgendaItem.with_removed.get(pk=item.pk)
    assert (left.title, left.text, left.questions.count()) == ("", "", 0)
    assert browser("lan").post(f"{url}khoi-phuc/").status_code == 404


def test_an_item_is_added_before_the_conclusion(people, browser, item):
    make.item(people.meeting, "Kết luận", kind="conclusion")
    browser("lan").post(f"/cuoc-hop/{people.meeting.pk}/noi-dung/moi/?mau=membership")
    assert [line.item.kind for line in programme(people.meeting).lines] == ["discussion", "membership", "conclusion"]


def test_a_thematic_part_is_added_once_and_taken_out_again(people, browser):
    base = f"/cuoc-hop/{people.meeting.pk}/chuan-bi/"
    browser("lan").post(f"{base}gop-chuyen-de/")
    browser("lan").post(f"{base}gop-chuyen-de/")
    assert Part.objects.filter(meeting=people.meeting, kind="thematic").count() == 1
    browser("lan").post(f"{base}bo-chuyen-de/")
    assert not Part.objects.filter(meeting=people.meeting, kind="thematic").exists()


def test_the_programme_of_a_meeting_that_has_begun_is_not_changed(people, browser, item, url):
    Meeting.objects.filter(pk=people.meeting.pk).update(state=State.OPEN)
    assert browser("lan").post(url, fields(), **KEEP).status_code == 422
    browser("lan").post(url, fields())
    item.refresh_from_db()
    assert item.version == 1


@pytest.mark.parametrize("name", ["binh", "tam", "mai", "son", "khanh", "dung", "thu", "phuc", "former", "suspended"])
def test_it_checks_access(people, browser, item, url, name):
    client = browser(name)
    assert client.get(f"/cuoc-hop/{people.meeting.pk}/chuan-bi/").status_code == 404
    assert client.post(url, fields()).status_code == 404
    item.refresh_from_db()
    assert item.version == 1


# ---------- Papers ----------
def picture(kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, kind, **more)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.docx", office("docx")),
        ("a.xlsx", office("xlsx")),
        ("a.pptx", office("pptx")),
        ("a.jpg", picture()),
        ("a.png", picture("PNG")),
        ("a.txt", "Thông tin".encode()),
    ],
)
def test_each_kind_of_paper_is_taken_and_given_back_safely(people, browser, url, name, content):
    assert browser("lan").post(f"{url}tai-lieu/", {"file": upload(name, content)}).status_code == 302
    paper = Paper.objects.get()
    Meeting.objects.filter(pk=people.meeting.pk).update(announced_at=make.now(), state=State.ANNOUNCED)
    answer = browser("binh").get(f"/cuoc-hop/{people.meeting.pk}/tai-lieu/{paper.pk}/")
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00 not a pdf"),
        ("a.docx", office("xlsx")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", office(parts={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"x")})),
        ("a.jpg", picture()[:200]),
        ("a.png", b"<svg/>"),
        ("a.txt", b"\x00\x01\x02"),
        ("a.txt", b"\xff\xfe\x00"),
    ],
)
def test_it_validates_what_a_paper_really_is(browser, url, name, content):
    page = browser("lan").post(f"{url}tai-lieu/", {"file": upload(name, content)})
    assert page.status_code == 422
    assert name in page.content.decode()
    assert not Paper.objects.exists()


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html", "a.doc", "a"])
def test_it_validates_the_kind_of_a_paper(browser, url, name):
    page = browser("lan").post(f"{url}tai-lieu/", {"file": upload(name, b"x")})
    assert page.status_code == 422
    assert "Chọn tệp" in page.content.decode()


def test_a_hundred_megabytes_are_refused_with_a_sentence(browser, url):
    page = browser("lan").post(f"{url}tai-lieu/", {"file": upload("to.pdf", pdf() + b"0" * (100 * 1024 * 1024))})
    assert page.status_code == 422
    assert "quá 20 MB" in page.content.decode()


def test_a_photo_loses_place_and_camera():
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của Lan"
    exif[0x8825] = {1: "N", 2: (11.0, 5.0, 0.0)}
    clean = clean_paper(upload("a.jpg", picture(exif=exif)))
    assert "Máy".encode() not in clean.content
    with Image.open(io.BytesIO(clean.content)) as found:
        assert not found.getexif()


def test_a_picture_that_unpacks_into_all_memory_is_refused():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(BadPaper):
        clean_paper(upload("a.png", out.getvalue()))


def test_a_paper_comes_back_after_removal(people, browser, url):
    browser("lan").post(f"{url}tai-lieu/", {"file": upload("a.pdf", pdf())})
    paper = Paper.objects.get()
    base = f"/cuoc-hop/{people.meeting.pk}/tai-lieu/{paper.pk}/"
    browser("lan").post(f"{base}bo/")
    assert not Paper.objects.exists()
    browser("lan").post(f"{base}khoi-phuc/")
    assert Paper.objects.get() == paper


def test_papers_are_not_read_before_the_notice_nor_by_those_outside(people, browser, url):
    browser("lan").post(f"{url}tai-lieu/", {"file": upload("a.pdf", pdf())})
    base = f"/cuoc-hop/{people.meeting.pk}/tai-lieu/{Paper.objects.get().pk}/"
    assert browser("binh").get(base).status_code == 404
    Meeting.objects.filter(pk=people.meeting.pk).update(announced_at=make.now(), state=State.ANNOUNCED)
    allowed = {"binh", "mai", "tu", "khanh", "tam", "lan"}
    for name in ("binh", "mai", "tu", "khanh", "tam", "lan", "dung", "thu", "phuc", "suspended", "former"):
        assert browser(name).get(base).status_code == (200 if name in allowed else 404), name


def test_the_programme_takes_few_queries_however_long_it_is(people, django_assert_max_num_queries):
    for number in range(12):
        make.question(make.item(people.meeting, f"Mục {number}"))
    with scope(people.standing("lan")), django_assert_max_num_queries(8):
        programme(Meeting.objects.get(pk=people.meeting.pk))
