"""Markings of classified matter are found in their real forms; the word "mật" in other words is left alone."""

import unicodedata

import pytest

from chibo.lib.classified import marking_in, marking_in_name

MARKED = [
    "MẬT",
    "Mật",
    "TỐI MẬT",
    "Tuyệt mật",
    "M Ậ T",
    "T U Y Ệ T  M Ậ T",
    "TỐI  M Ậ T",
    "[MẬT]",
    "( MẬT )",
    "*** TUYỆT MẬT ***",
    "TỈNH ỦY LÂM ĐỒNG\nMẬT\nSố 12-BC/TU",
    "ĐẢNG CỘNG SẢN VIỆT NAM\tMẬT",
    "ĐẢNG ỦY XÃ HÀM THẠNH      TỐI MẬT",
    "Độ mật: Mật",
    "Độ mật: MẬT",
    "Độ mật: Tối mật",
    "độ mật của văn bản: tuyệt mật",
    "Độ mật – MẬT",
    "Do mat: Mat",
    "DO MAT: TOI MAT",
    "TUYET MAT",
    "TOI MAT",
    "MAT",
    "Kế hoạch số 12 MẬT của Công an xã",
    "Báo cáo 15-BC/TU (Mật) về tình hình",
    "Thông báo số 3 (MẬT)",
    "Phổ biến tài liệu tối mật về quốc phòng",
    "Đọc văn bản tuyệt mật cho chi bộ nghe",
    "Công văn mật số 12 của huyện",
    "Kế hoạch mật 05-KH/ĐU",
    "Tài liệu có đóng dấu mật, đồng chí bí thư đọc",
    "Văn bản mang dấu Mật",
    "Tài liệu BMNN",
    "BMNN",
    "Hồ sơ chứa bí mật nhà nước",
    "Báo cáo thuộc danh mục bí mật nhà nước, lĩnh vực nội chính",
    "Bí mật nhà nước độ Tối mật",
    "BMNN độ mật",
    "tuyÖt mËt",
    "TuyeÄt maÄt",
    "M\u200bẬT",
    "Nội dung họp:\nTuyệt mật.\nBàn việc của xã",
]
PLAIN = [
    "",
    "Giữ bí mật phiếu bầu",
    "Bầu bằng phiếu kín, bảo đảm bí mật",
    "Nuôi ong lấy mật, bán mật ong cho hợp tác xã",
    "CHĂM SÓC ONG LẤY MẬT",
    "mật",
    "mật độ giao thông giờ cao điểm",
    "Buổi tối mật độ xe qua cầu rất cao",
    "Mật độ dân số của thôn",
    "Trồng mía lấy mật mía",
    "Đổi mật khẩu Wi-Fi nhà văn hóa",
    "MẬT KHẨU NHÀ VĂN HÓA",
    "Giữ kín mật mã của két",
    "Đoàn kết, thân mật với bà con",
    "Quan hệ mật thiết với Nhân dân",
    "Công an mật phục bắt trộm chó",
    "bảo mật thông tin của đảng viên",
    "BẢO MẬT THÔNG TIN",
    "Tuyên truyền Luật Bảo vệ bí mật nhà nước",
    "Quán triệt Luật Bảo vệ BMNN năm 2025 cho đảng viên",
    "Công tác bảo vệ bí mật nhà nước ở xã còn sơ hở",
    "Không soạn thảo tài liệu có chứa bí mật nhà nước trên máy nối mạng",
    "Nghiêm cấm chụp ảnh văn bản đóng dấu mật",
    "Đảng viên không được mang tài liệu tối mật về nhà",
    "Thế nào là tài liệu tuyệt mật, đồng chí nêu lại",
    "Danh mục bí mật nhà nước của Đảng mới được ban hành",
    "Lộ, lọt bí mật nhà nước trên mạng xã hội",
    "Mất trộm ở thôn tăng",
    "Có mặt 16, vắng mặt 2",
    "Bề mặt đường xuống cấp",
    "CO MAT 16, VANG MAT 2",
    "Toi mat dien thoai hom qua",
    "tối mặt tối mũi vì việc đồng",
    "Gấu nuôi lấy mật đã thả",
    "a b c d",
    "Đồng chí Mật phát biểu: cần sửa gương cầu",
    "Nguyễn Văn Mật",
    "Tổ 3 gồm A, B, C",
]
MARKED_NAMES = [
    "12-KH_MAT.pdf",
    "Bao cao TUYET MAT.docx",
    "bao-cao-tuyet-mat.docx",
    "Kế hoạch (MẬT).docx",
    "MẬT 05-BC.pdf",
    "tài liệu tối mật.pdf",
    "toi-MAT.pdf",
    "BMNN_so_tay.xlsx",
    "do-mật.docx",
]
PLAIN_NAMES = [
    "Luat Bao ve BMNN.pdf",
    "luat-bao-ve-bi-mat-nha-nuoc.pdf",
    "danh-sach-co-mat.xlsx",
    "DANH SACH CO MAT.docx",
    "nuoi ong lay mat.docx",
    "mat-do-dan-so.xlsx",
    "Mật độ dân số.xlsx",
    "bieu vang mat.pdf",
    "giu bi mat phieu bau.pdf",
    "bảo mật.pdf",
    "Chuyên đề nuôi ong lấy mật ong.pdf",
    "bien-ban-thang-12.docx",
    "khac phuc mat dien.pdf",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_found(text: str) -> None:
    assert marking_in(text)


@pytest.mark.parametrize("text", MARKED)
def test_in_any_unicode_form_and_inside_a_longer_text(text: str) -> None:
    assert marking_in(unicodedata.normalize("NFD", text))
    assert marking_in(f"Nội dung sinh hoạt tháng 12.\n{text}\nChi bộ thống nhất.")


@pytest.mark.parametrize("text", PLAIN)
def test_the_word_in_other_words_is_left_alone(text: str) -> None:
    assert marking_in(text) is None
    assert marking_in(f"Nội dung sinh hoạt tháng 12.\n{text}\nChi bộ thống nhất.") is None


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_a_name_of_a_file_that_is_marked(name: str) -> None:
    assert marking_in_name(name)


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_name_of_a_file_that_is_not(name: str) -> None:
    assert marking_in_name(name) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("Độ mật: tối mật", "TỐI MẬT"), ("TUYỆT MẬT", "TUYỆT MẬT"), ("Mật", "MẬT"), ("BMNN", "BÍ MẬT NHÀ NƯỚC")],
)
def test_the_answer_is_the_level_and_never_the_text(text: str, level: str) -> None:
    assert marking_in(f"Chuyện riêng.\n{text}\nChuyện khác.") == level
