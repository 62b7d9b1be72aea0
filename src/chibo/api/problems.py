"""How the API refuses: a stable code for programs, a Vietnamese sentence that says what to do for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import JsonResponse
from ninja import Schema

PAGE = "trang Mã truy cập (Tài khoản, Bảo mật)"
MEANING: dict[str, tuple[int, str]] = {
    "malformed": (400, "Nội dung gửi lên không phải JSON đúng. Kiểm tra dấu ngoặc, dấu nháy và bảng mã UTF-8."),
    "token_in_address": (
        400,
        "Không để mã truy cập trong địa chỉ, nơi ai cũng đọc được. Gửi mã ở Authorization.",
    ),
    "sign_in_required": (401, f"Cần mã truy cập ở đầu mục Authorization. Tạo mã ở {PAGE}."),
    "token_refused": (401, f"Mã truy cập không đúng, đã hết hạn hoặc đã bị cắt. Tạo mã mới ở {PAGE}."),
    "not_from_our_pages": (403, "Lần gửi này không đến từ trang của Chibo. Tải lại trang, hoặc dùng mã truy cập."),
    "read_only": (403, f"Mã truy cập này chỉ đọc được. Cần báo tiến độ thì tạo mã khác ở {PAGE}."),
    "second_factor_required": (403, "Chức vụ của đồng chí cần lớp bảo vệ thứ hai. Bật lớp đó, rồi tạo mã mới."),
    "not_found": (404, "Không có, hoặc đồng chí không được xem."),
    "method_not_allowed": (405, "Địa chỉ này không nhận cách gửi đó. Xem openapi.json."),
    "settled": (409, "Buổi họp đã kết luận việc này, không báo thêm tiến độ được."),
    "too_large": (413, "Nội dung gửi lên quá dài. Gửi ít hơn 64 KB."),
    "invalid": (422, "Có chỗ ghi chưa đúng. Sửa các trường nêu ở “fields” rồi gửi lại."),
    "too_many_requests": (429, "Gọi quá nhanh. Đợi hết số giây ở Retry-After rồi gọi tiếp."),
    "internal": (500, "Máy chủ gặp lỗi, chưa ghi gì. Thử lại sau; còn lỗi thì báo người phụ trách máy chủ."),
    "unavailable": (503, "Cơ sở dữ liệu đang khởi động lại, hoặc đĩa đầy. Gửi lại sau số giây ở Retry-After."),
}
# What an answer that was not made here says, by its status.
BY_STATUS = {status: code for code, (status, _) in reversed(MEANING.items())}


class FieldProblem(Schema):
    """What is wrong with one field or parameter."""

    field: str
    message: str


class Problem(Schema):
    """Why the API refused."""

    code: str
    message: str
    fields: list[FieldProblem] = []


class Refusal(Exception):
    """The request is refused; the code is one of MEANING."""

    def __init__(self, code: str, fields: Iterable[FieldProblem] = (), *, wait: int = 0) -> None:
        self.code, self.fields, self.wait = code, list(fields), wait
        super().__init__(code)

    def response(self) -> JsonResponse:
        """The refusal as an answer."""
        status, message = MEANING[self.code]
        problem = Problem(code=self.code, message=message, fields=self.fields)
        response = JsonResponse(problem.model_dump(), status=status, json_dumps_params={"ensure_ascii": False})
        if self.wait:
            response.headers["Retry-After"] = str(self.wait)
        if status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="Chibo"'
        return response


def of_status(status: int) -> Refusal:
    """The refusal that an answer of a status stands for."""
    return Refusal(BY_STATUS.get(status, "internal" if status >= 500 else "invalid"))


_SENTENCES = {
    "missing": "Thiếu trường này.",
    "extra_forbidden": "Không có trường này. Bỏ đi, hoặc xem openapi.json.",
    "uuid": "Ghi mã định danh dạng 018f2c1e-….",
    "date": "Ghi ngày dạng 2026-12-05.",
    "int": "Ghi số nguyên.",
    "float": "Ghi một số.",
    "finite": "Ghi một số.",
    "decimal": "Ghi một số.",
    "bool": "Ghi true hoặc false.",
    "greater": "Số này nhỏ quá. Xem openapi.json.",
    "less": "Số này lớn quá. Xem openapi.json.",
    "string_too_long": "Dài quá. Xem openapi.json.",
    "literal": "Chọn một trong các giá trị nêu ở openapi.json.",
    "enum": "Chọn một trong các giá trị nêu ở openapi.json.",
    "string_pattern": "Ghi đúng dạng nêu ở openapi.json.",
}
_OTHERWISE = "Giá trị này chưa đúng. Xem openapi.json."


def field_problems(errors: Iterable[Mapping[str, Any]]) -> list[FieldProblem]:
    """What pydantic found, in Vietnamese; never the value that was sent."""
    found = []
    for error in errors:
        kind = str(error["type"])
        sentence = next((words for start, words in _SENTENCES.items() if kind.startswith(start)), _OTHERWISE)
        found.append(FieldProblem(field=str(error["loc"][-1]) if error["loc"] else "", message=sentence))
    return found
