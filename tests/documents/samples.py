"""Papers of an invented cell, written out in full: every block, and the forms of domain sections 3.1 to 3.4."""

from dataclasses import replace
from datetime import UTC, date, datetime

from chibo.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    KeyValue,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Space,
    Table,
)

MADE_AT = datetime(2026, 12, 3, 14, 30, tzinfo=UTC)
PARENT, ISSUER, PLACE = "Đảng ủy xã Hàm Thuận", "Chi bộ thôn Phú Hòa", "Hàm Thuận"
SECRETARY = Signature("T/M CHI BỘ", "BÍ THƯ", "Nguyễn Thị Hồng Hạnh")

_SPEAKERS = (
    ("Đinh Văn Phước", "đề nghị làm 2 gờ giảm tốc phía đường liên thôn, kinh phí khoảng 6 triệu đồng, vận động hộ dân "
     "hai bên đường. Gờ đặt cách ngã ba 30 mét, sơn phản quang, có biển báo trước 50 mét."),
    ("Trương Văn Bảy", "(ý kiến khác) chưa nên làm gờ giảm tốc, xe chở thanh long ban đêm dễ đổ hàng; nên lắp gương "
     "và đèn trước, ba tháng sau xem lại."),
    ("Đặng Thị Thu Thảo", "Chi đoàn nhận phát quang hàng rào của hai hộ còn lại trong sáng Chủ nhật 06/12, mời các "
     "đồng chí ở gần cùng làm.\nChi đoàn cũng nhận quét sơn vạch kẻ trước cổng trường mẫu giáo."),
    ("Lê Văn Thuận", "bà con hỏi nhiều về việc bồi thường khi mở rộng đường liên thôn; đề nghị xã trả lời trước Tết."),
    ("Phạm Thị Mai", "Chi hội Phụ nữ đã vận động được 7 trong 12 hộ góp tiền lắp đèn, 5 hộ còn lại đang đi làm ăn xa."),
    ("Võ Minh Tâm", "hồ sơ giới thiệu quần chúng ưu tú còn thiếu nhận xét của tổ chức đoàn thể nơi cư trú."),
)  # fmt: skip

TASKS = Table(
    (Column("TT", 0.4, "centre"), Column("Nhiệm vụ đề ra", 2), Column("Tình trạng đầu kỳ", 1.1),
     Column("Kết quả thực hiện", 1.6)),
    (
        ("1", "Phát quang hàng rào che khuất tầm nhìn ở ngã ba Bàu Sen, 6 hộ", "Có mốc thời hạn",
         (Run("Xong một phần: ", bold=True), Run("4/6 hộ; hạn mới 06/12/2026"))),
        ("2", "Rà soát hộ có người trong độ tuổi chưa tham gia bảo hiểm y tế", "Đang triển khai",
         "Xong: 31 hộ, đã lập danh sách"),
        ("3", "Vận động 12 hộ góp tiền lắp 8 bóng đèn đường", "Nhiệm vụ thường xuyên", "Chưa xong:\n7/12 hộ đã góp"),
        ("4", "Tổ chức ngày hội đại đoàn kết toàn dân tộc", "Có mốc thời hạn", "Xong ngày 18/11/2026"),
    ),
)  # fmt: skip


def _discussion(rounds: int) -> tuple[Block, ...]:
    return tuple(Item(f"Đồng chí {name}: {words}") for _ in range(rounds) for name, words in _SPEAKERS)


