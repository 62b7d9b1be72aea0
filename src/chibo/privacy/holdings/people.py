"""Held about a person: the book of the cell, offices, the account, the log."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from psycopg.types.range import DateRange

from chibo.access.models import InspectionDoor, MeetingDuty, TermOfOffice
from chibo.accounts.models import User
from chibo.audit.models import Event, ReadCount, Reading
from chibo.lib.dates import format_date, format_time
from chibo.lib.held_about import HeldGroup, HeldLine
from chibo.members.models import (
    Contact,
    Departure,
    Exemption,
    FormerDetails,
    GroupMember,
    Membership,
    Person,
    ProbationDecision,
    Suspension,
    TemporaryLeave,
    Transfer,
    UnitPost,
)
from chibo.privacy.models import DataRequest

MINUTES = "retention_minutes"


def days(validity: DateRange) -> str:
    """ "từ 01/01/2015", "từ 01/01/2015 đến trước 05/02/2026"."""
    first = f"từ {format_date(validity.lower)}" if validity.lower else "từ trước"
    return f"{first} đến trước {format_date(validity.upper)}" if validity.upper else first


def _details(person: UUID) -> Iterator[HeldLine]:
    one = Person.objects.get(pk=person)
    yield HeldLine("Họ và tên", one.full_name)
    yield HeldLine("Năm sinh", str(one.birth_year or "chưa ghi"))
    yield HeldLine("Nam, nữ", one.get_sex_display() or "chưa ghi")
    yield HeldLine("Mã đảng viên", one.code or "chưa ghi")
    for former in FormerDetails.objects.filter(person=person):
        was = [former.full_name, str(former.birth_year or ""), former.get_sex_display(), former.code]
        yield HeldLine(
            f"Trước khi sửa ngày {format_date(former.corrected_at)}", ", ".join(part for part in was if part)
        )


def _contact(person: UUID) -> Iterator[HeldLine]:
    for one in Contact.objects.filter(person=person).exclude(phone=""):
        seen = "đảng viên trong chi bộ thấy" if one.shared_with_cell else "chỉ chi ủy thấy"
        yield HeldLine("Số điện thoại", f"{one.phone}, {seen}")


def _dated(rows: "QuerySet[Any]", words: str, *extra: str) -> Iterator[HeldLine]:
    """Dated rows of a cell, each with what its columns add."""
    for row in rows.select_related("cell").order_by("validity"):
        more = [str(getattr(row, name)) for name in extra if getattr(row, name)]
        yield HeldLine(words, ", ".join([row.cell.name, days(row.validity), *more]))


def _membership(person: UUID) -> Iterator[HeldLine]:
    for one in Membership.objects.filter(person=person).select_related("cell").order_by("validity"):
        yield HeldLine(f"Đảng viên {one.get_kind_display()}", f"{one.cell.name}, {days(one.validity)}")
    yield from _dated(Exemption.objects.filter(person=person), "Miễn công tác và sinh hoạt đảng", "decision")
    yield from _dated(TemporaryLeave.objects.filter(person=person), "Tạm đi nơi khác", "destination", "decision")
    yield from _dated(Suspension.objects.filter(person=person), "Đình chỉ sinh hoạt", "decision")
    for group in GroupMember.objects.filter(person=person).select_related("group"):
        yield HeldLine(group.get_role_display(), f"{group.group.name}, {days(group.validity)}")
    for decision in ProbationDecision.objects.filter(person=person):
        yield HeldLine(decision.get_outcome_display(), f"{format_date(decision.decided_on)}, {decision.decision}")
    for transfer in Transfer.objects.filter(person=person):
        yield HeldLine("Chuyển sinh hoạt", transfer.get_kind_display())
    for left in Departure.objects.filter(person=person):
        yield HeldLine("Ra khỏi danh sách", left.get_kind_display())


def _offices(person: UUID) -> Iterator[HeldLine]:
    for term in TermOfOffice.objects.filter(person=person).select_related("organisation").order_by("validity"):
        yield HeldLine(term.get_office_display(), f"{term.organisation.name}, {days(term.validity)}")
    yield from _dated(UnitPost.objects.filter(person=person), "Chức danh ở đơn vị", "title")
    duties = MeetingDuty.objects.filter(person=person).select_related("cell")
    for duty, name in duties.values_list("duty", "cell__name").distinct():
        yield HeldLine(f"{MeetingDuty.Duty(duty).label} buổi họp", name)
    for door in InspectionDoor.objects.filter(person=person):
        yield HeldLine("Được giao kiểm tra một buổi họp", f"theo {door.document}, {days(door.validity)}")


def _account(person: UUID) -> Iterator[HeldLine]:
    for user in User.objects.filter(person=person):
        yield HeldLine("Tên đăng nhập", user.login)
        yield HeldLine("Mật khẩu", "chỉ giữ bản mã hóa một chiều" if user.has_usable_password() else "chưa đặt")
        if factors := Authenticator.objects.filter(user=user).count():
            yield HeldLine("Lớp bảo vệ thứ hai", f"{factors} cách, bí mật của chúng được mã hóa")
        if SocialAccount.objects.filter(user=user).exists():
            yield HeldLine("Đăng nhập bằng tài khoản của tỉnh", "đã nối")
        for device in user.devices.order_by("-last_used_at"):
            used = f"{format_date(device.last_used_at)} {format_time(device.last_used_at)}"
            yield HeldLine("Thiết bị", f"{device.name}, dùng lần cuối {used}")
        for invitation in user.invitations.order_by("-made_at"):
            state = "đã dùng" if invitation.used_at else "chưa dùng"
            yield HeldLine("Tờ mời đăng nhập", f"in {format_date(invitation.made_at)}, {state}")
        for reset in user.resets.order_by("-at"):
            yield HeldLine(reset.get_what_display(), format_date(reset.at))


def _requests(person: UUID) -> Iterator[HeldLine]:
    for one in DataRequest.objects.filter(person=person).order_by("-made_at"):
        state = one.get_outcome_display() or ("đã rút" if one.withdrawn_at else "đang chờ")
        yield HeldLine(f"Yêu cầu: {one.get_kind_display().lower()}", f"{format_date(one.made_at)}, {state.lower()}")


def _log(person: UUID) -> Iterator[HeldLine]:
    if acts := Event.objects.filter(actor_id=person).count():
        yield HeldLine("Việc đã làm trong Chibo", f"{acts} dòng, xem ở “Nhật ký của tôi”")
    if readings := Reading.objects.filter(person_id=person).count():
        yield HeldLine("Lượt xem của chi bộ khác", f"{readings} lượt")
    for row in ReadCount.objects.filter(person_id=person):
        yield HeldLine("Số tệp đã tải trong một giờ", f"{row.number} tệp, {format_date(row.hour)}")
    from chibo.directory.models import TwoPersonAct

    if acts := TwoPersonAct.objects.filter(person=person).count():
        yield HeldLine("Việc cần hai người về quyền xem, tài khoản của đồng chí", f"{acts} việc")


def _lists(person: UUID) -> Iterator[HeldLine]:
    from chibo.directory.models import CellExport, ColumnMatching, ImportRun

    if runs := ImportRun.objects.filter(person=person).count():
        yield HeldLine("Tệp Excel đang nhập dở", f"{runs} tệp")
    if matchings := ColumnMatching.objects.filter(person=person).count():
        yield HeldLine("Cách ghép cột đã nhớ", f"{matchings} cột")
    if exports := CellExport.objects.filter(asked_by=person).count():
        yield HeldLine("Lần xin xuất danh sách chi bộ", f"{exports} lần")


GROUPS = (
    HeldGroup(
        "details",
        "Thông tin trong sổ",
        "Để chi bộ biết ai là đảng viên của mình và ghi đúng tên trên biên bản.",
        ("members_person", "members_formerdetails"),
        MINUTES,
        _details,
    ),
    HeldGroup(
        "contact",
        "Số điện thoại",
        "Để chi ủy báo lịch họp và để đăng nhập bằng số điện thoại.",
        ("members_contact",),
        "retention_contact",
        _contact,
    ),
    HeldGroup(
        "membership",
        "Sinh hoạt đảng",
        "Để tính đảng số, người phải dự họp, người được biểu quyết theo Điều lệ Đảng.",
        (
            "members_membership",
            "members_exemption",
            "members_temporaryleave",
            "members_suspension",
            "members_groupmember",
            "members_probationdecision",
            "members_transfer",
            "members_departure",
        ),
        MINUTES,
        _membership,
    ),
    HeldGroup(
        "offices",
        "Chức vụ, chức danh, phần việc trong buổi họp",
        "Để biết ai được làm gì, ai được xem gì trong Chibo.",
        ("access_termofoffice", "members_unitpost", "access_meetingduty", "access_inspectiondoor"),
        MINUTES,
        _offices,
    ),
    HeldGroup(
        "account",
        "Tài khoản",
        "Để chỉ đồng chí vào được bằng tài khoản của mình.",
        (
            "accounts_user",
            "accounts_device",
            "accounts_invitation",
            "accounts_accountreset",
            "mfa_authenticator",
            "socialaccount_socialaccount",
        ),
        "retention_invitations",
        _account,
        "người phụ trách máy chủ: tên đăng nhập, đang dùng hay khóa, số thiết bị; chi ủy: đã dùng tờ mời hay chưa",
    ),
    HeldGroup(
        "log",
        "Nhật ký",
        "Để biết ai đã ghi, đã sửa, đã xem gì; không ai sửa lại được.",
        ("audit_event", "audit_reading", "audit_readcount", "directory_twopersonact"),
        "retention_event_details",
        _log,
    ),
    HeldGroup(
        "lists",
        "Danh sách Excel",
        "Để nhập, xuất danh sách.",
        ("directory_importrun", "directory_importpiece", "directory_columnmatching", "directory_cellexport"),
        "retention_imports",
        _lists,
    ),
    HeldGroup(
        "requests",
        "Yêu cầu về dữ liệu",
        "Để trả lời yêu cầu của đồng chí đúng hạn.",
        ("privacy_datarequest",),
        "retention_data_requests",
        _requests,
    ),
)
