"""A file that cannot be taken."""

TOO_HEAVY = (
    "Tệp “{name}” quá nặng so với cỡ của nó, Chibo không đọc hết được. Mở trên máy, lưu thành PDF rồi chọn lại;"
    " tài liệu dài thì chia thành nhiều tệp."
)


class Refusal(ValueError):
    """Why a file cannot be taken and what to do, in Vietnamese."""
