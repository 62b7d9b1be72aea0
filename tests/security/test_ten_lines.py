"""The ten lines of "never hold", by attacker: who, what they put together, what they learn.

Each line of the table is a test of its own, here or where it is named. What stays possible stands in the guide and in
decision 0068 in the same words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from chibo.meetings.models import Meeting
from tests.people import People, sign_in
from tests.security.test_never_hold import SAID, SUPERSEDED, UNREAD, WHY_ABSENT, WITHDRAWN, signed

__all__ = ["signed"]
PROJECT = Path(__file__).resolve().parents[2]
NOTHING = ""


@dataclass(frozen=True)
class Attack:
    """learns: what stays possible, in the words of the guide; nothing where it is held. by: the test."""

    line: int
    who: str
    puts_together: str
    by: str
    learns: str = NOTHING


SECRECY = (
    "tests/meetings/urn/test_secrecy.py::test_what_is_not_held_is_said_in_room_guide_and_decision_in_the_same_words"
)
HERE = "tests/security/test_ten_lines.py::test_no_page_and_no_answer_of_the_api_tells_what_was_erased"
HOLD = "tests/security/test_never_hold.py"
ATTACKS = (
    Attack(1, "a member, a follower, officers above, the IT officer", "every page and every list of the API", HERE),
    Attack(
        1,
        "whoever runs the server",
        "rows, issued files; the database's files and earlier backups",
        f"{HOLD}::TestAfterSigning::test_only_what_was_minuted_is_left",
        "Chữ đã xóa khi ký có thể còn trong tệp của cơ sở dữ liệu và trong bản sao lưu làm trước lúc ký, cho đến khi"
        " chỗ ấy được ghi đè, bản ấy hết hạn giữ.",
    ),
    Attack(
        1,
        "the next user of the same browser",
        "cache, stores, the way back, files of the browser",
        "tests/browser/test_next_user.py::test_the_next_user_of_a_browser_finds_nothing_of_the_one_before",
        "Địa chỉ các trang đã mở và chữ đã tìm còn trong lịch sử trình duyệt.",
    ),
    Attack(
        2,
        "whoever plans and opens a meeting alone",
        "a meeting of their own, chaired by themselves",
        "tests/meetings/room/test_autopilot.py::test_whoever_plans_and_opens_alone_is_not_told",
        "Ai đọc đủ sáu biên bản đã ký cũng đếm được ai chưa phát biểu.",
    ),
    Attack(3, "one secretary", "searches, addresses, the API", f"{HOLD}::TestDossier"),
    Attack(
        4,
        "one officer above the cell",
        "tasks, days, people, from screens and the API",
        "tests/security/test_above_the_cell.py::test_nobody_is_named_beside_what_is_late",
    ),
    Attack(
        5,
        "one province officer",
        "figures of two days, a total and its parts",
        "tests/directory/test_figures.py::test_nothing_is_put_together_from_a_total_and_its_parts",
    ),
    Attack(6, "a member, a follower, officers above", "minutes, lists, figures, the API", HERE),
    Attack(
        7,
        "whoever gets a file",
        "photos inside of documents",
        "tests/files/test_hostile.py::test_a_photo_inside_keeps_its_drawing_and_the_file_all_else",
        "Tên người, tên hộ do người gõ vào thì máy không tự biết mà bỏ.",
    ),
    Attack(
        8,
        "one secretary, one officer, a list from elsewhere",
        "names, codes, groups, notes, posts",
        "tests/lib/test_never_held.py::test_every_field_that_holds_a_person_refuses_it_in_words",
        "Viết tắt, viết lóng thì máy không nhận ra.",
    ),
    Attack(
        9,
        "one keeper",
        "ballots cast for others on the passed device, closing early",
        "tests/meetings/urn/test_closing.py::test_a_keeper_who_casts_for_others_on_a_passed_device_learns_no_ballot",
        "Cả chi bộ cùng một ý thì kết quả cho biết ý từng người; phiếu giấy cũng vậy.",
    ),
    Attack(
        9,
        "a keeper's device",
        "people who are not on the roll, ticked and frozen into a base",
        "tests/meetings/room/test_roll.py::test_a_base_holds_people_of_the_roll_alone",
    ),
    Attack(
        9,
        "whoever runs the server",
        "the urn before and after each ballot",
        SECRECY,
        "Trong lúc bỏ phiếu, ai giữ máy chủ mà cố ý thì ghép được từng đồng chí với lá phiếu.",
    ),
    Attack(
        9,
        "guests in front of the wall",
        "votes titled with a name, the end of the meeting",
        "tests/meetings/hall/test_wall.py::test_what_is_voted_on_a_person_stands_there_without_the_name",
        "Tên viết khác lối thường, như biệt danh, thì máy không nhận ra: đừng ghi vào tên mục, câu hỏi.",
    ),
    Attack(
        10,
        "anybody who types or uploads",
        "marks parted, drawn otherwise, in file names, in files inside",
        "tests/files/test_words.py::test_a_marking_is_found_wherever_it_stands",
        "Chibo không đọc được chữ trong ảnh, bản quét, tệp có khóa: người tải lên tự xem.",
    ),
)


@pytest.fixture
def readers(people: People) -> dict[str, Client]:
    """A sign-in of each attacker."""
    cast = people.all()
    names = ("binh", "mai", "khanh", "dung", "hoa", "thu", "phuc", "former")
    return {name: sign_in(Client(), cast[name]) for name in names} | {"operator": sign_in(Client(), people.operator)}


def test_no_page_and_no_answer_of_the_api_tells_what_was_erased(
    signed: Meeting,
    readers: dict[str, Client],
) -> None:
    """Nobody but the committee reads the words of an absence; nobody above the cell reads what was said."""
    pages = ["/", "/cuoc-hop/", "/cong-viec/", "/so-chi-bo/", "/so-chi-bo/ai-xem-duoc-gi/", "/chi-bo/", "/to-chuc/"]
    one = f"/cuoc-hop/{signed.pk}/"
    pages += [
        one,
        f"{one}bien-ban/",
        f"{one}bien-ban/tep/bien-ban.pdf",
        f"{one}phong/",
        f"{one}dang-hop/",
        "/chi-bo/so-lieu/",
        "/so-chi-bo/so-lieu/",
    ]
    lists = ("me", "cells", "meetings", "tasks", "resolutions", "organisations", f"meetings/{signed.pk}/agenda")
    addresses = [*pages, *(f"/api/v1/{name}" for name in lists)]
    read = 0
    for name, client in readers.items():
        for address in addresses:
            answer = client.get(address, follow=True)
            text = answer.content.decode("utf-8", "ignore")
            read += answer.status_code == 200
            for erased in (WITHDRAWN, SUPERSEDED, UNREAD, WHY_ABSENT):
                assert erased not in text, (name, address)
            if name not in ("binh", "mai", "khanh"):
                assert SAID not in text, (name, address)
    assert read > 40


def test_the_table_of_the_ten_lines(record_property: Callable[[str, object], None]) -> None:
    assert {one.line for one in ATTACKS} == set(range(1, 11))
    guide = " ".join(" ".join(one.read_text().split()) for one in PROJECT.glob("docs/users/*.md"))
    (decision,) = PROJECT.glob("docs/decisions/0068-*.md")
    decided = " ".join(decision.read_text().split())
    for one in ATTACKS:
        path, *names = one.by.split("::")
        source = (PROJECT / path).read_text()
        assert all(re.search(rf"^\s*(?:def|class) {name}\b", source, re.MULTILINE) for name in names), one.by
        assert one.learns in guide and one.learns in decided, one.learns
    rows = [f"{one.line} | {one.who} | {one.puts_together} | {one.learns or 'nothing'}" for one in ATTACKS]
    record_property("figures", "\n".join(rows))
