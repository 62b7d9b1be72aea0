"""The two papers. What the program knows is filled in; what people must decide or attest is left visibly blank."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from chibo.directory.rights import GROUPS, NOBODY_SEES, sees
from chibo.documents.blocks import Block, Column, Document, Heading, Item, Paragraph, Signature, Table
from chibo.lib.dates import format_date, format_time
from chibo.lib.held_about import groups
from chibo.privacy.dossier.facts import Configuration, Fact
from chibo.privacy.own_data import seers_of
from chibo.rules.book import RuleBook

BLANK = "…………………… (đơn vị tự ghi)"
CLOCKS = (
    "data_request_acknowledge_days",
    "data_request_access_days",
    "data_request_correction_days",
    "data_request_restriction_days",
    "data_request_withdrawal_days",
    "data_request_deletion_days",
)


def _facts(rows: Iterable[Fact]) -> Table:
    return Table((Column("Nội dung", 2), Column("Hiện nay", 3)), tuple((what, how or BLANK) for what, how in rows))


def _made(found: Configuration, moment: datetime) -> Paragraph:
    """When, and from which version."""
    return Paragraph(
        f"Lập tự động lúc {format_time(moment)} ngày {format_date(moment)} từ cấu hình đang chạy của Chibo"
        f" {found.version}. Chỗ có dấu chấm là phần đơn vị phải tự ghi trước khi ký."
    )


def _paper(found: Configuration, kind_title: str, subject: str, body: list[Block]) -> Document:
    fields: dict[str, Any] = {"parent_name": "", "issuer_name": found.tenant or "…", "symbol": ""}
    return Document(
        **fields,
        place=found.place or "…",
        date=None,
        kind_title=kind_title,
        subject=subject,
        body=tuple(body),
        signatures=(Signature("T/M CẤP ỦY"),),
        recipients=("Các tổ chức đảng trực thuộc", "Lưu"),
        fictitious=settings.FICTITIOUS,
    )


def access_rule(found: Configuration, moment: datetime) -> Document:
    """Who may see what and why, as the program itself obeys it (internal rules for sensitive data, domain.md 6)."""
    body: list[Block] = [
        _made(found, moment),
        Heading(1, "Nguyên tắc", 1),
        Item("Quyền xem đi theo chức vụ, nhiệm vụ có ngày bắt đầu và ngày hết; hết chức vụ thì hết quyền ngay hôm ấy."),
        Item("Quyền được kiểm tra hai lần: trong phần mềm và trong cơ sở dữ liệu. Không thuộc quyền thì như không có."),
        Item("Xem, tải từ bên ngoài chi bộ để lại dấu vết mà chi ủy đọc được."),
        Item("Kiểm tra của cấp trên đi qua cửa kiểm tra: một buổi họp, một văn bản, một người, có hạn ngày."),
        Heading(1, "Không ai xem được", 2),
        *(Item(line) for line in NOBODY_SEES),
        Heading(1, "Ai xem được gì", 3),
    ]
    for number, group in enumerate((one for one in GROUPS if sees(one)), 1):
        body += [Heading(2, f"{group.who} (vì {group.why})", number), *(Item(one) for one in sees(group))]
    body += [
        Heading(1, "Cấp, thu hồi quyền", 4),
        Item("Chi ủy ghi chức vụ của chi bộ; Đảng ủy ghi chức vụ cấp mình và cấp ủy viên phụ trách."),
        Item(f"Người phụ trách máy chủ không xem nội dung; họ tên, quyết định giao việc: {BLANK}"),
        Item(f"Người chịu trách nhiệm bảo vệ dữ liệu cá nhân của đơn vị: {BLANK}"),
        Item(f"Xử lý vi phạm quy định này: {BLANK}"),
    ]
    return _paper(found, "QUY ĐỊNH", "Truy cập, xử lý dữ liệu trong Chibo", body)


def assessment(found: Configuration, book: RuleBook, moment: datetime) -> Document:
    """Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP)."""
    due, again = book["assessment_days"], book["assessment_update_months"]
    body: list[Block] = [
        _made(found, moment),
        Paragraph(f"{due.statement} {again.statement} Nguồn: {due.source_line}."),
        Heading(1, "Bên kiểm soát, bên xử lý", 1),
        _facts(
            [
                ("Bên kiểm soát dữ liệu", found.tenant),
                ("Người đại diện, chức vụ, liên hệ", ""),
                ("Người phụ trách bảo vệ dữ liệu", ""),
                ("Bên xử lý (nơi đặt máy chủ, đơn vị vận hành)", ""),
                ("Ngày bắt đầu xử lý", ""),
            ]
        ),
        Heading(1, "Căn cứ pháp lý", 2),
        Paragraph(
            "Quan điểm chính trị là dữ liệu cá nhân nhạy cảm. Căn cứ xử lý (Điều lệ Đảng, trường hợp không cần đồng ý"
            f" theo luật, hay sự đồng ý của từng người) do đơn vị xác định với bộ phận pháp chế: {BLANK}"
        ),
        Heading(1, "Dữ liệu, mục đích, người xem được, thời hạn", 3),
        Table(
            (Column("Dữ liệu", 2), Column("Mục đích", 3), Column("Ai xem được", 3), Column("Thời hạn", 2)),
            tuple((one.title, one.purpose, seers_of(one), _kept(book, one.retention)) for one in groups()),
        ),
        Paragraph(
            "Không thu thập: số căn cước, dân tộc, tôn giáo, địa chỉ, gia đình; không lập điểm, xếp hạng người; không"
            " có liên hệ giữa người bỏ phiếu và lá phiếu."
        ),
        Heading(1, "Quy mô", 4),
        _facts(found.size),
        Heading(1, "Chuyển dữ liệu", 5),
        Paragraph(
            "Không chuyển ra nước ngoài, không chuyển cho bên thứ ba. Chuyển sinh hoạt giữa hai tỉnh bằng gói có chữ ký"
            f" số, do hai chi bộ trao nhau. Chuyển khác, nếu có: {BLANK}"
        ),
        Heading(1, "Biện pháp bảo vệ", 6),
        _facts(found.security),
        Heading(1, "Quyền của người có dữ liệu", 7),
        *(Item(f"{book[key].statement} Nguồn: {book[key].source_line}.") for key in CLOCKS),
        Item(
            "Mỗi người tự xem, tải bản sao, gửi yêu cầu ở trang “Dữ liệu của tôi”; ai không có máy thì chi ủy ghi hộ."
        ),
        Item("Biên bản đã ký là tài liệu lưu trữ: sửa bằng đính chính, không xóa; số điện thoại xóa được."),
        Heading(1, "Sự cố", 8),
        Paragraph(f"{book['breach_notice_hours'].statement} Nguồn: {book['breach_notice_hours'].source_line}."),
        Heading(1, "Nguy cơ và cách giảm", 9),
        Table((Column("Nguy cơ", 2), Column("Cách giảm trong Chibo", 3), Column("Đơn vị làm thêm", 2)), _risks()),
        Heading(1, "Kết luận", 10),
        Paragraph(f"Mức độ tác động, ý kiến của người phụ trách bảo vệ dữ liệu: {BLANK}"),
    ]
    return _paper(found, "HỒ SƠ", "Đánh giá tác động xử lý dữ liệu cá nhân trong Chibo", body)


def _kept(book: RuleBook, key: str) -> str:
    rule = book.get(key)
    return rule.statement if rule else BLANK


def _risks() -> tuple[tuple[str, ...], ...]:
    return (
        ("Mất máy, điện thoại", "Cắt thiết bị từ xa; máy không giữ nội dung sau khi máy chủ đã nhận", BLANK),
        ("Dùng chung mật khẩu", "Mỗi người một tài khoản; người không có máy được ghi hộ, có ghi rõ", BLANK),
        ("Người quản trị xem trộm", "Quyền quản trị không xem nội dung; phiên quản trị có hạn, có ghi", BLANK),
        ("Lộ bản sao lưu", "Mã hóa bằng mật khẩu sao lưu nếu đơn vị đặt", BLANK),
        ("Ghi nhầm bí mật nhà nước", "Chặn ở ô nhập và tệp; mục họp kín ghi sổ giấy", BLANK),
        ("Sửa biên bản sau khi ký", "Chuỗi băm, niêm phong; chỉ đính chính", BLANK),
    )