def minutes(number: int | None = 31, rounds: int = 4) -> Document:
    """Minutes of a regular meeting, about five pages, with every block there is."""
    body: tuple[Block, ...] = (
        Paragraph(
            "Hôm nay, lúc 19 giờ 30, ngày 03 tháng 12 năm 2026, tại Nhà văn hóa thôn Phú Hòa, Chi bộ thôn Phú Hòa họp "
            "thường kỳ."
        ),
        Paragraph("Tổng số đảng viên: 22 (chính thức 20, dự bị 2). Miễn sinh hoạt: 2 (Hồ Văn Tư, Nguyễn Thị Sáu)."),
        Paragraph(
            "Dự họp: 17 (chính thức 15, dự bị 2). Vắng có lý do: 1 (Đỗ Thị Kim Liên, việc gia đình). "
            "Vắng chưa rõ lý do: 1 (Tạ Quang Minh)."
        ),
        KeyValue("Chủ trì", "đồng chí Nguyễn Thị Hồng Hạnh, bí thư chi bộ"),
        KeyValue("Thư ký", "đồng chí Võ Minh Tâm, chi ủy viên"),
        Heading(1, "NỘI DUNG", 1),
        Heading(2, "Thông tin thời sự", 1),
        Item("Bản tin tháng 12 của Ban Tuyên giáo và Dân vận Tỉnh ủy;", "letter", 1),
        Item("Kết luận về nâng cao chất lượng sinh hoạt chi bộ.", "letter", 2),
        Heading(2, "Kiểm điểm việc thực hiện nghị quyết tháng 11", 2),
        TASKS,
        Heading(3, "Nguyên nhân của việc chưa xong", 4),
        Item("Hai hộ đi làm ăn xa, chưa gặp được;", "number", 1),
        Item("Kinh phí thuê máy cắt chưa có.", "number", 2),
        Heading(1, "Ý KIẾN THẢO LUẬN", 2),
        *_discussion(rounds),
        Paragraph((
            Run("Chi bộ biểu quyết việc làm 2 gờ giảm tốc: "), Run("11/16 đồng chí tán thành, đạt 68,75%", bold=True),
            Run(". "), Run("Đồng chí Trương Văn Bảy bảo lưu ý kiến.", italic=True),
        )),
        Heading(1, "KẾT LUẬN", 3),
        Paragraph("Chi bộ thông qua Nghị quyết lãnh đạo thực hiện nhiệm vụ tháng 12 với 15/16 đồng chí tán thành, đạt "
                  "93,75%."),
        Table(
            (Column("STT", 0.35, "centre"), Column("Việc", 2), Column("Người chủ trì", 1), Column("Hạn", 0.7, "right")),
            tuple(
                (str(place), f"Việc số {place}: lắp gương cầu lồi, phát quang, làm gờ giảm tốc theo phân công",
                 "Trần Văn Lộc", "20/12/2026")
                for place in range(1, 26)
            ),
        ),
        Space(),
        Paragraph("Buổi họp kết thúc lúc 21 giờ 18 cùng ngày. Biên bản đã đọc lại, Chi bộ nhất trí.", "plain"),
        PageBreak(),
        Paragraph((Run("PHỤ LỤC", bold=True),), "centre"),
        Paragraph((Run("Kèm theo biên bản", italic=True),), "right"),
        Heading(2, "Ý kiến gửi trước"),
        Paragraph("Không có ý kiến gửi trước."),
    )  # fmt: skip
    return Document(
        parent_name=PARENT, issuer_name=ISSUER, number=number, symbol="BB/CB", place=PLACE, date=date(2026, 12, 3),
        kind_title="Biên bản", subject="Họp chi bộ thường kỳ tháng 12 năm 2026", body=body,
        signatures=(
            Signature("NGƯỜI GHI BIÊN BẢN", name="Võ Minh Tâm", note="Đã ký lúc 21:19, 03/12/2026"),
            Signature("CHỦ TRÌ HỘI NGHỊ", name="Nguyễn Thị Hồng Hạnh"),
        ),
        annex=(
            Heading(1, "Phụ lục: Bảng chấm điểm chất lượng sinh hoạt chi bộ"),
            Table(
                (Column("TT", 0.08, "centre"), Column("Tiêu chí", 0.7), Column("Điểm", 0.22, "centre")),
                (("2", "Tỷ lệ đảng viên dự sinh hoạt\nDự 19 trên 20 đảng viên phải dự, đạt 95%.", "5"),
                 ("7", "Kết thúc: thông qua biên bản, đăng tải tài liệu", "chưa đến hạn")),
            ),
            Paragraph("Chưa đến hạn, chưa tính: tiêu chí 7 (5 điểm)."),
        ),
        fictitious=True,
    )  # fmt: skip


