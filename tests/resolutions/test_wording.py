"""What makes a task hard to check, on sentences as cells write them (seed, 2.2; M10)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.resolutions.wording import EarlierTask, MonthWork, Objection, capacity, check, check_count, similar

MEETING = date(2026, 12, 3)
RIGHT: dict[str, Any] = {
    "what": "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen",
    "lead": "Trần Văn Lộc",
    "helpers": "Đinh Văn Phước",
    "due": date(2026, 12, 20),
    "how_checked": "chi ủy xem tại chỗ ngày 21/12",
    "today": MEETING,
    "meeting_date": MEETING,
}

GOOD = [
    "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen",
    "Phát quang hàng rào 2 hộ còn lại ở ngã ba Bàu Sen",
    "Hoàn tất hồ sơ giới thiệu một quần chúng ưu tú",
    "Vận động 12 hộ ở tổ 2 lắp đèn trước cổng",
    "Làm 2 gờ giảm tốc phía đường liên thôn",
    "Vận động 12 hộ góp tiền lắp 8 bóng đèn đoạn nhà văn hóa đến Bàu Sen",
    "Hướng dẫn 15 hộ làm hồ sơ vay vốn",
    "Đặt 4 bể thu gom vỏ thuốc bảo vệ thực vật",
    "Lập danh sách học sinh có nguy cơ bỏ học",
    "Họp dân lấy ý kiến về mức đóng góp làm đường",
    "Gửi Ủy ban nhân dân xã đề nghị lắp biển báo",
    "Quét dọn nghĩa trang liệt sĩ trước Tết",
    "Chi đoàn quét dọn nghĩa trang liệt sĩ",
    "Tiếp tục sửa đèn đường ở xóm Giữa",
    "Thực hiện thu gom rác sáng thứ Bảy ở chợ",
    "Tổ chức sinh hoạt chuyên đề về chuyển đổi số",
    "Lắp camera bảo đảm an ninh ở ngã ba Bàu Sen",
    "Tuyên truyền Luật Giao thông cho học sinh Trường Trần Phú trong giờ chào cờ",
    "Phối hợp với Mặt trận tổ chức Ngày hội Đại đoàn kết ở thôn 3",
    "Gặp từng hộ chưa ký cam kết không lấn chiếm lòng đường",
    "Nâng tỷ lệ hộ tham gia bảo hiểm y tế từ 82% lên 90%",
    "Phấn đấu 100% hộ ở tổ 3 phân loại rác",
    "Nạo vét kênh nội đồng đoạn từ cầu Ông Tám đến trạm bơm",
    "Thu đủ đảng phí quý IV",
    "Kiểm tra việc công khai thu chi ba quỹ do dân đóng góp",
    "Thăm, tặng quà năm gia đình chính sách",
    "Mỗi đảng viên phụ trách 5 hộ, gặp ít nhất một lần trong tháng",
    "Đối thoại với dân về thu gom rác tại nhà văn hóa",
    "Trả lời kiến nghị của dân về cống thoát nước đầu xóm",
    "Rà soát hộ nghèo, báo Ủy ban nhân dân xã hộ cần sửa nhà",
]

VAGUE = [
    "Tiếp tục đẩy mạnh tuyên truyền, phối hợp tốt với các đoàn thể bảo đảm trật tự an toàn giao thông.",
    "Tăng cường công tác lãnh đạo của chi bộ",
    "Nâng cao chất lượng sinh hoạt chi bộ năm 2026",
    "Quan tâm chăm lo đời sống nhân dân",
    "Thực hiện tốt Chỉ thị 50-CT/TW",
    "Tiếp tục quán triệt các nghị quyết của Đảng",
    "Phấn đấu hoàn thành tốt nhiệm vụ được giao",
    "Thường xuyên nắm tình hình tư tưởng của đảng viên",
    "Chú trọng phát triển đảng viên trong quý I",
    "Làm tốt công tác dân vận",
    "Phát huy vai trò nêu gương của đảng viên",
    "Vận động nhân dân tích cực tham gia các phong trào",
    "Tuyên truyền chủ trương, đường lối của Đảng đến nhân dân",
    "Thực hiện Nghị quyết Đại hội XIV",
    "Đảng viên tiếp tục gương mẫu",
    "Giữ vững an ninh chính trị, trật tự an toàn xã hội trên địa bàn",
    "Tổ chức thực hiện có hiệu quả các phong trào thi đua yêu nước",
    "Một số việc trọng tâm cần đẩy mạnh trong tháng 12",
    "Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    "Triển khai kế hoạch số 15 của Đảng ủy xã",
    "Củng cố tổ đảng 2, nâng cao vai trò của khu phố 3",
    "Đảm bảo vệ sinh môi trường trước ngày 20/12/2026",
]


def objections(**changes: Any) -> tuple[Objection, ...]:
    return check(**{**RIGHT, **changes})


def only(field: str, **changes: Any) -> Objection:
    found = objections(**changes)
    assert [objection.field for objection in found] == [field], found
    return found[0]


@pytest.mark.parametrize("what", GOOD)
def test_a_sentence_that_can_be_checked_passes(what: str) -> None:
    assert objections(what=what) == ()


@pytest.mark.parametrize("what", VAGUE)
def test_a_slogan_is_pointed_out_with_its_own_words_and_a_pattern(what: str) -> None:
    first = objections(what=what)[0]
    assert first.field == "what"
    assert first.problem.endswith("chưa nói làm gì.")
    assert first.marked
    assert all(words in what for words in first.marked)
    assert first.pattern_with_blanks == "[Làm gì] cho [bao nhiêu] [ai, cái gì] ở [nơi nào]"


def test_the_sentence_of_the_look_gets_its_three_objections() -> None:
    problems = [objection.problem for objection in objections(what=VAGUE[0])]
    assert problems == [
        "“Tiếp tục đẩy mạnh”, “phối hợp tốt”, “bảo đảm”: chưa nói làm gì.",
        "Chưa có con số, chưa có nơi làm.",
        "“tuyên truyền” và “bảo đảm trật tự”: hai việc khác nhau, nên tách.",
    ]


def test_a_slogan_with_a_place_lacks_only_the_number() -> None:
    assert objections(what="Tăng cường tuần tra ở xóm Đông")[1].problem == "Chưa có con số."


@pytest.mark.parametrize(
    "what",
    [
        "Nâng cao đời sống hộ nghèo trong tháng 12",
        "Nâng cao đời sống hộ nghèo theo Nghị quyết số 05-NQ/CB",
        "Nâng cao đời sống hộ nghèo giai đoạn 2026-2030",
        "Nâng cao đời sống một số hộ nghèo",
        "Nâng cao đời sống hộ nghèo khu phố 3",
    ],
)
def test_numbers_of_months_papers_years_and_places_count_nothing(what: str) -> None:
    assert objections(what=what)


def test_the_place_of_the_tone_mark_and_capitals_do_not_hide_a_slogan() -> None:
    assert objections(what="CỦNG CỐ KHỐI ĐOÀN KẾT")
    assert objections(what="Phát huy hoà thuận trong thôn")


def test_a_missing_or_endless_sentence_is_pointed_out() -> None:
    assert only("what", what="  ").problem == "Chưa ghi làm gì."
    assert only("what", what="Vệ sinh").problem == "“Vệ sinh” chưa rõ là việc gì."
    assert only("what", what="Lắp 2 gương " * 20).problem == "Câu dài 60 chữ."


@pytest.mark.parametrize(
    "lead",
    ["toàn thể đảng viên", "Chi bộ", "chi ủy", "Các đồng chí đảng viên", "Mọi đảng viên", "Ban công tác Mặt trận"],
)
def test_everyone_is_no_lead(lead: str) -> None:
    assert only("lead", lead=lead).problem == f"“{lead}” không phải là một người."


@pytest.mark.parametrize("lead", ["Đoàn Văn Hậu", "Bàn Thị Mai", "Ka Thị Nga", "Hội Văn Tám", "Tô Văn Các"])
def test_a_name_that_looks_like_a_body_is_a_lead(lead: str) -> None:
    assert objections(lead=lead) == ()


@pytest.mark.parametrize("lead", ["Trần Văn Lộc và Phạm Thị Mai", "Trần Văn Lộc, Phạm Thị Mai", "Lộc + Mai"])
def test_one_task_has_one_lead(lead: str) -> None:
    assert only("lead", lead=lead).problem == "Có hai người chủ trì."


def test_a_missing_lead_is_pointed_out() -> None:
    assert only("lead", lead="").problem == "Chưa có người chủ trì."


def test_helpers_may_be_empty_but_not_nobody_in_particular() -> None:
    assert objections(helpers="") == ()
    assert objections(helpers="Chi đoàn, Hội Phụ nữ thôn") == ()
    assert only("helpers", helpers="các ngành liên quan").problem == "“các ngành liên quan” chưa rõ là ai."


def test_a_missing_deadline_is_pointed_out() -> None:
    assert only("due", due=None).problem == only("due", due=" ").problem == "Chưa có hạn."


@pytest.mark.parametrize("due", ["trong thời gian tới", "sớm", "cuối tháng", "31/02/2027"])
def test_what_was_typed_in_place_of_a_day_is_quoted(due: str) -> None:
    assert only("due", due=due).problem == f"“{due}” chưa phải là một ngày."


def test_soon_in_the_sentence_is_quoted_when_there_is_no_deadline() -> None:
    found = only("due", what="Lắp 2 gương cầu lồi trong thời gian tới", due=None)
    assert found.problem == "“trong thời gian tới” chưa phải là một ngày."
    assert objections(what="Sớm hoàn tất hồ sơ một quần chúng ưu tú") == ()


def test_a_typed_deadline_is_read() -> None:
    assert objections(due="20/12/2026") == ()


def test_a_deadline_lies_on_or_after_the_meeting_and_within_a_year() -> None:
    assert objections(due=MEETING) == ()
    before = only("due", due=date(2026, 12, 2))
    assert (before.problem, before.reason) == ("Hạn 02/12/2026 trước ngày họp.", "Nhập ngày từ 03/12/2026.")
    assert only("due", due=date(2028, 1, 1), milestones=2).problem == "Hạn 01/01/2028 còn hơn một năm."


def test_a_task_of_over_a_month_needs_a_step_on_the_way() -> None:
    assert objections(due=date(2027, 1, 3)) == ()
    assert only("due", due=date(2027, 1, 4)).problem == "Việc kéo dài 32 ngày mà chưa có mốc giữa chừng."
    assert objections(due=date(2027, 1, 4), milestones=1) == ()


def test_how_it_is_checked_must_say_what_is_looked_at() -> None:
    assert only("how_checked", how_checked="").problem == "Chưa ghi kiểm tra bằng cách nào."
    assert only("how_checked", how_checked="Thường xuyên").problem == "“Thường xuyên” chưa nói xem cái gì."
    assert only("how_checked", how_checked="theo dõi, đôn đốc").field == "how_checked"
    assert objections(how_checked="có ảnh") == ()


def test_a_sentence_of_an_earlier_month_is_recognised() -> None:
    earlier = [
        EarlierTask("Nạo vét kênh nội đồng", date(2026, 10, 1)),
        EarlierTask("Lắp 2 gương cầu lồi tại ngã ba Bàu Sen", date(2026, 9, 1)),
    ]
    found = only("what", earlier=earlier)
    assert "tháng\u00a09: “Lắp 2 gương cầu lồi tại ngã ba Bàu Sen”" in found.problem
    assert objections(earlier=earlier[:1]) == ()


def test_changing_only_the_month_is_the_same_sentence() -> None:
    assert similar("Tuyên truyền an toàn giao thông tháng 11", "tuyên truyền an toàn giao thông tháng 12/2026") == 100


def test_other_numbers_make_another_task() -> None:
    first, second = "Vận động 12 hộ ở tổ 2 lắp đèn trước cổng", "Vận động 10 hộ ở tổ 3 lắp đèn trước cổng"
    assert similar(first, second) < 80


@given(st.sampled_from(GOOD + VAGUE), st.sampled_from(GOOD + VAGUE))
def test_likeness_is_the_same_from_both_sides_and_whole_only_with_itself(first: str, second: str) -> None:
    assert similar(first, second) == similar(second, first)
    assert similar(first, first) == 100
    assert first == second or similar(first, second) < 100


AUTUMN = [
    MonthWork(date(2026, 9, 1), given=4, done=3),
    MonthWork(date(2026, 10, 1), given=4, done=4),
    MonthWork(date(2026, 11, 1), given=4, done=3),
]


def test_from_the_sixth_task_on_a_cell_is_reminded_with_what_it_finished() -> None:
    assert capacity(AUTUMN).fits == 4
    assert check_count(5, AUTUMN) is None
    objection = check_count(6, AUTUMN)
    assert objection is not None
    assert objection.problem.startswith("Sáu việc, nhiều hơn sức")
    assert objection.reason.replace("\u00a0", " ") == (
        "Tháng 9 làm xong 3/4, tháng 10 làm xong 4/4, tháng 11 làm xong 3/4. Chọn việc cần trước, việc khác để kỳ sau."
    )


def test_a_cell_that_finishes_little_is_reminded_earlier() -> None:
    past = [MonthWork(date(2026, 11, 1), given=6, done=1)]
    assert check_count(2, past) is None
    assert check_count(3, past) is not None


def test_a_cell_without_a_past_is_held_to_the_cap_alone() -> None:
    assert capacity([]).fits is None
    assert check_count(5, []) is None
    assert check_count(6, []) is not None


def test_a_pattern_comes_in_pieces_with_its_blanks() -> None:
    assert Objection("due", "", "", "Đến [ngày/tháng] xong [phần nào]").pattern_pieces == (
        ("Đến ", False),
        ("ngày/tháng", True),
        (" xong ", False),
        ("phần nào", True),
    )


def test_objections_never_blame_praise_or_shout() -> None:
    found = [objection for what in VAGUE for objection in objections(what=what, lead="", due=None, how_checked="")]
    for objection in found:
        said = f"{objection.problem} {objection.reason}".lower()
        assert not any(word in said for word in ("!", "bạn", "lỗi", "sai", "kém", "không hợp lệ"))
        assert objection.problem.endswith((".", "”"))
        assert objection.reason.endswith(".")


@given(st.text(max_size=200).filter(lambda text: "\x00" not in text), st.text(alphabet="abc ,.đỗ", max_size=40))
def test_any_text_is_checked_without_failing(what: str, other: str) -> None:
    for objection in objections(what=what, lead=other, helpers=other, due=other, how_checked=other):
        assert objection.problem
        assert all(words for words in objection.marked)
