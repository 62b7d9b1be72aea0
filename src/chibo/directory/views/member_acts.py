"""What may be recorded about one member: the form, the words, the command of each change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from chibo.access.standing import Standing
from chibo.directory.commands.departures import end_membership, leave_party
from chibo.directory.commands.members import change_kind, change_part, date_back, hold_post
from chibo.directory.commands.probation import decide_probation, set_admission
from chibo.directory.forms import (
    AdmissionForm,
    BeginningForm,
    ChangeForm,
    DepartureForm,
    ExemptionForm,
    KindForm,
    LastDayForm,
    PostForm,
    ProbationForm,
    SuspensionForm,
)
from chibo.lib.dates import format_date
from chibo.members.models import Membership
from chibo.orgs.models import Organisation


@dataclass(frozen=True)
class Act:
    """One change: its title, what it means, its form, what it does."""

    title: str
    words: str
    form: type[forms.Form]
    save: Callable[..., Any]

    def explanation(self, membership: Membership) -> str:
        """What to know before writing it; for a probationary member the day from which it counts."""
        ends = membership.probation_ends
        if self.form is ProbationForm and ends is not None:
            return f"{self.words} Đủ 12 tháng ngày {format_date(ends)}: công nhận thì tính từ ngày ấy, dù họp sau."
        return self.words


def _change_part(change: str) -> Callable[..., Any]:
    def save(*, by: Standing, cell: Organisation, membership: Membership, **fields: Any) -> Any:
        return change_part(by=by, cell=cell, person=membership.person, change=change, **fields)

    return save


def _hold_post(*, by: Standing, cell: Organisation, membership: Membership, **fields: Any) -> Any:
    return hold_post(by=by, cell=cell, person=membership.person, **fields)


def _of_membership(command: Callable[..., Any]) -> Callable[..., Any]:
    def save(*, by: Standing, cell: Organisation, membership: Membership, **fields: Any) -> Any:
        return command(by=by, membership=membership, **fields)

    return save


# The words of the addresses, in the order in which the page offers them.
ACTS: dict[str, Act] = {
    "chinh-thuc": Act(
        "Xét công nhận đảng viên chính thức",
        "Ghi đúng điều chi bộ đã quyết định. Có quyết định xóa tên thì ghi ở mục Từ trần, ra khỏi Đảng.",
        ProbationForm,
        _of_membership(decide_probation),
    ),
    "ngay-ket-nap": Act(
        "Ngày kết nạp",
        "Từ ngày này sổ tính ngày đủ 12 tháng dự bị.",
        AdmissionForm,
        _of_membership(set_admission),
    ),
    "mien": Act(
        "Miễn công tác và sinh hoạt đảng",
        "Chi bộ quyết định bằng nghị quyết. Đồng chí được miễn vẫn xem được như mọi đảng viên, không tính vắng.",
        ExemptionForm,
        _change_part("mien"),
    ),
    "tam-di": Act(
        "Tạm đi sinh hoạt nơi khác",
        "Dùng khi không làm thủ tục chuyển trong Chibo. Đồng chí vẫn thuộc đảng số. Hết hạn thì ghi ngày về.",
        ChangeForm,
        _change_part("tam-di"),
    ),
    "chuc-danh": Act(
        "Chức danh ở đơn vị",
        "Chức danh của thôn, trường, cơ quan; không phải chức vụ trong Đảng.",
        PostForm,
        _hold_post,
    ),
    "dinh-chi": Act(
        "Đình chỉ sinh hoạt",
        "Từ ngày này đồng chí không xem được gì trong Chibo cho đến khi hết đình chỉ.",
        SuspensionForm,
        _change_part("dinh-chi"),
    ),
    "ra-khoi-dang": Act(
        "Từ trần, ra khỏi Đảng",
        "Sổ chỉ giữ hình thức, ngày và số quyết định. Sau ngày ấy đồng chí không còn trong danh sách.",
        DepartureForm,
        _of_membership(leave_party),
    ),
    "tu-ngay": Act(
        "Sửa ngày bắt đầu sinh hoạt ở chi bộ",
        "Dùng khi đồng chí ấy đã sinh hoạt ở chi bộ từ trước ngày sổ ghi, ví dụ để ghi lại buổi họp cũ.",
        BeginningForm,
        _of_membership(date_back),
    ),
    "loai": Act(
        "Sửa loại đảng viên",
        "Dùng khi ghi nhầm loại. Loại trước vẫn còn trong sổ.",
        KindForm,
        _of_membership(change_kind),
    ),
    "chuyen-di": Act(
        "Thôi sinh hoạt ở chi bộ",
        "Dùng khi không làm thủ tục chuyển trong Chibo. Sau ngày này đồng chí không xem được việc của chi bộ; "
        "biên bản các buổi đã dự còn xem trong 30 ngày.",
        LastDayForm,
        _of_membership(end_membership),
    ),
}
