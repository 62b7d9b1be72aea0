"""What the events of privacy say."""

from chibo.audit.sentences import Sentence, register
from chibo.privacy.models import DataRequest


def add_sentences() -> None:
    """Register the sentences of requests, retention, holidays and breaches (from AppConfig.ready)."""
    kinds = {value: label.lower() for value, label in DataRequest.Kind.choices}
    outcomes = {value: label.lower() for value, label in DataRequest.Outcome.choices}
    register(
        {
            "data_request.made": Sentence("gửi yêu cầu về dữ liệu của mình[: {what}]", {"what": kinds}),
            "data_request.acknowledged": "xác nhận đã nhận yêu cầu về dữ liệu cá nhân",
            "data_request.answered": Sentence("trả lời yêu cầu về dữ liệu cá nhân[: {outcome}]", {"outcome": outcomes}),
            "data_request.withdrawn": "rút yêu cầu về dữ liệu của mình",
            "contact.erased": "xóa số điện thoại theo yêu cầu[ của {person}]",
            "contact.hidden": "thôi cho đảng viên trong chi bộ thấy số điện thoại[ của {person}]",
            "own_data.exported": "tải dữ liệu của mình",
            "retention.set": "đặt thời hạn lưu[: {days} ngày]",
            "clock.confirmed": "xác nhận ngày của máy là đúng",
            "retention.applied": "xóa dữ liệu hết hạn lưu[: {erased} dòng]",
            "holiday.entered": "ghi ngày nghỉ, ngày làm bù[ {day}]",
            "breach.entered": "ghi sự cố dữ liệu vào sổ[, số {number}]",
            "breach.corrected": "ghi thêm, đính chính sự cố dữ liệu[ số {number}]",
            "dossier.made": "lập hồ sơ bảo vệ dữ liệu",
        }
    )