def resolution(number: int | None = 5) -> Document:
    """A resolution with the table of last month's tasks, its assignments lettered a b c d đ."""
    work = ("lắp 2 gương cầu lồi ở ngã ba Bàu Sen, hạn đến hết ngày 20/12/2026, báo cáo tại kỳ họp tháng 01/2027",
            "phát quang hàng rào 2 hộ còn lại, hạn đến hết ngày 06/12/2026",
            "làm 2 gờ giảm tốc, hạn đến hết ngày 31/12/2026",
            "vận động 12 hộ góp tiền lắp 8 bóng đèn, hạn đến hết ngày 31/12/2026",
            "hoàn tất hồ sơ giới thiệu một quần chúng ưu tú, hạn đến hết ngày 12/12/2026")  # fmt: skip
    people = ("Trần Văn Lộc", "Huỳnh Ngọc Sơn", "Đinh Văn Phước", "Phạm Thị Mai", "Võ Minh Tâm")
    body: tuple[Block, ...] = (
        Paragraph(
            "Ngày 03 tháng 12 năm 2026, tại Nhà văn hóa thôn Phú Hòa, Chi bộ thôn Phú Hòa họp thường kỳ; có mặt 17/19 "
            "đảng viên; chủ trì: đồng chí Nguyễn Thị Hồng Hạnh; thư ký: đồng chí Võ Minh Tâm. Sau khi thảo luận, Chi bộ"
        ),
        Paragraph((Run("QUYẾT NGHỊ", bold=True),), "centre"),
        Heading(1, "ĐÁNH GIÁ KẾT QUẢ LÃNH ĐẠO THÁNG 11", 1),
        Heading(2, "Kết quả thực hiện nghị quyết tháng trước", 1),
        TASKS,
        Heading(2, "Hạn chế và nguyên nhân", 2),
        Paragraph("Một là, hai hộ ở ngã ba chưa gặp được do đi làm ăn xa."),
        Heading(1, "NHIỆM VỤ THÁNG 12", 2),
        *(Item(f"Đồng chí {name}: {what}.", "letter", place)
          for place, (name, what) in enumerate(zip(people, work, strict=True), 1)),
        Heading(1, "TỔ CHỨC THỰC HIỆN", 3),
        Paragraph("Nghị quyết được Chi bộ biểu quyết thông qua với 15/16 đồng chí tán thành, đạt 93,75%."),
    )  # fmt: skip
    return Document(
        parent_name=PARENT, issuer_name=ISSUER, number=number, symbol="NQ/CB", place=PLACE, date=date(2026, 2, 5),
        kind_title="NGHỊ QUYẾT", subject="Lãnh đạo thực hiện nhiệm vụ tháng 12 năm 2026", body=body,
        recipients=("Đảng ủy xã Hàm Thuận (báo cáo)", "Đồng chí đảng ủy viên phụ trách chi bộ",
                    "Các đồng chí đảng viên", "Lưu Chi bộ"),
        signatures=(SECRETARY,),
    )  # fmt: skip


def draft() -> Document:
    """Dự thảo nghị quyết: no number, no date, nobody signs."""
    return replace(
        resolution(None),
        symbol="",
        date=None,
        kind_title="DỰ THẢO NGHỊ QUYẾT",
        recipients=("Đảng viên chi bộ", "Lưu Chi bộ"),
        signatures=(),
    )


def invitation() -> Document:
    """An invitation that waits for its number and its day."""
    return Document(
        parent_name=PARENT, issuer_name=ISSUER, symbol="GM/CB", place=PLACE, date=None,
        kind_title="GIẤY MỜI", subject="Dự sinh hoạt chi bộ thường kỳ tháng 12 năm 2026",
        addressees=("Các đồng chí đảng viên Chi bộ thôn Phú Hòa", "Đồng chí Nguyễn Văn Khánh, đảng ủy viên"),
        body=(
            KeyValue("Nội dung", "kiểm điểm nghị quyết tháng 11; bàn việc an toàn giao thông ở ngã ba Bàu Sen"),
            KeyValue("Thời gian", "19 giờ 30, ngày 03 tháng 12 năm 2026"),
            KeyValue("Địa điểm", "Nhà văn hóa thôn Phú Hòa"),
            KeyValue("Yêu cầu", "đồng chí chuẩn bị ý kiến phát biểu, mang theo sổ tay"),
        ),
        recipients=("Như kính gửi", "Lưu Chi bộ"), signatures=(SECRETARY,),
    )  # fmt: skip


def programme() -> Document:
    """A programme with its table."""
    return Document(
        parent_name=PARENT, issuer_name=ISSUER, number=12, symbol="CTr/CB", place=PLACE, date=date(2026, 12, 1),
        kind_title="CHƯƠNG TRÌNH", subject="Họp chi bộ thường kỳ tháng 12 năm 2026",
        body=(
            Table(
                (Column("STT", 0.4, "centre"), Column("Nội dung", 2.6), Column("Người thực hiện", 1.4),
                 Column("Thời gian", 0.8, "centre")),
                (("1", "Khai mạc, cử thư ký, thông qua chương trình", "Nguyễn Thị Hồng Hạnh", "10 phút"),
                 ("2", "Thông tin thời sự", "Lê Văn Thuận", "15 phút")),
            ),
        ),
        signatures=(SECRETARY,),
    )  # fmt: skip


ALL = (minutes, resolution, draft, invitation, programme)
