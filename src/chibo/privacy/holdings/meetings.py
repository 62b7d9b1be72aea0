"""Held about a person: meetings and tasks. What one said stands in signed minutes, which no search opens by name."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from chibo.lib.dates import format_date
from chibo.lib.held_about import HeldGroup, HeldLine
from chibo.meetings.models import (
    AgendaItem,
    Attendance,
    Entry,
    Invitee,
    Meeting,
    Opinion,
    Reason,
    Remark,
    RoomDevice,
    SetAside,
    Signature,
)
from chibo.meetings.models.gathering import begins_at
from chibo.privacy.holdings.people import MINUTES
from chibo.resolutions.models import DraftedTask, Progress, Reminder, Task, TaskHelper


def _attendance(person: UUID) -> Iterator[HeldLine]:
    reasons = dict(Reason.choices)
    for one in (
        Attendance.objects.filter(person=person).select_related("meeting__cell").order_by(begins_at("meeting__").desc())
    ):
        state = one.get_state_display() or "chưa điểm danh"
        more = [reasons.get(one.reason, ""), one.reason_text]
        words = ", ".join([one.meeting.cell.name, state, *(part for part in more if part)])
        yield HeldLine(f"Buổi họp {format_date(one.meeting.day)}", words)


def _invitations(person: UUID) -> Iterator[HeldLine]:
    for one in Invitee.objects.filter(person=person).select_related("meeting").order_by(begins_at("meeting__").desc()):
        answer = one.get_answer_display() or "chưa trả lời"
        seen = "đã xem thông báo" if one.seen_at else "đã được báo" if one.told_at else "chưa xem thông báo"
        words = ", ".join(part for part in (answer, seen, one.reason_text) if part)
        yield HeldLine(f"Giấy mời họp {format_date(one.meeting.planned_day)}", words)


def _opinions(person: UUID) -> Iterator[HeldLine]:
    for one in Opinion.objects.filter(author=person).select_related("meeting"):
        state = "đã gửi chủ trì" if one.handed_in_at else "bản nháp, chỉ đồng chí đọc được"
        yield HeldLine(f"Ý kiến cho buổi {format_date(one.meeting.day)} ({state})", one.text)


def _minuted(person: UUID) -> Iterator[HeldLine]:
    if remarks := Remark.objects.filter(person=person).count():
        yield HeldLine(
            "Ý kiến đang ghi ở buổi chưa ký", f"{remarks} ý kiến; ký biên bản xong thì chỉ còn trong biên bản"
        )
    if entries := Entry.objects.filter(author_id=person, payload__isnull=False).count():
        yield HeldLine("Dòng đã ghi khi làm thư ký, chủ trì", f"{entries} dòng của buổi chưa ký")
    for one in Signature.objects.filter(person=person).select_related("meeting"):
        yield HeldLine("Chữ ký xác nhận biên bản", f"buổi {format_date(one.meeting.day)}, {one.get_role_display()}")
    for item in AgendaItem.objects.filter(presenter=person).select_related("meeting"):
        yield HeldLine(f"Trình bày ở buổi {format_date(item.meeting.day)}", item.title)
    led = Meeting.objects.filter(Q(chair=person) | Q(clerk=person)).distinct().count()
    if led:
        yield HeldLine("Chủ trì, thư ký", f"{led} buổi họp")
    signed = Attendance.objects.filter(person=person, meeting__signed_at__isnull=False).count()
    if signed:
        yield HeldLine(
            "Biên bản đã ký", f"{signed} buổi có tên đồng chí; mở từng biên bản để đọc, Chibo không tìm theo tên"
        )


def _tasks(person: UUID) -> Iterator[HeldLine]:
    for one in Task.objects.filter(lead=person).order_by("-due"):
        yield HeldLine(f"Chủ trì, hạn {format_date(one.due)}", one.what)
    for helper in TaskHelper.objects.filter(person=person).select_related("task"):
        yield HeldLine(f"Phối hợp, hạn {format_date(helper.task.due)}", helper.task.what)
    for drafted in DraftedTask.objects.filter(lead=person).select_related("meeting"):
        yield HeldLine(f"Chủ trì, trong dự thảo cho buổi họp {format_date(drafted.meeting.day)}", drafted.what)
    for report in Progress.objects.filter(Q(by=person) | Q(on_behalf_of=person)).order_by("-at"):
        words = f"{report.get_state_display()}, {report.note}" if report.note else report.get_state_display()
        yield HeldLine(f"Báo tiến độ {format_date(report.at)}", words)
    if reminders := Reminder.objects.filter(person=person).count():
        yield HeldLine("Lời nhắc việc", f"{reminders} lần")


def _devices(person: UUID) -> Iterator[HeldLine]:
    for one in RoomDevice.objects.filter(person=person).select_related("meeting").order_by("-registered_at"):
        state = "đã ngắt" if one.removed_at else f"nghe lần cuối {format_date(one.last_heard_at)}"
        yield HeldLine(f"Buổi họp {format_date(one.meeting.day)}", f"{one.label}, {state}")
    if late := SetAside.objects.waiting().filter(author=person).count():
        yield HeldLine("Phần ghi muộn", f"{late} dòng chờ chủ trì, thư ký xem")


GROUPS = (
    HeldGroup(
        "attendance",
        "Dự họp",
        "Để ghi biên bản và tính kết quả biểu quyết. Lời ghi thêm về lý do vắng chỉ chi ủy đọc.",
        ("meetings_attendance",),
        "retention_absence_words",
        _attendance,
    ),
    HeldGroup(
        "invitations",
        "Giấy mời, báo dự hay vắng",
        "Để chi ủy biết ai đã được báo.",
        ("meetings_invitee",),
        "retention_absence_words",
        _invitations,
    ),
    HeldGroup(
        "opinions",
        "Ý kiến chuẩn bị",
        "Để đồng chí chuẩn bị phát biểu; ký biên bản xong thì xóa.",
        ("meetings_opinion",),
        "retention_drafts",
        _opinions,
    ),
    HeldGroup(
        "minutes",
        "Phát biểu, trình bày, chữ ký",
        "Để biên bản ghi đủ diễn biến. Biên bản đã ký là tài liệu lưu trữ, chỗ sai sửa bằng đính chính.",
        (
            "meetings_meeting",
            "meetings_remark",
            "meetings_entry",
            "meetings_signature",
            "meetings_agendaitem",
            "meetings_minutessection",
        ),
        MINUTES,
        _minuted,
    ),
    HeldGroup(
        "room_devices",
        "Máy đã dùng để ghi khi mất mạng",
        "Để biết máy nào còn phần chưa gửi trước khi ký biên bản.",
        ("meetings_roomdevice", "meetings_setaside"),
        "retention_late",
        _devices,
    ),
    HeldGroup(
        "tasks",
        "Việc được giao",
        "Để chi bộ theo dõi việc đã giao trong nghị quyết.",
        (
            *("resolutions_task", "resolutions_taskhelper", "resolutions_progress", "resolutions_reminder"),
            "resolutions_draftedtask",
        ),
        MINUTES,
        _tasks,
    ),
)
