"""Every event says in plain Vietnamese what was done, as long as it is kept."""

import re
from uuid import UUID

import pytest

from chibo.audit.sentences import SENTENCES, Sentence, register, sentence_of
from tests.audit.recorded import kinds

RECORDED, UNREADABLE = kinds()
BINH = UUID("0190b3a0-0000-7000-8000-000000000001")
NAMES = {BINH: "đồng chí Bình"}


@pytest.mark.parametrize("pattern", RECORDED, ids=lambda one: one.replace("\\", ""))
def test_every_kind_that_is_recorded_has_its_sentence(pattern: str) -> None:
    assert any(re.fullmatch(pattern, kind) for kind in SENTENCES), RECORDED[pattern]


def test_a_kind_is_written_where_it_is_recorded() -> None:
    assert not UNREADABLE, "write the kind as text in the same function"


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_has_a_kind_that_is_recorded(kind: str) -> None:
    assert any(re.fullmatch(pattern, kind) for pattern in RECORDED)


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_sentence_stands_without_its_details(kind: str) -> None:
    words = sentence_of(kind, {}, {})
    assert words and words[0].islower() and "  " not in words and not re.search(r"[\[\]{}]| [,:;.)]|[,:( ]$", words)


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_sentence_stands_with_all_its_details(kind: str) -> None:
    sentence = SENTENCES[kind]
    details = {name: next(iter(sentence.codes.get(name, {"": "12"}))) or "12" for name in _details(sentence)}
    words = sentence_of(kind, details, NAMES)
    assert "  " not in words and not re.search(r"[\[\]{}]| [,:;.)]|[,:( ]$", words)


def _details(sentence: Sentence) -> list[str]:
    return re.findall(r"\{(\w+)\}", sentence.text)


def test_days_are_written_as_people_write_them() -> None:
    words = sentence_of(
        "member.kind_changed", {"person": str(BINH), "membership": "official", "since": "2026-12-05"}, NAMES
    )
    assert words == "ghi đồng chí Bình là đảng viên chính thức từ ngày 05/12/2026"


def test_a_moment_is_written_in_vietnamese_time() -> None:
    words = sentence_of("meeting.moved", {"was": "2026-12-03 12:30:00+00:00", "now": "2026-12-05T19:30:00+07:00"}, {})
    assert words == "dời cuộc họp từ 03/12/2026 19:30 sang 05/12/2026 19:30"


def test_a_person_who_may_not_be_known_is_left_out() -> None:
    words = sentence_of("member.kind_changed", {"person": str(BINH), "membership": "official"}, {})
    assert words == "ghi một đồng chí là đảng viên chính thức"


def test_what_was_done_for_someone_without_a_device_says_so() -> None:
    words = sentence_of("invitee.answered", {"answer": "absent", "on_behalf_of": str(BINH)}, NAMES)
    assert words == "trả lời thông báo họp: xin vắng (ghi hộ đồng chí Bình)"


def test_a_kind_of_a_later_version_does_not_break_the_page() -> None:
    assert sentence_of("robot.spoke", {}, {}) == "làm một việc mà phiên bản này chưa biết tên"


def test_a_kind_has_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"meeting\.opened"):
        register({"meeting.opened": "mở cửa"})


def test_a_detail_that_may_be_erased_stands_in_brackets() -> None:
    with pytest.raises(ValueError, match="brackets"):
        register({"test.only": "ghi {number}"})
