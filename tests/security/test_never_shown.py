"""What Chibo will never hold, numbers 2 to 8 again: on every screen, in searches, in exports, in the API.

`test_never_hold` looks at the tables; here every page is opened as every kind of person and read. Number 7 as far as
there is anything of it: photos, in tests/meetings/prepare/test_agenda.py.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

import chibo
from chibo.audit.models import Event
from chibo.directory.models import CellExport
from chibo.directory.spreadsheets.columns import LABELS
from chibo.meetings.models import Attendance, MinutesSection
from tests.access.routes import ROUTES
from tests.access.test_routes import address, guide, things  # noqa: F401 (a fixture)
from tests.people import People, sign_in

SAID = "gương cầu lồi đặt ở nhà ông Năm"
WHY_ABSENT = "nằm viện tỉnh từ hôm kia"
ABOVE = ("khanh", "dung", "hoa", "thu")
OUTSIDE_THE_COMMITTEE = ("mai", "son", *ABOVE, "phuc", "left", "inspector")
OPENAPI = Path(chibo.__file__).parents[2] / "docs" / "developers" / "openapi.json"


@pytest.fixture
def known(people: People, guide: None) -> dict[str, Any]:  # noqa: F811
    """What the paths are about, with words that may not be read everywhere."""
    found = things(people)
    Attendance.objects.filter(meeting=found["signed"], person=people.binh).update(
        state="absent", reason="health", reason_text=WHY_ABSENT
    )
    content = {"blocks": [{"type": "Paragraph", "text": f"Đồng chí Hùng: {SAID}."}]}
    MinutesSection.objects.filter(meeting=found["signed"]).update(content=content)
    return found


def text_of(answer: HttpResponse) -> str:
    """What a person reads of an answer: a page, a sheet, a document."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content[:2] != b"PK":
        return html.unescape(content.decode(errors="ignore"))
    parts = zipfile.ZipFile(io.BytesIO(content))
    return "\n".join(parts.read(name).decode(errors="ignore") for name in parts.namelist() if name.endswith(".xml"))


