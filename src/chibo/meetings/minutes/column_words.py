"""What columns are called where `verify` names what was changed; others are named as the database has them."""

_WORDS = {
    "title": "tên",
    "data_class": "loại",
    "content": "nội dung",
    "text": "nội dung",
    "position": "thứ tự",
    "number": "số",
    "symbol": "ký hiệu",
    "root": "dấu kiểm đã ký",
    "role": "vai ký",
    "signed_at": "lúc ký",
    "person_id": "người",
    "docx": "tệp DOCX",
    "docx_sha256": "dấu kiểm tệp DOCX",
    "pdf": "tệp PDF",
    "pdf_sha256": "dấu kiểm tệp PDF",
    "in_favour": "số tán thành",
    "against": "số không tán thành",
    "abstained": "số không biểu quyết",
    "base": "cơ sở tính",
    "base_size": "cơ sở tính",
    "state": "trạng thái",
    "reason": "lý do vắng",
    "reason_text": "lời về lý do vắng",
    "what": "việc",
    "lead_id": "người chủ trì",
    "first_due": "hạn",
    "due": "hạn",
    "chair_id": "chủ trì",
    "clerk_id": "thư ký",
    "total": "tổng điểm",
    "lines": "điểm từng tiêu chí",
    "old_value": "giá trị cũ",
    "new_value": "giá trị mới",
}


def in_words(column: str) -> str:
    """A column as people call it."""
    return _WORDS.get(column, column)
