"""A printed page is held against the record: its words, its text, and what a token tells whom."""

import io
import re

import pypdf
import pytest
from django.test import Client

from chibo.documents import checking
from chibo.documents.check_words import WORDS
from chibo.documents.kinds import Body, DocumentType
from chibo.documents.models import DataClass, IssuedDocument
from chibo.documents.pdf import Foot, page_texts, render_pdf
from chibo.lib.vietnamese import fold
from tests import make
from tests.documents import samples
from tests.people import People, sign_in

FOOT = Foot("https://chibo.example.vn/van-ban/aaaaaaaaaaaaaaaaaaaaaa/")


def letters(text: str) -> list[str]:
    return sorted("".join(text.split()).replace("|", ""))


def alike(word: str) -> str:
    """A word as the regions say it: d, gi, r, v alike; l, n; s, x; ch, tr; ends in n, ng, nh and t, c, ch."""
    said = fold(word)
    for pattern, one in (
        ("^(gi|r|v|d)", "d"), ("^(ch|tr)", "ch"), ("^(s|x)", "s"), ("^(l|n(?!g|h))", "l"), ("^ngh", "ng"),
        ("^gh", "g"), ("^(k|q)", "c"), ("(ng|nh|n)$", "n"), ("(t|ch|c)$", "t"), ("y", "i"),
    ):  # fmt: skip
        said = re.sub(pattern, one, said)
    return said


def test_no_two_words_sound_alike() -> None:
    assert len(WORDS) == 128
    assert len({alike(word) for word in WORDS}) == 128


def test_a_changed_text_has_other_words() -> None:
    token = checking.new_token()
    text = "Biểu quyết: 15/16 đồng chí tán thành."
    assert checking.check_words(token, 1, text) == checking.check_words(token, 1, text)
    changed = {checking.check_words(token, 1, text.replace("15", str(count))) for count in range(1, 15)}
    assert checking.check_words(token, 1, text) not in changed
    assert checking.check_words(token, 2, text) != checking.check_words(token, 1, text)


def test_the_text_of_each_page_is_what_is_printed_on_it() -> None:
    document = samples.minutes()
    texts = page_texts(document, made_at=samples.MADE_AT, foot=FOOT)
    words = tuple(f"từ trang{place}" for place in range(len(texts)))
    printed = pypdf.PdfReader(io.BytesIO(render_pdf(document, made_at=samples.MADE_AT, foot=Foot(FOOT.address, words))))
    assert len(texts) == len(printed.pages) >= 5
    for place, (text, page) in enumerate(zip(texts, printed.pages, strict=True)):
        paper = page.extract_text()
        assert words[place] in " ".join(paper.split())
        paper = re.sub(r"Trang\s*\d+/\d+\.\s*Từ kiểm\s*tra:\s*từ\s*trang\d+(\s*Số liệu hư cấu)?", "", paper)
        # The text of a page lacks what belongs to the page alone: the star, its number, the foot.
        paper = paper.replace("*", "", 1) if place == 0 else paper.replace(str(place + 1), "", 1)
        assert letters(text) == letters(paper), place


def test_the_foot_moves_no_line_to_another_page() -> None:
    document = samples.minutes()
    plain = pypdf.PdfReader(io.BytesIO(render_pdf(document, made_at=samples.MADE_AT)))
    assert len(plain.pages) == len(page_texts(document, made_at=samples.MADE_AT, foot=FOOT))


@pytest.fixture
def paper(people: People) -> IssuedDocument:
    meeting = make.meeting(people.cell, state="signed")
    return IssuedDocument.objects.freeze(
        samples.minutes(), cell=people.cell, body=Body.CELL, meeting_id=meeting.pk, kind="bien-ban",
        document_type=DocumentType.MINUTES, data_class=DataClass.DISCUSSION, made_at=samples.MADE_AT,
        made_by=people.lan.pk,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_issued_paper_carries_its_token_and_the_words_of_each_page(paper: IssuedDocument) -> None:
    assert paper.token is not None
    assert len(paper.token) == 22  # 128 bits
    pages = IssuedDocument.objects.get(pk=paper.pk).printed_pages
    printed = pypdf.PdfReader(io.BytesIO(bytes(paper.pdf))).pages
    assert len(pages) == len(printed)
    for page, sheet in zip(pages, printed, strict=True):
        assert page.words in " ".join(sheet.extract_text().split())


@pytest.mark.django_db
def test_who_may_read_a_paper_sees_its_own_text_page_by_page(people: People, paper: IssuedDocument) -> None:
    page = sign_in(Client(), people.lan).get(f"/van-ban/{paper.token}/").content.decode()
    for one in paper.printed_pages:
        assert one.words in page
        assert all(line in page for line in one.text.splitlines() if line.isalpha())
    assert "Số 31-BB/CB" in page


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["anonymous", "phuc", "khanh", "dung", "thu"])
def test_who_may_not_read_it_learns_its_number_and_day_alone(people: People, paper: IssuedDocument, who: str) -> None:
    client = Client() if who == "anonymous" else sign_in(Client(), getattr(people, who))
    answer = client.get(f"/van-ban/{paper.token}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Có văn bản số 31-BB/CB, ngày 03/12/2026" in re.sub("<[^>]+>", "", page)
    assert "Trang này không xác nhận nội dung tờ giấy." in page
    main = page[page.index('id="main"') :] if 'id="main"' in page else page
    for secret in ("Phú Hòa", "Hàm Thuận", "Tâm", "Hạnh", "BIÊN BẢN", *(one.words for one in paper.printed_pages)):
        assert secret not in main.split("<footer")[0], secret


@pytest.mark.django_db
def test_wrong_tokens_wait_and_bar_no_right_one(people: People, paper: IssuedDocument) -> None:
    client = Client()
    answers = [client.get(f"/van-ban/{checking.new_token()}/").status_code for _ in range(6)]
    assert answers[0] == 404
    assert answers[-1] == 429
    # An office has one address. Nobody hits one of 128 random bits, however often they may ask.
    assert client.get(f"/van-ban/{paper.token}/").status_code == 200


@pytest.mark.django_db
def test_a_paper_issued_before_has_no_token_to_be_found_by(people: People, paper: IssuedDocument) -> None:
    IssuedDocument.objects.filter(pk=paper.pk).update(token=None, pages=None)
    assert checking.named_by("") is None
    assert checking.named_by("None") is None
    assert IssuedDocument.objects.get(pk=paper.pk).printed_pages == []