def pages(who: Any, known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every page that opens to a person, with its text."""
    client = sign_in(Client(), who)
    for route, line in ROUTES.items():
        if line.method != "get":
            continue
        with transaction.atomic():
            answer = client.get(address(route, line, known))
            transaction.set_rollback(True)
        if answer.status_code == 200:
            yield route, text_of(answer)


# What may stand on no page, and who must not read it there: all of the people, or all but those who keep it.
WORDS = {
    "2. who has long been silent": (r"lâu chưa phát biểu", {"binh", "tam", *ABOVE}),
    "4. scores, ranks, rates, removal": (
        r"xếp hạng|thứ hạng|bảng điểm|điểm của đồng chí|tỷ lệ hoàn thành|hoàn thành \d+ ?%|đề nghị xóa tên",
        {"lan", "binh", *ABOVE},
    ),
    "5. differing opinions counted": (
        r"\d+ ý kiến (khác|bảo lưu|trái)|ý kiến (khác|bảo lưu|trái)[^.]{0,20}: *\d+",
        set(ABOVE),
    ),
    "6. the words of an absence": (re.escape(WHY_ABSENT), set(OUTSIDE_THE_COMMITTEE)),
}
UNNEEDED = r"căn cước|cmnd|cccd|dân tộc|tôn giáo|địa chỉ|quê quán|vợ|chồng|cha mẹ|gia đình"
# The parts of a page as a designer sees them, with made-up words; and the program of the room on a device, the same for
# everybody, whose words say what a device would name. Neither holds anything of a meeting.
PROGRAMS = ("kieu-mau/", "phong-hop/kich-ban.json")


def test_no_page_and_no_file_shows_what_is_never_held(people: People, known: dict[str, Any]) -> None:
    """2, 4, 5, 6 and, in the labels of fields, 8: every page that opens to each kind of person."""
    wrong: set[tuple[str, str, str]] = set()
    asked: set[str] = set()
    for name in {"lan", "binh", "tam", *OUTSIDE_THE_COMMITTEE}:
        for route, text in pages(people.all()[name], known):
            if route in PROGRAMS:
                continue
            for what, (pattern, kept_from) in WORDS.items():
                if name in kept_from and re.search(pattern, text, re.IGNORECASE):
                    wrong.add((what, name, route))
            asked |= set(re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", text, re.DOTALL))
    assert not wrong
    assert asked
    assert not [label for label in asked if re.search(UNNEEDED, label, re.IGNORECASE)]


class TestSearch:
    """3. Nothing that was said is found by a search, and no list is narrowed to what one person did."""

    def test_what_was_said_is_found_nowhere(self, people: People, known: dict[str, Any]) -> None:
        lists = ("/cuoc-hop/", "/so-chi-bo/dang-vien/", "/cong-viec/", "/chi-bo/", "/to-chuc/", "/cua-kiem-tra/")
        for name in ("lan", "binh", *ABOVE):
            client = sign_in(Client(), people.all()[name])
            for path in lists:
                for words in ("gương cầu lồi đặt", "guong cau loi dat", "ông Năm"):
                    answer = client.get(path, {"tim": words, "q": words})
                    assert SAID not in text_of(answer), (name, path)

    def test_a_name_narrows_no_list_of_meetings_minutes_or_tasks(self, people: People, known: dict[str, Any]) -> None:
        client = sign_in(Client(), people.lan)
        hung = str(people.hung.pk)
        asks = {"nguoi": hung, "person": hung, "tim": "Hùng", "phat-bieu": hung, "speaker": hung}
        signed = known["signed"].pk
        for path in ("/cuoc-hop/", f"/cuoc-hop/{signed}/bien-ban/"):
            plain = client.get(path).content
            assert _without_tokens(client.get(path, asks).content) == _without_tokens(plain), path


def _without_tokens(page: bytes) -> bytes:
    """A page without what differs between two answers anyway."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)


class TestExports:
    """3 and 8 in files."""

    def test_no_sheet_has_a_column_for_what_is_not_needed(self) -> None:
        words = re.compile(r"căn cước|cmnd|cccd|dân tộc|tôn giáo|địa chỉ nhà|quê quán|gia đình|phát biểu|xếp loại|điểm")
        assert not [
            heading for headings in LABELS.values() for heading in headings.values() if words.search(heading.lower())
        ]

    def test_one_person_alone_takes_no_whole_cell_away(self, people: People) -> None:
        """Exporting a whole cell needs two persons and is logged; a list of members is logged."""
        secretary = sign_in(Client(), people.lan)
        export = CellExport.objects.create(cell=people.cell, asked_by=people.lan)
        path = f"/ho-so-chi-bo/{export.pk}"
        assert secretary.get(f"{path}/tai.zip").status_code == 404
        assert secretary.post(f"{path}/cho-phep/").status_code == 404, "nobody answers oneself"
        sign_in(Client(), people.hung).post(f"{path}/cho-phep/")
        assert secretary.get(f"{path}/tai.zip").status_code == 200
        assert secretary.get("/so-chi-bo/xuat.xlsx").status_code == 200
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert {"cell.export_allowed", "cell.export_taken", "members.exported"} <= kinds


def test_the_api_has_no_name_for_any_of_it() -> None:
    """2 to 8: every property and every parameter of the document."""
    document = json.loads(OPENAPI.read_text())

    def names(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (part.get("properties") or {}) if isinstance(part.get("properties"), dict) else ()
            if "in" in part and "name" in part:
                yield str(part["name"])
            for one in part.values():
                yield from names(one)
        elif isinstance(part, list):
            for one in part:
                yield from names(one)

    found = set(names(document))
    assert found
    words = re.compile(
        r"silen|spoke|speak|score|rank|rating|grade|citizen|ethnic|relig|address|famil|reason_text|differing|ballot"
        r"|voter|completion|percent"
    )
    assert not [name for name in found if words.search(name)]
