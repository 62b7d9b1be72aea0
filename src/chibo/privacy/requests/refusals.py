"""The sentence offered to whoever must refuse, with its reason: what is archival is put right, never erased.

(domain.md 6: minutes are an archival record, so a correction is an annotation; a request to delete is refused with
reason; contact data can be erased.)
"""

from chibo.privacy.models import DataRequest

Kind, Subject = DataRequest.Kind, DataRequest.Subject

_ARCHIVAL = (
    "Biên bản, nghị quyết đã ký là tài liệu lưu trữ của chi bộ, phải giữ nguyên để làm căn cứ, nên không {act} được. "
    "Chỗ nào sai, đồng chí nói rõ: chi bộ sửa bằng đính chính có chữ ký, ghi kèm bản đã ký."
)
_BOOK = (
    "Sổ đảng viên là sổ của tổ chức đảng, phải giữ để tính đảng số, quyền biểu quyết và thời gian sinh hoạt của "
    "đồng chí, nên không {act} được. Chỗ nào sai, chi ủy sửa và giữ lại bản trước."
)
_WORK = (
    "Việc được giao nằm trong nghị quyết đã ký của chi bộ nên không {act} được. Đồng chí báo tiến độ hoặc đề nghị "
    "chi bộ xem lại việc ấy ở buổi họp tới."
)
_ACT = {
    Kind.DELETION: "xóa",
    Kind.WITHDRAWAL: "rút",
    Kind.RESTRICTION: "hạn chế",
    Kind.CORRECTION: "sửa thẳng vào bản đã ký",
}
_SENTENCES = {
    Subject.MINUTES: _ARCHIVAL,
    Subject.DETAILS: _BOOK,
    Subject.MEMBERSHIP: _BOOK,
    Subject.WORK: _WORK,
}
_ACCEPTED = {
    (Kind.DELETION, Subject.CONTACT): "Chấp nhận thì số điện thoại bị xóa ngay.",
    (Kind.WITHDRAWAL, Subject.CONTACT): "Chấp nhận thì số điện thoại bị xóa ngay.",
    (Kind.RESTRICTION, Subject.CONTACT): "Chấp nhận thì từ nay chỉ chi ủy thấy số điện thoại.",
    (Kind.CORRECTION, Subject.DETAILS): "Sửa trong sổ đảng viên trước, rồi trả lời ở đây.",
    (Kind.CORRECTION, Subject.MINUTES): "Lập đính chính ở trang biên bản, rồi trả lời ở đây.",
}


def offered_refusal(request: DataRequest) -> str:
    """The sentence for a request that the record does not allow; empty where nothing stands against it."""
    act = _ACT.get(Kind(request.kind))
    book_can_be_corrected = request.kind == Kind.CORRECTION and request.subject != Subject.MINUTES
    sentence = _SENTENCES.get(Subject(request.subject), "")
    return sentence.format(act=act) if act and sentence and not book_can_be_corrected else ""


def on_acceptance(request: DataRequest) -> str:
    """What accepting does, or what is to be done first; empty where accepting is only the answer."""
    return _ACCEPTED.get((Kind(request.kind), Subject(request.subject)), "")
